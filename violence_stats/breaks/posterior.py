"""The Bayesian search on counts over windows, as a result."""

from __future__ import annotations

import numpy as np
import pandas as pd

from violence_stats.breaks.bayes import BreakPosterior
from violence_stats.breaks.break_prior import dispersion_under, posterior_under, prior_words
from violence_stats.breaks.count_breaks import fit_dated, search_partitions
from violence_stats.breaks.count_notes import dated_notes, process_words
from violence_stats.breaks.count_tables import regime_table
from violence_stats.breaks.false_breaks import false_break_rates
from violence_stats.breaks.options import BreakOptions, BreakPrior
from violence_stats.breaks.posterior_months import by_period
from violence_stats.breaks.posterior_tables import best_dates, credible_intervals, number_table, sensitivity_table
from violence_stats.breaks.probabilities import BreakProbabilities
from violence_stats.breaks.refine import refine_breaks
from violence_stats.breaks.results import FoundBreaks
from violence_stats.breaks.windows import WindowSample
from violence_stats.breaks.within import WithinRegimes, within_regimes
from violence_stats.errors import SpecificationError


def find_posterior(sample: WindowSample, max_breaks: int, options: BreakOptions) -> FoundBreaks:
    """Give the posterior over the number and dates of up to `max_breaks` breaks.

    Raises
    ------
    SpecificationError
        If the windows do not hold as many breaks as asked for.
    """
    partitions = search_partitions(sample, max_breaks)
    within = within_regimes(sample, partitions)
    posterior = posterior_under(sample, options.prior, dispersion_under(within, options.prior), max_breaks)
    chosen = int(np.argmax(posterior.number)) if options.n_breaks is None else options.n_breaks
    if chosen > max_breaks:
        raise SpecificationError(f"n_breaks={chosen} asked for with max_breaks={max_breaks}: raise max_breaks")
    best = best_dates(posterior)
    dated = refine_breaks(sample, best.breaks[chosen])
    _, fit = fit_dated(sample, dated)
    return FoundBreaks(
        null="no break",
        alternative=f"1 to {max_breaks} breaks in the rate at unknown dates",
        statistic=float(1 - posterior.number[0]),
        p_value=float("nan"),
        dates=tuple(sample.period(one.first_day) for one in dated),
        intervals=credible_intervals(sample, posterior, dated, options.level),
        regimes=regime_table(sample, dated, fit, options.level),
        statistics=pd.DataFrame(columns=["statistic", "critical_value", "p_value"]).rename_axis("test"),
        criteria=number_table(sample, posterior, best, chosen),
        criterion="the caller" if options.n_breaks is not None else "the largest posterior probability",
        posterior=_probabilities(sample, options.prior, within, posterior),
        subject=sample.series.subject,
        method=(
            f"exact posterior (Fearnhead 2006) over {len(sample.y)} windows, one rate a regime, candidate dates at the "
            f"edges of windows, {sample.trim_words}"
        ),
        adjusts_for_correlation=False,
        series=sample.series,
        notes=(
            *dated_notes(sample, dated),
            "exact given the dispersion and independence within regimes; positive autocorrelation is read as breaks",
            process_words("within the regimes of the best-fitting partition", within.process),
            *_bound_note(posterior),
        ),
    )


def _probabilities(
    sample: WindowSample, prior: BreakPrior, within: WithinRegimes, posterior: BreakPosterior
) -> BreakProbabilities:
    """Read off a posterior what is asked of it, with its prior and how often such a search finds breaks in none."""
    dispersion, max_breaks = dispersion_under(within, prior), len(posterior.number) - 1
    return BreakProbabilities(
        by_number=pd.Series(posterior.number, index=pd.RangeIndex(max_breaks + 1, name="breaks")),
        by_month=by_period(sample, posterior, dispersion),
        prior=prior_words(prior),
        dispersion=dispersion,
        sensitivity=sensitivity_table(sample, within, prior, max_breaks),
        false_breaks=false_break_rates(prior.dispersion, sample.n_periods, sample.trim),
        posterior=posterior,
        first_days=tuple(sample.starts),
    )


def _bound_note(posterior: BreakPosterior) -> list[str]:
    most = len(posterior.number) - 1
    if int(np.argmax(posterior.number)) < most:
        return []
    return [f"the largest number allowed, {most}, is the most probable: the series may hold more breaks or drift"]
