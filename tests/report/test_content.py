"""By hand: what the report computes, against the results that it is taken from and sums made another way."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.report.reading import break_at
from violence_stats.errors import WindowError
from violence_stats.report.content import Facts


def test_a_break_gives_the_effects_of_its_own_step(facts: Facts) -> None:
    for fit in (fit for broken in facts.breaks for fit in broken.fits):
        row = fit.result.effects.loc[fit.term]
        assert (fit.rate_ratio, fit.rate_ratio_low, fit.rate_ratio_high) == tuple(
            row[["rate_ratio", "rate_ratio_low", "rate_ratio_high"]]
        )
        assert fit.rate_ratio_low < fit.rate_ratio < fit.rate_ratio_high
        assert fit.term in fit.whole.terms


def test_breaks_are_fitted_in_the_windows_that_the_case_names(facts: Facts) -> None:
    windows = facts.case.settings.windows
    assert break_at(facts, "2012-03").window == windows["truce_fit"]
    assert break_at(facts, "2019-06").window == windows["june_2019_fit"]


def test_the_lockdown_enters_only_where_the_fit_covers_it(facts: Facts) -> None:
    assert "lockdown" not in break_at(facts, "2012-03").primary.result.effects.index
    assert "lockdown" in break_at(facts, "2019-06").primary.result.effects.index


def test_annual_totals_are_those_of_the_chain(facts: Facts) -> None:
    # Published totals, as the case's README gives them; 2014 is the sum of its months.
    expected = {2009: 4382, 2012: 2594, 2013: 2513, 2014: 3933, 2015: 6656, 2018: 3346, 2020: 1341}
    assert {year: int(facts.annual_totals[year]) for year in expected} == expected
    assert facts.last_day.year not in facts.annual_totals


def test_every_figure_behind_a_pair_or_the_chain_is_cited(facts: Facts) -> None:
    table = facts.check.table
    arithmetic = [*table["baseline_figures"], *table["window_figures"], *(one.arithmetic for one in facts.chain)]
    used = {figure_id for text in arithmetic for figure_id in re.findall(r"F\d+", text)}
    alone = replace(facts, fall=None, episodes=None, evidence=None, outlook=None, choices=None)
    assert set(alone.figures) == used < set(facts.figures)
    assert all(source.source_id == figure.source_id for figure, source in facts.figures.values())


def test_every_figure_behind_the_evidence_is_cited(facts: Facts) -> None:
    found = facts.evidence
    assert found is not None
    assert found.then is not None
    rows = [row for one in (found.now, found.then) for row in (*one.rows, *(r for e in one.sanity for r in e.rows))]
    used = {figure_id for row in rows for figure_id in row.citations}
    assert len(used) > 100
    assert used <= set(facts.figures)
    year_before = [one.counts.year_before for one in found.own.other_crime]
    assert {figure for pair in year_before if pair is not None for figure in pair.figures} <= set(facts.figures)


def test_the_neighbours_that_bound_the_lockdown_are_cited(facts: Facts) -> None:
    assert facts.fall is not None
    names = [one.name for one in facts.fall.now.lockdown if one.kind == "neighbour"]
    assert [one.controls[0].name for one in facts.fall.neighbours] == names
    countries = {figure.country for figure, _ in facts.figures.values()}
    assert set(names) < countries


def test_no_chapter_of_the_shipped_case_is_left_out(facts: Facts) -> None:
    assert facts.omitted == ()
    assert facts.known_on == date(2020, 9, 30)


def test_twelve_months_start_with_the_month_of_a_day(facts: Facts) -> None:
    window, count = facts.twelve_months_from(date(2019, 6, 20))
    assert str(window) == "2019-06/2020-05"
    assert count == 231 + 154 + 130 + 148 + 124 + 138 + 120 + 120 + 122 + 65 + 145 + 65
    with pytest.raises(WindowError):
        facts.twelve_months_from(facts.last_day)
