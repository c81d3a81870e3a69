"""How strong the evidence is for the breaks found without a date."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from violence_stats import wording
from violence_stats.breaks.options import BreakOptions
from violence_stats.charts.breaks_words import probability_words
from violence_stats.ledger.records import Language
from violence_stats.report.document import Block, Bullets, Heading, Paragraph, Table
from violence_stats.report.story.phrases import Texts
from violence_stats.report.unknown_dates import ALPHA, CUSTOMARY_TRIM, UnknownDates

_TEXT: Final[Texts] = {
    "en": {
        "heading": "How strong the evidence is",
        "number": "That there are {n} is the choice of {bic}",
        "number_1": "That there is one is the choice of {bic}",
        "number_0": "That there is none is the choice of {bic}",
        "criterion": "the Bayesian information criterion (BIC): more breaks always fit the counts more closely, and it "
        "asks whether each improves the fit by enough to be worth a date more. It takes the scatter as it is between "
        "two breaks.",
        "tests": "Tests that allow for autocorrelation, that is, for the way one month resembles the next, are "
        "stricter. Each asks whether one break more is needed beside those already taken, and compares with simulated "
        "series without it that scatter and persist as these counts do once it is allowed for. Breaks not yet taken "
        "look like persistence, so while several remain these tests miss much.",
        "none": "At {alpha} they support none of the breaks: one break against none has {first}.",
        "neither": "At {alpha} they support none either: one break against none has {first}.",
        "more": "At {alpha} they support more breaks, {k} ({dates}), than BIC takes: one break against none has "
        "{first}. The two weigh breaks differently, and what is shown here are those that BIC takes.",
        "some": "At {alpha} they support fewer breaks, {k} ({dates}), and then stop: one break against none has "
        "{first}, and one more has {p}.",
        "all": "At {alpha} they support {k}: one break against none has {first}.",
        "best": "The dates are thus the {n} that fit best, not {n} that the tests establish.",
        "above": "Where p is above {threshold}, a further break cannot be told from a slow wandering of the rate.",
        "intervals": "The intervals of the months come from {replicates} series simulated with the breaks found, each "
        "date estimated anew while the others are held; they do not carry the doubt about how many breaks "
        "there are.",
        "customary": "At the customary limit, where every regime lasts at least {trim} of the time, no regime under "
        "about {months} months can be seen",
        "short": ", and {short} of the {regimes} regimes found are shorter.",
        "customary_found": "That search finds {n}: {dates}.",
        "customary_none": "That search finds none.",
        "customary_tests": "Its tests, blind to the same regimes, give {p_values} for one more break each.",
        "bayes": "A second, Bayesian search, with the limits of the first one, gives every number of breaks a "
        "probability: {best} have the highest, {p}; {sensitivity}.",
        "one_break": "one break",
        "n_breaks": "{n} breaks",
        "between": "under {priors} sets of prior assumptions the most probable number lies between {low} and {high}",
        "alike": "under each of {priors} sets of prior assumptions the most probable number is {low}",
        "bound": "Since the largest number allowed is the most probable, the series may hold more breaks, or drift.",
        "independent": "The Bayesian search takes windows as independent of one another within a regime, and reads "
        "autocorrelation as breaks.",
        "false": "Of simulated series of {months} months without any break, it gives some break a probability over one "
        "half in {half}, and over 0.95 in {high}.",
        "rate": "{share} at an autocorrelation of {rho}",
        "table": "Tests of one more break, and what BIC says of that number",
        "breaks": "Breaks",
        "statistic": "Test statistic of the last one",
        "p": "p",
        "p_null": "p with the noise fitted without it",
        "bic": "BIC",
        "chosen": "{n} (chosen by BIC)",
        "note": "The smallest p that {replicates} series can give is {smallest}. The statistic is a likelihood ratio "
        "over the long-run scatter (dispersion) of its own series. The column before the last fits scatter and "
        "autocorrelation without the break: where it differs from the one before it, the series cannot tell a break "
        "from persistence.",
    },
    "es": {
        "heading": "Qué tan fuerte es la evidencia",
        "number": "Que sean {n} es la elección del {bic}",
        "number_1": "Que sea uno es la elección del {bic}",
        "number_0": "Que no haya ninguno es la elección del {bic}",
        "criterion": "criterio de información bayesiano (BIC): con más quiebres los conteos siempre se ajustan mejor, "
        "y el criterio pregunta si cada uno mejora el ajuste lo bastante como para valer una fecha más. Toma la "
        "dispersión tal como es entre dos quiebres.",
        "tests": "Las pruebas que admiten autocorrelación, es decir, que un mes se parezca al siguiente, son más "
        "estrictas. Cada una pregunta si hace falta un quiebre más junto a los ya tomados, y compara con series "
        "simuladas sin él que se dispersan y persisten como lo hacen estos conteos una vez que se lo admite. Los "
        "quiebres aún no tomados parecen persistencia, así que mientras quedan varios estas pruebas pasan por alto "
        "mucho.",
        "none": "Al {alpha} no respaldan ninguno de los quiebres: un quiebre frente a ninguno tiene {first}.",
        "neither": "Al {alpha} tampoco respaldan ninguno: un quiebre frente a ninguno tiene {first}.",
        "more": "Al {alpha} respaldan más quiebres, {k} ({dates}), de los que toma el BIC: un quiebre frente a ninguno "
        "tiene {first}. Uno y otras pesan los quiebres de distinta manera, y aquí se muestran los que toma el BIC.",
        "some": "Al {alpha} respaldan menos quiebres, {k} ({dates}), y ahí se detienen: un quiebre frente a ninguno "
        "tiene {first}, y uno más tiene {p}.",
        "all": "Al {alpha} respaldan {k}: un quiebre frente a ninguno tiene {first}.",
        "best": "Las fechas son, pues, las {n} que mejor se ajustan, no {n} que las pruebas establezcan.",
        "above": "Donde p es mayor que {threshold}, un quiebre más no se distingue de un vaivén lento de la tasa.",
        "intervals": "Los intervalos de los meses vienen de {replicates} series simuladas con los quiebres hallados, "
        "cada fecha estimada de nuevo con las demás fijas; no llevan en sí la duda sobre cuántos quiebres hay.",
        "customary": "Con el límite acostumbrado, en que cada régimen dura al menos un {trim} del tiempo, no se puede "
        "ver ningún régimen de menos de unos {months} meses",
        "short": ", y {short} de los {regimes} regímenes hallados son más cortos.",
        "customary_found": "Esa búsqueda halla {n}: {dates}.",
        "customary_none": "Esa búsqueda no halla ninguno.",
        "customary_tests": "Sus pruebas, ciegas a los mismos regímenes, dan {p_values}, cada uno para un quiebre más.",
        "bayes": "Una segunda búsqueda, bayesiana, con los límites de la primera, da una probabilidad a cada número de "
        "quiebres: la mayor, {p}, es la de {best}; {sensitivity}.",
        "one_break": "un quiebre",
        "n_breaks": "{n} quiebres",
        "between": "con {priors} juegos de supuestos previos, el número más probable está entre {low} y {high}",
        "alike": "con cada uno de {priors} juegos de supuestos previos, el número más probable es {low}",
        "bound": "Como el mayor número permitido es el más probable, la serie puede contener más quiebres, o deriva.",
        "independent": "La búsqueda bayesiana toma los períodos como independientes entre sí dentro de un régimen, y "
        "lee la autocorrelación como quiebres.",
        "false": "De las series simuladas de {months} meses sin ningún quiebre, da a alguno una probabilidad de más de "
        "un medio en {half}, y de más de 0.95 en {high}.",
        "rate": "el {share} con una autocorrelación de {rho}",
        "table": "Pruebas de un quiebre más, y lo que el BIC dice de ese número",
        "breaks": "Quiebres",
        "statistic": "Estadístico de prueba del último",
        "p": "p",
        "p_null": "p con el ruido ajustado sin él",
        "bic": "BIC",
        "chosen": "{n} (elegido por el BIC)",
        "note": "La menor p que {replicates} series pueden dar es {smallest}. El estadístico es una razón de "
        "verosimilitud entre la dispersión de largo plazo de su propia serie. La penúltima columna ajusta la "
        "dispersión y la autocorrelación sin el quiebre: donde difiere de la anterior, la serie no distingue el "
        "quiebre de la persistencia.",
    },
}


def tell_evidence(search: UnknownDates, lang: Language) -> tuple[Block, ...]:
    """Say what speaks for the number of breaks, for their dates, and how often there would be some without any."""
    text = _TEXT[lang]
    replicates = BreakOptions().n_replicates
    n = search.found.n_breaks
    number = text[f"number_{n}" if n < 2 else "number"].format(n=n, bic=text["criterion"])
    smallest = wording.decimal(1 / (1 + replicates), 3)
    return (
        Heading(text["heading"], 2),
        Bullets(
            (
                " ".join((number, text["tests"], *_sequence(search, lang))),
                *([text["intervals"].format(replicates=replicates)] if n else []),
                _customary(search, lang),
                _bayes(search, lang),
                " ".join((text["independent"], _false_breaks(search.posterior.false_breaks, lang))),
            )
        ),
        _test_table(search, lang),
        Paragraph((text["note"].format(replicates=replicates, smallest=smallest),), small=True),
    )


def _sequence(search: UnknownDates, lang: Language) -> tuple[str, ...]:
    """Say how far the tests go, one after another."""
    text, p_values = _TEXT[lang], search.found.statistics["p_value"].to_numpy(dtype=float)
    k, n = search.n_sequential, search.found.n_breaks
    name = ("none" if n else "neither") if k == 0 else "some" if k < n else "all" if k == n else "more"
    said = text[name].format(
        alpha=wording.percent(100 * ALPHA, lang, 0),
        k=k,
        dates=wording.listing([wording.month(day, lang) for day in search.supported], lang),
        first=_p_is(float(p_values[0])),
        p=_p_is(float(p_values[min(k, len(p_values) - 1)])),
    )
    best = (text["best"].format(n=n),) if k < n else ()
    return (said, *best, text["above"].format(threshold=wording.decimal(ALPHA, 2)))


def p_words(p_value: float) -> str:
    """Print a p-value with three decimals, or a dash where the test could not be made."""
    return wording.decimal(p_value, 3) if np.isfinite(p_value) else "–"


def _statistic_words(statistic: float) -> str:
    return wording.decimal(statistic, 1) if np.isfinite(statistic) else "–"


def _p_is(p_value: float) -> str:
    return f"p{wording.NO_BREAK}={wording.NO_BREAK}{p_words(p_value)}"


def _customary(search: UnknownDates, lang: Language) -> str:
    text, dates = _TEXT[lang], search.customary.dates
    said = text["customary"].format(
        trim=wording.percent(100 * CUSTOMARY_TRIM, lang, 0),
        months=wording.whole(search.customary_months),
    )
    regimes = len(search.found.regimes)
    said += text["short"].format(short=search.n_short_regimes, regimes=regimes) if regimes > 1 else "."
    months = wording.listing([wording.month(date.start_time.date(), lang) for date in dates], lang)
    found = text["customary_found"].format(n=len(dates), dates=months) if dates else text["customary_none"]
    p_values = [p_words(p) for p in search.customary.statistics["p_value"] if np.isfinite(p)]
    listed = f"p{wording.NO_BREAK}={wording.NO_BREAK}{wording.listing(p_values, lang)}"
    return f"{said} {found} {text['customary_tests'].format(p_values=listed)}"


def _bayes(search: UnknownDates, lang: Language) -> str:
    text, number = _TEXT[lang], search.posterior.by_number.to_numpy()
    sensitivity = search.posterior.sensitivity
    best = int(number.argmax())
    low, high = int(sensitivity["most_probable"].min()), int(sensitivity["most_probable"].max())
    said = text["bayes"].format(
        best=text["one_break" if best == 1 else "n_breaks"].format(n=best),
        p=probability_words(float(number[best])),
        sensitivity=text["alike" if low == high else "between"].format(priors=len(sensitivity), low=low, high=high),
    )
    return f"{said} {text['bound']}" if best == len(number) - 1 else said


def _false_breaks(rates: pd.DataFrame, lang: Language) -> str:
    text = _TEXT[lang]

    def shares(column: str) -> str:
        said = [
            text["rate"].format(share=wording.percent(100 * float(share), lang), rho=wording.decimal(float(rho), 1))
            for rho, share in zip(rates.index.to_numpy(dtype=float), rates[column].to_numpy(), strict=True)
        ]
        return wording.listing(said, lang)

    months = int(rates["n_months"].iloc[0])
    return text["false"].format(months=months, half=shares("over_half"), high=shares("over_95_pct"))


def _test_table(search: UnknownDates, lang: Language) -> Table:
    text = _TEXT[lang]
    bic = search.found.criteria["bic"].to_numpy(dtype=float)
    rows = [(_number(search, 0, lang), "–", "–", "–", wording.decimal(bic[0], 1))]
    for k, row in enumerate(search.found.statistics.to_dict(orient="records"), start=1):
        p_values = (p_words(row["p_value"]), p_words(row["p_value_null"]))
        rows.append((_number(search, k, lang), _statistic_words(row["statistic"]), *p_values, wording.decimal(bic[k])))
    return Table(
        caption=text["table"],
        header=(text["breaks"], text["statistic"], text["p"], text["p_null"], text["bic"]),
        rows=tuple(rows),
        widths=(2.2, 2, 1, 2, 1.2),
        right=(1, 2, 3, 4),
        small=True,
    )


def _number(search: UnknownDates, k: int, lang: Language) -> str:
    return _TEXT[lang]["chosen"].format(n=k) if k == search.found.n_breaks else str(k)
