"""The case that ships: totals as published, vintages by hand, settings and claims held to its tables."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest

import violence_stats as vs
from violence_stats.ledger.case import Case
from violence_stats.months import ONE_DAY


@pytest.fixture(scope="module")
def case() -> Case:
    return vs.load_case("SLV")


def test_it_goes_by_the_id_that_the_package_gives_it(case: Case) -> None:
    assert case.case_id == "SLV"
    assert case.claims


def test_the_chain_has_neither_gap_nor_overlap(case: Case) -> None:
    assert all(after.window.start == before.window.end + ONE_DAY for before, after in pairwise(case.chain))


@pytest.mark.parametrize(
    ("window", "total"),
    [
        ("2009", 4382),
        ("2010", 4004),
        ("2011", 4371),
        ("2012", 2594),
        ("2013", 2513),
        ("2014", 3933),
        ("2015", 6656),
        ("2016", 5280),
        ("2018", 3346),
        ("2020", 1341),
        ("2019-H1", 1576),
        ("2020-H1", 589),
    ],
)
def test_totals_as_published(case: Case, window: str, total: int) -> None:
    assert vs.load_homicides(case).total(window) == total


def test_the_first_half_of_2020_as_known_on_30_september(case: Case) -> None:
    series = vs.load_homicides(case, as_of="2020-09-30")
    # Read off figures.csv by hand. Chain figure and its date of report, then what was known on the day:
    # January   F1045 120, 2020-05-01: known
    # February  F1069 122, 2020-12-28: not yet. F1070 114 (2020-03-27), F1071 114 (05-01), F1072 122 (09-02): the last
    # March     F1077  65, 2020-04-01: known
    # April     F1084 145, 2020-10-12: not yet. F1083 142 (05-01)
    # May       F1096  65, 2020-10-12: not yet. F1094 64 (06-01), F1095 64 (08-05): the last
    # June      F1100  72, 2021-06-12: not yet. F1098 69 (08-05); F1099 69 came on 2020-10-12
    # 120 + 122 + 65 + 142 + 64 + 69 = 582
    half = series.between("2020-01", "2020-06")
    assert list(half.values) == [120, 122, 65, 142, 64, 69]
    assert [one.arithmetic for one in half] == ["F1045", "F1072", "F1077", "F1083", "F1095", "F1098"]
    assert [one.status for one in half] == ["published", "digitised", *["published"] * 4]
    assert series.total("2020-H1") == 582
    assert [str(window) for window in series.missing] == ["2020-07/2020-09"]
    assert any(note.endswith("no count of 1 window was known: 2020-07/2020-09") for note in series.notes)


def test_the_police_as_known_on_30_september_2020(case: Case) -> None:
    series = vs.load_homicides(case, publisher="PNC", as_of="2020-09-30")
    assert set(series.segments["definition"]) == {"all"}
    # F0936 289 + F0979 207 + F0983 238 + F0989 326 + F0993 285 + F0998 231
    assert series.total("2019-H1") == 1576


def test_the_polices_digitised_months(case: Case) -> None:
    # F1045 120 or F1046 120, F1072 122, F1081 65, F1084 145, F1096 65, F1099 69
    assert vs.load_homicides(case, publisher="PNC", definition="all", as_of="2020-10-12").total("2020-H1") == 586


@pytest.mark.parametrize(
    ("country", "publisher", "after", "before"), [("COL", "PONAL", 5424, 6223), ("MEX", "INEGI", 18025, 17191)]
)
def test_controls_with_continuous_months(case: Case, country: str, publisher: str, after: int, before: int) -> None:
    series = vs.load_counts(country, "homicides", publisher=publisher, case=case)
    assert (series.total("2020-H1"), series.total("2019-H1")) == (after, before)


def test_every_control_publishes_homicides(case: Case) -> None:
    for control in case.settings.controls:
        assert case.ledger.select(country=control.country, measure=case.measure, publisher=control.publisher)


def test_every_date_in_the_settings_is_an_events(case: Case) -> None:
    for one in case.settings.interventions:
        for day, sources in [(one.date, one.sources), *((c.date, c.sources) for c in one.candidates)]:
            starts = {case.event(source).window.start for source in sources}
            # A whole month stands for a day in it that sources disagree on.
            assert day in starts or day in {start.replace(day=1) for start in starts} or not sources, (one.id, day)
        assert not one.candidates or one.date in {candidate.date for candidate in one.candidates}
    for spell in (case.settings.lockdown, *case.settings.bursts):
        assert spell is not None
        assert all(spell.window.contains(case.event(source).window) for source in spell.sources), spell.id
        assert case.event(spell.sources[0]).window.start == spell.window.start, spell.id


def test_only_the_break_in_the_counts_names_no_event(case: Case) -> None:
    unsourced = [
        candidate.date.isoformat()
        for one in case.settings.interventions
        for candidate in one.candidates
        if not candidate.sources
    ]
    assert unsourced == ["2019-07-01"]


def test_june_2019_is_three_dates(case: Case) -> None:
    dates = [str(one.date) for one in case.settings.intervention("2019-06").candidates]
    assert dates == ["2019-06-01", "2019-06-20", "2019-07-01"]
    assert str(case.settings.intervention("2019-06").date) == "2019-06-01"


def test_studies_are_among_the_published_effects(case: Case) -> None:
    known = {effect.study for effect in case.published_effects}
    assert all(set(one.studies) <= known for one in case.settings.interventions)


def test_every_code_in_the_tables_has_a_name(case: Case) -> None:
    figures, settings = case.ledger.figures.values(), case.settings
    assert {one.country for one in figures} <= set(settings.countries)
    assert {one.measure for one in figures} <= set(settings.measures)
    assert {one.publisher for one in figures} | {one.publisher for one in case.chain} <= set(settings.publishers)
    assert {one.definition for one in figures} - {""} <= set(settings.definitions)


def test_tolerances_are_those_that_the_years_need(case: Case) -> None:
    series = vs.load_homicides(case)
    distance: dict[int, int] = {}
    for year in range(2005, 2025):
        published = case.ledger.select(country="SLV", measure="homicides", window=str(year))
        definitions = {one.definition for one in series.tiles(str(year))}
        total = series.total(str(year))
        distance[year] = min(abs(one.value - total) for one in published if one.definition in definitions)
    beyond = {year: by for year, by in distance.items() if by}
    assert beyond == {one.year: one.tolerance for one in case.settings.annual_sums}


def test_the_headline_claim_is_the_change_that_was_reported(case: Case) -> None:
    claim = case.claim("fall-h1-2020")
    reported = [one for one in case.reported_changes if (one.window, one.baseline) == (claim.window, claim.baseline)]
    assert [one.change_pct for one in reported] == [claim.claimed_pct] == [-62.5]
    assert {one.source_id for one in reported} <= set(claim.reported_in)


def test_the_register_answers_to_every_question(case: Case) -> None:
    by_question = defaultdict(list)
    for claim in case.claims:
        by_question[claim.question].append(claim.claim_id)
    assert set(by_question) == {"claim", "episodes", "breaks", "evidence", "outlook"}


ALLEGED = re.compile(r"MS-13|negotiat|negoci|arrange|arreglo|\bdeal\b|\bpacto?\b", re.IGNORECASE)
ATTRIBUTED = re.compile(r"El Faro|VICE News")


def test_what_is_alleged_is_attributed_in_every_sentence(case: Case) -> None:
    texts = [words for claim in case.claims for words in (claim.text, claim.dispute) if words is not None]
    sentences = [one for words in texts for text in words.values() for one in re.split(r"(?<=[.!?])\s+", text)]
    alleged = [one for one in sentences if ALLEGED.search(one)]
    assert len(alleged) == 14
    assert all(ATTRIBUTED.search(one) for one in alleged)


def test_the_denial_stands_beside_what_is_alleged(case: Case) -> None:
    told = [claim for claim in case.claims if claim.kind in ("allegation", "forecast")]
    assert {claim.claim_id for claim in told} == {"talks-with-ms-13", "spike-if-it-ends"}
    for claim in told:
        assert claim.disputed_by == {"en": "the president", "es": "el presidente"}
        assert claim.dispute is not None
        assert "3 September 2020" in claim.dispute["en"]
        assert "3 de septiembre de 2020" in claim.dispute["es"]


def test_spanish_is_written_as_in_el_salvador(case: Case) -> None:
    assert "62.5 %" in case.claim("fall-h1-2020").text["es"]
    assert "62.5%" in case.claim("fall-h1-2020").text["en"]
    for claim in case.claims:
        assert not re.search(r"\d,\d\b(?!\d\d)|\d%", claim.text["es"])
