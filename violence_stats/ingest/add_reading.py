"""A file that was read, written into a case by the same checks as a figure that is typed."""

from __future__ import annotations

from dataclasses import replace

from violence_stats.ingest.areas import find_areas
from violence_stats.ingest.counts import CountsReading
from violence_stats.ingest.ledger_rows import LedgerLabels, LedgerRow, make_ledger_rows
from violence_stats.ingest.records import RecordsReading
from violence_stats.ledger.add import add_figures
from violence_stats.ledger.additions import Addition, ChainRule, NewFigure, NewSource
from violence_stats.ledger.case import CaseLike, load_case


def add_reading(
    case: CaseLike,
    reading: CountsReading | RecordsReading,
    labels: LedgerLabels,
    *,
    chain: ChainRule = "extend",
    accept: str = "",
    areas: bool | None = None,
) -> Addition:
    r"""Add every count of a reading to a case, with the file as its document; all of them or none.

    Each figure's note says from which cells it was taken; the figures are numbered from the case's first free id on.

    Parameters
    ----------
    case : CaseLike
        The folder of a case.
    reading : CountsReading or RecordsReading
        As `read_counts`, `read_records` or the ``reading`` of a country in `read_unodc` gives it; of records, the
        months of all groups together.
    labels : LedgerLabels
        What the ledger has to know and the file does not say.
    chain : {'extend', 'leave'}, default 'extend'
        Whether the reference chain takes the windows that continue it. An empty one takes the longest run of them
        without a gap; which stay out is said in the notes.
    accept : str, default ""
        As of `add_figure`.
    areas : bool, optional
        Whether the groups of records are written too, each as an area; by default where they are grouped by one column
        that is called municipality, department or the like. The notes say what was written and what was not.

    Returns
    -------
    Addition

    Raises
    ------
    DataError
        If a figure stands there already (the message names the row), the case would not verify with them, its files are
        missing or have been edited, or an area is spelt in several ways.
    SelectionError, OutputError
        As `add_figure`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import violence_stats as vs
    >>> place = tempfile.TemporaryDirectory()
    >>> file = pathlib.Path(place.name, "homicides.csv")
    >>> _ = file.write_text("Mes;2023;2024\nEnero;250;231\nFebrero;240;222\n", encoding="utf-8")
    >>> case = vs.new_case(place.name + "/my-case", country="HND").folder
    >>> labels = vs.LedgerLabels(country="HND", measure="homicides", publisher="POL", definition="all")
    >>> added = vs.add_reading(case, vs.read_counts(file), labels)
    >>> len(added.figures), len(added.chain), added.notes[0][:36]
    (4, 2, 'the reference chain has no gap, so 2')
    >>> place.cleanup()
    """
    groups, notes = find_areas(reading, areas, labels.area)
    rows = make_ledger_rows(reading.series, reading.report, labels)
    figures = list(rows.figures)
    for one in groups:
        figures += make_ledger_rows(one.series, one.report, replace(labels, area=one.area)).figures
    told = {name: rows.source[name] for name in ("source_id", "url", "title", "date")}
    if not labels.title and told["source_id"] in load_case(case).ledger.sources:
        told["title"] = ""  # the file's name stands in for a title only where the document is a new one
    source = NewSource(**told)
    added = add_figures(case, [_figure(row) for row in figures], source, chain=chain, accept=accept)
    return replace(added, notes=(*notes, *added.notes))


def _figure(row: LedgerRow) -> NewFigure:
    told = {name: row[name] for name in ("country", "area", "measure", "definition", "publisher", "reported")}
    how = {name: row[name] for name in ("status", "quality", "note")}
    return NewFigure(window=(row["start"], row["end"]), value=int(row["value"]), **told, **how)
