"""What comparisons of error models and families, and time constants, say: one template each language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from violence_stats.ledger.records import Language

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "agree": "The error models agree on which terms differ from no effect.",
        "disagree": "The error models disagree: {terms}.",
        "term": "{term} differs from no effect under {told} but not under {not_told}",
        "clear": 'The counts prefer family="{family}", by a log-likelihood of {gap}.',
        "hardly": 'The counts prefer family="{family}", though hardly, by a log-likelihood of {gap}.',
        "months": "time constant of {term}: {months} months ({ends}{at_once}{warning})",
        "closed": "{low} to {high}",
        "open": "{low} or more",
        "at_once": "; at once is not ruled out",
        "warning": "; not adjusted for serial correlation",
    },
    "es": {
        "agree": "Los modelos de errores coinciden en qué términos se distinguen de la ausencia de efecto.",
        "disagree": "Los modelos de errores no coinciden: {terms}.",
        "term": "{term} se distingue de la ausencia de efecto con {told}, pero no con {not_told}",
        "clear": 'Los conteos prefieren family="{family}", por una log-verosimilitud de {gap}.',
        "hardly": 'Los conteos prefieren family="{family}", aunque apenas, por una log-verosimilitud de {gap}.',
        "months": "constante de tiempo de {term}: {months} meses ({ends}{at_once}{warning})",
        "closed": "{low} a {high}",
        "open": "{low} o más",
        "at_once": "; no se descarta que fuera de golpe",
        "warning": "; sin ajuste por correlación serial",
    },
}


def tell_disagreement(term: str, told: Sequence[str], not_told: Sequence[str], lang: Language) -> str:
    """Say under which error models a term differs from no effect, and under which not; without a stop."""
    return _TEXT[lang]["term"].format(term=term, told=", ".join(told), not_told=", ".join(not_told))


def tell_errors(disagreements: Sequence[str], lang: Language) -> str:
    """Say whether the error models disagree, and where."""
    if not disagreements:
        return _TEXT[lang]["agree"]
    return _TEXT[lang]["disagree"].format(terms="; ".join(disagreements))


def tell_family(family: str, gap: float, lang: Language, *, clear: bool) -> str:
    """Say which family the counts prefer, by how much of the log-likelihood."""
    return _TEXT[lang]["clear" if clear else "hardly"].format(family=family, gap=f"{gap:.1f}")


def tell_months(term: str, months: float, low: float, high: float, lang: Language, *, adjusted: bool) -> str:
    """Say a time constant with its interval and what the ends mean; without a stop."""
    text = _TEXT[lang]
    ends = text["closed" if np.isfinite(high) else "open"].format(low=f"{low:.1f}", high=f"{high:.1f}")
    return text["months"].format(
        term=term,
        months=f"{months:.1f}",
        ends=ends,
        at_once=text["at_once"] if low == 0 else "",
        warning="" if adjusted else text["warning"],
    )
