"""What the reading depends on: each block left out, the episodes whose nature is known, and what was known earlier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from violence_stats import wording
from violence_stats.charts.episodes_words import kind_words
from violence_stats.charts.evidence_words import reading_words
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language, Words
from violence_stats.questions.episode_evidence import VOTING, EpisodeEvidence
from violence_stats.questions.evidence import Evidence
from violence_stats.questions.signature import Block as EvidenceBlock
from violence_stats.report.document import Block, Heading, Paragraph, Table
from violence_stats.report.evidence_facts import EvidenceFacts
from violence_stats.report.story.phrases import Texts

_TEXT: Final[Texts] = {
    "en": {
        "without": "Leaving out one block at a time",
        "all": "All blocks together read: {reading}.",
        "hold": "That holds whichever block is left out.",
        "fragile": "Without {blocks} it would be another: so the reading is not kept.",
        "same": "That does not depend on any single block.",
        "without_table": "The vote of each block, and the reading without it",
        "block": "Block",
        "vote": "Vote",
        "pact": "a pact",
        "policing": "policing",
        "both": "both ways",
        "none": "none",
        "reading_without": "Reading without it",
        "others": "The same rules on the other episodes",
        "known": "Of {n} episodes whose nature is not in question, the rules get {right} right, read {wrong} as the "
        "opposite, and leave {open} open.",
        "tuned": "These readings are printed as they came out, and the rules were not tuned to them.",
        "misread": "Since an episode of known nature is misread, nothing is read of the contested one.",
        "others_table": "The other episodes, read by the same code",
        "episode": "Episode",
        "was": "It was",
        "rows": "Rows with data",
        "reading": "Reading",
        "takes": "For a pact / for policing",
        "then": "As known on {day}, and now",
        "then_reading": "With only what had been published by {day}, the rules read “{reading}”, because {why}.",
        "then_rows": "Of the rows with a vote, {then} could be measured then and {now} can be now.",
        "then_table": "The reading of each row, then and now",
        "row": "Row",
        "now_head": "Now",
    },
    "es": {
        "without": "Omitir un bloque cada vez",
        "all": "Todos los bloques juntos dan: {reading}.",
        "hold": "Eso se sostiene aunque se omita cualquiera de ellos.",
        "fragile": "Sin {blocks} sería otra: por eso la lectura no se mantiene.",
        "same": "Eso no depende de ningún bloque por sí solo.",
        "without_table": "El voto de cada bloque, y la lectura sin él",
        "block": "Bloque",
        "vote": "Voto",
        "pact": "un pacto",
        "policing": "labor policial",
        "both": "ambos sentidos",
        "none": "ninguno",
        "reading_without": "Lectura sin él",
        "others": "Las mismas reglas en los otros episodios",
        "known": "De {n} episodios cuya naturaleza no está en duda, las reglas aciertan en {right}, leen {wrong} como "
        "lo contrario y dejan {open} sin decidir.",
        "tuned": "Estas lecturas se imprimen tal como salieron, y las reglas no se ajustaron a ellas.",
        "misread": "Como un episodio de naturaleza conocida se lee mal, del que está en disputa no se lee nada.",
        "others_table": "Los otros episodios, leídos con el mismo código",
        "episode": "Episodio",
        "was": "Fue",
        "rows": "Filas con datos",
        "reading": "Lectura",
        "takes": "Por un pacto / por la labor policial",
        "then": "Lo que se sabía el {day}, y ahora",
        "then_reading": "Solo con lo publicado hasta el {day}, las reglas leen «{reading}», porque {why}.",
        "then_rows": "De las filas con voto, entonces se podían medir {then} y ahora se pueden medir {now}.",
        "then_table": "La lectura de cada fila, entonces y ahora",
        "row": "Fila",
        "now_head": "Ahora",
    },
}


def tell_without(weighed: Evidence, blocks: Mapping[EvidenceBlock, Words], lang: Language) -> tuple[Block, ...]:
    """Give each block's vote, and the reading without it."""
    text, verdict = _TEXT[lang], weighed.episode.verdict
    turned = [block for block, reading in verdict.without.items() if reading != verdict.all_blocks]
    kept = text["same"] if weighed.episode.verdict.all_blocks == "cannot tell" else text["hold"]
    if turned:
        kept = text["fragile"].format(blocks=_either([_quoted(blocks[one][lang], lang) for one in turned], lang))
    table = weighed.leave_one_out()
    return (
        Heading(text["without"], 2),
        Paragraph((text["all"].format(reading=reading_words(verdict.all_blocks, lang)), kept)),
        Table(
            caption=text["without_table"],
            header=(text["block"], text["vote"], text["reading_without"]),
            rows=tuple(
                (capital(blocks[block][lang]), text[vote], capital(reading_words(reading, lang)))
                for block, vote, reading in table.reset_index().to_numpy().tolist()
            ),
            widths=(2, 1.4, 2),
        ),
    )


