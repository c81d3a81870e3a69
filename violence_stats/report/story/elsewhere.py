"""The same model where nothing is known to have happened, and what such counts could show."""

from __future__ import annotations

import math
from typing import Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.report.break_facts import BreakFit
from violence_stats.report.choices_facts import ChoiceFacts
from violence_stats.report.document import Block, Heading, Paragraph, Picture, Table
from violence_stats.report.pictures import PLACEBO, POWER, Chart
from violence_stats.report.story.phrases import Texts, between
from violence_stats.robustness.placebo_result import PlaceboInTime
from violence_stats.robustness.power_result import NORMAL_REACH, PowerResult

_TEXT: Final[Texts] = {
    "en": {
        "placebo": "The same model where nothing is known to have happened",
        "moved": "The model was moved to every month of the years before whose window holds no listed change, and the "
        "real effect ranked among what it found there. The windows have {before} months before the date and {after} "
        "from it on.",
        "rough": "In such short windows even the real effect is measured roughly.",
        "stands": "With the break put on {day}, {k} of {n} other dates give a change as large or larger",
        "stands_next": "on {day}, {k} of {n}",
        "no_other": "none",
        "smallest": "With {n} other dates, p cannot fall below {smallest}.",
        "absent": "An effect that does not stand out there is not shown to be absent.",
        "placebo_table": "The real effect among those at other dates",
        "date": "Break put on",
        "ratio": "Rate ratio in such a window (95% interval)",
        "rank": "Rank",
        "p": "p",
        "of": "{rank} of {n}",
        "power": "What such counts could show",
        "found": "How large must a change be for counts like these to show it? In simulated series with the windows "
        "and the scatter of these counts, {n} for each size, {change} is the smallest change that the model finds in "
        "{power} of them ({weaker} to {stronger}, simulation error).",
        "not_found": "How large must a change be for counts like these to show it? In simulated series with the "
        "windows and the scatter of these counts, {n} for each size, the model does not find even a change of {change} "
        "in {power} of them.",
        "smaller": "The change that the counts themselves show with the break on {day}, {observed}, is smaller: the "
        "model would miss one of that size in more than {missed} of such series.",
        "alarm": "Where nothing changes, it sees a change in {alarm} ({least} to {most}), with {level} promised.",
    },
    "es": {
        "placebo": "El mismo modelo donde no se sabe que pasara nada",
        "moved": "El modelo se llevó a cada mes de los años anteriores cuyo tramo no contiene ningún cambio "
        "registrado, y el efecto real se ordenó entre lo que halló allí. Los tramos tienen {before} meses antes de "
        "la fecha y {after} desde ella.",
        "rough": "En tramos tan cortos, también el efecto real se mide a grandes rasgos.",
        "stands": "Con el quiebre puesto el {day}, {k} de otras {n} fechas dan un cambio igual o mayor",
        "stands_next": "el {day}, {k} de {n}",
        "no_other": "ninguna",
        "smallest": "Con otras {n} fechas, la p no puede bajar de {smallest}.",
        "absent": "Que un efecto no sobresalga ahí no muestra que no exista.",
        "placebo_table": "El efecto real entre los de otras fechas",
        "date": "Quiebre puesto el",
        "ratio": "Razón de tasas en un tramo así (intervalo del 95\u00a0%)",
        "rank": "Lugar",
        "p": "p",
        "of": "{rank} de {n}",
        "power": "Lo que tales conteos podrían mostrar",
        "found": "¿Qué tan grande debe ser un cambio para que conteos como estos lo muestren? En series simuladas con "
        "los períodos y la dispersión de estos conteos, {n} por cada tamaño, {change} es el menor cambio que el "
        "modelo halla en el {power} de ellas ({weaker} a {stronger}, error de simulación).",
        "not_found": "¿Qué tan grande debe ser un cambio para que conteos como estos lo muestren? En series simuladas "
        "con los períodos y la dispersión de estos conteos, {n} por cada tamaño, el modelo no halla ni un cambio de "
        "{change} en el {power} de ellas.",
        "smaller": "El cambio que muestran los propios conteos con el quiebre el {day}, {observed}, es menor: el "
        "modelo pasaría por alto uno de ese tamaño en más del {missed} de tales series.",
        "alarm": "Donde nada cambia, ve un cambio en el {alarm} ({least} a {most}), cuando se promete el {level}.",
    },
}

