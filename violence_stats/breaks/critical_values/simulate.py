"""Simulate the limiting distributions of the break tests and write the tables that lie beside this program.

Run ``python -m violence_stats.breaks.critical_values.simulate`` (about twenty minutes on one core). Two tables come
out:

- ``one_break.csv``: sup, ave and exp F for one break (Andrews 1993; Andrews & Ploberger 1994);
- ``many_breaks.csv``: sup F(m), UDmax and WDmax (Bai & Perron 1998), each on the Wald scale: q times an F statistic.

Three facts carry the method. With white noise of variance one the limit of the Wald statistic is the fall in the sum of
squares that the break buys, so that m breaks are one dynamic programme. q stationary coefficients give the sum of q
independent copies of one level; a trend is no stationary regressor and has designs of its own. A supremum over n points
lies below that of the continuous process by a term in n^(-1/2), which two grids on the same paths take away:
2 Q(n) - Q(n / 4).

References
----------
Andrews (1993) Econometrica 61:821. Andrews & Ploberger (1994) Econometrica 62:1383. Bai & Perron (1998) Econometrica
66:47. Hansen (1997) J Bus Econ Stat 15:60.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from violence_stats.arrays import FloatArray

TRIMS = (0.05, 0.10, 0.15, 0.20, 0.25)
UPPER_TAILS = (
    0.999, 0.99, 0.975, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.175,
    0.15, 0.125, 0.1, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.025, 0.02, 0.015, 0.01, 0.0075, 0.005, 0.0025, 0.001,
)  # fmt: skip
FURTHER_TAILS = (0.0005, 0.00025, 0.0001)
"""Read off the table of one break only, which rests on more replications."""
MAX_STATIONARY = 8
MAX_BREAKS = {0.05: 8, 0.10: 8, 0.15: 5, 0.20: 3, 0.25: 2}
MANY_BREAK_DESIGNS = (*(("stationary", q, False) for q in range(1, 5)), ("level, trend", 2, True))
"""Design, q, and whether a trend breaks too."""
WEIGHTED_LEVELS = (0.10, 0.05, 0.025, 0.01)
BATCH = 50


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work a table is worth; `n_steps` is a multiple of 80, so that every trimming falls on both grids."""

    n_steps: int
    n_replications: int
    seed: int


ONE_BREAK = Effort(n_steps=2000, n_replications=200_000, seed=1993)
MANY_BREAKS = Effort(n_steps=800, n_replications=20_000, seed=1998)


def residual_maker(n: int, breaking: tuple[int, ...]) -> tuple[FloatArray, FloatArray]:
    """Whiten the score of a break in some coefficients of level and trend.

    Parameters
    ----------
    n : int
        Points of the grid.
    breaking : tuple of int
        Columns of (level, trend) that break; the others are common to both regimes.

    Returns
    -------
    basis : FloatArray, shape (n, 2)
        Orthonormal columns of level and trend.
    whitener : FloatArray, shape (n - 1, q, q)
        For a break after each of the first n - 1 points, R with ``R' R = V^-1``, V the variance of the score; the
        points too near an end for V to have an inverse are zero.
    """
    design = np.column_stack([np.ones(n), np.arange(n) / n])
    basis = np.linalg.qr(design)[0]
    moved = design[:, breaking]
    square = np.cumsum(moved[:, :, None] * moved[:, None, :], axis=0)[:-1]
    cross = np.cumsum(moved[:, :, None] * basis[:, None, :], axis=0)[:-1]
    variance = square - cross @ cross.transpose(0, 2, 1)
    whitener = np.zeros_like(variance)
    inner = slice(2, n - 3)
    whitener[inner] = np.linalg.inv(np.linalg.cholesky(variance[inner]))
    return basis, whitener


def trend_process(noise: FloatArray, breaking: tuple[int, ...]) -> FloatArray:
    """Wald statistic of a break after each point, level and trend in the model, shape (n_replications, n - 1)."""
    n = noise.shape[1]
    basis, whitener = residual_maker(n, breaking)
    residual = noise - (noise @ basis) @ basis.T
    columns = np.column_stack([np.ones(n), np.arange(n) / n])[:, breaking]
    score = np.cumsum(residual[:, :, None] * columns, axis=1)[:, :-1]
    return np.asarray((np.einsum("kab,rkb->rka", whitener, score) ** 2).sum(axis=2))


def level_process(noise: FloatArray) -> FloatArray:
    """Wald statistic of a break in one level after each point, shape (n_replications, n - 1)."""
    n = noise.shape[1]
    share = np.arange(1, n) / n
    path = np.cumsum(noise, axis=1)
    bridge = path[:, :-1] - share * path[:, -1:]
    return np.asarray(bridge**2 / (n * share * (1 - share)))


