"""By hand: each chapter's sentences and tables, against the results that they are taken from, in both languages."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

import violence_stats as vs
from tests.report.reading import block_texts, texts
from violence_stats import wording
from violence_stats.charts.evidence_words import number_words, reading_words
from violence_stats.ledger.records import Language, Words
from violence_stats.questions import rules
from violence_stats.questions.evidence_worlds import NOISES, WORLDS
from violence_stats.questions.signature import Measured
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Document, Paragraph, Table
from violence_stats.report.evidence_facts import set_side_by_side
from violence_stats.report.headline import headline_numbers
from violence_stats.report.omitted import Chapter, Omitted
from violence_stats.report.pictures import Chart, charts_of
from violence_stats.report.story import tell_story
from violence_stats.report.story.choices import tell_choices
from violence_stats.report.story.counting import tell_counting
from violence_stats.report.story.episodes import common, tell_episodes
from violence_stats.report.story.error_rates import NOISE_NAMES, WORLD_NAMES
from violence_stats.report.story.evidence import tell_evidence_rows
from violence_stats.report.story.evidence_margins import is_thin
from violence_stats.report.story.fall import tell_fall
from violence_stats.report.story.outlook import chance_words, tell_outlook
from violence_stats.robustness.curve_fits import DID_NOT_COME_OUT, TOO_SHORT

PARTS: dict[Chapter, str] = {name: name for name in ("fall", "episodes", "evidence", "outlook", "choices")}
Teller = Callable[[Facts, dict[str, Chart], Language], tuple[Block, ...]]


@pytest.fixture(scope="module")
def tell(facts: Facts, charts: dict[str, Chart]) -> Callable[[Teller, Language], str]:
    """Give a chapter's whole text, no-break spaces as spaces."""

    def told(teller: Teller, lang: Language) -> str:
        blocks = teller(facts, charts, lang)
        return " ".join(text for block in blocks for text in block_texts(block)).replace(wording.NO_BREAK, " ")

    return told


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_the_headline_of_the_fall_is_the_range_over_models(
    facts: Facts, tell: Callable[[Teller, Language], str], lang: Language
) -> None:
    assert facts.fall is not None
    ranges, said = facts.fall.now.ranges, tell(tell_fall, lang)
    for part in ("prior trend", facts.fall.now.event, "remainder"):
        low, high = (f"{ranges.loc[part, f'share_pct_{end}']:.0f}" for end in ("low", "high"))
        assert low in said
        assert high in said
    assert str(facts.fall.now.n_specifications) in said
    assert "1,576" in said
    assert "589" in said


def test_an_event_inside_a_month_is_named_by_its_day_with_its_article(facts: Facts, charts: dict[str, Chart]) -> None:
    assert facts.fall is not None
    few = vs.FallChoices(pre_starts=["2015-04"], n_draws=100)
    inside = vs.decompose_fall("SLV", event="2016-03", window="2018-H1", baseline="2016-H1", choices=few)
    other = replace(facts, fall=replace(facts.fall, now=inside))
    blocks = tell_fall(other, charts, "es")
    said = " ".join(text for block in blocks for text in block_texts(block)).replace(wording.NO_BREAK, " ")
    assert "lo que llegó con el 26 de marzo de 2016" in said
    assert "el cambio del 26 de marzo de 2016" in said
    assert "la parte del 26 de marzo de 2016" in said
    assert " de el " not in said


def test_what_was_known_earlier_is_told_with_its_own_count(
    facts: Facts, tell: Callable[[Teller, Language], str]
) -> None:
    assert facts.fall is not None
    assert facts.fall.then is not None
    said = tell(tell_fall, "en")
    assert f"the second count was {facts.fall.then.primary.observed:.0f}" in said
    assert "Colombia and Mexico" in said


def test_the_worst_way_of_counting_bounds_the_fall(facts: Facts, tell: Callable[[Teller, Language], str]) -> None:
    assert facts.fall is not None
    assert facts.fall.counting is not None
    worst = facts.fall.counting.worst
    # 39 of 231: the later count would be 589 / (1 - 39 / 231) = 708.6 against 1,576
    assert worst is not None
    assert (worst.largest.left_out, worst.largest.counted) == (39, 231)
    assert f"{100 * (589 / (1 - 39 / 231) / 1576 - 1):.1f}".replace("-", wording.MINUS) in tell(tell_fall, "en")


