"""By hand and by the tables: what the answers to questions say, in both languages with the same numbers."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import violence_stats as vs
from tests.quoting import both
from violence_stats.ledger.records import Words
from violence_stats.questions.episode_measure import EpisodeMeasure
from violence_stats.questions.episodes import Episodes
from violence_stats.questions.evidence import Evidence
from violence_stats.questions.evidence_words import tell_sides
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.questions.outlook import Outlook
from violence_stats.questions.outlook_words import tell_better_path
from violence_stats.questions.signature import Measured, not_applicable


@pytest.fixture(scope="module")
def episodes(eland: Path) -> Episodes:
    return vs.measure_episodes(eland)


@pytest.fixture(scope="module")
def outlook() -> Outlook:
    return vs.look_ahead("2019-06", as_of="2020-09-30", until="2022-12")


@pytest.fixture(scope="module")
def evidence(eland: Path) -> Evidence:
    return vs.weigh_evidence("2004-01", as_of="2011-12-31", case=eland)


@pytest.fixture(scope="module")
def fall() -> FallDecomposition:
    return vs.decompose_fall("SLV", choices=vs.FallChoices(pre_starts=["2016-04", "2017-04"]))


def measured(value: float, low: float, high: float) -> Measured:
    return Measured(value=value, low=low, high=high, unit="share of the fall undone")


def with_undone(one: EpisodeMeasure, number: Measured) -> EpisodeMeasure:
    return replace(one, persistence=replace(one.persistence, number=number))


def test_an_episode_says_size_speed_and_what_was_undone(episodes: Episodes) -> None:
    one = episodes.measures[0]
    english, spanish = both(one.sentence)
    assert one.size is not None
    assert f"{100 * -math.expm1(one.size.value):.0f}% lower (95% interval" in english
    assert ": in 2004, the level of deaths in EEE was " in english
    assert one.onset.number is not None
    assert f"80% of the fall came within {one.onset.number.value:.1f} months (95% interval" in english
    assert "el 80 % de la caída llegó en" in spanish
    assert english.endswith("The counts do not say why.")


@pytest.mark.parametrize(
    ("number", "en", "es"),
    [
        (measured(0.6, 0.2, 0.9), "60% of the fall was undone", "60 % de la caída se deshizo"),
        (measured(0.6, -0.2, 0.9), "cannot tell whether any of it was undone", "no permiten saber si algo de ella"),
        (measured(-0.4, -0.9, -0.1), "not undone but went further: −40%", "no se deshizo, sino que siguió: −40 %"),
    ],
)
def test_a_share_undone_is_told_as_far_as_its_interval_allows(
    episodes: Episodes, number: Measured, en: str, es: str
) -> None:
    english, spanish = both(with_undone(episodes.measures[0], number).sentence)
    assert en in english
    assert es in spanish


def test_what_cannot_be_measured_of_an_episode_says_why(episodes: Episodes) -> None:
    one = episodes.measures[0]
    reason = Words(en="too little is known", es="se conoce muy poco")
    blind = replace(
        one,
        size=None,
        onset=not_applicable(one.onset.signature, reason),
        persistence=not_applicable(one.persistence.signature, reason),
    )
    english, spanish = both(blind.sentence)
    assert "the counts cannot tell how far the level of deaths in EEE changed" in english
    assert english.count("too little is known") == 2
    assert spanish.count("se conoce muy poco") == 2
    open_ended = replace(one.onset, number=Measured(value=2.0, low=0.5, high=math.inf, unit="months"))
    assert "(95% interval 0.5 or more)" in replace(one, onset=open_ended).sentence()


def test_an_episode_that_did_not_fall_clearly_cannot_be_told(episodes: Episodes) -> None:
    size = Measured(value=-0.1, low=-0.4, high=0.2, unit="log rate ratio")
    english, spanish = both(replace(episodes.measures[0], size=size).sentence)
    assert "cannot be told from no change" in english
    assert "no se distingue de la ausencia de cambio" in spanish


def test_all_episodes_are_said_once_each(episodes: Episodes) -> None:
    english, spanish = both(episodes.sentence)
    assert english.count("80% of the fall") == sum(one.is_primary for one in episodes.measures) == 2
    assert english.count("The counts do not say why.") == 1
    dated = replace(episodes, as_of=episodes.measures[0].data.last)
    assert both(dated.sentence)[0].startswith("As known on ")
    assert spanish.endswith("Los conteos no dicen por qué.")


def test_the_evidence_says_its_reading_its_rule_and_its_sides(evidence: Evidence) -> None:
    english, spanish = both(evidence.sentence)
    assert english.startswith("As known on 31 December 2011. ")
    assert f"the rules read “favours a pact”, because {evidence.rule}." in english
    assert "For a pact: " in english
    assert english.endswith("it says what these rules make of what was counted.")
    assert "las reglas leen «favorece un pacto»" in spanish


def test_a_block_on_both_sides_stands_on_both_and_one_without_a_vote_on_neither() -> None:
    said = tell_sides({"count shape": "both", "neighbours": "pact", "bound": "pact", "geography": "none"}, "en")
    assert said == "For a pact: shape of the counts and neighbours. For policing: shape of the counts."
    assert tell_sides({}, "es") == "A favor de un pacto: nada. A favor de la labor policial: nada."


def test_the_outlook_says_which_path_fared_better_and_what_its_name_is_not(outlook: Outlook) -> None:
    english, spanish = both(outlook.sentence)
    assert english.startswith(
        "Looking ahead from 30 September 2020, with what was known then: what came lay nearer to "
    )
    assert "“the level lasts” than to the path “as after the truce of 2012”" in english
    assert "up to the next episode (state of exception)" in english
    for path, group in outlook.windows.groupby("path"):
        inside = int(((group["observed"] >= group["low"]) & (group["observed"] <= group["high"])).sum())
        assert f"held {inside} of {len(group)} windows" in english, path
    assert "no de causas" in spanish


def test_paths_that_fare_alike_are_a_tie() -> None:
    # log 3 = 1.0986: a hair less is a tie, a hair more is not
    scores = pd.DataFrame({"before_next": [-10.0, -11.09], "all": [-12.0, -15.0]}, index=["pact", "policing"])
    pact = Words(en="the truce", es="la tregua")
    assert tell_better_path(scores, pact, None, "en") == "Neither path fared clearly better."
    apart = scores.assign(before_next=[-10.0, -11.1])
    assert tell_better_path(apart, pact, None, "en").startswith("What came lay nearer to")
    other = scores.assign(before_next=[-10.0, -20.0])
    assert tell_better_path(other, pact, None, "es") == (
        "Lo que vino quedó más cerca del camino «como después de la tregua» que del camino «el nivel se mantiene»."
    )


def test_a_fall_says_ranges_over_models_and_how_unsure_single_ones_are(fall: FallDecomposition) -> None:
    english, spanish = both(fall.sentence)
    trend, own = (fall.ranges.loc[part, ["share_pct_low", "share_pct_high"]] for part in ("prior trend", "2019-06"))
    assert "(1,576 to 589)" in english
    assert (
        f"The trend from before makes up between {trend.iloc[0]:.0f}% and {trend.iloc[1]:.0f}% of the fall" in english
    )
    assert f"what came with June 2019 between {own.iloc[0]:.0f}% and {own.iloc[1]:.0f}%" in english
    assert f"ranges over {fall.n_specifications} models, no intervals" in english
    edges = 100 * fall.ranges.loc["2019-06", ["interval_low", "interval_high"]] / fall.primary.log_ratio
    low, high = (f"{edge:.0f}%".replace("-", "−") for edge in sorted(edges))
    assert f"the 95% intervals of single models for June 2019 reach from {low} to {high}." in english
    assert spanish.endswith("Nada de esto dice por qué.")
    assert english.startswith("In the first half of 2020")


def test_a_fall_says_by_which_day_it_was_known_and_the_day_of_its_event() -> None:
    few = vs.FallChoices(pre_starts=["2015-04"], n_draws=100)
    then = vs.decompose_fall(
        "SLV", event="2016-03", window="2018-H1", baseline="2015-H2", as_of="2020-09-30", choices=few
    )
    english, spanish = both(then.sentence)
    assert english.startswith("As known on 30 September 2020. In the first half of 2018")
    assert then.primary.sentence("en").startswith("As known on 30 September 2020. In the first half of 2018")
    assert "what came with 26 March 2016 between" in english
    assert "lo que llegó con el 26 de marzo de 2016" in spanish
    assert "para el 26 de marzo de 2016" in spanish


def test_windows_are_compared_here_and_beside_elsewhere() -> None:
    compared = vs.compare_windows(vs.load_homicides("SLV"), window="2020-H1", baseline="2019-H1")
    english, spanish = both(compared.sentence)
    own, together = compared.treated.ratio, compared.together
    assert together is not None
    assert f"the count in El Salvador was {-own.change_pct:.0f}% lower" in english
    assert f"the count in El Salvador was {-together.change_pct:.0f}% lower" in english
    assert "Set beside Guatemala, Honduras, Colombia and Mexico" in english
    assert "(1,576 to 589)" in english
    assert "Junto a Guatemala, Honduras, Colombia y México" in spanish


def test_series_of_ones_own_are_compared_by_the_names_they_were_given() -> None:
    index = pd.period_range("2001-01", periods=24, freq="M")
    here, there = pd.Series([10] * 12 + [11] * 12, index=index), pd.Series([20] * 24, index=index)
    compared = vs.compare_windows(here, window="2002", baseline="2001", controls={"Freedonia": there}, dispersion=1.0)
    english, spanish = both(compared.sentence)
    assert english.startswith("In 2002, a change in the count cannot be told from no change")
    assert "Set beside Freedonia, a change in the count cannot be told from no change" in english
    assert "no se distingue de la ausencia de cambio" in spanish


def test_a_case_from_a_folder_lends_its_names_where_it_is_given(eland: Path, episodes: Episodes) -> None:
    fit = vs.InterruptedTimeSeries([vs.Step("2004-01")], trend=None, errors="iid").fit(
        vs.load_homicides(eland), window=("2003-01", "2004-12")
    )
    said = fit.sentence("es", case=eland)
    assert said.startswith("Desde enero de 2004 (un pacto), ")
    assert fit.sentence("es").startswith("Desde enero de 2004, ")
    assert "(un pacto)" in fit.counterfactual("2004-01").sentence("es", case=eland)
    assert "(un pacto)" in fit.decompose("2003-H1", "2004-H1").sentence("es", case=eland)
    one = episodes.measures[0]
    elsewhere = replace(one.data.series, measure="homicides", country="SLV", case_id=None)
    moved = replace(one, data=replace(one.data, series=elsewhere))
    assert "el nivel de homicides en SLV" in moved.sentence("es")
    assert "el nivel de homicidios en El Salvador" in moved.sentence("es", case="SLV")


def test_falls_and_episodes_keep_the_names_of_their_case(fall: FallDecomposition, episodes: Episodes) -> None:
    nameless = replace(fall.primary.series, case_id=None)
    assert "homicidios en El Salvador" in replace(fall, primary=replace(fall.primary, series=nameless)).sentence("es")
    one = episodes.measures[0]
    moved = replace(one, data=replace(one.data, series=nameless))
    assert "homicidios en El Salvador" in replace(episodes, case=fall.case, measures=(moved,)).sentence("es")


def test_what_rests_on_an_earlier_vintage_says_so() -> None:
    then = vs.load_homicides("SLV", as_of="2020-09-30")
    fit = vs.InterruptedTimeSeries([vs.Step("2019-06")], errors="iid").fit(then, window=("2016-04", "2020-06"))
    told = (
        fit.sentence("es"),
        fit.counterfactual("2019-06").sentence("es"),
        vs.sup_f(then, window=("2016-04", "2020-06")).sentence("es"),
        vs.find_breaks(then, window=("2016-04", "2020-06"), options=vs.BreakOptions(n_replicates=99)).sentence("es"),
    )
    assert {one.split(". ")[0] for one in told} == {"Según lo que se sabía el 30 de septiembre de 2020"}
