"""Specificity: did other crime fall with homicide, on identical windows before any lockdown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import fmean

from violence_stats.ledger.records import Words
from violence_stats.questions import rules
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.paired_counts import PairedCounts
from violence_stats.questions.signature import Measured, Signature, Weighed, not_applicable

SIGNATURE = Signature(
    id="specificity",
    block="other crime",
    name=Words(en="homicide against other crime", es="homicidio frente a otros delitos"),
    pact=Words(en="homicide alone falls", es="solo caen los homicidios"),
    policing=Words(en="all fall", es="caen todos"),
)

NO_PAIR = Words(
    en="no figures of other crime on identical windows on both sides",
    es="no hay cifras de otros delitos en períodos idénticos a ambos lados",
)


def weigh_specificity(data: EpisodeData) -> Weighed:
    """Measure the log ratio of homicide minus the mean of the other crimes, and read it."""
    clean = [one for one in data.other_crime if not one.counts.contains_start]
    crimes, own = [one.counts for one in clean], [one.homicides for one in clean]
    other, homicide = mean_of(map(_raw, crimes)), widest_of(map(_raw, own))
    if other is None or homicide is None:
        return not_applicable(SIGNATURE, NO_PAIR)
    other_net, homicide_net = mean_of(map(_net, crimes)), widest_of(map(_net, own))
    gap = homicide.minus(other)
    gap_net = None if other_net is None or homicide_net is None else homicide_net.minus(other_net)
    net = () if other_net is None or gap_net is None else (("other crime, net", other_net), ("gap, net", gap_net))
    later = ((f"{one.measure}, lockdown", one.log_ratio) for one in data.other_crime_later if one.log_ratio is not None)
    return Weighed(
        signature=SIGNATURE,
        number=gap,
        ruling=rules.read_specificity(other, gap, other_net, gap_net),
        basis="; ".join(one.counts.basis for one in clean),
        citations=tuple(figure for one in (*crimes, *data.other_crime_later) for figure in one.figures),
        details=(("homicide", homicide), ("other crime", other), *net, *later),
    )


def mean_of(ratios: Iterable[Measured | None]) -> Measured | None:
    """Average the log ratios of several measures, one vote each, taken as independent; None where one is not known."""
    there = _all_known(ratios)
    if there is None:
        return None
    reach = math.hypot(*((one.high - one.low) / 2 for one in there)) / len(there)
    return _about(fmean(one.value for one in there), reach)


def widest_of(ratios: Iterable[Measured | None]) -> Measured | None:
    """Average repeated log ratios of one measure on much the same windows: no narrower for being repeated."""
    there = _all_known(ratios)
    if there is None:
        return None
    return _about(fmean(one.value for one in there), max((one.high - one.low) / 2 for one in there))


def _all_known(ratios: Iterable[Measured | None]) -> list[Measured] | None:
    """Give the ratios; None where there is none, or one is not known."""
    known = list(ratios)
    there = [one for one in known if one is not None]
    return there if there and len(there) == len(known) else None


def _about(centre: float, reach: float) -> Measured:
    return Measured(value=centre, low=centre - reach, high=centre + reach, unit="log ratio")


def _raw(pair: PairedCounts | None) -> Measured | None:
    return None if pair is None else pair.log_ratio


def _net(pair: PairedCounts | None) -> Measured | None:
    return None if pair is None else pair.net_log_ratio
