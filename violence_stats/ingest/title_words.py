"""What a title or heading says of its whole table: counts or rates, inhabitants, and of which year."""

from __future__ import annotations

import re

from violence_stats.ingest.grid import Value
from violence_stats.ingest.month_names import MONTH_PATTERN, fold
from violence_stats.ingest.words import years_in

_RATES = re.compile(
    r"\btasas?\b|\brates?\b|porcentaje|porcentual|\bpercent|\bpromedio|\baverage|\b(?:por|per) (?:cada )?100"
)
_THOUSANDS = re.compile(r"\bmiles\b|\bmillones\b|\bthousands?\b|\bmillions?\b|\(000s?\)")
_COUNTS = re.compile(
    r"\bnumeros?\b|\bcantidad|\bcasos\b|frecuencia|conteo|recuento|absolut|\bcifras\b|\bnumbers?\b|\bcounts?\b|\bcases\b"
    r"|\bvictimas\b|\bvictims\b|\bno\. de\b|\bn[o°]\b"
)
_INHABITANTS = re.compile(r"^(?:\w+ (?:de(?: la)? )?)?(?:poblacion|population|habitantes|inhabitants)\b")
_CONFINED = re.compile(r"carcel|penitenciari|reclus|recluid|privad|deteni|prison|inmate|jail")
_FULL_DATE = re.compile(
    rf"\b\d{{1,2}}(?: de)? (?:{MONTH_PATTERN})\.?(?: del?)? (?:19|20)\d\d\b"
    rf"|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)\d\d\b|\b(?:{MONTH_PATTERN})\.? \d{{1,2}}, (?:19|20)\d\d\b"
)
_NOT_OF_TABLE = re.compile(
    r"\b(?:decreto|ley|acuerdo|publicad|publicacion|boletin|actualizad|actualizacion|elaborad|elaboracion|consultad|censo"
    r"|impres|generad|descargad|decree|act\b|law\b|published|updated|retrieved|printed|census|version)"
)

_ORDINAL = r"(?:i{1,3}|iv|[1-4](?:er|ro|do|to|o|º|st|nd|rd|th)?|primer|segundo|tercer|cuarto|first|second|third|fourth)"
_PART = r"(?:trimestre|trim\.?|semestre|cuatrimestre|quarter|half)"
_KILLED = r"(?:homicidios|asesinatos|muertes|victimas|casos|homicides|murders|deaths)"
_PART_OF_YEAR = re.compile(
    rf"\b{_ORDINAL}\s+{_PART}(?!\w)|\b{_PART}\s+{_ORDINAL}\b|(?<!\bal )\bmes de (?:{MONTH_PATTERN})\b"
    rf"|\b{_KILLED}(?: \w+)? (?:en|de|in) (?:{MONTH_PATTERN})\b"
)


def says_rates(value: Value) -> bool:
    """Whether a title speaks of rates, shares or averages, and of no counts beside them.

    Examples
    --------
    >>> says_rates("Tasa de homicidios por mes"), says_rates("Número y tasa de homicidios")
    (True, False)
    """
    text = fold(value) if isinstance(value, str) else ""
    return _RATES.search(text) is not None and _COUNTS.search(text) is None


def says_thousands(value: Value) -> bool:
    """Whether a title or heading says that numbers are in thousands or millions.

    Examples
    --------
    >>> says_thousands("Población (en miles)"), says_thousands("Población total")
    (True, False)
    """
    return isinstance(value, str) and _THOUSANDS.search(fold(value)) is not None


def says_counts(value: Value) -> bool:
    """Whether a heading says that what stands below it are counts."""
    return isinstance(value, str) and _COUNTS.search(fold(value)) is not None


def speaks_of_population(value: Value) -> bool:
    """Whether a title or heading is about inhabitants, and not about those of prisons.

    Examples
    --------
    >>> speaks_of_population("Población por año"), speaks_of_population("Población penitenciaria")
    (True, False)
    """
    text = fold(value) if isinstance(value, str) else ""
    return _INHABITANTS.search(text) is not None and _CONFINED.search(text) is None


def table_years(value: Value) -> set[int]:
    """Give the years that a title may mean its table to be of: none of a decree, a publication or a full date.

    Examples
    --------
    >>> table_years("Homicidios 2019 (datos al 15 de enero de 2020)"), table_years("Boletín publicado en 2020")
    ({2019}, set())
    """
    if not isinstance(value, str):
        return set()
    text = _FULL_DATE.sub(" ", fold(value))
    return set() if _NOT_OF_TABLE.search(text) else years_in(text)


def names_part_of_year(value: Value) -> bool:
    """Whether a title says that its table counts one month, quarter or half of each year.

    Examples
    --------
    >>> names_part_of_year("Homicidios, I semestre 2019-2024"), names_part_of_year("Homicidios en el mes de enero")
    (True, True)
    >>> names_part_of_year("Homicidios por semestre"), names_part_of_year("Boletín del primer semestre de 2024")
    (False, False)
    """
    text = fold(value) if isinstance(value, str) else ""
    return _PART_OF_YEAR.search(text) is not None and _NOT_OF_TABLE.search(text) is None
