"""By hand: what placebos, curves and power say in Spanish carries the numbers of the English."""

from __future__ import annotations

from datetime import date

import pytest

from tests.quoting import NUMBER
from violence_stats.ledger.records import Language
from violence_stats.robustness.result_words import share_words, tell_curve, tell_placebo, tell_power


def test_shares_near_none_or_all_are_bounds_in_both_languages() -> None:
    assert [share_words(one, "es").replace("\u00a0", " ") for one in (0.001, 0.5, 0.999)] == ["<1 %", "50 %", ">99 %"]
    assert [share_words(one) for one in (0.001, 0.5, 0.999)] == ["<1%", "50%", ">99%"]


def test_a_placebo_in_both_languages() -> None:
    def say(lang: Language) -> str:
        return tell_placebo(date(2019, 6, 1), rank=3, n_placebos=38, p_value=3 / 39, smallest_p=1 / 39, lang=lang)

    assert say("en") == (
        "The effect at 2019-06-01 ranks 3 of 39 by size (p 0.077); 38 placebo dates can give no p below 0.026."
    )
    assert say("es") == (
        "El efecto del 1 de junio de 2019 ocupa el lugar 3 de 39 por tamaño (p 0.077); con 38 fechas placebo, la p no "
        "puede bajar de 0.026."
    )


def test_a_curve_in_both_languages() -> None:
    shares = {"fall": 0.996, "rise": 0.004, "fall_clear": 0.5, "rise_clear": 0.0}
    spread = {"lowest": 0.4, "lower_quartile": 0.5, "median": 0.61234, "upper_quartile": 0.7, "highest": 1.02}
    english, spanish = (tell_curve(shares, spread, 1234, lang) for lang in ("en", "es"))
    assert english == (
        "Of 1,234 specifications >99% see a fall and <1% a rise; the interval excludes no change in 50% on the side of "
        "a fall and in 0% on that of a rise. The rate ratios run from 0.4000 to 1.020, half of them between 0.5000 and "
        "0.7000, with median 0.6123."
    )
    assert spanish == (
        "De 1,234 especificaciones, el >99 % ve una baja y el <1 %, un alza; el intervalo excluye la ausencia de "
        "cambio del lado de una baja en el 50 % y del de un alza en el 0 %. Las razones de tasas van de 0.4000 a "
        "1.020, la mitad de ellas entre 0.5000 y 0.7000, con una mediana de 0.6123."
    )


@pytest.mark.parametrize("rate_ratio", [0.7612, None])
def test_power_in_both_languages(rate_ratio: float | None) -> None:
    english, spanish = (
        tell_power(change_pct=-23.9, rate_ratio=rate_ratio, power=0.8, alarm=0.05, lang=lang) for lang in ("en", "es")
    )
    assert "-24%" in english
    assert "−24 %" in spanish
    assert sorted(NUMBER.findall(english.replace("-", "−"))) == sorted(NUMBER.findall(spanish))
    assert ("not be found" in english) == ("Ni siquiera" in spanish) == (rate_ratio is None)
