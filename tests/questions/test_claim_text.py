"""A checked claim in words: by hand, and the numbers of both languages against each other."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

import violence_stats as vs
from violence_stats.ledger.case import Case
from violence_stats.months import parse_window
from violence_stats.questions.claim_check import ClaimCheck
from violence_stats.questions.claim_text import against, when
from violence_stats.series import CountSeries
from violence_stats.wording import NO_BREAK

NUMBER = re.compile(r"[+−]?\d[\d,]*(?:\.\d+)?")


def check(values: list[float], claimed: Any, **options: Any) -> ClaimCheck:
    series = CountSeries.from_monthly(
        pd.Series(values, index=pd.period_range("2001-01", periods=len(values), freq="M")), **options
    )
    return vs.check_claim(series, window="2001-02", baseline="2001-01", claimed_pct=claimed)


def test_the_sentence_to_quote_in_english(headline: ClaimCheck) -> None:
    assert headline.sentence("en") == (
        "Like with like, published counts of homicides in El Salvador fell by 62.6% to 62.8% in the first half of 2020 "
        "against the first half of 2019 (reference series, with figures digitised from a chart: 1,576 to 589; police: "
        "1,561 to 583; police, with figures digitised from a chart: 1,576 to 586): close to the claimed fall of 62.5%, "
        "although no pair of counts rounds to it."
    )


def test_the_sentence_to_quote_in_spanish(headline: ClaimCheck) -> None:
    assert headline.sentence("es") == (
        "Según cifras publicadas y comparables entre sí, el número de homicidios en El Salvador bajó entre 62.6 % y "
        "62.8 % en el primer semestre de 2020 frente al primer semestre de 2019 (serie de referencia, con datos "
        "digitalizados de un gráfico: de 1,576 a 589; Policía Nacional Civil: de 1,561 a 583; Policía Nacional Civil, "
        "con datos digitalizados de un gráfico: de 1,576 a 586): cerca de la baja de 62.5 % que se afirma, aunque "
        "ningún par de cifras da ese porcentaje al redondear."
    )


@pytest.mark.parametrize("as_of", [None, "2002-05-15", "2002-06-15"])
@pytest.mark.parametrize("claimed", [-40, "-39.8", -41, "-40.1", 40, 0])
def test_both_languages_carry_the_same_numbers_in_one_sentence(aland: Case, as_of: str | None, claimed: Any) -> None:
    series = vs.load_homicides(aland, as_of=as_of)
    claim = vs.check_claim(series, window="2002-Q1", baseline="2001-Q1", claimed_pct=claimed, case=aland)
    english, spanish = claim.sentence("en"), claim.sentence("es")
    assert sorted(NUMBER.findall(english)) == sorted(NUMBER.findall(spanish))
    assert len(NUMBER.findall(english)) > 4
    for text in (english, spanish):
        assert text.endswith(".")
        assert ". " not in text
        assert NO_BREAK not in text
        assert "{" not in text
    assert " %" not in english
    assert not re.search(r"\d%", spanish)
    assert " de el " not in spanish
    assert " a el " not in spanish


@pytest.mark.parametrize(
    ("values", "claimed", "english", "spanish"),
    [
        ([100, 50], -50, "fell by 50.0%", "bajó 50.0 %"),
        ([100, 150], 50, "rose by 50.0%", "subió 50.0 %"),
        ([100, 100], 0, "changed by 0.0%", "varió 0.0 %"),
        ([100, 150], 50, "the claimed rise of 50% is confirmed", "el alza de 50 % que se afirma se confirma"),
        ([1000, 996], "0", "the claimed change of 0% is confirmed", "el cambio de 0 % que se afirma se confirma"),
        ([1000, 1004], "0.1", "close to the claimed rise of 0.1%", "cerca del alza de 0.1 % que se afirma"),
        ([100, 50], -40, "the claimed fall of 40% is not confirmed", "la baja de 40 % que se afirma no se confirma"),
        ([3000, 1500], "-50.00", "(the series given: 3,000 to 1,500)", "(la serie dada: de 3,000 a 1,500)"),
        ([3000, 1500], "-50.00", "fell by 50.00%", "bajó 50.00 %"),
    ],
)
def test_wording_of_directions_and_verdicts(values: list[float], claimed: Any, english: str, spanish: str) -> None:
    claim = check(values, claimed)
    assert english in claim.sentence("en")
    assert spanish in claim.sentence("es")


def test_falls_and_rises_together_carry_their_signs(aland: Case) -> None:
    mine = CountSeries.from_monthly(
        pd.Series([10.0] * 12 + [12.0] * 3, index=pd.period_range("2001-01", periods=15, freq="M")),
        measure="deaths",
        country="AAA",
    )
    claim = vs.check_claim(mine, window="2002-Q1", baseline="2001-Q1", claimed_pct=20, case=aland)
    assert "changed by between −42.9% and +20.0%" in claim.sentence("en")
    assert "varió entre −42.9 % y +20.0 %" in claim.sentence("es")


def test_a_long_list_of_pairs_is_cut_to_the_first_the_extremes_and_the_nearest(aland: Case) -> None:
    claim = vs.check_claim(vs.load_homicides(aland), window="2002-Q1", baseline="2001-Q1", claimed_pct=-41, case=aland)
    sentence = claim.sentence("en")
    # 105 to 65 comes first and is an extreme, 105 to 60 the other, 96 to 57 (-40.6) the nearest; 2 are left out.
    assert (
        "(police, with figures digitised from a chart: 105 to 65 and 105 to 60; police: 96 to 57; and 2 more"
        in sentence
    )


def test_a_series_is_called_by_its_names() -> None:
    claim = check([100, 50], -50, measure="car_thefts", country="Freedonia", publisher="Gazette")
    assert "car thefts in Freedonia fell" in claim.sentence("en")
    assert "(Gazette: 100 to 50)" in claim.sentence("en")
    assert "el número de car thefts en Freedonia" in claim.sentence("es")


def test_labels_say_who_how_and_when(headline: ClaimCheck) -> None:
    english = [headline.label(one, "en").replace(NO_BREAK, " ") for one in headline.comparisons]
    assert english[:3] == [
        "reference series, with digitised figures",
        "police, printed in one document, as known on 17 July 2020",
        "police, months added up, as known on 12 October 2020, with digitised figures",
    ]
    assert (
        "ministry or presidency (months added up, as known on 5 August 2020), "
        "against police (one figure, as known on 17 July 2020)"
    ) in english
    spanish = [headline.label(one, "es").replace(NO_BREAK, " ") for one in headline.comparisons]
    assert spanish[1] == "Policía Nacional Civil, publicadas en un mismo documento, al 17 de julio de 2020"


@pytest.mark.parametrize(
    ("window", "in_english", "against_english", "in_spanish", "against_spanish"),
    [
        ("2020", "in 2020", "2020", "en 2020", "2020"),
        ("2020-06", "in June 2020", "June 2020", "en junio de 2020", "junio de 2020"),
        (
            "2020-H2",
            "in the second half of 2020",
            "the second half of 2020",
            "en el segundo semestre de 2020",
            "el segundo semestre de 2020",
        ),
        (
            ("2020-01", "2020-05"),
            "from January to May 2020",
            "January to May 2020",
            "de enero a mayo de 2020",
            "el período de enero a mayo de 2020",
        ),
        ("2020-04-24", "on 24 April 2020", "24 April 2020", "el 24 de abril de 2020", "el 24 de abril de 2020"),
    ],
)
def test_spans_in_words(
    window: Any, in_english: str, against_english: str, in_spanish: str, against_spanish: str
) -> None:
    span = parse_window(window)
    assert when(span, "en").replace(NO_BREAK, " ") == in_english
    assert against(span, "en").replace(NO_BREAK, " ") == against_english
    assert when(span, "es").replace(NO_BREAK, " ") == in_spanish
    assert against(span, "es").replace(NO_BREAK, " ") == against_spanish
