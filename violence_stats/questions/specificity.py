"""Specificity: did other crime fall with homicide, on identical windows before any lockdown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from violence_stats.ledger.records import Words
from violence_stats.questions import rules
from violence_stats.questions.episode_data import EpisodeData, OtherCounts
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
    es="no hay cifras de otros delitos en ventanas idénticas a ambos lados",
)


def weigh_specificity(data: EpisodeData) -> Weighed:
    """Measure the log ratio of homicide minus the mean of the other crimes, and read it."""
    clean = [one for one in data.other_crime if not one.counts.contains_start]
    other = mean_log_ratio([one.counts for one in clean])
    homicide = mean_log_ratio([one.homicides for one in clean])
    if other is None or homicide is None:
        return not_applicable(SIGNATURE, NO_PAIR)
    other_before = mean_log_ratio([one.counts.year_before for one in clean])
    homicide_before = mean_log_ratio([_before(one) for one in clean])
    gap, other_net, gap_net = homicide.minus(other), None, None
    if other_before is not None and homicide_before is not None:
        other_net = other.minus(other_before)
        gap_net = gap.minus(homicide_before.minus(other_before))
    net = () if other_net is None or gap_net is None else (("other crime, net", other_net), ("gap, net", gap_net))
    return Weighed(
        signature=SIGNATURE,
        number=gap,
        ruling=rules.read_specificity(other, gap, other_net, gap_net),
        basis="; ".join(one.counts.basis for one in clean),
        citations=tuple(figure for one in clean for figure in one.counts.figures),
        details=(("homicide", homicide), ("other crime", other), *net),
    )


def mean_log_ratio(pairs: Sequence[PairedCounts | None]) -> Measured | None:
    """Average log ratios, one vote a measure; None where one of them is not known.

    Measures are taken as independent, except that pairs of one measure on much the same windows (homicide beside each
    of several crimes) are one measurement, and its interval is not narrowed by repeating it.
    """
    ratios = [None if one is None else one.log_ratio for one in pairs]
    known = [one for one in ratios if one is not None]
    if not known or len(known) < len(ratios):
        return None
    centre = fmean(one.value for one in known)
    reaches = [(one.high - one.low) / 2 for one in known]
    repeated = len({one.measure for one in pairs if one is not None}) == 1
    reach = max(reaches) if repeated else math.sqrt(sum(one**2 for one in reaches)) / len(reaches)
    return Measured(value=centre, low=centre - reach, high=centre + reach, unit="log ratio")


def _before(one: OtherCounts) -> PairedCounts | None:
    return None if one.homicides is None else one.homicides.year_before
