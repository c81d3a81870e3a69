"""By hand and by the fitted table: what fits say of their interventions, in both languages with the same numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import violence_stats as vs
from tests.models.examples import monthly_counts
from tests.quoting import both
from violence_stats.ledger.naming import names_for
from violence_stats.models.effect_words import tell_effects
from violence_stats.models.fit_words import its_effects
from violence_stats.models.fitted_effects import Months
from violence_stats.models.result import ITSResult
from violence_stats.models.structural_result import StructuralResult


def quarterly(step: float = 0.5) -> pd.Series:
    """Counts by quarter with a step in the third quarter of 2015."""
    index = pd.period_range("2010Q1", periods=40, freq="Q")
    mean = 200 * np.where(np.arange(40) >= 22, step, 1.0)
    return pd.Series(np.random.default_rng(3).poisson(mean), index=index)


def pct(result: ITSResult, term: str, column: str = "change_pct") -> str:
    """Print a change of the table as a sentence does from ten per cent on."""
    return f"{abs(result.effects.loc[term, column]):.0f}%"


def test_a_fall_in_a_series_without_a_case() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05")], trend=None, errors="newey-west").fit(monthly_counts())
    english, spanish = both(result.sentence)
    assert english.startswith(
        f"From May 2018 on, the monthly level of events counted was {pct(result, 'step 2018-05')} lower (95% interval "
    )
    assert english.endswith(" lower) than the level from before would have given; this does not say why.")
    assert spanish.startswith("Desde mayo de 2018, el nivel mensual de hechos contados quedó ")
    assert spanish.endswith(" por debajo) de lo que habría dado el nivel anterior; esto no dice por qué.")


def test_a_rise() -> None:
    counts = monthly_counts(step=1.6)
    result = vs.InterruptedTimeSeries([vs.Step("2018-05")], trend=None, errors="newey-west").fit(counts)
    english, spanish = both(result.sentence)
    assert f"was {pct(result, 'step 2018-05')} higher (95% interval" in english
    assert "por encima (intervalo del 95 %: de " in spanish


def test_an_interval_that_holds_no_change() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05")]).fit(monthly_counts(step=1.0))
    english, spanish = both(result.sentence)
    assert "cannot be told from no change: the estimate is" in english
    assert "no se distingue de la ausencia de cambio" in spanish
    assert "events counted was" not in english


def test_the_fit_of_a_case_uses_its_names_and_says_what_its_interval_leans_on() -> None:
    homicides = vs.load_homicides("SLV")
    model = vs.InterruptedTimeSeries([vs.Step("2019-06")], harmonics=1)
    result = model.fit(homicides, window=("2016-04", "2020-06"))
    assert result.estimate.boundary
    english, spanish = both(result.sentence)
    assert english == (
        "From June 2019 on (change of government and Territorial Control Plan), the monthly level of homicides in El "
        "Salvador was 39% lower (95% interval 57% to 12% lower, leaning on the limit set to the correlation from "
        "period to period) than the trend and the season would have given; this does not say why."
    )
    assert spanish == (
        "Desde junio de 2019 (cambio de Gobierno y Plan Control Territorial), el nivel mensual de homicidios en El "
        "Salvador quedó 39 % por debajo (intervalo del 95 %: de 57 % a 12 % por debajo, apoyado en el límite puesto a "
        "la correlación de un período a otro) de lo que habrían dado la tendencia y la estacionalidad; esto no dice "
        "por qué."
    )


def test_a_candidate_date_and_a_lockdown_bear_the_names_of_the_case() -> None:
    lockdown = vs.Pulse("2020-03-21", "2020-06-13", name="lockdown")
    model = vs.InterruptedTimeSeries([vs.Step("2019-06-20"), lockdown], errors="iid")
    english, spanish = both(model.fit(vs.load_homicides("SLV"), window=("2016-04", "2020-06")).sentence)
    assert "From 20 June 2019 on (the plan is deployed)," in english
    assert "Desde el 20 de junio de 2019 (despliegue del plan)," in spanish
    assert "From 21 March 2020 to 13 June 2020 (mandatory home quarantine)," in english
    assert "Del 21 de marzo de 2020 al 13 de junio de 2020 (cuarentena domiciliar obligatoria)," in spanish
    assert "the other changes in the model would have given" in english


def test_a_term_of_ones_own_goes_by_its_name() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05", name="new law")], errors="iid").fit(monthly_counts())
    english, spanish = both(result.sentence)
    assert english.startswith("From May 2018 on (new law), ")
    assert spanish.startswith("Desde mayo de 2018 (new law), ")


def test_quarters_are_called_quarters() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2015-Q3")], trend=None, errors="iid").fit(quarterly())
    english, spanish = both(result.sentence)
    assert english.startswith("From the third quarter of 2015 on, the quarterly level of events counted was ")
    assert spanish.startswith("Desde el tercer trimestre de 2015, el nivel trimestral de hechos contados quedó ")
    assert "not adjusted for serial correlation" in english
    assert "95%" not in english


def test_counts_without_a_log_link_have_a_unit() -> None:
    series = vs.CountSeries.from_periods(quarterly())
    model = vs.InterruptedTimeSeries([vs.Step("2015-Q3"), vs.Ramp("2015-Q3")], family="gaussian", errors="newey-west")
    result = model.fit(series)
    english, spanish = both(result.sentence)
    size = f"{abs(result.effects.loc['step 2015-Q3', 'estimate']):.0f}"  # three digits of about 106
    assert f"the quarterly number of events counted was {size} a quarter lower" in english
    assert f"el número trimestral de hechos contados quedó {size} por trimestre por debajo" in spanish
    assert "the slope of the quarterly number of events counted" in english
    assert "In the fourth quarter of 2019, the changes from the third quarter of 2015 on taken together" in english
    assert "En el cuarto trimestre de 2019, con los cambios" in spanish


def test_rates_have_no_unit_but_a_name() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05")], family="gaussian").fit(monthly_counts() / 7)
    english, spanish = both(result.sentence)
    size = f"{abs(result.effects.loc['step 2018-05', 'estimate']):.2f}"
    assert f"the monthly value of the series was {size} lower (95% interval" in english
    assert f"el valor mensual de la serie quedó {size} por debajo" in spanish


def test_a_given_exposure_is_said() -> None:
    counts = monthly_counts()
    people = pd.Series(1e5, index=counts.index)
    result = vs.InterruptedTimeSeries([vs.Step("2018-05")]).fit(counts, exposure=people)
    assert "the monthly level of events counted per unit of exposure" in both(result.sentence)[0]


def test_a_step_beside_a_ramp_is_said_apart_and_together() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05"), vs.Ramp("2018-05")]).fit(monthly_counts(step=0.5))
    english, spanish = both(result.sentence)
    assert "From May 2018 on, the change of slope aside, " in english
    assert "the slope of the monthly level of events counted" in english
    assert " a month " in english
    # the last of 60 months from January 2015 is December 2019, 19 months after May 2018
    together = result.combine({"step 2018-05": 1, "ramp 2018-05": 19})
    assert (
        "In December 2019, the changes from May 2018 on taken together, the monthly level of events counted was "
        f"{abs(together['change_pct']):.0f}% lower"
    ) in english
    assert spanish.endswith(" Nada de esto dice por qué.")


def test_gradual_and_fading_changes_say_how_fast() -> None:
    counts = monthly_counts(step=0.5)
    gradual = vs.InterruptedTimeSeries([vs.Onset("2018-05")]).fit(counts)
    english, _ = both(gradual.sentence)
    found = gradual.time_constant
    assert found is not None
    assert "From May 2018 on, once the gradual change is whole, " in english
    assert f"; 63% of it came within {found.months:.1f} months (95% interval {found.low:.1f} " in english
    fading, spanish = both(vs.InterruptedTimeSeries([vs.Decay("2018-05", 3)], errors="iid").fit(counts).sentence)
    assert "63% of it was gone within 3.0 months, as the model was told" in fading
    assert "el 63 % se había ido en 3.0 meses, según se le dijo al modelo" in spanish


def test_a_time_constant_without_an_interval_or_an_upper_end_says_so() -> None:
    result = vs.InterruptedTimeSeries([vs.Onset("2018-05", 2)], errors="iid").fit(monthly_counts(step=0.5))
    known = its_effects(result.frame, result.estimate, result.effects, None, None, names_for(result.frame.series))

    def say(low: float, high: float) -> str:
        months = {"onset 2018-05": Months(value=2.3, low=low, high=high)}
        return tell_effects(replace(known, months=months), "en")

    assert "within 2.3 months (no interval could be computed)" in say(np.nan, np.nan)
    assert "within 2.3 months (95% interval 0.5 or more)" in say(0.5, np.inf)


def test_a_regime_with_an_end_is_told_for_its_days() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05", "2018-10")], errors="iid").fit(monthly_counts())
    english, spanish = both(result.sentence)
    assert english.startswith("From May to October 2018, ")
    assert spanish.startswith("De mayo a octubre de 2018, ")


def test_months_left_out_of_the_fit_are_no_part_of_the_change() -> None:
    step = vs.Step("2018-05", washout_months=3)
    result = vs.InterruptedTimeSeries([step], errors="iid").fit(monthly_counts())
    assert result.sentence().startswith("From August 2018 on, ")


def test_a_model_without_interventions_says_what_the_trend_did_and_no_more() -> None:
    english, spanish = both(vs.InterruptedTimeSeries([], errors="iid").fit(monthly_counts(step=0.5)).sentence)
    assert english.startswith(
        "From January 2015 to December 2019, month by month, the monthly level of events counted "
    )
    assert english.endswith("by the trend of a model that holds no change at a date.")
    assert "cambio fechado" in spanish
    english, spanish = both(vs.InterruptedTimeSeries([], trend=None, errors="iid").fit(monthly_counts()).sentence)
    assert "it cannot tell whether the monthly level of events counted changed" in english
    assert "no permite saber" in spanish


def test_an_effect_without_an_interval() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05")], errors="iid").fit(monthly_counts())
    known = its_effects(result.frame, result.estimate, result.effects, None, None, names_for(result.frame.series))
    blind = replace(known, effects=result.effects.assign(ci_low=np.nan, ci_high=np.nan))
    assert "no interval could be computed, so the counts cannot tell" in tell_effects(blind, "en")
    assert "no permiten saber" in tell_effects(blind, "es")


def test_a_refitted_interval_says_so_and_leans_on_nothing() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05"), vs.Ramp("2018-05")], trend=None).fit(
        monthly_counts(step=1.0)
    )
    assert result.estimate.boundary
    assert (
        "Each interval: perhaps too narrow, since no correlation from period to period was seen." in result.sentence()
    )
    refitted = replace(result, bootstrapped=result.bootstrap(n_draws=39))
    english, spanish = both(refitted.sentence)
    assert "Each interval: by refitting simulated series." in english
    assert "Cada intervalo: por reajuste de series simuladas." in spanish
    assert "taken together" not in english


def test_an_interval_known_to_be_too_narrow_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05")], errors="iid").fit(monthly_counts())
    monkeypatch.setattr("violence_stats.models.fit_words.missed_terms", lambda *_: {"step 2018-05": {}})
    english, spanish = both(result.sentence)
    assert "too narrow in simulated series like these" in english
    assert "demasiado estrecho en series simuladas como estas" in spanish


def test_what_changed_beyond_controls_names_them() -> None:
    counts = monthly_counts(step=0.5)
    controls = {name: monthly_counts(step=1.0, seed=seed) for seed, name in enumerate(("Freedonia", "Sylvania"), 5)}
    model = vs.ControlledInterruptedTimeSeries([vs.Step("2018-05")])
    result = model.fit(counts, controls=controls)
    english, spanish = both(result.sentence)
    size = f"{abs(result.effects.loc['treated step 2018-05', 'change_pct']):.0f}%"
    assert f"the monthly level of events counted was {size} lower" in english
    assert "than its own course and the change in Freedonia and Sylvania would have given" in english
    assert "with correlation between the series left aside" in english
    assert "el cambio en Freedonia y Sylvania" in spanish
    many = {f"{name}{k}": one for k in range(3) for name, one in controls.items()}
    assert "the change in its 6 controls" in model.fit(counts, controls=many).sentence()


def test_arima_measures_against_the_own_course_and_says_when_it_is_too_narrow() -> None:
    model = vs.ARIMAInterruptedTimeSeries([vs.Step("2018-05")], order=(1, 0, 0), transform="log")
    result = model.fit(monthly_counts(step=0.5))
    english, spanish = both(result.sentence)
    size = f"{abs(result.effects.loc['step 2018-05', 'change_pct']):.0f}%"
    assert f"was {size} lower (95% interval" in english
    assert "too narrow where correlation is strong" in english
    assert "than its own course would have given" in english
    assert "demasiado estrecho donde la correlación es fuerte" in spanish


def test_a_structural_fit_says_what_its_counterfactual_does() -> None:
    result = vs.StructuralTimeSeries().fit(monthly_counts(step=0.5), at="2018-05")
    assert isinstance(result, StructuralResult)
    english, _ = both(result.sentence)
    assert english == result.counterfactual().sentence()


def test_names_of_a_case_are_used_where_it_is_given() -> None:
    named = {"measure": "homicides", "country": "SLV"}
    counts = vs.CountSeries.from_monthly(monthly_counts(step=0.5), **named)
    controls = {"GTM": monthly_counts(step=1.0, seed=5)}
    step = vs.Step("2018-05")
    results = (
        vs.InterruptedTimeSeries([step], errors="iid").fit(counts),
        vs.ControlledInterruptedTimeSeries([step], errors="iid").fit(counts, controls=controls),
        vs.ARIMAInterruptedTimeSeries([step], order=(1, 0, 0)).fit(counts),
        vs.StructuralTimeSeries().fit(counts, at="2018-05"),
    )
    for result in results:
        assert " de homicides en SLV " in result.sentence("es")
        assert " de homicidios en El Salvador " in result.sentence("es", case="SLV")
    assert "el cambio en Guatemala" in results[1].sentence("es", case="SLV")
