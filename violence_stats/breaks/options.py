"""The choices behind a search for breaks, beyond those that every call names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from violence_stats.arguments import check_whole
from violence_stats.breaks.date_intervals import ErrorVariance, RegressorMoments
from violence_stats.errors import SpecificationError
from violence_stats.parallel import Progress, check_sharing

Regressor: TypeAlias = Literal["level", "trend"]
BreakFamily: TypeAlias = Literal["gaussian", "quasi-poisson"]
BreakErrors: TypeAlias = Literal["iid", "newey-west"]
Criterion: TypeAlias = Literal["bic", "lwz", "sequential"]
IntervalMethod: TypeAlias = Literal["auto", "bai-1997", "bootstrap"]
NumberPrior: TypeAlias = Literal["uniform", "geometric", "poisson"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakPrior:
    """What ``method="bayes"`` assumes before it sees the counts.

    Attributes
    ----------
    number : {'uniform', 'geometric', 'poisson'}
        Prior of the number of breaks up to the largest asked for: all alike, each half as likely as the one before it,
        or Poisson with mean 1.
    rate_shape : float
        Shape of the gamma prior of a regime's rate, whose mean is the rate of the whole series. 1: exponential.
    dispersion : 'long-run', 'pearson' or float
        Variance over mean within a regime. ``pearson``: of single windows, within the regimes of the best-fitting
        partition; ``long-run``: of the total of a regime of their mean length, autocorrelation included, which keeps
        it from passing for breaks; a number is taken as it is.
    """

    number: NumberPrior = "uniform"
    rate_shape: float = 1.0
    dispersion: Literal["long-run", "pearson"] | float = "long-run"

    def __post_init__(self) -> None:
        _refuse_unknown("number", self.number, get_args(NumberPrior))
        if not self.rate_shape > 0:
            raise SpecificationError(f"rate_shape: expected more than 0, got {self.rate_shape:g}")
        if isinstance(self.dispersion, str):
            _refuse_unknown("dispersion", self.dispersion, ("long-run", "pearson"))
        elif not self.dispersion > 0:
            raise SpecificationError(f"dispersion: expected more than 0, got {self.dispersion:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakOptions:
    """Choices of `find_breaks` and `sup_f` that have defaults worth keeping.

    Attributes
    ----------
    family : {'gaussian', 'quasi-poisson'} or None
        None takes least squares where every window is one whole period, else the quasi-Poisson deviance.
    breaking : tuple of {'level', 'trend'} or None
        The coefficients that break; None lets all break.
    harmonics : int
        Pairs of annual sines and cosines, common to all regimes (gaussian only).
    lags : int or None
        Bartlett lags for ``errors="newey-west"``; None takes ``4 (n / 100)^(2/9)``.
    n_breaks : int or None
        Report this number of breaks instead of choosing it.
    criterion : {'bic', 'lwz', 'sequential'} or None
        How the number is chosen; None takes ``bic``. Tests one after another stop at the first break that they do not
        see, and see little while several remain, since breaks not yet taken count as noise.
    alpha : float
        Size of each test of the sequence.
    level : float
        Of the intervals.
    interval : {'auto', 'bai-1997', 'bootstrap'}
        ``auto``: Bai (1997) where both regimes hold 24 periods, else a bootstrap. Counts always take the bootstrap.
    regressor_moments : {'regime', 'pooled', 'at-break'} or None
        For Bai's interval; None takes ``at-break`` with a trend, else ``regime``. See `IntervalChoices`.
    error_variance : {'regime', 'pooled'}
        For Bai's interval.
    n_replicates, seed : int
        Of the bootstrap.
    prior : BreakPrior
        For ``method="bayes"``.
    n_jobs, progress
        As for `violence_stats.parallel.run_each`: of the tests on simulated series that `find_breaks` makes of counts,
        one after another. Everything else, the one test of `sup_f` among it, is a single batch and takes a fraction of
        a second; it has no use for them.

    Raises
    ------
    SpecificationError
        If a choice is not one of those listed.
    """

    family: BreakFamily | None = None
    breaking: tuple[Regressor, ...] | None = None
    harmonics: int = 0
    lags: int | None = None
    n_breaks: int | None = None
    criterion: Criterion | None = None
    alpha: float = 0.05
    level: float = 0.95
    interval: IntervalMethod = "auto"
    regressor_moments: RegressorMoments | None = None
    error_variance: ErrorVariance = "regime"
    n_replicates: int = 999
    seed: int = 0
    prior: BreakPrior = field(default_factory=BreakPrior)
    n_jobs: int | None = None
    progress: Progress | None = None

    def __post_init__(self) -> None:
        _refuse_unknown("family", self.family, (*get_args(BreakFamily), None))
        _refuse_unknown("criterion", self.criterion, (*get_args(Criterion), None))
        _refuse_unknown("interval", self.interval, get_args(IntervalMethod))
        _refuse_unknown("regressor_moments", self.regressor_moments, (*get_args(RegressorMoments), None))
        _refuse_unknown("error_variance", self.error_variance, get_args(ErrorVariance))
        for name, share in (("alpha", self.alpha), ("level", self.level)):
            if not 0 < share < 1:
                raise SpecificationError(f"{name}: expected a share between 0 and 1, got {share:g}")
        check_whole("harmonics", self.harmonics, of="pairs")
        check_whole("n_replicates", self.n_replicates, least=99)
        for name, count in (("n_breaks", self.n_breaks), ("lags", self.lags)):
            if count is not None:
                check_whole(name, count)
        check_sharing(self.n_jobs, self.progress)


def _refuse_unknown(name: str, value: object, allowed: tuple[object, ...]) -> None:
    if value not in allowed:
        raise SpecificationError(f"{name}: expected one of {', '.join(map(repr, allowed))}, got {value!r}")
