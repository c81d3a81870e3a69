"""Did the neighbours fall too? One window against its baseline, here and abroad, on identical windows and vintages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from violence_stats.errors import SpecificationError, WindowError
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.ledger.settings import Control
from violence_stats.months import Window, WindowLike, parse_window
from violence_stats.questions.chance import estimate_dispersion
from violence_stats.questions.comparison_misses import independence_note
from violence_stats.questions.control_counts import ControlCounts, control_counts
from violence_stats.questions.pairs import Pair, pair_in_series
from violence_stats.questions.window_ratio import Ratio, WindowRatio
from violence_stats.questions.windows_words import UNNAMED, ToldWindows, sentence
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WindowComparison:
    """A window against its baseline in one country, beside the same in others. Made by `compare_windows`.

    Attributes
    ----------
    window, baseline : Window
        Both ends INCLUSIVE.
    treated : WindowRatio
        The series asked about.
    controls : tuple of WindowRatio
        The countries it is compared with, each on the same two windows.
    together : Ratio or None
        The treated ratio over the geometric mean of all controls; None with one control.
    as_of : datetime.date or None
        The day whose knowledge was used; None for all that is known.
    notes : tuple of str
        What a reader has to be told.
    """

    window: Window
    baseline: Window
    treated: WindowRatio
    controls: tuple[WindowRatio, ...]
    together: Ratio | None
    as_of: date | None
    notes: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """Give one row a country, the treated one first.

        Returns
        -------
        pandas.DataFrame
            ``role``, ``publisher``, ``definition``, ``baseline_count``, ``window_count``, ``ratio``, ``ratio_low``,
            ``ratio_high``, ``change_pct``, ``ratio_of_ratios`` (treated over this country), ``ratio_of_ratios_low``,
            ``ratio_of_ratios_high``, ``dispersion``, ``dispersion_basis``, ``baseline_known_on``, ``window_known_on``,
            ``baseline_figures``, ``window_figures`` (arithmetic on figure ids); index ``country``.
        """
        rows = [_row(one, None if one is self.treated else self.treated.over(one)) for one in self._all]
        return pd.DataFrame(rows, index=pd.Index([one.name for one in self._all], name="country"))

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold; dates in ISO form, None where there is none."""
        rows = [
            {"country": one.name, **_row(one, None if one is self.treated else self.treated.over(one))}
            for one in self._all
        ]
        together = self.together
        return {
            "window": str(self.window),
            "baseline": str(self.baseline),
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "countries": [{name: _plain(value) for name, value in row.items()} for row in rows],
            "over_all_controls": together
            and {"value": together.value, "low": together.low, "high": together.high, "n": len(self.controls)},
            "notes": list(self.notes),
        }

    def summary(self) -> str:
        """Say the comparison in a few lines."""
        lines = [f"{self.window} against {self.baseline}:"]
        for one in self._all:
            counts = f"{one.pair.window.value:,} against {one.pair.baseline.value:,}"
            lines.append(f"{one.name} ({', '.join(one.pair.window.publishers)}): {counts}, {_words(one.ratio)}")
            if one is not self.treated:
                lines.append(f"  {self.treated.name} over {one.name}: {_words(self.treated.over(one))}")
        if self.together is not None:
            lines.append(f"{self.treated.name} over all {len(self.controls)} controls: {_words(self.together)}")
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"

    def sentence(self, lang: Language = "en", *, case: CaseLike | None = None) -> str:
        """Give the change here, and what is left of it beside that elsewhere, to quote.

        Parameters
        ----------
        lang : {'en', 'es'}
        case : str, pathlib.Path or Case, optional
            Whose names of countries to use; by default the shipped case that is called as the first country is.

        Raises
        ------
        SelectionError
            If the language is another.

        Examples
        --------
        >>> import violence_stats as vs
        >>> compared = vs.compare_windows(vs.load_homicides("SLV"), window="2020-H1", baseline="2019-H1")
        >>> compared.sentence().split(" (")[0]
        'In the first half of 2020, the count in El Salvador was 63% lower'
        """
        own, others = self.treated, self.controls
        left = own.over(others[0]) if self.together is None else self.together
        told = ToldWindows(window=self.window, baseline=self.baseline, own=own, controls=others, left=left)
        return sentence(told, lang, case)

    @property
    def _all(self) -> tuple[WindowRatio, ...]:
        return (self.treated, *self.controls)


