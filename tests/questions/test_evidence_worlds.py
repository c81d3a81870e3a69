"""Made-up episodes and the committed table of readings (simulated truth), a small cell of it drawn anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

import violence_stats as vs
from tests.questions.evidence_case import write_evidence_case
from violence_stats.errors import DataError
from violence_stats.questions import evidence_calibration
from violence_stats.questions.collect_episode import collect_episode
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.evidence_calibration import ALL_BLOCKS, COLUMNS, OVERALL, Cell, read_worlds, worst_cases
from violence_stats.questions.evidence_worlds import NOISES, WORLDS, draw_episode

AS_ASSUMED = NOISES[1]
N_REDRAWN = 12
MEAN_SLACK = 0.15
"""A mean of 40 log ratios with a standard deviation of about 0.2 has a standard error of 0.03; five of them."""


@pytest.fixture(scope="module")
def template(eland: Path) -> EpisodeData:
    case = vs.load_case(eland)
    return collect_episode(case, case.settings.episode("2004-01"))


def world_named(name: str):
    return next(one for one in WORLDS if one.name == name)


def test_a_world_keeps_the_windows_and_the_availability(template: EpisodeData) -> None:
    drawn = draw_episode(template, WORLDS[0], AS_ASSUMED, np.random.default_rng(1))
    assert [one.window for one in drawn.series] == [
        one.window for one in template.windows_in(template.earliest, template.last)
    ]
    assert [one.counts.windows_after for one in drawn.other_crime] == [
        one.counts.windows_after for one in template.other_crime
    ]
    assert (drawn.start, drawn.last) == (template.start, template.last)


def test_the_effects_of_a_world_are_those_stated(template: EpisodeData) -> None:
    world = world_named("policing, as predicted")
    generator, ratios = np.random.default_rng(2), {"thefts": [], "patrols": [], "missing": []}
    for _ in range(40):
        drawn = draw_episode(template, world, AS_ASSUMED, generator)
        for one in (*drawn.other_crime, *drawn.enforcement, drawn.disappearances):
            assert one is not None
            ratio = one.counts.log_ratio
            assert ratio is not None
            ratios[one.counts.measure].append(ratio.value)
    assert np.mean(ratios["thefts"]) == pytest.approx(world.other, abs=MEAN_SLACK)
    assert np.mean(ratios["patrols"]) == pytest.approx(world.enforcement, abs=MEAN_SLACK)
    assert np.mean(ratios["missing"]) == pytest.approx(world.disappearances, abs=MEAN_SLACK)


def test_the_counts_of_a_world_fall_and_come_back(template: EpisodeData) -> None:
    world, generator = world_named("pact, as predicted"), np.random.default_rng(3)
    totals = np.zeros(3)
    for _ in range(20):
        series = draw_episode(template, world, AS_ASSUMED, generator).series
        totals += [series.total(year) for year in ("2003", "2004", "2006")]
    assert np.log(totals[1] / totals[0]) == pytest.approx(world.fall, abs=MEAN_SLACK)
    assert np.log(totals[2] / totals[0]) == pytest.approx((1 - world.undone) * world.fall, abs=MEAN_SLACK)


def test_a_cell_is_the_same_whatever_else_is_drawn(template: EpisodeData) -> None:
    cell = Cell(world=WORLDS[2], noise=AS_ASSUMED, as_of=None, n_draws=2)
    assert read_worlds(template, cell) == read_worlds(template, cell)
    assert cell.generator.random() != Cell(world=WORLDS[3], noise=AS_ASSUMED, as_of=None, n_draws=2).generator.random()


def test_what_is_predicted_is_found_where_all_is_known(template: EpisodeData) -> None:
    for name, side in (("pact, as predicted", "pact"), ("policing, as predicted", "policing")):
        cell = Cell(world=world_named(name), noise=NOISES[0], as_of=None, n_draws=6)
        counts = read_worlds(template, cell)
        assert counts[OVERALL, f"favours {side}"] >= 3
        other = {"pact": "policing", "policing": "pact"}[side]
        assert counts[OVERALL, f"favours {other}"] == 0


def test_the_committed_table_holds_every_world() -> None:
    table = vs.load_error_rates("SLV")
    assert list(table.columns) == [*COLUMNS, "share"]
    now = table[(table["as_of"] == "") & (table["row"] == OVERALL)]
    assert set(zip(now["world"], now["noise"], strict=True)) == {
        (world.name, noise.name) for world in WORLDS for noise in NOISES
    }
    then = table[(table["as_of"] != "") & (table["row"] == OVERALL)]
    assert set(then["world"]) == {world.name for world in WORLDS}
    sums = table.groupby(["as_of", "world", "noise", "row"])["share"].sum()
    assert sums.to_numpy() == pytest.approx(1.0)


def test_a_small_cell_comes_out_as_committed() -> None:
    table = vs.load_error_rates("SLV")
    case = vs.load_case("SLV")
    world, noise = WORLDS[1], NOISES[0]
    template = collect_episode(case, case.settings.episode("2019-06"))
    counts = read_worlds(template, Cell(world=world, noise=noise, as_of=None, n_draws=N_REDRAWN))
    same = table[(table["as_of"] == "") & (table["world"] == world.name) & (table["noise"] == noise.name)]
    for row in (ALL_BLOCKS, "specificity", "enforcement"):
        share = float(same.loc[(same["row"] == row) & (same["reading"] == "favours policing"), "share"].sum())
        error = max(np.sqrt(share * (1 - share) / N_REDRAWN), 1 / N_REDRAWN)
        assert abs(counts[row, "favours policing"] / N_REDRAWN - share) < 3 * error


def test_the_worst_cases_are_named_worst_first() -> None:
    worst = worst_cases(vs.load_error_rates("SLV"), ALL_BLOCKS)
    assert worst["share"].is_monotonic_decreasing
    assert set(worst["kind"]) <= {"pact", "policing", "neither"}


def test_a_case_without_a_table_says_so(eland: Path) -> None:
    with pytest.raises(DataError, match="evidence_calibration"):
        vs.load_error_rates(eland)


def test_the_table_is_the_same_whoever_reads_the_cells_and_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = vs.load_case(write_evidence_case(tmp_path / "case"))
    cells = [Cell(world=world, noise=AS_ASSUMED, as_of=None, n_draws=2) for world in WORLDS[:2]]
    monkeypatch.setattr(evidence_calibration, "load_case", lambda _name: case)
    monkeypatch.setattr(evidence_calibration, "all_cells", lambda _then: cells)
    table = case.folder / evidence_calibration.FILE
    evidence_calibration.main(["2004-01", "2005-06-30"])
    alone = table.read_bytes()
    assert capsys.readouterr().out.splitlines() == ["1 of 2 cells", "2 of 2 cells"]
    evidence_calibration.main(["2004-01", "2005-06-30", "--jobs", "2"])
    assert table.read_bytes() == alone
    assert alone.count(b"\n") > 2 * len(("overall", "all blocks"))


def test_cells_differ_by_the_day_of_knowledge() -> None:
    now = Cell(world=WORLDS[0], noise=AS_ASSUMED, as_of=None, n_draws=1)
    then = Cell(world=WORLDS[0], noise=AS_ASSUMED, as_of=date(2005, 1, 1), n_draws=1)
    assert now.generator.random() != then.generator.random()
