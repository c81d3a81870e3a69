"""How often a ratio of ratios misses, and that the comparison says so.

Kinds of test: by hand (counts without noise), simulated truth (few draws, seeded), the committed table recomputed in
part.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from violence_stats.questions.comparison_calibration import (
    COMMON_FALL,
    N_COMPARED,
    N_MONTHS,
    OWN_FALL,
    _compare,
    comparison_cells,
    main,
    simulate_comparisons,
)
from violence_stats.questions.comparison_misses import ALL, ONE, independence_note
from violence_stats.questions.windows import compare_windows
from violence_stats.robustness.calibration.simulation import FIRST_RUNS
from violence_stats.robustness.calibration.tables import read_provenance, read_table
from violence_stats.series import CountSeries

ONE_BORDERLINE = 1
"""A draw whose interval ends next to the truth may fall the other way on another processor."""


def _steady(mean: float, fall: float) -> CountSeries:
    counts = np.where(np.arange(N_MONTHS) < N_MONTHS - N_COMPARED, mean, fall * mean)
    return CountSeries.from_monthly(
        pd.Series(counts.astype(int), pd.period_range("2001-01", periods=N_MONTHS, freq="M"))
    )


def test_counts_without_noise_give_the_true_ratio_of_ratios():
    drawn = [_steady(1000.0, COMMON_FALL * OWN_FALL), _steady(400.0, COMMON_FALL), _steady(2000.0, COMMON_FALL)]
    one, together = _compare(drawn[0].windows, drawn)
    assert one.value == pytest.approx(OWN_FALL)
    assert together.value == pytest.approx(OWN_FALL)


def test_months_that_move_together_make_the_interval_too_narrow():
    by_rho = {cell.world.theta.rho: cell for cell in comparison_cells() if cell.world.theta.sigma2 > 0}
    rows = {rho: simulate_comparisons(by_rho[rho], seed=1, runs=FIRST_RUNS) for rho in (0.0, 0.8)}
    missed = {rho: next(row.missed for row in found if row.term == ONE) for rho, found in rows.items()}
    assert missed[0.8] > missed[0.0] + 2
    assert {row.term for row in rows[0.8]} == {ONE, ALL}
    assert all(row.effect == pytest.approx(math.log(OWN_FALL), abs=1e-5) for row in rows[0.8])


def test_a_comparison_cites_how_often_such_intervals_miss():
    table = read_table("comparison")
    worst = table[(table["term"] == ONE) & (table["rho"] == 0.8)].iloc[0]
    steady = [_steady(1000.0, COMMON_FALL), _steady(400.0, COMMON_FALL)]
    after, before = steady[0].windows[-N_COMPARED:], steady[0].windows[-N_COMPARED - 12 : -12]
    compared = compare_windows(
        steady[0],
        window=(after[0].start, after[-1].end),
        baseline=(before[0].start, before[-1].end),
        controls={"there": steady[1]},
    )
    assert independence_note() in compared.notes
    assert f"and {worst['miss_pct']:.0f}% of the time" in compared.summary()


def test_the_committed_table_comes_out_again():
    made, table = read_provenance(provenance_name="comparison.json"), read_table("comparison")
    cells = list(comparison_cells())
    assert list(dict.fromkeys(table["cell"])) == [cell.name for cell in cells]
    known = table[table["cell"] == cells[1].name].set_index("term")
    for row in simulate_comparisons(cells[1], seed=made.seed, runs=FIRST_RUNS):
        assert abs(row.missed - known.loc[row.term, "first_missed"]) <= ONE_BORDERLINE


def test_the_program_writes_its_table_and_what_it_rests_on(tmp_path, capsys):
    assert main(["--runs", "2", "--seed", "3", "--tables", str(tmp_path)]) == 0
    assert len(read_table("comparison", tmp_path)) == 2 * len(list(comparison_cells()))
    assert read_provenance(tmp_path, provenance_name="comparison.json").runs == 2
    assert "over one control" in capsys.readouterr().err
