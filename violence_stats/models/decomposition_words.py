"""What a change is made of by one model, as sentences to quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from violence_stats import wording
from violence_stats.ledger.naming import Names
from violence_stats.ledger.records import Language, Words
from violence_stats.months import Window
from violence_stats.series import CountSeries

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "fell": "{when} the number of {subject} was {pct} lower than {against} ({before} to {after})",
        "rose": "{when} the number of {subject} was {pct} higher than {against} ({before} to {after})",
        "same": "{when} the number of {subject} was the same as {against} ({after})",
        "unsplit": "{change}: there is no change to split.",
        "fall": "{change}. Of that fall, taken as a logarithm, this one model assigns {parts}; other models split it "
        "otherwise, and no part is a cause.",
        "rise": "{change}. Of that rise, taken as a logarithm, this one model assigns {parts}; other models split it "
        "otherwise, and no part is a cause.",
        "part": "{share} ({interval}) to {name}",
        "exact": "{share} to {name}",
        "held": "{name} beyond the {days} days of it that the earlier window holds",
        "to": "{low} to {high}",
        "trend": "the trend from before",
        "season": "the season",
        "exposure": "the number of days and any other exposure",
        "event": "what came with {name}",
        "pulse": "what came with {name}",
        "remainder": "nothing in it",
    },
    "es": {
        "fell": "{when} el número de {subject} fue {pct} más bajo que {against} (de {before} a {after})",
        "rose": "{when} el número de {subject} fue {pct} más alto que {against} (de {before} a {after})",
        "same": "{when} el número de {subject} fue el mismo que {against} ({after})",
        "unsplit": "{change}: no hay cambio que repartir.",
        "fall": "{change}. De esa baja, tomada como logaritmo, este único modelo asigna {parts}; otros modelos la "
        "reparten de otra manera, y ninguna parte es una causa.",
        "rise": "{change}. De esa alza, tomada como logaritmo, este único modelo asigna {parts}; otros modelos la "
        "reparten de otra manera, y ninguna parte es una causa.",
        "part": "{share} ({interval}) a {name}",
        "exact": "{share} a {name}",
        "held": "{name} más allá de los {days} días suyos que ya contiene el período anterior",
        "to": "{low} a {high}",
        "trend": "la tendencia anterior",
        "season": "la estacionalidad",
        "exposure": "el número de días y toda otra exposición",
        "event": "lo que llegó con {name}",
        "pulse": "lo que llegó con {name}",
        "remainder": "nada que esté en él",
    },
}


def change_words(
    subject: Words, *, window: Window, baseline: Window, observed: float, before: float, lang: Language
) -> str:
    """Say how two windows differ, with both counts, without a stop."""
    pct = 100 * (observed / before - 1)
    return _TEXT[lang]["fell" if pct < 0 else "rose" if pct > 0 else "same"].format(
        when=wording.capital(wording.during(window, lang)),
        against=wording.during(baseline, lang),
        subject=subject[lang],
        pct=wording.percent(abs(pct), lang),
        before=wording.whole(before),
        after=wording.whole(observed),
    )


def tell_no_change(change: str, lang: Language) -> str:
    """Say that counts which are the same leave nothing to split."""
    return wording.plain_line(_TEXT[lang]["unsplit"].format(change=change))


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What a sentence on the parts of a change needs.

    Attributes
    ----------
    parts : pandas.DataFrame
        As `Decomposition.parts`.
    series : CountSeries
    names : Names
    baseline : Window
    falls : bool
    adjusted : bool
        Whether intervals allow for serial correlation.
    caveats : tuple of Words
        What is to be known of them.
    """

    parts: pd.DataFrame
    series: CountSeries
    names: Names
    baseline: Window
    falls: bool
    adjusted: bool
    caveats: tuple[Words, ...]


def tell_parts(split: Split, change: str, lang: Language) -> str:
    """Say the share of each part with its interval; the first says what the intervals are."""
    text = _TEXT[lang]
    said: list[str] = []
    explained = False
    for name, row in split.parts.iterrows():
        share, low, high = (wording.percent(row[f"share_pct{end}"], lang, 0) for end in ("", "_low", "_high"))
        called = _name(str(name), row, split, lang)
        if low == high:
            said.append(text["exact"].format(share=share, name=called))
            continue
        ends = text["to"].format(low=low, high=high)
        if not explained:
            known = wording.interval(ends, lang, adjusted=split.adjusted)
            ends, explained = ", ".join([known, *(one[lang] for one in split.caveats)]), True
        said.append(text["part"].format(share=share, interval=ends, name=called))
    listed = wording.listing(said, lang)
    return wording.plain_line(text["fall" if split.falls else "rise"].format(change=change, parts=listed))


def _name(name: str, row: pd.Series[Any], split: Split, lang: Language) -> str:
    """Name a part: an event by its date and the case's name, a passing one by the name of its days."""
    text, kind = _TEXT[lang], str(row["kind"])
    if kind not in ("event", "pulse"):
        return text[kind]
    start = row["start"]
    began = wording.period(start, split.series.frequency, lang)
    called = split.names.spell(Window(start, row["end"]), lang) or split.names.start(start, lang)
    called = called or ("" if _is_date(name) else name)
    said = text[kind].format(name=f"{began} ({called})" if called else began)
    if not split.baseline.start < start <= split.baseline.end:
        return said
    return text["held"].format(name=said, days=(split.baseline.end - start).days + 1)


def _is_date(name: str) -> bool:
    return name[:4].isdigit()
