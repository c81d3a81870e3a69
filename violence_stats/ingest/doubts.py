"""Signs that counts are not what their labels say: rates, several tables, a month that is not over, zeros to come."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from statistics import fmean, median

from violence_stats.errors import DataError
from violence_stats.ingest import title_words, words
from violence_stats.ingest.choosing import Choice, title_texts
from violence_stats.ingest.columns import TableColumns
from violence_stats.ingest.cumulative import ReadCount
from violence_stats.ingest.grid import Grid
from violence_stats.ingest.month_names import MONTH_BY_NAME, MONTH_PATTERN, fold
from violence_stats.ingest.options import ZerosMean
from violence_stats.ingest.report import TakenCells
from violence_stats.ingest.thousands import Place, is_blank, looks_like_number
from violence_stats.ingest.totals import total_label

_LONGEST_NOTE = 400
_NEVER_ZERO = 10
"""Windows that count about so many have none in one of 22,000 (a Poisson count of mean 10)."""

_WINDOWS_BEFORE = 12
_DAYS_BEFORE = 56
_NAMED = 4
_MONTHS_OF_A_YEAR = 12

_DAY_NAMED = re.compile(
    rf"\b(?:al|hasta(?: el)?|as of|through|until|up to)\s+(?:dia\s+)?(\d{{1,2}})\s+(?:de\s+)?({MONTH_PATTERN})\b"
    rf"(?:\s*,?\s*(?:del?\s+)?((?:19|20)\d\d))?"
)
_DAY_AFTER_MONTH = re.compile(
    rf"\b(?:as of|through|until|up to)\s+({MONTH_PATTERN})\.?\s+(\d{{1,2}})(?:,?\s*((?:19|20)\d\d))?"
)
_MONTHS_TO = re.compile(
    rf"\b(?:({MONTH_PATTERN})\.?\s*(?:-|–|/|al?\b|hasta|to|through)\s*|(?:a|hasta|al mes de|through|until)\s+)"
    rf"({MONTH_PATTERN})\b\.?(?:\s*(?:del?\s+)?((?:19|20)\d\d))?"
)
_DAY_IN_NUMBERS = re.compile(r"\b(?:al|hasta(?: el)?)\s+(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b")


def refuse_rates(choice: Choice, described: TableColumns) -> None:
    """Refuse numbers under a title that speaks of rates only.

    Raises
    ------
    DataError
        Giving the title.
    """
    if any(one.role == "left" for one in described.counts):
        return
    if any(title_words.says_counts(part) for column in choice.columns for part in column.parts):
        return
    title = next((text for text in title_texts(choice.axis) if title_words.says_rates(text)), None)
    if title is not None:
        raise DataError(
            f"{choice.axis.grid.where}: expected counts, got numbers under the title {title[:80]!r}; give the table of "
            "counts, or pass cells= with a block without that title if they are counts all the same"
        )


def refuse_stacked_tables(choice: Choice, described: TableColumns) -> None:
    """Refuse a title or heading between the rows of a series: what follows may count something else.

    Raises
    ------
    DataError
        Naming the cell.
    """
    axis, grid = choice.axis, choice.axis.grid
    known = {fold(text) for text in title_texts(axis)}
    first, last = min(choice.rows), max(choice.rows)
    texts: dict[int, dict[int, str]] = {}
    for (row, column), value in grid.cells.items():
        if first < row < last and isinstance(value, str) and not is_blank(value):
            texts.setdefault(row, {})[column] = value
    for row in sorted(texts.keys() - axis.rows.keys() - axis.others.keys()):
        if any(looks_like_number(grid.at(row, one.index)) for one in choice.columns):
            continue
        if total_label(axis, row, described.year_columns) is not None or {*map(fold, texts[row].values())} <= known:
            continue
        raise grid.fault(
            row,
            min(texts[row]),
            f"one table from {grid.name(first, axis.column)} to {grid.name(last, axis.column)}",
            "pass cells= with the block of one table, or delete the text where it belongs to the same",
        )


def refuse_mixed_groups(choice: Choice, described: TableColumns, told: Collection[str]) -> tuple[str, ...]:
    """Refuse a series whose windows count different groups, each window once: a department in May, another in June.

    Parameters
    ----------
    told : collection of str
        Headings of which the caller chose one group.

    Returns
    -------
    tuple of str
        What other texts the rows differ in.

    Raises
    ------
    DataError
        Naming the groups.
    """
    grid, axis = choice.axis.grid, choice.axis
    chosen = {fold(heading) for heading in told}
    guesses: list[str] = []
    for column, heading in described.attributes.items():
        groups = list(dict.fromkeys(text for row in choice.rows if (text := described.filled(axis, column)[row])))
        if len(groups) < 2 or fold(heading) in chosen:
            continue
        guesses.append(f"all rows are taken, whatever they say under {heading!r}, such as {groups[0]!r}, {groups[1]!r}")
        if words.says_group(heading):
            raise DataError(
                f"{grid.where}: expected one series, got rows of several by {heading!r} "
                f'({", ".join(map(repr, groups[:_NAMED]))}); pass where={{"{heading}": ...}} to take the rows of one'
            )
    names = dict.fromkeys(_letters(one.parts[-1]) for one in choice.columns if one.parts)
    if len(names) > 1:
        shown = ", ".join(repr(one.parts[-1][:40]) for one in choice.columns[:_NAMED] if one.parts)
        raise DataError(
            f"{grid.where}: expected the same series in every year, got {shown}; pass take= with the name of one, or "
            "cells= with its block"
        )
    return tuple(guesses)


def _letters(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalpha())


def refuse_parts_of_years(choice: Choice, counts: Sequence[ReadCount]) -> None:
    """Refuse counts of whole years where a title or note speaks of some of their months only.

    Raises
    ------
    DataError
        Naming note and cell.
    """
    if choice.axis.kind != "year":
        return
    grid = choice.axis.grid
    known = [one for one in counts if one.value is not None and len(one.window.months) == _MONTHS_OF_A_YEAR]
    part = next((text for text in title_texts(choice.axis) if title_words.names_part_of_year(text)), None)
    if known and part is not None:
        raise DataError(
            f"{grid.where}: expected counts of whole years, got {known[-1].value} for {known[-1].window} in "
            f"{grid.name(*known[-1].place)} under {part[:80]!r}; write the month or part over the counts, such as "
            "'Enero' or 'I Semestre', or pass cells= with a block without that text if it speaks of something else"
        )
    for place, text in _notes(choice):
        for match in _MONTHS_TO.finditer(fold(text)):
            first, last = MONTH_BY_NAME.get(match[1] or "", 1), MONTH_BY_NAME[match[2]]
            named = [one for one in known if not match[3] or one.window.start.year == int(match[3])]
            if named and (first, last) != (1, 12):
                raise DataError(
                    f"{grid.where}: expected counts of whole years, got {named[-1].value} for {named[-1].window} in "
                    f"{grid.name(*named[-1].place)} and {text[:80]!r} in {grid.name(*place)}; pass cells= with a block "
                    "without such counts (and add each with its own first and last day), or without that text if it "
                    "speaks of something else"
                )


def refuse_unfinished(choice: Choice, counts: Sequence[ReadCount]) -> None:
    """Refuse a count whose window is not over on the day to which a title or note says that the data run.

    Raises
    ------
    DataError
        Naming note and cell.
    """
    grid = choice.axis.grid
    known = [one for one in counts if one.value is not None]
    for place, text in _notes(choice):
        for day, month, year in _days_to(text):
            for one in known:
                cut = _day_in(one.window.start.year if year is None else year, month, day)
                if cut is not None and one.window.start <= cut < one.window.end:
                    raise DataError(
                        f"{grid.where}: expected counts of whole windows, got {one.value} for {one.window} in "
                        f"{grid.name(*one.place)} and {text[:80]!r} in {grid.name(*place)}; pass cells= with a block "
                        "without that count (and add it with its own first and last day), or without that text if it "
                        "speaks of something else"
                    )


def _notes(choice: Choice) -> Iterator[tuple[Place, str]]:
    axis = choice.axis
    for place, value in axis.grid.cells.items():
        is_label = place[0] in axis.rows and place[1] in axis.time_columns
        if isinstance(value, str) and len(value) <= _LONGEST_NOTE and not is_label:
            yield place, value


def _days_to(text: str) -> Iterator[tuple[int, int, int | None]]:
    folded = fold(text)
    for match in _DAY_NAMED.finditer(folded):
        yield int(match[1]), MONTH_BY_NAME[match[2]], int(match[3]) if match[3] else None
    for match in _DAY_AFTER_MONTH.finditer(folded):
        yield int(match[2]), MONTH_BY_NAME[match[1]], int(match[3]) if match[3] else None
    for match in _DAY_IN_NUMBERS.finditer(folded):
        yield int(match[1]), int(match[2]), int(match[3])


def _day_in(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _usual(before: Sequence[TakenCells], trailing: Sequence[TakenCells]) -> tuple[str, bool]:
    """Say what counts were, and whether they are never followed by zeros; days rarely by as many of them in a row."""
    if all(one.window.n_days == 1 for one in (*before, *trailing)):
        mean = fmean([one.value or 0 for one in before[-_DAYS_BEFORE:]])
        return f"counts about {mean:.2g} a day", mean * len(trailing) >= _NEVER_ZERO
    middle = median([one.value or 0 for one in before[-_WINDOWS_BEFORE:]])
    return f"counts about {middle:.0f}", middle >= _NEVER_ZERO


def settle_zeros(
    taken: Sequence[TakenCells], grid: Grid, asked: ZerosMean | None
) -> tuple[list[TakenCells], tuple[str, ...]]:
    """Read zeros after the last count as told, where counts are too large for them to be counts.

    Raises
    ------
    DataError
        If the caller does not say what they are.
    """
    known = [one for one in taken if one.value is not None]
    last = max((place for place, one in enumerate(known) if one.value), default=len(known) - 1)
    trailing = known[last + 1 :]
    if not trailing or asked == "counted":
        return list(taken), ()
    usual, is_never_zero = _usual(known[: last + 1], trailing)
    if not is_never_zero:
        return list(taken), ()
    cells = trailing[0].cells if len(trailing) == 1 else f"{trailing[0].cells} to {trailing[-1].cells}"
    if asked is None:
        raise DataError(
            f"{grid.where}: expected {usual} as before, got 0 in {cells}; pass "
            "zeros='unknown' if those windows were not counted yet, zeros='counted' if they were and there was none"
        )
    windows = {one.window for one in trailing}
    settled = [replace(one, value=None) if one.window in windows else one for one in taken]
    return settled, (f"zeros in {cells} are read as not counted yet",)
