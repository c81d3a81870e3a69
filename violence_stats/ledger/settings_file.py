"""Reading of ``case.toml`` into `Settings`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from violence_stats.errors import DataError
from violence_stats.ledger.evidence_settings import EvidenceSettings, Narrowing, Places, RecordingBreak
from violence_stats.ledger.interventions import CandidateDate, Episode, Intervention, Spell
from violence_stats.ledger.settings import AnnualTolerance, Control, Settings
from violence_stats.ledger.toml_table import TomlTable, parse_toml

SETTINGS_FILE = "case.toml"


def read_settings(content: bytes, *, last_day: date | None, event_ids: Collection[str]) -> Settings:
    """Read the settings of a case.

    Parameters
    ----------
    content : bytes
        Of ``case.toml``.
    last_day : datetime.date or None
        Last day of the reference chain; windows may end at ``"last"``. None where it has no window yet.
    event_ids : collection of str
        The events that interventions, spells and episodes may rest on.

    Raises
    ------
    DataError
        If a setting is missing, misspelt or of another type, or names an event or intervention that does not exist.
    """
    top = parse_toml(content, SETTINGS_FILE)
    ties = top.table("ties")
    publishers, statuses, qualities = ties.closed([ties.texts(key) for key in ("publishers", "statuses", "qualities")])
    windows = top.table("windows") if "windows" in top else None
    settings = top.closed(
        Settings(
            case_id=top.text("case_id"),
            country=top.text("country"),
            measure=top.text("measure"),
            title=top.words("title"),
            publisher_order=publishers,
            status_order=statuses,
            quality_order=qualities,
            countries=top.words_by_key("countries"),
            measures=top.words_by_key("measures"),
            publishers=top.words_by_key("publishers"),
            definitions=top.words_by_key("definitions"),
            interventions=tuple(sorted(map(_intervention, top.tables("interventions")), key=lambda one: one.date)),
            episodes=tuple(map(_episode, top.tables("episodes"))),
            windows={} if windows is None else {name: windows.window(name, last_day) for name in windows.keys},
            lockdown=_spell(top.table("lockdown")) if "lockdown" in top else None,
            bursts=tuple(map(_spell, top.tables("bursts"))),
            controls=tuple(map(_control, top.tables("controls"))),
            annual_sums=tuple(map(_annual_tolerance, top.tables("annual_sums"))),
            evidence=_evidence(top.table("evidence")) if "evidence" in top else EvidenceSettings(),
        )
    )
    _check_ids(settings, event_ids)
    return settings


def _intervention(table: TomlTable) -> Intervention:
    return table.closed(
        Intervention(
            id=table.text("id"),
            date=table.day("date"),
            name=table.words("name"),
            label=table.words("label"),
            kind=table.text("kind"),
            sources=table.texts("sources"),
            candidates=tuple(map(_candidate, table.tables("candidates"))),
            studies=table.texts("studies") if "studies" in table else (),
        )
    )


def _candidate(table: TomlTable) -> CandidateDate:
    return table.closed(CandidateDate(date=table.day("date"), name=table.words("name"), sources=table.texts("sources")))


def _spell(table: TomlTable) -> Spell:
    return table.closed(
        Spell(
            id=table.text("id"),
            window=table.window("window"),
            name=table.words("name"),
            label=table.words("label"),
            sources=table.texts("sources"),
            deaths=table.whole("deaths") if "deaths" in table else None,
        )
    )


def _episode(table: TomlTable) -> Episode:
    return table.closed(
        Episode(
            id=table.text("id"),
            name=table.words("name"),
            intervention=table.text("intervention"),
            kind=table.text("kind"),
            ends=table.texts("ends"),
        )
    )


def _control(table: TomlTable) -> Control:
    return table.closed(Control(country=table.text("country"), publisher=table.text("publisher")))


def _annual_tolerance(table: TomlTable) -> AnnualTolerance:
    return table.closed(
        AnnualTolerance(year=table.whole("year"), tolerance=table.whole("tolerance"), reason=table.words("reason"))
    )


def _evidence(table: TomlTable) -> EvidenceSettings:
    return table.closed(
        EvidenceSettings(
            other_crime=table.texts("other_crime") if "other_crime" in table else (),
            enforcement=table.texts("enforcement") if "enforcement" in table else (),
            disappearances=table.text("disappearances") if "disappearances" in table else "",
            recording_breaks=tuple(map(_recording_break, table.tables("recording_breaks"))),
            places=_places(table.table("places")) if "places" in table else None,
            left_out=table.texts("left_out") if "left_out" in table else (),
            narrowings=tuple(map(_narrowing, table.tables("narrowings"))),
        )
    )


def _recording_break(table: TomlTable) -> RecordingBreak:
    return table.closed(
        RecordingBreak(date=table.day("date"), name=table.words("name"), sources=table.texts("sources"))
    )


def _places(table: TomlTable) -> Places:
    return table.closed(
        Places(area=table.text("area"), selection=table.words("selection") if "selection" in table else None)
    )


def _narrowing(table: TomlTable) -> Narrowing:
    return table.closed(Narrowing(narrow=table.text("narrow"), full=table.text("full")))


def _check_ids(settings: Settings, event_ids: Collection[str]) -> None:
    spells = (*settings.bursts, *(() if settings.lockdown is None else (settings.lockdown,)))
    named = [(one.id, one.sources) for one in (*settings.interventions, *spells)]
    named += [(one.id, candidate.sources) for one in settings.interventions for candidate in one.candidates]
    named += [(one.id, one.ends) for one in settings.episodes]
    named += [("evidence recording_breaks", one.sources) for one in settings.evidence.recording_breaks]
    for owner, ids in named:
        unknown = [one for one in ids if one not in event_ids]
        if unknown:
            raise DataError(
                f"{SETTINGS_FILE}, {owner}: no event in events.csv has the id {unknown[0]!r}; "
                "correct it or add the event"
            )
    interventions = {one.id for one in settings.interventions}
    for episode in settings.episodes:
        if episode.intervention not in interventions:
            raise DataError(
                f"{SETTINGS_FILE}, episode {episode.id}: no intervention has the id {episode.intervention!r}; "
                f"expected one of {', '.join(sorted(interventions))}"
            )
