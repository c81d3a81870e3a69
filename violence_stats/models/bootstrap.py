"""Intervals by drawing worlds from a fit and refitting them: for variance parameters on an edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1_bootstrap import MIN_DRAWS, bootstrap_ar1
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.models.joint_draws import SEED
from violence_stats.models.wording import table_lines

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
        if self.n_replicates < MIN_DRAWS:
            raise SpecificationError(
                f"n_replicates: expected {MIN_DRAWS} or more for a 95% interval, got {self.n_replicates}"
            )


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


def bootstrap_effects(frame: ModelFrame, estimate: Estimate, effects: pd.DataFrame, how: Bootstrap) -> BootstrapEffects:
    """Bootstrap a fit with a latent AR(1) path.

    Parameters
    ----------
    frame : ModelFrame
    estimate : Estimate
        Of counts, with errors ``ar1``.
    effects : pandas.DataFrame
        As `ITSResult.effects`.
    how : Bootstrap

    Raises
    ------
    SpecificationError
        If the fit has no latent path to draw worlds from.
    FitError
        If more than 5% of the refits do not settle.
    """
    if estimate.ar1 is None:
        raise SpecificationError('the bootstrap draws worlds from errors="ar1" of counts: fit the model with them')
    drawn = bootstrap_ar1(
        np.random.default_rng(how.seed),
        frame.design.X,
        frame.log_exposure,
        frame.cells.window,
        frame.cells.period - 1,
        fit=estimate.ar1,
        n_draws=how.n_replicates,
    )
    low, high = drawn.interval()
    table = effects.assign(
        ci_low=low,
        ci_high=high,
        p_value=drawn.p_values(),
        rate_ratio_low=np.exp(low),
        rate_ratio_high=np.exp(high),
    )
    return BootstrapEffects(effects=table, n_draws=how.n_replicates, n_failed=drawn.n_failed, seed=how.seed)
