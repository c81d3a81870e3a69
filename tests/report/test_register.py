"""By hand: what the register says of claims that one answer serves, and of the claim under test."""

from __future__ import annotations

import pytest

from tests.report.reading import block_texts
from violence_stats import wording
from violence_stats.ledger.records import Language
from violence_stats.report.content import Facts
from violence_stats.report.story.register import tell_register


def say(facts: Facts, lang: Language) -> str:
    return " ".join(text for block in tell_register(facts, lang) for text in block_texts(block))


@pytest.mark.parametrize(
    ("lang", "whole", "short"),
    [
        ("en", "row by row, the rules of this report read", "as on the claim before, the rules read"),
        ("es", "fila por fila, las reglas de este informe leen", "como sobre la afirmación anterior, las reglas leen"),
    ],
)
def test_an_answer_that_two_claims_in_a_row_share_is_given_once_at_length(
    facts: Facts, lang: Language, whole: str, short: str
) -> None:
    said = say(facts, lang)
    assert (said.count(whole), said.count(short)) == (1, 1)
    assert said.index(whole) < said.index(short)


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_the_claim_under_test_has_its_two_counts_and_not_the_whole_answer_again(facts: Facts, lang: Language) -> None:
    assert facts.check is not None
    said = say(facts, lang)
    assert "1,576" in said
    assert "589" in said
    assert facts.check.sentence(lang) not in said
