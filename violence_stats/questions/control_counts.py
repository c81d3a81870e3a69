"""The counts of control countries on the two windows of the treated one, like with like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from violence_stats.errors import SelectionError, SpecificationError, WindowError
from violence_stats.ledger.case import Case, CaseLike
from violence_stats.ledger.case_of_series import load_case_of
from violence_stats.ledger.publisher_series import Request, publisher_series
from violence_stats.ledger.settings import Control
from violence_stats.months import Window
from violence_stats.questions.identical_windows import days_apart
from violence_stats.questions.pairs import Pair, like_pairs, pair_in_series
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ControlCounts:
    """A control on the two windows.

    Attributes
    ----------
    name : str
    pair : Pair
        Like with like.
    months : CountSeries or None
        Its months, for a dispersion; None where it has none.
    other_counts : tuple of int
        Counts of the window in other vintages of the same publisher.
    """

    name: str
    pair: Pair
    months: CountSeries | None
    other_counts: tuple[int, ...] = ()


def control_counts(
    series: CountSeries,
    controls: Sequence[Control] | Mapping[str, CountSeries] | None,
    case: CaseLike | None,
    *,
    window: Window,
    baseline: Window,
) -> tuple[ControlCounts, ...]:
    """Find the counts of each control; those of the case where `controls` is None.

    Raises
    ------
    SpecificationError
        If a control has no like-with-like counts of the two windows.
    SelectionError
        If there is neither a case nor a control, or the case has no such country or publisher.
    """
    if isinstance(controls, Mapping):
        return tuple(
            ControlCounts(name=name, pair=_pair_of(name, one, window, baseline), months=one)
            for name, one in controls.items()
        )
    loaded = load_case_of(series, case)
    if loaded is None:
        raise SelectionError("a series of your own has no case to find controls in: pass controls={name: series}")
    chosen = loaded.settings.controls if controls is None else controls
    if not chosen:
        raise SelectionError(f"case {loaded.case_id} names no controls: pass controls=")
    return tuple(_in_ledger(loaded, one, series, window, baseline) for one in chosen)


def _pair_of(name: str, control: CountSeries, window: Window, baseline: Window) -> Pair:
    try:
        pair = pair_in_series(control, window=window, baseline=baseline)
    except WindowError as error:
        raise SpecificationError(
            f"control {name} has not the windows {window} and {baseline} of the treated series: {error}"
        ) from error
    if pair.mixture:
        raise SpecificationError(
            f"control {name} changes {' and '.join(pair.mixture)} between {baseline} and {window}: "
            "compare like with like"
        )
    return pair


def _in_ledger(case: Case, control: Control, series: CountSeries, window: Window, baseline: Window) -> ControlCounts:
    figures = case.ledger.select(
        country=control.country, measure=series.measure, publisher=control.publisher, as_of=series.as_of
    )
    pairs = like_pairs(figures, window=window, baseline=baseline, settings=case.settings)
    if not pairs:
        raise SpecificationError(
            f"control {control.country} ({control.publisher}) has no counts of {series.measure} of both {window} and "
            f"{baseline} by one definition{_as_known(series)}: choose windows that it has, or leave it out"
        )
    chosen = min(pairs, key=days_apart)
    others = {one.window.value for one in pairs} - {chosen.window.value}
    return ControlCounts(
        name=control.country,
        pair=chosen,
        months=_months(case, control, series, chosen),
        other_counts=tuple(sorted(others)),
    )


def _as_known(series: CountSeries) -> str:
    return "" if series.as_of is None else f" as known on {series.as_of.isoformat()}"


def _months(case: Case, control: Control, series: CountSeries, pair: Pair) -> CountSeries | None:
    request = Request(
        country=control.country,
        measure=series.measure,
        publisher=control.publisher,
        definition=pair.window.definitions[0],
        as_of=series.as_of,
    )
    try:
        return publisher_series(case, request)
    except SelectionError:
        return None
