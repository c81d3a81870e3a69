"""Limiting distributions: exact against simulated (simulated truth), beside Hansen's (reference), by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2

from tests.breaks.strucchange import hansen
from violence_stats.breaks import limits
from violence_stats.breaks.bessel import sup_f_p_value
from violence_stats.breaks.critical_values import simulate
from violence_stats.breaks.limits import (
    many_breaks_critical_value,
    many_breaks_p_value,
    one_break_critical_value,
    one_break_p_value,
)

HANSEN_APART = {"sup": 0.045, "ave": 0.005, "exp": 0.004}
"""Hansen's surface is of paths of 1,000 steps, whose supremum lies below that of the continuous process, so that his
p-values are smaller; the other two functionals hardly depend on the grid."""
HANSEN_APART_IN_TAIL = {"sup": 0.015, "ave": 0.0025, "exp": 0.003}
"""The same where Hansen's p is below .1."""
TABLE_ERROR = 0.004
"""Three Monte Carlo errors of the stored tables at 5%."""
TAIL_ERROR = 0.2
"""Relative: two hundred of the draws lie beyond the p = .001 quantile, and extrapolation doubles their noise."""


@pytest.mark.parametrize("q", [1, 3, 8])
def test_a_single_candidate_date_gives_chi_squared(q: int) -> None:
    for x in (0.5, 3.0, 12.0):
        assert sup_f_p_value(x, q, 0.4, 0.4) == pytest.approx(chi2.sf(x, q), rel=1e-12)


@pytest.mark.parametrize("q", [1, 2, 5])
def test_p_values_fall_with_the_statistic_across_the_change_of_method(q: int) -> None:
    p_values = [sup_f_p_value(x, q, 0.15, 0.85) for x in np.arange(1.0, 90.0, 0.5)]
    assert np.all(np.diff(p_values) < 0)


def test_exact_p_values_are_those_of_the_simulated_table() -> None:
    tails, curves = limits._read_table("one_break.csv")
    for q in (1, 2, 4, 8):
        trims, quantiles = curves["stationary", q, "sup F"]
        for trim, row in zip(trims, quantiles, strict=True):
            exact = [sup_f_p_value(x, q, trim, 1 - trim) for x in row]
            np.testing.assert_allclose(exact, tails, atol=TABLE_ERROR)
            np.testing.assert_allclose(exact[-12:-3], tails[-12:-3], rtol=TAIL_ERROR)


def test_the_five_percent_value_of_andrews() -> None:
    # Andrews (1993) prints 8.85 for one coefficient and trimming .15.
    assert one_break_critical_value(0.05, "stationary", 1, (0.15, 0.85)) == pytest.approx(8.85, abs=0.02)


@pytest.mark.parametrize("functional", ["sup", "ave", "exp"])
def test_p_values_beside_those_of_hansen(functional: str) -> None:
    table = hansen()
    table = table[table["functional"] == functional]
    ours = np.array(
        [
            one_break_p_value(functional, row.statistic, "stationary", row.q, (row.trim, 1 - row.trim))
            for row in table.itertuples()
        ]
    )
    apart = ours - table["p"].to_numpy()
    in_tail = (table["p"] < 0.1).to_numpy()
    assert np.abs(apart).max() < HANSEN_APART[functional]
    assert np.abs(apart[in_tail]).max() < HANSEN_APART_IN_TAIL[functional]


def test_hansen_differs_by_his_grid_of_steps() -> None:
    # On paths of 1,000 steps, without extrapolation, the supremum has the lower quantile that his surface carries.
    rng = np.random.default_rng(1997)
    process = np.concatenate([simulate.level_process(rng.standard_normal((500, 1000))) for _ in range(40)])
    top = simulate.functionals(process, 0.15)[0]
    row = hansen().query("functional == 'sup' and q == 1 and trim == 0.15 and statistic == 9")
    assert np.mean(top > 9) == pytest.approx(row["p"].iloc[0], abs=0.004)
    assert sup_f_p_value(9.0, 1, 0.15, 0.85) > row["p"].iloc[0] + 0.004


def test_sup_f_of_one_break_agrees_between_the_two_tables() -> None:
    for q in (1, 2, 3, 4):
        for trim in (0.05, 0.15, 0.25):
            critical = many_breaks_critical_value("sup F(1)", 0.05, "stationary", q, trim)
            assert sup_f_p_value(critical, q, trim, 1 - trim) == pytest.approx(0.05, abs=TABLE_ERROR)


def test_a_small_run_of_the_program_comes_out_as_the_table() -> None:
    effort = simulate.Effort(n_steps=240, n_replications=2000, seed=11)
    rows = {row[:4]: row[4] for row in simulate.simulate_many_breaks(effort, designs=(("stationary", 1, False),))}
    for name in ("sup F(1)", "sup F(2)", "UDmax(2)"):
        found = rows["stationary", 1, 0.15, name][simulate.UPPER_TAILS.index(0.05)]
        assert many_breaks_p_value(name, found, "stationary", 1, 0.15) == pytest.approx(0.05, abs=0.03)


def test_a_trend_needs_its_own_table() -> None:
    without = one_break_critical_value(0.05, "stationary", 2, (0.15, 0.85))
    with_trend = one_break_critical_value(0.05, "level, trend", 2, (0.15, 0.85))
    assert with_trend - without > 1


def test_the_trend_process_is_the_fall_in_the_sum_of_squares() -> None:
    rng = np.random.default_rng(2)
    n = 40
    noise, t = rng.standard_normal((1, n)), np.arange(n) / n
    X = np.column_stack([np.ones(n), t])

    def ssr(design: np.ndarray) -> float:
        residual = noise[0] - design @ np.linalg.lstsq(design, noise[0], rcond=None)[0]
        return float(residual @ residual)

    for breaking in ((0, 1), (0,), (1,)):
        process = simulate.trend_process(noise, breaking)[0]
        for k in (8, 20, 33):
            before = (np.arange(n) < k)[:, None]
            gain = ssr(X) - ssr(np.hstack([X, X[:, breaking] * before]))
            assert process[k - 1] == pytest.approx(gain, abs=1e-9)


def test_interpolated_trimming_lies_between_its_neighbours() -> None:
    ends = [one_break_p_value("ave", 2.0, "stationary", 1, (trim, 1 - trim)) for trim in (0.10, 0.12, 0.15)]
    assert min(ends[0], ends[2]) < ends[1] < max(ends[0], ends[2])


def test_beyond_the_tables_there_is_no_number() -> None:
    assert np.isnan(one_break_p_value("ave", 2.0, "stationary", 1, (0.01, 0.99)))
    assert np.isnan(one_break_p_value("sup", 2.0, "level, trend", 2, (0.01, 0.99)))
    assert np.isnan(many_breaks_p_value("sup F(2)", 5.0, "level | trend", 1, 0.15))
    assert np.isnan(one_break_critical_value(0.05, "level, trend", 2, (0.4, 0.6)))
    assert many_breaks_p_value("sup F(2)", 500.0, "stationary", 1, 0.15) == 0.001
