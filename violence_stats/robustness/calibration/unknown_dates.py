"""The chapter of the calibration page on breaks at unknown dates, from the tables stored with the critical values."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from violence_stats.breaks.performance import read_performance
from violence_stats.robustness.calibration.markdown import table

SIZE_TARGET_PCT = (2.0, 8.0)
COVERAGE_TARGET_PCT = 93.0

_SIZE = """How often a test of no break at 5% rejects. Where nothing changes that is its size, for which the target is
2% to 8%; where the rate falls it is its power. Counts have mean 200 a month, dispersion 2 and a log rate of variance
0.02 on an AR(1) path; their bootstrap takes 199 replicates. Of the two p-values for counts, the one with the noise
fitted with the break leads; the other is the stricter reading beside it (`p_value_null`). Least squares: normal values
of mean 100 and standard deviation 10. Trimming is 0.15. Made by
`python -m violence_stats.breaks.critical_values.simulate_performance`, stored as `performance.csv` beside it."""
_READING = """The test on counts holds its size up to an autocorrelation of 0.5. Least squares does not: there both
independent and Newey-West errors reject too often, so that monthly counts with autocorrelation are better tested with
`family="quasi-poisson"`."""
_COVERAGE = """How often a 95% interval of the one date holds the month that was planted, on the same series; the target
is at least 93%."""


def unknown_date_lines() -> Iterator[str]:
    """Give size and power of the tests, coverage of the dates, and which cells are outside the target."""
    cells = read_performance()
    outside, judged = sum(map(is_outside, _rows(cells))), sum(map(_is_judged, _rows(cells)))
    yield from _SIZE.split("\n")
    unsettled = cells["unsettled"].sum()
    yield f"{cells['replications'].iloc[0]} series a cell; {unsettled} whose errors did not settle are left out."
    yield ""
    yield f"Outside the targets of this section: {outside} of {judged} cells judged."
    yield ""
    yield from _READING.split("\n")
    yield ""
    yield from _table(cells, "rejections", "test", "rejects, %")
    yield ""
    yield from _COVERAGE.split("\n")
    yield ""
    yield from _table(cells, "coverage", "interval", "holds the date, %")


def is_outside(row: pd.Series) -> bool:
    """Whether a size or a coverage lies outside its target; a power has none."""
    share = 100 * row["share"]
    if row["quantity"].startswith("coverage"):
        return bool(share < COVERAGE_TARGET_PCT)
    low, high = SIZE_TARGET_PCT
    return _is_judged(row) and not low <= share <= high


def _is_judged(row: pd.Series) -> bool:
    return bool(row["quantity"].startswith("coverage") or row["change_pct"] == 0)


def _rows(table: pd.DataFrame) -> Iterator[pd.Series]:
    return (row for _, row in table.iterrows())


def _table(rows: pd.DataFrame, kind: str, head: str, share_head: str) -> Iterator[str]:
    columns = (head, "windows", "months", "rho", "change", share_head)
    cells = (_cells(row, kind) for row in _rows(rows[rows["quantity"].str.startswith(kind)]))
    return table(columns, cells, n_text=2)


def _cells(row: pd.Series, kind: str) -> list[str]:
    mark = " **outside**" if is_outside(row) else ""
    share = f"{100 * row['share']:.1f} ({100 * row['monte_carlo_error']:.1f}){mark}"
    change = f"{row['change_pct']:g}%" if row["change_pct"] else "none"
    name = row["quantity"].removeprefix(f"{kind}, ")
    return [name, row["windows"], str(row["n_months"]), f"{row['rho']:g}", change, share]
