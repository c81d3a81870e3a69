"""Why an estimate in the literature can differ from the report's own, study by study."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from violence_stats import wording
from violence_stats.ledger.records import Language
from violence_stats.report.break_facts import BreakFacts
from violence_stats.report.story.phrases import Texts

KATZ: Final = "katz-2016"
_KATZ_ORDER: Final = ("with", "without")
"""The order of its two rate ratios, in the abstract and in the case's table."""

_KATZ_2016: Final[Texts] = {
    "en": {
        "with": "with further control variables",
        "without": "without them",
        "unit": "The study counts by municipality and month; this report has one national series of {n} windows, "
        "{n_long} of them longer than a month.",
        "controls": "Both allow for a linear trend and a season; the study's {with_controls} comes from a model "
        "with further control variables and {without_controls} from one without, and this report has none.",
        "weight": "A national count gives every killing the same weight, a model of municipalities may not.",
    },
    "es": {
        "with": "con más variables de control",
        "without": "sin ellas",
        "unit": "El estudio cuenta por municipio y mes; este informe tiene una sola serie nacional de {n} períodos, "
        "{n_long} de ellos de más de un mes.",
        "controls": "Ambos admiten una tendencia lineal y una estacionalidad; el {with_controls} del estudio viene "
        "de un modelo con más variables de control y el {without_controls} de uno sin ellas, y este informe no "
        "tiene ninguna.",
        "weight": "Un conteo nacional da a cada homicidio el mismo peso; un modelo de municipios puede no hacerlo.",
    },
}


def why_different(broken: BreakFacts, lang: Language) -> tuple[str, ...]:
    """Say why the studies beside a break can differ from it; nothing for a study that is not described here."""
    named = dict.fromkeys(effect.study for effect in broken.published)
    return tuple(reason for study in named if study in _STUDIES for reason in _STUDIES[study](broken, lang))


def variants(broken: BreakFacts, lang: Language) -> tuple[str, ...]:
    """Say in what each published estimate differs from the study's others, in their order; blank where it is alone."""
    counts: dict[str, int] = {}
    words = []
    for effect in broken.published:
        place = counts.get(effect.study, 0)
        counts[effect.study] = place + 1
        words.append(_KATZ_2016[lang][_KATZ_ORDER[place]] if effect.study == KATZ else "")
    return tuple(words)


def _katz_2016(broken: BreakFacts, lang: Language) -> tuple[str, ...]:
    ratios = [effect.estimate for effect in broken.published if effect.study == KATZ and effect.estimate is not None]
    windows = broken.primary.result.frame.series.windows
    parts = {
        "n": len(windows),
        "n_long": sum(not window.is_one_month for window in windows),
        "with_controls": wording.decimal(ratios[0], 2),
        "without_controls": wording.decimal(ratios[1], 2),
    }
    return tuple(_KATZ_2016[lang][reason].format(**parts) for reason in ("unit", "controls", "weight"))


_STUDIES: Final[dict[str, Callable[[BreakFacts, Language], tuple[str, ...]]]] = {KATZ: _katz_2016}
