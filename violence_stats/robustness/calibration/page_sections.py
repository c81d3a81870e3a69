"""Sections of the calibration page beyond those of steps and ramps: edges, time constants, splits, second opinions."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from violence_stats.robustness.calibration.markdown import prose_and_table, table
from violence_stats.robustness.calibration.target import judge

EDGES = {
    "none": "none: inside",
    "no-latent": "no path seen (latent variance 0)",
    "rho-zero": "path of mere noise (rho 0)",
    "rho-limit": "rho at its limit of 0.95",
}
AT_ZERO = ["no-latent", "rho-zero"]
AT_LIMIT = ["rho-limit"]

_AT_EDGES = """How often a fit's variance parameters end on an edge, and how often 95% intervals of its terms then miss:
by Satterthwaite's t, which the default prints there as elsewhere, and by a studentised parametric bootstrap of 99
refits, which `at_boundary="bootstrap"` prints. Misses are pooled over the terms of the interventions; 200 draws a
world."""
_THEREFORE = """The bootstrap draws worlds from the fit, so that a path wrongly estimated as absent is absent from its
worlds too: it cannot repair that. Therefore the default stays with t."""
_TIME_CONSTANTS = """An `Onset` whose time constant is estimated, at the fitted value and at one of three months: the
share of profile intervals that did not hold the true months, and of intervals of the whole effect. Where the onset is
slow beside the months after it, the likelihood hardly bounds the months from above, and the interval is open."""
_SPLITS = """The headline fall split by each printed model: the share of intervals of a part (log points, counts and
shares miss together) that did not hold the part at the true coefficients; of the remainder, what these leave of the
drawn fall."""
_SECOND_OPINIONS = """Whole months of mean 100 without an effect: the share of intervals of a step under ARIMA(1, 0, 0)
errors of the logs that did not hold 0, and of a local level model's intervals of the last year's total that did not
hold it. ARIMA's normal intervals by observed information are those of the literature; where correlation is strong they
are too narrow, and its summary says so."""
_COMPARISONS = """Half a year against the same half a year before, here and in four other countries (`compare_windows`),
the dispersion estimated from the months before. The intervals take counts as independent: where the months of a
country move together, those over one control miss far more than they should, and the comparison says so."""
_EDGE_COLUMNS = ("world", "edge", "share of fits", "t misses", "bootstrap misses", "bootstrap width over t")


def share_words(row: pd.Series) -> str:
    """Write the share of misses with its Monte Carlo error, marked where it is above the target."""
    mark = " **above**" if judge(row) == "above" else ""
    return f"{row['miss_pct']:.1f} ({row['mc_error_pct']:.1f}){mark}"


def boundary_lines(rows: pd.DataFrame) -> Iterator[str]:
    """Set t beside the bootstrap where variance parameters end on an edge."""
    by_world = _by_edge(rows)
    together = _by_edge(rows.assign(cell="all of these worlds together"))
    yield from _AT_EDGES.split("\n")
    yield ""
    yield _sentence(together, AT_LIMIT, "Where rho ended on its limit")
    yield _sentence(together, AT_ZERO, "Where no path, or one of mere noise, was seen")
    yield from _THEREFORE.split("\n")
    yield ""
    yield from table(_EDGE_COLUMNS, (), n_text=2)
    for _, row in pd.concat([together, by_world]).iterrows():
        edge = str(row["edge"])
        drawn = " |  |" if edge == "none" else f" {row['bootstrap_pct']:.1f} | {row['width']:.2f} |"
        name = str(row["cell"]).removeprefix("boundary, ").removesuffix(", effect").removesuffix(", none")
        yield f"| {name} | {EDGES[edge]} | {row['share_pct']:.0f}% | {row['t_pct']:.1f} |{drawn}"


_COLUMNS = (
    "cell",
    "edge",
    "n_t",
    "missed_t",
    "n_bootstrap",
    "missed_bootstrap",
    "share_pct",
    "t_pct",
    "bootstrap_pct",
    "width",
)


def _by_edge(rows: pd.DataFrame) -> pd.DataFrame:
    """Pool the terms of each world: columns cell, edge, share_pct, t_pct, bootstrap_pct, width; NaN where none."""
    rows = rows.assign(edge=rows["term"].str.rsplit(", ", n=1).str[1])
    found = []
    for cell, world in rows.groupby("cell", sort=False):
        n_fits = world.loc[world["method"] == "t", "runs"].sum()
        for edge in EDGES:
            at = world[world["edge"] == edge].set_index("method")
            if at.empty:
                continue
            sums = at.groupby(level=0)[["runs", "missed"]].sum()
            pct = 100 * sums["missed"] / sums["runs"]
            widths = at["median_half_width"].groupby(level=0).apply(list)
            drawn = "bootstrap" in widths
            ratios = [b / t for b, t in zip(widths["bootstrap"], widths["t"], strict=True)] if drawn else []
            found.append(
                {
                    "cell": cell,
                    "edge": edge,
                    "n_t": sums["runs"]["t"],
                    "missed_t": sums["missed"]["t"],
                    "n_bootstrap": sums["runs"]["bootstrap"] if drawn else 0,
                    "missed_bootstrap": sums["missed"]["bootstrap"] if drawn else 0,
                    "share_pct": 100 * sums["runs"]["t"] / n_fits,
                    "t_pct": pct["t"],
                    "bootstrap_pct": pct["bootstrap"] if drawn else float("nan"),
                    "width": float(pd.Series(ratios).median()),
                }
            )
    return pd.DataFrame(found, columns=list(_COLUMNS))


def _sentence(table: pd.DataFrame, edges: list[str], where: str) -> str:
    at = table[table["edge"].isin(edges)]
    if at.empty:
        return f"{where}: no fit."
    t, bootstrap = (100 * at[f"missed_{kind}"].sum() / at[f"n_{kind}"].sum() for kind in ("t", "bootstrap"))
    return f"{where} ({at['share_pct'].sum():.0f}% of fits), t missed {t:.1f}% and the bootstrap {bootstrap:.1f}%."


def time_constant_lines(rows: pd.DataFrame) -> Iterator[str]:
    """Say how often the profile interval of a time constant misses, and that of the whole effect beside it."""
    columns = ("fit", "true months", "months miss", "median half-width", "whole effect misses", "draws")
    cells = (_time_constant_cells(cell) for _, cell in rows.groupby("cell", sort=False))
    return prose_and_table(_TIME_CONSTANTS, columns, cells, n_text=1)


def _time_constant_cells(cell: pd.DataFrame) -> list[str]:
    months, effect = (row for _, row in cell.iterrows())
    width = f"{months['median_half_width']:.1f}" if months["median_half_width"] < float("inf") else "open"
    world = [months["geometry"], f"{months['effect']:g}"]
    return [*world, share_words(months), width, share_words(effect), f"{months['runs']:.0f}"]


def decomposition_lines(rows: pd.DataFrame) -> Iterator[str]:
    """Say how often the joint intervals of a split miss."""
    columns = ("fit", "terms", "part", "true log points", "misses", "median half-width")
    cells = (
        [
            row["geometry"],
            row["design"],
            row["term"],
            f"{row['effect']:.3f}",
            share_words(row),
            f"{row['median_half_width']:.3f}",
        ]
        for _, row in rows.iterrows()
    )
    return prose_and_table(_SPLITS, columns, cells, n_text=3)


def second_opinion_lines(rows: pd.DataFrame) -> Iterator[str]:
    """Say how often ARIMA's step and the structural counterfactual miss."""
    columns = ("model", "asked", "rho", "misses", "draws")
    cells = (
        [
            row["method"],
            f"{row['geometry']}, {row['design']}",
            f"{row['rho']:g}",
            share_words(row),
            f"{row['runs']:.0f}",
        ]
        for _, row in rows.iterrows()
    )
    return prose_and_table(_SECOND_OPINIONS, columns, cells, n_text=2)


def comparison_lines(rows: pd.DataFrame) -> Iterator[str]:
    """Say how often the interval of a ratio of ratios misses."""
    columns = ("dispersion", "sigma2", "rho", "over one control", "over all controls")
    cells = (_comparison_cells(cell) for _, cell in rows.groupby("cell", sort=False))
    return prose_and_table(_COMPARISONS, columns, cells, n_text=0)


def _comparison_cells(cell: pd.DataFrame) -> list[str]:
    one, together = (row for _, row in cell.iterrows())
    return [*(f"{one[name]:g}" for name in ("dispersion", "sigma2", "rho")), share_words(one), share_words(together)]
