"""The committed tables: one CSV a family, and what they rest on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from violence_stats.errors import DataError
from violence_stats.ledger.location import shipped_case
from violence_stats.robustness.calibration.provenance import Provenance
from violence_stats.robustness.calibration.simulation import Row

FOLDER_NAME = "calibration"
PROVENANCE_NAME = "provenance.json"
FAMILIES = (
    "printed",
    "counterfactual",
    "boundary",
    "time_constant",
    "decomposition",
    "second_opinion",
    "months",
    "windows",
)
"""Tables of one run; ``comparison`` is made beside it."""
TABLES = (*FAMILIES, "comparison")


def calibration_folder() -> Path:
    """Where the shipped case's tables lie."""
    return shipped_case().folder / FOLDER_NAME


def write_tables(
    rows: Sequence[Row], made: Provenance, folder: Path, *, provenance_name: str = PROVENANCE_NAME
) -> None:
    """Write one CSV a family and the provenance beside them, the same bytes for the same rows."""
    folder.mkdir(parents=True, exist_ok=True)
    table = pd.DataFrame([row.to_dict() for row in rows])
    for family, lines in table.groupby("family", sort=False):
        lines.drop(columns="family").to_csv(folder / f"{family}.csv", index=False, lineterminator="\n")
    text = json.dumps(asdict(made), indent=2, allow_nan=False) + "\n"
    (folder / provenance_name).write_text(text, encoding="utf-8", newline="\n")


def read_table(family: str, folder: Path | None = None) -> pd.DataFrame:
    """Read the table of a family.

    Parameters
    ----------
    family : str
        One of `TABLES`.
    folder : pathlib.Path, optional
        Default: the shipped case's.

    Returns
    -------
    pandas.DataFrame
        The attributes of `Row` as columns, one row a cell, term and method.

    Raises
    ------
    DataError
        If there is no such table.
    """
    path = (folder or calibration_folder()) / f"{family}.csv"
    if not path.is_file():
        raise DataError(f"{path.name}: no calibration table of this name; make it with `make calibration`")
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def read_provenance(folder: Path | None = None, *, provenance_name: str = PROVENANCE_NAME) -> Provenance:
    """Read what the tables rest on.

    Raises
    ------
    DataError
        If it is not there.
    """
    path = (folder or calibration_folder()) / provenance_name
    if not path.is_file():
        raise DataError(f"{path.name}: the calibration tables have no provenance; make them with `make calibration`")
    return Provenance(**json.loads(path.read_text(encoding="utf-8")))
