"""By hand: each row stands at the side that it takes, its number is that of the result, and both languages agree."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

import violence_stats as vs
from tests.charts.reading import words
from violence_stats.charts import evidence, style
from violence_stats.charts.evidence_words import NUMBERS, number_words, overall_words
from violence_stats.errors import SelectionError
from violence_stats.questions.evidence import Evidence, weigh_evidence
from violence_stats.questions.evidence_words import READINGS
from violence_stats.questions.signature import Measured

NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def weighed() -> Evidence:
    return weigh_evidence("2019-06")


def marks(found: Evidence) -> list[tuple[float, str]]:
    """Give place and shape of every mark, from the top down."""
    lines = [line for line in evidence.plot_evidence(found).lines if line.get_marker() in "Dsox"]
    return [(float(line.get_xdata()[0]), str(line.get_marker())) for line in lines]


def test_each_row_stands_at_the_side_that_it_takes(weighed: Evidence) -> None:
    places = {"favours pact": "pact", "favours policing": "policing"}
    expected = [evidence.PLACES[places.get(row.reading, "middle")] for row in weighed.rows]
    assert [x for x, _ in marks(weighed)][:-1] == expected
    assert "favours pact" in {row.reading for row in weighed.rows}


def test_shape_tells_the_readings_apart_without_colour(weighed: Evidence) -> None:
    shapes = {row.reading: shape for row, (_, shape) in zip(weighed.rows, marks(weighed), strict=False)}
    assert len(set(shapes.values())) == len(shapes) == 3


def test_a_mixed_reading_stands_on_both_sides(weighed: Evidence) -> None:
    verdict = replace(weighed.episode.verdict, reading="mixed")
    mixed = replace(weighed, episode=replace(weighed.episode, verdict=verdict))
    last = [line for line in evidence.plot_evidence(mixed).lines if line.get_marker() in "Dsox"][-1]
    assert list(last.get_xdata()) == [evidence.PLACES["pact"], evidence.PLACES["policing"]]


def test_log_ratios_are_written_as_ratios(weighed: Evidence) -> None:
    row = next(one for one in weighed.rows if one.signature.id == "specificity")
    assert row.number is not None
    ends = [f"{math.exp(end):.2f}" for end in (row.number.value, row.number.low, row.number.high)]
    assert NUMBER.findall(number_words(row, "en")) == ends
    assert NUMBER.findall(number_words(row, "es")) == ends


def test_an_interval_without_an_upper_end_says_so(weighed: Evidence) -> None:
    onset = replace(weighed.rows[0], number=Measured(value=1.7, low=0.0, high=math.inf, unit="months"))
    assert "no upper end" in number_words(onset, "en")
    assert "sin extremo superior" in number_words(onset, "es")


def test_every_signature_and_reading_has_words_in_both_languages(weighed: Evidence) -> None:
    for lang in ("en", "es"):
        assert {row.signature.id for row in weighed.rows} <= set(NUMBERS[lang])
        assert all(READINGS[one][lang] for one in ("favours pact", "favours policing", "mixed"))
    assert {row.reading for row in weighed.rows} <= set(READINGS)


def test_every_row_and_the_rule_stand_in_the_picture(weighed: Evidence) -> None:
    said = words(evidence.plot_evidence(weighed))
    for row in weighed.rows:
        assert row.why()[1:] in said
        assert number_words(row, "en") in said
    assert weighed.rule[1:] in said
    assert "Intervals are at 95%" in said


def test_blocks_are_parted_by_lines(weighed: Evidence) -> None:
    ax = evidence.plot_evidence(weighed)
    rules = [line for line in ax.lines if list(line.get_xdata()) == [0, 1] and line.get_color() == style.FAINT]
    assert len(rules) == len({row.signature.block for row in weighed.rows}) + 1


def test_the_description_holds_the_same_numbers_in_both_languages(weighed: Evidence) -> None:
    english, spanish = (evidence.describe_evidence(weighed, lang) for lang in ("en", "es"))
    assert sorted(NUMBER.findall(english)) == sorted(NUMBER.findall(spanish))
    assert overall_words(weighed, "es") in spanish


def test_what_was_known_on_a_day_is_named(weighed: Evidence) -> None:
    early = weigh_evidence("2012-03", as_of="2014-06-30")
    assert evidence.evidence_title(early, "en").endswith("as known on 30\u00a0June 2014")
    assert len(evidence.evidence_table(early)) == len(early.rows)


def test_an_unknown_language_is_refused(weighed: Evidence) -> None:
    with pytest.raises(SelectionError, match="'fr'"):
        evidence.plot_evidence(weighed, lang="fr")


@pytest.mark.parametrize(("lang", "said"), [("en", "Source: "), ("es", "Fuente: ")])
def test_the_source_line_names_who_counted(weighed: Evidence, lang: str, said: str) -> None:
    figures = vs.load_case().ledger.figures
    cited = {figures[one].publisher for row in weighed.rows for one in row.citations}
    source = words(evidence.plot_evidence(weighed, lang=lang)).split(said)[1]
    assert set(re.findall(r"[A-Z]{3,}", source)) >= cited - {"UNSTATED"}
    assert "UNSTATED" not in source
    nobody = replace(weighed, publishers=("UNSTATED",))
    assert said not in words(evidence.plot_evidence(nobody, lang=lang))
