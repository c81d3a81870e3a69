"""By hand: how the effect is ranked among other dates, and what such counts are said to show, in both languages."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tests.report.reading import block_texts
from tests.report.test_story import numbers
from violence_stats import wording
from violence_stats.ledger.records import Language
from violence_stats.report.choices_facts import ChoiceFacts
from violence_stats.report.content import Facts
from violence_stats.report.document import Picture
from violence_stats.report.pictures import PLACEBO, POWER, Chart, charts_of
from violence_stats.report.story.elsewhere import tell_elsewhere
from violence_stats.robustness.power_result import PowerResult


@pytest.fixture(scope="module")
def found(facts: Facts) -> ChoiceFacts:
    assert facts.choices is not None
    return facts.choices


@pytest.fixture(scope="module")
def power(found: ChoiceFacts) -> PowerResult:
    assert found.power is not None
    return found.power


def say(found: ChoiceFacts, charts: dict[str, Chart], lang: Language) -> str:
    blocks = tell_elsewhere(found, charts, lang)
    return " ".join(text for block in blocks for text in block_texts(block)).replace(wording.NO_BREAK, " ")


def with_change(power: PowerResult, ratio: float) -> PowerResult:
    return replace(power, observed=replace(power.observed, estimate=math.log(ratio)))


def test_both_pictures_stand_in_the_chapter_with_their_numbers_beside_them(
    found: ChoiceFacts, charts: dict[str, Chart]
) -> None:
    shown = [block for block in tell_elsewhere(found, charts, "es") if isinstance(block, Picture)]
    assert [one.file for one in shown] == ["charts/placebo.es.svg", "charts/power.es.svg"]
    assert all(one.alt for one in shown)
    assert found.placebo is not None
    assert len(charts[PLACEBO].table) == found.placebo.n_placebos + 1
    assert len(charts[POWER].table) == len(found.power.table if found.power is not None else ())


def test_the_placebos_drawn_are_those_of_the_primary_date(found: ChoiceFacts) -> None:
    assert found.placebo is not None
    assert found.placebo.at == found.broken.intervention.date
    late = replace(found, placebos=found.placebos[1:])
    assert late.placebo is found.placebos[1][1]
    assert replace(found, placebos=()).placebo is None


def test_each_date_is_told_with_its_own_rank(found: ChoiceFacts, charts: dict[str, Chart]) -> None:
    ranks = [one.rank - 1 for _, one in found.placebos]
    n = found.placebos[0][1].n_placebos
    first, second, third = (k or "none" for k in ranks)
    assert f"{first} of {n} other dates give a change as large or larger; on 20 June 2019, {second} of {n}; " in say(
        found, charts, "en"
    )
    assert f"on 1 July 2019, {third} of {n}." in say(found, charts, "en")


@pytest.mark.parametrize(("ratio", "told"), [(0.9, True), (0.2, False), (1.1, False)])
def test_a_change_smaller_than_what_shows_is_said_to_be(
    found: ChoiceFacts, power: PowerResult, charts: dict[str, Chart], ratio: float, told: bool
) -> None:
    other = replace(found, power=with_change(power, ratio))
    assert ("is smaller: the model would miss" in say(other, charts, "en")) is told
    assert ("es menor: el modelo" in say(other, charts, "es")) is told


def test_where_no_change_tried_is_large_enough_the_largest_is_named(
    found: ChoiceFacts, power: PowerResult, charts: dict[str, Chart]
) -> None:
    blind = replace(power, table=power.table.assign(power=0.1))
    other = replace(found, power=blind)
    assert math.isnan(blind.smallest.rate_ratio)
    assert "does not find even a change of" in say(other, charts, "en")
    assert "nan" not in say(other, charts, "en").split()


def test_both_languages_give_the_same_numbers(found: ChoiceFacts, charts: dict[str, Chart]) -> None:
    english, spanish = (tell_elsewhere(found, charts, lang) for lang in wording.LANGUAGES)
    assert [type(block) for block in english] == [type(block) for block in spanish]
    for ours, theirs in zip(english, spanish, strict=True):
        assert numbers(" ".join(block_texts(ours))) == numbers(" ".join(block_texts(theirs)))


def test_a_break_without_room_for_placebos_or_power_has_neither_picture(facts: Facts, found: ChoiceFacts) -> None:
    bare = replace(facts, choices=replace(found, placebos=(), power=None))
    charts = charts_of(bare, wording.LANGUAGES)
    assert {PLACEBO, POWER}.isdisjoint(charts)
    assert bare.choices is not None
    assert tell_elsewhere(bare.choices, charts, "en") == ()
