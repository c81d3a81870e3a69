"""Tests and searches on counts over windows by the quasi-Poisson deviance, as results."""

from __future__ import annotations

import numpy as np
import pandas as pd

from violence_stats.arrays import FloatArray
from violence_stats.breaks.count_notes import dated_notes, process_words, sample_notes
from violence_stats.breaks.count_segments import segment_deviance
from violence_stats.breaks.count_simulation import CountProcess, fit_process
from violence_stats.breaks.count_tables import date_errors, interval_table, partition_dates, regime_table
from violence_stats.breaks.count_tests import (
    NO_BREAKS,
    Functional,
    FurtherBreakTest,
    further_break_test,
    sequence_of_tests,
)
from violence_stats.breaks.options import BreakOptions
from violence_stats.breaks.partition import Partitions, best_partitions
from violence_stats.breaks.performance import count_test_size
from violence_stats.breaks.refine import DatedBreak, refine_breaks
from violence_stats.breaks.regular import is_regular
from violence_stats.breaks.results import BreakTest, FoundBreaks
from violence_stats.breaks.windows import WindowSample
from violence_stats.breaks.within import within_regimes
from violence_stats.breaks.wording import number
from violence_stats.design.cells import cut_cells
from violence_stats.errors import SpecificationError
from violence_stats.fitting.ar1 import Ar1Fit


def sup_lr_counts(sample: WindowSample, options: BreakOptions) -> BreakTest:
    """Sup, ave and exp of the likelihood ratio over the edges of windows, against series simulated without a break."""
    test = further_break_test(sample, NO_BREAKS, options.n_replicates, np.random.default_rng([options.seed, 0]))
    names: tuple[Functional, ...] = ("sup", "ave", "exp")
    values = [float(getattr(test.observed, name)[0]) for name in names]
    days = [sample.starts[place] for place in sample.candidates(NO_BREAKS)]
    process = test.observed.process[0]
    return BreakTest(
        null="no break",
        alternative="one break in the rate at an unknown date",
        statistic=values[0],
        p_value=test.p_value(),
        functionals=pd.DataFrame(
            {
                "statistic": values,
                "p_value": [test.p_value(name) for name in names],
                "p_value_null": [test.p_value_null(name) for name in names],
            },
            index=pd.Index(names, name="functional"),
        ),
        date=sample.period(days[int(np.argmax(process))]),
        process=pd.DataFrame(
            {"first_day": days, "statistic": process}, index=pd.Index(map(sample.period, days), name="date")
        ),
        subject=sample.series.subject,
        window=sample.series.span,
        method=_method(sample, f"p-values from {options.n_replicates} series simulated without a break"),
        adjusts_for_correlation=True,
        series=sample.series,
        notes=(
            *sample_notes(sample),
            process_words("with the break", test.process),
            process_words("without it", test.null_process),
            _size_note(sample, test.process.rho),
            *_disagreement_note(test, options.alpha),
            *_persistence_note(test.fit),
        ),
    )


def find_in_counts(sample: WindowSample, max_breaks: int, options: BreakOptions) -> FoundBreaks:
    """Global search on the deviance for up to `max_breaks` breaks, with its tests, criteria, dates and regimes.

    Raises
    ------
    SpecificationError
        If the windows do not hold as many breaks as asked for.
    """
    partitions = search_partitions(sample, max(max_breaks, options.n_breaks or 0))
    within = within_regimes(sample, partitions)
    bic, lwz = _criteria(sample, partitions, within.long_run)
    statistics = sequence_of_tests(sample, partitions, options)
    chosen, criterion = _choose(bic, lwz, statistics, options)
    dated = refine_breaks(sample, partitions.breaks[chosen])
    process, fit = fit_dated(sample, dated)
    errors = date_errors(sample, dated, process, options.n_replicates, options.seed)
    return FoundBreaks(
        null="no break",
        alternative=f"up to {max_breaks} breaks in the rate at unknown dates",
        statistic=float(statistics["statistic"].iloc[0]),
        p_value=float(statistics["p_value"].iloc[0]),
        dates=tuple(sample.period(one.first_day) for one in dated),
        intervals=interval_table(sample, dated, errors, options.level),
        regimes=regime_table(sample, dated, fit, options.level),
        statistics=statistics,
        criteria=_criteria_table(sample, partitions, bic, lwz, chosen),
        criterion=criterion,
        posterior=None,
        subject=sample.series.subject,
        method=_method(sample, f"tests and intervals from {options.n_replicates} simulated series"),
        adjusts_for_correlation=True,
        series=sample.series,
        notes=(
            *dated_notes(sample, dated),
            f"criteria take the deviance over {number(within.long_run)}, the long-run dispersion within regimes",
            process_words("within the regimes reported", process),
            process_words("within those of the best-fitting partition", within.process),
            _size_note(sample, process.rho),
        ),
    )


