"""Numbers and dates as they are printed, in English and in Central American Spanish (1,576 and 62.5 %)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from violence_stats.errors import SelectionError
from violence_stats.ledger.records import Language
from violence_stats.months import Frequency, Window

LANGUAGES: tuple[Language, ...] = ("en", "es")

NO_BREAK = "\u00a0"
MINUS = "\u2212"

_MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}
_HALVES: dict[Language, tuple[str, str]] = {
    "en": ("first half of {year}", "second half of {year}"),
    "es": ("primer semestre de {year}", "segundo semestre de {year}"),
}
_QUARTERS: dict[Language, tuple[str, ...]] = {
    "en": (
        "first quarter of {year}",
        "second quarter of {year}",
        "third quarter of {year}",
        "fourth quarter of {year}",
    ),
    "es": (
        *("primer trimestre de {year}", "segundo trimestre de {year}"),
        *("tercer trimestre de {year}", "cuarto trimestre de {year}"),
    ),
}
_INTERVAL: dict[Language, tuple[str, str]] = {
    "en": ("95% interval {ends}", "{ends}, not adjusted for serial correlation"),
    "es": ("intervalo del 95\u00a0%: {ends}", "{ends}, sin ajuste por correlación serial"),
}
_KNOWN: dict[Language, str] = {
    "en": "As known on {day}. {said}",
    "es": "Según lo que se sabía el {day}. {said}",
}
_AND: dict[Language, str] = {"en": "and", "es": "y"}
_TO: dict[Language, str] = {"en": "to", "es": "a"}


def check_language(lang: str) -> Language:
    """Give `lang` back if the package speaks it.

    Raises
    ------
    SelectionError
        If it is neither ``en`` nor ``es``.
    """
    for known in LANGUAGES:
        if lang == known:
            return known
    raise SelectionError(f"language {lang!r} is not known: expected one of {', '.join(LANGUAGES)}")


def whole(number: float) -> str:
    """Print a count: rounded to a whole number, thousands set apart by commas in both languages.

    Examples
    --------
    >>> whole(1576)
    '1,576'
    """
    return f"{number:,.0f}".replace("-", MINUS)


def decimal(number: float, places: int = 1) -> str:
    """Print a number with a decimal point in both languages.

    Examples
    --------
    >>> decimal(12.345, 2)
    '12.35'
    """
    text = f"{number:,.{places}f}"
    return text.replace("-", MINUS) if float(text.replace(",", "")) else text.lstrip("-")


def percent(number: float, lang: Language, places: int = 1) -> str:
    """Print a percentage with its sign: ``62.5%`` in English, ``62.5 %`` (space that does not break) in Spanish.

    Examples
    --------
    >>> percent(62.5, "en")
    '62.5%'
    """
    return f"{decimal(number, places)}{NO_BREAK if lang == 'es' else ''}%"


def day(value: date, lang: Language) -> str:
    """Print a day in words.

    Examples
    --------
    >>> day(date(2019, 6, 1), "es").replace(NO_BREAK, " ")
    '1 de junio de 2019'
    """
    name = _MONTHS[lang][value.month - 1]
    if lang == "es":
        return f"{value.day}{NO_BREAK}de {name} de {value.year}"
    return f"{value.day}{NO_BREAK}{name} {value.year}"


def month(value: date, lang: Language) -> str:
    """Print the month of a day in words.

    Examples
    --------
    >>> month(date(2019, 6, 1), "en")
    'June 2019'
    """
    name = _MONTHS[lang][value.month - 1]
    return f"{name} de {value.year}" if lang == "es" else f"{name} {value.year}"


def window(span: Window, lang: Language) -> str:
    """Print a window in words, the shortest that is exact.

    Examples
    --------
    >>> from violence_stats.months import parse_window
    >>> window(parse_window("2020-H1"), "es"), window(parse_window(("2016-04", "2020-06")), "en")
    ('primer semestre de 2020', 'April 2016 to June 2020')
    """
    if not span.is_whole_months:
        return day(span.start, lang) if span.n_days == 1 else _pair(day(span.start, lang), day(span.end, lang), lang)
    if span.is_one_month:
        return month(span.start, lang)
    if span.start.year == span.end.year:
        edges = (span.start.month, span.end.month)
        if edges == (1, 12):
            return str(span.start.year)
        if edges in ((1, 6), (7, 12)):
            return _HALVES[lang][edges[0] // 7].format(year=span.start.year)
        return _pair(_MONTHS[lang][edges[0] - 1], month(span.end, lang), lang)
    return _pair(month(span.start, lang), month(span.end, lang), lang)


def capital(text: str) -> str:
    """Start with a capital and leave the rest as it is.

    Examples
    --------
    >>> capital("from June 2019 on")
    'From June 2019 on'
    """
    return text[:1].upper() + text[1:]


def period(start: date, frequency: Frequency, lang: Language) -> str:
    """Name what begins on a day: the month, quarter or year where the day is the first of one, else the day itself.

    With its article where it takes one, so that "from ... on" may stand around it.

    Examples
    --------
    >>> period(date(2019, 7, 1), "Q", "en"), period(date(2019, 7, 1), "M", "es")
    ('the third quarter of 2019', 'julio de 2019')
    >>> period(date(2019, 6, 20), "M", "es").replace(NO_BREAK, " ")
    'el 20 de junio de 2019'
    """
    if start.day != 1:
        return f"el {day(start, lang)}" if lang == "es" else day(start, lang)
    if frequency == "Q" and start.month % 3 == 1:
        return ("el " if lang == "es" else "the ") + _QUARTERS[lang][start.month // 3].format(year=start.year)
    return str(start.year) if frequency == "Y" and start.month == 1 else month(start, lang)


def during(span: Window, lang: Language) -> str:
    """Say in which span, with its preposition.

    Examples
    --------
    >>> from violence_stats.months import parse_window
    >>> during(parse_window("2020-H1"), "es"), during(parse_window("2020-06"), "en")
    ('en el primer semestre de 2020', 'in June 2020')
    """
    words = window(span, lang)
    if is_half(span):
        return f"in the {words}" if lang == "en" else f"en el {words}"
    if span.n_days == 1:
        return f"on {words}" if lang == "en" else f"el {words}"
    if is_one_name(span):
        return f"in {words}" if lang == "en" else f"en {words}"
    if lang == "es" and not span.is_whole_months:
        return f"del {day(span.start, lang)} al {day(span.end, lang)}"
    return f"from {words}" if lang == "en" else f"de {words}"


def is_half(span: Window) -> bool:
    """Whether a window is a half-year."""
    return "-H" in span.label


def is_one_name(span: Window) -> bool:
    """Whether a window is a year or a month."""
    return "/" not in span.label


def plain_line(text: str) -> str:
    """Use plain spaces, which can be searched for and pasted anywhere, and contract the Spanish article.

    Examples
    --------
    >>> plain_line("a partir de el 62.5\u00a0%")
    'a partir del 62.5 %'
    """
    return contracted(text.replace(NO_BREAK, " "))


def contracted(text: str) -> str:
    """Contract the Spanish article.

    Examples
    --------
    >>> contracted("la parte de el 26 de marzo")
    'la parte del 26 de marzo'
    """
    return text.replace(" de el ", " del ").replace(" a el ", " al ")


def as_known(said: str, as_of: date | None, lang: Language) -> str:
    """Put before sentences by which day what they say was known; nothing where it is all that is known.

    Examples
    --------
    >>> as_known("Nothing changed.", date(2020, 9, 30), "en")
    'As known on 30 September 2020. Nothing changed.'
    """
    return said if as_of is None else plain_line(_KNOWN[lang].format(day=day(as_of, lang), said=said))


def interval(ends: str, lang: Language, *, adjusted: bool = True) -> str:
    """Word an interval by its ends: a 95% interval only where it allows for serial correlation.

    Examples
    --------
    >>> interval("3 to 5", "en"), interval("3 to 5", "en", adjusted=False)
    ('95% interval 3 to 5', '3 to 5, not adjusted for serial correlation')
    """
    return _INTERVAL[lang][0 if adjusted else 1].format(ends=ends)


def spanning(low: str, high: str, lang: Language) -> str:
    """Write a range as the object of a verb, or the one value that it shrinks to when printed.

    Examples
    --------
    >>> spanning("10%", "45%", "en"), spanning("3", "3", "es")
    ('between 10% and 45%', '3')
    """
    if low == high:
        return low
    return f"between {low} and {high}" if lang == "en" else f"entre {low} y {high}"


def _pair(first: str, last: str, lang: Language) -> str:
    return f"{first} {_TO[lang]} {last}"


def listing(items: Sequence[str], lang: Language) -> str:
    """Join items with commas and a last "and" (Spanish "e" before an i sound).

    Examples
    --------
    >>> listing(["PNC", "IML"], "es"), listing(["a", "b", "c"], "en")
    ('PNC e IML', 'a, b and c')
    """
    if len(items) < 2:
        return "".join(items)
    last = items[-1]
    word = "e" if lang == "es" and last[:1].lower() == "i" else _AND[lang]
    return f"{', '.join(items[:-1])} {word} {last}"
