"""How far the answer depends on choices: the curve, placebos in time, and what such counts could show."""

from __future__ import annotations

import math
from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital, when
from violence_stats.charts.specification_curve_words import CHOICE, level_words
from violence_stats.ledger.records import Language
from violence_stats.report.break_facts import BreakFit
from violence_stats.report.choices_facts import ChoiceFacts
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Box, Heading, Paragraph, Picture, Table
from violence_stats.report.pictures import CHOICES, Chart
from violence_stats.report.story.phrases import Texts, between
from violence_stats.robustness.curve_result import SpecificationCurve
from violence_stats.robustness.placebo_result import PlaceboInTime
from violence_stats.robustness.power_result import NORMAL_REACH, PowerResult

_TEXT: Final[Texts] = {
    "en": {
        "heading": "How far the answer depends on choices",
        "short": "In short",
        "lead": "Of {n} defensible models of {event}, {fall} see a fall, and {clear} one whose interval excludes no "
        "change.",
        "lead_rise": "Of {n} defensible models of {event}, {rise} see a rise, and {clear} one whose interval excludes "
        "no change.",
        "range": "The rate after it is between {lowest} and {highest} times what the rest of a model expects, in half "
        "of them between {lower} and {upper}, with a median of {median}.",
        "most": "The choice that moves it most is “{choice}”: a median of {low} with “{low_level}”, of {high} with "
        "“{high_level}”.",
        "meaning": "The models share their counts, so they are not independent evidence and their number means "
        "nothing: the range does, and what moves it.",
        "not_run": "{n} more combinations could not be fitted.",
        "table": "What each choice does to the rate ratio, taken alone",
        "choice": "Choice",
        "low": "Lowest median",
        "high": "Highest median",
        "share": "Share of the spread",
        "placebo": "The same model where nothing is known to have happened",
        "moved": "The model was moved to every month of the years before whose window holds no listed change, and the "
        "real effect ranked among what it found there. The windows have {lengths} months before the date and {after} "
        "from it on.",
        "stands": "Put on {day}, none of {n} other dates gives as large a change.",
        "stands_not": "Put on {day}, {k} of {n} other dates give a change as large or larger.",
        "smallest": "With {n} other dates, p cannot fall below {smallest}.",
        "absent": "An effect that does not stand out there is not shown to be absent.",
        "placebo_table": "The real effect among those at other dates",
        "date": "Break put on",
        "ratio": "Rate ratio in such a window (95% interval)",
        "rank": "Rank",
        "p": "p",
        "of": "{rank} of {n}",
        "power": "What such counts could show",
        "smallest_effect": "In {n} simulated worlds like these counts, a change of {change} is the smallest that the "
        "model would find in {power} of the cases ({weaker} to {stronger}, simulation error); where nothing changes, "
        "it sees a change in {alarm} ({least} to {most}), with {level} promised.",
        "too_small": "In {n} simulated worlds like these counts, the model would not find even a change of {change} in "
        "{power} of the cases; where nothing changes, it sees a change in {alarm} ({least} to {most}), with {level} "
        "promised.",
        "serial": "Of the {n} that allow for serial correlation, as the rest of this report does, {clear} exclude no "
        "change.",
        "rough": "In such short windows even the real effect is measured roughly.",
        "lead_both": "Of {n} defensible models of {event}, {fall} see a fall and {rise} a rise; {fall_clear} see a "
        "fall and {rise_clear} a rise whose interval excludes no change.",
        "held": "Held in all of them: {held}.",
    },
    "es": {
        "heading": "Cuánto depende la respuesta de lo que se elija",
        "short": "En breve",
        "lead": "De {n} modelos defendibles de {event}, {fall} ven una baja, y {clear} una cuyo intervalo excluye la "
        "ausencia de cambio.",
        "lead_rise": "De {n} modelos defendibles de {event}, {rise} ven un alza, y {clear} una cuyo intervalo excluye "
        "la ausencia de cambio.",
        "range": "La tasa posterior es entre {lowest} y {highest} veces lo que espera el resto de un modelo, en la "
        "mitad de ellos entre {lower} y {upper}, con una mediana de {median}.",
        "most": "La opción que más la mueve es «{choice}»: una mediana de {low} con «{low_level}», de {high} con "
        "«{high_level}».",
        "meaning": "Los modelos comparten sus conteos, así que no son evidencia independiente y su número no significa "
        "nada: significan algo el rango y lo que lo mueve.",
        "not_run": "Otras {n} combinaciones no se pudieron ajustar.",
        "table": "Lo que cada opción le hace a la razón de tasas, tomada sola",
        "choice": "Opción",
        "low": "Mediana más baja",
        "high": "Mediana más alta",
        "share": "Parte de la dispersión",
        "placebo": "El mismo modelo donde no se sabe que pasara nada",
        "moved": "El modelo se llevó a cada mes de los años anteriores cuya ventana no contiene ningún cambio "
        "registrado, y el efecto real se ordenó entre lo que halló allí. Las ventanas tienen {lengths} meses antes de "
        "la fecha y {after} desde ella.",
        "stands": "Puesto el {day}, ninguna de otras {n} fechas da un cambio tan grande.",
        "stands_not": "Puesto el {day}, {k} de otras {n} fechas dan un cambio igual o mayor.",
        "smallest": "Con otras {n} fechas, la p no puede bajar de {smallest}.",
        "absent": "Que un efecto no sobresalga ahí no muestra que no exista.",
        "placebo_table": "El efecto real entre los de otras fechas",
        "date": "Quiebre puesto el",
        "ratio": "Razón de tasas en una ventana así (intervalo del 95\u00a0%)",
        "rank": "Lugar",
        "p": "p",
        "of": "{rank} de {n}",
        "power": "Lo que tales conteos podrían mostrar",
        "smallest_effect": "En {n} mundos simulados como estos conteos, un cambio de {change} es el menor que el "
        "modelo hallaría en {power} de los casos ({weaker} a {stronger}, error de simulación); donde nada cambia, ve "
        "un cambio en {alarm} ({least} a {most}), cuando se promete {level}.",
        "too_small": "En {n} mundos simulados como estos conteos, el modelo no hallaría ni un cambio de {change} en "
        "{power} de los casos; donde nada cambia, ve un cambio en {alarm} ({least} a {most}), cuando se promete "
        "{level}.",
        "serial": "De los {n} que admiten correlación serial, como el resto de este informe, el {clear} excluye la "
        "ausencia de cambio.",
        "rough": "En ventanas tan cortas, también el efecto real se mide a grandes rasgos.",
        "lead_both": "De {n} modelos defendibles de {event}, {fall} ven una baja y {rise} un alza; {fall_clear} ven "
        "una baja y {rise_clear} un alza cuyo intervalo excluye la ausencia de cambio.",
        "held": "Igual en todos: {held}.",
    },
}

