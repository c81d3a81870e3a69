"""One month of a quiet series set to ten times its mean: it is called out, and named, in words and picture."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from tests.charts.reading import words
from violence_stats.charts import diagnostics, style
from violence_stats.charts.diagnostics_words import describe_diagnostics
from violence_stats.charts.drawn_fits import drawn_fit
from violence_stats.design.interventions import Pulse, Step
from violence_stats.errors import SpecificationError
from violence_stats.models.diagnostic_words import MOVES
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.result import ITSResult

MONTHS = pd.period_range("2018-01", periods=36, freq="M")
ODD = "2020-03"


@pytest.fixture(scope="module")
def result() -> ITSResult:
    counts = pd.Series(np.random.default_rng(2).poisson(40.0, 36), index=MONTHS)
    counts[ODD] = 400
    model = InterruptedTimeSeries([Pulse("2018-06", "2018-07", name="strike"), Step("2020-01")], trend=None)
    return model.fit(counts)


def test_the_odd_month_is_beyond_the_limit_and_named(result: ITSResult) -> None:
    ax = diagnostics.plot_diagnostics(result)
    residuals, moves, _, _ = ax.child_axes
    limit = max(line.get_ydata()[0] for line in residuals.lines if line.get_color() == style.ACCENT)
    assert limit == pytest.approx(norm.isf(0.01 / (2 * 36)))
    heights = next(line.get_ydata() for line in residuals.lines if line.get_marker() == "o")
    assert np.flatnonzero(np.abs(heights) > limit).tolist() == [MONTHS.get_loc(ODD)]
    assert [text.get_text() for text in residuals.texts if text.get_text() == ODD] == [ODD]
    assert ODD in [text.get_text() for text in moves.texts]


def test_the_panels_hold_the_numbers_of_the_diagnostics(result: ITSResult) -> None:
    found = result.diagnose()
    _, moves, correlation, years = diagnostics.plot_diagnostics(result).child_axes
    drawn = [segment[1][1] for segment in correlation.collections[0].get_segments()]
    assert drawn == pytest.approx(found.autocorrelation)
    assert found.autocorrelation[0] == found.lag_one
    drawn = [segment[1][1] for segment in moves.collections[0].get_segments()]
    assert drawn == pytest.approx(found.windows[f"{MOVES}step 2020-01"])
    table = diagnostics.diagnostics_table(found, "step 2020-01")
    assert table[f"{MOVES}step 2020-01"].tolist() == pytest.approx(drawn)
    dots = [line.get_xdata()[0] for line in years.lines if line.get_marker() == "o"]
    assert dots == pytest.approx(found.years.loc["step 2020-01", "estimate"].tolist())
    labels = [text.get_text() for text in years.get_yticklabels()]
    assert labels == ["2018", "2019", "2020"]
    # without 2018 the strike, without 2020 the step, cannot be fitted
    assert sum(text.get_text() == "cannot be fitted" for text in years.texts) == len(found.years_not_available) == 2


def test_a_term_is_looked_at_by_name_and_a_pulse_is_not_the_first_choice(result: ITSResult) -> None:
    assert diagnostics.chosen_term(drawn_fit(result), None) == "step 2020-01"
    assert "Effect looked at: Strike" in words(diagnostics.plot_diagnostics(result, term="strike"))
    with pytest.raises(SpecificationError, match="no intervention is called 'flood'; the model has: strike, step"):
        diagnostics.chosen_term(drawn_fit(result), "flood")
    plain = InterruptedTimeSeries([], trend=None).fit(pd.Series(np.arange(36) + 5, index=MONTHS))
    with pytest.raises(SpecificationError, match="no effect to look at"):
        diagnostics.chosen_term(drawn_fit(plain), None)


def test_the_description_names_the_window_that_moves_the_effect_most(result: ITSResult) -> None:
    found = result.diagnose()
    said = describe_diagnostics(result, found, f"{MOVES}step 2020-01", None, "es")
    assert f"Períodos fuera del límite: {ODD}." in said
    assert f"El período que más mueve el efecto es {ODD}" in said
    assert "lo que el modelo deja sin explicar" in words(diagnostics.plot_diagnostics(result, lang="es"))
