"""The register of claims: read with its types, and refused where an entry points nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.conftest import CLAIMS, WriteCase
from violence_stats.errors import DataError, SelectionError
from violence_stats.ledger.case import load_case
from violence_stats.months import parse_window


def test_a_claim_is_read(case_folder: Path) -> None:
    claim = load_case(case_folder).claim("fall")
    assert (claim.kind, claim.question, claim.made_on, claim.claimed_pct) == ("figure", "claim", "2001-03", -12.5)
    assert (claim.window, claim.baseline) == (parse_window("2001-02"), parse_window("2001-01"))
    assert (claim.text["en"], claim.made_by["es"]) == ("Deaths fell.", "el ministerio")
    assert (claim.reported_in, claim.disputed_in) == (("dated",), ("undated",))
    assert claim.dispute is not None
    assert claim.dispute["es"] == "Un diario dijo que subieron."


def test_an_undisputed_claim_may_say_less(write_case: WriteCase) -> None:
    least = "\n".join(
        line
        for line in CLAIMS.splitlines()
        if not line.startswith(("disp", "wind", "base", "claimed", "inter", "made_on"))
    )
    claim = load_case(write_case({"claims.toml": least})).claim("fall")
    assert (claim.dispute, claim.disputed_by, claim.disputed_in) == (None, None, ())
    assert (claim.window, claim.claimed_pct, claim.interventions, claim.made_on) == (None, None, (), "")


def test_an_unknown_claim_is_told_what_exists(case_folder: Path) -> None:
    with pytest.raises(SelectionError, match="case AAA has no claim 'rise': expected one of fall"):
        load_case(case_folder).claim("rise")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('question = "claim"', 'question = "why"', r"claims 1 question: expected one of claim, episodes"),
        ('kind = "figure"', 'kind = "rumour"', r"claims 1 kind: expected one of figure, history"),
        ('reported_in = ["dated"]', 'reported_in = ["lost"]', r"fall: the case has no source 'lost'"),
        ('interventions = ["2001-03"]', 'interventions = ["1999"]', r"fall: the case has no intervention '1999'"),
        ('made_on = "2001-03"', 'made_on = "March"', r"made_on: expected 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'"),
        ("claimed_pct = -12.5", 'claimed_pct = "-12.5"', r"claimed_pct: expected a number"),
        ("disputed_by", "denied_by", r"disputed_by: expected a value, got nothing"),
        (CLAIMS, CLAIMS * 2, r"the id 'fall' stands twice"),
    ],
)
def test_a_faulty_claim_is_named(write_case: WriteCase, old: str, new: str, message: str) -> None:
    assert old in CLAIMS
    with pytest.raises(DataError, match=message):
        load_case(write_case({"claims.toml": CLAIMS.replace(old, new, 1)}))
