"""What a checked claim calls things, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Language, Words
from violence_stats.series import CountSeries

_UNNAMED = "counts"
"""What `CountSeries` calls counts that the user has not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimNames:
    """Names for a sentence on two counts.

    Attributes
    ----------
    measure : Words
        What is counted and where, without an article, to stand after "the number of".
    series : Words
        The series asked about.
    is_published : bool
        Whether the counts come from a ledger of published figures.
    publishers : mapping of str to Words
        Names of codes.
    """

    measure: Words
    series: Words
    is_published: bool
    publishers: Mapping[str, Words] = field(default_factory=dict)

    def publisher(self, code: str, lang: Language) -> str:
        """Give the name of a publisher without its code in brackets; the code where it has no name."""
        return bare(self.publishers[code][lang], code) if code in self.publishers else code


def bare(name: str, code: str) -> str:
    """Leave out a code that follows a name in brackets, since names stand in brackets themselves."""
    return name.removesuffix(f" ({code})")


def names_for(series: CountSeries, case: Case | None) -> ClaimNames:
    """Name things as the case does, or by the series' own words."""
    publishers = {} if case is None else case.settings.publishers
    measures = {} if case is None else case.settings.measures
    countries = {} if case is None else case.settings.countries
    return ClaimNames(
        measure=_counted(_named(measures, series.measure), _named(countries, series.country)),
        series=_series_name(series, publishers),
        is_published=series.case_id is not None,
        publishers=publishers,
    )


def _counted(measure: Words, country: Words) -> Words:
    if measure["en"] == _UNNAMED:
        measure = Words(en="events counted", es="hechos contados")
    if not country["en"]:
        return measure
    return Words(en=f"{measure['en']} in {country['en']}", es=f"{measure['es']} en {country['es']}")


def _series_name(series: CountSeries, publishers: Mapping[str, Words]) -> Words:
    """Call a series of several publishers the reference series, one of a single publisher by its name."""
    codes = {one.publisher for one in series if one.publisher}
    if series.case_id is not None and len(codes) > 1:
        return Words(en="reference series", es="serie de referencia")
    if len(codes) == 1:
        code = codes.pop()
        name = _named(publishers, code)
        return Words(en=bare(name["en"], code), es=bare(name["es"], code))
    return Words(en="the series given", es="la serie dada")


def _named(names: Mapping[str, Words], code: str) -> Words:
    if code in names:
        return names[code]
    words = code.replace("_", " ")
    return Words(en=words, es=words)
