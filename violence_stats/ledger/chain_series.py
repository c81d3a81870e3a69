"""The reference series: the chain's windows, each with its arithmetic, or with what was known of it on a day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from violence_stats.errors import DataError, SelectionError
from violence_stats.figures import Figure
from violence_stats.ledger.arithmetic import evaluate, parse_arithmetic
from violence_stats.ledger.case import Case
from violence_stats.ledger.citing import cite, count_windows, digitised_note, name_windows, observe
from violence_stats.ledger.codes import named
from violence_stats.ledger.ledger import Ledger, is_known
from violence_stats.ledger.records import ChainLink
from violence_stats.ledger.vintages import latest
from violence_stats.months import Window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

Rivals = Mapping[Window, list[Figure]]


@dataclass(frozen=True, slots=True)
class _Computed:
    """A link with its arithmetic worked out from the ledger."""

    link: ChainLink
    observation: Observation

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(cited.figure for cited in self.observation.citations)

    @property
    def known_on(self) -> date | None:
        """The day on which the last input became known; None if one never does."""
        days = [one.known_on for one in self.figures]
        return None if None in days else max(day for day in days if day is not None)


def chain_series(case: Case, *, definition: str | None = None, as_of: date | None = None) -> CountSeries:
    """Build the reference series.

    Parameters
    ----------
    definition : str, optional
        Keep the windows of this definition only.
    as_of : datetime.date, optional
        INCLUSIVE. The windows that had ended by then stay as they are. Each takes the chain's arithmetic if every
        figure in it was known; else the figure of exactly this window that was reported last, not disputed, and of a
        definition that the arithmetic uses; else NaN. The notes name the windows of the second and third kind.

    Raises
    ------
    SelectionError
        If the chain holds no such definition, or nothing was known on the day.
    DataError
        If an arithmetic does not come out at the value that the chain states, or the chain has no window yet.
    """
    values = {figure_id: figure.value for figure_id, figure in case.ledger.figures.items()}
    computed = [_compute(link, values, case.ledger) for link in _links(case, definition)]
    if as_of is None:
        return _series(case, tuple(one.observation for one in computed), None, ())
    return _as_known(case, computed, as_of)


def _links(case: Case, definition: str | None) -> list[ChainLink]:
    if not case.chain:
        raise DataError(
            f"case {case.case_id} has no count of {case.measure} in {case.country} in its reference chain yet: add one "
            "with `violence-stats add`, or a table of them with `violence-stats read FILE --to FOLDER`"
        )
    links = [one for one in case.chain if definition is None or one.definition == definition]
    if not links:
        there = ", ".join(named(value) for value in sorted({one.definition for one in case.chain}))
        raise SelectionError(
            f"the reference chain of case {case.case_id} holds no definition {named(definition or '')}: "
            f"expected one of {there}"
        )
    return links


def _compute(link: ChainLink, values: Mapping[str, int], ledger: Ledger) -> _Computed:
    try:
        terms = parse_arithmetic(link.arithmetic)
        value = evaluate(terms, values)
    except DataError as error:
        raise DataError(f"chain.csv, window {link.window}: {error}") from error
    if value != link.value:
        raise DataError(
            f"chain.csv, window {link.window}: {link.arithmetic} comes out at {value}, but the row states "
            f"{link.value}; correct one of them, then run `violence-stats verify --update`"
        )
    observation = Observation(
        window=link.window,
        value=float(value),
        publisher=link.publisher,
        definition=link.definition,
        status=link.status,
        arithmetic=link.arithmetic,
        citations=cite(terms, ledger),
    )
    return _Computed(link, observation)


def _as_known(case: Case, computed: list[_Computed], day: date) -> CountSeries:
    rivals = _rivals(case)
    ended = [one for one in computed if one.link.window.end <= day]
    observations = tuple(_observe_on(day, one, rivals, case) for one in ended)
    if all(one.is_missing for one in observations):
        raise SelectionError(_nothing_known(case, computed, rivals, day))
    replaced = [
        observation.window
        for one, observation in zip(ended, observations, strict=True)
        if not observation.is_missing and observation.arithmetic != one.link.arithmetic
    ]
    missing = [one.window for one in observations if one.is_missing]
    return _series(case, observations, day, _vintage_notes(day, replaced, missing))


def _observe_on(day: date, computed: _Computed, rivals: Rivals, case: Case) -> Observation:
    link = computed.link
    if computed.known_on is not None and computed.known_on <= day:
        return computed.observation
    known = [one for one in _alternatives(computed, rivals) if is_known(one, day)]
    if known:
        return observe(latest(known, case.settings), case.ledger.sources)
    return Observation(window=link.window, value=math.nan, definition=link.definition)


def _rivals(case: Case) -> Rivals:
    """Whole-country figures of the case's measure, disputed ones left out, by window."""
    rivals: defaultdict[Window, list[Figure]] = defaultdict(list)
    for figure in case.ledger.select(country=case.country, measure=case.measure, without=("disputed",)):
        rivals[figure.window].append(figure)
    return rivals


def _alternatives(computed: _Computed, rivals: Rivals) -> list[Figure]:
    """Figures of the link's window that count what its arithmetic counts, so that no change of definition slips in."""
    definitions = {one.definition for one in computed.figures}
    return [one for one in rivals.get(computed.link.window, []) if one.definition in definitions]


def _nothing_known(case: Case, computed: list[_Computed], rivals: Rivals, day: date) -> str:
    days = [one.known_on for one in computed]
    days += [figure.known_on for one in computed for figure in _alternatives(one, rivals)]
    first = min((one for one in days if one is not None), default=None)
    told = "no figure has a date of report" if first is None else f"the first was known on {first.isoformat()}"
    return (
        f"no count of the reference chain of {case.measure} in {case.country} was known on {day.isoformat()}: "
        f"{told}; ask for a later day"
    )


def _vintage_notes(day: date, replaced: list[Window], missing: list[Window]) -> tuple[str, ...]:
    notes = []
    if replaced:
        notes.append(
            f"{count_windows(replaced)} hold the latest other figure of the same window and definition, the chain's "
            f"own not being known on {day.isoformat()}: {name_windows(replaced)}"
        )
    if missing:
        notes.append(f"on {day.isoformat()} no count of {count_windows(missing)} was known: {name_windows(missing)}")
    return tuple(notes)


def _series(
    case: Case, observations: tuple[Observation, ...], as_of: date | None, notes: tuple[str, ...]
) -> CountSeries:
    return CountSeries(
        observations=observations,
        country=case.country,
        measure=case.measure,
        case_id=case.case_id,
        as_of=as_of,
        notes=(*digitised_note(observations), *notes),
    )
