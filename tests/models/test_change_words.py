"""By hand: a change says no more than its interval, in either language."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quoting import NUMBER
from violence_stats.ledger.records import Words
from violence_stats.models.change_words import Change


def told(value: float, low: float, high: float, lang: Any = "en", **options: Any) -> str:
    """Say a change of the level against the trend."""
    words = {"en": ("From June on", "the level", "the trend"), "es": ("Desde junio", "el nivel", "de la tendencia")}
    change = Change(**{"value": value, "low": low, "high": high, "is_ratio": True, **options})
    return change.tell(*words[lang], lang)


def log(pct: float) -> float:
    """Give the log ratio of a change in per cent."""
    return math.log1p(pct / 100)


def test_a_fall_names_the_larger_end_first() -> None:
    # exp(log(0.69)) - 1 = -31%; ends at 0.50 and 0.95
    assert told(log(-31), log(-50), log(-5)) == (
        "From June on, the level was 31% lower (95% interval 50% to 5% lower) than the trend"
    )
    assert told(log(-31), log(-50), log(-5), "es") == (
        "Desde junio, el nivel quedó 31 % por debajo (intervalo del 95 %: de 50 % a 5 % por debajo) de la tendencia"
    )


def test_a_rise_names_the_smaller_end_first() -> None:
    assert "was 20% higher (95% interval 5% to 50% higher)" in told(log(20), log(5), log(50))
    assert "20 % por encima (intervalo del 95 %: de 5 % a 50 % por encima)" in told(log(20), log(5), log(50), "es")


@pytest.mark.parametrize(("low", "high"), [(-35.0, 20.0), (-35.0, 0.0), (0.0, 30.0)])
def test_an_interval_that_holds_no_change_says_that_it_cannot_be_told(low: float, high: float) -> None:
    value = (low + high) / 2
    assert "cannot be told from no change" in told(log(value), log(low), log(high))
    assert "no se distingue de la ausencia de cambio" in told(log(value), log(low), log(high), "es")


def test_both_sides_of_an_interval_are_named() -> None:
    assert "12% lower (95% interval 35% lower to 20% higher)" in told(log(-12), log(-35), log(20))


@pytest.mark.parametrize(("low", "high"), [(math.nan, math.nan), (-0.5, math.nan)])
def test_without_an_interval_the_counts_cannot_tell(low: float, high: float) -> None:
    assert "no interval could be computed, so the counts cannot tell whether it changed" in told(-0.5, low, high)
    assert "no permiten saber si cambió" in told(-0.5, low, high, "es")
    assert "nan" not in told(-0.5, low, high)


def test_ends_that_would_be_rounded_to_none_or_all_are_bounds() -> None:
    assert "50% to under 1% lower" in told(log(-31), log(-50), log(-0.2))
    assert "over 99% to 50% lower" in told(log(-90), log(-99.9), log(-50))
    assert "5.0% to under 0.1% lower" in told(log(-3), log(-5), log(-0.01))


def test_an_open_end_is_said() -> None:
    assert "11% higher or more" in told(2.0, log(11), math.inf)
    assert "11 % por encima o más" in told(2.0, log(11), math.inf, "es")
    assert "10% lower to no upper end" in told(2.0, log(-10), math.inf)


def test_values_have_a_unit_and_three_digits() -> None:
    unit = Words(en=" a month", es=" al mes")
    said = told(-12.34, -20.0, -4.0, is_ratio=False, unit=unit)
    assert "was 12.3 a month lower (95% interval 20.0 to 4.0 lower)" in said
    assert "0.0214 lower" in told(-0.0214, -0.04, -0.01, is_ratio=False)


def test_an_interval_that_ignores_serial_correlation_is_no_95_pct_interval() -> None:
    assert told(log(-31), log(-50), log(-5), adjusted=False).count("95%") == 0
    assert "50% to 5% lower, not adjusted for serial correlation" in told(log(-31), log(-50), log(-5), adjusted=False)
    assert "sin ajuste por correlación serial" in told(log(-31), log(-50), log(-5), "es", adjusted=False)


def test_caveats_stand_behind_the_interval() -> None:
    caveats = (Words(en="leaning on a limit", es="apoyado en un límite"),)
    assert "(95% interval 50% to 5% lower, leaning on a limit)" in told(log(-31), log(-50), log(-5), caveats=caveats)


ENDS = st.floats(-3, 3)


@given(ENDS, ENDS, ENDS, st.booleans())
def test_both_languages_carry_the_same_numbers_and_the_same_verdict(
    one: float, two: float, three: float, is_ratio: bool
) -> None:
    low, value, high = sorted((one, two, three))
    english, spanish = (told(value, low, high, lang, is_ratio=is_ratio) for lang in ("en", "es"))
    assert sorted(NUMBER.findall(english)) == sorted(NUMBER.findall(spanish))
    clear = low > 0 or high < 0
    assert ("cannot be told" in english) == ("no se distingue" in spanish) == (not clear)