@pytest.mark.parametrize(("lang", "side"), [("en", "the earlier count left out"), ("es", "el conteo anterior dejó")])
def test_a_rise_is_bounded_on_its_other_side(facts: Facts, lang: Language, side: str) -> None:
    assert facts.fall is not None
    assert facts.fall.counting is not None
    fall = facts.fall.counting
    rise = replace(fall, observed=fall.observed_baseline, observed_baseline=fall.observed)
    said = [block.sentences[0] for block in tell_counting(rise, lang) if isinstance(block, Paragraph)]
    assert side in said[0]


def test_shares_left_out_are_given_with_their_spans(tell: Callable[[Teller, Language], str]) -> None:
    # of the whole years 193 of 2,383 in 2019 is the largest share, 8.1%; 40 of 194 in 2023 are 20.6%
    assert "8.1%: 193 of 2,383 in 2019" in tell(tell_fall, "en")
    assert "20.6%: 40 of 194 in 2023" in tell(tell_episodes, "en")


def test_values_that_lie_in_every_interval_are_common() -> None:
    # by hand: [0, 3] and [1, 5] share 1 to 3; [0, 1] and [2, 3] share nothing; an open end bounds nothing
    def span(low: float, high: float) -> Measured:
        return Measured(value=low, low=low, high=high, unit="months")

    assert common([span(0, 3), span(1, 5)]) == (1, 3)
    assert common([span(0, 1), span(2, 3)]) is None
    assert common([span(0, math.inf)]) is None
    assert common([]) is None


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_each_episode_is_given_with_size_onset_and_share_undone(
    facts: Facts, tell: Callable[[Teller, Language], str], lang: Language
) -> None:
    assert facts.episodes is not None
    said = tell(tell_episodes, lang)
    for one in facts.episodes.measures:
        if one.is_primary or one.data.kind == "contested":
            assert one.size is not None
            assert f"{math.exp(one.size.value):.2f} ({math.exp(one.size.low):.2f}" in said
            assert one.onset.number is not None
            assert f"{one.onset.number.value:.1f} ({one.onset.number.low:.1f}" in said


def test_one_episode_alone_is_not_set_side_by_side(facts: Facts) -> None:
    assert facts.episodes is not None
    assert set_side_by_side(facts.episodes) is facts.episodes
    first = facts.episodes.measures[0].data.id
    alone = tuple(one for one in facts.episodes.measures if one.data.id == first)
    left_out = set_side_by_side(replace(facts.episodes, measures=alone))
    assert isinstance(left_out, Omitted)
    assert left_out.chapter == "episodes"


def test_episodes_whose_shapes_differ_are_not_called_alike(facts: Facts, charts: dict[str, Chart]) -> None:
    assert facts.episodes is not None
    first, *others = facts.episodes.measures
    late = replace(first, onset=replace(first.onset, number=Measured(value=20, low=18, high=22, unit="months")))
    apart = replace(facts, episodes=replace(facts.episodes, measures=(late, *others)))
    said = " ".join(text for block in tell_episodes(apart, charts, "en") for text in block_texts(block))
    assert "no single onset lies in the intervals" in said
    assert "does not tell the episodes apart" not in said


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_the_evidence_gives_reading_rule_and_every_vote(
    facts: Facts, tell: Callable[[Teller, Language], str], lang: Language
) -> None:
    assert facts.evidence is not None
    weighed, said = facts.evidence.now, tell(tell_evidence_rows, lang)
    assert weighed.rule_words[lang] in said
    assert reading_words(weighed.reading, lang) in said
    for one in weighed.sanity:
        assert reading_words(one.verdict.reading, lang).lower() in said.lower()
    for share in ("15", "37", "85"):  # right where a pact does as predicted; worst case; before a block is left out
        assert f"{share}%" in said.replace(" %", "%")


def test_the_margin_of_other_crime_is_printed_so_that_it_differs_from_its_limit(
    facts: Facts, tell: Callable[[Teller, Language], str]
) -> None:
    assert facts.evidence is not None
    row = next(one for one in facts.evidence.now.rows if one.signature.id == "specificity")
    high = math.exp(dict(row.details)["gap, net"].high)
    assert row.reading == "favours pact"
    assert 0.999 < high < 1
    assert f"to {high:.4f}); the rule asks for an upper end below 1." in tell(tell_evidence_rows, "en")


