"""How the numbers were made, and what they lean on."""

from __future__ import annotations

from typing import Final

from violence_stats.ledger.records import Language
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Bullets, Cell, Heading, Link
from violence_stats.report.story.phrases import Texts, document_link

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
        "2006).",
        "again": "Every number here comes out of the package violence_stats and the tables of the case; the "
        "same tables give the same pages, byte for byte.",
        "references": "References",
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
        "fechas (Fearnhead 2006).",
        "again": "Cada número sale del paquete violence_stats y de las tablas del caso; las mismas tablas dan las "
        "mismas páginas, byte por byte.",
        "references": "Referencias",
    },
}
_METHODS: Final[tuple[Cell, ...]] = (
    Link(
        text="Lopez Bernal J, Cummins S, Gasparrini A (2017). Interrupted time series regression for the evaluation of "
        "public health interventions: a tutorial. Int J Epidemiol 46(1):348-355",
        url="https://doi.org/10.1093/ije/dyw098",
    ),
    "Bai J, Perron P (2003). Computation and analysis of multiple structural change models. J Appl Econometrics "
    "18(1):1-22",
    "Fearnhead P (2006). Exact and efficient Bayesian inference for multiple changepoint problems. Statistics and "
    "Computing 16(2):203-213",
    "Thompson R, Baker RJ (1981). Composite link functions in generalized linear models. J R Stat Soc C 30(2):125-131",
)


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
        lines.append(text["unknown"])
    studies = dict.fromkeys(effect.source_id for broken in facts.breaks for effect in broken.published)
    cited = [document_link(facts.case.ledger.sources[source_id], lang) for source_id in studies]
    return (
        Heading(text["heading"], 1),
        Bullets((*lines, text["again"])),
        Heading(text["references"], 1),
        Bullets((*cited, *_METHODS)),
    )
