"""The charts of a report, each with the table that it draws and the text that stands for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats.charts import (
    breaks,
    claim,
    counterfactual,
    decomposition,
    episodes,
    evidence,
    outlook,
    placebo,
    power,
    saving,
    specification_curve,
    timeline,
)
from violence_stats.charts.breaks_words import breaks_title, describe_breaks
from violence_stats.charts.counterfactual_words import counterfactual_title, describe_counterfactual
from violence_stats.charts.labels import labels_for
from violence_stats.charts.placebo_words import describe_placebo, placebo_title
from violence_stats.charts.power_words import describe_power, power_title
from violence_stats.charts.specification_curve_words import curve_title, describe_curve
from violence_stats.ledger.records import Language
from violence_stats.questions.claim_check import ClaimCheck
from violence_stats.questions.episodes import Episodes
from violence_stats.questions.evidence import Evidence
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.questions.outlook import Outlook
from violence_stats.report.break_facts import BreakFacts
from violence_stats.report.choices_facts import ChoiceFacts
from violence_stats.report.content import Facts
from violence_stats.report.unknown_dates import UnknownDates
from violence_stats.robustness.curve_result import SpecificationCurve
from violence_stats.robustness.placebo_result import PlaceboInTime
from violence_stats.robustness.power_result import PowerResult

FOLDER: Final = "charts"
"""Where a report keeps its pictures and tables."""

UNKNOWN_DATES: Final = "unknown-dates"
"""Name of the chart of the breaks that nobody dated."""

FALL: Final = "fall"
EPISODES: Final = "episodes"
EVIDENCE: Final = "evidence"
OUTLOOK: Final = "outlook"
CHOICES: Final = "choices"
PLACEBO: Final = "placebo"
POWER: Final = "power"
"""Names of the charts of those parts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chart:
    """A chart in every language.

    Attributes
    ----------
    name : str
        Stem of its files.
    draw : callable
        Language to axes.
    table : pandas.DataFrame
        The numbers that it draws.
    title, alt : dict
        By language.
    """

    name: str
    draw: Callable[[Language], Axes]
    table: pd.DataFrame
    title: dict[Language, str]
    alt: dict[Language, str]

    def file(self, lang: Language, kind: str) -> str:
        """Name the picture's file in one language, within the report's folder."""
        return f"{FOLDER}/{self.name}.{lang}.{kind}"

    @property
    def table_file(self) -> str:
        """Name the file of its numbers, within the report's folder."""
        return f"{FOLDER}/{self.name}.csv"

    def write(self, folder: Path, languages: tuple[Language, ...]) -> None:
        """Write SVG and PNG in each language, and the CSV that they share."""
        (folder / FOLDER).mkdir(exist_ok=True)
        saving.save_csv(self.table, folder / self.table_file)
        for lang in languages:
            ax = self.draw(lang)
            words = {"title": self.title[lang], "description": self.alt[lang]}
            saving.save_svg(ax, folder / self.file(lang, "svg"), **words)
            saving.save_png(ax, folder / self.file(lang, "png"), **words)


def charts_of(facts: Facts, languages: tuple[Language, ...]) -> dict[str, Chart]:
    """List the charts of a report by name, in the order of its chapters; a part that is None has none."""
    charts = [] if facts.check is None else [_claim_chart(facts.check, languages)]
    charts.append(_timeline_chart(facts, languages))
    charts += [_break_chart(facts, one, languages) for one in facts.breaks]
    if facts.unknown is not None:
        charts.append(_unknown_dates_chart(facts, facts.unknown, languages))
    charts += _question_charts(facts, languages)
    return {chart.name: chart for chart in charts}


def break_chart_name(facts: BreakFacts) -> str:
    """Name the chart of an intervention."""
    return f"break-{facts.intervention.id}"


def _claim_chart(check: ClaimCheck, languages: tuple[Language, ...]) -> Chart:
    return Chart(
        name="claim",
        draw=lambda lang: claim.plot_claim(check, lang=lang),
        table=claim.claim_table(check),
        title={lang: claim.claim_title(check, lang) for lang in languages},
        alt={lang: claim.describe_claim(check, lang) for lang in languages},
    )


def _timeline_chart(facts: Facts, languages: tuple[Language, ...]) -> Chart:
    series = facts.timeline
    labels = {lang: labels_for(series, facts.case, lang) for lang in languages}
    return Chart(
        name="timeline",
        draw=lambda lang: timeline.plot_timeline(series, case=facts.case, lang=lang),
        table=timeline.timeline_table(series),
        title={lang: timeline.timeline_title(series, labels[lang], lang) for lang in languages},
        alt={lang: timeline.describe_timeline(series, labels[lang], lang) for lang in languages},
    )


def _break_chart(facts: Facts, broken: BreakFacts, languages: tuple[Language, ...]) -> Chart:
    fit = broken.primary
    return Chart(
        name=break_chart_name(broken),
        draw=lambda lang: counterfactual.plot_counterfactual(fit.result, without=fit.term, case=facts.case, lang=lang),
        table=counterfactual.counterfactual_table(fit.result, fit.whole),
        title={lang: counterfactual_title(fit.result, fit.term, facts.case, lang) for lang in languages},
        alt={lang: describe_counterfactual(fit.result, fit.whole, facts.case, lang) for lang in languages},
    )


