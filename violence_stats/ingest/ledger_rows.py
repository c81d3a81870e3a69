"""A series that was read, as rows of a case's ledger: figures, and the document that they come from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from violence_stats.errors import DataError, SelectionError
from violence_stats.ingest.month_names import fold
from violence_stats.ingest.report import ReadingReport
from violence_stats.ledger.cells import escape_formula
from violence_stats.ledger.reading import known_on
from violence_stats.ledger.tables import COLUMNS, QUALITIES, STATUSES
from violence_stats.series import CountSeries

LedgerRow = dict[str, str]
"""Cells by column, as text, in the order of the ledger's table."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_COUNTRY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLabels:
    """What a ledger has to know of a series that its file does not say.

    Parameters
    ----------
    country : str
        ISO code of three letters.
    measure, publisher : str
    definition, area : str
        Blank where the measure has one definition; blank for the whole country.
    reported : str
        Day, month or year in which the document reported the counts.
    status, quality : str
        As the codebook of the ledger has them.
    first_id : int
        Number of the first figure: 7 gives ``F0007``.
    source_id, url, title : str
        Of the document; the id and title are made from the file's name where they are blank.
    date : str
        Day, month or year of the document; that of the report where it is blank.

    Raises
    ------
    SelectionError
        If a label cannot be what was given.
    """

    country: str
    measure: str
    publisher: str
    definition: str = ""
    area: str = ""
    reported: str = ""
    status: str = "published"
    quality: str = "high"
    first_id: int = 1
    source_id: str = ""
    url: str = ""
    title: str = ""
    date: str = ""

    def __post_init__(self) -> None:
        faults = (
            (not _COUNTRY.fullmatch(self.country), "country", "an ISO code of three capital letters"),
            (not self.measure, "measure", "some text"),
            (not self.publisher, "publisher", "some text"),
            (self.status not in STATUSES, "status", f"one of {', '.join(STATUSES)}"),
            (self.quality not in QUALITIES, "quality", f"one of {', '.join(QUALITIES)}"),
            (bool(self.reported) and known_on(self.reported) is None, "reported", "YYYY, YYYY-MM or YYYY-MM-DD"),
            (bool(self.date) and known_on(self.date) is None, "date", "YYYY, YYYY-MM or YYYY-MM-DD"),
            (bool(self.source_id) and not _ID.fullmatch(self.source_id), "source_id", "letters, digits, . _ and -"),
            (self.first_id < 1, "first_id", "a number from 1"),
        )
        for at_fault, name, expected in faults:
            if at_fault:
                raise SelectionError(f"{name}={getattr(self, name)!r}: expected {expected}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRows:
    """Rows for ``figures.csv`` and one for ``sources.csv``.

    Attributes
    ----------
    figures : tuple of dict
        One a window whose count is known.
    source : dict
    """

    figures: tuple[LedgerRow, ...]
    source: LedgerRow


def make_ledger_rows(series: CountSeries, report: ReadingReport, labels: LedgerLabels) -> LedgerRows:
    """Turn a series that was read into rows of a ledger; each note says from which cells a figure was taken.

    Parameters
    ----------
    series : CountSeries
        Of kind ``count``; windows whose count is not known are left out.
    report : ReadingReport
        Of the same reading.

    Raises
    ------
    DataError
        If the series holds rates or no count that is known.

    Examples
    --------
    >>> from violence_stats.months import parse_window
    >>> from violence_stats.series import Observation
    >>> march = CountSeries(observations=(Observation(window=parse_window("2020-03"), value=65.0),))
    >>> report = ReadingReport(file="mes.csv", sheet="", form="csv", layout="")
    >>> rows = make_ledger_rows(march, report, LedgerLabels(country="AAA", measure="homicides", publisher="POL"))
    >>> rows.figures[0]["figure_id"], rows.figures[0]["value"], rows.figures[0]["source_id"]
    ('F0001', '65', 'mes')
    """
    known = [one for one in series if not one.is_missing]
    if series.kind != "count" or not known:
        raise DataError("expected a series of counts with one that is known, got none; read the table of counts")
    source_id = labels.source_id or _slug(report.file)
    cells = {one.window: one.cells for one in report.taken}
    figures = tuple(
        _ordered(
            "figures.csv",
            {
                "figure_id": f"F{labels.first_id + place:04d}",
                "country": labels.country,
                "area": labels.area,
                "measure": labels.measure,
                "start": one.window.start.isoformat(),
                "end": one.window.end.isoformat(),
                "value": f"{one.value:.0f}",
                "definition": labels.definition,
                "publisher": labels.publisher,
                "reported": labels.reported,
                "status": labels.status,
                "quality": labels.quality,
                "source_id": source_id,
                "note": _note(report, cells.get(one.window, "")),
            },
        )
        for place, one in enumerate(known)
    )
    document = {
        "source_id": source_id,
        "url": labels.url,
        "title": labels.title or report.file,
        "date": labels.date or labels.reported,
    }
    return LedgerRows(figures=figures, source=_ordered("sources.csv", document))


def _ordered(table: str, cells: LedgerRow) -> LedgerRow:
    return {column: escape_formula(cells[column]) for column in COLUMNS[table]}


def _note(report: ReadingReport, cells: str) -> str:
    place = f"{report.file}, sheet {report.sheet}" if report.sheet else report.file
    kept_out = f"; {len(report.kept_out):,} of {report.n_rows:,} rows of the file could not be read" * bool(
        report.kept_out
    )
    return f"read from {place}" + (f", {cells}" if cells else "") + kept_out


def _slug(file: str) -> str:
    """Make an id from a file's name: plain letters, digits and hyphens, and no part of a path."""
    stem = fold(file.rpartition("/")[2].rpartition("\\")[2]).rsplit(".", 1)[0]
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:60] or "file"
