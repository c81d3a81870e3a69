"""What a picture of diagnostics says."""

from __future__ import annotations

from typing import Final

from violence_stats import wording
from violence_stats.charts.drawable import DrawnFit
from violence_stats.charts.drawn_fits import drawn_fit
from violence_stats.charts.effect_terms import term_words
from violence_stats.charts.labels import labels_for
from violence_stats.ledger.case import CaseLike, load_case
from violence_stats.ledger.records import Language
from violence_stats.models.diagnostics import Diagnostics
from violence_stats.models.result import ITSResult

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "{what}: what the model leaves over",
        "unit": "Effect looked at: {term}",
        "residuals": "Residual of each window, in standard errors",
        "moves": "How far the effect moves without that window, in its standard errors",
        "autocorrelation": "Correlation left, by windows apart",
        "years": "Effect without that year",
        "no_fit": "cannot be fitted",
        "unit_ahead": "What each window was, against what those before it led to expect",
        "ahead": "Error of each prediction one period ahead, in its standard deviations",
        "source": "Residuals: from the fit to all other windows; dashed: limit within which 99% of series stay that "
        "follow the model. Correlation: band of 95% under none. Years: 95% intervals{unadjusted}; band: the whole fit.",
        "source_ahead": "Dashed: limit within which 99% of series stay that follow the model. Correlation: band of 95% "
        "under none. Fitted to {n} windows, {span}.",
        "publishers": " Source: {publishers}.",
        "unadjusted": ", not adjusted for serial correlation",
        "alt": "{title}. Correlation one window apart {lag_one}. Windows beyond the limit: {outliers}. The window that "
        "moves the effect most is {window}, by {moves} standard errors.",
        "none": "none",
    },
    "es": {
        "title": "{what}: lo que el modelo deja sin explicar",
        "unit": "Efecto examinado: {term}",
        "residuals": "Residuo de cada período, en errores estándar",
        "moves": "Cuánto se mueve el efecto sin ese período, en sus errores estándar",
        "autocorrelation": "Correlación que queda, por distancia",
        "years": "Efecto sin ese año",
        "no_fit": "no se puede ajustar",
        "unit_ahead": "Lo que fue cada período, frente a lo que los anteriores hacían esperar",
        "ahead": "Error de cada previsión un período antes, en sus desviaciones estándar",
        "source": "Residuos: del ajuste a todos los demás períodos; líneas cortadas: límite dentro del cual queda el "
        "99\u00a0% de las series que siguen el modelo. Correlación: banda del 95\u00a0% si no hay ninguna. Años: "
        "intervalos del 95\u00a0%{unadjusted}; banda: el ajuste entero.",
        "source_ahead": "Líneas cortadas: límite dentro del cual queda el 99\u00a0% de las series que siguen el "
        "modelo. Correlación: banda del 95\u00a0% si no hay ninguna. Ajustado a {n} períodos, {span}.",
        "publishers": " Fuente: {publishers}.",
        "unadjusted": ", sin ajuste por correlación serial",
        "alt": "{title}. Correlación a un período de distancia: {lag_one}. Períodos fuera del límite: {outliers}. El "
        "período que más mueve el efecto es {window}, en {moves} errores estándar.",
        "none": "ninguno",
    },
}


def diagnostics_title(fit: DrawnFit, case: CaseLike | None, lang: Language) -> str:
    """Give the title that the picture carries."""
    return TEXT[lang]["title"].format(what=labels_for(fit.series, case, lang).what)


def unit_words(fit: DrawnFit, term: str, case: CaseLike | None, lang: Language) -> str:
    """Say which effect is looked at."""
    known = case if case is not None else fit.series.case_id
    settings = None if known is None else load_case(known).settings
    return TEXT[lang]["unit"].format(term=term_words(term, settings, lang))


def source_words(fit: DrawnFit, lang: Language) -> str:
    """Say what limits and bands are, and who counted."""
    text, publishers = TEXT[lang], fit.publishers(lang)
    if fit.diagnose is None:
        said = text["source_ahead"].format(n=fit.n_windows, span=wording.window(fit.span, lang))
    else:
        said = text["source"].format(unadjusted="" if fit.adjusted else text["unadjusted"])
    return said + (text["publishers"].format(publishers=publishers) if publishers else "")


def describe_diagnostics(
    result: ITSResult, found: Diagnostics, moves: str, case: CaseLike | None, lang: Language
) -> str:
    """Say what the picture shows, for readers who cannot see it; `moves` is a column of ``found.windows``."""
    worst = str(found.windows[moves].abs().idxmax())
    return TEXT[lang]["alt"].format(
        title=diagnostics_title(drawn_fit(result), case, lang),
        lag_one=wording.decimal(found.lag_one, 2),
        outliers=wording.listing(found.outliers, lang) or TEXT[lang]["none"],
        window=worst,
        moves=wording.decimal(abs(float(found.windows[moves][worst])), 2),
    )
