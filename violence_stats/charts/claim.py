"""A claimed percentage beside the counts: each like-with-like pair, and the count that the claim would have needed."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import style
from violence_stats.charts.frame import open_frame
from violence_stats.charts.given import check_given
from violence_stats.charts.labels import capital
from violence_stats.charts.lanes import LAST_PUBLISHERS
from violence_stats.ledger.records import Language
from violence_stats.questions.claim import ClaimCheck
from violence_stats.questions.verdict import Comparison

FRAME_CM: Final = 3.4
PAIR_CM: Final = 1.5
BAR: Final = 0.27
"""Height of a bar; a label, two bars and the gap to the next pair make 1."""

LABEL_ABOVE: Final = 0.33
"""From the middle of the upper bar up to the middle of its label."""

ROOM_FOR_PERCENTAGES: Final = 1.32
"""Right end of the scale over the largest count."""

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "fall": "A fall of {pct}? What the counts say",
        "rise": "A rise of {pct}? What the counts say",
        "unit": "{measure}: {baseline} (pale) and {window} (dark)",
        "needed": "the claim needs {count}",
        "mark": "Line: the count that the claim would have needed. ",
        "mixed": "Pairs that mix publishers, definitions or vintages, not drawn: {n}, from {low} to {high}. ",
        "source": "Source: {publishers}.",
        "no_pair": "no like-with-like pair of counts is known",
        "alt": "{measure}, {baseline} and {window}, beside a claimed change of {claimed}. {pairs}.",
        "alt_pair": "{label}: {baseline} to {window}, {pct}",
    },
    "es": {
        "fall": "¿Una baja de {pct}? Lo que dicen los conteos",
        "rise": "¿Un alza de {pct}? Lo que dicen los conteos",
        "unit": "{measure}: {baseline} (claro) y {window} (oscuro)",
        "needed": "para la afirmación: {count}",
        "mark": "Línea: el conteo que la afirmación habría necesitado. ",
        "mixed": "Pares que mezclan instituciones, definiciones o fechas de los datos, sin dibujar: {n}, de {low} a "
        "{high}. ",
        "source": "Fuente: {publishers}.",
        "no_pair": "no se conoce ningún par de conteos comparables",
        "alt": "{measure}, {baseline} y {window}, frente a un cambio de {claimed} según se afirma. {pairs}.",
        "alt_pair": "{label}: de {baseline} a {window}, {pct}",
    },
}


def plot_claim(check: ClaimCheck, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw each like-with-like pair of counts, its percentage, and the count that the claim would have needed.

    Mixed pairs are not drawn, because no verdict rests on them; the line under the picture says what they run to, and
    `ClaimCheck.table` holds them all. The baseline is zero.

    Parameters
    ----------
    check : ClaimCheck
        From `check_claim`.
    ax, lang
        As for `plot_timeline`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    SelectionError
        If the language is unknown.
    SpecificationError
        If it is given another result.

    Examples
    --------
    >>> import violence_stats as vs
    >>> homicides = vs.load_homicides("SLV")
    >>> claim = vs.check_claim(homicides, window="2020-H1", baseline="2019-H1", claimed_pct=-62.5)
    >>> float(plot_claim(claim).get_xlim()[0])
    0.0
    """
    language = wording.check_language(lang)
    check_given(check, ClaimCheck, "check_claim(...)")
    text = _TEXT[language]
    pairs = check.like_with_like
    with open_frame(ax, FRAME_CM + PAIR_CM * max(len(pairs), 1)) as frame:
        drawn = frame.ax
        for row, pair in enumerate(pairs):
            _draw_pair(drawn, check, pair, row)
        _set_scale(drawn, check)
        frame.dress(
            title=claim_title(check, language),
            unit=_spans(text["unit"], check, language),
            source=_source_line(check, language),
        )
        for row, pair in enumerate(pairs):
            _label_pair(drawn, check, pair, row, language)
        if not pairs:
            drawn.annotate(text["no_pair"], xy=(0.5, 0.5), xycoords="axes fraction", ha="center", color=style.MUTED)
    return drawn


def claim_table(check: ClaimCheck) -> pd.DataFrame:
    """Give the numbers behind the picture: every pair, mixed ones too."""
    return check.to_frame()


def claim_title(check: ClaimCheck, lang: Language) -> str:
    """Give the title that the picture carries."""
    name = "fall" if check.claimed_pct <= 0 else "rise"
    return _TEXT[lang][name].format(pct=_claimed(check, lang).lstrip(wording.MINUS))


