"""What a checked claim calls things, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from violence_stats.ledger.case import Case
from violence_stats.ledger.naming import counted, named
from violence_stats.ledger.records import Language, Words
from violence_stats.series import CountSeries


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
    return ClaimNames(
        measure=counted(series.measure, series.country, None if case is None else case.settings),
        series=_series_name(series, publishers),
        is_published=series.case_id is not None,
        publishers=publishers,
    )


def _series_name(series: CountSeries, publishers: Mapping[str, Words]) -> Words:
    """Call a series of several publishers the reference series, one of a single publisher by its name."""
    codes = {one.publisher for one in series if one.publisher}
    if series.case_id is not None and len(codes) > 1:
        return Words(en="reference series", es="serie de referencia")
    if len(codes) == 1:
        code = codes.pop()
        name = named(publishers, code)
        return Words(en=bare(name["en"], code), es=bare(name["es"], code))
    return Words(en="the series given", es="la serie dada")
