"""By hand: numbers, dates and windows as the press of each language prints them."""

from __future__ import annotations

from datetime import date

import pytest

from violence_stats import wording
from violence_stats.errors import SelectionError
from violence_stats.ledger.records import Language
from violence_stats.months import Frequency, parse_window


def test_counts_carry_commas_in_both_languages() -> None:
    assert wording.whole(1576) == "1,576"
    assert wording.whole(-1234.4) == "\u22121,234"


def test_percent_has_a_space_that_does_not_break_in_spanish_only() -> None:
    assert wording.percent(62.5, "en") == "62.5%"
    assert wording.percent(62.5, "es") == "62.5\u00a0%"


def test_a_number_that_rounds_to_nought_has_no_sign() -> None:
    assert wording.decimal(-0.04) == "0.0"
    assert wording.decimal(-0.06) == "\u22120.1"


@pytest.mark.parametrize(
    ("window", "en", "es"),
    [
        ("2020-H1", "first half of 2020", "primer semestre de 2020"),
        ("2019-H2", "second half of 2019", "segundo semestre de 2019"),
        ("2015", "2015", "2015"),
        ("2019-06", "June 2019", "junio de 2019"),
        (("2020-07", "2020-09"), "July to September 2020", "julio a septiembre de 2020"),
        (("2010-01", "2013-12"), "January 2010 to December 2013", "enero de 2010 a diciembre de 2013"),
        ("2020-04-24", "24 April 2020", "24 de abril de 2020"),
        (("2020-03-21", "2020-06-13"), "21 March 2020 to 13 June 2020", "21 de marzo de 2020 a 13 de junio de 2020"),
    ],
)
def test_windows_in_words(window: str | tuple[str, str], en: str, es: str) -> None:
    span = parse_window(window)
    assert wording.window(span, "en").replace("\u00a0", " ") == en
    assert wording.window(span, "es").replace("\u00a0", " ") == es


def test_spanish_and_turns_to_e_before_an_i_sound() -> None:
    assert wording.listing(["PNC", "IML"], "es") == "PNC e IML"
    assert wording.listing(["PNC", "FGR"], "es") == "PNC y FGR"
    assert wording.listing(["PNC", "hierro"], "es") == "PNC y hierro"
    assert wording.listing(["a"], "en") == "a"
    assert wording.listing([], "en") == ""


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(SelectionError, match="'fr'"):
        wording.check_language("fr")


@pytest.mark.parametrize(
    ("start", "frequency", "en", "es"),
    [
        (date(2019, 6, 1), "M", "June 2019", "junio de 2019"),
        (date(2019, 6, 20), "M", "20 June 2019", "el 20 de junio de 2019"),
        (date(2019, 10, 1), "Q", "the fourth quarter of 2019", "el cuarto trimestre de 2019"),
        (date(2019, 6, 1), "Q", "June 2019", "junio de 2019"),
        (date(2019, 1, 1), "Y", "2019", "2019"),
        (date(2019, 6, 1), "Y", "June 2019", "junio de 2019"),
    ],
)
def test_what_begins_on_a_day_is_named_by_its_period(start: date, frequency: Frequency, en: str, es: str) -> None:
    assert [wording.period(start, frequency, lang).replace("\u00a0", " ") for lang in wording.LANGUAGES] == [en, es]


@pytest.mark.parametrize(
    ("window", "lang", "expected"),
    [
        ("2020-H1", "en", "in the first half of 2020"),
        (("2010-01", "2013-12"), "es", "de enero de 2010 a diciembre de 2013"),
        ("2020-04-24", "en", "on 24 April 2020"),
        (("2020-03-21", "2020-06-13"), "es", "del 21 de marzo de 2020 al 13 de junio de 2020"),
    ],
)
def test_spans_with_their_prepositions(window: str | tuple[str, str], lang: Language, expected: str) -> None:
    assert wording.during(parse_window(window), lang).replace("\u00a0", " ") == expected


def test_only_an_interval_that_allows_for_serial_correlation_is_one_at_95_pct() -> None:
    assert wording.interval("3 to 5", "en") == "95% interval 3 to 5"
    assert wording.interval("3 a 5", "es", adjusted=False) == "3 a 5, sin ajuste por correlación serial"


def test_a_plain_line_has_plain_spaces_and_contracted_articles() -> None:
    assert wording.plain_line("frente a el 62.5\u00a0% de el año") == "frente al 62.5 % del año"
