"""Why an estimate in the literature can differ from the report's own, study by study."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from violence_stats import wording
from violence_stats.ledger.records import Language
from violence_stats.report.break_facts import BreakFacts
from violence_stats.report.story.phrases import Texts

_KATZ_2016: Final[Texts] = {
    "en": {
        "unit": "The study counts by municipality and month; this report has one national series of {n} windows, "
        "{n_long} of them longer than a month.",
        "controls": "Both allow for a linear trend and a season; the study's {with_controls} comes from a model "
        "with further control variables and {without_controls} from one without, and this report has none.",
        "weight": "A national count gives every killing the same weight, a model of municipalities may not.",
    },
    "es": {
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


def _katz_2016(broken: BreakFacts, lang: Language) -> tuple[str, ...]:
    ratios = [effect.estimate for effect in broken.published if effect.study == "katz-2016"]
    with_controls, without_controls = (
        wording.decimal(ratio, 2) for ratio in sorted(ratio for ratio in ratios if ratio is not None)
    )
    windows = broken.primary.result.frame.series.windows
    parts = {
        "n": len(windows),
        "n_long": sum(not window.is_one_month for window in windows),
        "with_controls": with_controls,
        "without_controls": without_controls,
    }
    return tuple(reason.format(**parts) for reason in _KATZ_2016[lang].values())


_STUDIES: Final[dict[str, Callable[[BreakFacts, Language], tuple[str, ...]]]] = {"katz-2016": _katz_2016}
