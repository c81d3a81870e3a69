"""The words that tables put beside their counts, in Spanish and English: totals, notes, rates, cumulation."""

from __future__ import annotations

import re
from typing import Literal

from violence_stats.ingest.grid import Value
from violence_stats.ingest.month_names import fold

_TOTAL = re.compile(
    r"(?:gran |sub ?)?total(?:es)?\b(?: (?:general|anual|mensual|nacional|pais|del? ano|annual|year|global|acumulado)"
    r"| (?:del? )?(?:ano )?(?:19|20)\d\d)*|suma|sum|grand total|(?:19|20)\d\d total"
    r"|acum(?:ulad[oa]s?)?(?: (?:anual|total|del ano|(?:19|20)\d\d))*"
)
_SUBTOTAL = re.compile(r"sub[ -]?total\b")
_CUMULATIVE = re.compile(r"\bacum(?:\.|\b|ulad[oa]s?\b)|\bytd\b|\byear.to.date\b|\bcumulative\b|\bcumulated\b")
_NO_COUNT = re.compile(
    r"%|\btasas?\b|\brates?\b|\bporcentajes?\b|\bpercent|\bpct\b|\bvar(?:iacion|iation|\.)?\b|\bpromedios?\b|\baverages?\b"
    r"|\bmedias?\b|\bmean\b|\bdiferencias?\b|\bdifference\b|\bchange\b|\bpoblacion\b|\bpopulation\b|\b(?:por|per) 100"
    r"|\bhabitantes\b"
)
_POPULATION = re.compile(r"\bpoblacion\b|\bpopulation\b|\bhabitantes\b|\binhabitants\b|\bpersonas\b")
_CODE = re.compile(
    r"(?:codigo|code|cod\.?|id|iso\d?|fips)(?:(?:\b|_).*)?|orden|correlativo|no\.?|num\.?|numero|n[o°]?\.?|#|nro\.?"
)
_DATE = re.compile(r"(?:fecha|date|dia|day|mes|month|periodo|period)\b.*")
_YEAR = re.compile(r"(?:ano|anio|year)s?\b.*")
_MONTH = re.compile(r"(?:mes|month)(?:es|s)?\b.*")
_DAY = re.compile(r"(?:dias?|days?)(?: (?:del?|of the) (?:mes|month))?(?: ?[/\\-] ?(?:mes|month))?")
_QUARTER = re.compile(r"(?:trimestres?|trim\.?|quarters?)(?: (?:del? |of the )?(?:ano|year))?")
_HALF = re.compile(r"(?:semestres?|half|halves|half.years?)(?: (?:del? |of the )?(?:ano|year))?")
_WEEK = re.compile(
    r"(?:(?:ano|year)\W+)?(?:(?:no|num|nro|numero)\W*(?:de\s+)?)?"
    r"(?:semanas?(?: (?:epidemiologicas?|epid?\.?|iso))?|s\.?e\.?"
    r"|(?:epi(?:demiological)? ?|iso )?weeks?(?: (?:number|no\.?))?|mmwr(?: week)?|ew)(?:\W*(?:ano|year))?"
)
_FIRST_DAY = re.compile(
    r"(?:primer dia|inicio|comienzo|fecha de inicio)(?: de)?(?: la)? semana"
    r"|semana (?:del?|desde|que (?:inicia|comienza))|week (?:beginning|starting|commencing|of|start)"
    r"|first day of (?:the )?week"
)
_LAST_DAY = re.compile(
    r"(?:ultimo dia|fin|final|cierre|fecha de (?:fin|cierre))(?: de)?(?: la)? semana"
    r"|semana (?:al|hasta|que (?:termina|finaliza|cierra))|week (?:ending|ended|end|to)|last day of (?:the )?week"
)
_GROUP = re.compile(
    r"(?:sexo|genero|edad|grupo|rango|tipo|clase|delito|modalidad|arma|indicador|categoria|entidad|region|zona|area"
    r"|variable|concepto|medida|serie|causa|rubro|evento|hecho|mecanismo|measure|series|cause|sex|gender|age|type|offen[cs]e|crime|weapon|indicator|category)\b"
)
_DATE_PARTS = frozenset({"ano", "anio", "year", "mes", "month", "dia", "dias", "day", "days"})
_PLACE = re.compile(
    r"(?:nombre (?:del? )?)?(?:municipios?|departamentos?|deptos?\.?|dptos?\.?|provincias?|distritos?|cantones|canton"
    r"|regiones|region|municipality|department|province|district|county|state)"
    r"(?: (?:del? (?:la )?)?(?:hecho|ocurrencia|suceso|crimen|incidente|homicidio|muerte|delito|evento))?"
)
_START = re.compile(r"(?:inicio|start|desde|del?|from|first|primer dia|fecha inicial|fecha de inicio)\b.*")
_END = re.compile(r"(?:fin|end|hasta|al?|to|last|until|ultimo dia|fecha final|fecha de fin)\b.*")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def is_total(value: Value) -> bool:
    """Whether a label names a total.

    Examples
    --------
    >>> is_total("TOTAL GENERAL"), is_total("Total 2019"), is_total("Totalmente otra cosa")
    (True, True, False)
    """
    return isinstance(value, str) and _TOTAL.fullmatch(fold(value).rstrip(" .:*")) is not None


