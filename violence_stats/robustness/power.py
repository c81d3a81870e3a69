"""Power: the smallest change that counts like these would show, by worlds drawn from the fit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
import pandas as pd

from violence_stats.arguments import check_number, check_whole
from violence_stats.arrays import FloatArray
from violence_stats.design.interventions import Intervention
from violence_stats.errors import FitError, SpecificationError
from violence_stats.models.error_models import fit_frame
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame, build_frame
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.joint_draws import SEED
from violence_stats.months import DateLike, WindowLike
from violence_stats.parallel import Progress, run_each
from violence_stats.robustness.event import average_effect, average_weights, check_model, read_event
from violence_stats.robustness.power_result import PowerResult
from violence_stats.robustness.power_worlds import Worlds, true_fit, try_world
from violence_stats.series import CountSeries

STANDARD_ERRORS = (0.0, 1.0, 2.0, 2.5, 3.0, 3.5, 4.5, 6.0)
"""Changes simulated by default, in standard errors of the worlds: a normal test finds 2.8 of them 80% of the time."""
MAX_FAILED_SHARE = 0.05
FEWEST_WORLDS = 20
FEWEST_CHANGES = 2
"""None, and one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerOptions:
    """How power is simulated.

    Attributes
    ----------
    level : float, default 0.05
        Of the two-sided test.
    power : float, default 0.8
        How often the smallest change has to be found.
    direction : {'fall', 'rise'}
        Of the changes simulated by default.
    changes_pct : tuple of float, optional
        Changes to simulate instead, in per cent, all falls (above -100) or all rises; no change is always simulated.
    n_simulations : int, default 200
        Worlds for each change: the Monte Carlo error of a power of 80% is then 2.8 points.
    seed : int, optional
    """

    level: float = 0.05
    power: float = 0.8
    direction: Literal["fall", "rise"] = "fall"
    changes_pct: tuple[float, ...] | None = None
    n_simulations: int = 200
    seed: int = SEED

    def __post_init__(self) -> None:
        for name in ("level", "power"):
            check_number(name, getattr(self, name), "a share between 0 and 1")
            if not 0 < getattr(self, name) < 1:
                raise SpecificationError(f"{name}: expected a share between 0 and 1, got {getattr(self, name)!r}")
        if self.direction not in ("fall", "rise"):
            raise SpecificationError(f"direction: expected 'fall' or 'rise', got {self.direction!r}")
        check_whole("n_simulations", self.n_simulations, least=FEWEST_WORLDS, of="worlds")
        check_whole("seed", self.seed)
        if self.changes_pct is not None:
            _check_changes(self.changes_pct)


def _check_changes(changes_pct: object) -> None:
    wanted = f"changes_pct: expected falls between -100 and 0, or rises, such as (-10, -20, -40), got {changes_pct!r}"
    if isinstance(changes_pct, str) or not isinstance(changes_pct, Iterable):
        raise SpecificationError(wanted)
    changes = tuple(changes_pct)
    for change in changes:
        check_number("changes_pct", change, "falls or rises in per cent")
    finite = bool(changes) and all(-100 < change < math.inf for change in changes)
    if not finite or min(changes) * max(changes) < 0:
        raise SpecificationError(wanted)


