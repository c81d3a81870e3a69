"""The calibration page: every table in words and Markdown, made from the committed CSVs alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from violence_stats.robustness.calibration.markdown import prose_and_table
from violence_stats.robustness.calibration.methods import AVERAGE_AFTER
from violence_stats.robustness.calibration.page_sections import (
    boundary_lines,
    comparison_lines,
    decomposition_lines,
    second_opinion_lines,
    share_words,
    time_constant_lines,
)
from violence_stats.robustness.calibration.provenance import Provenance
from violence_stats.robustness.calibration.target import judge
from violence_stats.robustness.calibration.unknown_dates import unknown_date_lines

_OURS = ("ar1", "profile")
_OTHERS = {"newey-west": "Newey-West", "iid": "independent", "causalpy-ols": "CausalPy formula"}

_INTRODUCTION = """# How often the intervals miss

Every interval and test that the package prints rests on errors whose behaviour was simulated in the same geometry: the
same windows, the same terms, counts with over-dispersion and serial correlation. The tables give the share of nominal
95% intervals that did not hold the true value. In a world without effects that share is the size of a 5% test; in a
world with effects, 100 minus it is the coverage. Behind each share stands its Monte Carlo standard error.

The default errors (`errors="ar1"`) stand first. Beside them, on the same draws: Newey-West with its usual bandwidth,
independent errors, and the formula of CausalPy's summary for least squares, which judges the average change after the
start instead of a term.