def search_partitions(sample: WindowSample, max_breaks: int) -> Partitions:
    """Find the best partitions at window edges.

    Raises
    ------
    SpecificationError
        If the windows do not hold as many breaks as asked for.
    """
    partitions = best_partitions(segment_deviance(sample.y, sample.days, sample.allowed), max_breaks)
    if partitions.max_breaks < max_breaks:
        raise SpecificationError(
            f"{max_breaks} breaks asked for, but {len(sample.y)} windows with regimes of at least "
            f"{sample.shortest_months:.0f} months hold {partitions.max_breaks}: pass "
            f"max_breaks={partitions.max_breaks} or lower trim"
        )
    return partitions


def fit_dated(sample: WindowSample, dated: tuple[DatedBreak, ...]) -> tuple[CountProcess, Ar1Fit]:
    """Fit one rate per regime, with breaks that may lie inside windows."""
    days = [one.first_day for one in dated]
    cells = cut_cells(sample.series.windows, frequency=sample.series.frequency, cuts=days)
    regime = np.searchsorted(np.array(days, dtype="datetime64[D]"), cells.start, side="right")
    return fit_process(sample.y, cells, np.asarray(regime, dtype=np.int64))


def _criteria(sample: WindowSample, partitions: Partitions, dispersion: float) -> tuple[FloatArray, FloatArray]:
    """BIC and LWZ on the deviance over the dispersion: a rate for each regime, a date for each break."""
    n_estimated = 2 * np.arange(len(partitions.cost)) + 1
    scaled, size = partitions.cost / dispersion, np.log(len(sample.y))
    return scaled + size * n_estimated, scaled + 0.299 * size**2.1 * n_estimated


def _criteria_table(
    sample: WindowSample, partitions: Partitions, bic: FloatArray, lwz: FloatArray, chosen: int
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "deviance": partitions.cost,
            "bic": bic,
            "lwz": lwz,
            "chosen": np.arange(len(bic)) == chosen,
            "dates": partition_dates(sample, partitions),
        },
        index=pd.RangeIndex(len(bic), name="breaks"),
    )


def _choose(bic: FloatArray, lwz: FloatArray, statistics: pd.DataFrame, options: BreakOptions) -> tuple[int, str]:
    if options.n_breaks is not None:
        return options.n_breaks, "the caller"
    if options.criterion == "sequential":
        passed = (statistics["p_value"] < options.alpha).to_numpy()
        return int(passed.cumprod().sum()), f"sequential tests at {options.alpha:g}"
    if options.criterion == "lwz":
        return int(np.argmin(lwz)), "LWZ on the deviance"
    return int(np.argmin(bic)), "BIC on the deviance"


def _size_note(sample: WindowSample, rho: float) -> str:
    """Give the simulated size nearest to the series at hand."""
    size = count_test_size(regular=is_regular(sample.series), n_periods=sample.n_periods, rho=rho)
    return (
        f"simulated size: of series without a break over {size['n_months']} months ({size['windows']}) with an "
        f"autocorrelation of {size['rho']:g}, the test at 5% rejects {100 * size['share']:.1f}% (Monte Carlo error "
        f"{100 * size['monte_carlo_error']:.1f})"
    )


def _persistence_note(fit: Ar1Fit) -> list[str]:
    if fit.boundary != "rho-limit":
        return []
    return [
        "even with the break the autocorrelation meets its bound: a slow drift and further breaks look alike, and the "
        "test has little power"
    ]


def _disagreement_note(test: FurtherBreakTest, alpha: float) -> list[str]:
    if (test.p_value() <= alpha) == (test.p_value_null() <= alpha):
        return []
    return [
        f"if dispersion and autocorrelation are fitted without the break, p is {number(test.p_value_null())}: the "
        "series alone cannot tell this break from persistence"
    ]


def _method(sample: WindowSample, p_values: str) -> str:
    return (
        f"quasi-Poisson deviance over {len(sample.y)} windows, one rate a regime, candidate dates at the edges of "
        f"windows, {sample.trim_words}, {p_values}"
    )
