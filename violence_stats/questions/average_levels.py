"""Average levels of spans against a span before, with the uncertainty that serial correlation leaves them.

Generalised least squares under strong serial correlation measures a step by the jump at its edge. To compare the levels
of whole years, the estimates are therefore the plain averages (a quasi-Poisson fit), and only their covariance comes
from the latent AR(1) model: ``B^-1 Z' W V W Z B^-1`` with ``W = 1 / mu``, ``B = Z' W Z`` and
``V = phi mu + mu mu' sigma2 rho^|t - s|``, t and s the middles of the windows in months.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.design.interventions import Pulse, Step
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.models.result import ITSResult
from violence_stats.months import MONTH_DAYS
from violence_stats.questions.signature import Measured
from violence_stats.series import CountSeries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Levels:
    """Log rate ratios of spans to the span before them.

    Attributes
    ----------
    names : tuple of str, length k
    log_ratio : FloatArray, shape (k,)
    cov : FloatArray, shape (k, k)
    quantile : float
        Of the t distribution behind 95% intervals.
    """

    names: tuple[str, ...]
    log_ratio: FloatArray
    cov: FloatArray
    quantile: float

    def ratio(self, name: str) -> Measured:
        """Give one of them with its interval."""
        place = self.names.index(name)
        centre = float(self.log_ratio[place])
        reach = self.quantile * float(np.sqrt(self.cov[place, place]))
        return Measured(value=centre, low=centre - reach, high=centre + reach, unit="log rate ratio")

    def share_undone(self, early: str, late: str) -> Measured:
        """Give one minus the ratio of the late log rate ratio to the early one, by the delta method."""
        places = [self.names.index(name) for name in (early, late)]
        first, last = (float(self.log_ratio[place]) for place in places)
        slope = np.array([last / first**2, -1 / first])
        reach = self.quantile * float(np.sqrt(slope @ self.cov[np.ix_(places, places)] @ slope))
        centre = 1 - last / first
        return Measured(value=centre, low=centre - reach, high=centre + reach, unit="share of the fall undone")


def fit_levels(series: CountSeries, steps: Sequence[Step], pulses: Sequence[Pulse]) -> Levels:
    """Fit the averages and their covariance.

    Raises
    ------
    SpecificationError, FitError, SeriesError
        If the counts cannot carry the levels.
    """
    terms = [*steps, *pulses]
    averages = InterruptedTimeSeries(terms, trend=None, errors="iid").fit(series)
    correlated = InterruptedTimeSeries(terms, trend=None).fit(series)
    cov = _covariance(averages, correlated.estimate.nuisance)
    names = tuple(one.term for one in steps)
    places = [averages.frame.design.names.index(name) for name in names]
    row = places[-1]
    spread = float(np.sqrt(correlated.estimate.cov[row, row]))
    widest = float(correlated.effects["ci_high"].iloc[row] - correlated.effects["estimate"].iloc[row])
    return Levels(
        names=names,
        log_ratio=averages.estimate.beta[places],
        cov=cov[np.ix_(places, places)],
        quantile=widest / spread,
    )


def _covariance(fit: ITSResult, nuisance: Mapping[str, float]) -> FloatArray:
    frame = fit.frame
    mu = np.asarray(fit.estimate.fitted)
    Z = frame.expected(fit.estimate.beta).Z
    V = np.diag(nuisance["phi"] * mu)
    if nuisance["sigma2"] > 0:
        middle = np.array([(one.start.toordinal() + one.end.toordinal()) / 2 for one in frame.series.windows])
        apart = np.abs(middle[:, None] - middle[None, :]) / MONTH_DAYS
        V = V + nuisance["sigma2"] * nuisance["rho"] ** apart * np.outer(mu, mu)
    weighted = Z / mu[:, None]
    bread = np.linalg.inv(weighted.T @ Z)
    return np.asarray(bread @ (weighted.T @ V @ weighted) @ bread)
