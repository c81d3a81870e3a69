"""Where the files of a case lie."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

SHIPPED_CASE = "SLV"
"""Id of the case that is meant where none is named; others ship in folders within its own."""

CLAIMS_NAME = "claims.toml"
SETTINGS_NAME = "case.toml"
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
    """Locate the default case: in the checkout if its folders stand beside the package, else inside the package."""
    checkout = _PACKAGE.parent
    if (checkout / "data" / SETTINGS_NAME).is_file() and (checkout / "seeds" / CLAIMS_NAME).is_file():
        return files_in(checkout / "data")
    return files_in(_PACKAGE / "shipped_case" / "data")


def shipped_cases() -> dict[str, CaseFiles]:
    """Locate every case that ships, by id: the default one, and each in a folder within its own."""
    default = shipped_case()
    others = sorted(default.folder.glob(f"*/{SETTINGS_NAME}"))
    return {SHIPPED_CASE: default, **{_case_id(one): files_in(one.parent) for one in others}}


def _case_id(settings: Path) -> str:
    with settings.open("rb") as stream:
        return str(tomllib.load(stream)["case_id"])


def files_in(folder: Path) -> CaseFiles:
    """Locate a case in a folder; where the folder is named ``data``, its claims may lie in ``seeds`` beside it."""
    places = [folder / CLAIMS_NAME]
    if folder.name == "data":
        places.append(folder.parent / "seeds" / CLAIMS_NAME)
    return CaseFiles(folder, next((place for place in places if place.is_file()), None))
