"""The rules: each threshold from both sides (by hand), the overall rule against a restatement (brute force)."""

from __future__ import annotations

from itertools import product
from math import log

import pytest

from violence_stats.questions import rules
from violence_stats.questions.signature import Measured

BLOCKS = ("count shape", "other crime", "enforcement", "disappearances")


def about(low: float, high: float) -> Measured:
    return Measured(value=(low + high) / 2, low=low, high=high, unit="")


@pytest.mark.parametrize(
    ("low", "high", "reading"),
    [(0.0, 1.0, "cannot tell"), (2.9, 9.0, "cannot tell"), (3.1, 9.0, "favours policing")],
)
def test_an_onset_never_favours_a_pact(low: float, high: float, reading: str) -> None:
    assert rules.read_onset(about(low, high)).reading == reading


@pytest.mark.parametrize(
    ("low", "high", "months", "reading"),
    [
        (0.6, 1.2, 36, "favours pact"),
        (0.4, 1.2, 36, "cannot tell"),
        (-0.3, 0.4, 36, "favours policing"),
        (-0.3, 0.4, 23.9, "cannot tell"),
        (0.6, 1.2, 23.9, "cannot tell"),
    ],
)
def test_persistence_is_read_only_after_two_years(low: float, high: float, months: float, reading: str) -> None:
    assert rules.read_persistence(about(low, high), months_known=months).reading == reading


@pytest.mark.parametrize(
    ("after", "before", "days", "reading"),
    [
        (1, 0, False, "favours pact"),
        (1, 1, False, "cannot tell"),
        (0, 0, False, "cannot tell"),
        (0, 0, True, "favours policing"),
        (0, 2, True, "favours policing"),
    ],
)
def test_absent_bursts_say_something_only_by_day(after: int, before: int, reading: str, *, days: bool) -> None:
    assert rules.read_bursts(after, before, days_known=days).reading == reading


ALIKE, FELL, GAP = about(-0.05, 0.05), about(-0.5, -0.2), about(-0.9, -0.5)


def test_specificity_needs_the_year_before_to_agree() -> None:
    assert rules.read_specificity(ALIKE, GAP, ALIKE, GAP).reading == "favours pact"
    assert rules.read_specificity(FELL, GAP, FELL, GAP).reading == "favours policing"
    assert rules.read_specificity(ALIKE, GAP, None, None).reading == "cannot tell"
    assert rules.read_specificity(FELL, GAP, ALIKE, GAP).reading == "cannot tell"
    assert rules.read_specificity(ALIKE, about(-0.5, 0.1), ALIKE, GAP).reading == "cannot tell"
    assert rules.read_specificity(ALIKE, GAP, ALIKE, about(-0.5, 0.1)).reading == "cannot tell"


def test_enforcement_is_not_read_where_one_measure_moves_the_other_way() -> None:
    down, up = about(-0.6, -0.3), about(0.3, 0.6)
    assert rules.read_enforcement(down, [down, down]).reading == "favours pact"
    assert rules.read_enforcement(up, [up]).reading == "favours policing"
    assert rules.read_enforcement(down, [about(-2.0, -1.0), up]).reading == "cannot tell"
    assert rules.read_enforcement(about(-0.2, -0.05), [about(-0.2, -0.05)]).reading == "cannot tell"


def test_disappearances_across_a_change_of_recording_say_nothing() -> None:
    rise = about(0.2, 0.6)
    assert rules.read_substitution(rise, crosses_break=False).reading == "favours pact"
    assert rules.read_substitution(about(-0.6, -0.2), crosses_break=False).reading == "favours policing"
    assert rules.read_substitution(rise, crosses_break=True).reading == "cannot tell"


def test_places_chosen_by_their_counts_say_nothing() -> None:
    more, alike = about(-0.8, -0.2), about(-0.05, 0.05)
    assert rules.read_geography(more, selected=False, both_sides=True).reading == "favours policing"
    assert rules.read_geography(alike, selected=False, both_sides=True).reading == "favours pact"
    assert rules.read_geography(about(-0.5, 0.2), selected=False, both_sides=True).reading == "cannot tell"
    assert rules.read_geography(more, selected=True, both_sides=True).reading == "cannot tell"
    assert rules.read_geography(more, selected=False, both_sides=False).reading == "cannot tell"


def test_a_tenth_is_the_least_change_called_one() -> None:
    assert pytest.approx(log(1.1)) == rules.NOTABLE
    assert rules.read_substitution(about(log(1.09), 0.5), crosses_break=False).reading == "cannot tell"
    assert rules.read_substitution(about(log(1.11), 0.5), crosses_break=False).reading == "favours pact"


def test_a_block_is_one_vote() -> None:
    assert rules.block_vote(["favours pact", "cannot tell", "favours pact"]) == "pact"
    assert rules.block_vote(["favours policing", "not applicable"]) == "policing"
    assert rules.block_vote(["favours pact", "favours policing"]) == "both"
    assert rules.block_vote(["cannot tell", "not applicable"]) == "none"


def restated(votes: tuple[str, ...]) -> str:
    """Two blocks for a side and none against; mixed with both sides present; else cannot tell."""
    pact = sum(vote in ("pact", "both") for vote in votes)
    policing = sum(vote in ("policing", "both") for vote in votes)
    if pact and policing:
        return "mixed"
    if max(pact, policing) < 2:
        return "cannot tell"
    return "favours pact" if pact else "favours policing"


@pytest.mark.parametrize("votes", list(product(("pact", "policing", "both", "none"), repeat=4)))
def test_the_overall_rule_is_as_stated(votes: tuple[rules.Vote, ...]) -> None:
    whole = restated(votes)
    left = [restated(votes[:place] + votes[place + 1 :]) for place in range(len(votes))]
    expected = whole if not whole.startswith("favours") or all(one == whole for one in left) else "cannot tell"
    verdict = rules.weigh_votes(dict(zip(BLOCKS, votes, strict=True)))
    assert verdict.reading == expected
    assert verdict.all_blocks == whole
    assert set(verdict.without) == {block for block, vote in zip(BLOCKS, votes, strict=True) if vote != "none"}


def test_three_blocks_have_to_agree() -> None:
    def read(*votes: rules.Vote) -> str:
        return rules.weigh_votes(dict(zip(BLOCKS, votes, strict=True))).reading

    assert read("pact", "pact", "none", "none") == "cannot tell"
    assert read("pact", "pact", "pact", "none") == "favours pact"
    assert read("pact", "pact", "pact", "policing") == "mixed"


def test_every_reason_is_given_in_both_languages() -> None:
    ruling = rules.read_onset(about(0.0, 1.0))
    assert ruling.why["en"] != ruling.why["es"]
    assert all(rules.SANITY_FAILED[lang] for lang in ("en", "es"))