def power(
    model: InterruptedTimeSeries,
    series: CountSeries | pd.Series[Any],
    at: DateLike,
    *,
    window: WindowLike | None = None,
    options: PowerOptions | None = None,
    n_jobs: int | None = None,
    progress: Progress | None = None,
) -> PowerResult:
    """Find the smallest change that a model would find in counts like these.

    Use it where an effect was not found, to see whether it could have been; and where one was, to see whether only an
    exaggerated one had a chance. Worlds are drawn from the fit with the event taken away: its trend, season, other
    terms, dispersion, latent variance and serial correlation. Into each a change at the date is put, and the model is
    fitted as it stands. All changes are put into the same worlds.

    Parameters
    ----------
    model : InterruptedTimeSeries
        Of counts. Whatever its errors, worlds have the serial correlation that ``ar1`` finds; with other errors the
        false alarms then show what they miss.
    series : CountSeries or pandas.Series
        As for the model.
    at : DateLike
        The event, by its date or name. A change has the shape of its first term.
    window : WindowLike, optional
        The fitting window, both ends INCLUSIVE; default the whole series.
    options : PowerOptions, optional
        Level, power, sizes of the changes, worlds and seed.
    n_jobs, progress
        As for `violence_stats.parallel.run_each`.

    Returns
    -------
    PowerResult

    Raises
    ------
    SpecificationError
        If it is no model, is gaussian, has no such event, or its time constant is to be estimated.
    FitError
        If the model does not fit the series, or more than 5% of the worlds with the smallest of the changes. Larger
        changes that it does not fit, such as those that leave next to no counts, are not run: see `not_run`.
    SeriesError, WindowError
        As for the model's fit.

    Examples
    --------
    >>> import pandas as pd
    >>> from violence_stats import InterruptedTimeSeries, Step
    >>> months = pd.period_range("2015-01", periods=36, freq="M")
    >>> counts = pd.Series([60 + (7 * k) % 5 for k in range(36)], index=months)
    >>> model = InterruptedTimeSeries([Step("2017-01")], trend=None, errors="iid")
    >>> found = power(model, counts, "2017-01", options=PowerOptions(n_simulations=40, changes_pct=(-5, -10, -20)))
    >>> found.table["change_pct"].round(6).tolist()
    [0.0, -5.0, -10.0, -20.0]
    """
    check_model(model)
    chosen = _read_options(options)
    if model.family == "gaussian":
        raise SpecificationError('power is simulated for counts: choose a count family, not family="gaussian"')
    event, counts = read_event(model, series, at)
    frame = build_frame(counts, model.terms, family=model.family, unit=model.exposure, window=window, exposure=None)
    fitted = fit_frame(frame, model.errors, model.lags)
    worlds = _worlds(model, event, frame, fitted, chosen)
    answers = run_each(
        partial(try_world, worlds), range(chosen.n_simulations), "simulated worlds", n_jobs=n_jobs, progress=progress
    )
    table, not_run = _tables(worlds.log_changes, np.array(answers))
    return PowerResult(
        at=event[0].first_day,
        window=frame.span,
        table=table,
        not_run=not_run,
        level=chosen.level,
        power=chosen.power,
        observed=average_effect(worlds.weights, fitted),
        nuisance=worlds.theta._asdict(),
        errors=model.errors,
        seed=chosen.seed,
        series=counts,
        notes=(*frame.notes, *fitted.notes),
    )


def _read_options(options: object) -> PowerOptions:
    if not isinstance(options, PowerOptions | None):
        raise SpecificationError(f"options: expected PowerOptions(...), got {options!r}")
    return options or PowerOptions()


def _worlds(
    model: InterruptedTimeSeries,
    event: Sequence[Intervention],
    frame: ModelFrame,
    fitted: Estimate,
    options: PowerOptions,
) -> Worlds:
    """Take the event away from the fit with a latent path, and choose what to put in its place."""
    truth, weights = true_fit(frame, fitted), average_weights(frame, event)
    return Worlds(
        frame=frame,
        weights=weights,
        errors=model.errors,
        lags=model.lags,
        truth=truth,
        null=np.where(frame.design.columns_of(event), 0.0, truth.beta),
        log_changes=_log_changes(options, float(np.sqrt(weights @ truth.cov @ weights))),
        level=options.level,
        seed=options.seed,
    )


def _log_changes(options: PowerOptions, std_error: float) -> tuple[float, ...]:
    if options.changes_pct is not None:
        logs = {float(np.log1p(change / 100)) for change in options.changes_pct} | {0.0}
        return tuple(sorted(logs, key=abs))
    sign = -1.0 if options.direction == "fall" else 1.0
    return tuple(sign * multiple * std_error for multiple in STANDARD_ERRORS)


def _tables(log_changes: Sequence[float], found: FloatArray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Share found of each change up to the first that cannot be fitted, and those not run.

    `found` has shape (n_worlds, n_changes).

    Raises
    ------
    FitError
        If too many worlds without a change, or with the smallest one, could not be fitted.
    """
    ratio = np.exp(np.array(log_changes))
    n_failed = np.isnan(found).sum(axis=0)
    failing = np.flatnonzero(n_failed > MAX_FAILED_SHARE * len(found))
    n_run = int(failing[0]) if failing.size else len(ratio)
    if failing.size and n_run < FEWEST_CHANGES:
        raise FitError(
            f"{n_failed[n_run]} of {len(found)} simulated worlds could not be fitted: take a term away, widen the "
            "window, or simulate smaller changes"
        )
    n_worlds, share = len(found) - n_failed[:n_run], np.nanmean(found[:, :n_run], axis=0)
    table = pd.DataFrame(
        {
            "rate_ratio": ratio[:n_run],
            "change_pct": 100 * (ratio[:n_run] - 1),
            "power": share,
            "mc_error": np.sqrt(share * (1 - share) / n_worlds),
            "n_worlds": n_worlds,
            "n_failed": n_failed[:n_run],
        }
    )
    reasons = [f"{n} of {len(found)} simulated worlds could not be fitted" for n in n_failed[n_run:]]
    return table, pd.DataFrame({"change_pct": 100 * (ratio[n_run:] - 1), "reason": reasons})
