"""The report of a case that has no claim, no dated facts and one publisher: what it says, and what it leaves out.

Kinds of test: by hand (the second case that ships; its counts as its table gives them).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import violence_stats as vs
from tests.report.reading import texts
from violence_stats import wording
from violence_stats.report.content import Facts, gather_facts
from violence_stats.report.document import Document, Heading, Picture
from violence_stats.report.headline import headline_numbers
from violence_stats.report.pdf import write_pdf
from violence_stats.report.pictures import Chart, charts_of
from violence_stats.report.story import tell_story

OTHER_CASE = re.compile(
    r"salvador|gang|pandilla|truce|tregua|prosecutor|fiscal|bukele|el faro|\bPlan\b|excepci|exception|quarantine|"
    r"cuarentena|lockdown|\bPNC\b|\bIML\b|MS-13|pact\b|pacto",
    re.IGNORECASE,
)
"""What a report on another country has no reason to say."""


def words_of(story: Document) -> str:
    return " ".join(texts(story))


@pytest.fixture(scope="module")
def facts() -> Facts:
    return gather_facts("COL", lambda _step: None)


@pytest.fixture(scope="module")
def charts(facts: Facts) -> dict[str, Chart]:
    return charts_of(facts, wording.LANGUAGES)


@pytest.fixture(scope="module")
def stories(facts: Facts, charts: dict[str, Chart]) -> dict[str, Document]:
    return {lang: tell_story(facts, charts, lang) for lang in wording.LANGUAGES}


def test_nothing_of_the_first_case_is_said(stories: dict[str, Document]) -> None:
    for story in stories.values():
        assert OTHER_CASE.findall(words_of(story)) == []


def test_chapters_without_data_are_named_with_their_reasons(facts: Facts, stories: dict[str, Document]) -> None:
    assert {"claim", "episodes", "evidence", "outlook"} <= {one.chapter for one in facts.omitted}
    for lang, said in (
        ("en", "The claim: left out, because the case's register holds no claim with two windows and a percentage."),
        ("es", "Los episodios, uno junto a otro: se omite porque el caso no enumera episodios."),
    ):
        assert said in words_of(stories[lang])


def test_the_counts_come_first_where_no_claim_does(stories: dict[str, Document]) -> None:
    """By the table: 13,341 in 2024; 16,033 in 2012 and 12,079 in 2017 the most and the fewest."""
    english, spanish = (words_of(stories[lang]) for lang in ("en", "es"))
    assert stories["en"].title == "Homicides in Colombia: what the published counts show"
    assert "Homicides: 13,341 in 2024. Of the years 2008 to 2024, the highest is 2012, with 16,033" in english
    assert "el más bajo 2017, con 12,079" in spanish
    assert "204 figures from one document" in english
    assert "One publisher counts throughout: national police (PONAL)." in english


def test_each_picture_stands_once(stories: dict[str, Document]) -> None:
    pictures = [one.file for one in stories["en"].blocks if isinstance(one, Picture)]
    assert len(pictures) == len(set(pictures))
    assert pictures[0] == "charts/timeline.en.svg"


def test_the_month_under_test_is_called_that(stories: dict[str, Document]) -> None:
    headings = {lang: [one.text for one in stories[lang].blocks if isinstance(one, Heading)] for lang in stories}
    assert "March 2020: month under test" in headings["en"]
    assert "Marzo de 2020: mes bajo prueba" in headings["es"]


def test_its_headline_holds_no_claim(facts: Facts) -> None:
    held = headline_numbers(facts)
    assert held["claim"] is None
    assert held["series"]["annual_totals"]["2019"] == 12_656
    fit = held["breaks"]["2020-03"]["2020-03-01"]
    assert (fit["rate_ratio"], fit["rate_ratio_low"], fit["rate_ratio_high"]) == (0.95, 0.85, 1.06)


def test_it_is_typeset_in_both_languages(
    charts: dict[str, Chart], stories: dict[str, Document], tmp_path: Path
) -> None:
    for chart in charts.values():
        chart.write(tmp_path, wording.LANGUAGES)
    for lang, story in stories.items():
        write_pdf(story, tmp_path / f"{lang}.pdf", workplace=tmp_path)
        assert (tmp_path / f"{lang}.pdf").is_file()


def test_one_publisher_is_one_choice(facts: Facts) -> None:
    """The reference series is that publisher's: counted as another, each model would stand twice."""
    assert facts.choices is not None
    assert set(facts.choices.curve.to_frame()["publisher"]) == {"PONAL"}


CLAIM = """
[[claims]]
id = "one"
kind = "figure"
question = "claim"
reported_in = ["paper"]
window = "{window}"
baseline = "{baseline}"
claimed_pct = -10
text = {{ en = "Fewer.", es = "Menos." }}
made_by = {{ en = "the police", es = "la policía" }}
"""


@pytest.mark.parametrize(
    ("window", "baseline", "said"),
    [
        ("2024-02", "2024-01", None),
        ("2019", "2018", "the counts that are known do not make up the windows of the claim"),
    ],
)
def test_a_claim_on_windows_without_counts_is_left_out_with_that_reason(
    tmp_path: Path, window: str, baseline: str, said: str | None
) -> None:
    folder = vs.new_case(tmp_path / "my-case", country="HND").folder
    months = [
        vs.NewFigure(window=f"2024-{month:02d}", value=value, publisher="POL") for month, value in ((1, 20), (2, 18))
    ]
    vs.add_figures(folder, months, vs.NewSource(source_id="paper", title="A paper", date="2024-03"))
    with (folder / "claims.toml").open("a", encoding="utf-8") as stream:
        stream.write(CLAIM.format(window=window, baseline=baseline))
    facts = gather_facts(folder, lambda _step: None)
    reasons = [one.reason["en"] for one in facts.omitted if one.chapter == "claim"]
    assert reasons == ([] if said is None else [said])
    story = tell_story(facts, charts_of(facts, wording.LANGUAGES), "en")
    assert "the police" in words_of(story).lower()
