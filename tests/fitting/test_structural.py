"""Structural models: level, slope, season and controls.

Kinds of test: reference (R's StructTS on the Nile, stored with its generator; the validation folder), brute force
(dense generalised least squares with diffuse start), simulated truth, property (scale), refusals and boundaries.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.linalg import null_space
from scipy.stats import multivariate_normal
from statsmodels.datasets import nile

from tests.validation import expected, needs_validation
from violence_stats.errors import SpecificationError
from violence_stats.fitting.structural import (
    StructuralFit,
    _loglik,
    fit_structural,
    forecast_structural,
)
from violence_stats.fitting.structural_model import StructuralModel

_STORED = Path(__file__).parents[1] / "reference" / "structural" / "reference.json"
REFERENCE = json.loads(_STORED.read_text(encoding="utf-8"))

# Two searches for one optimum of a smooth likelihood, each to six digits or so.
R_TOLERANCE = 1e-5
# Two exact computations of one number, one of them with a matrix of condition 1e6.
EXACT = 1e-6
# The published log-likelihood is of a start with a large variance in place of an infinite one.
PUBLISHED_TOLERANCE = 1e-4

Array = np.ndarray[Any, Any]


def without_controls(y: Array, **options: Any) -> StructuralModel:
    return StructuralModel(y=y, controls=np.empty((y.size, 0)), **options)


@pytest.fixture(scope="module", params=["nile", "nile_with_gaps"])
def r_case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], StructuralModel, StructuralFit]:
    case = REFERENCE[request.param]
    model = without_controls(np.array([np.nan if value is None else value for value in case["y"]], dtype=float))
    return case, model, fit_structural(model, n_starts=2)


def test_variances_equal_those_of_r(r_case: tuple[dict[str, Any], StructuralModel, StructuralFit]) -> None:
    case, _, fit = r_case
    theirs = dict(zip(case["component"], case["variance"], strict=True))
    assert fit.variance == pytest.approx([theirs["epsilon"], theirs["level"]], rel=R_TOLERANCE)


def test_forecasts_equal_those_of_r(r_case: tuple[dict[str, Any], StructuralModel, StructuralFit]) -> None:
    case, model, fit = r_case
    forecast = forecast_structural(model, fit, np.empty((5, 0)))
    assert forecast.mean == pytest.approx(case["forecast"], rel=R_TOLERANCE)
    assert np.sqrt(np.diag(forecast.cov)) == pytest.approx(case["forecast_std_error"], rel=R_TOLERANCE)


@needs_validation
def test_nile_local_level() -> None:
    wanted = expected("nile_breaks")["expect"]
    y = nile.load_pandas().data["volume"].to_numpy(float)
    fit = fit_structural(without_controls(y))
    assert [round(value) for value in fit.variance] == wanted["local_level_var"]
    assert fit.loglik == pytest.approx(wanted["local_level_loglik"], rel=PUBLISHED_TOLERANCE)
    assert fit.n_agreeing == fit.n_starts


def dense_paths(n: int, season: int, controls: Array) -> tuple[Array, dict[str, Array]]:
    """What each period owes to the diffuse start (n, d), and to the shocks of each component (n, n).

    Level, slope and season are followed step by step as in the equations of the module, one unit shock at a time.
    """

    def follow(level: float, slope: float, seasons: Array, shock: str, at: int) -> Array:
        path = np.empty(n)
        for t in range(n):
            path[t] = level + seasons[0]
            level += slope + (shock == "level" and t == at)
            slope += shock == "slope" and t == at
            new = -seasons.sum() + (shock == "season" and t == at)
            seasons = np.concatenate([[new], seasons[:-1]])
        return path

    none = np.zeros(season - 1)
    starts = [follow(1.0, 0.0, none, "", 0), follow(0.0, 1.0, none, "", 0)]
    starts += [follow(0.0, 0.0, row, "", 0) for row in np.eye(season - 1)]
    shocks = {
        name: np.column_stack([follow(0.0, 0.0, none, name, at) for at in range(n)])
        for name in ("level", "slope", "season")
    }
    return np.column_stack([*starts, controls]), {"irregular": np.eye(n), **shocks}


def test_likelihood_and_forecast_are_those_of_dense_generalised_least_squares() -> None:
    rng = np.random.default_rng(1)
    n, ahead, season = 28, 6, 4
    controls = rng.standard_normal((n + ahead, 2))
    y = np.cumsum(rng.standard_normal(n + ahead)) + 2 * controls[:, 0] + np.tile([3.0, 0.0, -2.0, 1.0], 9)[: n + ahead]
    y[[5, 11]] = np.nan
    model = StructuralModel(y=y[:n], controls=controls[:n], trend="local-linear-trend", season=season)
    start, shocks = dense_paths(n + ahead, season, controls)
    variance = np.array([0.5, 0.3, 0.05, 0.02])
    covariance = sum(v * shocks[name] @ shocks[name].T for name, v in zip(model.names, variance, strict=True))
    seen = np.flatnonzero(np.isfinite(y[:n]))
    contrasts = null_space(start[seen].T).T

    def dense_loglik(scale: float) -> float:
        inner = scale * contrasts @ covariance[np.ix_(seen, seen)] @ contrasts.T
        return float(multivariate_normal.logpdf(contrasts @ y[seen], np.zeros(len(contrasts)), inner))

    # the basis of the contrasts has a scale of its own: differences between parameters do not
    components, scaled = model.components(), variance / model.y_scale**2
    ours = _loglik(components, scaled) - _loglik(components, 2 * scaled)
    assert ours == pytest.approx(dense_loglik(1.0) - dense_loglik(2.0), rel=EXACT)

    inverse = np.linalg.inv(covariance[np.ix_(seen, seen)])
    cross, D, E = covariance[n:, seen], start[seen], start[n:]
    bread = np.linalg.inv(D.T @ inverse @ D)
    gamma = bread @ D.T @ inverse @ y[seen]
    mean = E @ gamma + cross @ inverse @ (y[seen] - D @ gamma)
    left = E - cross @ inverse @ D
    error = covariance[n:, n:] - cross @ inverse @ cross.T + left @ bread @ left.T
    fit = fit_structural(model, n_starts=1)
    held = StructuralFit(**{**{name: getattr(fit, name) for name in fit.__slots__}, "variance": variance})
    forecast = forecast_structural(model, held, controls[n:])
    assert forecast.mean == pytest.approx(mean, rel=EXACT)
    assert forecast.cov == pytest.approx(error, rel=EXACT)


def test_scale_does_not_matter() -> None:
    rng = np.random.default_rng(2)
    control = rng.standard_normal((60, 1))
    y = 5 + np.cumsum(0.3 * rng.standard_normal(60)) + control[:, 0] + rng.standard_normal(60)
    small = fit_structural(StructuralModel(y=y, controls=control), n_starts=2)
    large = fit_structural(StructuralModel(y=1e5 * y, controls=1e-3 * control + 7), n_starts=2)
    assert large.variance == pytest.approx(1e10 * small.variance, rel=1e-4)
    assert large.control_coef == pytest.approx(1e8 * small.control_coef, rel=1e-4)
    assert large.control_coef / large.control_std_error == pytest.approx(
        small.control_coef / small.control_std_error, rel=1e-4
    )


def test_planted_variances_and_control_are_found() -> None:
    rng = np.random.default_rng(3)
    control = rng.standard_normal((400, 1))
    y = np.cumsum(0.5 * rng.standard_normal(400)) + 2.0 * control[:, 0] + rng.standard_normal(400)
    fit = fit_structural(StructuralModel(y=y, controls=control), n_starts=2)
    assert np.all(np.abs(fit.variance - [1.0, 0.25]) < 3 * fit.variance_std_error)
    assert abs(fit.control_coef[0] - 2.0) < 3 * fit.control_std_error[0]
    assert fit.control_std_error[0] < 0.1
    assert np.nanstd(fit.residuals) == pytest.approx(1.0, abs=0.05)


def test_a_level_that_does_not_wander_is_flagged() -> None:
    y = 10 + np.random.default_rng(4).standard_normal(80)
    fit = fit_structural(without_controls(y), n_starts=3)
    assert fit.boundary == ("level",)
    assert np.isnan(fit.variance_std_error[1])
    # a mean of 80: the forecast's variance is sigma2 (1 + 1/80)
    forecast = forecast_structural(without_controls(y), fit, np.empty((1, 0)))
    assert forecast.mean[0] == pytest.approx(y.mean(), rel=1e-3)
    assert forecast.cov[0, 0] == pytest.approx(fit.variance[0] * (1 + 1 / 80), rel=1e-3)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (lambda: without_controls(np.arange(20.0), season=12), "at least 27 observed periods, got 20"),
        (lambda: without_controls(np.ones(40)), "does not vary"),
        (lambda: StructuralModel(y=np.arange(40.0), controls=np.ones((40, 1))), "a control does not vary"),
    ],
)
def test_models_that_the_data_cannot_carry_are_refused(model: Any, words: str) -> None:
    with pytest.raises(SpecificationError, match=words):
        model()
