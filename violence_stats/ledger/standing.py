"""Whether a case would stand with changed tables: its faults as they would be, and their refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from violence_stats.errors import DataError
from violence_stats.ledger.checks.known import ACCEPTABLE
from violence_stats.ledger.faults import Fault
from violence_stats.ledger.location import CaseFiles
from violence_stats.ledger.package import read_package
from violence_stats.ledger.verify import verify_contents

_FAULTS_IN_AN_ERROR = 3


def faults_with(files: CaseFiles, tables: Mapping[str, bytes]) -> list[Fault]:
    """Verify the tables as they would be; their checksums are those to be taken."""
    found = verify_contents(files, read_package(files.folder), tables).faults
    return [one for one in found if one.check != "checksum"]


def refuse_faults(faults: Sequence[Fault], what: str = "figure") -> None:
    """Refuse to leave a case with faults.

    Parameters
    ----------
    what : str, default "figure"
        What was to be added.

    Raises
    ------
    DataError
        If there is one; the message gives the first few and what to do.
    """
    if not faults:
        return
    more = len(faults) - _FAULTS_IN_AN_ERROR
    advice = f"correct the {what} or the case, then add it again"
    if all(one.check in ACCEPTABLE for one in faults):
        advice = (
            "look at the documents; where both are right as published, add the figure with accept= (--accept) and the "
            "reason"
        )
    raise DataError(
        "nothing was added, since the case would not verify: "
        + "; ".join(map(str, faults[:_FAULTS_IN_AN_ERROR]))
        + (f"; and {more} more" if more > 0 else "")
        + f"; {advice}"
    )
