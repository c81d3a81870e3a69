"""What a series, and what happened in it, is called: in the words of its case, or in its own where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from violence_stats.ledger.case import case_behind, load_case
from violence_stats.ledger.records import Language, Words
from violence_stats.ledger.settings import Settings
from violence_stats.months import Window
from violence_stats.series import CountSeries

UNNAMED = "counts"
"""What `CountSeries` calls counts that the user has not named."""

_EVENTS = Words(en="events counted", es="hechos contados")
_VALUES = Words(en="the series", es="la serie")


def settings_behind(series: CountSeries) -> Settings | None:
    """Give the settings of the shipped case that a series comes from; None for any other series."""
    known = case_behind(series.case_id, None)
    return None if known is None else load_case(known).settings


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


def subject(series: CountSeries) -> Words:
    """Say what a series counts, and where; ``the series`` for rates that nobody has named."""
    if series.kind == "rate" and series.measure == UNNAMED and not series.country:
        return _VALUES
    return counted(series.measure, series.country, settings_behind(series))


def start_name(settings: Settings | None, start: date, lang: Language) -> str:
    """Give the case's name for what starts on a day, written on as in the middle of a sentence; blank for none."""
    if settings is None:
        return ""
    for one in settings.interventions:
        if one.date == start:
            return _inside(one.name[lang])
    dated = (name for one in settings.interventions for name in one.candidates if name.date == start)
    return next((_inside(one.name[lang]) for one in dated), "")


def spell_name(settings: Settings | None, span: Window, lang: Language) -> str:
    """Give the case's name for a lockdown or burst of just these days; blank where it lists none."""
    if settings is None:
        return ""
    spells = (*settings.bursts, *(() if settings.lockdown is None else (settings.lockdown,)))
    return next((_inside(one.name[lang]) for one in spells if one.window == span), "")


def _inside(name: str) -> str:
    """Write a name on with a small letter, unless it starts with an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
