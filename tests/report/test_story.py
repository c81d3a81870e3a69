"""Property: the two languages give the same numbers, from the facts, and say no more than the facts bear."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest
from matplotlib.ft2font import FT2Font

from tests.report.reading import block_texts, break_at, texts
from violence_stats import wording
from violence_stats.charts.style import FONT_FOLDER
from violence_stats.models.estimate import Estimate
from violence_stats.models.its import InterruptedTimeSeries
from violence_stats.questions.verdict import Verdict
from violence_stats.report.break_facts import BreakFacts, BreakFit
from violence_stats.report.content import Facts
from violence_stats.report.document import Box, Document, Link, Picture, Table
from violence_stats.report.pictures import Chart, charts_of
from violence_stats.report.story import tell_story
from violence_stats.report.story.answer import tell_answer
from violence_stats.report.story.phrases import interval

NUMBER = re.compile(r"\u2212?\d+(?:,\d{3})*(?:\.\d+)?")
ALLEGED = re.compile(r"talks|negotiat|arrangement|conversaciones|negoci|arreglo", re.IGNORECASE)
ATTRIBUTED = re.compile(r"El Faro|VICE News|president|presidente")
OVERSTATED = re.compile(r"\bproves?\b|\bproof\b|causal|\bcaused\b|demuestra|\bprueba que\b|\bcausó\b", re.IGNORECASE)


def numbers(text: str) -> list[str]:
    """Give the numbers of a text, sorted; a name of a weapon or a gang is not a number."""
    return sorted(NUMBER.findall(text.replace("MS-13", "")))


def titles(document: Document) -> set[str]:
    """Give the names of documents, which are quoted as they are."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return {cell.text for table in tables for row in table.rows for cell in row if isinstance(cell, Link)}


def sentences(document: Document) -> list[str]:
    return [one for text in texts(document) for one in re.split(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚ¿«“])", text)]


def test_both_languages_give_the_same_numbers_block_by_block(stories: dict[str, Document]) -> None:
    english, spanish = stories["en"].blocks, stories["es"].blocks
    assert [type(block) for block in english] == [type(block) for block in spanish]
    for ours, theirs in zip(english, spanish, strict=True):
        assert numbers(" ".join(block_texts(ours))) == numbers(" ".join(block_texts(theirs)))
    assert numbers(stories["en"].title) == numbers(stories["es"].title)
    assert numbers(stories["en"].subtitle) == numbers(stories["es"].subtitle)


def test_the_first_box_gives_the_counts_and_the_change_of_the_facts(facts: Facts, stories: dict[str, Document]) -> None:
    pair = facts.check.own.pair
    for lang in wording.LANGUAGES:
        lead = " ".join(block_texts(stories[lang].blocks[0]))
        for number in (wording.whole(pair.baseline.value), wording.whole(pair.window.value)):
            assert number in lead
        assert wording.percent(facts.check.observed_pct, lang) in lead


def test_every_break_is_given_with_its_ratio_and_interval(facts: Facts, stories: dict[str, Document]) -> None:
    for lang in wording.LANGUAGES:
        text = " ".join(texts(stories[lang]))
        for fit in (fit for broken in facts.breaks for fit in broken.fits):
            given = [wording.decimal(one, 2) for one in (fit.rate_ratio, fit.rate_ratio_low, fit.rate_ratio_high)]
            assert all(number in text for number in given)
            assert wording.day(fit.start, lang) in text


def test_the_contested_break_is_given_for_each_of_its_dates(facts: Facts) -> None:
    starts = [fit.start.isoformat() for fit in break_at(facts, "2019-06").fits]
    assert starts == ["2019-06-01", "2019-06-20", "2019-07-01"]
    assert len(break_at(facts, "2012-03").fits) == 1


def test_what_is_alleged_is_attributed_in_every_sentence(stories: dict[str, Document]) -> None:
    alleging = [one for story in stories.values() for one in sentences(story) if ALLEGED.search(one)]
    assert len(alleging) > 4
    assert [one for one in alleging if not ATTRIBUTED.search(one)] == []


def test_no_sentence_claims_proof_or_cause(stories: dict[str, Document]) -> None:
    assert [one for story in stories.values() for one in sentences(story) if OVERSTATED.search(one)] == []


def test_no_placeholder_is_left_unfilled(stories: dict[str, Document]) -> None:
    assert [text for story in stories.values() for text in texts(story) if "{" in text or "}" in text] == []


def test_every_letter_has_a_glyph_in_our_fonts(stories: dict[str, Document]) -> None:
    known = set(FT2Font(str(FONT_FOLDER / "SourceSans3-Regular.ttf")).get_charmap())
    used = {letter for story in stories.values() for text in texts(story) for letter in text}
    assert {letter for letter in used if ord(letter) not in known} == set()


def test_spanish_percentages_have_their_space_and_english_ones_none(stories: dict[str, Document]) -> None:
    own = {
        lang: " ".join(text for text in texts(story) if text not in titles(story)) for lang, story in stories.items()
    }
    assert re.search(r"\d%", own["es"]) is None
    assert re.search(r"\d\s%", own["en"]) is None


def test_pictures_come_with_the_text_of_their_language(stories: dict[str, Document], charts: dict[str, Chart]) -> None:
    for lang in wording.LANGUAGES:
        pictures = [block for block in stories[lang].blocks if isinstance(block, Picture)]
        assert [picture.alt for picture in pictures] == [charts[name].alt[lang] for name in charts]
        assert all(f".{lang}.svg" in picture.file for picture in pictures)


