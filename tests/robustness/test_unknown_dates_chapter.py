"""The chapter on unknown dates prints every stored cell and marks those outside its targets."""

from __future__ import annotations

import pandas as pd
import pytest

from violence_stats.breaks.performance import read_performance
from violence_stats.robustness.calibration.unknown_dates import is_outside, unknown_date_lines


@pytest.mark.parametrize(
    ("quantity", "change", "share", "outside"),
    [
        ("rejections, counts", 0.0, 0.019, True),
        ("rejections, counts", 0.0, 0.02, False),
        ("rejections, counts", 0.0, 0.08, False),
        ("rejections, counts", 0.0, 0.081, True),
        ("rejections, counts", -20.0, 0.9, False),
        ("coverage, counts", -20.0, 0.929, True),
        ("coverage, counts", -20.0, 0.93, False),
    ],
)
def test_sizes_and_coverages_have_targets_and_powers_none(
    quantity: str, change: float, share: float, outside: bool
) -> None:
    row = pd.Series({"quantity": quantity, "change_pct": change, "share": share})
    assert is_outside(row) is outside


def test_every_cell_is_a_line() -> None:
    table, lines = read_performance(), list(unknown_date_lines())
    cells = [line for line in lines if line.startswith(("| counts", "| least squares"))]
    assert len(cells) == len(table)
    assert sum("**outside**" in line for line in cells) == sum(is_outside(row) for _, row in table.iterrows())
    first = table.iloc[0]
    assert f"| {100 * first['share']:.1f} ({100 * first['monte_carlo_error']:.1f})" in cells[0]


def test_the_chapter_reads_its_sizes_as_they_are() -> None:
    table = read_performance()
    sizes = table[table["change_pct"].eq(0) & table["quantity"].str.startswith("rejections")]
    counts = sizes[sizes["quantity"].str.endswith("with the break")]
    least_squares = sizes[sizes["quantity"].str.contains("least squares")]
    assert not counts[counts["rho"] <= 0.5].apply(is_outside, axis=1).any()
    assert (least_squares.loc[least_squares["rho"] >= 0.5, "share"] > 0.08).all()


def test_the_page_carries_the_chapter(pytestconfig: pytest.Config) -> None:
    page = (pytestconfig.rootpath / "docs" / "calibration.md").read_text(encoding="utf-8")
    assert "\n".join(unknown_date_lines()) in page