def describe_claim(check: ClaimCheck, lang: Language) -> str:
    """Say what the picture shows, for readers who cannot see it."""
    text = _TEXT[lang]
    pairs = [
        text["alt_pair"].format(
            label=capital(check.label(one, lang)),
            baseline=wording.whole(one.pair.baseline.value),
            window=wording.whole(one.pair.window.value),
            pct=_pct(one, check, lang),
        )
        for one in check.like_with_like
    ]
    return _spans(text["alt"], check, lang).format(
        claimed=_claimed(check, lang), pairs="; ".join(pairs) or capital(text["no_pair"])
    )


def _spans(template: str, check: ClaimCheck, lang: Language) -> str:
    """Fill in what is counted and when, and leave other fields for later."""
    filled = {
        "measure": capital(check.names.measure[lang]),
        "baseline": wording.window(check.baseline, lang),
        "window": wording.window(check.window, lang),
    }
    for field, words in filled.items():
        template = template.replace(f"{{{field}}}", words)
    return template


def _draw_pair(ax: Axes, check: ClaimCheck, pair: Comparison, row: int) -> None:
    ax.barh(row, pair.pair.baseline.value, height=BAR, color=style.PALE)
    ax.barh(row + BAR, pair.pair.window.value, height=BAR, color=style.OBSERVED)
    needed = _needed(check, pair)
    ax.plot([needed, needed], [row + BAR / 2, row + 1.5 * BAR + 0.05], color=style.ACCENT, linewidth=1.6)


def _label_pair(ax: Axes, check: ClaimCheck, pair: Comparison, row: int, lang: Language) -> None:
    counts = pair.pair
    needed = max(_needed(check, pair), counts.window.value)
    label = style.wrapped(capital(check.label(pair, lang)), style.width_pt(ax), style.SMALL_PT)
    _write(ax, label, (0, row - LABEL_ABOVE), 0)
    _write(ax, wording.whole(counts.baseline.value), (counts.baseline.value, row), 3)
    _write(ax, wording.whole(counts.window.value), (needed, row + BAR), 5)
    if row == 0:
        words = _TEXT[lang]["needed"].format(count=wording.whole(_needed(check, pair)))
        _write(ax, words, (needed, row + BAR), 26, color=style.ACCENT)
    ax.annotate(
        _pct(pair, check, lang),
        xy=(1, row + BAR / 2),
        xycoords=("axes fraction", "data"),
        ha="right",
        va="center",
        fontsize=style.TITLE_PT,
        fontweight="bold",
    )


def _write(ax: Axes, words: str, place: tuple[float, float], right_pt: float, color: str = style.INK) -> None:
    ax.annotate(
        words,
        xy=place,
        xytext=(right_pt, 0),
        textcoords="offset points",
        va="center_baseline",
        fontsize=style.SMALL_PT,
        color=color,
    )


def _set_scale(ax: Axes, check: ClaimCheck) -> None:
    counts = [side.value for one in check.like_with_like for side in (one.pair.baseline, one.pair.window)]
    ax.set_xlim(0, (max(counts, default=0) or 1) * ROOM_FOR_PERCENTAGES)
    ax.set_ylim(max(len(check.like_with_like), 1) - 0.5, -0.5)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.set_xticks([])
    ax.set_yticks([])


def _needed(check: ClaimCheck, pair: Comparison) -> float:
    return pair.pair.baseline.value * (1 + check.claimed_pct / 100)


def _claimed(check: ClaimCheck, lang: Language) -> str:
    return wording.percent(check.claimed_pct, lang, check.claimed.decimals)


def _pct(pair: Comparison, check: ClaimCheck, lang: Language) -> str:
    return wording.percent(pair.observed_pct, lang, max(1, check.claimed.decimals))


def _source_line(check: ClaimCheck, lang: Language) -> str:
    text = _TEXT[lang]
    line = text["mark"] if check.like_with_like else ""
    if check.mixed:
        changes = sorted((one.observed_pct for one in check.mixed), key=abs)
        low, high = (wording.percent(change, lang) for change in (changes[0], changes[-1]))
        line += text["mixed"].format(n=len(check.mixed), low=low, high=high)
    codes = [
        code for one in check.comparisons for side in (one.pair.baseline, one.pair.window) for code in side.publishers
    ]
    named = [code for code in dict.fromkeys(codes) if code and code not in LAST_PUBLISHERS]
    return (line + (text["source"].format(publishers=wording.listing(named, lang)) if named else "")).strip()
