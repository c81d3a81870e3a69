"""What simulation found of a fit's own intervals: where the default misses more than its target, the fit says so.

The calibration of a case (`violence_stats.robustness.calibration`) simulates the models that its report prints, each in
its own geometry, and judges every term. A fit of the same windows and terms cites what was found above the target.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from violence_stats.ledger.location import shipped_cases
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.months import Window

FOLDER, TABLE = "calibration", "printed.csv"
ABOVE = "above"


def printed_geometry(window: Window, start: date) -> str:
    """Name the geometry of one intervention in a fitting window, as the tables do."""
    return f"{window} from {start.isoformat()}"


def known_misses(frame: ModelFrame, estimate: Estimate) -> tuple[str, ...]:
    """Say which of a fit's intervals miss more often than the target allows; nothing where none does or none was tried.

    Parameters
    ----------
    frame : ModelFrame
    estimate : Estimate
    """
    return tuple(
        f"in {row['runs']} simulated series of these windows and terms, nominal 95% intervals of {term} missed "
        f"{row['miss_pct']}% of the time (Monte Carlo error {row['mc_error_pct']}), more than the default is held to: "
        "read this interval as too narrow (docs/calibration.md)"
        for term, row in missed_terms(frame, estimate).items()
    )


def missed_terms(frame: ModelFrame, estimate: Estimate) -> dict[str, dict[str, str]]:
    """Give, for each term whose interval misses more often than the target allows, the row that says so at worst."""
    folder = case_folder(frame.series.case_id)
    if folder is None or estimate.errors != "ar1" or frame.family != "quasi-poisson":
        return {}
    worst: dict[str, dict[str, str]] = {}
    for row in _rows_of(frame, _read(folder / FOLDER / TABLE)):
        known = worst.get(row["term"])
        if row["verdict"] == ABOVE and (known is None or float(row["miss_pct"]) > float(known["miss_pct"])):
            worst[row["term"]] = row
    return worst


@cache
def case_folder(case_id: str | None) -> Path | None:
    """Give the folder of a case that ships, None for any other."""
    if case_id is None:
        return None
    files = shipped_cases().get(case_id)
    return None if files is None else files.folder


def _rows_of(frame: ModelFrame, rows: tuple[dict[str, str], ...]) -> list[dict[str, str]]:
    """Rows of the default errors in the cell whose windows and terms are those of the fit."""
    interventions = frame.design.interventions
    geometries = {str(frame.span), *(printed_geometry(frame.span, one.first_day) for one in interventions)}
    alike = [
        row
        for row in rows
        if row["method"] == "ar1" and row["geometry"] in geometries and int(row["n_windows"]) == frame.series.n_windows
    ]
    terms: dict[str, set[str]] = {}
    for row in alike:
        terms.setdefault(row["cell"], set()).add(row["term"])
    wanted = {one.term for one in interventions}
    return [row for row in alike if terms[row["cell"]] == wanted]


@cache
def _read(path: Path) -> tuple[dict[str, str], ...]:
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
