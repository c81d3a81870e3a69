"""The ratio of two windows of one country, and the ratio of two such ratios.

Model: each count is a draw with a mean of its own and a variance of `dispersion` times the mean, all independent. To
first order (delta method) the log of a ratio of counts a (baseline) and b (window) has the variance
``dispersion * (1/a + 1/b)``, and the log of a ratio of ratios the sum of two of those.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from scipy.stats import norm
from scipy.stats import t as student

from violence_stats.questions.pairs import Pair

LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A ratio with its interval.

    Attributes
    ----------
    value, low, high : float
    """

    value: float
    low: float
    high: float

    @property
    def change_pct(self) -> float:
        """Percentage change that the ratio stands for."""
        return 100 * (self.value - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRatio:
    """The count of a window over that of its baseline, in one country by one publisher.

    Attributes
    ----------
    name : str
        The country, or the name that a control was given.
    pair : Pair
        Both counts and what they rest on.
    dispersion : float
        Variance of a count over its mean; 1 is Poisson.
    dispersion_basis : str
        Where the dispersion comes from, in words.
    """

    name: str
    pair: Pair
    dispersion: float
    dispersion_basis: str

    @property
    def log_ratio(self) -> float:
        """Log of window over baseline."""
        return math.log(self.pair.window.value / self.pair.baseline.value)

    @property
    def log_variance(self) -> float:
        """Variance of `log_ratio`."""
        return self.dispersion * (1 / self.pair.baseline.value + 1 / self.pair.window.value)

    @property
    def ratio(self) -> Ratio:
        """Window over baseline."""
        return _normal(self.log_ratio, self.log_variance)

    def over(self, control: WindowRatio) -> Ratio:
        """Give this ratio over that of a control."""
        return _normal(self.log_ratio - control.log_ratio, self.log_variance + control.log_variance)

    def over_all(self, controls: Sequence[WindowRatio]) -> Ratio | None:
        """Give this ratio over the geometric mean of those of the controls, one vote each.

        The interval takes the scatter between the controls, or that of the treated counts where it is larger, for how
        much such ratios differ between countries by themselves; t with one degree of freedom less than there are
        controls. None with fewer than two of them.
        """
        if len(controls) < 2:
            return None
        logs = [one.log_ratio for one in controls]
        centre = self.log_ratio - fmean(logs)
        between = stdev(logs) ** 2
        variance = max(between, self.log_variance) + between / len(logs)
        reach = float(student.ppf((1 + LEVEL) / 2, len(logs) - 1)) * math.sqrt(variance)
        return Ratio(value=math.exp(centre), low=math.exp(centre - reach), high=math.exp(centre + reach))


def _normal(log_value: float, log_variance: float) -> Ratio:
    reach = float(norm.ppf((1 + LEVEL) / 2)) * math.sqrt(log_variance)
    return Ratio(value=math.exp(log_value), low=math.exp(log_value - reach), high=math.exp(log_value + reach))