def _unknown_dates_chart(facts: Facts, search: UnknownDates, languages: tuple[Language, ...]) -> Chart:
    found, bayes = search.found, search.bayes
    labels = {lang: labels_for(found.series, facts.case, lang) for lang in languages}
    return Chart(
        name=UNKNOWN_DATES,
        draw=lambda lang: breaks.plot_breaks(found, posterior=bayes, case=facts.case, lang=lang),
        table=breaks.breaks_table(found, bayes),
        title={lang: breaks_title(found, labels[lang], lang) for lang in languages},
        alt={lang: describe_breaks(found, labels[lang], lang, search.posterior) for lang in languages},
    )


def _question_charts(facts: Facts, languages: tuple[Language, ...]) -> list[Chart]:
    """Draw what the questions of the report came to."""
    charts = []
    if facts.fall is not None:
        charts.append(_fall_chart(facts, facts.fall.now, languages))
    if facts.episodes is not None:
        charts.append(_episodes_chart(facts, facts.episodes, languages))
    if facts.evidence is not None:
        charts.append(_evidence_chart(facts.evidence.now, languages))
    if facts.outlook is not None:
        charts.append(_outlook_chart(facts, facts.outlook, languages))
    if facts.choices is not None:
        charts += _choice_charts(facts, facts.choices, languages)
    return charts


def _choice_charts(facts: Facts, found: ChoiceFacts, languages: tuple[Language, ...]) -> list[Chart]:
    charts = [_choices_chart(facts, found.curve, languages)]
    if found.placebo is not None:
        charts.append(_placebo_chart(facts, found.placebo, languages))
    if found.power is not None:
        charts.append(_power_chart(facts, found.power, languages))
    return charts


def _fall_chart(facts: Facts, fall: FallDecomposition, languages: tuple[Language, ...]) -> Chart:
    return Chart(
        name=FALL,
        draw=lambda lang: decomposition.plot_decomposition(fall, case=facts.case, lang=lang),
        table=decomposition.decomposition_table(fall),
        title={lang: decomposition.decomposition_title(fall, lang) for lang in languages},
        alt={lang: decomposition.describe_decomposition(fall, facts.case, lang) for lang in languages},
    )


def _episodes_chart(facts: Facts, found: Episodes, languages: tuple[Language, ...]) -> Chart:
    return Chart(
        name=EPISODES,
        draw=lambda lang: episodes.plot_episodes(found, case=facts.case, lang=lang),
        table=episodes.episodes_table(found),
        title={lang: episodes.episodes_title(lang) for lang in languages},
        alt={lang: episodes.describe_episodes(found, facts.case, lang) for lang in languages},
    )


def _evidence_chart(weighed: Evidence, languages: tuple[Language, ...]) -> Chart:
    return Chart(
        name=EVIDENCE,
        draw=lambda lang: evidence.plot_evidence(weighed, lang=lang),
        table=evidence.evidence_table(weighed),
        title={lang: evidence.evidence_title(weighed, lang) for lang in languages},
        alt={lang: evidence.describe_evidence(weighed, lang) for lang in languages},
    )


def _outlook_chart(facts: Facts, found: Outlook, languages: tuple[Language, ...]) -> Chart:
    return Chart(
        name=OUTLOOK,
        draw=lambda lang: outlook.plot_outlook(found, case=facts.case, lang=lang),
        table=outlook.outlook_table(found),
        title={lang: outlook.outlook_title(found, lang) for lang in languages},
        alt={lang: outlook.describe_outlook(found, facts.case, lang) for lang in languages},
    )


def _choices_chart(facts: Facts, curve: SpecificationCurve, languages: tuple[Language, ...]) -> Chart:
    labels = {lang: labels_for(curve.series, facts.case, lang) for lang in languages}
    return Chart(
        name=CHOICES,
        draw=lambda lang: specification_curve.plot_specification_curve(curve, case=facts.case, lang=lang),
        table=specification_curve.curve_table(curve),
        title={lang: curve_title(curve, labels[lang], lang) for lang in languages},
        alt={lang: describe_curve(curve, labels[lang], lang) for lang in languages},
    )


def _placebo_chart(facts: Facts, found: PlaceboInTime, languages: tuple[Language, ...]) -> Chart:
    labels = {lang: labels_for(found.series, facts.case, lang) for lang in languages}
    return Chart(
        name=PLACEBO,
        draw=lambda lang: placebo.plot_placebo(found, case=facts.case, lang=lang),
        table=placebo.placebo_table(found),
        title={lang: placebo_title(found, labels[lang], lang) for lang in languages},
        alt={lang: describe_placebo(found, labels[lang], lang) for lang in languages},
    )


def _power_chart(facts: Facts, found: PowerResult, languages: tuple[Language, ...]) -> Chart:
    labels = {lang: labels_for(found.series, facts.case, lang) for lang in languages}
    return Chart(
        name=POWER,
        draw=lambda lang: power.plot_power(found, case=facts.case, lang=lang),
        table=power.power_table(found),
        title={lang: power_title(found, labels[lang], lang) for lang in languages},
        alt={lang: describe_power(found, labels[lang], lang) for lang in languages},
    )
