"""Loops over many fits: the same answers in the same order, whoever runs them. By hand, on other processes and Dask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import joblib
import pandas as pd
import pytest

from violence_stats import (
    CurveChoices,
    FallChoices,
    InterruptedTimeSeries,
    PowerOptions,
    Step,
    decompose_fall,
    placebo_in_time,
    power,
    specification_curve,
)
from violence_stats.errors import SpecificationError
from violence_stats.parallel import run_each


def square(number: int) -> int:
    return number * number


def process_of(number: int) -> int:
    del number
    return os.getpid()


@contextmanager
def local_cluster() -> Iterator[Any]:
    """Give a Dask cluster of two processes on this machine: joblib works in place where there is but one."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.mark.parametrize("n_jobs", [None, 1, 2])
def test_answers_come_in_order_whoever_works(n_jobs: int | None) -> None:
    assert run_each(square, range(50), "numbers", n_jobs=n_jobs) == [k * k for k in range(50)]


def test_nothing_to_do_is_done() -> None:
    assert run_each(square, [], "numbers", n_jobs=2) == []


def test_one_process_is_this_one_and_two_are_others() -> None:
    assert set(run_each(process_of, range(4), "numbers")) == {os.getpid()}
    assert os.getpid() not in run_each(process_of, range(4), "numbers", n_jobs=2)


def test_progress_counts_up_to_all_in_few_lines() -> None:
    told: list[str] = []
    run_each(square, range(25), "fits", progress=told.append)
    assert told[0] == "2 of 25 fits"
    assert told[-1] == "25 of 25 fits"
    assert len(told) == 10


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"n_jobs": 0}, "n_jobs: expected a number of processes, .* got 0"),
        ({"n_jobs": "two"}, "n_jobs: expected a number of processes, .* got 'two'"),
        ({"progress": True}, "progress: expected a function that takes a line, such as print, got True"),
    ],
)
def test_no_process_at_all_and_nobody_to_tell_are_refused(how: dict[str, Any], words: str) -> None:
    with pytest.raises(SpecificationError, match=words):
        run_each(square, [1], "numbers", **how)


def test_the_same_call_runs_on_a_dask_cluster() -> None:
    months = pd.period_range("2015-01", periods=48, freq="M")
    counts = pd.Series([60 + (7 * k) % 5 for k in range(40)] + [31, 30, 34, 33, 30, 32, 35, 31], index=months)
    model = InterruptedTimeSeries([Step("2018-05")], trend=None, errors="iid")
    options = PowerOptions(n_simulations=20, changes_pct=(-20,))
    choices = CurveChoices(starts=("2015-01",), seasons=("none",))
    late = FallChoices(pre_starts=["2018-04"])
    here = placebo_in_time(model, counts, "2018-05")
    strength = power(model, counts, "2018-05", options=options)
    curve = specification_curve(counts, "2018-05", choices=choices)
    fall = decompose_fall("SLV", choices=late)
    with local_cluster(), joblib.parallel_config(backend="dask"):
        workers = set(run_each(process_of, range(4), "numbers"))
        there = placebo_in_time(model, counts, "2018-05")
        strength_there = power(model, counts, "2018-05", options=options)
        curve_there = specification_curve(counts, "2018-05", choices=choices)
        fall_there = decompose_fall("SLV", choices=late)
    assert os.getpid() not in workers
    pd.testing.assert_frame_equal(here.table, there.table, check_exact=True)
    pd.testing.assert_frame_equal(strength.table, strength_there.table, check_exact=True)
    pd.testing.assert_frame_equal(curve.table, curve_there.table, check_exact=True)
    assert fall.to_dict() == fall_there.to_dict()
