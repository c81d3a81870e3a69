"""Adding figures to a case: compared with what is there, verified as they would stand, written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from violence_stats.errors import DataError, SelectionError
from violence_stats.figures import Figure
from violence_stats.ledger.additions import Addition, ChainRule, Conflict, NewFigure, NewSource
from violence_stats.ledger.case import Case, CaseLike, load_case, locate_case
from violence_stats.ledger.cells import append_rows, plain_line, write_rows
from violence_stats.ledger.checks.known import ACCEPTABLE
from violence_stats.ledger.checks.subject import CHAIN, FIGURES, KNOWN_CONFLICTS
from violence_stats.ledger.checksums import PACKAGE_FILE, read_descriptor, read_verified
from violence_stats.ledger.comparing import find_conflicts, refuse_duplicates
from violence_stats.ledger.extending import NEW, Extension, arithmetic_row, extend_chain
from violence_stats.ledger.location import CaseFiles
from violence_stats.ledger.new_rows import figure_rows, source_row
from violence_stats.ledger.package import descriptor_content, restated_descriptor
from violence_stats.ledger.reading import Row, read_rows
from violence_stats.ledger.standing import faults_with, refuse_faults
from violence_stats.ledger.tables import COLUMNS, parse_figure, parse_source
from violence_stats.writing import hold_folder

SOURCES = "sources.csv"
CONFLICT_COLUMNS = ("check", "ids", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """How figures are added: `add_figure` says what each means."""

    chain: ChainRule
    accept: str
    arithmetic: str = ""


def add_figure(
    case: CaseLike,
    figure: NewFigure,
    source: NewSource,
    *,
    chain: ChainRule = "extend",
    arithmetic: str = "",
    accept: str = "",
) -> Addition:
    """Add a published figure and its document to a case.

    Nothing is written unless the case is in order with the figure in it, and then all of it: the tables and their
    checksums. Use `add_figures` for several figures of one document.

    Parameters
    ----------
    case : CaseLike
        The folder of a case.
    figure : NewFigure
    source : NewSource
        The document; one that the case has already is not added again.
    chain : {'extend', 'leave'}, default 'extend'
        Whether the reference chain takes the figure if its window continues it at either end.
    arithmetic : str, default ""
        A row for the chain whose window no one published, such as ``NEW - F0012``, where NEW is the figure added.
    accept : str, default ""
        Why findings that can be right as published (a tie, distant vintages, a part larger than its whole, an early
        report) are to stand; written into ``known_conflicts.csv``. Blank refuses them.

    Returns
    -------
    Addition
        What was added, and the figures of other publishers, vintages or definitions that say something else.

    Raises
    ------
    DataError
        If the figure stands there already (the message names the row), the case would not verify with it, or its files
        are missing or have been edited.
    SelectionError
        If there is no such case, or something was left open that the case does not settle.
    OutputError
        If the folder cannot be written to, or (`LockedError`) another process is writing to it.

    Examples
    --------
    >>> import tempfile
    >>> import violence_stats as vs
    >>> place = tempfile.TemporaryDirectory()
    >>> folder = vs.new_case(place.name + "/my-case", country="HND").folder
    >>> january = vs.NewFigure(window="2024-01", value=250, publisher="POL", reported="2024-02-03")
    >>> added = vs.add_figure(folder, january, vs.NewSource(title="A bulletin", date="2024-02-03"))
    >>> added.figures[0]["figure_id"], vs.load_homicides(folder).total("2024-01")
    ('F0001', 250)
    >>> place.cleanup()
    """
    return _add(case, [figure], source, _Rules(chain=chain, accept=accept, arithmetic=arithmetic))


def add_figures(
    case: CaseLike,
    figures: Sequence[NewFigure],
    source: NewSource,
    *,
    chain: ChainRule = "extend",
    accept: str = "",
) -> Addition:
    """Add several figures of one document to a case, all of them or none; see `add_figure`.

    Parameters
    ----------
    case : CaseLike
        The folder of a case.
    figures : sequence of NewFigure
        At least one.
    source : NewSource
    chain : {'extend', 'leave'}, default 'extend'
        Whether the reference chain takes the figures whose windows continue it. An empty one takes the longest run of
        them without a gap.
    accept : str, default ""
        As of `add_figure`.

    Returns
    -------
    Addition

    Raises
    ------
    DataError, SelectionError, OutputError
        As `add_figure`; then no figure was added.

    Examples
    --------
    >>> import tempfile
    >>> import violence_stats as vs
    >>> place = tempfile.TemporaryDirectory()
    >>> folder = vs.new_case(place.name + "/my-case", country="HND").folder
    >>> months = [vs.NewFigure(window=f"2024-{n:02d}", value=200 + n, publisher="POL") for n in (1, 2, 3)]
    >>> added = vs.add_figures(folder, months, vs.NewSource(title="A bulletin", date="2024-04"))
    >>> len(added.chain), vs.verify_case(folder).ok
    (3, True)
    >>> place.cleanup()
    """
    return _add(case, figures, source, _Rules(chain=chain, accept=accept))


def _add(case: CaseLike, figures: Sequence[NewFigure], source: NewSource, rules: _Rules) -> Addition:
    if not figures:
        raise SelectionError("figures: expected at least one figure to add, got none")
    files = locate_case(case)
    with hold_folder(files.folder) as writer:
        contents, addition = _plan(files, figures, source, rules)
        writer.replace(contents)
    return addition


def _plan(
    files: CaseFiles, figures: Sequence[NewFigure], source: NewSource, rules: _Rules
) -> tuple[dict[str, bytes], Addition]:
    """Work out the new contents of each file that changes, and refuse what would leave a fault."""
    tables, loaded = read_verified(files.folder), load_case(files.folder)
    document, is_new = source_row(source, loaded.ledger.sources)
    rows = figure_rows(figures, document["source_id"], loaded)
    records = _parse(rows, document)
    conflicts = _compare(records, tables, loaded)
    extension = _extend(records, loaded, rules)
    changed = {
        FIGURES: append_rows(tables[FIGURES], rows, COLUMNS[FIGURES]),
        **({SOURCES: append_rows(tables[SOURCES], [document], COLUMNS[SOURCES])} if is_new else {}),
        **_chain_content(tables[CHAIN], extension),
    }
    accepted = _accept(files, {**tables, **changed}, rules.accept)
    if accepted:
        changed[KNOWN_CONFLICTS] = append_rows(tables[KNOWN_CONFLICTS], accepted, CONFLICT_COLUMNS)
        refuse_faults(faults_with(files, {**tables, **changed}))
    restated = restated_descriptor(read_descriptor(files.folder), changed)
    return {**changed, PACKAGE_FILE: descriptor_content(restated)}, Addition(
        case_id=loaded.case_id,
        figures=tuple(rows),
        source=document,
        is_new_source=is_new,
        chain=tuple(map(dict, (*extension.before, *extension.after))),
        conflicts=conflicts,
        accepted=tuple(accepted),
        notes=extension.notes,
    )


def _parse(rows: Sequence[dict[str, str]], document: dict[str, str]) -> list[Figure]:
    sources = {document["source_id"]: parse_source(Row("the document", 1, document))}
    return [parse_figure(Row("figure to add", place, row), sources) for place, row in enumerate(rows, 1)]


def _compare(records: Sequence[Figure], tables: dict[str, bytes], case: Case) -> tuple[Conflict, ...]:
    there = case.ledger.figures.values()
    lines = {row.cells["figure_id"]: row.number for row in read_rows(tables[FIGURES], FIGURES, COLUMNS[FIGURES])}
    refuse_duplicates(records, there, lines)
    return find_conflicts(records, there, lines)


def _extend(records: Sequence[Figure], case: Case, rules: _Rules) -> Extension:
    if rules.arithmetic:
        if len(records) != 1:
            raise DataError(f"arithmetic={rules.arithmetic!r}: expected one figure to add, got {len(records)}")
        text = rules.arithmetic.replace(NEW, records[0].figure_id)
        return Extension(after=(arithmetic_row(text, {**case.ledger.figures, records[0].figure_id: records[0]}),))
    if rules.chain == "leave":
        return Extension()
    counted = (case.country, case.measure, "")
    return extend_chain(case.chain, [one for one in records if (one.country, one.measure, one.area) == counted])


def _chain_content(content: bytes, extension: Extension) -> dict[str, bytes]:
    if not (extension.before or extension.after):
        return {}
    header, _, rest = content.partition(b"\n")
    whole = header + b"\n" + write_rows(extension.before, COLUMNS[CHAIN]) + rest
    return {CHAIN: append_rows(whole, extension.after, COLUMNS[CHAIN])}


def _accept(files: CaseFiles, tables: dict[str, bytes], reason: str) -> list[dict[str, str]]:
    """Give the rows of known conflicts that the reason covers, and refuse all other faults.

    Raises
    ------
    DataError
        If a fault stands that cannot be accepted, or that no reason was given for.
    """
    faults = faults_with(files, tables)
    why = plain_line(reason)
    open_faults = [one for one in faults if not why or one.check not in ACCEPTABLE]
    refuse_faults(open_faults)
    if faults and KNOWN_CONFLICTS not in tables:
        raise DataError(f"{KNOWN_CONFLICTS} is missing: accepted findings are written there; add it to {PACKAGE_FILE}")
    return [{"check": one.check, "ids": " ".join(one.ids), "why": why} for one in faults]
