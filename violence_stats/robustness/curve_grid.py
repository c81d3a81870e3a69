"""From a series, a date and a case to the grid of all defensible choices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product

from violence_stats.errors import SelectionError, SeriesError, SpecificationError
from violence_stats.ledger.case import Case, CaseLike
from violence_stats.ledger.case_of_series import load_case_of
from violence_stats.ledger.loaders import load_counts, load_homicides
from violence_stats.months import (
    MONTHS_PER_PERIOD,
    DateLike,
    Frequency,
    Window,
    WindowLike,
    add_months,
    first_day,
    last_day,
    last_day_of_month,
    month_of,
    months_between,
    parse_window,
)
from violence_stats.robustness.choices import LATEST, CurveChoices, Grid, Source
from violence_stats.robustness.event import bare
from violence_stats.robustness.placebo_dates import Surroundings, regime, surroundings
from violence_stats.series import CountSeries

REFERENCE, AS_GIVEN = "reference", "as given"
VINTAGE_MONTHS = 3
"""After the end of the window: first releases are out, later revisions are not."""
SHARE_OF_PERIODS = 0.75
"""Of the window's periods that a publisher needs: with fewer, gaps decide which months speak."""
MONTHS_BETWEEN_STARTS = 12
MOST_STARTS = 6
"""Where there are more years, the starts lie two or more of them apart."""
FEWEST_MONTHS_BEFORE = 12
"""One whole year, the least in which a season closes."""
FEWEST_PERIODS_BEFORE = 6
"""Of quarters and years; fewer leave a trend to chance."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CurveQuestion:
    """What a curve is asked about.

    Attributes
    ----------
    series : CountSeries
    at : datetime.date
        FIRST day of the new regime.
    case : Case or None
    """

    series: CountSeries
    at: date
    case: Case | None

    def around(self) -> Surroundings:
        """Collect what else is listed around the date."""
        return surroundings(self.at, (), (), None if self.case is None else self.case.settings)


def build_grid(
    series: CountSeries, at: DateLike, window: WindowLike | None, case: CaseLike | None, choices: CurveChoices
) -> tuple[Grid, list[str]]:
    """Work the choices out, and say which publishers are none.

    Raises
    ------
    SeriesError
        If the series holds rates.
    SpecificationError
        If the window does not hold the date, or leaves no start before it.
    SelectionError
        If a publisher or vintage is asked for that the case does not have.
    """
    if series.kind != "count":
        raise SeriesError("a specification curve compares rate ratios of counts, and the series holds rates")
    asked = CurveQuestion(series=series, at=first_day(at), case=load_case_of(series, case))
    span = choose_window(asked) if window is None else parse_window(window)
    if not span.start < asked.at <= span.end:
        raise SpecificationError(
            f"{asked.at.isoformat()} does not lie within {span}: give a date with counts before it and from it on, or "
            "another window"
        )
    settings = None if asked.case is None else asked.case.settings
    lockdown = None if settings is None or settings.lockdown is None else settings.lockdown
    if lockdown is not None and not asked.at < lockdown.window.start <= span.end:
        lockdown = None
    sources, notes = _sources(asked, span, choices)
    dates = _dates(asked) if choices.dates is None else tuple(first_day(one) for one in choices.dates)
    grid = Grid(
        choices=choices,
        sources=sources,
        starts=_starts(span, dates, series.frequency)
        if choices.starts is None
        else tuple(first_day(one) for one in choices.starts),
        dates=dates,
        window=span,
        lockdown=lockdown,
        bursts=() if settings is None else settings.bursts,
    )
    return grid, notes


def choose_window(asked: CurveQuestion) -> Window:
    """Give the longest span that the case names with the date and no other change in it; else the regimes around."""
    around = asked.around()
    if asked.case is not None:
        fitting = [
            one
            for one in asked.case.settings.windows.values()
            if one.start < asked.at <= one.end and not any(one.start < day <= one.end for day in around.changes)
        ]
        if fitting:
            return max(fitting, key=lambda one: one.n_days)
    return regime(around, asked.series.span, asked.series.frequency)


def _dates(asked: CurveQuestion) -> tuple[date, ...]:
    """Give the date, and the others that the case lists for the same change."""
    listed = () if asked.case is None else asked.case.settings.interventions
    for one in listed:
        days = (one.date, *(candidate.date for candidate in one.candidates))
        if any(month_of(day) == month_of(asked.at) for day in days):
            return tuple(dict.fromkeys((asked.at, *days)))
    return (asked.at,)


def _starts(span: Window, dates: tuple[date, ...], frequency: Frequency) -> tuple[date, ...]:
    fewest = max(FEWEST_MONTHS_BEFORE, FEWEST_PERIODS_BEFORE * MONTHS_PER_PERIOD[frequency])
    room = months_between(span.start, min(dates)) - fewest
    if room < 0:
        raise SpecificationError(
            f"{span} leaves less than {fewest} months before {min(dates).isoformat()}: start it earlier"
        )
    n_steps = room // MONTHS_BETWEEN_STARTS
    every = MONTHS_BETWEEN_STARTS * max(1, -(-n_steps // (MOST_STARTS - 1)))
    return tuple(add_months(span.start, k) for k in range(0, room + 1, every))


def _sources(asked: CurveQuestion, span: Window, choices: CurveChoices) -> tuple[tuple[Source, ...], list[str]]:
    """Give the series itself, others of the same definition in the case, and each as known on other days."""
    given = asked.series
    definitions = {one.definition for one in given if one.window.overlaps(span)}
    own = _publisher_of(given, span)
    plain = Source(
        publisher=own,
        vintage=LATEST if given.as_of is None else given.as_of.isoformat(),
        series=bare(given.known()),
    )
    if asked.case is None or len(definitions) > 1:
        return (plain,), []
    definition = definitions.pop()
    sources, left_out = [plain], dict[str, list[str]]()
    names = dict.fromkeys(one for one in (own, *_publishers(asked, choices)) if one != AS_GIVEN)
    for vintage, publisher in product(_vintages(given, span, choices), names):
        if (publisher, vintage) == (plain.publisher, plain.vintage):
            continue
        try:
            series = _load(asked.case, given, publisher, vintage, definition)
        except SelectionError:
            if choices.publishers is not None:
                raise
            left_out.setdefault(vintage, []).append(f"{publisher} (no whole months)")
            continue
        share = _share_known(series, span)
        if publisher == REFERENCE and _counts(series, span) in [_counts(one.series, span) for one in sources]:
            continue
        if share < SHARE_OF_PERIODS:
            left_out.setdefault(vintage, []).append(f"{publisher} ({100 * share:.0f}%)")
        else:
            sources.append(Source(publisher=publisher, vintage=vintage, series=bare(series.known())))
    notes = [
        f"no choice of {vintage} figures, since too little of the window is known: {', '.join(named)}"
        for vintage, named in left_out.items()
    ]
    return tuple(sources), notes


def _publishers(asked: CurveQuestion, choices: CurveChoices) -> list[str]:
    if asked.case is None:
        return []
    given, case = asked.series, asked.case
    chain = [REFERENCE] if (given.country, given.measure) == (case.country, case.measure) else []
    if choices.publishers is not None:
        return [*chain, *choices.publishers]
    figures = case.ledger.figures.values()
    return chain + sorted(
        {one.publisher for one in figures if (one.country, one.measure) == (given.country, given.measure)}
    )


def _vintages(series: CountSeries, span: Window, choices: CurveChoices) -> list[str]:
    if series.as_of is not None:
        return [series.as_of.isoformat()]
    days = choices.vintages
    if days is None:
        days = (last_day_of_month(add_months(span.end, VINTAGE_MONTHS)),)
    return [LATEST, *(last_day(day).isoformat() for day in days)]


def _load(case: Case, given: CountSeries, publisher: str, vintage: str, definition: str) -> CountSeries:
    as_of = None if vintage == LATEST else vintage
    if publisher == REFERENCE:
        return load_homicides(case, as_of=as_of)
    return load_counts(given.country, given.measure, publisher=publisher, definition=definition, as_of=as_of, case=case)


def _publisher_of(series: CountSeries, span: Window) -> str:
    publishers = {one.publisher for one in series if one.window.overlaps(span)}
    return (publishers.pop() or AS_GIVEN) if len(publishers) == 1 else REFERENCE


def _counts(series: CountSeries, span: Window) -> list[tuple[Window, float]]:
    """Give the counts within a span: a reference series of one publisher is that publisher's over again."""
    return [(one.window, one.value) for one in series.known() if span.overlaps(one.window)]


def _share_known(series: CountSeries, span: Window) -> float:
    """Share of the span's days whose count is known."""
    known = sum(one.window.n_days for one in series if not one.is_missing and span.contains(one.window))
    return known / span.n_days
