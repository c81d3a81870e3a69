"""Enforcement: did arrests, clashes and police deaths rise or fall, on identical windows."""

from __future__ import annotations

from violence_stats.ledger.records import Words
from violence_stats.questions import rules
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.signature import Signature, Weighed, not_applicable
from violence_stats.questions.specificity import mean_of

SIGNATURE = Signature(
    id="enforcement",
    block="enforcement",
    name=Words(en="what police do and suffer", es="actividad y bajas policiales"),
    pact=Words(
        en="arrests, clashes and police deaths fall",
        es="bajan las detenciones, los enfrentamientos y las muertes de policías",
    ),
    policing=Words(en="they rise", es="suben"),
)

NO_PAIR = Words(
    en="no figures of enforcement on identical windows on both sides",
    es="no hay cifras de actividad policial en períodos idénticos a ambos lados",
)


def weigh_enforcement(data: EpisodeData) -> Weighed:
    """Measure the mean log ratio of the measures of enforcement, and read it with each of them.

    A pair whose window before holds days of the new regime is left out, and named in the basis.
    """
    clean = [one.counts for one in data.enforcement if not one.counts.contains_start]
    ratios = [ratio for one in clean if (ratio := one.log_ratio) is not None]
    pooled = mean_of(ratios)
    if pooled is None:
        return not_applicable(SIGNATURE, NO_PAIR)
    left_out = [f"left out: {one.counts.basis}" for one in data.enforcement if one.counts.contains_start]
    return Weighed(
        signature=SIGNATURE,
        number=pooled,
        ruling=rules.read_enforcement(pooled, ratios),
        basis="; ".join([*(one.basis for one in clean), *left_out]),
        citations=tuple(figure for one in clean for figure in one.figures),
        details=tuple((one.measure, ratio) for one in clean if (ratio := one.log_ratio) is not None),
    )
