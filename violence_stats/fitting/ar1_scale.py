"""The scale on which variance parameters are searched: three numbers in a box, with finite slopes at every edge.

``(log d, log(1 + c sigma2), -log(1 - rho))`` for the proportional form and ``log(1 + c d)`` in the first place for the
nugget, c the expected count of a period: on these scales one unit means much the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.fitting.ar1_working import Theta, VarianceForm

RHO_LIMIT = 0.95
"""Upper bound of rho: beyond it a level change and a wandering path cannot be told apart on any series of this kind."""
MAX_DISPERSION = 1e4
MAX_SIGMA2 = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchScale:
    """The box and the map from it to the variance parameters.

    Attributes
    ----------
    form : {'proportional', 'nugget'}
    count : float
        Expected count of a period, c.
    """

    form: VarianceForm
    count: float

    @property
    def upper(self) -> FloatArray:
        """Upper edges, shape (3,); the lower edges are 0."""
        widest = np.log1p(self.count * MAX_SIGMA2)
        first = np.log(MAX_DISPERSION) if self.form == "proportional" else widest
        return np.array([first, widest, -np.log1p(-RHO_LIMIT)])

    def theta(self, point: FloatArray) -> Theta:
        """Variance parameters at a point (3,) of the box."""
        first = np.exp(point[0]) if self.form == "proportional" else np.expm1(point[0]) / self.count
        return Theta(float(first), float(np.expm1(point[1])) / self.count, float(-np.expm1(-point[2])))

    def point(self, theta: Theta) -> FloatArray:
        """Give the point of the box, shape (3,), that stands for `theta`, moved to its edge if outside."""
        first = np.log(theta.dispersion) if self.form == "proportional" else np.log1p(self.count * theta.dispersion)
        point = np.array([first, np.log1p(self.count * theta.sigma2), -np.log1p(-min(theta.rho, RHO_LIMIT))])
        return np.asarray(np.clip(point, 0.0, self.upper))

    def jacobian(self, point: FloatArray) -> FloatArray:
        """Give the derivative of each variance parameter by its own coordinate, shape (3,)."""
        first = np.exp(point[0]) if self.form == "proportional" else np.exp(point[0]) / self.count
        return np.array([first, np.exp(point[1]) / self.count, np.exp(-point[2])])
