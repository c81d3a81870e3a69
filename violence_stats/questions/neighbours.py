"""Neighbours: the same windows abroad. Both explanations predict the same, so that the row never decides."""

from __future__ import annotations

import math

from violence_stats.ledger.records import Words
from violence_stats.questions import rules
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.signature import Measured, Signature, Weighed, not_applicable
from violence_stats.questions.window_ratio import Ratio
from violence_stats.questions.windows import WindowComparison

SIGNATURE = Signature(
    id="neighbours",
    block="neighbours",
    name=Words(en="the same window abroad", es="el mismo período en otros países"),
    pact=Words(en="no common shock", es="ningún choque común"),
    policing=Words(en="no common shock", es="ningún choque común"),
)

NO_PAIR = Words(
    en="no control country has counts of the same windows",
    es="ningún país de control tiene conteos de los mismos períodos",
)


def weigh_neighbours(data: EpisodeData) -> Weighed:
    """Measure the log ratio here minus that of the control countries."""
    compared = data.neighbours
    if compared is None:
        return not_applicable(SIGNATURE, NO_PAIR)
    each = [(one.name, _log(compared.treated.over(one))) for one in compared.controls]
    return Weighed(
        signature=SIGNATURE,
        number=each[0][1] if compared.together is None else _log(compared.together),
        ruling=rules.read_neighbours(),
        basis=f"{compared.window} against {compared.baseline}, {', '.join(name for name, _ in each)}",
        citations=_figures(compared),
        details=tuple(each),
    )


def _log(ratio: Ratio) -> Measured:
    return Measured(value=math.log(ratio.value), low=math.log(ratio.low), high=math.log(ratio.high), unit="log ratio")


def _figures(compared: WindowComparison) -> tuple[str, ...]:
    counts = [count for one in compared.controls for count in (one.pair.baseline, one.pair.window)]
    return tuple(figure for count in counts for figure in count.arithmetic.split(" + ") if figure)
