"""A picture asked of another result than its own is refused, saying which it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import violence_stats as vs
from violence_stats.errors import SpecificationError

MONTHS = pd.period_range("2015-01", periods=60, freq="M")
COUNTS = pd.Series(np.random.default_rng(2).poisson(np.where(MONTHS < "2018-01", 60, 40)), index=MONTHS)


@pytest.mark.parametrize(
    ("plot", "wanted"),
    [
        (vs.plot_averted, "expected Counterfactual, as counterfactual"),
        (vs.plot_counterfactual, "expected a fit, as InterruptedTimeSeries, .* gives it, got BreakTest"),
        (vs.plot_diagnostics, "expected a fit"),
        (vs.plot_effects, "expected a fit"),
        (lambda one: vs.plot_effects({"one": one}), "expected a fit"),
        (vs.plot_breaks, "expected FoundBreaks, as find_breaks gives it"),
    ],
)
def test_another_result_is_refused(plot: Callable[[Any], object], wanted: str) -> None:
    with pytest.raises(SpecificationError, match=wanted):
        plot(vs.sup_f(COUNTS))
