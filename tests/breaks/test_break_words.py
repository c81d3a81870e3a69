"""By hand and by the tables: a search says when and how surely, and a test no more than its p-value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

import violence_stats as vs
from tests.quoting import NUMBER, both
from violence_stats.breaks.break_words import NumberTests, OneBreak, n_supported, tell_breaks, tell_test
from violence_stats.breaks.find import sup_f
from violence_stats.ledger.naming import names_for
from violence_stats.series import CountSeries

MONTHS = CountSeries.from_monthly(pd.Series(5, index=pd.period_range("2001-01", periods=48, freq="M")))
NAMES = names_for(MONTHS)


def dated(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """A table of breaks: first period of the new regime, and both ends of its interval; blank ends for none."""
    periods = [[pd.Period(one, freq="M") if one else pd.NaT for one in row] for row in rows]
    return pd.DataFrame(
        {
            "first_day": [first.start_time.date() for first, _, _ in periods],
            "low": [low for _, low, _ in periods],
            "high": [high for _, _, high in periods],
            "confidence": 0.95,
        }
    )


def by_tests(*p_values: float, p_value: float | None = None, adjusted: bool = True) -> NumberTests:
    """Tests of one more break each."""
    names = [f"sup LR({k + 1}|{k})" for k in range(len(p_values))]
    statistics = pd.DataFrame({"p_value": list(p_values)}, index=names)
    return NumberTests(statistics=statistics, p_value=p_values[0] if p_value is None else p_value, adjusted=adjusted)


def test_breaks_are_named_with_the_intervals_of_their_dates() -> None:
    found = dated(("2002-03", "2002-02", "2002-06"), ("2003-07", "2003-07", "2003-07"))
    assert tell_breaks(MONTHS, found, by_tests(0.012, 0.3), NAMES, "en") == (
        "Without any date given, the best-fitting breaks in the number of events counted from January 2001 to December "
        "2004 start new regimes in March 2002 (95% interval February 2002 to June 2002) and July 2003 (95% interval "
        "July 2003); one test after another at 5% supports 1 of 2 (no break at all: p 0.012). The counts say when, not "
        "why."
    )
    spanish = tell_breaks(MONTHS, found, by_tests(0.012, 0.3), NAMES, "es")
    assert "inician nuevos regímenes en marzo de 2002 (intervalo del 95 %: febrero de 2002 a junio de 2002)" in spanish
    assert spanish.endswith("Los conteos dicen cuándo, no por qué.")


def test_breaks_that_no_test_supports_cannot_be_told_from_none() -> None:
    one, two = dated(("2002-03", "2002-02", "2002-06")), dated(("2002-03", "", ""), ("2003-07", "", ""))
    assert "; it cannot be told from no break (p 0.200)" in tell_breaks(MONTHS, one, by_tests(0.2), NAMES, "en")
    said = tell_breaks(MONTHS, two, by_tests(0.2, 0.3), NAMES, "en")
    assert "; they cannot be told from no break (p 0.200)" in said
    assert "March 2002 (no interval)" in said
    assert "supports" not in said
    assert "no se distingue de la ausencia de quiebre" in tell_breaks(MONTHS, one, by_tests(0.2), NAMES, "es")


def test_no_break_found_does_not_show_that_there_was_none() -> None:
    said = tell_breaks(MONTHS, dated(), by_tests(0.583), NAMES, "en")
    assert said.endswith(
        "no break is found in the number of events counted from January 2001 to December 2004 "
        "(p 0.583), which does not show that there was none."
    )
    assert "lo que no muestra que no lo hubiera" in tell_breaks(MONTHS, dated(), by_tests(0.583), NAMES, "es")


def test_without_a_test_the_counts_cannot_tell() -> None:
    found = dated(("2002-03", "2002-02", "2002-06"))
    said = tell_breaks(MONTHS, found, by_tests(0.2, p_value=float("nan")), NAMES, "en")
    assert "no test could be made, so the counts cannot tell" in said
    assert "nan" not in said


def test_tests_that_ignore_serial_correlation_say_so() -> None:
    found = dated(("2002-03", "2002-02", "2002-06"))
    assert "(no break at all: p 0.001 or less, not adjusted for serial correlation)" in tell_breaks(
        MONTHS, found, by_tests(0.0001, adjusted=False), NAMES, "en"
    )


@pytest.mark.parametrize(
    ("p_values", "expected"), [((0.2,), 0), ((0.01, 0.2), 1), ((0.01, 0.02, 0.2, 0.01), 2), ((0.01, 0.02), 2)]
)
def test_support_ends_with_the_first_test_that_fails(p_values: tuple[float, ...], expected: int) -> None:
    assert n_supported(by_tests(*p_values).statistics) == expected


def test_support_by_f_tests_starts_from_that_of_one_break() -> None:
    rows = {"sup F(1)": 0.01, "sup F(2)": 0.01, "sup F(2|1)": 0.3, "sup F(3|2)": 0.01, "UDmax(3)": 0.01}
    assert n_supported(pd.DataFrame({"p_value": rows})) == 1


def test_a_test_says_whether_a_break_can_be_told_from_none() -> None:
    def say(p_value: float, null: float | None = None, lang: str = "en") -> str:
        test = OneBreak(first_day=date(2002, 3, 1), p_value=p_value, p_value_null=null, adjusted=True)
        return tell_test(MONTHS, test, NAMES, lang)  # type: ignore[arg-type]

    assert "can be told from no break (p 0.012); it fits best where March 2002 starts the new regime" in say(0.012)
    assert "cannot be told from no break (p 0.050)" in say(0.05)
    assert "cannot tell a break" in say(0.012, 0.2)
    assert "p is 0.012 if the wandering is measured beside a break, 0.200 if without" in say(0.012, 0.2)
    assert "can be told" in say(0.012, 0.02)
    assert "no test of a break" in say(float("nan"))
    for p_value, null in ((0.012, None), (0.2, None), (0.012, 0.2), (float("nan"), None)):
        english, spanish = say(p_value, null), say(p_value, null, "es")
        assert sorted(NUMBER.findall(english)) == sorted(NUMBER.findall(spanish))


def quarters() -> pd.Series:
    """Counts by quarter that rise by more than half in the second quarter of 2016."""
    mean = np.where(np.arange(40) >= 25, 170, 100)
    return pd.Series(np.random.default_rng(1).poisson(mean), index=pd.period_range("2010Q1", periods=40, freq="Q"))


def test_quarters_are_called_quarters() -> None:
    english, spanish = both(vs.find_breaks(quarters()).sentence)
    assert "starts a new regime in the second quarter of 2016 (95% interval the second quarter of 2016)" in english
    assert "en el segundo trimestre de 2016" in spanish
    assert "not adjusted for serial correlation" in english
    english, _ = both(sup_f(quarters(), errors="newey-west").sentence)
    assert "it fits best where the second quarter of 2016 starts the new regime" in english
    assert "not adjusted" not in english
    assert "not adjusted for serial correlation" in sup_f(quarters()).sentence()


def test_a_posterior_is_set_beside_how_often_it_sees_a_break_where_there_is_none() -> None:
    index = pd.period_range("2010-01", periods=60, freq="M")
    counts = pd.Series(np.random.default_rng(1).poisson(np.where(np.arange(60) >= 30, 60, 100)), index=index)
    found = vs.find_breaks(counts, method="bayes", max_breaks=2)
    english, spanish = both(found.sentence)
    rates = found.posterior.false_breaks  # type: ignore[union-attr]
    assert "the probability of one break or more is over 0.99 if periods of one regime are independent" in english
    assert f"{100 * rates['over_95_pct'][0.5]:.0f}%" in english
    assert "la probabilidad de uno o más quiebres es más de 0.99" in spanish


def test_counts_over_windows_name_the_case() -> None:
    english, spanish = both(sup_f(vs.load_homicides("SLV").between("2009-01", "2025-11")).sentence)
    assert "in the number of homicides in El Salvador from January 2009 to November 2025" in english
    assert "en el número de homicidios en El Salvador de enero de 2009 a noviembre de 2025" in spanish


def test_names_of_a_case_are_used_where_it_is_given() -> None:
    series = vs.CountSeries.from_periods(quarters())
    series = replace(series, measure="homicides", country="SLV")
    for found in (vs.find_breaks(series), sup_f(series)):
        assert "en el número de homicides en SLV" in found.sentence("es")
        assert "en el número de homicidios en El Salvador" in found.sentence("es", case="SLV")
