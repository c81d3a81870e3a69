"""What a fall is made of, as known now and on an earlier day, and what counting could explain of it at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from violence_stats.errors import FitError, SelectionError, SeriesError, SpecificationError, WindowError
from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Words
from violence_stats.questions.bound_counting import bound_counting
from violence_stats.questions.counting_result import CountingBounds
from violence_stats.questions.fall import decompose_fall
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.questions.windows import WindowComparison, compare_windows
from violence_stats.report.omitted import Omitted

WINDOWS: Final = ("headline", "headline_baseline")
"""Windows of the case whose counts are compared."""

NO_WINDOWS: Final = Words(
    en="the case names no two windows whose counts are to be compared",
    es="el caso no nombra dos períodos cuyos conteos haya que comparar",
)
NO_MODEL: Final = Words(
    en="its counts do not carry the models that would split the change",
    es="sus conteos no sostienen los modelos que descompondrían el cambio",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FallFacts:
    """What a fall is made of.

    Attributes
    ----------
    now : FallDecomposition
    then : FallDecomposition or None
        With only what was known on an earlier day; None where the case names none, or too little was known.
    neighbours : tuple of WindowComparison
        The counts of each neighbour that a bound on the lockdown is read off, in the order of the bounds.
    counting : CountingBounds or None
        What a change of counting could explain; None where the case has no episode around which to look.
    """

    now: FallDecomposition
    then: FallDecomposition | None
    neighbours: tuple[WindowComparison, ...] = ()
    counting: CountingBounds | None = None


def gather_fall(case: Case, known_on: date | None, n_jobs: int | None = None) -> FallFacts | Omitted:
    """Split the fall between the case's two windows, with all that is known and with what was known on a day."""
    if not all(name in case.settings.windows for name in WINDOWS):
        return Omitted(chapter="fall", reason=NO_WINDOWS)
    now = _decompose(case, None, n_jobs)
    if now is None:
        return Omitted(chapter="fall", reason=NO_MODEL)
    return FallFacts(
        now=now,
        then=None if known_on is None else _decompose(case, known_on, n_jobs),
        neighbours=tuple(_neighbours(case, now)),
        counting=_bound_counting(case, now),
    )


def _decompose(case: Case, as_of: date | None, n_jobs: int | None) -> FallDecomposition | None:
    try:
        return decompose_fall(case, as_of=as_of, n_jobs=n_jobs)
    except (FitError, SelectionError, SeriesError, SpecificationError, WindowError):
        return None


def _bound_counting(case: Case, fall: FallDecomposition) -> CountingBounds | None:
    try:
        return bound_counting(case, window=fall.window, baseline=fall.baseline)
    except (SelectionError, WindowError):
        return None


def _neighbours(case: Case, fall: FallDecomposition) -> Iterator[WindowComparison]:
    names = [one.name for one in fall.lockdown if one.kind == "neighbour"]
    for control in case.settings.controls:
        if control.country in names:
            yield compare_windows(
                fall.primary.series, window=fall.window, baseline=fall.baseline, controls=[control], case=case
            )
