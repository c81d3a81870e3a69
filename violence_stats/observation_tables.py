"""Observations as tables: windows, runs of one publisher, and the figures cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

import pandas as pd

from violence_stats.observations import Observation


def windows_frame(observations: Sequence[Observation]) -> pd.DataFrame:
    """Give one row a window: start, end (INCLUSIVE), n_days, value, publisher, definition, status, arithmetic."""
    return pd.DataFrame(
        {
            "start": [one.window.start for one in observations],
            "end": [one.window.end for one in observations],
            "n_days": [one.window.n_days for one in observations],
            "value": [one.value for one in observations],
            "publisher": [one.publisher for one in observations],
            "definition": [one.definition for one in observations],
            "status": [one.status for one in observations],
            "arithmetic": [one.arithmetic for one in observations],
        }
    )


def windows_rows(observations: Sequence[Observation]) -> list[dict[str, Any]]:
    """Give one mapping a window that JSON can hold: dates in ISO form, None where the value is missing."""
    return [
        {
            "start": one.window.start.isoformat(),
            "end": one.window.end.isoformat(),
            "value": None if one.is_missing else one.value,
            "publisher": one.publisher,
            "definition": one.definition,
            "status": one.status,
            "arithmetic": one.arithmetic,
        }
        for one in observations
    ]


def segments_frame(observations: Sequence[Observation]) -> pd.DataFrame:
    """Give one row a run of one publisher and definition: start, end (INCLUSIVE), n_windows, publisher, definition."""
    runs = [list(run) for _, run in groupby(observations, key=lambda one: (one.publisher, one.definition))]
    return pd.DataFrame(
        {
            "start": [run[0].window.start for run in runs],
            "end": [run[-1].window.end for run in runs],
            "n_windows": [len(run) for run in runs],
            "publisher": [run[0].publisher for run in runs],
            "definition": [run[0].definition for run in runs],
        }
    )


def citations_frame(observations: Sequence[Observation]) -> pd.DataFrame:
    """Give one row a figure behind the observations, with the document that published it."""
    rows = [
        {
            "window": str(one.window),
            "figure_id": cited.figure.figure_id,
            "sign": cited.sign,
            "start": cited.figure.window.start,
            "end": cited.figure.window.end,
            "value": cited.figure.value,
            "publisher": cited.figure.publisher,
            "reported": cited.figure.reported,
            "status": cited.figure.status,
            **asdict(cited.source),
        }
        for one in observations
        for cited in one.citations
    ]
    columns = ["window", "figure_id", "sign", "start", "end", "value", "publisher", "reported", "status"]
    return pd.DataFrame(rows, columns=[*columns, "source_id", "title", "date", "url"])
