"""New figures beside those that a ledger holds: the same again, or something else about the same window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from violence_stats.errors import DataError
from violence_stats.figures import Figure
from violence_stats.ledger.additions import Conflict
from violence_stats.ledger.codes import named

FIGURES_FILE = "figures.csv"
NAMES_IN_AN_ERROR = 3


def refuse_duplicates(new: Sequence[Figure], there: Iterable[Figure], rows: Mapping[str, int]) -> None:
    """Refuse figures that stand already, whole, whatever else is to be added with them.

    Parameters
    ----------
    rows : mapping of str to int
        Line of each figure of the ledger, by id.

    Raises
    ------
    DataError
        If an id stands already, or a figure of the same count, window, publisher, definition, day of report and value.
    """
    by_id: dict[str, Figure] = {}
    by_content: dict[tuple[object, ...], Figure] = {}
    for one in there:
        by_id[one.figure_id] = one
        by_content.setdefault(_content(one), one)
    said: list[str] = []
    for one in new:
        if one.figure_id in by_id:
            said.append(
                f"{FIGURES_FILE}{_line(one, rows)} has a figure {one.figure_id} already; leave its id to be numbered"
            )
        elif _content(one) in by_content:
            same = by_content[_content(one)]
            said.append(
                f"{FIGURES_FILE}{_line(same, rows)}, {same.figure_id}, holds it already: {one.value} by "
                f"{one.publisher} for {one.window}, reported {named(one.reported)}"
            )
        by_id.setdefault(one.figure_id, one)
        by_content.setdefault(_content(one), one)
    if said:
        more = len(said) - NAMES_IN_AN_ERROR
        raise DataError(
            "nothing was added: "
            + "; ".join(said[:NAMES_IN_AN_ERROR])
            + (f"; and {more} more" if more > 0 else "")
            + "; leave out what the case has, or give another day of report"
        )


def find_conflicts(new: Sequence[Figure], there: Iterable[Figure], rows: Mapping[str, int]) -> tuple[Conflict, ...]:
    """Find figures of the same windows, not disputed, that hold another value."""
    known = [one for one in there if one.status != "disputed"]
    return tuple(
        Conflict(
            figure_id=one.figure_id,
            value=one.value,
            other_id=other.figure_id,
            other_value=other.value,
            row=rows[other.figure_id],
            why=_difference(one, other),
            words=" ".join(
                part
                for part in (other.publisher, other.definition, str(other.window), f"reported {named(other.reported)}")
                if part
            ),
        )
        for one in new
        for other in known
        if _counted(one) == _counted(other) and one.value != other.value
    )


def _difference(one: Figure, other: Figure) -> str:
    if one.publisher != other.publisher:
        return "another publisher"
    if one.definition != other.definition:
        return "another definition"
    return "another document" if one.reported == other.reported else "another vintage"


def _counted(figure: Figure) -> tuple[object, ...]:
    return (figure.country, figure.measure, figure.area, figure.window)


def _content(figure: Figure) -> tuple[object, ...]:
    return (*_counted(figure), figure.definition, figure.publisher, figure.reported, figure.value)


def _line(figure: Figure, rows: Mapping[str, int]) -> str:
    return f" row {rows[figure.figure_id]}" if figure.figure_id in rows else ""
