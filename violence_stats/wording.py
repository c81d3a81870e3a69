"""Numbers and dates as they are printed, in English and in Central American Spanish (1,576 and 62.5 %)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from violence_stats.errors import SelectionError
from violence_stats.ledger.records import Language
from violence_stats.months import Window

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
