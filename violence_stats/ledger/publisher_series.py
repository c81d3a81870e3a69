"""A publisher's series: its whole-month figures of one definition, each month the latest that was known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from violence_stats.errors import SelectionError
from violence_stats.figures import Figure
from violence_stats.ledger.case import Case
from violence_stats.ledger.citing import digitised_note, name_windows, observe
from violence_stats.ledger.codes import by_codes, named
from violence_stats.ledger.ledger import is_known
from violence_stats.ledger.records import STOCKS
from violence_stats.ledger.vintages import latest
from violence_stats.months import Window, last_day_of_month, month_starts
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a publisher's series is asked for.

    Attributes
    ----------
    publisher, definition : str or None
        None where there is to be one only.
    as_of : datetime.date or None
        INCLUSIVE; None for all that is known.
    include_derived : bool
        Whether figures that were calculated from published ones may enter.
    """

    country: str
    measure: str
    area: str = ""
    publisher: str | None = None
    definition: str | None = None
    as_of: date | None = None
    include_derived: bool = False


def publisher_series(case: Case, request: Request) -> CountSeries:
    """Build the series.

    Raises
    ------
    SelectionError
        If a name is unknown, no whole month was known by the day asked for, or the figures are of more than one
        publisher or definition and none was chosen.
    """
    if request.measure in STOCKS:
        raise SelectionError(
            f"{request.measure} is a number on a day, not a count over a window, and makes no series: "
            "choose its figures with load_case(...).ledger.select(...)"
        )
    months = _known(_months(_named(case, request), request), request)
    _refuse_several("publisher", months)
    _refuse_several("definition", months)
    by_month: defaultdict[Window, list[Figure]] = defaultdict(list)
    for figure in months:
        by_month[figure.window].append(figure)
    observations = tuple(
        observe(latest(figures, case.settings), case.ledger.sources) for _, figures in sorted(by_month.items())
    )
    return CountSeries(
        observations=observations,
        country=request.country,
        measure=request.measure,
        case_id=case.case_id,
        as_of=request.as_of,
        notes=(
            *_area_note(request),
            *digitised_note(observations),
            *_derived_note([one.window for one in observations if one.status == "derived"]),
            *_gap_note([one.window for one in observations]),
        ),
    )


def _named(case: Case, request: Request) -> tuple[Figure, ...]:
    return by_codes(
        case.ledger.figures.values(),
        country=request.country,
        measure=request.measure,
        area=request.area,
        publisher=request.publisher,
        definition=request.definition,
    )


def _months(figures: Sequence[Figure], request: Request) -> list[Figure]:
    left_out = {"disputed"} if request.include_derived else {"disputed", "derived"}
    months = [one for one in figures if one.window.is_one_month and one.status not in left_out]
    if not months:
        windows = sorted({one.window for one in figures})
        raise SelectionError(
            f"no usable figure of {request.measure} in {request.country} by {_publishers(figures)} is of one whole "
            f"month; the {len(figures)} there are count {name_windows(windows)}: choose them with "
            "load_case(...).ledger.select(...)"
        )
    return months


def _known(months: list[Figure], request: Request) -> list[Figure]:
    known = [one for one in months if is_known(one, request.as_of)]
    if known or request.as_of is None:
        return known
    first = min((one.known_on for one in months if one.known_on is not None), default=None)
    told = "none has a date of report" if first is None else f"the first was known on {first.isoformat()}"
    raise SelectionError(
        f"no monthly figure of {request.measure} in {request.country} by {_publishers(months)} was known on "
        f"{request.as_of.isoformat()}: {told}; ask for a later day"
    )


def _refuse_several(name: str, figures: Iterable[Figure]) -> None:
    counted = Counter(one.publisher if name == "publisher" else one.definition for one in figures)
    if len(counted) > 1:
        choices = ", ".join(f"{named(value)} ({n} monthly figures)" for value, n in sorted(counted.items()))
        raise SelectionError(
            f"more than one {name} counts this by month: {choices}; a series holds one, choose it with {name}=..."
        )


def _publishers(figures: Iterable[Figure]) -> str:
    return ", ".join(sorted({one.publisher for one in figures}))


def _area_note(request: Request) -> tuple[str, ...]:
    return (f"counts of {request.area} only",) if request.area else ()


def _derived_note(derived: list[Window]) -> tuple[str, ...]:
    if not derived:
        return ()
    return (f"derived, calculated from published figures: {name_windows(derived)}",)


def _gap_note(windows: list[Window]) -> tuple[str, ...]:
    there = {window.start for window in windows}
    absent = [
        Window(month, last_day_of_month(month))
        for month in month_starts(windows[0].start, windows[-1].start)
        if month not in there
    ]
    if not absent:
        return ()
    return (f"months within the span that have no figure ({len(absent)}): {name_windows(absent)}",)
