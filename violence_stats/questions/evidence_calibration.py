"""How good is the instrument: how often each reading comes out of worlds whose truth is known.

Run ``python -m violence_stats.questions.evidence_calibration EVENT DAY`` to make the table of the shipped case anew,
for an episode as known now and as known on a day. The report reads and cites the committed table; a small cell of it is
recomputed in the tests. Beside it ``evidence.json`` says what it rests on.

Shares are never the probability that a pact existed: they say what the rules make of each world, not how likely the
world is.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd

from violence_stats.errors import DataError
from violence_stats.ledger.case import Case, CaseLike, load_case
from violence_stats.ledger.checksums import checksum
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.ledger.records import Words
from violence_stats.parallel import run_each
from violence_stats.questions.collect_episode import collect_episode
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.episode_evidence import read_data
from violence_stats.questions.evidence_worlds import NOISES, WORLDS, EpisodeWorld, Noise, draw_episode

SEED = 1
N_DRAWS = 60
N_DRAWS_THEN = 40
"""Draws of a cell: a share of 5% has a standard error of 3 points."""

INPUTS = ("chain.csv", "figures.csv", "case.toml")
FILE = Path("calibration") / "evidence.csv"
COLUMNS = ("episode", "as_of", "world", "kind", "as_predicted", "noise", "row", "reading", "n", "n_draws", "seed")
OVERALL = "overall"
ALL_BLOCKS = "all blocks"
"""The reading of all blocks together, before any is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One world under one noise, read as of one day.

    Attributes
    ----------
    as_of : datetime.date or None
    seed : int
        Of the whole table; each cell draws from a stream of its own, named by its world and noise.
    """

    world: EpisodeWorld
    noise: Noise
    as_of: date | None
    n_draws: int
    seed: int = SEED

    @property
    def generator(self) -> np.random.Generator:
        """A fresh stream, the same for the same cell whatever else is simulated."""
        name = f"{self.world.name}|{self.noise.name}|{self.as_of}"
        return np.random.default_rng([self.seed, *name.encode()])


def read_worlds(template: EpisodeData, cell: Cell) -> Counter[tuple[str, str]]:
    """Count the readings of a cell, by row (``overall`` and ``all blocks`` for the whole) and reading."""
    generator, counts = cell.generator, Counter[tuple[str, str]]()
    for _ in range(cell.n_draws):
        read = read_data(draw_episode(template, cell.world, cell.noise, generator), Words(en="", es=""))
        counts[OVERALL, read.verdict.reading] += 1
        counts[ALL_BLOCKS, read.verdict.all_blocks] += 1
        counts.update((one.signature.id, one.reading) for one in read.rows)
    return counts


def simulate_evidence(case: Case, event: str, cell: Cell) -> list[dict[str, object]]:
    """Read a cell and give one row for each of its rows and readings that came out."""
    episode = case.settings.episode(event)
    template = collect_episode(case, episode, as_of=cell.as_of)
    return [
        {
            "episode": episode.id,
            "as_of": "" if cell.as_of is None else cell.as_of.isoformat(),
            "world": cell.world.name,
            "kind": cell.world.kind,
            "as_predicted": cell.world.as_predicted,
            "noise": cell.noise.name,
            "row": row,
            "reading": reading,
            "n": n,
            "n_draws": cell.n_draws,
            "seed": cell.seed,
        }
        for (row, reading), n in sorted(read_worlds(template, cell).items())
    ]


def all_cells(then: date) -> list[Cell]:
    """List the cells of the committed table: every world and noise today, and as known on one day."""
    now = [Cell(world=world, noise=noise, as_of=None, n_draws=N_DRAWS) for world in WORLDS for noise in NOISES]
    early = [Cell(world=world, noise=NOISES[1], as_of=then, n_draws=N_DRAWS_THEN) for world in WORLDS]
    return [*now, *early]


def load_error_rates(case: CaseLike = SHIPPED_CASE) -> pd.DataFrame:
    """Load how often each reading came out of simulated worlds.

    Returns
    -------
    pandas.DataFrame
        One row a cell, row of the evidence (``overall`` for all together) and reading that came out: ``episode``,
        ``as_of`` (blank for all that is known), ``world``, ``kind`` (``pact``, ``policing``, ``neither``),
        ``as_predicted``, ``noise``, ``row``, ``reading``, ``n``, ``n_draws``, ``seed``, ``share``.

    Raises
    ------
    DataError
        If the case has no such table.

    Notes
    -----
    Source: simulation, ``python -m violence_stats.questions.evidence_calibration``. Definition: shares of made-up
    worlds. Known problems: the worlds are a grid, not a census; a share is not the probability that a reading is right.
    """
    loaded = load_case(case)
    file = loaded.folder / FILE
    if not file.exists():
        raise DataError(
            f"{file.name}: expected a table of simulated readings at {FILE} in case {loaded.case_id}, which has none: "
            "simulate_evidence and write_table of violence_stats.questions.evidence_calibration make one"
        )
    table = pd.read_csv(file, dtype={"as_of": str}, keep_default_na=False)
    return table.assign(share=table["n"] / table["n_draws"])


def worst_cases(table: pd.DataFrame, row: str = OVERALL) -> pd.DataFrame:
    """Give the cells in which a wrong side is favoured, worst first.

    Parameters
    ----------
    table : pandas.DataFrame
        As `load_error_rates` gives it.
    row : str, default "overall"
        The reading in question: ``"all blocks"`` for that before any block is left out, or one signature's.

    Returns
    -------
    pandas.DataFrame
        ``as_of``, ``world``, ``kind``, ``noise``, ``as_predicted``, ``share`` of draws that favour a side which is not
        the truth.
    """
    overall = table[(table["row"] == row) & table["reading"].str.startswith("favours")]
    wrong = overall[overall["reading"] != "favours " + overall["kind"]]
    keys = ["as_of", "world", "kind", "noise", "as_predicted"]
    shares = wrong.groupby(keys)["share"].sum().reset_index()
    return shares.sort_values(by="share", ascending=False, kind="stable", ignore_index=True)


def write_table(rows: Iterable[dict[str, object]], file: Path) -> None:
    """Write the rows of all cells, one after another."""
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(arguments: Sequence[str]) -> None:
    """Make the committed table of an episode, as known now and on a day."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("event", help="the episode")
    parser.add_argument("day", type=date.fromisoformat, help="the day whose knowledge is the earlier one")
    parser.add_argument("--jobs", type=int, help="processes (default: one; -1: one a core)")
    options = parser.parse_args(arguments)
    event, then = options.event, options.day
    case = load_case(SHIPPED_CASE)
    file = case.folder / FILE
    read = run_each(
        partial(simulate_evidence, case, event), all_cells(then), "cells", n_jobs=options.jobs, progress=print
    )
    write_table(chain.from_iterable(read), file)
    origin = {
        "command": f"python -m violence_stats.questions.evidence_calibration {event} {then}",
        "seed": SEED,
        "version": version("violence-stats"),
        "inputs": {name: checksum((case.folder / name).read_bytes()) for name in INPUTS},
    }
    file.with_suffix(".json").write_text(json.dumps(origin, indent=2, allow_nan=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