def _quoted(name: str, lang: Language) -> str:
    return f"“{name}”" if lang == "en" else f"«{name}»"


def _either(names: list[str], lang: Language) -> str:
    word = {"en": "or", "es": "o"}[lang]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def tell_other_episodes(weighed: Evidence, lang: Language) -> tuple[Block, ...]:
    """Read the other episodes by the same rules; nothing where the case has none."""
    if not weighed.sanity:
        return ()
    text = _TEXT[lang]
    known = [one for one in weighed.sanity if one.expected is not None]
    right = sum(one.verdict.reading == one.expected for one in known)
    wrong = sum(one.is_misread for one in known)
    sentences = [text["known"].format(n=len(known), right=right, wrong=wrong, open=len(known) - right - wrong)]
    sentences += [text["tuned"], *([text["misread"]] if wrong else [])]
    return (
        Heading(text["others"], 2),
        Paragraph(tuple(sentences)),
        Table(
            caption=text["others_table"],
            header=tuple(text[name] for name in ("episode", "was", "rows", "takes", "reading")),
            rows=tuple(_other(one, lang) for one in weighed.sanity),
            widths=(3.2, 1.3, 0.9, 1.6, 1.7),
            right=(2,),
            small=True,
        ),
    )


def _other(one: EpisodeEvidence, lang: Language) -> tuple[str, ...]:
    votes = list(one.votes.values())
    pact, policing = (sum(vote in (side, "both") for vote in votes) for side in ("pact", "policing"))
    return (
        capital(one.name[lang]),
        kind_words(one.kind, lang),
        str(one.n_applicable),
        f"{pact} / {policing}",
        capital(reading_words(one.verdict.reading, lang)),
    )


def tell_then(found: EvidenceFacts, lang: Language) -> tuple[Block, ...]:
    """Set what was known earlier beside what is known now; nothing where the case goes back to no day."""
    then = found.then
    if then is None or then.as_of is None:
        return ()
    text, day = _TEXT[lang], wording.day(then.as_of, lang)
    rows = tuple(
        (
            capital(now.signature.name[lang]),
            capital(reading_words(early.reading, lang)),
            capital(reading_words(now.reading, lang)),
        )
        for early, now in zip(then.rows, found.now.rows, strict=True)
        if now.signature.block in VOTING
    )
    return (
        Heading(text["then"].format(day=day), 2),
        Paragraph(
            (
                text["then_reading"].format(
                    day=day, reading=reading_words(then.reading, lang), why=then.rule_words[lang]
                ),
                text["then_rows"].format(then=then.episode.n_applicable, now=found.now.episode.n_applicable),
            )
        ),
        Table(
            caption=text["then_table"],
            header=(text["row"], capital(day), text["now_head"]),
            rows=rows,
            widths=(2.4, 1.7, 1.7),
        ),
    )
