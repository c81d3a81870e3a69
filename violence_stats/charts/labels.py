"""What a case calls things, in one language, as charts write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from violence_stats import wording
from violence_stats.design.interventions import Pulse
from violence_stats.ledger import naming
from violence_stats.ledger.case import CaseLike, case_behind, load_case
from violence_stats.ledger.records import Language, Words
from violence_stats.ledger.settings import Intervention
from violence_stats.series import CountSeries

_IN: dict[Language, str] = {"en": "{measure} in {country}", "es": "{measure} en {country}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Names for a chart of one series.

    Attributes
    ----------
    what : str
        What is counted and where, as a title starts.
    marks : tuple of (date, str)
        First day of each regime to mark, with its label.
    publishers, definitions : mapping of str to str
        Names of codes.
    """

    what: str
    marks: tuple[tuple[date, str], ...] = ()
    publishers: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)


def labels_for(series: CountSeries, case: CaseLike | None, lang: Language) -> Labels:
    """Name things as the series' case does, or by the series' own words where it belongs to none.

    Parameters
    ----------
    case : CaseLike or None
        None takes the case that the series was loaded from, if that one ships.
    """
    known = case_behind(series.case_id, case)
    if known is None:
        return Labels(what=capital(naming.counted(series.measure, series.country, None)[lang]))
    settings = load_case(known).settings
    measure = _named(settings.measures, series.measure, lang)
    country = _named(settings.countries, series.country, lang)
    return Labels(
        what=_IN[lang].format(measure=capital(measure), country=country),
        marks=_marks(settings.interventions, lang),
        publishers={code: name[lang] for code, name in settings.publishers.items()},
        definitions={code: name[lang] for code, name in settings.definitions.items()},
    )


def _marks(interventions: tuple[Intervention, ...], lang: Language) -> tuple[tuple[date, str], ...]:
    """Date and label of each intervention; a change of definition is shown by its shade, not by a line."""
    dated = [one for one in interventions if one.kind != "definition"]
    return tuple((one.date, one.label[lang]) for one in dated)


def when(day: date, lang: Language) -> str:
    """Name the start of a regime: the month where it is a first of the month, else the day."""
    return wording.month(day, lang) if day.day == 1 else wording.day(day, lang)


def capital(text: str) -> str:
    """Start with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def spell_name(series: CountSeries, pulse: Pulse, case: CaseLike | None, lang: Language) -> str:
    """Name a pulse as the case names the spell of the same days, else by its own term."""
    known = case_behind(series.case_id, case)
    if known is not None:
        settings = load_case(known).settings
        for spell in (*settings.bursts, *([settings.lockdown] if settings.lockdown else [])):
            if (spell.window.start, spell.window.end) == (pulse.first_day, pulse.last_day):
                return spell.label[lang]
    return pulse.term


def _named(names: Mapping[str, Words], code: str, lang: Language) -> str:
    return names[code][lang] if code in names else code
