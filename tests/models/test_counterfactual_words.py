"""By hand: what was counted beside what was to be expected, with differences that add up in print."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd
import pytest

import violence_stats as vs
from tests.models.examples import monthly_counts
from tests.quoting import NUMBER, both
from violence_stats.ledger.naming import names_for
from violence_stats.models.counterfactual_words import Setting, Totals, tell_counterfactual
from violence_stats.months import parse_window
from violence_stats.series import CountSeries

MONTHS = pd.Series(100, index=pd.period_range("2001-01", periods=24, freq="M"))
SERIES = CountSeries.from_monthly(MONTHS)
NAMES = names_for(SERIES)
SETTING = Setting(series=SERIES, start=date(2002, 1, 1))


def totals(observed: float, expected: float, low: float, high: float, **options: Any) -> Totals:
    """Totals of the first half of 2002."""
    known = {"window": parse_window("2002-H1"), "kind": "count", **options}
    return Totals(**known, observed=observed, expected=expected, low=low, high=high)


def test_fewer_than_expected() -> None:
    found = totals(589, 900.4, 600.2, 1299.6)
    # 900 - 589 = 311, 600 - 589 = 11, 1,300 - 589 = 711: from the numbers as printed
    assert tell_counterfactual(found, SETTING, None, NAMES, "en") == (
        "In the first half of 2002, the number of events counted was 589 where 900 (95% interval 600 to 1,300) would "
        "be expected had its course gone on without the change of January 2002: 311 fewer (11 to 711); this does not "
        "say why."
    )
    assert tell_counterfactual(found, SETTING, None, NAMES, "es") == (
        "En el primer semestre de 2002, el número de hechos contados fue de 589 donde se esperarían 900 (intervalo del "
        "95 %: 600 a 1,300) si su curso hubiera seguido sin el cambio de enero de 2002: 311 menos (11 a 711); esto no "
        "dice por qué."
    )


def test_more_than_expected_names_the_smaller_end_first() -> None:
    said = tell_counterfactual(totals(700, 500, 450, 560), SETTING, None, NAMES, "en")
    assert "200 more (140 to 250)" in said
    assert "200 más (140 a 250)" in tell_counterfactual(totals(700, 500, 450, 560), SETTING, None, NAMES, "es")


@pytest.mark.parametrize("edge", [450.0, 500.0, 560.0])
def test_where_the_interval_holds_what_was_counted_no_difference_is_said(edge: float) -> None:
    found = totals(edge, 500, 450, 560)
    assert "the counts cannot tell whether the two differ" in tell_counterfactual(found, SETTING, None, NAMES, "en")
    assert "los conteos no permiten saber si difieren" in tell_counterfactual(found, SETTING, None, NAMES, "es")


def test_without_an_interval() -> None:
    found = totals(589, 900, math.nan, math.nan)
    said = tell_counterfactual(found, SETTING, None, NAMES, "en")
    assert "900 (no interval) would be expected" in said
    assert "no interval could be computed, so the counts cannot tell" in said
    assert "nan" not in said


def test_few_expected_deaths_keep_a_decimal() -> None:
    assert "was 3 where 7.5 (95% interval 4.2 to 12.9)" in tell_counterfactual(
        totals(3, 7.5, 4.2, 12.9), SETTING, None, NAMES, "en"
    )
    assert "4.5 fewer (1.2 to 9.9)" in tell_counterfactual(totals(3, 7.5, 4.2, 12.9), SETTING, None, NAMES, "en")


def test_means_of_rates_lie_lower_or_higher() -> None:
    found = totals(4.71, 14.73, 13.92, 15.61, kind="rate")
    said = tell_counterfactual(found, SETTING, None, NAMES, "en")
    assert "the mean value of events counted was 4.7 where 14.7 (95% interval 13.9 to 15.6)" in said
    assert "10.0 lower (9.2 to 10.9)" in said


def test_a_frozen_trend_that_disagrees_says_so() -> None:
    found, frozen = totals(589, 900, 600, 1300), totals(589, 700, 500, 950)
    said = tell_counterfactual(found, SETTING, frozen, NAMES, "en")
    assert said.endswith(
        " With the trend stopped at the change instead, 700 (95% interval 500 to 950) would be expected, which cannot "
        "be told from what was counted."
    )
    spanish = tell_counterfactual(found, SETTING, frozen, NAMES, "es")
    assert spanish.endswith("lo que no se distingue de lo contado.")
    assert sorted(NUMBER.findall(said)) == sorted(NUMBER.findall(spanish))


def test_the_counterfactual_of_a_fit_says_its_own_numbers() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05")], errors="iid").fit(monthly_counts(step=0.5))
    found = result.counterfactual("2018-05", window="2018-H2")
    english, spanish = both(found.sentence)
    assert english.startswith(
        f"In the second half of 2018, the number of events counted was {found.observed:,.0f} where "
        f"{found.expected:,.0f} ({found.expected_low:,.0f} to {found.expected_high:,.0f}, not adjusted for serial "
        "correlation) would be expected had its course gone on without the change of May 2018: "
    )
    assert spanish.startswith("En el segundo semestre de 2018, ")


def test_an_interval_that_leaves_something_out_says_so() -> None:
    result = vs.InterruptedTimeSeries([vs.Step("2018-05")], errors="iid").fit(monthly_counts(step=0.5))
    english, spanish = both(result.counterfactual("2018-05", uncertainty=["parameters"]).sentence)
    assert "leaving out part of what is uncertain" in english
    assert "que deja fuera parte de la incertidumbre" in spanish


def test_an_event_of_a_case_bears_its_name() -> None:
    model = vs.InterruptedTimeSeries([vs.Step("2012-03")], harmonics=1)
    result = model.fit(vs.load_homicides("SLV"), window=("2010-01", "2013-12"))
    english, spanish = both(result.counterfactual("2012-03").sentence)
    assert "without the change of March 2012 (truce between the gangs)" in english
    assert "sin el cambio de marzo de 2012 (tregua entre pandillas)" in spanish


def test_beside_controls_it_changed_no_more_than_they_did() -> None:
    controls = {"Freedonia": monthly_counts(step=1.0, seed=5)}
    model = vs.ControlledInterruptedTimeSeries([vs.Step("2018-05")])
    found = model.fit(monthly_counts(step=0.5), controls=controls).counterfactual("2018-05")
    english, spanish = both(found.sentence)
    assert "had it changed from May 2018 on no more than its controls did" in english
    assert "si desde mayo de 2018 no hubiera cambiado más que sus controles" in spanish


def test_an_effect_taken_off_says_that_its_interval_holds_that_alone() -> None:
    model = vs.ARIMAInterruptedTimeSeries([vs.Step("2018-05")], order=(1, 0, 0))
    result = model.fit(monthly_counts(step=0.5))
    english, _ = both(result.counterfactual("2018-05", method="effects").sentence)
    assert "holding the uncertainty of the effect alone" in english
    assert "of the effect alone" not in result.counterfactual("2018-05").sentence()
