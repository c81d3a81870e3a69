"""How good the instrument is: how often each reading comes out of made-up worlds, and the worst that can happen."""

from __future__ import annotations

from typing import Final

import pandas as pd

from violence_stats import wording
from violence_stats.charts.evidence_words import reading_words
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language, Words
from violence_stats.questions.evidence_calibration import ALL_BLOCKS, OVERALL, worst_cases
from violence_stats.report.document import Block, Heading, Paragraph, Table
from violence_stats.report.evidence_facts import EvidenceFacts
from violence_stats.report.story.phrases import Texts, between

_TEXT: Final[Texts] = {
    "en": {
        "heading": "How good the instrument is",
        "how": "The same code read made-up worlds of the same length, noise and gaps, {n_draws} draws of each, among "
        "them worlds that do not do what was predicted of them.",
        "right": "Where a pact or policing did as predicted, it was read as what it was in {share} of the draws, so "
        "that the usual reading is “cannot tell” even where there is something to tell.",
        "worst": "The worst case: of the worlds “{world}” ({noise} noise), {share} were read as the other side.",
        "blocks": "Before a block is left out, the worst case would be {share}: that is why a reading has to stand "
        "without any one block.",
        "nothing": "Where neither a pact nor policing was at work, a side was favoured in {share} of the draws.",
        "mixed": "“{mixed}” can mean neither: in the worlds “{world}” it came out in up to {share} of the draws.",
        "then": "With what was known on the earlier day, {share} of the draws came out as “{reading}”, whatever the "
        "world: what was known then could hardly have told.",
        "never": "These shares say what the rules make of a world, not how likely the world is.",
        "table": "How often each reading comes out of worlds whose truth is known ({noise} noise)",
        "world": "World",
    },
    "es": {
        "heading": "Qué tan bueno es el instrumento",
        "how": "El mismo código leyó mundos inventados de la misma duración, ruido y huecos, {n_draws} sorteos de cada "
        "uno, entre ellos mundos que no hacen lo que se predijo.",
        "right": "Donde un pacto o la labor policial hicieron lo predicho, se leyeron como lo que eran en {share} de "
        "los sorteos, de modo que la lectura habitual es «no permite saberlo» aun donde hay algo que saber.",
        "worst": "El peor caso: de los mundos «{world}» (ruido {noise}), {share} se leyeron como el otro lado.",
        "blocks": "Antes de omitir un bloque, el peor caso sería {share}: por eso una lectura tiene que sostenerse sin "
        "cualquiera de los bloques.",
        "nothing": "Donde no obraban ni un pacto ni la labor policial, se favoreció a un lado en {share} de los "
        "sorteos.",
        "mixed": "«{mixed}» puede no significar ninguno: en los mundos «{world}» salió en hasta {share} de los "
        "sorteos.",
        "then": "Con lo que se sabía en la fecha anterior, {share} de los sorteos dieron «{reading}», fuera cual fuera "
        "el mundo: lo que se sabía entonces apenas podía decidir.",
        "never": "Estos porcentajes dicen lo que las reglas sacan de un mundo, no cuán probable es ese mundo.",
        "table": "Con qué frecuencia sale cada lectura de mundos cuya verdad se conoce (ruido {noise})",
        "world": "Mundo",
    },
}

WORLD_NAMES: Final[dict[str, Words]] = {
    "pact, as predicted": Words(en="a pact, as predicted", es="un pacto, según lo predicho"),
    "policing, as predicted": Words(en="policing, as predicted", es="labor policial, según lo predicho"),
    "nothing happens": Words(en="nothing happens", es="no pasa nada"),
    "a trend goes on": Words(en="a trend goes on", es="sigue una tendencia"),
    "homicide falls for another reason": Words(
        en="homicide falls for another reason", es="los homicidios caen por otra razón"
    ),
    "all crime falls for another reason": Words(
        en="all crime falls for another reason", es="todos los delitos caen por otra razón"
    ),
    "pact that lasts, while police are busy": Words(
        en="a pact that lasts, while police are busy", es="un pacto que dura, con la policía muy activa"
    ),
    "policing that fades, against gangs alone": Words(
        en="policing that fades, against gangs alone", es="labor policial que se agota, solo contra pandillas"
    ),
}

NOISE_NAMES: Final[dict[str, Words]] = {
    "quiet": Words(en="little", es="escaso"),
    "as assumed": Words(en="the assumed", es="supuesto"),
    "rough": Words(en="much", es="mucho"),
}

READINGS: Final = ("favours pact", "favours policing", "mixed", "cannot tell")
SHOWN_NOISE: Final = "as assumed"


