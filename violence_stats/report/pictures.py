"""The charts of a report, each with the table that it draws and the text that stands for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats.charts import breaks, claim, counterfactual, saving, timeline
from violence_stats.charts.breaks_words import breaks_title, describe_breaks
from violence_stats.charts.counterfactual_words import counterfactual_title, describe_counterfactual
from violence_stats.charts.labels import labels_for
from violence_stats.ledger.records import Language
from violence_stats.report.break_facts import BreakFacts
from violence_stats.report.content import Facts
from violence_stats.report.unknown_dates import UnknownDates

FOLDER: Final = "charts"
"""Where a report keeps its pictures and tables."""

UNKNOWN_DATES: Final = "unknown-dates"
"""Name of the chart of the breaks that nobody dated."""


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
    """List the charts of a report by name: ``claim``, ``timeline``, one for each break, and ``unknown-dates``."""
    charts = [_claim_chart(facts, languages), _timeline_chart(facts, languages)]
    charts += [_break_chart(facts, one, languages) for one in facts.breaks]
    if facts.unknown is not None:
        charts.append(_unknown_dates_chart(facts, facts.unknown, languages))
    return {chart.name: chart for chart in charts}


def break_chart_name(facts: BreakFacts) -> str:
    """Name the chart of an intervention."""
    return f"break-{facts.intervention.id}"


def _claim_chart(facts: Facts, languages: tuple[Language, ...]) -> Chart:
    return Chart(
        name="claim",
        draw=lambda lang: claim.plot_claim(facts.check, lang=lang),
        table=claim.claim_table(facts.check),
        title={lang: claim.claim_title(facts.check, lang) for lang in languages},
        alt={lang: claim.describe_claim(facts.check, lang) for lang in languages},
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