SHORT_MONTHS: Final = 24
"""A window with fewer months on one side measures a change roughly."""

VARIED: Final = ("shape", "trend", "season", "family", "errors")
"""Choices that are the modeller's own; the others depend on what a case holds."""

NOTABLE_SHARE: Final = 0.5
"""Choices that make up less than this percentage of the spread are left out of the table."""


def tell_choices(facts: Facts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Give the curve with what moves it, the placebos, and the smallest change that could be seen."""
    if facts.choices is None:
        return ()
    text, found, chart = _TEXT[lang], facts.choices, charts[CHOICES]
    return (
        Heading(text["heading"], 1),
        Box(
            label=text["short"],
            lead=_lead(found.curve, lang),
            sentences=(
                *_serial(found.curve, lang),
                _range(found.curve, lang),
                _most(found.curve, lang),
                text["meaning"],
                *_not_run(found.curve, lang),
            ),
            quiet=True,
        ),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
        _influence_table(found.curve, lang),
        *_tell_placebos(found, lang),
        *_tell_power(found.power, lang),
    )


def choices_line(facts: Facts, lang: Language) -> tuple[str, ...]:
    """Say what share of the models see the change; nothing where none were fitted."""
    if facts.choices is None:
        return ()
    return (f"{_TEXT[lang]['heading']}. {_lead(facts.choices.curve, lang)}",)


def _lead(curve: SpecificationCurve, lang: Language) -> str:
    """Say what share of the models see a fall or a rise, and how many clearly."""
    text, shares = _TEXT[lang], curve.shares
    falls = shares["fall"] >= shares["rise"]
    name = "lead_both" if min(shares["fall"], shares["rise"]) > 0 else "lead" if falls else "lead_rise"
    words = {name: wording.percent(100 * share, lang, 0) for name, share in shares.items()}
    clear = words["fall_clear" if falls else "rise_clear"]
    n = wording.whole(curve.n_specifications)
    return text[name].format(n=n, event=when(curve.at, lang), clear=clear, **words)


def _serial(curve: SpecificationCurve, lang: Language) -> tuple[str, ...]:
    """Say how clear the change is where the errors allow for serial correlation."""
    own = curve.table[curve.table["errors"] == "ar1"]
    if own.empty or len(own) == len(curve.table):
        return ()
    clear = ((own["ci_high"] < 0) | (own["ci_low"] > 0)).mean()
    share = wording.percent(100 * float(clear), lang, 0)
    return (_TEXT[lang]["serial"].format(n=wording.whole(len(own)), clear=share),)


def _range(curve: SpecificationCurve, lang: Language) -> str:
    spread = {name: wording.decimal(value, 2) for name, value in curve.spread.items()}
    return _TEXT[lang]["range"].format(
        lowest=spread["lowest"],
        highest=spread["highest"],
        lower=spread["lower_quartile"],
        upper=spread["upper_quartile"],
        median=spread["median"],
    )


def _most(curve: SpecificationCurve, lang: Language) -> str:
    first = curve.influence.iloc[0]
    return _TEXT[lang]["most"].format(
        choice=CHOICE[lang][str(curve.influence.index[0])],
        low=wording.decimal(first["rate_ratio_lowest"], 2),
        low_level=level_words(str(first["lowest"]), lang),
        high=wording.decimal(first["rate_ratio_highest"], 2),
        high_level=level_words(str(first["highest"]), lang),
    )


def _not_run(curve: SpecificationCurve, lang: Language) -> tuple[str, ...]:
    """Say what was not varied, and how much could not be fitted."""
    text, n = _TEXT[lang], curve.n_not_run
    levels = {name: list(curve.table[name].unique()) for name in VARIED}
    held = [f"{CHOICE[lang][name]} ({level_words(str(one[0]), lang)})" for name, one in levels.items() if len(one) == 1]
    return (
        *((text["held"].format(held=wording.listing(held, lang)),) if held else ()),
        *((text["not_run"].format(n=wording.whole(n)),) if n else ()),
    )


def _influence_table(curve: SpecificationCurve, lang: Language) -> Table:
    text = _TEXT[lang]
    shown = curve.influence[curve.influence["share_pct"] >= NOTABLE_SHARE]
    rows = [
        (
            capital(CHOICE[lang][str(choice)]),
            f"{wording.decimal(row['rate_ratio_lowest'], 2)} ({level_words(str(row['lowest']), lang)})",
            f"{wording.decimal(row['rate_ratio_highest'], 2)} ({level_words(str(row['highest']), lang)})",
            wording.percent(row["share_pct"], lang, 0),
        )
        for choice, row in shown.iterrows()
    ]
    return Table(
        caption=text["table"],
        header=(text["choice"], text["low"], text["high"], text["share"]),
        rows=tuple(rows),
        widths=(1.4, 1.9, 1.9, 1.2),
        right=(3,),
        small=True,
    )


def _tell_placebos(found: ChoiceFacts, lang: Language) -> tuple[Block, ...]:
    if not found.placebos:
        return ()
    text = _TEXT[lang]
    lengths = found.placebos[0][1].lengths
    most = max((one for _, one in found.placebos), key=lambda one: one.n_placebos)
    short = min(lengths.before, lengths.after) < SHORT_MONTHS
    stands = [_stands(fit, one, lang) for fit, one in found.placebos]
    unseen = any(one.rank > 1 for _, one in found.placebos)
    return (
        Heading(text["placebo"], 2),
        Paragraph(
            (
                text["moved"].format(lengths=lengths.before, after=lengths.after),
                *((text["rough"],) if short else ()),
                *stands,
                text["smallest"].format(n=most.n_placebos, smallest=wording.decimal(most.smallest_p, 3)),
                *((text["absent"],) if unseen else ()),
            )
        ),
        Table(
            caption=text["placebo_table"],
            header=(text["date"], text["ratio"], text["rank"], text["p"]),
            rows=tuple(_placebo_row(fit, one, lang) for fit, one in found.placebos),
            widths=(1.6, 2.4, 1.0, 0.8),
            right=(1, 2, 3),
        ),
    )


def _stands(fit: BreakFit, one: PlaceboInTime, lang: Language) -> str:
    name = "stands" if one.rank == 1 else "stands_not"
    return _TEXT[lang][name].format(day=wording.day(fit.start, lang), k=one.rank - 1, n=one.n_placebos)


def _placebo_row(fit: BreakFit, one: PlaceboInTime, lang: Language) -> tuple[str, ...]:
    ratio, low, high = (
        wording.decimal(math.exp(end), 2) for end in (one.real.estimate, one.real.ci_low, one.real.ci_high)
    )
    return (
        capital(wording.day(fit.start, lang)),
        f"{ratio} ({between(low, high, lang)})",
        _TEXT[lang]["of"].format(rank=one.rank, n=one.n_placebos + 1),
        wording.decimal(one.p_value, 3),
    )


def _tell_power(found: PowerResult | None, lang: Language) -> tuple[Block, ...]:
    if found is None:
        return ()
    text, smallest = _TEXT[lang], found.smallest
    seen = not math.isnan(smallest.rate_ratio)
    change = smallest.change_pct if seen else float(found.table["change_pct"].iloc[-1])
    weaker, stronger = (
        "–" if math.isnan(end) else wording.percent(100 * (end - 1), lang, 0)
        for end in (smallest.weaker, smallest.stronger)
    )
    alarm, reach = found.false_alarm_rate, NORMAL_REACH * float(found.table["mc_error"].iloc[0])
    said = text["smallest_effect" if seen else "too_small"].format(
        n=int(found.table["n_worlds"].max()),
        change=wording.percent(change, lang, 0),
        power=wording.percent(100 * found.power, lang, 0),
        weaker=weaker,
        stronger=stronger,
        alarm=wording.percent(100 * alarm, lang, 0),
        least=wording.percent(100 * max(alarm - reach, 0.0), lang, 0),
        most=wording.percent(100 * (alarm + reach), lang, 0),
        level=wording.percent(100 * found.level, lang, 0),
    )
    return (Heading(text["power"], 2), Paragraph((said,)))
