"""Episodes measured alike, and paths set against what came: by hand on a made-up country, and on the shipped case."""

from __future__ import annotations

import json
from dataclasses import replace
from math import log
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import nbinom

import violence_stats as vs
from violence_stats.errors import SelectionError
from violence_stats.questions.episodes import Episodes
from violence_stats.questions.outlook import Outlook
from violence_stats.questions.outlook_paths import Level, count_distribution, log_ratio

SHARE_TOLERANCE = 0.05
"""The made-up counts wobble by up to 4%."""


@pytest.fixture(scope="module")
def episodes(eland: Path) -> Episodes:
    return vs.measure_episodes(eland)


@pytest.fixture(scope="module")
def shipped() -> Episodes:
    return vs.measure_episodes("SLV")


@pytest.fixture(scope="module")
def outlook() -> Outlook:
    return vs.look_ahead("2019-06", as_of="2020-09-30", until="2022-12")


def test_the_size_is_that_of_the_first_year(episodes: Episodes) -> None:
    table = episodes.to_frame().set_index("episode")
    assert table.loc["pact-2004", "size_flat"] == pytest.approx(log(0.4), abs=SHARE_TOLERANCE)
    assert table.loc["pact-2004", "share_undone"] == pytest.approx(1.0, abs=SHARE_TOLERANCE)
    assert table.loc["pact-2004", "bursts"] == 0


def test_whoever_measures_the_episodes_they_are_the_same(eland: Path, episodes: Episodes) -> None:
    told: list[str] = []
    there = vs.measure_episodes(eland, n_jobs=2, progress=told.append)
    assert there.to_dict() == episodes.to_dict()
    assert told[-1] == "2 of 2 episodes"


def test_counts_are_aligned_as_a_share_of_the_year_before(episodes: Episodes) -> None:
    aligned = episodes.aligned()
    pact = aligned[aligned["episode"] == "pact-2004"].set_index("window")
    # 300 a month before, 120 a month in the first year: 0.4
    assert pact.loc["2004-06", "share"] == pytest.approx(0.4, abs=SHARE_TOLERANCE)
    assert pact.loc["2003-06", "share"] == pytest.approx(1.0, abs=SHARE_TOLERANCE)
    assert pact.loc["2004-01", "months_since"] == pytest.approx(0.5, abs=0.02)  # half of 31 days over 30.4
    assert pact["months_since"].min() > -12


def test_the_end_that_an_author_gives_is_followed_by_a_rise(episodes: Episodes) -> None:
    end = episodes.ends.iloc[0]
    assert (end["episode"], end["event_id"]) == ("pact-2004", "pact-ends")
    # 2005 climbs from 135 to 300 a month, 217 on average, against 120: log 1.81 = 0.59
    assert end["log_rate_ratio"] == pytest.approx(0.59, abs=SHARE_TOLERANCE)


def test_counts_are_aligned_at_an_end_as_a_share_of_the_months_since_the_start(episodes: Episodes) -> None:
    aligned = episodes.aligned_ends().set_index("window")
    assert set(aligned["event_id"]) == {"pact-ends"}
    # 120 a month in 2004, from the start to the end, and 300 again from 2006 on: 2.5
    assert aligned.loc["2004-06", "share"] == pytest.approx(1.0, abs=SHARE_TOLERANCE)
    assert aligned.loc["2006-06", "share"] == pytest.approx(2.5, abs=2.5 * SHARE_TOLERANCE)
    assert aligned.loc["2005-01", "months_since"] == pytest.approx(0.5, abs=0.02)  # half of 31 days over 30.4
    assert aligned.index[0] == "2004-01"  # not before the episode's own start


def test_an_episode_without_counts_before_has_no_course(episodes: Episodes) -> None:
    first = episodes.measures[0]
    late = replace(first, data=replace(first.data, start=first.data.series.span.start))
    assert replace(episodes, measures=(late,)).aligned().empty


def test_the_rise_after_an_end_is_measured_as_a_fall_is(episodes: Episodes) -> None:
    end = episodes.ends.iloc[0]
    # a straight climb over twelve months: 80% of it takes 9.6
    assert end["months_to_80_pct_low"] < 0.8 * 12 < end["months_to_80_pct_high"]
    assert end["months_to_80_pct"] == pytest.approx(0.8 * 12, abs=1)  # the grid is that coarse here
    # the third year after stands at 300 against 120: the rise of the first year went on
    assert end["share_undone"] == pytest.approx(1 - log(300 / 120) / end["log_rate_ratio"], abs=SHARE_TOLERANCE)
    assert end["size"] < end["log_rate_ratio"]  # the trend from before goes on
    assert (end["bursts"], end["months_known"]) == (0, 36)
    assert "the pact, undone from 2005-01-01 (by day): log rate ratio 0.59" in episodes.summary()


def test_every_named_end_is_measured_from_the_start_of_its_episode(shipped: Episodes) -> None:
    named = [end for one in vs.load_case("SLV").settings.episodes for end in one.ends]
    assert shipped.ends["event_id"].tolist() == named
    assert shipped.ends["size"].notna().all()
    # the next episode starts in March 2016
    assert shipped.ends.set_index("event_id")["months_known"].iloc[-1] == pytest.approx(14.7, abs=0.05)


def test_an_episode_that_is_not_known_yet_is_named(eland: Path) -> None:
    early = vs.measure_episodes(eland, as_of="2006-12")
    assert early.not_known == ("police-2008",)
    assert "not known yet" in early.summary()


