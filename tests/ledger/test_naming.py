"""By hand: what series and events are called, in the words of their case or in their own."""

from __future__ import annotations

from datetime import date

import pandas as pd

import violence_stats as vs
from violence_stats.ledger.naming import names_for
from violence_stats.months import parse_window
from violence_stats.series import CountSeries

INDEX = pd.period_range("2001-01", periods=12, freq="M")
OWN = names_for(CountSeries.from_monthly(pd.Series(1, index=INDEX)))


def test_a_series_of_a_case_is_named_by_it() -> None:
    assert names_for(vs.load_homicides("SLV")).subject == {
        "en": "homicides in El Salvador",
        "es": "homicidios en El Salvador",
    }


def test_a_series_of_ones_own_goes_by_its_own_words() -> None:
    named = CountSeries.from_monthly(pd.Series(1, index=INDEX), measure="car_thefts", country="Freedonia")
    assert names_for(named).subject == {"en": "car thefts in Freedonia", "es": "car thefts en Freedonia"}
    assert names_for(CountSeries.from_monthly(pd.Series(1, index=INDEX))).subject["es"] == "hechos contados"
    rates = CountSeries.from_periods(pd.Series(1.5, index=INDEX), kind="rate")
    assert names_for(rates).subject == {"en": "the series", "es": "la serie"}


def test_what_starts_on_a_day_is_named_by_the_intervention_before_its_candidates() -> None:
    names = names_for(vs.load_homicides("SLV"))
    assert names.start(date(2012, 3, 1), "en") == "truce between the gangs"
    assert names.start(date(2019, 6, 20), "es") == "despliegue del plan"
    assert names.start(date(2001, 1, 1), "en") == ""
    assert OWN.start(date(2012, 3, 1), "en") == ""


def test_a_spell_is_named_by_its_very_days() -> None:
    names = names_for(vs.load_homicides("SLV"))
    assert names.settings is not None
    lockdown = names.settings.lockdown
    assert lockdown is not None
    assert names.spell(lockdown.window, "en") == "mandatory home quarantine"
    assert names.spell(parse_window(("2020-03-21", "2020-06-12")), "en") == ""
    assert OWN.spell(lockdown.window, "en") == ""


def test_the_names_of_another_case_are_used_where_it_is_given() -> None:
    series = CountSeries.from_monthly(pd.Series(1, index=INDEX), measure="homicides", country="SLV")
    assert names_for(series).subject["es"] == "homicides en SLV"
    assert names_for(series, "SLV").subject["es"] == "homicidios en El Salvador"
    assert names_for(series, "SLV").country("GTM")["en"] == "Guatemala"
    assert names_for(series).country("GTM")["en"] == "GTM"
