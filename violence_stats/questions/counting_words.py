"""What a change of counting could explain at most, in words to quote: a bound, and that it is no estimate."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.ledger.records import Language, Words
from violence_stats.questions.episode_data import CountingBound

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "bound": "{change}. Had the {side} count alone left out as large a share as the largest that a narrower count "
        "is known to have left out ({share}, {left_out} of {counted} {when}: {name}), the later count would lie {then} "
        "the earlier one: a bound, no estimate, and it does not say that any were left out.",
        "none": "{change}. No narrower count is known beside a full one, so that no bound can be given on what a "
        "change of counting could explain.",
        "later": "later",
        "earlier": "earlier",
        "below": "{pct} below",
        "above": "{pct} above",
    },
    "es": {
        "bound": "{change}. Si solo el conteo {side} hubiera omitido una parte tan grande como la mayor que se sabe "
        "que omitió un conteo más estrecho ({share}, {left_out} de {counted} {when}: {name}), el conteo posterior "
        "quedaría {then} el anterior: es un tope, no una estimación, y no dice que se haya omitido alguno.",
        "none": "{change}. No se conoce un conteo más estrecho junto a uno completo, de modo que no se puede poner un "
        "tope a lo que un cambio en la forma de contar podría explicar.",
        "later": "posterior",
        "earlier": "anterior",
        "below": "{pct} por debajo de",
        "above": "{pct} por encima de",
    },
}


def tell_bound(change: str, worst: tuple[Words, CountingBound, float] | None, *, falls: bool, lang: Language) -> str:
    """Say a change, and how far the least favourable way of counting could move it.

    Parameters
    ----------
    change : str
        The change as counted, without a stop.
    worst : tuple of Words, CountingBound and float, or None
        The way of counting, its largest share, and the change in per cent then; None where no narrower count is known.
    falls : bool
        Whether the later count is the lower one, which is the one that deaths are put back into.
    """
    text = _TEXT[lang]
    if worst is None:
        return wording.plain_line(text["none"].format(change=change))
    name, share, then = worst
    said = text["bound"].format(
        change=change,
        side=text["later" if falls else "earlier"],
        share=wording.percent(100 * share.share, lang),
        left_out=wording.whole(share.left_out),
        counted=wording.whole(share.counted),
        when=wording.during(share.window, lang),
        name=name[lang],
        then=text["below" if then < 0 else "above"].format(pct=wording.percent(abs(then), lang)),
    )
    return wording.plain_line(said)
