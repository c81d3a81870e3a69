"""Observed and expected by window: what every table of windows begins with."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame


def window_table(frame: ModelFrame, estimate: Estimate, chosen: Sequence[int] | None = None) -> pd.DataFrame:
    """Give one row a window: ``start, end`` (INCLUSIVE), ``n_days, observed, fitted``; index the window labels.

    Parameters
    ----------
    frame : ModelFrame
    estimate : Estimate
    chosen : sequence of int, optional
        Places of the windows; default all.
    """
    places = list(range(frame.series.n_windows)) if chosen is None else list(chosen)
    windows = [frame.series.windows[k] for k in places]
    return pd.DataFrame(
        {
            "start": [window.start for window in windows],
            "end": [window.end for window in windows],
            "n_days": [window.n_days for window in windows],
            "observed": frame.y[places],
            "fitted": estimate.fitted[places],
        },
        index=pd.Index([str(window) for window in windows], name="window"),
    )
