"""The fits of a placebo: a model whose event moves, each time in a window of the same lengths around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from violence_stats.design.interventions import Intervention, Pulse, Step, months_later
from violence_stats.errors import FitError, ViolenceStatsError
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.months import Frequency, Window, months_between, period_starts
from violence_stats.robustness.event import AverageEffect, Failure, average_effect, average_weights
from violence_stats.robustness.placebo_dates import Lengths, fitted_window
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEffect:
    """An effect at a date, and the window it was fitted to.

    Attributes
    ----------
    day : datetime.date
        FIRST day of the event, where it was moved to.
    window : Window
        Both ends INCLUSIVE.
    effect : AverageEffect
    """

    day: date
    window: Window
    effect: AverageEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class MovableEvent:
    """A model, the counts, and the terms that move together.

    Attributes
    ----------
    model : InterruptedTimeSeries
    series : CountSeries
    event : tuple of Intervention
        Those of the model's terms that move; the others stay, in the fits whose window holds them.
    lengths : Lengths
        Periods fitted before a date and from it on.
    """

    model: InterruptedTimeSeries
    series: CountSeries
    event: tuple[Intervention, ...]
    lengths: Lengths

    @property
    def anchor(self) -> date:
        """First day of the period in which the event starts."""
        start = self.event[0].first_day
        return period_starts(start, start, self.series.frequency)[0]

    def fit_at(self, day: date) -> DatedEffect:
        """Fit the model with its event moved to the period that starts on `day`.

        Raises
        ------
        FitError, SeriesError, SpecificationError, WindowError
            As for the model's fit.
        """
        window = fitted_window(day, self.lengths, self.series.frequency)
        n_months = months_between(self.anchor, day)
        moved = [_moved(one, n_months) for one in self.event]
        others = [one for one in self.model.interventions if one not in self.event and _is_held(one, window)]
        model = replace(self.model, interventions=[*moved, *others], at_boundary="t")
        fit = model.fit(self.series, window=window)
        effect = average_effect(average_weights(fit.frame, moved), fit.estimate)
        return DatedEffect(day=moved[0].first_day, window=window, effect=effect)

    def try_at(self, day: date) -> DatedEffect | Failure:
        """Fit as `fit_at` does, or say why not."""
        try:
            return self.fit_at(day)
        except FitError as error:
            return Failure(reason="the estimates did not come out", message=str(error))
        except ViolenceStatsError as error:
            return Failure(reason="the counts in their window cannot carry the model", message=str(error))


def _moved(one: Intervention, n_months: int) -> Intervention:
    """Give an intervention so many months later, under its old name."""
    start = months_later(one.first_day, n_months)
    later = replace(one, start=start, name=one.term, lag_months=0)
    if isinstance(later, Step | Pulse) and one.last_day is not None:
        return replace(later, end=months_later(one.last_day, n_months))
    return later


def _is_held(one: Intervention, window: Window) -> bool:
    """Whether a window holds the start of an intervention, or its end."""
    starts = window.start < one.first_day <= window.end
    return starts or (one.last_day is not None and window.start <= one.last_day <= window.end)


def n_terms(model: InterruptedTimeSeries, event: Sequence[Intervention], frequency: Frequency) -> int:
    """Coefficients of a fit that holds the event and no other intervention."""
    season = {"M": 11, "Q": 3, "Y": 0}[frequency] if model.month_effects else 2 * model.harmonics
    return 1 + (model.trend is not None) + season + len(event)
