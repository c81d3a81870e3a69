"""What is to be known of the intervals of a fit, to stand behind them."""

from __future__ import annotations

from typing import Final

from violence_stats.fitting.ar1 import Boundary
from violence_stats.ledger.records import Words
from violence_stats.models.estimate import Estimate

EDGE = Words(en="leaning on an edge of the model's range", es="apoyado en un borde del modelo")

_AT_LIMIT = Words(
    en="leaning on the limit set to the correlation from period to period",
    es="apoyado en el límite puesto a la correlación de un período a otro",
)
_NO_PATH = Words(
    en="perhaps too narrow, since no correlation from period to period was seen",
    es="quizá demasiado estrecho, pues no se vio correlación de un período a otro",
)
_EDGES: Final[dict[Boundary, Words]] = {"rho-limit": _AT_LIMIT, "rho-zero": _NO_PATH, "no-latent": _NO_PATH}


def edge_caveats(estimate: Estimate) -> tuple[Words, ...]:
    """Say what stands behind the intervals of a fit whose variance parameter ended on an edge; else nothing."""
    if not estimate.boundary:
        return ()
    return (EDGE if estimate.ar1 is None else _EDGES.get(estimate.ar1.boundary, EDGE),)