Target for the default: at most 8% from 120 windows and rho up to 0.5 on; at most 10% at rho 0.8 and on shorter series;
each within two Monte Carlo errors. Under 3% is cautious: intervals wider than they need be, not a fault. Worlds: latent
AR(1) path on the log rate, negative-binomial counts about it; dispersion 2 and latent variance 0.04 unless a table says
otherwise."""
_PRINTED = "Each at its own fitted coefficients and variance parameters: every term that stands for an intervention."
_COUNTERFACTUAL = (
    "The same models, simulated twice on one latent path: with the effect, which is fitted, and without. The share\n"
    "of counterfactual intervals that did not hold the total counted without."
)
_CHAIN = "Months where months were published, longer windows where only those were."


def page_lines(tables: dict[str, pd.DataFrame], made: Provenance) -> list[str]:
    """Give the page, line by line.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        By family, as `read_table` gives them; `TABLES` names all of them.
    made : Provenance
    """
    sections = {
        "The models that the report prints": _printed(tables["printed"]),
        "What would have been counted without the event": _counterfactual(tables["counterfactual"]),
        "What a fall is made of": decomposition_lines(tables["decomposition"]),
        "How gradual an effect was": time_constant_lines(tables["time_constant"]),
        "Where a variance parameter ends on an edge": boundary_lines(tables["boundary"]),
        "Ratios of ratios": comparison_lines(tables["comparison"]),
        "Second opinions": second_opinion_lines(tables["second_opinion"]),
        "Breaks at unknown dates": unknown_date_lines(),
        "Whole months": _levels(tables["months"]),
        "The windows of the reference chain": [_CHAIN, "", *_levels(tables["windows"])],
    }
    lines = [*_INTRODUCTION.split("\n"), "", *_rests_on(made), "", *_verdict(pd.concat(tables.values()))]
    for heading, section in sections.items():
        lines += ["", f"## {heading}", "", *section]
    return lines


def _rests_on(made: Provenance) -> list[str]:
    return [
        f"Made by `{made.command}`: {made.runs} draws a cell, fewer where a section says so; seed {made.seed}, package "
        f"{made.version}.",
        f"Code `{made.code_sha256[:16]}`, input `{made.input_sha256[:16]}` (SHA-256, first 16 digits; in full, and "
        "every number of this page, in `data/calibration/`).",
    ]


def _verdict(rows: pd.DataFrame) -> list[str]:
    ours = rows[rows["method"].isin(_OURS)]
    verdicts = [judge(row) for _, row in ours.iterrows()]
    above = [
        f"- {row.cell}, {row.term}: {row.miss_pct:.1f}% ({row.mc_error_pct:.1f})"
        for row, verdict in zip(ours.itertuples(), verdicts, strict=True)
        if verdict == "above"
    ]
    failed = int(ours["failed"].sum())
    lines = [
        "## Where the default stands",
        "",
        f"Of {len(ours)} intervals judged (terms, counterfactuals, parts of a fall, time constants), {len(above)} miss "
        "more often than the target allows and "
        f"{verdicts.count('cautious')} less often than 3%. {failed} of {int(ours['runs'].sum()) + failed} fits gave no "
        "interval.",
    ]
    return [*lines, "", "Above the target:", "", *above] if above else lines


def _share(row: pd.Series) -> str:
    if row["method"] == "ar1":
        return share_words(row)
    return f"{row['miss_pct']:.1f} ({row['mc_error_pct']:.1f})"


def _printed(rows: pd.DataFrame) -> Iterator[str]:
    columns = ("fit", "terms", "truth", "term", "true value", "default", *_OTHERS.values())
    groups = rows.groupby(["geometry", "design", "truth"], sort=False)
    cells = (line for _, cell in groups for line in _printed_cells(cell))
    return prose_and_table(_PRINTED, columns, cells, n_text=4)


def _printed_cells(cell: pd.DataFrame) -> Iterator[list[str]]:
    """One line a term; the average change, which belongs to no term, stands in the first."""
    by = {(row["method"], row["term"]): row for _, row in cell.iterrows()}
    average = by.get(("causalpy-ols", AVERAGE_AFTER))
    for (method, term), row in by.items():
        if method != "ar1":
            continue
        others = [*(by.get((other, term)) for other in ("newey-west", "iid")), average]
        shares = [_share(row), *(_share(other) if other is not None else "" for other in others)]
        fit = f"{row['geometry']}, phi {row['dispersion']:.1f}, sigma2 {row['sigma2']:.3f}, rho {row['rho']:.2f}"
        yield [fit, row["design"], row["truth"], term, f"{row['effect']:.3f}", *shares]
        average = None


def _counterfactual(rows: pd.DataFrame) -> Iterator[str]:
    columns = ("fit", "total over", "mean total", "default", "median half-width")
    cells = (
        [
            row["geometry"],
            row["term"].removesuffix(" without"),
            f"{row['effect']:,.0f}",
            _share(row),
            f"{row['median_half_width']:,.0f}",
        ]
        for _, row in rows.iterrows()
    )
    return prose_and_table(_COUNTERFACTUAL, columns, cells, n_text=2)


def _levels(rows: pd.DataFrame) -> Iterator[str]:
    """Give a table for each design and truth, under a heading of its own."""
    for place, ((design, truth), part) in enumerate(rows.groupby(["design", "truth"], sort=False)):
        if place:
            yield ""
        heading = f"### {str(design).capitalize()}, " + ("no effect" if truth == "none" else "with effects")
        terms = list(dict.fromkeys(part.loc[part["method"] == "ar1", "term"]))
        methods = {"ar1": "default", "newey-west": _OTHERS["newey-west"], "iid": _OTHERS["iid"]}
        keys = {(name, term): f"{words}, {term}" for name, words in methods.items() for term in terms}
        keys["causalpy-ols", AVERAGE_AFTER] = _OTHERS["causalpy-ols"]
        cells = (
            [str(geometry), f"{mean:g}", f"{rho:g}", *_level_shares(cell, keys)]
            for (geometry, mean, rho), cell in part.groupby(["geometry", "mean_count", "rho"], sort=False)
        )
        yield from prose_and_table(heading, ("windows", "mean", "rho", *keys.values()), cells, n_text=1)


def _level_shares(cell: pd.DataFrame, keys: Iterable[tuple[str, str]]) -> list[str]:
    by = {(row["method"], row["term"]): _share(row) for _, row in cell.iterrows()}
    return [by[key] for key in keys]