def test_thin_margins_are_named_beside_the_reading_on_the_first_page(
    facts: Facts, stories: dict[str, Document]
) -> None:
    assert facts.evidence is not None
    assert is_thin(facts.evidence)
    first_page = " ".join(text for block in stories["en"].blocks[:4] for text in block_texts(block))
    assert "What speaks for a side rests on thin margins." in first_page
    rows = [replace(row, ruling=replace(rules.read_counting())) for row in facts.evidence.now.rows]
    silent = replace(facts.evidence.now, episode=replace(facts.evidence.now.episode, rows=tuple(rows)))
    assert not is_thin(replace(facts.evidence, now=silent))


def test_enforcement_says_how_much_of_it_the_lockdown_holds(tell: Callable[[Teller, Language], str]) -> None:
    # 21 March to 13 June 2020 are 11 + 30 + 31 + 13 days, of a leap year
    said = tell(tell_evidence_rows, "en")
    assert f"the lockdown ({11 + 30 + 31 + 13} of 366 days)" in said
    assert "2 of 2 measures that vote" in said


def test_the_spanish_report_prints_no_english_basis(facts: Facts, stories: dict[str, Document]) -> None:
    assert facts.evidence is not None
    spanish = " ".join(texts(stories["es"]))
    bases = [row.basis for row in facts.evidence.now.rows if row.basis]
    assert len(bases) > 5
    assert [basis for basis in bases if basis in spanish] == []
    assert "Priority municipalities" not in spanish


def test_every_simulated_world_has_a_name_in_both_languages() -> None:
    assert set(WORLD_NAMES) == {one.name for one in WORLDS}
    assert set(NOISE_NAMES) == {one.name for one in NOISES}


def test_a_misread_episode_is_said_to_silence_the_reading(facts: Facts, charts: dict[str, Chart]) -> None:
    assert facts.evidence is not None
    first, *others = facts.evidence.now.sanity
    assert first.kind == "pact"
    wrong = replace(first, verdict=replace(first.verdict, reading="favours policing"))
    now = replace(facts.evidence.now, sanity=(wrong, *others))
    misread = replace(facts, evidence=replace(facts.evidence, now=now))
    said = " ".join(text for block in tell_evidence_rows(misread, charts, "en") for text in block_texts(block))
    assert rules.SANITY_FAILED["en"] in said
    assert "Since an episode of known nature is misread" in said


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_the_outlook_gives_the_scores_of_both_paths(
    facts: Facts, tell: Callable[[Teller, Language], str], lang: Language
) -> None:
    assert facts.outlook is not None
    said = tell(tell_outlook, lang)
    for score in facts.outlook.scores()[["all", "before_next", "same_definition"]].to_numpy().ravel():
        assert f"{score:.1f}".replace("-", wording.MINUS) in said
    assert "87" in said


def test_the_path_that_scored_better_is_named_first(facts: Facts, tell: Callable[[Teller, Language], str]) -> None:
    assert facts.outlook is not None
    scores = facts.outlook.scores()
    assert scores.loc["policing", "before_next"] > scores.loc["pact", "before_next"]
    assert "nearer to the path “the level lasts” than to the path “as after the truce" in tell(tell_outlook, "en")


@pytest.mark.parametrize(
    ("chance", "said"), [(1.0, "100%"), (0.83, "83%"), (0.0546, "5.5%"), (0.00091, "0.091%"), (4e-8, "under 0.001%")]
)
def test_chances_keep_two_digits_and_no_false_precision(chance: float, said: str) -> None:
    assert chance_words(chance, "en") == said


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_the_choices_give_shares_range_ranks_and_power(
    facts: Facts, tell: Callable[[Teller, Language], str], lang: Language
) -> None:
    found = facts.choices
    assert found is not None
    assert found.curve.n_specifications >= 1_000
    said = tell(tell_choices, lang)
    for number in (found.curve.spread["lowest"], found.curve.spread["highest"], found.curve.spread["median"]):
        assert f"{number:.2f}" in said
    assert f"{found.curve.n_specifications:,}" in said
    assert len(found.placebos) == len(found.broken.fits)
    assert all(f"{one.rank} {'of' if lang == 'en' else 'de'} {one.n_placebos + 1}" in said for _, one in found.placebos)
    assert found.power is not None
    assert f"{found.power.smallest.change_pct:.0f}".replace("-", wording.MINUS) in said


