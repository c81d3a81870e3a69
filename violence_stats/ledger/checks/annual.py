"""Calendar years of the reference chain against the annual counts that were published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from violence_stats.ledger.checks.subject import CHAIN, Subject
from violence_stats.ledger.faults import Fault
from violence_stats.ledger.settings import Settings
from violence_stats.ledger.settings_file import SETTINGS_FILE
from violence_stats.months import Window


def find_wrong_years(subject: Subject) -> Iterator[Fault]:
    """Find years whose sum lies further from every published count than the settings accept."""
    if subject.settings is None:
        return
    accepted = {one.year: one.tolerance for one in subject.settings.annual_sums}
    for year, (line, total, nearest) in _distances(subject, subject.settings):
        if abs(total - nearest) > accepted.get(year, 0):
            yield Fault(
                check="annual-sum",
                file=CHAIN,
                row=line,
                message=f"the windows of {year} sum to {total}, the nearest published annual count is {nearest}; "
                f"expected a distance of at most {accepted.get(year, 0)}; correct the chain, or give the year a "
                f"tolerance and its reason in {SETTINGS_FILE}",
            )


def find_idle_tolerances(subject: Subject) -> Iterator[Fault]:
    """Find years for which the settings accept a distance that is not there."""
    if subject.settings is None or subject.unread_ids():
        return
    distant = {year for year, (_, total, nearest) in _distances(subject, subject.settings) if total != nearest}
    for one in subject.settings.annual_sums:
        if one.year not in distant:
            yield Fault(
                check="annual-sum",
                file=SETTINGS_FILE,
                row=None,
                message=f"annual_sums accepts a distance of {one.tolerance} for {one.year}, where the chain lies at "
                "none from a published annual count; remove the entry",
            )


def _distances(subject: Subject, settings: Settings) -> Iterator[tuple[int, tuple[int, int, int]]]:
    """Give, for each whole year with a published count, its last line, its sum and the nearest such count."""
    for year in sorted({link.window.start.year for _, link in subject.links}):
        whole = Window(date(year, 1, 1), date(year, 12, 31))
        links = [(line, link) for line, link in subject.links if link.window.overlaps(whole)]
        if not _make_up(whole, [link.window for _, link in links]):
            continue
        published = _annual_counts(subject, settings, whole, {link.definition for _, link in links})
        if published:
            total = sum(link.value for _, link in links)
            yield year, (links[-1][0], total, min(published, key=lambda value: abs(value - total)))


def _make_up(whole: Window, windows: list[Window]) -> bool:
    """Whether the windows, in order, run from end to end of the year; a chain with a gap is a fault found elsewhere."""
    ends = (windows[0].start, windows[-1].end) == (whole.start, whole.end)
    return ends and sum(window.n_days for window in windows) == whole.n_days


def _annual_counts(subject: Subject, settings: Settings, whole: Window, definitions: set[str]) -> list[int]:
    """Give the counts published for the year, not disputed, that count what all of its links count."""
    return [
        figure.value
        for _, figure in subject.figures
        if (figure.country, figure.measure, figure.area) == (settings.country, settings.measure, "")
        and figure.window == whole
        and figure.status != "disputed"
        and definitions == {figure.definition}
    ]
