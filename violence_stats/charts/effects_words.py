"""What a picture of effects says: its title, the line under it, and the text that stands for it."""

from __future__ import annotations

from violence_stats import wording
from violence_stats.charts.effect_rows import EffectRow, Effects, drawn_fits, effect_rows
from violence_stats.charts.effect_terms import TEXT
from violence_stats.charts.labels import labels_for
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.models.compare_errors import ErrorComparison


def effects_title(effects: Effects, case: CaseLike | None, lang: Language) -> str:
    """Give the title that the picture carries."""
    if isinstance(effects, ErrorComparison):
        return TEXT[lang]["title_errors"]
    first = next(iter(drawn_fits(effects).values()), None)
    what = "" if first is None else labels_for(first.series, case, lang).what
    return TEXT[lang]["title"].format(what=what) if what else TEXT[lang]["title_plain"]


def effects_source(effects: Effects, rows: list[EffectRow], lang: Language) -> str:
    """Say what the lines hold, what was fitted, and who counted."""
    text, alone = TEXT[lang], drawn_fits(effects).get("")
    if alone is None:
        adjusted = {row.adjusted for row in rows}
        return text["mixed" if len(adjusted) > 1 else "adjusted" if adjusted == {True} else "unadjusted"]
    parts = [text[alone.lines], text["fitted"].format(n=alone.n_windows, span=wording.window(alone.span, lang))]
    publishers = alone.publishers(lang)
    return " ".join([*parts, *([text["publishers"].format(publishers=publishers)] if publishers else [])])


def describe_effects(effects: Effects, case: CaseLike | None, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    said = [
        f"{row.term}{f', {row.source}' if row.source else ''}: {row.words(lang)}"
        for row in effect_rows(effects, case, lang)
    ]
    return TEXT[lang]["alt"].format(title=effects_title(effects, case, lang), rows="; ".join(said))
