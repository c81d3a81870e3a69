"""The stored simulation of tests and intervals is what its program gives; the nearest size is looked up from it."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.breaks.planted import by_month, draw, monthly_process
from violence_stats.breaks.critical_values.simulate_performance import World, cells, measure
from violence_stats.breaks.find import find_breaks, sup_f
from violence_stats.breaks.options import BreakOptions
from violence_stats.breaks.performance import count_test_size, read_performance

WORLD = ["quantity", "windows", "n_months", "rho", "change_pct"]


def test_the_table_holds_the_cells_of_the_program() -> None:
    listed = [
        (cell.quantity, cell.world.windows, cell.world.n_months, cell.world.rho, cell.world.change_pct)
        for cell in cells()
    ]
    assert list(read_performance()[WORLD].itertuples(index=False, name=None)) == listed


@pytest.mark.parametrize("method", ["bai-1997", "bootstrap"])
def test_a_cell_made_anew_is_the_stored_one(method: str) -> None:
    world = World("months", 0.5, -15.0)
    place, cell = next(
        (k, one)
        for k, one in enumerate(cells())
        if one.quantity == f"coverage, least squares, {method}" and one.world == world
    )
    assert [float(value) for value in measure(cell, place)[2:]] == read_performance().iloc[place, 2:].tolist()


def test_the_nearest_size_is_that_of_like_windows_length_and_autocorrelation() -> None:
    size = count_test_size(regular=False, n_periods=90, rho=0.3)
    assert (size["windows"], size["rho"], size["change_pct"]) == ("windows of 1 to 4 months", 0.5, 0.0)
    assert size["n_months"] in (60, 120)
    assert count_test_size(regular=True, n_periods=200, rho=0.95)[["windows", "n_months", "rho"]].tolist() == [
        "months",
        204,
        0.8,
    ]


def test_results_on_counts_cite_it() -> None:
    series = by_month(draw(monthly_process([150.0] * 60 + [90.0] * 60), 2)[0])
    options = BreakOptions(family="quasi-poisson", n_replicates=99)
    for result in (sup_f(series, options=options), find_breaks(series, max_breaks=1, options=options)):
        (note,) = [one for one in result.notes if one.startswith("simulated size")]
        assert "over 120 months (months)" in note


def test_counts_keep_their_size_up_to_moderate_autocorrelation() -> None:
    table = read_performance()
    size = table[
        table["quantity"].eq("rejections, counts, sup-LR, noise fitted with the break")
        & table["change_pct"].eq(0)
        & table["rho"].le(0.5)
    ]
    assert isinstance(size, pd.DataFrame)
    assert size["share"].between(0.02, 0.08).all()
