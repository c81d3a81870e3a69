"""The prior of the Bayesian search, and the posterior that it gives on counts over windows."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from violence_stats.arrays import FloatArray
from violence_stats.breaks.bayes import BreakPosterior, log_marginal, posterior_of_breaks
from violence_stats.breaks.count_breaks import search_partitions
from violence_stats.breaks.options import BreakPrior, NumberPrior
from violence_stats.breaks.windows import DAYS_PER_MONTH, WindowSample
from violence_stats.breaks.within import WithinRegimes, within_regimes

NUMBER_WORDS: dict[NumberPrior, str] = {
    "uniform": "each number of breaks alike",
    "geometric": "each further break half as likely",
    "poisson": "the number Poisson with mean 1",
}


def posterior_under(sample: WindowSample, prior: BreakPrior, dispersion: float, max_breaks: int) -> BreakPosterior:
    """Give the posterior of up to `max_breaks` breaks at a given dispersion."""
    segment = log_marginal(sample.y, sample.days, dispersion, prior.rate_shape, sample.allowed)
    return posterior_of_breaks(segment, np.log(months_stood_for(sample)), log_number_prior(prior.number, max_breaks))


def dispersion_under(within: WithinRegimes, prior: BreakPrior) -> float:
    """Read the dispersion off the best-fitting partition, or take the number given."""
    if isinstance(prior.dispersion, str):
        return within.long_run if prior.dispersion == "long-run" else within.pearson
    return float(prior.dispersion)


def probability_of_any(sample: WindowSample, prior: BreakPrior, max_breaks: int) -> float:
    """Posterior probability of at least one break, and nothing else."""
    within = within_regimes(sample, search_partitions(sample, max_breaks))
    return float(1 - posterior_under(sample, prior, dispersion_under(within, prior), max_breaks).number[0])


def months_stood_for(sample: WindowSample) -> FloatArray:
    """Months for which the start of each window stands as a candidate, shape (n,): half of the windows it divides."""
    before = np.concatenate([[0.0], sample.days[:-1]])
    return np.asarray((before + sample.days) / 2 / DAYS_PER_MONTH)


def log_number_prior(number: NumberPrior, max_breaks: int) -> FloatArray:
    """Log prior of 0, 1, ... breaks, shape (max_breaks + 1,)."""
    m = np.arange(max_breaks + 1)
    weights = {"uniform": np.zeros(max_breaks + 1), "geometric": -np.log(2) * m, "poisson": -gammaln(m + 1)}[number]
    return np.asarray(weights - np.log(np.exp(weights).sum()))


def prior_words(prior: BreakPrior) -> str:
    """Say the prior."""
    return (
        f"{NUMBER_WORDS[prior.number]}; dates by the months they stand for; rates gamma with shape "
        f"{prior.rate_shape:g} about the rate of the whole series"
    )
