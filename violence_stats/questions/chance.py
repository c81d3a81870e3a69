"""How far a percentage change between two counts moves by chance.

Model: each count is a draw with a mean of its own and a variance of `dispersion` times the mean (Poisson where that is
1), the two independent. To first order (delta method) the log of their ratio then has the variance

    dispersion * (1 / baseline + 1 / window)

and the range is that log ratio, two standard errors either way, turned back into a percentage.

The dispersion comes from the series' own months before the window: adjoining months are taken to have one daily rate,
so that a trend, or one break, hardly enters. For months of d1 and d2 days with counts y1 and y2 and the pooled rate
r = (y1 + y2) / (d1 + d2),

    z2 = (y1 / d1 - y2 / d2) ** 2 / (r / d1 + r / d2)

has the dispersion as its mean; the estimate is the average over pairs of adjoining months, and at least 1. Months are
taken as independent: where they move together, the range is too narrow. It says how much such a percentage moves by
chance; it does not say whether a claim is right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from violence_stats.months import ONE_DAY, Window, add_months
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

RECENT_MONTHS: Final = 36
"""Three years: enough months for a usable variance, few enough to be of the regime before the window."""

FEWEST_PAIRS: Final = 12
"""With twelve pairs the estimate has a standard error of about half its size; with fewer, Poisson is taken and said."""

STD_ERRORS: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceRange:
    """Where the percentage change may fall if the two counts are drawn anew at their own rates.

    Attributes
    ----------
    low_pct, high_pct : float
        Two standard errors either way; not adjusted for serial correlation.
    dispersion : float
        Variance over mean; 1 is Poisson.
    n_pairs : int
        Pairs of adjoining months that the dispersion was estimated from; 0 where Poisson was taken for want of months.
    """

    low_pct: float
    high_pct: float
    dispersion: float
    n_pairs: int


def chance_range(series: CountSeries, *, baseline: int, count: int, window: Window) -> ChanceRange | None:
    """Give the range for a change from `baseline` to `count`; None where one of them is 0, which has no log."""
    if baseline == 0 or count == 0:
        return None
    dispersion, n_pairs = estimate_dispersion(series, before=window)
    centre = math.log(count / baseline)
    reach = STD_ERRORS * math.sqrt(dispersion * (1 / baseline + 1 / count))
    low, high = (100 * math.expm1(centre + sign * reach) for sign in (-1, 1))
    return ChanceRange(low_pct=low, high_pct=high, dispersion=dispersion, n_pairs=n_pairs)


def estimate_dispersion(series: CountSeries, *, before: Window) -> tuple[float, int]:
    """Estimate variance over mean from the whole months of the last three years before a window.

    Returns
    -------
    dispersion : float
        At least 1; 1 where there are fewer than `FEWEST_PAIRS` pairs.
    n_pairs : int
        0 where there are fewer.
    """
    first = add_months(before.start, -RECENT_MONTHS)
    months = [
        one
        for one in series
        if one.window.is_one_month
        and not one.is_missing
        and first <= one.window.start
        and one.window.end < before.start
    ]
    pairs = [
        (early, late)
        for early, late in pairwise(months)
        if early.window.end + ONE_DAY == late.window.start and early.value + late.value > 0
    ]
    if len(pairs) < FEWEST_PAIRS:
        return 1.0, 0
    return max(1.0, sum(_squared_step(early, late) for early, late in pairs) / len(pairs)), len(pairs)


def _squared_step(early: Observation, late: Observation) -> float:
    days = early.window.n_days, late.window.n_days
    rate = (early.value + late.value) / sum(days)
    step = early.value / days[0] - late.value / days[1]
    return step**2 / (rate / days[0] + rate / days[1])
