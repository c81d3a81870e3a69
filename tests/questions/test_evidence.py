"""Weighing the evidence: a made-up country whose episodes are as predicted (simulated truth), and the shipped case."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import violence_stats as vs
from tests.questions.evidence_case import write_evidence_case
from violence_stats.errors import SelectionError
from violence_stats.questions.evidence import Evidence

READINGS = {"favours pact", "favours policing", "cannot tell", "not applicable"}
COLUMNS = [
    *("block", "signature", "prediction_pact", "prediction_policing", "number", "ci_low", "ci_high", "unit"),
    *("reading", "why", "basis", "citations"),
]


@pytest.fixture(scope="module")
def pact(eland: Path) -> Evidence:
    return vs.weigh_evidence("2004-01", case=eland)


@pytest.fixture(scope="module")
def policing(eland: Path) -> Evidence:
    return vs.weigh_evidence("police-2008", case=eland)


@pytest.fixture(scope="module")
def shipped() -> Evidence:
    return vs.weigh_evidence("2019-06")


def reading_of(evidence: Evidence, signature: str) -> str:
    return str(evidence.to_frame().set_index("signature").loc[signature, "reading"])


@pytest.mark.parametrize("signature", ["specificity", "enforcement", "substitution", "geography"])
def test_a_pact_that_does_as_predicted_is_read_so(pact: Evidence, signature: str) -> None:
    assert reading_of(pact, signature) == "favours pact"
    assert pact.reading == "favours pact"


@pytest.mark.parametrize("signature", ["specificity", "enforcement", "substitution", "geography"])
def test_policing_that_does_as_predicted_is_read_so(policing: Evidence, signature: str) -> None:
    assert reading_of(policing, signature) == "favours policing"
    assert policing.reading == "favours policing"


def test_the_other_episode_is_the_check_and_passes(pact: Evidence) -> None:
    check = pact.sanity_frame()
    assert check.loc["police-2008", ["expected", "reading"]].tolist() == ["favours policing", "favours policing"]
    assert not check["misread"].any()


def test_nothing_is_concluded_where_a_known_episode_is_misread(tmp_path: Path) -> None:
    wrong = write_evidence_case(tmp_path / "wrong", pact_kind="contested", policing_kind="pact")
    evidence = vs.weigh_evidence("2004-01", case=wrong)
    assert evidence.episode.verdict.reading == "favours pact"
    assert evidence.misread == ("police-2008",)
    assert evidence.reading == "cannot tell"
    assert "wrongly" in evidence.rule
    assert "MISREAD" in evidence.summary()


def test_leaving_out_a_block_is_shown_for_each(pact: Evidence) -> None:
    table = pact.leave_one_out()
    assert table.loc["geography", "vote"] == "pact"
    assert (table["reading_without"] == "favours pact").all()
    assert table.index.tolist() == [
        *("count shape", "other crime", "enforcement", "disappearances", "geography", "neighbours"),
    ]


def test_less_is_known_earlier(eland: Path) -> None:
    early = vs.weigh_evidence("2004-01", as_of="2004-10", case=eland)
    assert reading_of(early, "persistence") == "cannot tell"
    assert early.not_known == ("police-2008",)
    assert early.sanity == ()


def test_whoever_reads_the_episodes_the_evidence_is_the_same(eland: Path, pact: Evidence) -> None:
    told: list[str] = []
    there = vs.weigh_evidence("2004-01", case=eland, n_jobs=2, progress=told.append)
    assert there.to_dict() == pact.to_dict()
    assert told == ["1 of 2 episodes", "2 of 2 episodes"]


def test_nothing_is_read_of_an_episode_that_is_not_known_yet(eland: Path) -> None:
    with pytest.raises(SelectionError, match="no count after it is known"):
        vs.weigh_evidence("2008-01", as_of="2007-12", case=eland)


def test_an_unknown_episode_is_refused_with_the_list(eland: Path) -> None:
    with pytest.raises(SelectionError, match=r"2004-01 \(pact-2004\)"):
        vs.weigh_evidence("2010-01", case=eland)


def test_the_table_has_a_row_a_signature(shipped: Evidence) -> None:
    table = shipped.to_frame()
    assert list(table.columns) == COLUMNS
    assert table["signature"].is_unique
    assert set(table["reading"]) <= READINGS
    measured = table[table["number"].notna()]
    assert (measured["ci_low"].fillna(-99) <= measured["number"]).all()
    assert (measured["ci_high"].fillna(99) >= measured["number"]).all()


def test_the_reading_follows_from_the_table(shipped: Evidence) -> None:
    votes = shipped.leave_one_out()["vote"]
    sides = {"pact", "policing"} & set(votes)
    if shipped.reading.startswith("favours"):
        assert len(sides) == 1
        assert (votes != "none").sum() >= 3
    assert shipped.reading in {"favours pact", "favours policing", "mixed", "cannot tell"}


def test_numbers_of_figures_are_cited(shipped: Evidence) -> None:
    figures = vs.load_case("SLV").ledger.figures
    for row in shipped.to_frame().itertuples():
        assert set(row.citations) <= set(figures)
        assert row.citations or pd.isna(row.number)


def test_by_hand_enforcement_of_the_shipped_case(shipped: Evidence) -> None:
    # Arrests 15,800 (2018, 365 days) and 10,400 (2020, 366 days): log(10400/15800 * 365/366) = -0.421
    # Police deaths 33 and 13: log(13/33 * 365/366) = -0.934; their mean -0.678
    row = shipped.to_frame().set_index("signature").loc["enforcement"]
    assert row["number"] == pytest.approx(-0.678, abs=5e-4)


def test_by_hand_other_crime_of_the_lockdown_is_shown_without_a_vote(shipped: Evidence) -> None:
    # Extortion 201 (March 2019) and 110 (March 2020): log(110/201) = -0.603; the vote is on months up to February
    (row,) = (row for row in shipped.rows if row.signature.id == "specificity")
    later = {name: number for name, number in row.details if name.endswith(", lockdown")}
    assert set(later) == {"extortion, lockdown", "robberies, lockdown", "thefts, lockdown"}
    assert later["extortion, lockdown"].value == pytest.approx(-0.603, abs=5e-4)
    figures = vs.load_case("SLV").ledger.figures
    assert any(figures[one].value == 110 and figures[one].measure == "extortion" for one in row.citations)
    assert row.number is not None
    assert row.number.value == pytest.approx(-0.68, abs=5e-3)


def test_disappearances_of_the_contested_episode_cross_a_break(shipped: Evidence) -> None:
    assert reading_of(shipped, "substitution") == "cannot tell"
    assert reading_of(shipped, "geography") == "cannot tell"


def test_the_same_bytes_come_out_twice(shipped: Evidence) -> None:
    assert vs.weigh_evidence("2019-06").summary() == shipped.summary()


def test_the_dictionary_is_json(shipped: Evidence) -> None:
    told = json.loads(json.dumps(shipped.to_dict("es"), allow_nan=False))
    assert told["reading"] == shipped.reading
    assert told["signatures"][0]["prediction_pact"] == "alrededor de un mes"


def test_a_number_that_was_counted_has_no_interval(pact: Evidence) -> None:
    row = pact.to_frame().set_index("signature").loc["bursts"]
    assert row["number"] == 0
    assert row[["ci_low", "ci_high"]].isna().all()
    assert "count shape / bursts: 0 bursts: " in pact.summary()


def test_a_language_that_is_not_spoken_is_refused(pact: Evidence) -> None:
    for told in (pact.sentence, pact.to_frame, pact.to_dict):
        with pytest.raises(SelectionError, match="language 'fr' is not known"):
            told("fr")  # type: ignore[arg-type]


def test_few_rows_are_known_of_the_first_episode() -> None:
    table = vs.list_available("SLV")
    truce = table[table["episode"] == "truce-2012"].set_index("signature")
    assert truce.loc["geography", "windows_after"] == ""
    assert set(table["episode"]) == {one.id for one in vs.load_case("SLV").settings.episodes}
