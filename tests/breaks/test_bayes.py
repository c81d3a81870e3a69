"""The exact posterior: enumeration (brute force), quadrature, planted breaks (simulated truth), what is said."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.special import gammaln, logsumexp

from tests.breaks.planted import by_month, draw, joined, monthly_process, months
from violence_stats.breaks.bayes import BreakPosterior, log_marginal, posterior_of_breaks
from violence_stats.breaks.break_prior import log_number_prior, months_stood_for
from violence_stats.breaks.false_breaks import false_break_rates
from violence_stats.breaks.find import find_breaks
from violence_stats.breaks.options import BreakOptions, BreakPrior
from violence_stats.breaks.partition import allowed_segments
from violence_stats.breaks.posterior_months import by_period
from violence_stats.breaks.posterior_tables import shortest_about
from violence_stats.breaks.windows import read_windows
from violence_stats.errors import SpecificationError

ROUNDING = 1e-10
N = 9


def small_problem(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    days = rng.integers(20, 90, N).astype(float)
    y = rng.poisson(days * np.where(np.arange(N) < 4, 2, 3)).astype(float)
    segment = log_marginal(y, days, 1.7, 1.0, allowed_segments(days, 60, 1))
    return segment, np.log(rng.uniform(0.5, 4.0, N)), np.log([0.4, 0.3, 0.2, 0.1])


def enumerate_posterior(
    segment: np.ndarray, mass: np.ndarray, prior: np.ndarray
) -> list[tuple[float, tuple[int, ...]]]:
    """Posterior probability of every set of breaks."""
    terms = []
    for m, log_prior in enumerate(prior):
        sets = [
            breaks
            for breaks in combinations(range(1, N), m)
            if all(np.isfinite(segment[i, j]) for i, j in pairwise((0, *breaks, N)))
        ]
        weights = np.array([sum(mass[b] for b in breaks) for breaks in sets])
        total = logsumexp(weights)
        for breaks, weight in zip(sets, weights, strict=True):
            evidence = sum(segment[i, j] for i, j in pairwise((0, *breaks, N)))
            terms.append((log_prior + weight - total + evidence, breaks))
    scale = logsumexp([term for term, _ in terms])
    return [(float(np.exp(term - scale)), breaks) for term, breaks in terms]


@pytest.mark.parametrize("seed", range(4))
def test_the_posterior_equals_the_sum_over_every_set_of_breaks(seed: int) -> None:
    problem = small_problem(seed)
    found, every = posterior_of_breaks(*problem), enumerate_posterior(*problem)
    for m in range(4):
        assert found.number[m] == pytest.approx(sum(p for p, breaks in every if len(breaks) == m), abs=ROUNDING)
    for edge in range(1, N):
        assert found.edge[edge] == pytest.approx(sum(p for p, breaks in every if edge in breaks), abs=ROUNDING)
    for start, end in ((0, 3), (3, 7), (4, N)):
        regimes = sum(p for p, breaks in every if (start, end) in pairwise((0, *breaks, N)))
        assert found.pair[start, end] == pytest.approx(regimes, abs=ROUNDING)


def test_any_break_among_some_edges_equals_the_sum_over_sets_that_hold_one() -> None:
    problem = small_problem(5)
    found, every = posterior_of_breaks(*problem), enumerate_posterior(*problem)
    chosen = {3, 4, 5}
    marks = np.array([edge in chosen for edge in range(N)])
    by_hand = sum(p for p, breaks in every if chosen & set(breaks))
    assert found.any_among(marks) == pytest.approx(by_hand, abs=ROUNDING)


def test_a_number_that_no_partition_holds_has_probability_zero() -> None:
    segment, mass, _ = small_problem(1)
    found = posterior_of_breaks(segment, mass, np.log(np.full(9, 1 / 9)))
    assert found.number.sum() == pytest.approx(1)
    assert found.number[-1] == 0


def test_the_marginal_likelihood_is_the_integral_over_the_rate() -> None:
    y, days, dispersion, shape = np.array([30.0, 40.0]), np.array([30.0, 31.0]), 2.0, 1.5
    scale = shape * days.sum() / y.sum()
    segment = log_marginal(y, days, dispersion, shape, np.ones((3, 3), dtype=bool))

    def integrand(rate: float) -> float:
        prior = shape * np.log(scale) - gammaln(shape) + (shape - 1) * np.log(rate) - scale * rate
        return float(np.exp(prior + (30 * np.log(rate) - 30 * rate) / dispersion))

    by_hand = np.log(quad(integrand, 0, 10, points=[0.5, 1, 2])[0])
    # The window of 30 days with 30 counts; powers of the exposure are shared by all partitions.
    assert segment[0, 1] == pytest.approx(by_hand, abs=1e-6)


def test_priors_of_the_number_by_hand() -> None:
    np.testing.assert_allclose(np.exp(log_number_prior("uniform", 3)), np.full(4, 0.25))
    np.testing.assert_allclose(np.exp(log_number_prior("geometric", 2)), [4 / 7, 2 / 7, 1 / 7])
    np.testing.assert_allclose(np.exp(log_number_prior("poisson", 2)), [0.4, 0.4, 0.2])


def test_an_edge_stands_for_half_of_either_window() -> None:
    series = joined(np.full(12, 5.0) + np.arange(12), [0, 1, 2, 8, 9, 10, 11])
    stood_for = months_stood_for(read_windows(series, 0.1))
    # The window of six months (March to August) lends three to each of its edges.
    np.testing.assert_allclose(stood_for[[2, 3]], [0.5 + 3, 3 + 0.5], atol=0.1)
    assert stood_for.sum() == pytest.approx(12 - 0.5, abs=0.1)


def test_planted_breaks_are_found_and_dated() -> None:
    rates = np.r_[np.full(40, 150.0), np.full(35, 80.0), np.full(45, 150.0)]
    found = find_breaks(by_month(draw(monthly_process(rates), 1)[0]), method="bayes", max_breaks=4)
    assert [str(date) for date in found.dates] == [str(months(120)[40]), str(months(120)[75])]
    assert found.posterior is not None
    assert found.posterior.by_number.idxmax() == 2
    assert found.posterior.probability(str(months(120)[40]), within=1) > 0.9
    assert found.posterior.probability(str(months(120)[60]), within=3) < 0.1
    assert found.intervals["low"].iloc[0] <= found.dates[0] <= found.intervals["high"].iloc[0]


def test_with_one_break_at_most_the_probability_of_a_span_is_the_sum_of_its_months() -> None:
    rates = np.r_[np.full(40, 120.0), np.full(40, 100.0)]
    found = find_breaks(by_month(draw(monthly_process(rates), 7)[0]), method="bayes", max_breaks=1).posterior
    assert found is not None
    for within in (0, 2, 6):
        span = found.by_month.iloc[40 - within : 40 + within + 1]
        assert found.probability(str(months(80)[40]), within=within) == pytest.approx(span.sum(), abs=1e-9)


def test_a_date_that_was_not_searched_has_no_probability() -> None:
    found = find_breaks(by_month(draw(monthly_process(np.full(60, 90.0)), 3)[0]), method="bayes", max_breaks=1)
    assert found.posterior is not None
    before, after = months(60)[0] - 1, months(60)[-1] + 1
    for outside in (before, after):
        with pytest.raises(SpecificationError, match="was not searched"):
            found.posterior.probability(str(outside), within=2)
    with pytest.raises(SpecificationError, match="within: expected 0 or more months, got -1"):
        found.posterior.probability(str(months(60)[30]), within=-1)


def test_the_shortest_interval_holds_its_place_and_its_share() -> None:
    mass = np.array([0.10, 0.20, 0.50, 0.15, 0.05])
    assert shortest_about(mass, 2, 0.4) == (2, 2)
    assert shortest_about(mass, 2, 0.68) == (1, 2)
    assert shortest_about(mass, 4, 0.5) == (2, 4)
    assert shortest_about(mass, 2, 0.96) == (0, 4)


def test_a_series_without_a_break_shows_none() -> None:
    found = find_breaks(by_month(draw(monthly_process(np.full(120, 150.0)), 2)[0]), method="bayes", max_breaks=4)
    assert found.statistic < 0.5
    assert found.dates == ()
    assert len(found.regimes) == 1
    assert "breaks: none" in found.summary()


def test_the_long_run_dispersion_keeps_autocorrelation_from_passing_for_breaks() -> None:
    counts = draw(monthly_process(np.full(120, 200.0), rho=0.8, sigma2=0.02), 3, n_series=12)
    found = {}
    for kind in ("long-run", "pearson"):
        options = BreakOptions(prior=BreakPrior(dispersion=kind))
        found[kind] = np.mean([find_breaks(by_month(y), method="bayes", options=options).statistic for y in counts])
    assert found["pearson"] - found["long-run"] > 0.2


def test_by_month_sums_to_the_expected_number_of_breaks() -> None:
    counts = draw(monthly_process(np.r_[np.full(50, 150.0), np.full(70, 80.0)]), 4)[0]
    for series in (by_month(counts), joined(counts, [*range(45), 57, *range(58, 120)])):
        found = find_breaks(series, method="bayes", max_breaks=3).posterior
        assert found is not None
        expected = float(found.by_number @ found.by_number.index)
        assert found.by_month.sum() == pytest.approx(expected, abs=1e-9)


def test_mass_at_the_edges_of_a_long_window_moves_inside_it() -> None:
    # 150 a month, 75 from month 53 on; months 48 to 59 are one window, whose count says that it broke in between.
    rates = np.where(np.arange(120) < 53, 150.0, 75.0) + 3.0 * np.sin(np.arange(120.0))
    series = joined(np.round(rates), [*range(49), *range(60, 120)])
    found = find_breaks(series, method="bayes", max_breaks=2)
    assert found.posterior is not None
    assert str(found.posterior.by_month.idxmax()) == str(months(120)[53])
    assert found.posterior.by_month["2012-01":"2012-12"].sum() > 0.9


def test_a_window_at_either_end_of_the_series_gets_no_break_at_its_outer_edge() -> None:
    counts = draw(monthly_process(np.full(60, 100.0)), 5)[0]
    sample = read_windows(joined(counts, [0, *range(6, 54), 60 - 6]), 0.15)
    posterior = posterior_of_breaks(
        log_marginal(sample.y, sample.days, 3.0, 1.0, sample.allowed),
        np.log(months_stood_for(sample)),
        log_number_prior("uniform", 2),
    )
    found = by_period(sample, posterior, 3.0)
    assert found.iloc[0] == 0
    assert found.sum() == pytest.approx(posterior.edge.sum())


def test_the_result_carries_its_prior_its_sensitivity_and_its_false_breaks() -> None:
    found = find_breaks(by_month(draw(monthly_process(np.full(60, 100.0)), 6)[0]), method="bayes", max_breaks=2)
    assert found.posterior is not None
    assert {"as taken", "number geometric", "dispersion pearson", "dispersion x 2"} <= set(
        found.posterior.sensitivity.index
    )
    assert found.posterior.false_breaks.index.tolist() == [0.0, 0.5, 0.8]
    for words in ("each number of breaks alike", "series without a break", "independence within regimes"):
        assert words in found.summary()
    assert isinstance(found.posterior.posterior, BreakPosterior)
    assert found.to_dict()["posterior"]["by_number"].keys() == {"0", "1", "2"}


def test_stored_rates_are_those_of_the_nearest_geometry() -> None:
    near = false_break_rates("long-run", 110, 0.14)
    assert near["n_months"].unique().tolist() == [120]
    assert near["trim"].unique().tolist() == [0.15]
    assert false_break_rates(3.0, 110, 0.14).equals(false_break_rates("pearson", 110, 0.14))


def test_autocorrelation_raises_the_stored_rates_and_the_default_lowers_them() -> None:
    ours, blind = (false_break_rates(kind, 120, 0.15)["over_half"] for kind in ("long-run", "pearson"))
    assert isinstance(ours, pd.Series)
    assert blind[0.8] > blind[0.5] > blind[0.0]
    assert ours[0.5] < blind[0.5]
    assert ours[0.8] < blind[0.8]