SHORT_MONTHS: Final = 24
"""A window with fewer months on one side measures a change roughly."""


def tell_elsewhere(found: ChoiceFacts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    """Rank the effect among placebos in time, then give the smallest change that could be seen."""
    return (*_tell_placebos(found, charts, lang), *_tell_power(found.power, charts, lang))


def _tell_placebos(found: ChoiceFacts, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    if not found.placebos:
        return ()
    text, chart = _TEXT[lang], charts[PLACEBO]
    lengths = found.placebos[0][1].lengths
    most = max((one for _, one in found.placebos), key=lambda one: one.n_placebos)
    short = min(lengths.before, lengths.after) < SHORT_MONTHS
    unseen = any(one.rank > 1 for _, one in found.placebos)
    return (
        Heading(text["placebo"], 2),
        Paragraph(
            (
                text["moved"].format(before=lengths.before, after=lengths.after),
                *((text["rough"],) if short else ()),
                _stand(found, lang),
                text["smallest"].format(n=most.n_placebos, smallest=wording.decimal(most.smallest_p, 3)),
                *((text["absent"],) if unseen else ()),
            )
        ),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
        Table(
            caption=text["placebo_table"],
            header=(text["date"], text["ratio"], text["rank"], text["p"]),
            rows=tuple(_placebo_row(fit, one, lang) for fit, one in found.placebos),
            widths=(1.6, 2.4, 1.0, 0.8),
            right=(1, 2, 3),
        ),
    )


def _stand(found: ChoiceFacts, lang: Language) -> str:
    """Say of each date of the break how many other dates give as large a change."""
    text = _TEXT[lang]
    said = [
        text["stands" if place == 0 else "stands_next"].format(
            day=wording.day(fit.start, lang), k=one.rank - 1 or text["no_other"], n=one.n_placebos
        )
        for place, (fit, one) in enumerate(found.placebos)
    ]
    return f"{'; '.join(said)}."


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


def _tell_power(found: PowerResult | None, charts: dict[str, Chart], lang: Language) -> tuple[Block, ...]:
    if found is None:
        return ()
    text, chart = _TEXT[lang], charts[POWER]
    return (
        Heading(text["power"], 2),
        Paragraph((_smallest(found, lang), *_smaller(found, lang), _alarm(found, lang))),
        Picture(file=chart.file(lang, "svg"), alt=chart.alt[lang]),
    )


def _smallest(found: PowerResult, lang: Language) -> str:
    """Give the smallest change that is found often enough, or the largest that is not."""
    smallest = found.smallest
    seen = not math.isnan(smallest.rate_ratio)
    weaker, stronger = (
        "–" if math.isnan(end) else wording.percent(100 * (end - 1), lang, 0)
        for end in (smallest.weaker, smallest.stronger)
    )
    return _TEXT[lang]["found" if seen else "not_found"].format(
        n=int(found.table["n_worlds"].max()),
        change=wording.percent(smallest.change_pct if seen else float(found.table["change_pct"].iloc[-1]), lang, 0),
        power=wording.percent(100 * found.power, lang, 0),
        weaker=weaker,
        stronger=stronger,
    )


def _smaller(found: PowerResult, lang: Language) -> tuple[str, ...]:
    """Say where the counts show a change of the same sign that is smaller than the smallest found often enough."""
    reach, own = math.log(found.smallest.rate_ratio), found.observed.estimate
    if math.isnan(reach) or reach * own < 0 or abs(own) >= abs(reach):
        return ()
    return (
        _TEXT[lang]["smaller"].format(
            day=wording.day(found.at, lang),
            observed=wording.percent(100 * math.expm1(own), lang, 0),
            missed=wording.percent(100 * (1 - found.power), lang, 0),
        ),
    )


def _alarm(found: PowerResult, lang: Language) -> str:
    """Say how often a change is seen where there is none."""
    alarm, reach = found.false_alarm_rate, NORMAL_REACH * float(found.table["mc_error"].iloc[0])
    return _TEXT[lang]["alarm"].format(
        alarm=wording.percent(100 * alarm, lang, 0),
        least=wording.percent(100 * max(alarm - reach, 0.0), lang, 0),
        most=wording.percent(100 * (alarm + reach), lang, 0),
        level=wording.percent(100 * found.level, lang, 0),
    )
