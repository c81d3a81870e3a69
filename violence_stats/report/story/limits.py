"""What the report cannot show, and what its words mean."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.charts.lanes import is_digitised, publishers_in_order
from violence_stats.ledger.records import Language
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Bullets, Heading, Table
from violence_stats.report.story.phrases import Texts, called

_TEXT: Final[Texts] = {
    "en": {
        "heading": "What this cannot show",
        "why": "Who or what brought a rise or a fall about. The counts carry a date and a size, not a reason.",
        "model": "What would have happened otherwise. “Expected” is what a level, a trend and a season fitted to "
        "the counts carry on to; another model would expect another number.",
        "unadjusted": "How sure one may be of the breaks. Their intervals take the windows as independent of one "
        "another, which months of killings seldom are: the true uncertainty is likely larger.",
        "adjusted": "More certainty than its intervals hold: they allow for serial correlation, within one model.",
        "uncounted": "Deaths that no one counted: disappeared people are in no homicide count, and what an "
        "institution leaves out is missing here too.",
        "publishers": "Whether two publishers counted alike. Where the series changes publisher, part of a change "
        "can be the way of counting.",
        "later": "The series after {month} beside the one before: {definition} is another quantity.",
        "words": "What the words mean",
        "caption": "Terms, publishers and definitions",
        "term": "Term",
        "meaning": "Meaning",
        "window": "Window",
        "window_means": "The days that a published count covers, first and last included.",
        "like": "Like with like",
        "like_means": "Two counts from one publisher at one time, from one series, or from one document.",
        "digitised": "Digitised",
        "digitised_means": "Read off a published chart, for want of a table.",
        "step": "Step",
        "step_means": "A change of level on a day; it is named by the first day of the new level.",
        "ratio": "Rate ratio",
        "ratio_means": "The daily rate with the step over the daily rate without it: 1 is no change, 0.5 is half.",
        "interval": "95% interval",
        "interval_means": "The values that the counts leave plausible, if the model holds: of 100 such intervals about "
        "5 miss the truth.",
        "serial": "Serial correlation (autocorrelation)",
        "serial_means": "One month resembles the next, so that months say less than as many unrelated ones would.",
        "scatter": "Scatter (dispersion)",
        "scatter_means": "How far counts stray from what a model expects. More of it than pure chance gives is "
        "over-dispersion, which quasi-Poisson and negative-binomial models allow for.",
        "p": "p",
        "p_means": "How often chance alone would give a result as large or larger: the smaller, the less it looks like "
        "chance.",
        "regime": "Regime",
        "regime_means": "The time between two breaks.",
        "block": "Block",
        "block_means": "Rows of evidence that rest on the same counts: together they have one vote.",
        "pact": "Whether there was a pact, or what the police did. The readings say what rules written beforehand make "
        "of counts, and in simulated worlds of known truth they are mostly silent.",
        "lockdown": "What the lockdown did. It is bounded by assumptions, not measured.",
        "tried": "That every choice was tried. The models vary what could be listed; a choice that nobody thought of "
        "is not among them.",
    },
    "es": {
        "heading": "Lo que esto no puede mostrar",
        "why": "Quién o qué produjo un alza o una baja. Los conteos llevan una fecha y un tamaño, no una razón.",
        "model": "Qué habría pasado de otro modo. Lo «esperado» es la prolongación de un nivel, una tendencia y una "
        "estacionalidad ajustados a los conteos; otro modelo esperaría otro número.",
        "unadjusted": "Qué tan seguros son los quiebres. Sus intervalos toman los períodos como independientes entre "
        "sí, y los meses de homicidios rara vez lo son: la incertidumbre real es probablemente mayor.",
        "adjusted": "Más certeza que la que contienen sus intervalos: admiten correlación serial, dentro de un solo "
        "modelo.",
        "uncounted": "Muertes que nadie contó: las personas desaparecidas no están en ningún conteo de homicidios, "
        "y lo que una institución deja fuera también falta aquí.",
        "publishers": "Si dos instituciones contaron igual. Donde la serie cambia de institución, parte de un "
        "cambio puede deberse a la forma de contar.",
        "later": "La serie posterior a {month} junto a la anterior: {definition} es otra cantidad.",
        "words": "Qué significan las palabras",
        "caption": "Términos, instituciones y definiciones",
        "term": "Término",
        "meaning": "Significado",
        "window": "Período",
        "window_means": "Los días que cubre un conteo publicado, incluidos el primero y el último.",
        "like": "Comparables entre sí",
        "like_means": "Dos conteos de una institución en una misma fecha, de una misma serie o de un mismo documento.",
        "digitised": "Digitalizado",
        "digitised_means": "Leído en un gráfico publicado, a falta de tabla.",
        "step": "Escalón",
        "step_means": "Un cambio de nivel en un día; se nombra por el primer día del nuevo nivel.",
        "ratio": "Razón de tasas",
        "ratio_means": "La tasa diaria con el escalón entre la tasa diaria sin él: 1 es sin cambio, 0.5 es la mitad.",
        "interval": "Intervalo del 95\u00a0%",
        "interval_means": "Los valores que los conteos dejan como plausibles, si el modelo vale: de 100 intervalos "
        "así, unos 5 no contienen la verdad.",
        "serial": "Correlación serial (autocorrelación)",
        "serial_means": "Un mes se parece al siguiente, de modo que los meses dicen menos que otros tantos sin "
        "relación.",
        "scatter": "Dispersión",
        "scatter_means": "Cuánto se apartan los conteos de lo que espera un modelo. Si es más que la del puro azar, es "
        "sobredispersión, que admiten los modelos cuasi-Poisson y binomiales negativos.",
        "p": "p",
        "p_means": "Con qué frecuencia el azar solo daría un resultado igual o mayor: cuanto menor, menos parece azar.",
        "regime": "Régimen",
        "regime_means": "El tiempo entre dos quiebres.",
        "block": "Bloque",
        "block_means": "Filas de evidencia que descansan en los mismos conteos: juntas tienen un voto.",
        "pact": "Si hubo un pacto, o qué hizo la policía. Las lecturas dicen lo que unas reglas escritas de antemano "
        "sacan de los conteos, y en mundos simulados de verdad conocida casi siempre callan.",
        "lockdown": "Qué hizo la cuarentena. Se acota con supuestos, no se mide.",
        "tried": "Que se probaran todas las opciones. Los modelos varían lo que se pudo enumerar; una opción en que "
        "nadie pensó no está entre ellas.",
    },
}
_TERMS: Final = (
    *("window", "like", "digitised", "step", "ratio"),
    *("interval", "serial", "scatter", "p", "regime", "block"),
)


def tell_limits(facts: Facts, lang: Language) -> tuple[Block, ...]:
    """Say what the report cannot show, then define its words and name its publishers."""
    text = _TEXT[lang]
    return (
        Heading(text["heading"], 1),
        Bullets(_limits(facts, lang)),
        Heading(text["words"], 1),
        Table(
            caption=text["caption"],
            header=(text["term"], text["meaning"]),
            rows=(*_terms(facts, lang), *_publishers(facts, lang), *_definitions(facts, lang)),
            widths=(1, 4),
            small=True,
        ),
    )


def _limits(facts: Facts, lang: Language) -> tuple[str, ...]:
    text = _TEXT[lang]
    limits = [text["why"]]
    if facts.breaks or facts.fall is not None:
        limits.append(text["model"])
    if facts.breaks:
        adjusts = facts.breaks[0].primary.result.estimate.adjusts_for_correlation
        limits.append(text["adjusted" if adjusts else "unadjusted"])
    if facts.fall is not None and facts.fall.now.lockdown:
        limits.append(text["lockdown"])
    if facts.evidence is not None:
        limits.append(text["pact"])
    if facts.choices is not None:
        limits.append(text["tried"])
    limits.append(text["uncounted"])
    if len(publishers_in_order(facts.chain)) > 1:
        limits.append(text["publishers"])
    first = facts.chain.observations[0].definition
    later = next((one for one in facts.chain if one.definition != first), None)
    if later is not None:
        name = called(facts.case.settings.definitions, later.definition, lang)
        limits.append(text["later"].format(month=wording.month(later.window.start, lang), definition=name))
    return tuple(limits)


def _terms(facts: Facts, lang: Language) -> tuple[tuple[str, str], ...]:
    """Give the words that this report uses, each with what it means."""
    unused = set()
    if facts.check is None:
        unused.add("like")
    if not any(map(is_digitised, facts.chain)):
        unused.add("digitised")
    if not facts.breaks:
        unused |= {"step", "ratio"}
    adjusted = any(one.primary.result.estimate.adjusts_for_correlation for one in facts.breaks)
    if not adjusted and facts.fall is None and facts.episodes is None:
        unused |= {"interval", "serial", "scatter"}
    if facts.unknown is None:
        unused |= {"p", "regime"}
    if facts.evidence is None:
        unused.add("block")
    return tuple((_TEXT[lang][term], _TEXT[lang][f"{term}_means"]) for term in _TERMS if term not in unused)


def _publishers(facts: Facts, lang: Language) -> tuple[tuple[str, str], ...]:
    """Name who counted the chain, then who counted the other figures."""
    names = facts.case.settings.publishers
    others = sorted({figure.publisher for figure, _ in facts.figures.values()})
    codes = dict.fromkeys((*publishers_in_order(facts.chain), *others))
    return tuple((code, capital(names[code][lang]) + ".") for code in codes if code in names)


def _definitions(facts: Facts, lang: Language) -> tuple[tuple[str, str], ...]:
    names = facts.case.settings.definitions
    used = dict.fromkeys(one.definition for one in facts.chain if one.definition)
    return tuple((code, capital(names[code][lang]) + ".") for code in used if code in names)