def coarsen(noise: FloatArray) -> FloatArray:
    """Join each four steps of a path to one of the same variance."""
    return np.asarray(noise.reshape(*noise.shape[:-1], -1, 4).sum(axis=-1) / 2)


def functionals(process: FloatArray, trim: float) -> FloatArray:
    """Give sup, ave and exp of the paths between the trimmings, shape (3, n_replications)."""
    n = process.shape[1] + 1
    inside = process[:, round(trim * n) - 1 : n - round(trim * n)]
    top = inside.max(axis=1)
    mean_exp = np.log(np.exp((inside - top[:, None]) / 2).mean(axis=1)) + top / 2
    return np.array([top, inside.mean(axis=1), mean_exp])


def one_break_processes(rng: np.random.Generator, n_steps: int) -> Iterator[tuple[str, int, FloatArray, FloatArray]]:
    """Give design, q, and the statistic on the fine and on the coarse grid, for one batch of paths."""
    fine = np.zeros((BATCH, n_steps - 1))
    coarse = np.zeros((BATCH, n_steps // 4 - 1))
    for q in range(1, MAX_STATIONARY + 1):
        noise = rng.standard_normal((BATCH, n_steps))
        fine, coarse = fine + level_process(noise), coarse + level_process(coarsen(noise))
        yield "stationary", q, fine, coarse
    noise = rng.standard_normal((BATCH, n_steps))
    for design, breaking in (("level, trend", (0, 1)), ("level | trend", (0,)), ("trend | level", (1,))):
        yield design, len(breaking), trend_process(noise, breaking), trend_process(coarsen(noise), breaking)


def extrapolate(fine: FloatArray, coarse: FloatArray, tails: tuple[float, ...]) -> FloatArray:
    """Quantiles of the continuous process from two grids on the same paths."""
    levels = 1 - np.asarray(tails)
    return np.asarray(2 * np.quantile(fine, levels) - np.quantile(coarse, levels))


def simulate_one_break(effort: Effort) -> Iterator[tuple[str, int, float, str, FloatArray]]:
    """Give design, q, trimming, statistic and its quantiles."""
    rng = np.random.default_rng(effort.seed)
    draws: dict[tuple[str, int, float], list[tuple[FloatArray, FloatArray]]] = {}
    for _ in range(effort.n_replications // BATCH):
        for design, q, fine, coarse in one_break_processes(rng, effort.n_steps):
            for trim in TRIMS:
                pair = functionals(fine, trim), functionals(coarse, trim)
                draws.setdefault((design, q, trim), []).append((pair[0].astype("f4"), pair[1].astype("f4")))
    for (design, q, trim), pairs in draws.items():
        fine_all, coarse_all = (np.concatenate(parts, axis=1) for parts in zip(*pairs, strict=True))
        for place, name in enumerate(("sup F", "ave F", "exp F")):
            yield design, q, trim, name, extrapolate(fine_all[place], coarse_all[place], UPPER_TAILS + FURTHER_TAILS)


def segment_gain(sums: FloatArray, moments: FloatArray | None, end: int) -> FloatArray:
    """Squares explained in the segments that end after step `end`, by their first step, shape (n_replications, end).

    Parameters
    ----------
    sums : FloatArray, shape (q, n_replications, n + 1)
        Partial sums of the noise, from 0.
    moments : FloatArray or None, shape (n_replications, n + 1)
        Partial sums of step number times noise: given where the trend breaks too.
    """
    length = end - np.arange(end)
    step = sums[:, :, end : end + 1] - sums[:, :, :end]
    gain = np.einsum("qri,qri->ri", step, step) / length
    if moments is not None:
        middle = (np.arange(end) + end + 1) / 2
        slope = moments[:, end : end + 1] - moments[:, :end] - middle * step[0]
        spread = np.where(length > 1, length * (length**2.0 - 1) / 12, np.inf)
        gain = gain + slope**2 / spread
    return np.asarray(gain)


def many_break_gains(noise: FloatArray, with_trend: bool) -> dict[float, FloatArray]:
    """Wald statistic over m of the best m breaks, by trimming, shape (max_breaks, n_replications).

    Parameters
    ----------
    noise : FloatArray, shape (q, n_replications, n)
    """
    n_paths, n = noise.shape[1:]
    sums = np.concatenate([np.zeros((*noise.shape[:2], 1)), np.cumsum(noise, axis=2)], axis=2)
    moments = None
    if with_trend:
        weighted = np.cumsum(noise[0] * np.arange(1, n + 1), axis=1)
        moments = np.concatenate([np.zeros((n_paths, 1)), weighted], axis=1)
    best = {trim: np.full((MAX_BREAKS[trim] + 1, n_paths, n + 1), -np.inf) for trim in TRIMS}
    whole = np.zeros(n_paths)
    for end in range(round(min(TRIMS) * n), n + 1):
        gain = segment_gain(sums, moments, end)
        whole = gain[:, 0]
        for trim, table in best.items():
            _extend(table, gain, end, round(trim * n))
    return {
        trim: (table[1:, :, n] - whole) / np.arange(1, MAX_BREAKS[trim] + 1)[:, None] for trim, table in best.items()
    }


def _extend(table: FloatArray, gain: FloatArray, end: int, shortest: int) -> None:
    if end < shortest:
        return
    table[0, :, end] = gain[:, 0]
    for m in range(1, min(len(table), end // shortest)):
        starts = slice(m * shortest, end - shortest + 1)
        table[m, :, end] = (table[m - 1, :, starts] + gain[:, starts]).max(axis=1)


def simulate_many_breaks(
    effort: Effort, designs: tuple[tuple[str, int, bool], ...] = MANY_BREAK_DESIGNS
) -> Iterator[tuple[str, int, float, str, FloatArray]]:
    """Give design, q, trimming, statistic and its quantiles; WDmax has one weighting for each level of the test."""
    for place, (design, q, with_trend) in enumerate(designs):
        rng = np.random.default_rng([effort.seed, place])
        fine: dict[float, list[FloatArray]] = {trim: [] for trim in TRIMS}
        coarse: dict[float, list[FloatArray]] = {trim: [] for trim in TRIMS}
        for _ in range(effort.n_replications // BATCH):
            noise = rng.standard_normal((1 if with_trend else q, BATCH, effort.n_steps))
            for kept, paths in ((fine, noise), (coarse, coarsen(noise))):
                for trim, gains in many_break_gains(paths, with_trend).items():
                    kept[trim].append(gains)
        for trim in TRIMS:
            pair = np.concatenate(fine[trim], axis=1), np.concatenate(coarse[trim], axis=1)
            for name, quantiles in many_break_rows(*pair):
                yield design, q, trim, name, quantiles


def many_break_rows(fine: FloatArray, coarse: FloatArray) -> Iterator[tuple[str, FloatArray]]:
    """Quantiles of sup F(m), of UDmax and of WDmax up to m breaks, from draws of shape (max_breaks, n_replications)."""
    by_m = np.array([extrapolate(f, c, UPPER_TAILS) for f, c in zip(fine, coarse, strict=True)])
    for m in range(1, len(fine) + 1):
        yield f"sup F({m})", by_m[m - 1]
        yield f"UDmax({m})", extrapolate(fine[:m].max(axis=0), coarse[:m].max(axis=0), UPPER_TAILS)
        for level in WEIGHTED_LEVELS:
            at_level = by_m[:m, UPPER_TAILS.index(level)]
            weight = (at_level[0] / at_level)[:, None]
            weighted = (weight * fine[:m]).max(axis=0), (weight * coarse[:m]).max(axis=0)
            yield f"WDmax({m}) at {level:g}", extrapolate(*weighted, UPPER_TAILS)


def write_table(path: Path, effort: Effort, rows: Iterator[tuple[str, int, float, str, FloatArray]]) -> None:
    """Write a table of quantiles by upper-tail probability, below three lines that say how it was made."""
    tails = UPPER_TAILS + (FURTHER_TAILS if effort is ONE_BREAK else ())
    lines = [[design, q, f"{trim:.2f}", name, *(f"{x:.4f}" for x in values)] for design, q, trim, name, values in rows]
    with path.open("w", encoding="utf-8", newline="") as handle:
        handle.write("# command: python -m violence_stats.breaks.critical_values.simulate\n")
        handle.write(f"# seed: {effort.seed}; replications: {effort.n_replications}; numpy: {np.__version__}\n")
        handle.write(f"# grids: {effort.n_steps} and {effort.n_steps // 4} steps, extrapolated as 2 Q(n) - Q(n / 4)\n")
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["design", "q", "trim", "statistic", *(f"{tail:g}" for tail in tails)])
        writer.writerows(lines)


def main() -> None:
    """Write both tables to a folder, by default the one of this program."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent)
    folder = parser.parse_args().to
    write_table(folder / "one_break.csv", ONE_BREAK, simulate_one_break(ONE_BREAK))
    write_table(folder / "many_breaks.csv", MANY_BREAKS, simulate_many_breaks(MANY_BREAKS))


if __name__ == "__main__":
    main()
