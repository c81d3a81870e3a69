"""One more break in the rate, tested against series simulated without it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray, IntArray
from violence_stats.breaks.count_segments import BreakStatistics, further_break
from violence_stats.breaks.count_simulation import CountProcess, simulate_counts
from violence_stats.breaks.partition import Partitions
from violence_stats.breaks.windows import WindowSample
from violence_stats.breaks.within import fit_without
from violence_stats.fitting.ar1 import Ar1Fit

NO_BREAKS: IntArray = np.array([], dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FurtherBreakTest:
    """One more break against the process without it.

    Attributes
    ----------
    observed : BreakStatistics
        Of one series.
    simulated : BreakStatistics
        Of the replicates.
    process : CountProcess
        What was simulated.
    fit : Ar1Fit
        The model without the further break.
    """

    observed: BreakStatistics
    simulated: BreakStatistics
    process: CountProcess
    fit: Ar1Fit

    def p_value(self, functional: str = "sup") -> float:
        """Share of the replicates, the series among them, whose statistic is as large."""
        value, draws = getattr(self.observed, functional)[0], getattr(self.simulated, functional)
        return float((1 + np.sum(draws >= value)) / (1 + len(draws)))


def further_break_test(
    sample: WindowSample, breaks: IntArray, n_replicates: int, rng: np.random.Generator
) -> FurtherBreakTest:
    """Test one more break given those in `breaks`.

    Parameters
    ----------
    sample : WindowSample
    breaks : IntArray, shape (m,)
        First window of each regime that is taken as given; may be empty.
    n_replicates : int
    rng : numpy.random.Generator
    """
    process, fit = fit_without(sample, breaks)
    candidates = sample.candidates(breaks)
    draws = simulate_counts(process, n_replicates, rng)
    return FurtherBreakTest(
        observed=further_break(sample.y[None, :], sample.days, breaks, candidates),
        simulated=further_break(draws, sample.days, breaks, candidates),
        process=process,
        fit=fit,
    )


def sequence_of_tests(
    sample: WindowSample, partitions: Partitions, within: CountProcess, n_replicates: int, alpha: float, seed: int
) -> pd.DataFrame:
    """Test l + 1 breaks against l, for l = 0, 1, ...

    Parameters
    ----------
    sample : WindowSample
    partitions : Partitions
    within : CountProcess
        Fitted within the regimes of the best-fitting partition.
    n_replicates, alpha, seed
        Replicates of each test, its size, and the seed of each.

    Returns
    -------
    pandas.DataFrame
        Columns ``statistic, critical_value, p_value`` and ``p_value_within``: the same test if dispersion and
        autocorrelation are those within the regimes of the best-fitting partition. Where the two differ, the series
        cannot tell persistence from breaks. NaN where no regime is long enough for one more.
    """
    rows = {}
    for breaks in partitions.breaks[:-1]:
        name = f"sup LR({len(breaks) + 1}|{len(breaks)})"
        if len(sample.candidates(breaks)) == 0:
            rows[name] = (np.nan,) * 4
            continue
        rng = np.random.default_rng([seed, len(breaks)])
        test = further_break_test(sample, breaks, n_replicates, rng)
        calmer = replace(test.process, phi=within.phi, sigma2=within.sigma2, rho=within.rho)
        draws = simulate_counts(calmer, n_replicates, rng)
        again = replace(test, simulated=_statistics(sample, breaks, draws))
        critical = float(np.quantile(test.simulated.sup, 1 - alpha))
        rows[name] = (float(test.observed.sup[0]), critical, test.p_value(), again.p_value())
    columns = ["statistic", "critical_value", "p_value", "p_value_within"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return frame.rename_axis("test")


def _statistics(sample: WindowSample, breaks: IntArray, draws: FloatArray) -> BreakStatistics:
    return further_break(draws, sample.days, breaks, sample.candidates(breaks))
