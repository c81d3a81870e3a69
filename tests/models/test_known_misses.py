"""A fit cites what simulation found of its own intervals, from a made-up table.

Kinds of test: by hand (one line above the target, one within it, one of other terms).
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tests.models.examples import monthly_counts
from violence_stats import CountSeries, InterruptedTimeSeries, Ramp, Step
from violence_stats.models import known_misses

HEAD = "cell,geometry,truth,term,method,n_windows,runs,miss_pct,mc_error_pct,verdict"


@pytest.fixture
def tabled(tmp_path, monkeypatch):
    """Give a function that writes the table of a case called Utopia."""
    folder = tmp_path / "calibration"
    folder.mkdir()

    def write(*lines: str) -> CountSeries:
        (folder / "printed.csv").write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
        monkeypatch.setattr(known_misses, "case_folder", lambda case_id: tmp_path if case_id == "Utopia" else None)
        known_misses._read.cache_clear()
        return dataclasses.replace(CountSeries.from_monthly(monthly_counts()), case_id="Utopia")

    yield write
    known_misses._read.cache_clear()


def geometry() -> str:
    fit = InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts())
    return known_misses.printed_geometry(fit.window, fit.frame.design.interventions[0].first_day)


def test_an_interval_above_the_target_is_cited_with_its_share(tabled):
    series = tabled(
        f"a,{geometry()},none,step 2018-05,ar1,60,500,6.0,1.1,within",
        f"b,{geometry()},effect,step 2018-05,ar1,60,500,14.2,1.6,above",
        f"b,{geometry()},effect,step 2018-05,iid,60,500,40.0,2.2,above",
    )
    result = InterruptedTimeSeries([Step("2018-05")]).fit(series)
    said = "in 500 simulated series of these windows and terms, nominal 95% intervals of step 2018-05 missed 14.2% of"
    assert said in result.summary()
    assert sum("simulated series" in note for note in result.notes) == 1
    assert any(said in note for note in result.to_dict()["notes"])


def test_nothing_is_cited_within_the_target_or_of_another_fit(tabled):
    series = tabled(
        f"a,{geometry()},none,step 2018-05,ar1,60,500,6.0,1.1,within",
        f"b,{geometry()},none,step 2018-05,ar1,60,500,20.0,1.8,above",
        f"b,{geometry()},none,ramp 2018-05,ar1,60,500,20.0,1.8,above",
        f"c,{geometry()},none,step 2018-05,ar1,59,500,20.0,1.8,above",
    )
    step = [Step("2018-05")]
    assert "simulated series" not in InterruptedTimeSeries(step).fit(series).summary()
    # the same lines are cited by the fit that they are of
    both = InterruptedTimeSeries([*step, Ramp("2018-05")]).fit(series)
    assert sum("simulated series" in note for note in both.notes) == 2
    assert "simulated series" not in InterruptedTimeSeries(step, errors="iid").fit(series).summary()


def test_a_series_of_no_case_has_no_table(tabled):
    tabled(f"b,{geometry()},effect,step 2018-05,ar1,60,500,14.2,1.6,above")
    assert known_misses.case_folder(None) is None
    result = InterruptedTimeSeries([Step("2018-05")]).fit(monthly_counts())
    assert np.isfinite(result.effects["ci_low"]).all()
    assert "simulated series" not in result.summary()
