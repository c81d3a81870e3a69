"""Settings: read with their types, and refused where a key is missing, misspelt or points nowhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.ledger.conftest import SETTINGS, WriteCase
from violence_stats.errors import DataError, SelectionError
from violence_stats.ledger.case import load_case
from violence_stats.months import parse_window


def test_settings_are_read(case_folder: Path) -> None:
    settings = load_case(case_folder).settings
    assert (settings.case_id, settings.country, settings.measure) == ("AAA", "AAA", "deaths")
    assert settings.title["es"] == "Muertes en un país inventado"
    assert settings.publisher_order == ("HOS", "POL")
    assert settings.definitions["all"]["en"] == "all deaths"
    assert settings.lockdown is not None
    assert settings.lockdown.window == parse_window(("2001-04-02", "2001-04-09"))
    assert (settings.controls[0].country, settings.controls[0].publisher) == ("BBB", "POL")
    assert (settings.annual_sums[0].year, settings.annual_sums[0].tolerance) == (2001, 2)
    assert settings.episodes[0].ends == ("old-law-ends",)


def test_interventions_stand_in_order_of_time(case_folder: Path) -> None:
    settings = load_case(case_folder).settings
    assert [one.id for one in settings.interventions] == ["2001-03", "2001-04"]
    law = settings.intervention("2001-03")
    assert (law.date, law.studies, law.candidates[0].date) == (date(2001, 3, 10), ("one-2002",), date(2001, 3, 10))


def test_the_last_day_is_the_chains(case_folder: Path) -> None:
    settings = load_case(case_folder).settings
    assert settings.window("whole") == parse_window(("2001-01-01", "2001-05-31"))


def test_an_unknown_name_is_told_what_exists(case_folder: Path) -> None:
    settings = load_case(case_folder).settings
    with pytest.raises(SelectionError, match="no intervention '1999-01': expected one of 2001-03, 2001-04"):
        settings.intervention("1999-01")
    with pytest.raises(SelectionError, match="no window named 'after': expected one of before, whole"):
        settings.window("after")


def test_what_a_case_has_not_may_be_left_out(write_case: WriteCase) -> None:
    least = SETTINGS.split("[windows]", maxsplit=1)[0]
    settings = load_case(write_case({"case.toml": least, "claims.toml": None})).settings
    assert (settings.interventions, settings.windows, settings.lockdown, settings.bursts) == ((), {}, None, ())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('measure = "deaths"', "measure = 3", r"case\.toml, measure: expected a text, got 3; correct it"),
        ('measure = "deaths"\n', "", r"case\.toml, measure: expected a value, got nothing"),
        ('measure = "deaths"', 'measure = "deaths"\ncolour = "red"', r"case\.toml, colour: no such setting"),
        ('qualities = ["high", "medium", "low"]', 'qualities = "high"', r"ties qualities: expected a list of texts"),
        ('"Deaths in a made-up country", es', '"Deaths", fr', r"title: expected a text in both languages"),
        (
            "date = 2001-03-10\nkind",
            'date = "2001-03-10"\nkind',
            r"interventions 2 date: expected a day without quotes",
        ),
        ("date = 2001-03-10\nkind", "day = 2001-03-10\nkind", r"interventions 2 date: expected a value, got nothing"),
        ('before = ["2001-01", "2001-02"]', 'before = ["2001-02", "2001-01"]', r"windows before: .*reversed"),
        ('before = ["2001-01", "2001-02"]', 'before = ["2001-01"]', r"windows before: expected a window"),
        ("tolerance = 2", "tolerance = -2", r"annual_sums 1 tolerance: expected a whole number of 0 or more"),
        ('sources = ["new-law"]\nstudies', 'sources = ["no-law"]\nstudies', r"2001-03: no event .* the id 'no-law'"),
        ('ends = ["old-law-ends"]', 'ends = ["never"]', r"law: no event in events\.csv has the id 'never'"),
        ('intervention = "2001-03"', 'intervention = "2001-05"', r"no intervention has the id '2001-05'"),
        ("[ties]", "[ties", r"case\.toml: not readable as TOML"),
    ],
)
def test_a_faulty_setting_is_named(write_case: WriteCase, old: str, new: str, message: str) -> None:
    assert old in SETTINGS
    with pytest.raises(DataError, match=message):
        load_case(write_case({"case.toml": SETTINGS.replace(old, new, 1)}))
