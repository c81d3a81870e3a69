"""Choosing from the ledger: by name, by window, by what was known."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from violence_stats.errors import SelectionError, WindowError
from violence_stats.ledger.case import load_case
from violence_stats.ledger.ledger import Ledger


@cache
def shipped_ledger() -> Ledger:
    return load_case().ledger


def ids(figures: tuple[object, ...]) -> list[str]:
    return [one.figure_id for one in figures]  # type: ignore[attr-defined]


def test_disputed_and_derived_figures_stay_out_unless_asked_for(ledger: Ledger) -> None:
    assert ids(ledger.select(country="AAA")) == ["A1", "A2", "A3", "A4", "A5", "A7", "A8", "A9"]
    assert "A6" in ids(ledger.select(without=("derived",)))
    assert "A10" in ids(ledger.select(without=("disputed",)))


def test_each_name_narrows(ledger: Ledger) -> None:
    assert ids(ledger.select(publisher="HOS")) == ["A5"]
    assert ids(ledger.select(definition="narrow")) == ["A9"]
    assert ids(ledger.select(area="North")) == ["A11"]
    assert "A11" in ids(ledger.select(area=None))
    assert ids(ledger.select(window="2001-02")) == ["A2", "A3"]
    assert ids(ledger.select(window=("2001-01", "2001-03"))) == ["A4"]
    assert ledger.select(window="2009") == ()


def test_as_of_counts_the_day_itself(ledger: Ledger) -> None:
    assert ids(ledger.select(window="2001-02", as_of="2001-03-05")) == ["A2"]
    assert ids(ledger.select(window="2001-02", as_of="2001-03-04")) == []
    assert ids(ledger.select(window="2001-02", as_of="2001-06-29")) == ["A2"]
    assert ids(ledger.select(window="2001-02", as_of="2001-06")) == ["A2", "A3"]


def test_an_undated_figure_is_never_known_to_an_as_of(ledger: Ledger) -> None:
    assert "A8" in ledger.figures
    assert "A8" not in ledger.as_of("2999").figures
    assert len(ledger.as_of("2999").figures) == len(ledger.figures) - 1


def test_the_ledger_as_of_a_day_holds_what_was_known(ledger: Ledger) -> None:
    then = ledger.as_of("2001-04-02")
    assert set(then.figures) == {"A1", "A2", "A4", "A11"}
    assert then.sources == ledger.sources


@given(st.integers(0, 400), st.integers(0, 400))
def test_knowledge_only_grows(first: int, later: int) -> None:
    ledger = shipped_ledger()
    start = date(2020, 1, 1) + timedelta(days=first)
    before, after = ledger.as_of(start), ledger.as_of(start + timedelta(days=later))
    assert before.figures.keys() <= after.figures.keys()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"country": "XXX"}, "no figures with country XXX: expected one of AAA"),
        ({"country": "AAA", "measure": "thefts"}, "no figures with measure thefts in AAA: expected one of deaths"),
        ({"measure": "deaths", "area": "South"}, 'area South for deaths in AAA: expected one of "", North'),
        ({"publisher": "XYZ"}, "publisher XYZ for deaths in AAA: expected one of HOS, POL"),
        ({"definition": ""}, 'definition "" for deaths in AAA: expected one of all, narrow'),
    ],
)
def test_an_unknown_name_is_told_what_exists(ledger: Ledger, asked: dict[str, str], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        ledger.select(**asked)  # type: ignore[arg-type]


def test_a_malformed_day_or_window_is_refused(ledger: Ledger) -> None:
    with pytest.raises(WindowError):
        ledger.select(as_of="soon")
    with pytest.raises(WindowError):
        ledger.select(window="2001-13")
