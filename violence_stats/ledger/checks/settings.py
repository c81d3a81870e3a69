"""The settings of a case and its register of claims: readable, and naming only what the tables have."""

from __future__ import annotations

from collections.abc import Mapping

from violence_stats.errors import DataError
from violence_stats.ledger.checks.records import Records
from violence_stats.ledger.checks.subject import CHAIN
from violence_stats.ledger.checksums import read_file
from violence_stats.ledger.claims import CLAIMS_FILE, read_claims
from violence_stats.ledger.faults import Fault
from violence_stats.ledger.location import CaseFiles
from violence_stats.ledger.raw import RawTable
from violence_stats.ledger.settings import Settings
from violence_stats.ledger.settings_file import SETTINGS_FILE, read_settings


def read_case_settings(
    files: CaseFiles, tables: Mapping[str, RawTable], records: Records
) -> tuple[Settings | None, list[Fault]]:
    """Read the settings and the claims; the first thing wrong with either is a fault, as they cannot be read beyond it.

    Returns
    -------
    settings : Settings or None
        None where they cannot be read.
    faults : list of Fault
    """
    if not records.links and _has_rows(tables, CHAIN):
        message = "expected at least one window of the reference chain, found none that can be read; correct its rows"
        return None, [Fault(check="chain", file=CHAIN, row=None, message=message)]
    try:
        settings = read_settings(
            read_file(files.folder, SETTINGS_FILE, "a case needs one beside its tables; restore it, or write one"),
            last_day=max((link.window.end for _, link in records.links), default=None),
            event_ids=_ids(tables, "events.csv", "event_id"),
        )
    except DataError as error:
        return None, [Fault(check="settings", file=SETTINGS_FILE, row=None, message=str(error))]
    return settings, _claim_faults(files, _ids(tables, "sources.csv", "source_id"), settings)


def _claim_faults(files: CaseFiles, source_ids: set[str], settings: Settings) -> list[Fault]:
    if files.claims is None:
        return []
    try:
        read_claims(
            read_file(files.claims.parent, files.claims.name, "restore it"),
            source_ids=source_ids,
            intervention_ids={one.id for one in settings.interventions},
        )
    except DataError as error:
        return [Fault(check="settings", file=CLAIMS_FILE, row=None, message=str(error))]
    return []


def _has_rows(tables: Mapping[str, RawTable], path: str) -> bool:
    """Whether a table holds more than its header, or is missing: a case that has no figures yet has headers only."""
    return path not in tables or bool(tables[path].rows or tables[path].misshapen)


def _ids(tables: Mapping[str, RawTable], path: str, column: str) -> set[str]:
    return tables[path].texts(column) if path in tables else set()
