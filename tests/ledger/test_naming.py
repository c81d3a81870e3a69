"""By hand: what series and events are called, in the words of their case or in their own."""

from __future__ import annotations

from datetime import date

import pandas as pd

import violence_stats as vs
from violence_stats.ledger import naming
from violence_stats.months import parse_window
from violence_stats.series import CountSeries

INDEX = pd.period_range("2001-01", periods=12, freq="M")


def test_a_series_of_a_case_is_named_by_it() -> None:
    assert naming.subject(vs.load_homicides("SLV")) == {
        "en": "homicides in El Salvador",
        "es": "homicidios en El Salvador",
    }


def test_a_series_of_ones_own_goes_by_its_own_words() -> None:
    named = CountSeries.from_monthly(pd.Series(1, index=INDEX), measure="car_thefts", country="Freedonia")
    assert naming.subject(named) == {"en": "car thefts in Freedonia", "es": "car thefts en Freedonia"}
    assert naming.subject(CountSeries.from_monthly(pd.Series(1, index=INDEX)))["es"] == "hechos contados"
    rates = CountSeries.from_periods(pd.Series(1.5, index=INDEX), kind="rate")
    assert naming.subject(rates) == {"en": "the series", "es": "la serie"}


def test_what_starts_on_a_day_is_named_by_the_intervention_before_its_candidates() -> None:
    settings = vs.load_case("SLV").settings
    assert naming.start_name(settings, date(2012, 3, 1), "en") == "truce between the gangs"
    assert naming.start_name(settings, date(2019, 6, 20), "es") == "despliegue del plan"
    assert naming.start_name(settings, date(2001, 1, 1), "en") == ""
    assert naming.start_name(None, date(2012, 3, 1), "en") == ""


def test_a_spell_is_named_by_its_very_days() -> None:
    settings = vs.load_case("SLV").settings
    assert settings.lockdown is not None
    assert naming.spell_name(settings, settings.lockdown.window, "en") == "mandatory home quarantine"
    assert naming.spell_name(settings, parse_window(("2020-03-21", "2020-06-12")), "en") == ""
    assert naming.spell_name(None, settings.lockdown.window, "en") == ""
