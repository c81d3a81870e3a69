"""Adding figures: what a case holds afterwards, what stands beside it, and what is refused with nothing written.

Kinds of test: by hand, on a case with January to March 2024 by POL: 250, 240, 260.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import violence_stats as vs
from violence_stats.errors import ChecksumError, DataError, SelectionError
from violence_stats.ledger.additions import Addition

BULLETIN = vs.NewSource(url="https://example.org/bulletin", title="A bulletin", date="2024-04-02")
N_WRITERS = 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = vs.new_case(tmp_path / "my-case", country="HND").folder
    months = [figure(f"2024-{month:02d}", value) for month, value in ((1, 250), (2, 240), (3, 260))]
    vs.add_figures(made, months, BULLETIN)
    return made


def figure(window: str | tuple[str, str], value: int, **told: str) -> vs.NewFigure:
    return vs.NewFigure(window=window, value=value, **{"publisher": "POL", "reported": "2024-04-02", **told})


def later(window: str | tuple[str, str], value: int, **told: str) -> vs.NewFigure:
    return figure(window, value, **{"reported": "2024-05-03", **told})


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def refuses(folder: Path, new: vs.NewFigure, source: vs.NewSource, **rules: str) -> str:
    """The message of the refusal; nothing may have changed."""
    before = files_of(folder)
    with pytest.raises((DataError, SelectionError)) as refused:
        vs.add_figure(folder, new, source, **rules)
    assert files_of(folder) == before
    return str(refused.value)


def test_a_figure_continues_the_chain_and_the_case_stays_in_order(folder: Path) -> None:
    added = vs.add_figure(folder, later("2024-04", 231), vs.NewSource(title="April", date="2024-05-03"))
    assert vs.verify_case(folder).ok
    assert added.figures[0]["figure_id"] == "F0004"
    assert [one["figures"] for one in added.chain] == ["F0004"]
    series = vs.load_homicides(folder)
    assert series.total(("2024-01", "2024-04")) == 250 + 240 + 260 + 231
    assert list(series.citations("2024-04")["title"]) == ["April"]


def test_what_is_left_open_is_filled_from_the_case(folder: Path) -> None:
    row = vs.add_figure(folder, later("2024-04", 231), vs.NewSource(title="April")).figures[0]
    assert (row["country"], row["measure"], row["definition"], row["area"]) == ("HND", "homicides", "all", "")


def test_several_definitions_have_to_be_chosen_from(folder: Path) -> None:
    settings = folder / "case.toml"
    settings.write_text(settings.read_text("utf-8") + 'narrow = { en = "some", es = "algunos" }\n', encoding="utf-8")
    assert "names 2 (all, narrow)" in refuses(folder, later("2024-04", 231), BULLETIN)
    assert vs.add_figure(folder, later("2024-04", 231, definition="narrow"), vs.NewSource(title="b")).figures


def test_a_document_that_the_case_has_is_not_added_again(folder: Path) -> None:
    by_address = vs.add_figure(folder, later("2024-04", 231), vs.NewSource(url=BULLETIN.url))
    by_id = vs.add_figure(
        folder, later("2024-05", 232, reported="2024-06-03"), vs.NewSource(source_id=by_address.source["source_id"])
    )
    assert (by_address.is_new_source, by_id.is_new_source) == (False, False)
    assert len(vs.load_case(folder).ledger.sources) == 1


def test_a_document_by_the_same_name_has_to_be_the_same(folder: Path) -> None:
    other = vs.NewSource(url=BULLETIN.url, title="Another bulletin")
    assert "with another title: 'A bulletin', not 'Another bulletin'" in refuses(folder, later("2024-04", 1), other)
    unknown = vs.NewSource(source_id="nowhere")
    assert "source_id='nowhere': sources.csv has no such document" in refuses(folder, later("2024-04", 1), unknown)


@pytest.mark.parametrize("same", ["figure", "id"])
def test_a_figure_that_stands_there_is_refused_with_its_row(folder: Path, same: str) -> None:
    new = figure("2024-02", 240) if same == "figure" else later("2024-04", 7, figure_id="F0002")
    message = refuses(folder, new, vs.NewSource(title="Another paper"))
    assert "figures.csv row 3" in message
    assert "F0002" in message


def test_a_figure_that_stands_twice_in_one_addition_is_refused(folder: Path) -> None:
    with pytest.raises(DataError, match="holds it already: 231 by POL for 2024-04"):
        vs.add_figures(folder, [later("2024-04", 231), later("2024-04", 231)], vs.NewSource(title="April"))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"publisher": "HOS"}, "another publisher"),
        ({"definition": "narrow"}, "another definition"),
        ({"reported": "2024-06-01"}, "another vintage"),
    ],
)
def test_other_figures_of_the_window_are_shown_and_both_stay(folder: Path, told: dict[str, str], why: str) -> None:
    added = vs.add_figure(folder, later("2024-02", 244, **told), vs.NewSource(title="A recount"))
    (conflict,) = added.conflicts
    assert (conflict.other_id, conflict.other_value, conflict.row, conflict.why) == ("F0002", 240, 3, why)
    assert "F0004 244 beside F0002 240" in added.summary()
    assert vs.verify_case(folder).ok
    assert vs.load_homicides(folder).total("2024-02") == 240
    assert "keeps what it has for 1 window (2024-02)" in added.notes[0]


def test_a_figure_that_says_the_same_is_no_conflict(folder: Path) -> None:
    assert vs.add_figure(folder, figure("2024-02", 240, publisher="HOS"), vs.NewSource(title="b")).conflicts == ()


def test_a_tie_has_to_be_accepted_with_a_reason(folder: Path) -> None:
    source = vs.NewSource(title="Another paper")
    message = refuses(folder, figure("2024-02", 244), source)
    assert "tie  F0002 F0004" in message
    assert "--accept" in message
    added = vs.add_figure(folder, figure("2024-02", 244), source, accept="both were printed that day")
    assert added.accepted == ({"check": "tie", "ids": "F0002 F0004", "why": "both were printed that day"},)
    assert vs.verify_case(folder).n_accepted == 1


def test_no_reason_makes_up_for_what_cannot_be_right(folder: Path) -> None:
    wrong = later("2024-04", 231, country="Honduras")
    message = refuses(folder, wrong, vs.NewSource(title="April"), accept="because")
    assert "figures.csv:5  schema" in message
    assert "correct the figure or the case" in message


def test_a_count_reported_before_its_window_was_over_is_a_finding(folder: Path) -> None:
    assert "reported  F0004" in refuses(folder, figure("2024-05", 231), vs.NewSource(title="May"))


def test_a_window_that_would_leave_a_gap_stays_out_of_the_chain(folder: Path) -> None:
    added = vs.add_figure(folder, later("2024-06", 231, reported="2024-07"), vs.NewSource(title="June"))
    assert added.chain == ()
    assert "1 window stays out of it (2024-06)" in added.notes[0]
    assert len(vs.load_homicides(folder)) == 3


def test_a_window_before_the_first_is_put_before_it(folder: Path) -> None:
    vs.add_figures(folder, [figure("2023-11", 200), figure("2023-12", 210)], vs.NewSource(title="Last year"))
    assert vs.verify_case(folder).ok
    assert [one.value for one in vs.load_homicides(folder)] == [200, 210, 250, 240, 260]


def test_the_chain_can_be_left_as_it_is(folder: Path) -> None:
    added = vs.add_figure(folder, later("2024-04", 231), vs.NewSource(title="April"), chain="leave")
    assert (added.chain, len(vs.load_homicides(folder))) == ((), 3)


@pytest.mark.parametrize("told", [{"measure": "thefts"}, {"area": "North"}, {"country": "GTM"}, {"status": "disputed"}])
def test_the_chain_takes_only_what_it_counts(folder: Path, told: dict[str, str]) -> None:
    assert vs.add_figure(folder, later("2024-04", 23, **told), vs.NewSource(title="April")).chain == ()
    assert vs.verify_case(folder).ok


def test_a_month_that_nobody_published_is_the_difference_of_two_totals(folder: Path) -> None:
    """January to April 981, less January to March 750 as the months add up: 231."""
    total = later(("2024-01-01", "2024-04-30"), 981)
    added = vs.add_figure(folder, total, vs.NewSource(title="To date"), arithmetic="NEW - F0001 - F0002 - F0003")
    assert (added.chain[0]["start"], added.chain[0]["value"], added.chain[0]["status"]) == (
        "2024-04-01",
        "231",
        "derived",
    )
    assert vs.verify_case(folder).ok
    assert vs.load_homicides(folder).total("2024-04") == 231


@pytest.mark.parametrize("arithmetic", ["NEW - F0001", "NEW + F0001", "NEW - F0009"])
def test_arithmetic_whose_days_give_no_window_is_refused(folder: Path, arithmetic: str) -> None:
    total = later(("2024-02-01", "2024-04-30"), 731)
    message = refuses(folder, total, vs.NewSource(title="To date"), arithmetic=arithmetic)
    assert "give one window" in message or "no figure has the id" in message or "chain" in message


def test_a_change_of_publisher_on_the_way_is_said(folder: Path) -> None:
    added = vs.add_figure(folder, later("2024-04", 231, publisher="HOS"), vs.NewSource(title="April"))
    assert added.notes == ("from 2024-04 on the reference chain counts as HOS all, until then as POL all",)


def test_an_edited_table_is_not_added_to(folder: Path) -> None:
    table = folder / "figures.csv"
    table.write_text(table.read_text("utf-8").replace(",250,", ",251,"), encoding="utf-8")
    with pytest.raises(ChecksumError, match="verify --update"):
        vs.add_figure(folder, later("2024-04", 231), BULLETIN)


def test_text_cannot_break_a_table_or_run_in_a_spreadsheet(folder: Path) -> None:
    source = vs.NewSource(title='=cmd|"/c calc"!A1, the\r\n"paper"')
    added = vs.add_figure(folder, later("2024-04", 231, note="+1\nx", publisher="P,O\tL"), source)
    assert vs.verify_case(folder).ok
    assert added.source["title"] == '\'=cmd|"/c calc"!A1, the "paper"'
    assert (added.figures[0]["note"], added.figures[0]["publisher"]) == ("'+1 x", "P,O L")


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"value": -1}, "value=-1: expected a whole number"),
        ({"value": True}, "value=True: expected a whole number"),
        ({"publisher": " "}, "publisher=' ': expected who counted"),
        ({"status": "final"}, "status='final': expected one of published"),
        ({"reported": "3 May"}, "reported='3 May': expected YYYY"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_as_it_is_made(told: dict[str, object], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        vs.NewFigure(**{"window": "2024-04", "value": 1, "publisher": "POL", **told})


def test_a_document_has_to_be_one() -> None:
    with pytest.raises(SelectionError, match="give its url or title"):
        vs.NewSource(date="2024")


def test_results_can_be_read_by_people_and_machines(folder: Path) -> None:
    added: Addition = vs.add_figure(folder, later("2024-04", 231), vs.NewSource(title="April"))
    assert added.summary().startswith("added to my-case: 1 figure (F0004) from a new document, april-nd-")
    assert added.to_dict()["figures"][0]["value"] == "231"
    assert list(added.to_frame()["figure_id"]) == ["F0004"]


def test_processes_that_add_at_once_all_get_their_figure_in(folder: Path) -> None:
    code = "import sys, violence_stats as vs; n = int(sys.argv[2]); vs.add_figure(sys.argv[1], vs.NewFigure("
    code += "window=f'2024-{n + 4:02d}', value=n, publisher='POL', reported='2025'), vs.NewSource(title=f'paper {n}'))"
    writers = [subprocess.Popen([sys.executable, "-c", code, str(folder), str(n)]) for n in range(N_WRITERS)]
    assert [one.wait() for one in writers] == [0] * N_WRITERS
    assert vs.verify_case(folder).ok
    assert sorted(vs.load_case(folder).ledger.figures) == [f"F{n:04d}" for n in range(1, 4 + N_WRITERS)]
