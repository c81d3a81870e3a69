"""Error models side by side: each row is the fit it names, and the sentence follows the intervals."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests.models.examples import monthly_counts
from violence_stats import CountSeries, InterruptedTimeSeries, Ramp, Step
from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import simulate_counts
from violence_stats.models import compare_errors

ROUNDING = 1e-10
"""The same fit twice."""


def _correlated(seed):
    months = np.arange(120)
    counts = simulate_counts(np.random.default_rng(seed), np.full(120, 200.0), months, months, Theta(2.0, 0.06, 0.8))[0]
    return pd.Series(counts, index=pd.period_range("2010-01", periods=120, freq="M"))


def test_each_row_is_the_fit_that_it_names():
    counts, interventions = monthly_counts(), [Step("2018-05"), Ramp("2018-05")]
    compared = InterruptedTimeSeries(interventions).fit(counts).compare_errors()
    assert list(compared.table.loc["step 2018-05"].index) == ["ar1", "newey-west", "iid"]
    for errors in ("ar1", "newey-west", "iid"):
        alone = InterruptedTimeSeries(interventions, errors=errors).fit(counts).effects
        for term in ("step 2018-05", "ramp 2018-05"):
            assert compared.table.loc[(term, errors)].tolist() == pytest.approx(alone.loc[term].tolist(), rel=ROUNDING)


def test_a_plain_effect_leaves_no_disagreement():
    compared = InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts(step=0.3)).compare_errors()
    assert compared.agree
    assert compared.sentence() == "The error models agree on which terms differ from no effect."


def test_false_alarms_of_independent_errors_are_called_out():
    """In some of twelve worlds without an effect iid errors see one where ar1 does not, and the sentence says so."""
    fits = [InterruptedTimeSeries([Step("2015-01")]).fit(_correlated(seed)).compare_errors() for seed in range(12)]
    for one in fits:
        signs = np.sign(one.table["ci_low"]) * np.sign(one.table["ci_high"])
        assert one.agree == (signs.min() == signs.max())
    found = [one for one in fits if not one.agree]
    assert {np.sign(one.table["estimate"].iloc[-1]) for one in found} == {-1, 1}
    sentence = found[0].sentence()
    assert sentence.startswith("The error models disagree: step 2015-01 differs from no effect under ")
    assert "but not under" in sentence
    assert sentence in found[0].summary()


def test_what_the_data_do_not_bear_is_named():
    series = CountSeries.from_monthly(monthly_counts().drop(monthly_counts().index[5]), allow_missing=True)
    model = InterruptedTimeSeries([Step("2018-05")], family="gaussian")
    compared = model.fit(series).compare_errors()
    assert set(compared.not_available) == {"prais-winsten"}
    assert "prais-winsten: not available, because" in compared.summary()
    stored = json.loads(json.dumps(compared.to_dict(), allow_nan=False))
    assert stored["rows"][0]["rate_ratio"] is None
    assert len(compared.to_frame()) == 3


def test_poisson_has_two_to_compare():
    model = InterruptedTimeSeries([Step("2018-05")], family="poisson", errors="iid")
    assert list(model.fit(monthly_counts()).compare_errors(lags=2).table.index.get_level_values("errors")) == [
        "newey-west",
        "iid",
    ]


def test_there_has_to_be_something_to_compare():
    with pytest.raises(SpecificationError, match="no intervention"):
        InterruptedTimeSeries([]).fit(monthly_counts()).compare_errors()


def test_no_error_model_at_all(monkeypatch):
    def refuse(*_):
        raise FitError("did not settle")

    result = InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts())
    monkeypatch.setattr(compare_errors, "fit_frame", refuse)
    with pytest.raises(FitError, match="no error model could be fitted: did not settle"):
        result.compare_errors()
