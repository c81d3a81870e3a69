"""How the numbers were made, and what they lean on."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.ledger.records import Language
from violence_stats.questions.fall_choices import N_DRAWS
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Bullets, Heading
from violence_stats.report.story.phrases import Texts, document_link
from violence_stats.report.story.references import method_references
from violence_stats.report.unknown_dates import CUSTOMARY_MOST, CUSTOMARY_TRIM, UnknownDates

_TEXT: Final[Texts] = {
    "en": {
        "heading": "How it was made",
        "series": "The series is a chain of published windows without gap or overlap; a window that nobody "
        "published is the difference of published totals, and the appendix gives the arithmetic.",
        "series_whole": "The series is a chain of published windows without gap or overlap.",
        "claim": "The claim is checked on pairs of counts that are like with like; its verdict is close if every "
        "pair lies within half a percentage point, and confirmed if one of them also rounds to the claim.",
        "model": "The breaks are quasi-Poisson regressions of counts over windows of unequal length with a log "
        "link: the expected count of a window is the sum of its days' rates, so that a window that straddles a step "
        "is split by days (Thompson and Baker 1981). Terms: level, linear trend by month, one yearly sine and "
        "cosine{terms} (compare Lopez Bernal and others 2017).",
        "step": ", and a step",
        "step_lockdown": ", a step, and the lockdown where the fit covers it",
        "iid": "The intervals of the breaks take the windows as independent of one another and allow for "
        "over-dispersion only; they are not adjusted for serial correlation.",
        "ar1": "The intervals of the breaks are 95% intervals that allow for over-dispersion and for serial "
        "correlation together, by a latent first-order autoregression on the log rate of the months.",
        "newey-west": "The intervals of the breaks are 95% intervals that allow for serial correlation by Newey and "
        "West.",
        "unknown": "Breaks at unknown dates: the partition of least quasi-Poisson deviance over the edges of windows "
        "for each number of breaks (Bai and Perron 2003), and the exact posterior over number and dates (Fearnhead "
        "2006). The search allows up to {most} breaks and no regime shorter than {shortest} months. Asked for nothing "
        "else, the command “violence-stats breaks” allows up to {other_most} and no regime shorter than {other_trim} "
        "of the time, and takes least squares where every count is of one whole month, so it can find other breaks.",
        "again": "Every number here comes out of the package violence_stats and the tables of the case; the "
        "same tables give the same pages, byte for byte.",
        "references": "References",
        "fall": "What the change is made of: the log ratio of two windows' totals is split over the parts of a model "
        "by Shapley values (Shapley 1953), which average each part over all orders in which the parts can be brought "
        "in. Intervals come from {draws} joint draws of the estimates and of the latent path.",
        "episodes": "The onset of an episode is a first-order transfer function, an approach 1 \u2212 exp(\u2212t/τ) "
        "to a new level (Box and Tiao 1975); its interval is a profile over start and τ, with the deviance scaled by "
        "dispersion and serial correlation.",
        "outlook": "Paths are scored by the logarithm of the probability that they gave to what came (Gneiting and "
        "Raftery 2007), counts being negative binomial.",
        "choices": "The models that vary the choices form a specification curve (Simonsohn, Simmons and Nelson 2020).",
    },
    "es": {
        "heading": "Cómo se hizo",
        "series": "La serie es una cadena de períodos publicados, sin huecos ni traslapes; un período que nadie "
        "publicó es la diferencia de totales publicados, y el anexo da la aritmética.",
        "series_whole": "La serie es una cadena de períodos publicados, sin huecos ni traslapes.",
        "claim": "La afirmación se revisa con pares de conteos comparables entre sí; el veredicto es «cerca» si "
        "todos los pares quedan a medio punto porcentual o menos, y «se confirma» si además alguno da la afirmación "
        "al redondear.",
        "model": "Los quiebres son regresiones cuasi-Poisson de conteos sobre períodos de distinta longitud, con "
        "enlace logarítmico: el conteo esperado de un período es la suma de las tasas de sus días, de modo que un "
        "período que atraviesa un escalón se parte por días (Thompson y Baker 1981). Términos: nivel, tendencia "
        "lineal por mes, un seno y un coseno anuales{terms} (compárese Lopez Bernal y otros "
        "2017).",
        "step": ", y un escalón",
        "step_lockdown": ", un escalón, y la cuarentena donde el ajuste la cubre",
        "iid": "Los intervalos de los quiebres toman los períodos como independientes entre sí y solo admiten "
        "sobredispersión; no están ajustados por correlación serial.",
        "ar1": "Los intervalos de los quiebres son intervalos del 95\u00a0% que admiten a la vez sobredispersión y "
        "correlación serial, mediante una autorregresión latente de primer orden sobre el logaritmo de la tasa de "
        "los meses.",
        "newey-west": "Los intervalos de los quiebres son intervalos del 95\u00a0% que admiten correlación serial "
        "según Newey y West.",
        "unknown": "Quiebres en fechas desconocidas: la partición de menor desviación cuasi-Poisson en los bordes de "
        "los períodos para cada número de quiebres (Bai y Perron 2003), y la distribución posterior exacta de número y "
        "fechas (Fearnhead 2006). La búsqueda admite hasta {most} quiebres y ningún régimen de menos de {shortest} "
        "meses. Si no se le pide otra cosa, la orden «violence-stats breaks» admite hasta {other_most} y ningún "
        "régimen que dure menos del {other_trim} del tiempo, y usa mínimos cuadrados donde cada conteo es de un mes "
        "entero, así que puede hallar otros quiebres.",
        "again": "Cada número sale del paquete violence_stats y de las tablas del caso; las mismas tablas dan las "
        "mismas páginas, byte por byte.",
        "references": "Referencias",
        "fall": "De qué está hecho el cambio: el logaritmo de la razón de los totales de dos períodos se reparte entre "
        "las partes de un modelo con valores de Shapley (Shapley 1953), que promedian cada parte sobre todos los "
        "órdenes en que las partes pueden entrar. Los intervalos salen de {draws} sorteos conjuntos de las "
        "estimaciones y del curso latente.",
        "episodes": "El inicio de un episodio es una función de transferencia de primer orden, un acercamiento 1 "
        "\u2212 exp(\u2212t/τ) a un nuevo nivel (Box y Tiao 1975); su intervalo es un perfil sobre el inicio y τ, con "
        "la desviación escalada por la dispersión y la correlación serial.",
        "outlook": "Los caminos se puntúan con el logaritmo de la probabilidad que daban a lo que vino (Gneiting y "
        "Raftery 2007), con conteos binomiales negativos.",
        "choices": "Los modelos que varían las opciones forman una curva de especificaciones (Simonsohn, Simmons y "
        "Nelson 2020).",
    },
}


def tell_method(facts: Facts, lang: Language) -> tuple[Block, ...]:
    """Say how the numbers were made."""
    text = _TEXT[lang]
    derived = any(len(one.citations) > 1 for one in facts.chain)
    lines = [text["series" if derived else "series_whole"]]
    if facts.check is not None:
        lines.append(text["claim"])
    if facts.breaks:
        terms = text["step" if facts.case.settings.lockdown is None else "step_lockdown"]
        lines += [text["model"].format(terms=terms), text[facts.breaks[0].primary.result.estimate.errors]]
    if facts.unknown is not None:
        lines.append(_unknown_dates(facts.unknown, lang))
    if facts.fall is not None:
        lines.append(text["fall"].format(draws=wording.whole(N_DRAWS)))
    chapters = (("episodes", facts.episodes), ("outlook", facts.outlook), ("choices", facts.choices))
    lines += [text[name] for name, part in chapters if part is not None]
    studies = dict.fromkeys(effect.source_id for broken in facts.breaks for effect in broken.published)
    cited = [document_link(facts.case.ledger.sources[source_id], lang) for source_id in studies]
    references = (*cited, *method_references(facts))
    return (
        Heading(text["heading"], 1),
        Bullets((*lines, text["again"])),
        *((Heading(text["references"], 1), Bullets(references)) if references else ()),
    )


def _unknown_dates(search: UnknownDates, lang: Language) -> str:
    """Say how breaks were searched for, and within which limits, beside those that the command line starts from."""
    return _TEXT[lang]["unknown"].format(
        most=search.most_breaks,
        shortest=wording.whole(search.shortest_months),
        other_most=CUSTOMARY_MOST,
        other_trim=wording.percent(100 * CUSTOMARY_TRIM, lang, 0),
    )
