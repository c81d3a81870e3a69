"""Substitution: did disappearances rise as homicides fell."""

from __future__ import annotations

from violence_stats.ledger.records import Words
from violence_stats.questions import rules
from violence_stats.questions.episode_data import EpisodeData, OtherCounts
from violence_stats.questions.signature import Measured, Signature, Weighed, not_applicable

SIGNATURE = Signature(
    id="substitution",
    block="disappearances",
    name=Words(en="disappearances", es="desapariciones"),
    pact=Words(en="they rise", es="suben"),
    policing=Words(en="they fall", es="bajan"),
)

NO_PAIR = Words(
    en="no figures of disappearances on identical windows on both sides",
    es="no hay cifras de desapariciones en períodos idénticos a ambos lados",
)


def weigh_substitution(data: EpisodeData) -> Weighed:
    """Measure the log ratio of disappearances, beside their rise for each homicide averted."""
    found = data.disappearances
    ratio = None if found is None else found.counts.log_ratio
    if found is None or ratio is None:
        return not_applicable(SIGNATURE, NO_PAIR)
    return Weighed(
        signature=SIGNATURE,
        number=ratio,
        ruling=rules.read_substitution(ratio, crosses_break=data.recording_changed or found.counts.contains_start),
        basis=found.counts.basis + _averted(found),
        citations=found.counts.figures,
        details=_homicide(found),
    )


def _averted(found: OtherCounts) -> str:
    own = found.homicides
    if own is None or own.after >= own.before:
        return ""
    rise, averted = found.counts.after - found.counts.before, own.before - own.after
    return f"; {rise:+,} disappearances beside {averted:,} fewer homicides"


def _homicide(found: OtherCounts) -> tuple[tuple[str, Measured], ...]:
    ratio = None if found.homicides is None else found.homicides.log_ratio
    return () if ratio is None else (("homicide", ratio),)