def test_models_that_disagree_on_the_sign_are_not_called_by_the_more_frequent_one(
    facts: Facts, charts: dict[str, Chart]
) -> None:
    assert facts.choices is not None
    table = facts.choices.curve.table.copy()
    quarter = table.index[: round(len(table) / 4)]
    table.loc[quarter, ["estimate", "ci_low", "ci_high"]] = [0.1, -0.1, 0.3]
    curve = replace(facts.choices.curve, table=table)
    both = replace(facts, choices=replace(facts.choices, curve=curve))
    said = " ".join(text for block in tell_choices(both, charts, "en") for text in block_texts(block))
    assert "75% see a fall and 25% a rise; " in said
    assert "on that of a rise in 0%." in said


@pytest.mark.parametrize(
    ("n", "said"),
    [
        ((9, 8), "17 more combinations could not be fitted, most of them because a publisher's counts"),
        ((8, 9), "most of them because the estimates did not settle."),
        ((9, 9), "18 more combinations could not be fitted. "),
    ],
)
def test_the_reason_of_most_that_could_not_be_fitted_is_given(
    facts: Facts, charts: dict[str, Chart], n: tuple[int, int], said: str
) -> None:
    assert facts.choices is not None
    not_run = pd.DataFrame({"reason": [TOO_SHORT, DID_NOT_COME_OUT], "n_specifications": n, "example": ""})
    curve = replace(facts.choices.curve, not_run=not_run)
    other = replace(facts, choices=replace(facts.choices, curve=curve))
    told = " ".join(text for block in tell_choices(other, charts, "en") for text in block_texts(block))
    assert said in f"{told} "


@pytest.mark.parametrize("part", PARTS)
def test_a_chapter_without_its_part_is_left_out_and_the_reason_given(facts: Facts, part: Chapter) -> None:
    reason = Words(en="nobody counted it", es="nadie lo contó")
    bare = replace(facts, **{part: None}, omitted=(Omitted(chapter=part, reason=reason),))
    charts = charts_of(bare, wording.LANGUAGES)
    assert part not in charts
    for lang in wording.LANGUAGES:
        said = " ".join(texts(tell_story(bare, charts, lang)))
        assert reason[lang] in said
        assert "{" not in said
    assert headline_numbers(bare)[part] is None
    assert headline_numbers(bare)["left_out"] == [part]


def test_a_case_with_none_of_them_still_makes_a_report(facts: Facts) -> None:
    bare = replace(facts, **dict.fromkeys(PARTS))
    charts = charts_of(bare, wording.LANGUAGES)
    english, spanish = (tell_story(bare, charts, lang) for lang in wording.LANGUAGES)
    assert [type(block) for block in english.blocks] == [type(block) for block in spanish.blocks]
    assert "Shapley" not in " ".join(texts(english))


def test_the_headline_holds_what_the_chapters_say(facts: Facts) -> None:
    numbers = json.loads(json.dumps(headline_numbers(facts)))
    assert facts.evidence is not None
    assert numbers["evidence"]["now"]["reading"] == facts.evidence.now.reading
    assert numbers["fall"]["share_pct"]["prior trend"] == [11, 59]
    assert numbers["episodes"]["truce-2012 2012-03-01"]["first_year"] == [0.51, 0.41, 0.62]
    assert set(numbers["outlook"]) == {"pact", "policing"}
    assert facts.choices is not None
    assert numbers["choices"]["models"] == facts.choices.curve.n_specifications > 4000
    assert numbers["left_out"] == []


def test_rows_are_worded_by_their_own_numbers(facts: Facts) -> None:
    assert facts.evidence is not None
    for row in facts.evidence.now.rows:
        assert (number_words(row, "es") == "") is (row.number is None)


def test_the_appendix_says_what_each_figure_counts_and_where(stories: dict[str, Document], facts: Facts) -> None:
    captions = {lang: [block.caption for block in stories[lang].blocks if isinstance(block, Table)] for lang in stories}
    assert "The figures: homicides, El Salvador" in captions["en"]
    assert "The figures: thefts, El Salvador" in captions["en"]
    assert "Las cifras: homicidios, Guatemala" in captions["es"]
    assert any(caption.endswith("where police were deployed") for caption in captions["en"])
    listed = [
        row[0] for block in stories["en"].blocks if isinstance(block, Table) and block.across == 2 for row in block.rows
    ]
    assert sorted(listed) == sorted(facts.figures)
    named = " ".join(text for block in stories["es"].blocks for text in block_texts(block))
    assert "INACIF" in named
