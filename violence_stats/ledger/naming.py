"""What a series, and what happened in it, is called: in the words of its case, or in its own where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from violence_stats.ledger.case import CaseLike, case_behind, load_case
from violence_stats.ledger.records import Language, Words
from violence_stats.ledger.settings import Settings
from violence_stats.months import Window
from violence_stats.series import CountSeries

UNNAMED = "counts"
"""What `CountSeries` calls counts that the user has not named."""

_EVENTS = Words(en="events counted", es="hechos contados")
_VALUES = Words(en="the series", es="la serie")


def named(names: Mapping[str, Words], code: str) -> Words:
    """Give the case's name for a code; the code itself, spaced, where it names none."""
    if code in names:
        return names[code]
    words = code.replace("_", " ")
    return Words(en=words, es=words)


def counted(measure: str, country: str, settings: Settings | None) -> Words:
    """Say what is counted and where, without an article: ``homicides in Freedonia``."""
    what = _EVENTS if measure == UNNAMED else named({} if settings is None else settings.measures, measure)
    where = named({} if settings is None else settings.countries, country)
    if not where["en"]:
        return what
    return Words(en=f"{what['en']} in {where['en']}", es=f"{what['es']} en {where['es']}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What sentences on a series call things. Made by `names_for`.

    Attributes
    ----------
    subject : Words
        What is counted and where, without an article; ``the series`` for rates that nobody has named.
    settings : Settings or None
        Of the case whose names are used.
    """

    subject: Words
    settings: Settings | None

    def country(self, code: str) -> Words:
        """Name a country; by what it was given where the case has no name for it."""
        return named({} if self.settings is None else self.settings.countries, code)

    def start(self, day: date, lang: Language) -> str:
        """Give the case's name for what starts on a day, written on as inside a sentence; blank for none."""
        if self.settings is None:
            return ""
        for one in self.settings.interventions:
            if one.date == day:
                return _inside(one.name[lang])
        candidates = (found for one in self.settings.interventions for found in one.candidates if found.date == day)
        return next((_inside(one.name[lang]) for one in candidates), "")

    def spell(self, span: Window, lang: Language) -> str:
        """Give the case's name for a lockdown or burst of just these days; blank where it lists none."""
        if self.settings is None:
            return ""
        lockdown = self.settings.lockdown
        spells = (*self.settings.bursts, *(() if lockdown is None else (lockdown,)))
        return next((_inside(one.name[lang]) for one in spells if one.window == span), "")


def names_for(series: CountSeries, case: CaseLike | None = None) -> Names:
    """Give the names for a series.

    Parameters
    ----------
    series : CountSeries
    case : CaseLike or None
        Whose names to use; None takes the case that the series was loaded from, if that one ships.
    """
    known = case_behind(series.case_id, case)
    settings = None if known is None else load_case(known).settings
    if series.kind == "rate" and series.measure == UNNAMED and not series.country:
        return Names(subject=_VALUES, settings=settings)
    return Names(subject=counted(series.measure, series.country, settings), settings=settings)


def _inside(name: str) -> str:
    """Write a name on with a small letter, unless it starts with an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