def tell_error_rates(found: EvidenceFacts, lang: Language) -> tuple[Block, ...]:
    """Say how often the rules are right and wrong; nothing where the case has no such table."""
    rates = found.error_rates
    if rates is None:
        return ()
    text, now = _TEXT[lang], rates[rates["as_of"] == ""]
    return (
        Heading(text["heading"], 2),
        Paragraph((_how(rates, lang), _right(now, lang), text["never"])),
        Paragraph((*_worst(now, lang), *_neither(now, lang), *_then(rates, lang))),
        Table(
            caption=text["table"].format(noise=NOISE_NAMES[SHOWN_NOISE][lang]),
            header=(text["world"], *(capital(reading_words(one, lang)) for one in READINGS)),
            rows=tuple(_rows(now, lang)),
            widths=(3, 1.1, 1.3, 1.3, 1.2),
            right=(1, 2, 3, 4),
            small=True,
        ),
    )


def _how(rates: pd.DataFrame, lang: Language) -> str:
    draws = sorted(set(rates["n_draws"]))
    n_draws = str(draws[0]) if len(draws) == 1 else between(str(draws[0]), str(draws[-1]), lang)
    return _TEXT[lang]["how"].format(n_draws=n_draws)


def _share(rates: pd.DataFrame, row: str, reading: str) -> pd.Series[float]:
    """Give the share of a reading by world, kind and noise; 0 where it never came out."""
    own = rates[rates["row"] == row]
    keys = ["world", "kind", "noise", "as_predicted"]
    shares = own.assign(of=own["share"].where(own["reading"] == reading, 0.0)).groupby(keys, sort=False)["of"].sum()
    return shares.astype(float)


def _right(now: pd.DataFrame, lang: Language) -> str:
    shares = [
        share
        for side in ("pact", "policing")
        for share in _share(now, OVERALL, f"favours {side}")
        .reset_index()
        .query("kind == @side and as_predicted")["of"]
        .tolist()
    ]
    low, high = (wording.percent(100 * end, lang, 0) for end in (min(shares), max(shares)))
    return _TEXT[lang]["right"].format(share=between(low, high, lang))


def _worst(now: pd.DataFrame, lang: Language) -> tuple[str, ...]:
    text = _TEXT[lang]
    overall, blocks = worst_cases(now), worst_cases(now, ALL_BLOCKS)
    if overall.empty or blocks.empty:
        return ()
    worst, before = overall.iloc[0], blocks.iloc[0]
    return (
        text["worst"].format(
            world=WORLD_NAMES[worst["world"]][lang],
            noise=NOISE_NAMES[worst["noise"]][lang],
            share=wording.percent(100 * worst["share"], lang, 0),
        ),
        text["blocks"].format(share=wording.percent(100 * before["share"], lang, 0)),
    )


def _neither(now: pd.DataFrame, lang: Language) -> tuple[str, str]:
    """Say what is read of worlds where neither a pact nor policing was at work."""
    text = _TEXT[lang]
    favours = [_of_neither(now, f"favours {side}") for side in ("pact", "policing")]
    edges = [100 * end for one in favours for end in (one.min(), one.max())]
    low, high = (wording.percent(end, lang, 0) for end in (min(edges), max(edges)))
    mixed = _of_neither(now, "mixed")
    return (
        text["nothing"].format(share=between(low, high, lang)),
        text["mixed"].format(
            mixed=capital(reading_words("mixed", lang)),
            world=WORLD_NAMES[str(mixed.idxmax())][lang],
            share=wording.percent(100 * mixed.max(), lang, 0),
        ),
    )


def _of_neither(now: pd.DataFrame, reading: str) -> pd.Series[float]:
    """Give the largest share of a reading over the noises, by world of neither kind."""
    shares = _share(now, OVERALL, reading)
    return shares[shares.index.get_level_values("kind") == "neither"].groupby(level="world", sort=False).max()


def _then(rates: pd.DataFrame, lang: Language) -> tuple[str, ...]:
    early = rates[(rates["as_of"] != "") & (rates["row"] == OVERALL)]
    if early.empty:
        return ()
    cannot = early[early["reading"] == "cannot tell"]
    share = cannot["n"].sum() / early["n"].sum()
    return (
        _TEXT[lang]["then"].format(
            share=wording.percent(100 * share, lang, 0), reading=reading_words("cannot tell", lang)
        ),
    )


def _rows(now: pd.DataFrame, lang: Language) -> list[tuple[str, ...]]:
    shown = now[now["noise"] == SHOWN_NOISE]
    shares = {reading: _share(shown, OVERALL, reading) for reading in READINGS}
    keys = list(shares[READINGS[0]].index)
    return [
        (
            capital(WORLD_NAMES[str(key[0])][lang]),
            *(wording.percent(100 * float(shares[one].loc[key]), lang, 0) for one in READINGS),
        )
        for key in keys
    ]
