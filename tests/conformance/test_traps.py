"""What goes wrong in other programs, each with the number that it would give and the one that is right.

Kinds of test: reference (the wrong and the right number of the validation folder).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from scipy.stats import t as student
from statsmodels.datasets import nile

import violence_stats as vs
from tests.conformance.anchors import cigarettes, monthly, sicily
from tests.validation import needs_validation, table
from violence_stats.models.arima_result import ARIMAResult
from violence_stats.models.result import ITSResult

# The numbers are printed to three or four digits.
PRINTED = 5e-3


def california(**options: object) -> ITSResult:
    model = vs.InterruptedTimeSeries([vs.Step("1989"), vs.Ramp("1989")], family="gaussian", **options)
    return model.fit(cigarettes("California"))


@pytest.fixture(scope="module")
def quetiapine() -> ARIMAResult:
    policy = [vs.Step("2014-01"), vs.Ramp("2014-01", zero_at="last-old")]
    model = vs.ARIMAInterruptedTimeSeries(policy, order=(2, 1, 0), seasonal_order=(0, 1, 1, 12), transform=None)
    return model.fit(monthly(table("quet.csv").dispensings, "2011-01"))


@needs_validation
def test_ramp_is_centred_at_the_break() -> None:
    """Centred at the break the step is 0.876; counted from the start of the series it would be 0.831."""
    events, population = sicily()
    ban = [vs.Step("2005-01"), vs.Ramp("2005-01", zero_at="last-old")]
    model = vs.InterruptedTimeSeries(ban, harmonics=2, errors="iid", exposure=None)
    result = model.fit(events, exposure=population)
    assert result.effects.loc["step 2005-01", "rate_ratio"] == pytest.approx(0.876, rel=PRINTED)
    uncentred = result.combine({"step 2005-01": 1, "ramp 2005-01": -36})["rate_ratio"]
    assert uncentred == pytest.approx(0.831, rel=PRINTED)


@needs_validation
def test_newey_west_has_its_factor_and_t() -> None:
    """27 degrees of freedom: the plain sandwich with a normal interval would be a tenth narrower."""
    step = california(errors="newey-west", lags=1).effects.loc["step 1989"]
    half = (step["ci_high"] - step["ci_low"]) / 2
    assert step["std_error"] == pytest.approx(4.724, rel=PRINTED)
    assert half == pytest.approx(student.ppf(0.975, 27) * step["std_error"])
    without = norm.ppf(0.975) * step["std_error"] * np.sqrt(27 / 31)
    assert without < 0.9 * half


@needs_validation
def test_arima_on_the_raw_scale_finds_the_optimum(quetiapine: ARIMAResult) -> None:
    """A search on the raw scale stops at a log-likelihood of -296.95, with a step of -1,849."""
    assert quetiapine.loglik == pytest.approx(-284.45, rel=PRINTED)
    assert quetiapine.effects.loc["step 2014-01", "estimate"] == pytest.approx(-3285, rel=PRINTED)
    assert quetiapine.fit.n_agreeing == quetiapine.fit.n_starts


@needs_validation
def test_arima_errors_are_not_outer_products(quetiapine: ARIMAResult) -> None:
    """Outer products of scores give 1,314."""
    assert quetiapine.effects.loc["step 2014-01", "std_error"] == pytest.approx(602, rel=PRINTED)


@needs_validation
def test_prais_winsten_keeps_the_first_observation() -> None:
    """Without it (Cochrane-Orcutt) the step is -3.8."""
    result = california(errors="prais-winsten")
    assert result.effects.loc["step 1989", "estimate"] == pytest.approx(-6.08, rel=PRINTED)
    y, rho = result.frame.y, result.estimate.nuisance["rho"]
    X = result.frame.design.X
    dropped = np.linalg.lstsq(X[1:] - rho * X[:-1], y[1:] - rho * y[:-1], rcond=None)[0]
    assert dropped[2] > -4.5


@needs_validation
def test_reml_at_the_boundary_is_said() -> None:
    """Here rho runs to 1, and an interval that does not say so is not to be quoted."""
    result = california(errors="ar1")
    assert result.estimate.nuisance["rho"] > 0.999
    assert result.estimate.boundary
    assert any("do not quote these intervals" in note for note in result.notes)
    assert "do not quote these intervals" in result.summary()


def test_a_break_is_named_by_its_first_new_period() -> None:
    """The dam was closed after the flow of 1898: other programs answer 1898, the last old year."""
    flow = nile.load_pandas().data["volume"].set_axis(pd.period_range("1871", periods=100, freq="Y"))
    found = vs.find_breaks(flow, max_breaks=1)
    assert [str(date) for date in found.dates] == ["1899"]
    before, after = found.regimes["mean"]
    assert before == pytest.approx(flow[:"1898"].mean())
    assert after == pytest.approx(flow["1899":].mean())