def compare_windows(
    series: CountSeries | pd.Series[Any],
    *,
    window: WindowLike,
    baseline: WindowLike,
    controls: Sequence[Control] | Mapping[str, CountSeries | pd.Series[Any]] | None = None,
    case: CaseLike | None = None,
    dispersion: float | None = None,
) -> WindowComparison:
    """Set a fall (or rise) beside that of other countries over the same two windows.

    A ratio of ratios below 1 says by how much more the counts fell here than there. It takes away what all countries
    share, such as a lockdown, and nothing else.

    Parameters
    ----------
    series : CountSeries or pandas.Series
        The treated country, as `load_homicides` or `load_counts` gives it, or counts on a PeriodIndex of frequency M, Q
        or Y.
    window, baseline : WindowLike
        The span and the earlier span that it is compared with, both ends INCLUSIVE.
    controls : sequence of Control, or mapping of str to CountSeries or pandas.Series, optional
        Countries with their publisher, looked up in the case's ledger, or series of your own by name; default the
        case's own controls. From the ledger comes the pair of counts of one publisher and definition whose two counts
        were known closest to each other in time, and of those the latest.
    case : str, pathlib.Path or Case, optional
        Whose ledger and controls; by default that of the series.
    dispersion : float, optional
        Variance of a count over its mean, for every country; 1 is Poisson. Default: estimated for each country from the
        adjoining months of the three years before the window, and 1 where there are fewer than twelve such pairs.

    Returns
    -------
    WindowComparison

    Raises
    ------
    SeriesError
        If a pandas Series cannot be read as counts.
    SpecificationError
        If a control has no like-with-like counts of the two windows, or a count is 0, of which no ratio can be made.
    WindowError
        If the windows share days, or whole windows of the series do not tile them.
    SelectionError
        If there is neither a case nor a control, or the case has no such country or publisher.

    Notes
    -----
    Intervals are 95%, from the delta method on the log scale, counts taken as independent: months that move together
    make them too narrow. "Ratios of ratios" in docs/calibration.md says by how much, and the notes of a result cite it.

    Examples
    --------
    >>> import violence_stats as vs
    >>> compared = vs.compare_windows(vs.load_homicides("SLV"), window="2020-H1", baseline="2019-H1")
    >>> compared.to_frame().loc["GTM", ["window_count", "baseline_count"]].tolist()
    [1608, 2330]
    """
    span, before = parse_window(window), parse_window(baseline)
    if span.overlaps(before):
        raise WindowError(f"the baseline {before} and the window {span} share days: give spans that do not overlap")
    series = _read_counts(series)
    beside = {name: _read_counts(one) for name, one in controls.items()} if isinstance(controls, Mapping) else controls
    own = _ratio(series.country or UNNAMED, pair_in_series(series, window=span, baseline=before), series, dispersion)
    found = control_counts(series, beside, case, window=span, baseline=before)
    others = tuple(_ratio(one.name, one.pair, one.months, dispersion) for one in found)
    return WindowComparison(
        window=span,
        baseline=before,
        treated=own,
        controls=others,
        together=own.over_all(others),
        as_of=series.as_of,
        notes=(*_vintage_notes(found), *_notes(own, others, given=dispersion is not None)),
    )


def _read_counts(series: CountSeries | pd.Series[Any]) -> CountSeries:
    return series if isinstance(series, CountSeries) else CountSeries.from_periods(series)


def _ratio(name: str, pair: Pair, months: CountSeries | None, dispersion: float | None) -> WindowRatio:
    if pair.window.value == 0:
        raise SpecificationError(f"{name} counts 0 in {pair.window.window}, and no ratio of ratios can be made of that")
    if dispersion is not None:
        if dispersion <= 0:
            raise SpecificationError(f"dispersion: expected a positive number, got {dispersion:g}")
        return WindowRatio(name=name, pair=pair, dispersion=dispersion, dispersion_basis="given")
    estimate, n_pairs = (1.0, 0) if months is None else estimate_dispersion(months, before=pair.window.window)
    basis = f"{n_pairs} pairs of adjoining months" if n_pairs else "Poisson, for want of adjoining months"
    return WindowRatio(name=name, pair=pair, dispersion=estimate, dispersion_basis=basis)


def _vintage_notes(controls: Sequence[ControlCounts]) -> list[str]:
    return [
        f"{one.name}: {one.pair.window.window} is {one.pair.window.value:,} in the vintage compared, "
        f"{' and '.join(f'{count:,}' for count in one.other_counts)} in others"
        for one in controls
        if one.other_counts
    ]


def _notes(own: WindowRatio, controls: Sequence[WindowRatio], *, given: bool) -> tuple[str, ...]:
    notes = [f"{own.name} changes {what} between the two windows" for what in own.pair.mixture]
    poisson = [one.name for one in (own, *controls) if not given and one.dispersion_basis.startswith("Poisson")]
    if poisson:
        notes.append(
            f"no monthly counts to estimate a dispersion from in {', '.join(poisson)}: taken as Poisson, so those "
            "intervals are too narrow if counts scatter more"
        )
    definitions = {name for one in (own, *controls) for name in one.pair.window.definitions if name}
    if len(definitions) > 1:
        notes.append(f"the countries count by several definitions: {', '.join(sorted(definitions))}")
    return (*notes, independence_note())


def _row(one: WindowRatio, over: Ratio | None) -> dict[str, Any]:
    nan = float("nan")
    before, after = one.pair.baseline, one.pair.window
    return {
        "role": "treated" if over is None else "control",
        "publisher": ", ".join(after.publishers),
        "definition": ", ".join(after.definitions),
        "baseline_count": before.value,
        "window_count": after.value,
        "ratio": one.ratio.value,
        "ratio_low": one.ratio.low,
        "ratio_high": one.ratio.high,
        "change_pct": one.ratio.change_pct,
        "ratio_of_ratios": nan if over is None else over.value,
        "ratio_of_ratios_low": nan if over is None else over.low,
        "ratio_of_ratios_high": nan if over is None else over.high,
        "dispersion": one.dispersion,
        "dispersion_basis": one.dispersion_basis,
        "baseline_known_on": before.known_on,
        "window_known_on": after.known_on,
        "baseline_figures": before.arithmetic,
        "window_figures": after.arithmetic,
    }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and math.isnan(value) else value


def _words(ratio: Ratio) -> str:
    return f"ratio {ratio.value:.3f} ({ratio.low:.3f} to {ratio.high:.3f})"