def is_subtotal(value: Value) -> bool:
    """Whether a label names the total of a part, such as ``Subtotal Occidente``.

    Examples
    --------
    >>> is_subtotal("Sub-total Norte"), is_subtotal("Total general")
    (True, False)
    """
    return isinstance(value, str) and _SUBTOTAL.match(fold(value)) is not None


def starts_with_total(value: Value) -> bool:
    """Whether a column's heading begins with the word total, such as ``Total homicidios``."""
    return isinstance(value, str) and fold(value).split(" ")[0] in {"total", "totales"}


def says_cumulative(value: Value) -> bool:
    """Whether a title or heading says that counts run from the beginning of the year."""
    return isinstance(value, str) and _CUMULATIVE.search(fold(value)) is not None


def says_no_count(value: Value) -> bool:
    """Whether a heading names a rate, share, average, change or population."""
    return isinstance(value, str) and _NO_COUNT.search(fold(value)) is not None


def says_population(value: Value) -> bool:
    """Whether a heading names inhabitants."""
    return isinstance(value, str) and _POPULATION.search(fold(value)) is not None


def says_code(value: Value) -> bool:
    """Whether a heading names a code or running number."""
    return isinstance(value, str) and _CODE.fullmatch(fold(value)) is not None


def says_date(value: Value) -> bool:
    """Whether a heading names a day, month or period."""
    return isinstance(value, str) and _DATE.fullmatch(fold(value)) is not None


def says_year(value: Value) -> bool:
    """Whether a heading names a year."""
    return isinstance(value, str) and _YEAR.fullmatch(fold(value)) is not None


def says_month(value: Value) -> bool:
    """Whether a heading names a month."""
    return isinstance(value, str) and _MONTH.fullmatch(fold(value)) is not None


def says_day(value: Value) -> bool:
    """Whether a heading is the word day, alone or of the month.

    Examples
    --------
    >>> says_day("Día"), says_day("Día del mes"), says_day("Mes")
    (True, True, False)
    """
    return isinstance(value, str) and _DAY.fullmatch(fold(value).rstrip(".:")) is not None


def says_week(value: Value) -> bool:
    """Whether a heading names the number of a week.

    Examples
    --------
    >>> says_week("No. de semana"), says_week("Año-Semana"), says_week("Semana anterior")
    (True, True, False)
    """
    return isinstance(value, str) and _WEEK.fullmatch(fold(value).strip(" .:#")) is not None


def week_edge(value: Value) -> Literal["week-starts", "week-ends"] | None:
    """Which day of a week a heading says that its dates are; None where it does not.

    Examples
    --------
    >>> week_edge("Inicio de semana"), week_edge("Week ending"), week_edge("Fecha")
    ('week-starts', 'week-ends', None)
    """
    text = fold(value) if isinstance(value, str) else ""
    if _FIRST_DAY.fullmatch(text):
        return "week-starts"
    return "week-ends" if _LAST_DAY.fullmatch(text) else None


def says_date_part(value: Value) -> bool:
    """Whether a heading is the word year, month or day and nothing else."""
    return isinstance(value, str) and fold(value).rstrip(".") in _DATE_PARTS


def says_group(value: Value) -> bool:
    """Whether a heading names groups that are counted apart: places, sexes, ages, offences, weapons.

    Examples
    --------
    >>> says_group("Tipo de delito"), says_group("Departamento"), says_group("Observaciones")
    (True, True, False)
    """
    return isinstance(value, str) and (_GROUP.match(fold(value)) is not None or says_place(value))


def says_place(value: Value) -> bool:
    """Whether a heading names the part of a country in which something happened.

    Examples
    --------
    >>> says_place("Departamento del hecho"), says_place("Arma")
    (True, False)
    """
    return isinstance(value, str) and _PLACE.fullmatch(fold(value)) is not None


def part_of_year(value: Value) -> Literal["q", "h"] | None:
    """Which parts of a year a heading names: quarters or halves; None for any other.

    Examples
    --------
    >>> part_of_year("Trimestre"), part_of_year("Semestre del año"), part_of_year("Trimestre I")
    ('q', 'h', None)
    """
    if not isinstance(value, str):
        return None
    return "q" if _QUARTER.fullmatch(fold(value)) else "h" if _HALF.fullmatch(fold(value)) else None


def says_start(value: Value) -> bool:
    """Whether a heading names the first day of a span."""
    return isinstance(value, str) and _START.fullmatch(fold(value)) is not None


def says_end(value: Value) -> bool:
    """Whether a heading names the last day of a span."""
    return isinstance(value, str) and _END.fullmatch(fold(value)) is not None


def years_in(value: Value) -> set[int]:
    """Give the years that a text mentions."""
    return {int(year) for year in _YEARS.findall(value)} if isinstance(value, str) else set()