def test_every_figure_that_enters_is_listed_with_its_document(facts: Facts, stories: dict[str, Document]) -> None:
    text = " ".join(texts(stories["en"]))
    assert all(figure_id in text for figure_id in facts.figures)
    used = {figure_id for one in facts.chain for figure_id in re.findall(r"F\d+", one.arithmetic)}
    assert used <= set(facts.figures)


def with_errors(facts: Facts, errors: str) -> Facts:
    """Refit every break with other errors, and leave out the chapters whose models are their own."""

    def refit(fit: BreakFit) -> BreakFit:
        design = fit.result.frame.design
        model = InterruptedTimeSeries(list(design.interventions), harmonics=1, errors=errors)
        result = model.fit(facts.chain, window=fit.result.window)
        return replace(fit, result=result, whole=result.counterfactual(fit.term))

    def change(broken: BreakFacts) -> BreakFacts:
        return replace(broken, fits=tuple(refit(fit) for fit in broken.fits))

    breaks = tuple(change(broken) for broken in facts.breaks)
    return replace(facts, breaks=breaks, fall=None, episodes=None, evidence=None, outlook=None, choices=None)


@pytest.mark.parametrize(("errors", "says_95"), [("iid", False), ("newey-west", True)])
def test_intervals_are_called_95_only_where_the_fit_allows_for_serial_correlation(
    facts: Facts, errors: str, says_95: bool
) -> None:
    other = with_errors(facts, errors)
    charts = charts_of(other, wording.LANGUAGES)
    english, spanish = (" ".join(texts(tell_story(other, charts, lang))) for lang in wording.LANGUAGES)
    fit = other.breaks[0].primary
    low, high = (wording.decimal(one, 2) for one in (fit.rate_ratio_low, fit.rate_ratio_high))
    assert interval(fit.result, low, high, "en") in english
    assert ("95% interval" in english) is says_95
    assert ("intervalo del 95" in spanish.lower()) is says_95
    assert (f"{high}, not adjusted for serial correlation" in english) is not says_95
    assert ("How sure one may be of the breaks." in english) is not says_95


@pytest.mark.parametrize(
    ("kind", "said"),
    [("rho-limit", "at its limit of 0.95"), ("rho-zero", "no correlation from month to month is seen")],
)
def test_a_correlation_at_an_end_of_its_range_is_said_with_its_date(facts: Facts, kind: str, said: str) -> None:
    estimate = facts.breaks[0].primary.result.estimate
    at_edge = replace(estimate, ar1=replace(estimate.ar1, boundary=kind), nuisance={**estimate.nuisance, "rho": 0.95})
    inside = replace(estimate, ar1=replace(estimate.ar1, boundary="none"))

    def text(changed: Estimate) -> str:
        fit = facts.breaks[0].primary
        broken = replace(facts.breaks[0], fits=(replace(fit, result=replace(fit.result, estimate=changed)),))
        other = replace(facts, breaks=(broken,))
        return " ".join(texts(tell_story(other, charts_of(other, wording.LANGUAGES), "en")))

    assert "With the step on 1\u00a0March 2012, " in text(at_edge)
    assert said in text(at_edge)
    assert said not in text(inside)


def test_a_trend_that_runs_past_twelve_months_stands_beside_one_that_stops(
    facts: Facts, stories: dict[str, Document]
) -> None:
    frozen = [one.primary.whole.frozen_trend for one in facts.breaks]
    assert all(one is not None for one in frozen)
    text = " ".join(texts(stories["es"]))
    assert all(f"se esperarían {wording.whole(one.expected)}" in text for one in frozen if one is not None)


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_verdict_is_worded_with_the_same_numbers_in_both_languages(
    facts: Facts, charts: dict[str, Chart], verdict: Verdict
) -> None:
    other = replace(facts, check=replace(facts.check, verdict=verdict))
    english, spanish = (tell_answer(other, charts, lang)[0] for lang in wording.LANGUAGES)
    assert isinstance(english, Box)
    assert isinstance(spanish, Box)
    assert numbers(english.lead) == numbers(spanish.lead)
    assert ("1,576" in english.lead) is (verdict != "cannot tell")


def test_the_trend_is_called_a_rise_or_a_fall_by_its_sign(facts: Facts, stories: dict[str, Document]) -> None:
    text = " ".join(texts(stories["en"]))
    for fit in (broken.primary for broken in facts.breaks):
        word = "rise" if fit.trend_pct >= 0 else "fall"
        assert f"is a {word} by {wording.percent(abs(fit.trend_pct), 'en')} a month" in text


def test_the_make_up_of_the_series_is_counted_from_its_windows(facts: Facts, stories: dict[str, Document]) -> None:
    statuses = [one.status for one in facts.timeline]
    derived, digitised = statuses.count("derived"), statuses.count("digitised")
    said = (
        f"{derived} of the {len(statuses)} counts are differences between published totals, and {digitised} were read"
    )
    assert said in " ".join(texts(stories["en"]))


def test_the_published_ratios_keep_the_order_of_the_abstract(stories: dict[str, Document]) -> None:
    # Katz et al. 2016: models "with and without additional control variables" give 0.55 and 0.61, "respectively".
    said = "the study's 0.55 comes from a model with further control variables and 0.61 from one without"
    assert said in " ".join(texts(stories["en"]))
