"""Facts to sentences: one chapter a module, each in every language from the same numbers."""

from __future__ import annotations

from violence_stats.ledger.records import Language
from violence_stats.report.content import Facts
from violence_stats.report.document import Document
from violence_stats.report.pictures import Chart
from violence_stats.report.story.answer import subtitle, tell_answer, title
from violence_stats.report.story.appendix import tell_appendix
from violence_stats.report.story.breaks import tell_break
from violence_stats.report.story.choices import tell_choices
from violence_stats.report.story.episodes import tell_episodes
from violence_stats.report.story.evidence import tell_evidence_rows
from violence_stats.report.story.fall import tell_fall
from violence_stats.report.story.left_out import tell_left_out
from violence_stats.report.story.limits import tell_limits
from violence_stats.report.story.method import tell_method
from violence_stats.report.story.outlook import tell_outlook
from violence_stats.report.story.pairs import tell_pairs
from violence_stats.report.story.register import tell_register
from violence_stats.report.story.series import tell_series
from violence_stats.report.story.unknown_dates import tell_unknown_dates


def tell_story(facts: Facts, charts: dict[str, Chart], lang: Language) -> Document:
    """Put the chapters together: the answer first, every figure last."""
    return Document(
        lang=lang,
        title=title(facts, lang),
        subtitle=subtitle(facts, lang),
        running_head=facts.case.settings.title[lang],
        date=facts.last_day,
        blocks=(
            *tell_answer(facts, charts, lang),
            *tell_register(facts, lang),
            *tell_pairs(facts, lang),
            *tell_series(facts, charts, lang),
            *(block for broken in facts.breaks for block in tell_break(facts, broken, charts, lang)),
            *tell_unknown_dates(facts, charts, lang),
            *tell_fall(facts, charts, lang),
            *tell_episodes(facts, charts, lang),
            *tell_evidence_rows(facts, charts, lang),
            *tell_outlook(facts, charts, lang),
            *tell_choices(facts, charts, lang),
            *tell_left_out(facts, lang),
            *tell_limits(facts, lang),
            *tell_method(facts, lang),
            *tell_appendix(facts, lang),
        ),
    )
