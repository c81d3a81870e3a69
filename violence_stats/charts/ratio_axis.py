"""Rate ratios on an axis of their logarithms, labelled as changes in per cent."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import numpy as np
from matplotlib.axis import Axis

from violence_stats import wording
from violence_stats.charts.lanes import LAST_PUBLISHERS, publishers_in_order
from violence_stats.ledger.records import Language
from violence_stats.months import Window
from violence_stats.series import CountSeries

CHANGES: Final = (-95, -90, -80, -70, -60, -50, -40, -30, -20, -10, 0, 10, 25, 50, 100, 200, 400, 900)
MOST_TICKS: Final = 7


def change_words(ratio: float, lang: Language) -> str:
    """Print a rate ratio as a signed change in per cent.

    Examples
    --------
    >>> change_words(0.58, "en"), change_words(1.25, "en")
    ('\u221242%', '+25%')
    """
    text = wording.percent(100 * (ratio - 1), lang, 0)
    return text if text.startswith((wording.MINUS, "0")) else f"+{text}"


def label_changes(axis: Axis, low: float, high: float, lang: Language, most: int = MOST_TICKS) -> None:
    """Put round changes on an axis of log ratios that runs from `low` to `high`, no change always among them.

    Parameters
    ----------
    most : int
        Ticks are at least so small a part of the axis apart.
    """
    apart = (high - low) / most
    chosen = [0]
    for side in ([one for one in CHANGES if one < 0][::-1], [one for one in CHANGES if one > 0]):
        last = 0.0
        for change in side:
            place = math.log1p(change / 100)
            if low <= place <= high and abs(place - last) >= apart:
                chosen.append(change)
                last = place
    ticks = sorted(chosen)
    axis.set_ticks(
        [math.log1p(change / 100) for change in ticks], labels=[change_words(1 + one / 100, lang) for one in ticks]
    )


def named_publishers(series: CountSeries, span: Window, lang: Language) -> str:
    """List who counted within a span, blank where the series names nobody."""
    inside = tuple(one for one in series if one.window.overlaps(span))
    named = [code for code in publishers_in_order(replace(series, observations=inside)) if code not in LAST_PUBLISHERS]
    return wording.listing(named, lang)


def padded(values: list[float], share: float = 0.06) -> tuple[float, float]:
    """Give limits of an axis that hold all values and no change, with some room beyond them."""
    finite = [value for value in values if np.isfinite(value)]
    low, high = min(0.0, *finite), max(0.0, *finite)
    room = share * ((high - low) or 1.0)
    return low - room, high + room