def test_every_start_that_an_episode_can_be_given_is_measured(shipped: Episodes) -> None:
    table = shipped.to_frame()
    starts = table.loc[table["episode"] == "june-2019", "start"].tolist()
    assert starts == ["2019-06-01", "2019-06-20", "2019-07-01"]
    assert table["is_primary"].sum() == len(vs.load_case("SLV").settings.episodes)


def test_every_episode_is_a_fall_of_a_stated_size(shipped: Episodes) -> None:
    table = shipped.to_frame()
    assert (table["size"] < 0).all()
    assert (table["size_low"] < table["size"]).all()
    assert table.loc[table["episode"] == "exception-2022", "size_one_definition"].notna().all()
    assert table.loc[table["episode"] == "truce-2012", "size_one_definition"].isna().all()


def test_episodes_are_plain_values(shipped: Episodes) -> None:
    told = json.loads(json.dumps(shipped.to_dict(), allow_nan=False))
    assert len(told["episodes"]) == len(shipped.measures)
    assert [one["end"] for one in told["ends"]] == [end.isoformat() for end in shipped.ends["end"]]


def test_a_summary_gives_intervals_to_estimates_alone(shipped: Episodes) -> None:
    said = shipped.summary()
    assert "  bursts: 0 bursts\n" in said
    assert "inf" not in said
    assert "  onset: 0.80 (0.00 to 2.50) months\n" in said


def test_nothing_to_measure_is_refused_with_the_way_out(eland: Path) -> None:
    with pytest.raises(SelectionError, match=r"COL lists no episodes to measure: give its case.toml"):
        vs.measure_episodes("COL")
    with pytest.raises(SelectionError, match=r"known by 2001-12-31: ask for a later day"):
        vs.measure_episodes(eland, as_of="2001")


def test_a_path_of_policing_is_the_level_that_was_known(outlook: Outlook) -> None:
    policing = outlook.windows[outlook.windows["path"] == "policing"].set_index("window")
    assert policing.loc["2021-01", "expected"] == pytest.approx(31 * outlook.level.daily_rate)


def test_a_path_of_a_pact_follows_the_last_pact(outlook: Outlook) -> None:
    # months 13 to 19 of the truce are April to September 2013: known only from the ledger's own counts
    homicides = vs.load_homicides("SLV")
    known = homicides.total(("2012-03", "2013-03")) / 396
    later = homicides.total(("2013-04", "2013-08")) / 153
    pact = outlook.windows[outlook.windows["path"] == "pact"].set_index("window")
    policing = outlook.windows[outlook.windows["path"] == "policing"].set_index("window")
    ratio = pact.loc["2020-10", "expected"] / policing.loc["2020-10", "expected"]
    assert outlook.pact_template == "truce-2012"
    assert ratio == pytest.approx(later / known, rel=0.1)  # half-years by middles of windows, some two months long


def test_a_score_is_the_log_chance_of_what_came(outlook: Outlook) -> None:
    row = outlook.windows.iloc[0]
    level = outlook.level
    variance = level.dispersion * row["expected"] + row["expected"] ** 2 * np.expm1(level.sigma**2 + level.log_sd**2)
    excess = variance / row["expected"]
    by_hand = nbinom.logpmf(round(row["observed"]), row["expected"] / (excess - 1), 1 / excess)
    assert row["log_score"] == pytest.approx(by_hand)
    assert outlook.scores()["all"].sum() == pytest.approx(outlook.windows["log_score"].sum())


def test_bursts_are_set_against_both_paths(outlook: Outlook) -> None:
    assert set(outlook.bursts["window"]) == {"2021-11-09/2021-11-11", "2022-03-25/2022-03-27"}
    assert outlook.bursts.loc[outlook.bursts["window"] == "2022-03-25/2022-03-27", "observed"].eq(87).all()
    assert (outlook.bursts["chance_anywhere"] >= outlook.bursts["chance"]).all()


def test_nothing_after_the_day_enters_the_paths(outlook: Outlook) -> None:
    again = vs.look_ahead("2019-06", as_of="2020-09-30", until="2021-03")
    assert again.level == outlook.level
    assert again.bursts.empty
    assert len(again.windows) < len(outlook.windows)


def test_the_chances_of_a_path_have_its_mean_and_variance() -> None:
    size, chance = count_distribution(100.0, Level(daily_rate=1.0, log_sd=0.1, dispersion=2.0, sigma=0.2))
    assert nbinom.mean(size, chance) == pytest.approx(100)
    assert nbinom.var(size, chance) == pytest.approx(2 * 100 + 100**2 * np.expm1(0.05))


def test_a_course_holds_its_last_stretch() -> None:
    course = ((13.0, 0.1), (19.0, 0.4))
    assert [log_ratio("pact", course, months) for months in (12.0, 15.0, 25.0, 99.0)] == [0.1, 0.1, 0.4, 0.4]
    assert log_ratio("policing", course, 25.0) == 0.0


@pytest.mark.parametrize(
    ("as_of", "until", "edge"), [("2020-09-30", "2020-01", "2020-02-01"), ("2022-12-31", "2023-12", "2022-03-27")]
)
def test_an_outlook_needs_counts_that_came_before_the_next_episode(as_of: str, until: str, edge: str) -> None:
    with pytest.raises(SelectionError, match=f"and before {edge}: choose an earlier day of knowledge"):
        vs.look_ahead("2019-06", as_of=as_of, until=until)


def test_without_an_earlier_pact_there_is_no_path(eland: Path) -> None:
    with pytest.raises(SelectionError, match="no pact before"):
        vs.look_ahead("2004-01", as_of="2005-06", until="2006-12", case=eland)
