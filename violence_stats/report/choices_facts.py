"""How far the answer depends on choices: every defensible model, the same model elsewhere, and what could be seen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from violence_stats.errors import ViolenceStatsError
from violence_stats.ledger.case import Case
from violence_stats.ledger.records import Words
from violence_stats.ledger.settings import CONTESTED
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.parallel import Progress
from violence_stats.report.break_facts import BreakFacts, BreakFit
from violence_stats.report.omitted import Omitted
from violence_stats.robustness.choices import CurveChoices
from violence_stats.robustness.curve import specification_curve
from violence_stats.robustness.curve_result import SpecificationCurve
from violence_stats.robustness.placebo import placebo_in_time
from violence_stats.robustness.placebo_result import PlaceboInTime
from violence_stats.robustness.power import PowerOptions, power
from violence_stats.robustness.power_result import PowerResult
from violence_stats.series import CountSeries

CHOICES: Final = CurveChoices(seasons=("1 harmonic", "none"))
"""Other seasons hardly move an estimate and double the time that the curve takes."""

N_WORLDS: Final = 160
"""A share of 80% in so many worlds has a standard error of 3 points."""
FALLS: Final = (2.0, 2.8, 3.6, 5.0)
"""Simulated, in standard errors of the fitted step: a normal test finds 2.8 of them 80% of the time."""

NO_BREAK: Final = Words(
    en="no break is fitted whose choices could be varied",
    es="no se ajusta ningún quiebre cuyas opciones se puedan variar",
)
NOT_RUN: Final = Words(
    en="none of the models that vary the choices can be fitted to its counts",
    es="ninguno de los modelos que varían las opciones se puede ajustar a sus conteos",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChoiceFacts:
    """One break under every defensible choice.

    Attributes
    ----------
    broken : BreakFacts
        The contested one, or else the last.
    curve : SpecificationCurve
    placebos : tuple of (BreakFit, PlaceboInTime)
        For each date that the break is put on and has room for them.
    power : PowerResult or None
        At the primary date; None where worlds cannot be fitted.
    """

    broken: BreakFacts
    curve: SpecificationCurve
    placebos: tuple[tuple[BreakFit, PlaceboInTime], ...]
    power: PowerResult | None

    @property
    def placebo(self) -> PlaceboInTime | None:
        """That of the primary date, or else of the first one that has room; None where none has."""
        own = [one for fit, one in self.placebos if fit.start == self.broken.intervention.date]
        return next(iter(own or [one for _, one in self.placebos]), None)


def gather_choices(
    case: Case,
    chain: CountSeries,
    breaks: Sequence[BreakFacts],
    *,
    n_jobs: int | None = None,
    progress: Progress | None = None,
) -> ChoiceFacts | Omitted:
    """Vary the choices behind the contested break, or behind the last one where none is."""
    if not breaks:
        return Omitted(chapter="choices", reason=NO_BREAK)
    broken = next((one for one in breaks if one.intervention.kind == CONTESTED), breaks[-1])
    try:
        curve = specification_curve(
            chain,
            broken.intervention.date,
            window=broken.window,
            case=case,
            choices=CHOICES,
            n_jobs=n_jobs,
            progress=progress,
        )
    except ViolenceStatsError:
        return Omitted(chapter="choices", reason=NOT_RUN)
    return ChoiceFacts(
        broken=broken,
        curve=curve,
        placebos=tuple(_placebos(case, chain, broken)),
        power=_power(chain, broken, n_jobs, progress),
    )


def _model(fit: BreakFit) -> InterruptedTimeSeries:
    """Give the model that the break was fitted by."""
    return InterruptedTimeSeries(list(fit.result.frame.design.interventions), harmonics=1)


def _placebos(case: Case, chain: CountSeries, broken: BreakFacts) -> Iterator[tuple[BreakFit, PlaceboInTime]]:
    for fit in broken.fits:
        try:
            yield fit, placebo_in_time(_model(fit), chain, fit.start, case=case)
        except ViolenceStatsError:
            continue


def _power(chain: CountSeries, broken: BreakFacts, n_jobs: int | None, progress: Progress | None) -> PowerResult | None:
    fit = broken.primary
    std_error = float(fit.result.effects["std_error"][fit.term])
    changes = tuple(100 * math.expm1(-multiple * std_error) for multiple in FALLS)
    options = PowerOptions(n_simulations=N_WORLDS, changes_pct=changes)
    try:
        return power(
            _model(fit), chain, fit.start, window=broken.window, options=options, n_jobs=n_jobs, progress=progress
        )
    except ViolenceStatsError:
        return None
