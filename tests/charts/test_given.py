"""By hand: every chart of an answer names what it draws where it is given something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import violence_stats as vs
from violence_stats.errors import SpecificationError


@pytest.mark.parametrize(
    ("plot", "maker"),
    [
        (vs.plot_claim, "check_claim"),
        (vs.plot_decomposition, r"decompose_fall\(\.\.\.\) or result\.decompose"),
        (vs.plot_episodes, "measure_episodes"),
        (vs.plot_evidence, "weigh_evidence"),
        (vs.plot_outlook, "look_ahead"),
        (vs.plot_placebo, "placebo_in_time"),
        (vs.plot_power, "power"),
        (vs.plot_specification_curve, "specification_curve"),
    ],
)
def test_a_fit_where_an_answer_is_drawn_is_refused(plot: Callable[..., Any], maker: str) -> None:
    months = pd.period_range("2015-01", periods=24, freq="M")
    fit = vs.InterruptedTimeSeries([vs.Step("2016-01")], trend=None, errors="iid").fit(
        pd.Series([30 + (7 * k) % 5 for k in range(24)], index=months)
    )
    with pytest.raises(SpecificationError, match=rf"expected what {maker}.* gives, got ITSResult"):
        plot(fit)
