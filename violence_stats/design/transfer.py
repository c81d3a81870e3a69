"""Gradual and fading effects: first-order transfer functions of Box & Tiao, with a time constant in months.

With ``delta = exp(-1 / tau)`` for a time constant of tau months, a step filtered by ``(1 - delta) / (1 - delta B)`` is
an `Onset`: it has covered ``1 - delta`` of its way in the first month, 63% after tau months, and stays. A pulse
filtered by ``1 / (1 - delta B)`` is a `Decay`: whole in the first month, then fading by delta a month.

References
----------
Box, G. E. P. & Tiao, G. C. (1975). Intervention analysis with applications to economic and environmental problems. JASA
70, 70-79. McDowall, D., McCleary, R. & Bartos, B. J. (2019). Interrupted Time Series Analysis. Oxford University Press.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np

from violence_stats.arguments import check_number
from violence_stats.arrays import FloatArray
from violence_stats.design.cells import Cells
from violence_stats.design.interventions import Intervention
from violence_stats.errors import SpecificationError
from violence_stats.months import MONTHS_PER_PERIOD


@dataclass(frozen=True, slots=True)
class Transfer(Intervention):
    """What `Onset` and `Decay` share.

    Parameters
    ----------
    start : DateLike
        First month, or first day, of the effect.
    time_constant_months : float, optional
        0 or more; None: it is estimated, with an interval from the profile of the likelihood.
    name, lag_months, washout_months
        As for every `Intervention`.
    """

    time_constant_months: float | None = None

    def __post_init__(self) -> None:
        Intervention.__post_init__(self)
        months = self.time_constant_months
        if months is None:
            return
        check_number("time_constant_months", months, "0 or more months, or None")
        if not 0 <= months < np.inf:
            raise SpecificationError(f"time_constant_months: expected 0 or more months, or None, got {months}")

    @property
    def is_free(self) -> bool:
        """Whether the time constant is to be estimated."""
        return self.time_constant_months is None

    def with_time_constant(self, months: float) -> Self:
        """Give the same intervention with a time constant of so many months."""
        return replace(self, time_constant_months=months)

    def _elapsed(self, cells: Cells) -> FloatArray:
        """Months from the first month of the effect on, shape (n_cells,)."""
        periods = cells.period - cells.period_of(self.first_day)
        return np.asarray(periods * float(MONTHS_PER_PERIOD[cells.frequency]))

    def _fading(self, months: FloatArray) -> FloatArray:
        """``delta ** months``."""
        if self.time_constant_months is None:
            raise SpecificationError(
                f"{self.term} has no time constant yet: fit a model with it, or give time_constant_months"
            )
        if self.time_constant_months == 0:
            return np.where(months > 0, 0.0, 1.0)
        return np.asarray(np.exp(-months / self.time_constant_months))


@dataclass(frozen=True, slots=True)
class Onset(Transfer):
    """A lasting change of level that comes about gradually.

    The coefficient is the whole effect, once it has come about. At a time constant of 0 it is a `Step`.

    Parameters
    ----------
    start, time_constant_months, name, lag_months, washout_months
        As for every `Transfer`.

    Examples
    --------
    >>> Onset("2019-06").term, Onset("2019-06").is_free
    ('onset 2019-06', True)
    """

    shape: ClassVar[str] = "onset"

    def column(self, cells: Cells) -> FloatArray:
        """Share of the effect reached by the end of each period, 0 before the start, shape (n_cells,)."""
        length = MONTHS_PER_PERIOD[cells.frequency]
        reached = 1 - self._fading(np.maximum(self._elapsed(cells), 0.0) + length)
        return np.where(self.is_on(cells), reached, 0.0)


@dataclass(frozen=True, slots=True)
class Decay(Transfer):
    """A change of level that is whole at once and then fades.

    The coefficient is the effect in the first period. At a time constant of 0 it is gone after that.

    Parameters
    ----------
    start, time_constant_months, name, lag_months, washout_months
        As for every `Transfer`.

    Examples
    --------
    >>> Decay("2012-03", 6).term
    'decay 2012-03'
    """

    shape: ClassVar[str] = "decay"

    def column(self, cells: Cells) -> FloatArray:
        """Share of the effect that is left in each period, 0 before the start, shape (n_cells,)."""
        return np.where(self.is_on(cells), self._fading(np.maximum(self._elapsed(cells), 0.0)), 0.0)
