"""By hand: 91 counted in 91 days, then 45.5 expected of a halved rate: a change of half, under each error model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.charts.reading import words
from violence_stats.charts import effects, style
from violence_stats.charts.effects_words import describe_effects, effect_rows
from violence_stats.design.interventions import Pulse, Ramp, Step
from violence_stats.errors import SelectionError, SpecificationError
from violence_stats.models.bootstrap import Bootstrap
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.result import ITSResult

MONTHS = pd.period_range("2018-01", periods=48, freq="M")
# a death a day, then one every other day, drawn once
COUNTS = pd.Series(
    np.random.default_rng(3).poisson(MONTHS.days_in_month * np.where(MONTHS < "2020-01", 1.0, 0.5)), index=MONTHS
)


def fit(*interventions: Step | Ramp | Pulse, errors: str = "ar1", **options: object) -> ITSResult:
    chosen = interventions or (Step("2020-01"),)
    return InterruptedTimeSeries(list(chosen), trend=None, errors=errors, **options).fit(COUNTS)


def test_a_line_runs_from_end_to_end_of_the_interval() -> None:
    result = fit()
    row = result.effects.loc["step 2020-01"]
    ax = effects.plot_effects(result)
    line = next(one for one in ax.lines if one.get_color() == style.OBSERVED and one.get_marker() == "None")
    assert line.get_xdata().tolist() == pytest.approx([row["ci_low"], row["ci_high"]])
    said = words(ax)
    assert f"\u2212{abs(row['change_pct']):.0f}%" in said
    assert "Step, January 2020" in said
    assert "95% interval, allowing for serial correlation" in said
    assert "Fitted to 48 windows" in said


def test_the_axis_is_that_of_logs_labelled_in_per_cent() -> None:
    ax = effects.plot_effects(fit())
    labels = [text.get_text().replace("\u2212", "-").rstrip("%") for text in ax.get_xticklabels()]
    assert ax.get_xticks().tolist() == pytest.approx([np.log1p(int(label) / 100) for label in labels])
    assert "0" in labels
    assert any(int(label) < -10 for label in labels)


def test_every_error_model_stands_under_its_term() -> None:
    compared = fit(Step("2020-01"), Pulse("2018-06", "2018-07", name="strike")).compare_errors()
    rows = effect_rows(compared, None, "en")
    assert [row.source for row in rows[:3]] == ["serial correlation allowed for", "Newey-West", "independent errors"]
    assert [row.adjusted for row in rows] == [True, True, False] * 2
    ax = effects.plot_effects(compared)
    said = words(ax)
    assert said.count("Newey-West") == 2
    assert said.count("Strike") == 1
    assert "open circles and dashed lines are not adjusted" in said
    hollow = [line for line in ax.lines if line.get_marker() == "o" and line.get_markerfacecolor() == "white"]
    assert len(hollow) == 2


def test_several_fits_stand_side_by_side_by_name() -> None:
    both = {"with a ramp": fit(Step("2020-01"), Ramp("2020-01")), "alone": fit()}
    table = effects.effects_table(both)
    assert table["source"].tolist() == ["with a ramp", "alone", "with a ramp"]
    assert table["term"].tolist() == ["Step, January 2020"] * 2 + ["Slope from January 2020 on, each period"]
    assert "with a ramp" in words(effects.plot_effects(both, lang="es"))


def test_an_interval_that_ignores_correlation_is_not_called_95() -> None:
    said = words(effects.plot_effects(fit(errors="iid")))
    assert "not adjusted for serial correlation" in said
    assert "95%" not in said


def test_a_bootstrap_interval_is_called_so() -> None:
    quiet = fit(at_boundary=Bootstrap(n_replicates=39, seed=1))
    assert quiet.bootstrapped is not None
    assert "95% interval by refitting simulated series" in words(effects.plot_effects(quiet))


def test_values_have_a_scale_of_their_own() -> None:
    values = InterruptedTimeSeries([Step("2020-01")], trend=None, family="gaussian", errors="newey-west").fit(COUNTS)
    ax = effects.plot_effects(values)
    assert "in the unit of the values" in words(ax)
    assert "%" not in " ".join(text.get_text() for text in ax.get_xticklabels())
    with pytest.raises(SpecificationError, match="draw them apart"):
        effects.plot_effects({"values": values, "counts": fit()})


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(SpecificationError, match="no intervention"):
        effects.plot_effects({})
    with pytest.raises(SelectionError, match="'fr'"):
        effects.plot_effects(fit(), lang="fr")


def test_the_description_holds_the_same_numbers_in_both_languages() -> None:
    result = fit()
    row = effect_rows(result, None, "en")[0]
    assert row.words("en") in describe_effects(result, None, "en")
    spanish = describe_effects(result, None, "es")
    assert "Escalón, enero de 2020" in spanish
    assert replace(row).words("es") in spanish
