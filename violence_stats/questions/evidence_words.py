"""The reading of the evidence in words to quote: what the rules read, why, which blocks take which side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from violence_stats import wording
from violence_stats.ledger.records import Language, Words
from violence_stats.questions.episode_evidence import VOTING
from violence_stats.questions.rules import Vote
from violence_stats.questions.signature import Block

BLOCKS: Final[dict[Block, Words]] = {
    "count shape": Words(en="shape of the counts", es="forma de los conteos"),
    "other crime": Words(en="other crime", es="otros delitos"),
    "enforcement": Words(en="enforcement", es="actividad policial"),
    "disappearances": Words(en="disappearances", es="desapariciones"),
    "geography": Words(en="places", es="lugares"),
    "neighbours": Words(en="neighbours", es="vecinos"),
    "bound": Words(en="bound on counting", es="cota del conteo"),
}

READINGS: Final[dict[str, Words]] = {
    "favours pact": Words(en="favours a pact", es="favorece un pacto"),
    "favours policing": Words(en="favours policing", es="favorece la labor policial"),
    "cannot tell": Words(en="cannot tell", es="no permite saberlo"),
    "not applicable": Words(en="not applicable", es="no aplicable"),
    "mixed": Words(en="mixed", es="contradictoria"),
}

NO_PROBABILITY = Words(
    en="A reading is not the probability that there was a pact: it says what these rules make of what was counted.",
    es="Una lectura no es la probabilidad de que hubiera un pacto: dice lo que estas reglas sacan de lo que se contó.",
)

_LEAD = Words(
    en="{name}: the rules read “{reading}”, because {why}.",
    es="{name}: las reglas leen «{reading}», porque {why}.",
)
_SIDES = Words(
    en="For a pact: {pact}. For policing: {policing}.",
    es="A favor de un pacto: {pact}. A favor de la labor policial: {policing}.",
)
_NOBODY = Words(en="nothing", es="nada")


def tell_reading(name: Words, reading: str, why: Words, lang: Language) -> str:
    """Say the reading of an episode and the rule that gave it."""
    return _LEAD[lang].format(name=wording.capital(name[lang]), reading=READINGS[reading][lang], why=why[lang])


def tell_sides(votes: Mapping[Block, Vote], lang: Language) -> str:
    """Name the blocks that take each side; a block that puts both on the table stands on both."""
    names = {
        side: wording.listing(
            [BLOCKS[block][lang] for block, vote in votes.items() if block in VOTING and vote in (side, "both")], lang
        )
        for side in ("pact", "policing")
    }
    nobody = _NOBODY[lang]
    return _SIDES[lang].format(pact=names["pact"] or nobody, policing=names["policing"] or nobody)


def tell_evidence(reading: str, sides: str, as_of: date | None, lang: Language) -> str:
    """Put a reading and its sides together, with the day of knowledge, None for now, and what a reading is not."""
    return wording.as_known(wording.plain_line(f"{reading} {sides} {NO_PROBABILITY[lang]}"), as_of, lang)
