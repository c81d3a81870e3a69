"""Run a calibration: several cells at a time, each kept as soon as it is done, so that a run can be taken up again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from violence_stats.robustness.calibration.boundaries import BoundaryCell, simulate_boundaries
from violence_stats.robustness.calibration.cells import Cell
from violence_stats.robustness.calibration.counterfactuals import CounterfactualCell, simulate_counterfactuals
from violence_stats.robustness.calibration.provenance import Provenance
from violence_stats.robustness.calibration.refits import RefittedCell, simulate_refits
from violence_stats.robustness.calibration.simulation import Row, simulate_cell

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Where unfinished work lies.

    Attributes
    ----------
    folder : pathlib.Path
        One file a cell; those of another world, other code, seed or runs are not taken up.
    provenance : Provenance
    """

    folder: Path
    provenance: Provenance

    def find(self, cell: Cell) -> tuple[Row, ...] | None:
        """Give the finished lines of a cell, or None."""
        path = self._path(cell)
        if not path.is_file():
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["made_by"] != self._made_by(cell):
            return None
        return tuple(Row(**line) for line in kept["rows"])

    def keep(self, cell: Cell, rows: Sequence[Row]) -> None:
        """Write the lines of a finished cell."""
        self.folder.mkdir(parents=True, exist_ok=True)
        made = {"made_by": self._made_by(cell), "rows": [row.to_dict() for row in rows]}
        path = self._path(cell)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(json.dumps(made), encoding="utf-8")
        unfinished.replace(path)

    def _made_by(self, cell: Cell) -> list[object]:
        made = self.provenance
        return [made.seed, made.runs, made.code_sha256, cell.world.sha256]

    def _path(self, cell: Cell) -> Path:
        return self.folder / (cell.name.replace("/", "-").replace(", ", "_").replace(" ", "-") + ".json")


def run_cells(cells: Sequence[Cell], workshop: Workshop, *, workers: int, progress: Progress) -> tuple[Row, ...]:
    """Simulate what is not yet done and give all lines, in the order of the cells.

    Parameters
    ----------
    cells : sequence of Cell
    workshop : Workshop
    workers : int
        Processes; 1 runs in this one.
    progress : callable
        Told one line a finished cell.
    """
    found = {cell.name: rows for cell in cells if (rows := workshop.find(cell)) is not None}
    open_cells = [cell for cell in cells if cell.name not in found]
    progress(f"{len(cells)} cells, {len(found)} of them done before")
    made = workshop.provenance
    for done, (cell, rows) in enumerate(_finished(open_cells, made.seed, made.runs, workers), start=1):
        workshop.keep(cell, rows)
        found[cell.name] = rows
        default = ", ".join(f"{row.term} {row.miss_pct:.1f}%" for row in rows if row.method == "ar1")
        progress(f"[{len(cells) - len(open_cells) + done}/{len(cells)}] {cell.name}: {default}")
    return tuple(row for cell in cells for row in found[cell.name])


def simulate(cell: Cell, seed: int, runs: int) -> tuple[Row, ...]:
    """Simulate a cell of any family."""
    if isinstance(cell, CounterfactualCell):
        return simulate_counterfactuals(cell, seed=seed, runs=runs)
    if isinstance(cell, RefittedCell):
        return simulate_refits(cell, seed=seed, runs=runs)
    if isinstance(cell, BoundaryCell):
        return simulate_boundaries(cell, seed=seed, runs=runs)
    return simulate_cell(cell, seed=seed, runs=runs)


def _finished(cells: Sequence[Cell], seed: int, runs: int, workers: int) -> Iterator[tuple[Cell, tuple[Row, ...]]]:
    if workers == 1:
        for cell in cells:
            yield cell, simulate(cell, seed, runs)
        return
    with ProcessPoolExecutor(max_workers=workers) as pool:
        waiting: dict[Future[tuple[Row, ...]], Cell] = {pool.submit(simulate, cell, seed, runs): cell for cell in cells}
        for future in as_completed(waiting):
            yield waiting[future], future.result()
