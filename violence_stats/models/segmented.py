"""What a segmented regression of one group or of several is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from violence_stats.design.interventions import Intervention
from violence_stats.design.matrix import Terms, Trend
from violence_stats.models.frame import Family


@dataclass(frozen=True, slots=True)
class SegmentedRegression:
    """Level, trend, season and interventions, and the family of the values."""

    interventions: Sequence[Intervention]
    trend: Trend = "linear"
    harmonics: int = 0
    month_effects: bool = False
    family: Family = "quasi-poisson"

    @property
    def terms(self) -> Terms:
        """The terms of each group, beside the intercept."""
        return Terms(
            interventions=tuple(self.interventions),
            trend=self.trend,
            harmonics=self.harmonics,
            month_effects=self.month_effects,
        )
