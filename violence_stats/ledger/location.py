"""Where the files of a case lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SHIPPED_CASE = "SLV"
"""Id of the case that ships; every function that needs a case takes it by default."""

CLAIMS_NAME = "claims.toml"
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """The files of a case.

    Attributes
    ----------
    folder : pathlib.Path
        Holds the data package and ``case.toml``.
    claims : pathlib.Path or None
        The register of claims; None where the case has none.
    """

    folder: Path
    claims: Path | None


def shipped_case() -> CaseFiles:
    """Locate the case that ships: in the checkout if its folders stand beside the package, else inside the package."""
    checkout = _PACKAGE.parent
    if (checkout / "data" / "case.toml").is_file() and (checkout / "seeds" / CLAIMS_NAME).is_file():
        return files_in(checkout / "data")
    return files_in(_PACKAGE / "shipped_case" / "data")


def files_in(folder: Path) -> CaseFiles:
    """Locate a case in a folder; where the folder is named ``data``, its claims may lie in ``seeds`` beside it."""
    places = [folder / CLAIMS_NAME]
    if folder.name == "data":
        places.append(folder.parent / "seeds" / CLAIMS_NAME)
    return CaseFiles(folder, next((place for place in places if place.is_file()), None))
