"""Two ledgers together, and what changed from one to the other.

Kinds of test: by hand (the made-up case, vintage by vintage), property.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import violence_stats as vs
from violence_stats.errors import DataError
from violence_stats.ledger.differences import LedgerDiff
from violence_stats.ledger.ledger import Ledger


@cache
def shipped() -> Ledger:
    return vs.load_case("SLV").ledger


def with_figure(ledger: Ledger, figure_id: str, **cells: object) -> Ledger:
    edited = replace(ledger.figures[figure_id], **cells)
    return replace(ledger, figures={**ledger.figures, figure_id: edited})


def without_figure(ledger: Ledger, figure_id: str) -> Ledger:
    return replace(ledger, figures={key: one for key, one in ledger.figures.items() if key != figure_id})


def test_a_later_vintage_adds_figures_and_revises_february(ledger: Ledger) -> None:
    changes = ledger.as_of("2001-04-05").diff(ledger.as_of("2001-06-30"))
    # Known from 6 April to 30 June: A3 (revises A2: 12 to 13), A5, A6 (disputed), A7 and A9.
    assert [one.figure_id for one in changes.added] == ["A3", "A5", "A6", "A7", "A9"]
    assert (changes.removed, changes.edited) == ((), ())
    ((before, after),) = [(one.before.figure_id, one.after.figure_id) for one in changes.revised]
    assert (before, after) == ("A2", "A3")
    assert changes.summary() == (
        "figures: 5 added, 0 removed, 0 edited; counts revised: 1\n"
        "documents: 0 added, 0 removed, 0 edited\n"
        "revised: AAA deaths 2001-02 POL all: 12 (A2, 2001-03-05) -> 13 (A3, 2001-06)\n"
    )


def test_a_later_vintage_adds_the_documents_that_its_figures_come_from() -> None:
    earlier, later = shipped().as_of("2020-06-30"), shipped().as_of("2020-12-31")
    cited = [{one.source_id for one in ledger.figures.values()} for ledger in (earlier, later)]
    changes = earlier.diff(later)
    assert set(changes.sources_added) == cited[1] - cited[0] != set()
    assert (changes.sources_removed, changes.sources_edited) == ((), ())
    assert later.diff(earlier).sources_removed == changes.sources_added


def test_a_confirmed_count_and_a_disputed_one_revise_nothing(ledger: Ledger) -> None:
    confirmed = with_figure(ledger, "A3", value=12)
    assert confirmed.as_of("2001-04-05").diff(confirmed.as_of("2001-06-30")).revised == ()
    disputed = with_figure(ledger, "A3", status="disputed")
    assert disputed.as_of("2001-04-05").diff(disputed).revised == ()


def test_an_earlier_report_that_was_found_later_revises_nothing(ledger: Ledger) -> None:
    assert without_figure(ledger, "A2").diff(ledger).revised == ()


def test_an_edited_row_is_told_with_what_differs(ledger: Ledger) -> None:
    changes = ledger.diff(with_figure(ledger, "A1", value=11, note="a late death"))
    (edit,) = changes.edited
    assert edit.fields == ("value", "note")
    assert "edited: A1 value, note: AAA deaths 2001-01 POL all: 10 (A1, 2001-02-05) -> 11" in changes.summary()


def test_a_removed_row_and_changed_documents_are_told(ledger: Ledger) -> None:
    dated = ledger.sources["dated"]
    later = Ledger(
        figures=without_figure(ledger, "A5").figures,
        sources={"dated": replace(dated, title="Another"), "third": replace(dated, source_id="third")},
    )
    changes = ledger.diff(later)
    assert [one.figure_id for one in changes.removed] == ["A5"]
    assert "removed: A5 AAA deaths 2001-03 HOS all: 9\n" in changes.summary()
    assert (changes.sources_added, changes.sources_removed, changes.sources_edited) == (
        ("third",),
        ("undated",),
        ("dated",),
    )


def test_nothing_changed_is_empty(ledger: Ledger) -> None:
    changes = ledger.diff(ledger)
    assert changes.is_empty
    assert changes.to_frame().empty
    assert not ledger.diff(without_figure(ledger, "A1")).is_empty


def test_a_long_list_is_cut_and_said_to_be(ledger: Ledger) -> None:
    rest = len(shipped().figures) - 20
    assert f"removed: and {rest:,} more\n" in shipped().diff(ledger).summary()


def table_of(changes: LedgerDiff) -> list[dict[str, object]]:
    return changes.to_frame().to_dict(orient="records")


def test_the_table_has_a_row_a_change(ledger: Ledger) -> None:
    later = without_figure(with_figure(ledger, "A1", value=11), "A2")
    rows = table_of(without_figure(ledger, "A3").diff(later))
    assert [(row["change"], row["figure_id"], row["other_id"]) for row in rows] == [
        ("added", "A3", ""),
        ("removed", "A2", ""),
        ("edited", "A1", ""),
        ("revised", "A1", "A1"),
        ("revised", "A3", "A2"),
    ]
    assert [row["value_before"] for row in rows[2:]] == [10, 10, 12]
    assert [row["value_after"] for row in rows[2:]] == [11, 11, 13]
    assert rows[2]["fields"] == "value"


def test_json_holds_the_changes(ledger: Ledger) -> None:
    later = without_figure(with_figure(ledger, "A1", value=11), "A2")
    told = json.loads(json.dumps(without_figure(ledger, "A3").diff(later).to_dict()))
    assert told["added"][0]["window"] == ["2001-02-01", "2001-02-28"]
    assert told["added"][0]["known_on"] == "2001-06-30"
    assert told["edited"][0]["fields"] == ["value"]


def test_what_both_ledgers_hold_stands_once(ledger: Ledger) -> None:
    both = without_figure(ledger, "A1").combine(without_figure(ledger, "A2"))
    assert (dict(both.figures), dict(both.sources)) == (dict(ledger.figures), dict(ledger.sources))


def test_an_id_of_two_contents_is_refused_with_both(ledger: Ledger) -> None:
    with pytest.raises(DataError, match=r"A1 \(value 10 or 11; note '' or 'late'\)".replace(";", ",")):
        ledger.combine(with_figure(ledger, "A1", value=11, note="late"))
    with pytest.raises(DataError, match=r"dated \(title 'A page, with a comma' or 'Another'\); number them anew"):
        ledger.combine(replace(ledger, sources={"dated": replace(ledger.sources["dated"], title="Another")}))


def test_many_clashes_are_counted(ledger: Ledger) -> None:
    other = replace(ledger, figures={key: replace(one, value=0) for key, one in ledger.figures.items()})
    with pytest.raises(DataError, match=r"\(and 8 more\)"):
        ledger.combine(other)


DAYS = st.dates(
    min_value=max(one.known_on for one in shipped().figures.values() if one.known_on) - timedelta(days=7000)
)


@given(earlier=DAYS, later=DAYS)
def test_what_was_added_and_removed_leads_from_one_vintage_to_the_other(earlier: object, later: object) -> None:
    before, after = shipped().as_of(earlier), shipped().as_of(later)  # type: ignore[arg-type]
    changes = before.diff(after)
    ids = (before.figures.keys() - {one.figure_id for one in changes.removed}) | {
        one.figure_id for one in changes.added
    }
    assert ids == after.figures.keys()
    assert before.combine(after).figures == after.combine(before).figures
