"""``python -m violence_stats.robustness.calibration``: simulate, write the tables, write the page.

Takes up where it was broken off. With ``--page-only`` the page is made again from the tables as they are.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from violence_stats.ledger.case import load_case
from violence_stats.robustness.calibration.boundaries import boundary_cells
from violence_stats.robustness.calibration.cells import all_cells
from violence_stats.robustness.calibration.counterfactuals import counterfactual_cells
from violence_stats.robustness.calibration.decompositions import decomposition_cells
from violence_stats.robustness.calibration.page import page_lines
from violence_stats.robustness.calibration.provenance import provenance
from violence_stats.robustness.calibration.run import Workshop, run_cells
from violence_stats.robustness.calibration.second_opinions import second_opinion_cells
from violence_stats.robustness.calibration.tables import TABLES, read_provenance, read_table, write_tables
from violence_stats.robustness.calibration.time_constants import time_constant_cells

COMMAND = "make calibration"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code."""
    options = _parser().parse_args(arguments)
    if not options.page_only:
        case = load_case()
        cells = [
            *time_constant_cells(case),
            *boundary_cells(case),
            *decomposition_cells(case),
            *second_opinion_cells(),
            *counterfactual_cells(case),
            *all_cells(case),
        ]
        made = provenance(command=COMMAND, seed=options.seed, runs=options.runs)
        workshop = Workshop(folder=options.work, provenance=made)
        rows = run_cells(cells, workshop, workers=options.workers, progress=_tell)
        write_tables(rows, made, options.tables)
    tables = {family: read_table(family, options.tables) for family in TABLES}
    lines = page_lines(tables, read_provenance(options.tables))
    options.page.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8", newline="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure how often the intervals miss.")
    parser.add_argument("--runs", type=int, default=500, help="draws a cell (default 500)")
    parser.add_argument("--seed", type=int, default=20120301, help="seed of the whole calibration")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--tables", type=Path, default=Path("data/calibration"), help="folder of the tables")
    parser.add_argument("--page", type=Path, default=Path("docs/calibration.md"), help="the page to write")
    parser.add_argument("--work", type=Path, default=Path("build/calibration"), help="folder of unfinished work")
    parser.add_argument("--page-only", action="store_true", help="make the page from the tables as they are")
    return parser


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
