"""The case that goes with a series: by hand, on the shipped case, a made-up folder and a series of one's own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import violence_stats as vs
from violence_stats.errors import SelectionError
from violence_stats.ledger.case_of_series import load_case_of


def test_a_series_of_the_shipped_case_knows_it() -> None:
    case = load_case_of(vs.load_homicides("SLV"), None)
    assert case is not None
    assert case.case_id == "SLV"


def test_a_case_given_goes_before_it(case_folder: Path) -> None:
    case = load_case_of(vs.load_homicides("SLV"), case_folder)
    assert case is not None
    assert case.case_id == "AAA"


def test_a_series_of_ones_own_has_none() -> None:
    own = vs.CountSeries.from_monthly(pd.Series([3, 5], index=pd.period_range("2020-01", periods=2, freq="M")))
    assert load_case_of(own, None) is None


def test_a_series_from_a_folder_asks_for_the_folder(case_folder: Path) -> None:
    with pytest.raises(SelectionError, match="comes from case AAA: pass its folder as case="):
        load_case_of(vs.load_homicides(case_folder), None)
