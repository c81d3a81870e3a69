"""The calibration page: every table in words and Markdown, made from the committed CSVs alone."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

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


def page_lines(tables: dict[str, pd.DataFrame], made: Provenance) -> list[str]:
    """Give the page, line by line.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        By family, as `read_table` gives them; `TABLES` names all of them.
    made : Provenance
    """
    return [
        *_INTRODUCTION.split("\n"),
        "",
        *_rests_on(made),
        "",
        *_verdict(pd.concat(tables.values())),
        "",
        "## The models that the report prints",
        "",
        "Each at its own fitted coefficients and variance parameters: every term that stands for an intervention.",
        "",
        *_printed(tables["printed"]),
        "",
        "## What would have been counted without the event",
        "",
        "The same models, simulated twice on one latent path: with the effect, which is fitted, and without. The share",
        "of counterfactual intervals that did not hold the total counted without.",
        "",
        *_counterfactual(tables["counterfactual"]),
        "",
        "## What a fall is made of",
        "",
        *decomposition_lines(tables["decomposition"]),
        "",
        "## How gradual an effect was",
        "",
        *time_constant_lines(tables["time_constant"]),
        "",
        "## Where a variance parameter ends on an edge",
        "",
        *boundary_lines(tables["boundary"]),
        "",
        "## Ratios of ratios",
        "",
        *comparison_lines(tables["comparison"]),
        "",
        "## Second opinions",
        "",
        *second_opinion_lines(tables["second_opinion"]),
        "",
        "## Breaks at unknown dates",
        "",
        *unknown_date_lines(),
        "",
        "## Whole months",
        "",
        *_levels(tables["months"]),
        "## The windows of the reference chain",
        "",
        "Months where months were published, longer windows where only those were.",
        "",
        *_levels(tables["windows"]),
    ]


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
    yield "| fit | terms | truth | term | true value | default | " + " | ".join(_OTHERS.values()) + " |"
    yield "| --- | --- | --- | --- | ---: | ---: |" + " ---: |" * len(_OTHERS)
    for (geometry, design, truth), cell in rows.groupby(["geometry", "design", "truth"], sort=False):
        by = {(row["method"], row["term"]): row for _, row in cell.iterrows()}
        average = by.get(("causalpy-ols", AVERAGE_AFTER))
        for (method, term), row in by.items():
            if method != "ar1":
                continue
            others = [by.get((other, term)) for other in ("newey-west", "iid")]
            shares = [_share(row), *(_share(other) if other is not None else "" for other in others)]
            last = "" if average is None else _share(average)
            world = f"{geometry}, phi {row['dispersion']:.1f}, sigma2 {row['sigma2']:.3f}, rho {row['rho']:.2f}"
            yield (
                f"| {world} | {design} | {truth} | {term} | {row['effect']:.3f} | " + " | ".join([*shares, last]) + " |"
            )
            average = None


def _counterfactual(rows: pd.DataFrame) -> Iterator[str]:
    yield "| fit | total over | mean total | default | median half-width |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for _, row in rows.iterrows():
        yield (
            f"| {row['geometry']} | {row['term'].removesuffix(' without')} | {row['effect']:,.0f} | {_share(row)} | "
            f"{row['median_half_width']:,.0f} |"
        )


def _levels(rows: pd.DataFrame) -> Iterator[str]:
    for (design, truth), part in rows.groupby(["design", "truth"], sort=False):
        terms = list(dict.fromkeys(part.loc[part["method"] == "ar1", "term"]))
        yield f"### {str(design).capitalize()}, " + ("no effect" if truth == "none" else "with effects")
        yield ""
        columns = [f"default, {term}" for term in terms]
        columns += [f"{_OTHERS[name]}, {term}" for name in ("newey-west", "iid") for term in terms]
        yield "| windows | mean | rho | " + " | ".join([*columns, _OTHERS["causalpy-ols"]]) + " |"
        yield "| --- | ---: | ---: |" + " ---: |" * (len(columns) + 1)
        for (geometry, mean, rho), cell in part.groupby(["geometry", "mean_count", "rho"], sort=False):
            by = {(row["method"], row["term"]): _share(row) for _, row in cell.iterrows()}
            keys = [(name, term) for name in ("ar1", "newey-west", "iid") for term in terms]
            shares = [by[key] for key in [*keys, ("causalpy-ols", AVERAGE_AFTER)]]
            yield f"| {geometry} | {mean:g} | {rho:g} | " + " | ".join(shares) + " |"
        yield ""
