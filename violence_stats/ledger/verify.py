"""Verification of a case: every fault of its files, read as they lie, however malformed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from violence_stats.errors import DataError, OutputError
from violence_stats.ledger.case import CaseLike, locate_case
from violence_stats.ledger.checks.annual import find_idle_tolerances, find_wrong_years
from violence_stats.ledger.checks.cells import find_malformed_cells, find_malformed_rows
from violence_stats.ledger.checks.chain import find_broken_chain, find_wrong_arithmetic
from violence_stats.ledger.checks.files import find_changed_files, find_misdescribed_files, read_contents
from violence_stats.ledger.checks.keys import find_dangling_references, find_duplicate_ids
from violence_stats.ledger.checks.known import settle
from violence_stats.ledger.checks.nesting import find_larger_parts
from violence_stats.ledger.checks.records import Records, read_records
from violence_stats.ledger.checks.settings import read_case_settings
from violence_stats.ledger.checks.spreadsheet import find_resaved_files
from violence_stats.ledger.checks.subject import Finder, Subject
from violence_stats.ledger.checks.vintages import find_distant_vintages, find_duplicate_figures, find_tied_figures
from violence_stats.ledger.checks.windows import find_bare_notes, find_early_reports, find_reversed_windows
from violence_stats.ledger.checksums import PACKAGE_FILE
from violence_stats.ledger.faults import Fault, Verification
from violence_stats.ledger.location import SHIPPED_CASE, CaseFiles
from violence_stats.ledger.package import DataPackage, read_package
from violence_stats.ledger.raw import RawTable, parse_table
from violence_stats.writing import finish_writing

FINDERS: tuple[Finder, ...] = (
    find_resaved_files,
    find_malformed_rows,
    find_malformed_cells,
    find_duplicate_ids,
    find_dangling_references,
    find_reversed_windows,
    find_early_reports,
    find_bare_notes,
    find_duplicate_figures,
    find_tied_figures,
    find_distant_vintages,
    find_larger_parts,
    find_broken_chain,
    find_wrong_arithmetic,
    find_wrong_years,
    find_idle_tolerances,
)


def verify_case(case: CaseLike = SHIPPED_CASE) -> Verification:
    """Look for every fault of a case, not only the first.

    Run it after any change to the tables; `load_case` stops at the first fault and looks for fewer. Disputed figures
    are known to be wrong, so that no check holds them against others.

    Parameters
    ----------
    case : CaseLike, default "SLV"
        As for `load_case`. The files are read anew, without being believed.

    Returns
    -------
    Verification
        ``faults``, each with check, file, row and what to do; ``ok``; ``summary()``.

    Raises
    ------
    SelectionError
        If there is neither a case nor a folder of that name. A fault of the files is never raised.

    Examples
    --------
    >>> import violence_stats as vs
    >>> vs.verify_case("SLV").ok
    True
    """
    return verify_files(locate_case(case))


def verify_files(files: CaseFiles) -> Verification:
    """Look for every fault of a case's files; raises nothing.

    Parameters
    ----------
    files : CaseFiles
        Where they lie.
    """
    try:
        finish_writing(files.folder)
        package = read_package(files.folder)
    except (DataError, OutputError) as error:
        broken = Fault(check="package", file=PACKAGE_FILE, row=None, message=str(error))
        return Verification(faults=(broken,), n_tables=0, n_rows=0)
    contents, faults = read_contents(package)
    return verify_contents(files, package, contents, faults)


def verify_contents(
    files: CaseFiles, package: DataPackage, contents: Mapping[str, bytes], faults: Sequence[Fault] = ()
) -> Verification:
    """Look for every fault of a case's tables as they are, or as they would be.

    Parameters
    ----------
    contents : mapping of str to bytes
        The tables, by the path that the package gives them.
    faults : sequence of Fault
        Those of files that could not be read.
    """
    tables = {path: parse_table(path, content) for path, content in contents.items()}
    records = read_records(tables)
    settings, settings_faults = read_case_settings(files, tables, records)
    subject = Subject(package=package, tables=tables, figures=records.figures, links=records.links, settings=settings)
    found = [
        *faults,
        *find_misdescribed_files(package),
        *find_changed_files(package, contents),
        *chain.from_iterable(find(subject) for find in FINDERS),
        *records.misfits,
        *settings_faults,
    ]
    standing, n_accepted = settle(subject, [*found, *_unexplained(records, found)])
    return Verification(
        faults=tuple(sorted(standing, key=lambda one: (one.file, one.row or 0))),
        n_tables=len(tables),
        n_rows=_n_rows(tables),
        n_accepted=n_accepted,
    )


def _unexplained(records: Records, found: list[Fault]) -> list[Fault]:
    """Give the rows that could not be read although no check says why: the package describes them too loosely."""
    explained = {(one.file, one.row) for one in found}
    resaved = {one.file for one in found if one.check == "spreadsheet"}
    return [one for one in records.unreadable if (one.file, one.row) not in explained and one.file not in resaved]


def _n_rows(tables: Mapping[str, RawTable]) -> int:
    return sum(len(table.rows) + len(table.misshapen) for table in tables.values())
