"""Intervals by drawing worlds from a fit and refitting them: for variance parameters on an edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from violence_stats.arguments import check_whole
from violence_stats.arrays import FloatArray, IntArray
from violence_stats.errors import FitError, SpecificationError
from violence_stats.fitting.ar1 import Ar1Fit, fit_ar1
from violence_stats.fitting.ar1_bootstrap import MAX_FAILED_SHARE, MIN_DRAWS, BootstrapFit
from violence_stats.fitting.ar1_working import Theta
from violence_stats.fitting.simulate import simulate_counts
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.models.joint_draws import SEED
from violence_stats.models.wording import table_lines
from violence_stats.parallel import Progress, run_each

N_WORLDS = 199


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap:
    """How many worlds are drawn and refitted, and by which seed.

    Parameters
    ----------
    n_replicates : int, default 199
        39 or more; some hundredths of a second each.
    seed : int

    Raises
    ------
    SpecificationError
        If there are too few for a 95% interval.
    """

    n_replicates: int = N_WORLDS
    seed: int = SEED

    def __post_init__(self) -> None:
        check_whole("n_replicates", self.n_replicates, least=MIN_DRAWS, of="worlds for a 95% interval")
        check_whole("seed", self.seed)


AtBoundary: TypeAlias = Literal["t", "bootstrap"] | Bootstrap


def read_at_boundary(choice: object) -> Literal["t"] | Bootstrap:
    """Read what is to be done where a variance parameter ends on an edge.

    Raises
    ------
    SpecificationError
        If it is none of the choices.
    """
    if choice == "t":
        return "t"
    if choice == "bootstrap":
        return Bootstrap()
    if isinstance(choice, Bootstrap):
        return choice
    raise SpecificationError(f"at_boundary: expected 't', 'bootstrap' or a Bootstrap, got {choice!r}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BootstrapEffects:
    """The effects of a fit with bootstrap intervals.

    Attributes
    ----------
    effects : pandas.DataFrame
        As `ITSResult.effects`; estimates and standard errors are those of the fit, intervals and p-values from the
        quantiles of the studentised refits.
    n_draws, n_failed, seed : int
        Worlds drawn, those among them whose refit did not settle, and what they were drawn by.
    """

    effects: pd.DataFrame
    n_draws: int
    n_failed: int
    seed: int

    @property
    def interval_words(self) -> str:
        """How the intervals were made."""
        failed = f", {self.n_failed} of which did not settle" if self.n_failed else ""
        return f"studentised parametric bootstrap, {self.n_draws} worlds (seed {self.seed}){failed}"

    def summary(self) -> str:
        """Say the effects in plain text."""
        lines = [*table_lines(self.effects, log_link=True), "", f"intervals: {self.interval_words}"]
        return "\n".join(lines) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give a copy of `effects`."""
        return self.effects.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the effects as plain values that JSON can hold."""
        return {"effects": self.effects.reset_index().to_dict(orient="records"), "intervals": self.interval_words}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Source:
    """A fit that worlds are drawn from, in arrays alone: what other processes are sent.

    Step by step what `violence_stats.fitting.ar1_bootstrap.bootstrap_ar1` does in one loop.
    """

    X: FloatArray
    log_exposure: FloatArray
    window: IntArray
    period: IntArray
    fit: Ar1Fit

    @property
    def theta(self) -> Theta:
        """Variance parameters; without a path, rho is 0."""
        found = self.fit.theta
        return found if found.sigma2 > 0 else Theta(found.dispersion, 0.0, 0.0)

    def draw(self, how: Bootstrap) -> list[FloatArray]:
        """Draw every world beforehand, so that none depends on who refits it."""
        expected = np.exp(self.X @ self.fit.beta + self.log_exposure)
        worlds = simulate_counts(
            np.random.default_rng(how.seed),
            expected,
            self.window,
            self.period,
            self.theta,
            n_draws=how.n_replicates,
            form=self.fit.form,
        )
        return list(worlds)

    def studentise(self, y: FloatArray) -> FloatArray | None:
        """Refit one world; None where it does not settle."""
        try:
            refit = fit_ar1(
                y, self.X, self.log_exposure, self.window, self.period, form=self.fit.form, start=self.theta
            )
        except FitError:
            return None
        return np.asarray((refit.beta - self.fit.beta) / np.sqrt(np.diag(refit.cov)))

    def gather(self, statistics: Sequence[FloatArray], n_draws: int) -> BootstrapFit:
        """Put the refits together.

        Raises
        ------
        FitError
            If more than 5% of them did not settle.
        """
        n_failed = n_draws - len(statistics)
        if n_failed > MAX_FAILED_SHARE * n_draws:
            raise FitError(f"{n_failed} of {n_draws} bootstrap refits did not settle: drop a term or widen the window")
        return BootstrapFit(
            statistics=np.array(statistics),
            beta=self.fit.beta,
            std_error=np.sqrt(np.diag(self.fit.cov)),
            n_failed=n_failed,
        )


def bootstrap_effects(
    frame: ModelFrame,
    estimate: Estimate,
    effects: pd.DataFrame,
    how: Bootstrap,
    *,
    n_jobs: int | None = None,
    progress: Progress | None = None,
) -> BootstrapEffects:
    """Bootstrap a fit with a latent AR(1) path.

    Parameters
    ----------
    frame : ModelFrame
    estimate : Estimate
        Of counts, with errors ``ar1``.
    effects : pandas.DataFrame
        As `ITSResult.effects`.
    how : Bootstrap
    n_jobs, progress
        As for `violence_stats.parallel.run_each`.

    Raises
    ------
    SpecificationError
        If the fit has no latent path to draw worlds from.
    FitError
        If more than 5% of the refits do not settle.
    """
    if estimate.ar1 is None:
        raise SpecificationError('the bootstrap draws worlds from errors="ar1" of counts: fit the model with them')
    source = _Source(
        X=frame.design.X,
        log_exposure=frame.log_exposure,
        window=frame.cells.window,
        period=frame.cells.period - frame.cells.period.min(),
        fit=estimate.ar1,
    )
    worlds = source.draw(how)
    refits = run_each(source.studentise, worlds, "worlds refitted", n_jobs=n_jobs, progress=progress)
    drawn = source.gather([one for one in refits if one is not None], how.n_replicates)
    low, high = drawn.interval()
    table = effects.assign(
        ci_low=low,
        ci_high=high,
        p_value=drawn.p_values(),
        rate_ratio_low=np.exp(low),
        rate_ratio_high=np.exp(high),
    )
    return BootstrapEffects(effects=table, n_draws=how.n_replicates, n_failed=drawn.n_failed, seed=how.seed)
