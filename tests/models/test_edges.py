"""What stands beside the default errors where they lean on an edge: the bootstrap and the two variance forms."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests.models.examples import monthly_counts
from violence_stats import Bootstrap, InterruptedTimeSeries, Step
from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1_bootstrap import bootstrap_ar1
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import simulate_counts

ROUNDING = 1e-10
"""The same fit twice."""


def _falling():
    """Counts that fall from 400 to 8 a month and vary in proportion to their mean."""
    months = np.arange(120)
    expected = np.where(months < 60, 400.0, 8.0)
    counts = simulate_counts(np.random.default_rng(1), expected, months, months, Theta(5.0, 0.01, 0.5))[0]
    return pd.Series(counts, index=pd.period_range("2010-01", periods=120, freq="M"))


def test_the_bootstrap_keeps_estimates_and_changes_intervals():
    result = InterruptedTimeSeries([Step("2018-05")], trend=None).fit(monthly_counts())
    found = result.bootstrap(n_draws=59, seed=1)
    for column in ("estimate", "std_error", "rate_ratio"):
        assert found.effects[column].tolist() == result.effects[column].tolist()
    step = found.effects.loc["step 2018-05"]
    assert step["ci_low"] < step["estimate"] < step["ci_high"]
    assert step["rate_ratio_low"] == pytest.approx(np.exp(step["ci_low"]), rel=ROUNDING)
    assert step["ci_high"] != result.effects.loc["step 2018-05", "ci_high"]
    assert step["p_value"] == pytest.approx(1 / 60)
    again = result.bootstrap(n_draws=59, seed=1)
    assert found.summary() == again.summary()
    assert "59 worlds (seed 1)" in found.summary()
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["effects"][1]["term"] == "step 2018-05"


def test_the_bootstrap_is_the_same_whoever_refits_and_says_how_far_it_is():
    result = InterruptedTimeSeries([Step("2018-05")], trend=None).fit(monthly_counts())
    told: list[str] = []
    here = result.bootstrap(n_draws=40, seed=1, progress=told.append)
    there = result.bootstrap(n_draws=40, seed=1, n_jobs=2)
    pd.testing.assert_frame_equal(here.effects, there.effects, check_exact=True)
    assert told[-1] == "40 of 40 worlds refitted"


@pytest.mark.parametrize("counts", ["path", "no path"])
def test_the_bootstrap_is_the_one_that_is_calibrated(counts):
    series = monthly_counts() if counts == "path" else _without_path()
    result = InterruptedTimeSeries([Step("2018-05" if counts == "path" else "2014-01")], trend=None).fit(series)
    frame, fit = result.frame, result.estimate.ar1
    design = (frame.design.X, frame.log_exposure, frame.cells.window, frame.cells.period)
    calibrated = bootstrap_ar1(np.random.default_rng(1), *design, fit=fit, n_draws=40)
    found = result.bootstrap(n_draws=40, seed=1).effects
    low, high = calibrated.interval()
    assert found["ci_low"].tolist() == low.tolist()
    assert found["ci_high"].tolist() == high.tolist()
    assert found["p_value"].tolist() == calibrated.p_values().tolist()


def test_the_bootstrap_needs_a_path_and_draws():
    result = InterruptedTimeSeries([Step("2018-05")], errors="iid").fit(monthly_counts())
    with pytest.raises(SpecificationError, match='draws worlds from errors="ar1" of counts'):
        result.bootstrap()
    default = InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts())
    with pytest.raises(SpecificationError, match="n_replicates: expected 39 or more"):
        default.bootstrap(n_draws=20)
    with pytest.raises(SpecificationError, match="n_replicates: expected a whole number"):
        default.bootstrap(n_draws="many")
    with pytest.raises(SpecificationError, match="seed: expected a whole number"):
        default.bootstrap(seed="x")


def _without_path():
    """Poisson counts, whose latent variance comes out at 0."""
    counts = np.random.default_rng(7).poisson(np.where(np.arange(48) < 24, 50.0, 35.0))
    return pd.Series(counts, index=pd.period_range("2012-01", periods=48, freq="M"))


def test_at_an_edge_the_model_gives_the_interval_that_was_asked_for():
    by_t = InterruptedTimeSeries([Step("2014-01")]).fit(_without_path())
    assert by_t.estimate.boundary
    assert "t with Satterthwaite degrees of freedom" in by_t.summary()
    model = InterruptedTimeSeries([Step("2014-01")], at_boundary=Bootstrap(n_replicates=59, seed=3))
    drawn = model.fit(_without_path())
    known = by_t.bootstrap(n_draws=59, seed=3)
    assert drawn.effects["ci_low"].tolist() == known.effects["ci_low"].tolist() != by_t.effects["ci_low"].tolist()
    assert drawn.effects["estimate"].tolist() == by_t.effects["estimate"].tolist()
    other = by_t.bootstrap(n_draws=59, seed=4)
    assert other.effects["ci_low"].tolist() != known.effects["ci_low"].tolist()
    words = "studentised parametric bootstrap, 59 worlds (seed 3), since a variance parameter ended on an edge"
    assert f"intervals: {words}" in drawn.summary()
    assert drawn.to_dict()["intervals"] == words
    assert InterruptedTimeSeries([Step("2014-01")], at_boundary="bootstrap").at_boundary == Bootstrap()


def test_a_fit_at_an_edge_is_the_same_whoever_refits_and_says_how_far_it_is():
    model = InterruptedTimeSeries([Step("2014-01")], at_boundary=Bootstrap(n_replicates=40, seed=3))
    told: list[str] = []
    here, there = model.fit(_without_path()), model.fit(_without_path(), n_jobs=2, progress=told.append)
    pd.testing.assert_frame_equal(here.effects, there.effects, check_exact=True)
    assert told[-1] == "40 of 40 worlds refitted"
    with pytest.raises(SpecificationError, match="n_jobs"):
        InterruptedTimeSeries([Step("2014-01")]).fit(_without_path(), n_jobs=0)


def test_away_from_edges_nothing_is_refitted():
    plain = InterruptedTimeSeries([Step("2015-01")], trend=None).fit(_falling())
    asked = InterruptedTimeSeries([Step("2015-01")], trend=None, at_boundary="bootstrap").fit(_falling())
    assert not asked.estimate.boundary
    assert asked.bootstrapped is None
    assert asked.summary() == plain.summary()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"at_boundary": "normal"}, "at_boundary: expected 't', 'bootstrap' or a Bootstrap, got 'normal'"),
        ({"at_boundary": "bootstrap", "errors": "iid"}, 'draws worlds from errors="ar1" of a count family'),
        ({"at_boundary": "bootstrap", "family": "gaussian"}, 'draws worlds from errors="ar1" of a count family'),
    ],
)
def test_a_choice_at_the_edge_that_cannot_be_made(options, says):
    with pytest.raises(SpecificationError, match=says):
        InterruptedTimeSeries([Step("2014-01")], **options)


def test_counts_that_span_fifty_fold_prefer_the_variance_that_made_them():
    result = InterruptedTimeSeries([Step("2015-01")], trend=None).fit(_falling())
    found = result.compare_variances()
    assert found.preferred == "quasi-poisson"
    assert found.log_likelihood_ratio > 2
    assert found.sentence().startswith('The counts prefer family="quasi-poisson", by a log-likelihood of')
    other = InterruptedTimeSeries([Step("2015-01")], trend=None, family="negative-binomial").fit(_falling())
    assert found.table.loc[("step 2015-01", "negative-binomial")].tolist() == pytest.approx(
        other.effects.loc["step 2015-01"].tolist(), rel=ROUNDING
    )
    assert other.compare_variances().log_likelihood_ratio == pytest.approx(found.log_likelihood_ratio, rel=ROUNDING)
    assert "step 2015-01, quasi-poisson" in found.summary()
    assert len(json.loads(json.dumps(found.to_dict(), allow_nan=False))["rows"]) == len(found.to_frame()) == 2


def test_a_wide_span_is_noted_and_a_narrow_one_not():
    wide = InterruptedTimeSeries([Step("2015-01")], trend=None).fit(_falling())
    assert any("expected rates span" in note and "compare_variances()" in note for note in wide.notes)
    narrow = InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts())
    assert not any("span" in note for note in narrow.notes)


def test_a_close_call_is_called_one():
    found = InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts()).compare_variances()
    assert abs(found.log_likelihood_ratio) < 2
    assert "though hardly" in found.sentence()


def test_gaussian_values_have_one_variance():
    result = InterruptedTimeSeries([Step("2018-05")], family="gaussian", errors="iid").fit(monthly_counts())
    with pytest.raises(SpecificationError, match="for counts"):
        result.compare_variances()
