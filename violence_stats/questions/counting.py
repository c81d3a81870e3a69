"""Counting: at most how much of the fall a change of what is counted could explain. A bound, without a vote."""

from __future__ import annotations

import math

from violence_stats.ledger.records import Words
from violence_stats.questions import rules
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.signature import Measured, Signature, Weighed, not_applicable

SIGNATURE = Signature(
    id="counting",
    block="bound",
    name=Words(en="what counting could explain, at most", es="lo que el conteo podría explicar, como máximo"),
    pact=Words(en="-", es="-"),
    policing=Words(en="-", es="-"),
)

FEWEST_COUNTED = 100
"""A share of fewer deaths is mostly chance; where no window has as many, the one with most is taken."""

NO_BOUND = Words(
    en="no window on which a narrow count stands beside a full one",
    es="no hay ningún período con un conteo reducido junto a uno completo",
)


def weigh_counting(data: EpisodeData) -> Weighed:
    """Give the log ratio that would come about if all that any narrower count leaves out had been left out."""
    shares = [one for one in data.counting if 0 < one.left_out < one.counted]
    if not shares:
        return not_applicable(SIGNATURE, NO_BOUND)
    large = [one for one in shares if one.counted >= FEWEST_COUNTED]
    worst = max(large, key=lambda one: one.share) if large else max(shares, key=lambda one: one.counted)
    bound = math.log1p(-worst.share)
    return Weighed(
        signature=SIGNATURE,
        number=Measured(value=bound, low=bound, high=0.0, unit="log ratio, bound"),
        ruling=rules.read_counting(),
        basis=f"{worst.what}: {worst.left_out:,} of {worst.counted:,} in {worst.window}; the interval "
        "runs from this bound to nothing",
        citations=worst.figures,
    )
