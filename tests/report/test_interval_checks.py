"""What the report says of its own intervals.

Kinds of test: brute force (the committed table read line by line), by hand (a fit with independent errors).
"""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

import violence_stats as vs
from tests.report.reading import block_texts, break_at
from violence_stats import wording
from violence_stats.report.break_facts import BreakFacts
from violence_stats.report.content import Facts
from violence_stats.report.document import Table
from violence_stats.report.interval_checks import check_interval
from violence_stats.report.story.interval_checks import tell_interval_checks


def committed(facts: Facts, geometry: str, term: str, method: str, truth: str) -> dict[str, str]:
    with (facts.case.folder / "calibration" / "printed.csv").open(encoding="utf-8", newline="") as file:
        (line,) = (
            row
            for row in csv.DictReader(file)
            if (row["geometry"], row["design"], row["term"], row["method"], row["truth"])
            == (geometry, "step", term, method, truth)
        )
    return line


def test_every_printed_interval_has_been_simulated(facts: Facts) -> None:
    checks = [fit.check for broken in facts.breaks for fit in broken.fits]
    assert checks
    assert all(check.rates is not None and check.older_rates is not None for check in checks)


def test_the_rates_are_those_of_the_committed_table(facts: Facts) -> None:
    for broken in facts.breaks:
        for fit in broken.fits:
            geometry = f"{broken.window} from {fit.start.isoformat()}"
            for rates, method in ((fit.check.rates, "ar1"), (fit.check.older_rates, "iid")):
                assert rates is not None
                missed = committed(facts, geometry, fit.term, method, "effect")
                alarms = committed(facts, geometry, fit.term, method, "none")
                assert rates.miss_pct == float(missed["miss_pct"])
                assert rates.false_alarm_pct == float(alarms["miss_pct"])


def test_the_older_choice_is_the_fit_with_independent_errors(facts: Facts) -> None:
    broken = break_at(facts, "2012-03")
    spec = vs.InterruptedTimeSeries([vs.Step("2012-03")], harmonics=1, errors="iid")
    older = spec.fit(facts.chain, window=broken.window).effects.loc["step 2012-03"]
    check = broken.primary.check
    assert check.older_ratio == pytest.approx(older["rate_ratio"], rel=1e-9)
    assert check.older_low == pytest.approx(older["rate_ratio_low"], rel=1e-9)


def test_a_geometry_that_was_not_simulated_has_no_rates_and_no_section(facts: Facts) -> None:
    broken = break_at(facts, "2012-03")
    fit = broken.primary
    check = check_interval(facts.case, fit.result, fit.term, facts.chain.span, fit.start)
    assert check.rates is None
    alone: BreakFacts = replace(broken, fits=(replace(fit, check=check),))
    assert tell_interval_checks(alone, "en") == ()


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_the_table_has_one_row_a_date(facts: Facts, lang: wording.Language) -> None:
    for broken in facts.breaks:
        (table,) = (one for one in tell_interval_checks(broken, lang) if isinstance(one, Table))
        assert len(table.rows) == len(broken.fits)


@pytest.mark.parametrize(("disagree", "words"), [(True, "disagree on whether"), (False, "both choices see a step")])
def test_it_says_whether_the_two_choices_agree(facts: Facts, disagree: bool, words: str) -> None:
    broken = break_at(facts, "2012-03")
    fit = broken.primary
    shown = replace(broken, fits=(replace(fit, check=replace(fit.check, disagree=disagree)),))
    assert words in str(tell_interval_checks(shown, "en"))


def test_dates_whose_interval_misses_more_than_it_promises_are_named(facts: Facts) -> None:
    broken = break_at(facts, "2019-06")
    first, second, third = broken.fits
    # 500 runs: a share of 5% has a standard error of 1 point, so 8% passes it by three of them and 6% by one
    for misses, said in (((8.0, 6.0, 5.0), ["1 June 2019"]), ((6.0, 5.0, 4.0), [])):
        fits = []
        for fit, miss in zip((first, second, third), misses, strict=True):
            assert fit.check.rates is not None
            rates = replace(fit.check.rates, miss_pct=miss, mc_error_pct=1.0)
            fits.append(replace(fit, check=replace(fit.check, rates=rates)))
        blocks = tell_interval_checks(replace(broken, fits=tuple(fits)), "en")
        told = " ".join(text for block in blocks for text in block_texts(block)).replace(wording.NO_BREAK, " ")
        named = [day for day in ("1 June 2019", "20 June 2019", "1 July 2019") if f"step on {day} it misses" in told]
        assert named == said
