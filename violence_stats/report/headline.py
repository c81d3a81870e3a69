"""The numbers of a report that must not change unnoticed, rounded as they are printed."""

from __future__ import annotations

from math import isnan
from typing import Any

from violence_stats.models.counterfactual import Counterfactual
from violence_stats.questions.verdict import Comparison
from violence_stats.report.break_facts import BreakFit
from violence_stats.report.content import Facts
from violence_stats.report.headline_questions import question_numbers
from violence_stats.report.interval_checks import MissRates
from violence_stats.report.unknown_dates import WITHIN_MONTHS, Beside, UnknownDates


def headline_numbers(facts: Facts) -> dict[str, Any]:
    """Give the report's numbers as plain values.

    Counts are whole numbers; expected counts are rounded to whole ones, percentages to one decimal and rate ratios to
    two, as the sentences print them. A pair is named by its two counts and how it came about.
    """
    return {
        "case": facts.case.case_id,
        "last_day": facts.last_day.isoformat(),
        "series": {
            "windows": facts.chain.n_windows,
            "figures": len(facts.figures),
            "annual_totals": {str(year): int(total) for year, total in facts.annual_totals.items()},
        },
        "claim": _claim(facts),
        "breaks": {one.intervention.id: {fit.start.isoformat(): _fit(fit) for fit in one.fits} for one in facts.breaks},
        "unknown_dates": None if facts.unknown is None else _unknown_dates(facts.unknown),
        **question_numbers(facts),
    }


def _claim(facts: Facts) -> dict[str, Any] | None:
    claim, check = facts.claim, facts.check
    if claim is None or check is None:
        return None
    return {
        "id": claim.claim_id,
        "claimed_pct": check.claimed_pct,
        "verdict": check.verdict,
        "observed_pct": round(check.observed_pct, 1),
        "like_with_like": [_pair(one) for one in check.like_with_like],
        "mixed": [_pair(one) for one in check.mixed],
    }


def _pair(one: Comparison) -> dict[str, Any]:
    return {
        "kind": one.pair.kind,
        "baseline": one.pair.baseline.value,
        "window": one.pair.window.value,
        "observed_pct": round(one.observed_pct, 1),
        "needed": None if one.needed is None else list(one.needed),
    }


def _fit(fit: BreakFit) -> dict[str, Any]:
    numbers = {
        "errors": fit.result.estimate.errors,
        "windows": fit.result.n_windows,
        "rate_ratio": round(fit.rate_ratio, 2),
        "rate_ratio_low": round(fit.rate_ratio_low, 2),
        "rate_ratio_high": round(fit.rate_ratio_high, 2),
        "trend_pct": round(fit.trend_pct, 1),
        "at_boundary": fit.result.estimate.boundary,
        "with_independent_errors": _older(fit),
        "simulated_misses_pct": None if fit.check.rates is None else _misses(fit.check.rates),
        "whole": _counterfactual(fit.whole),
    }
    return numbers if fit.headline is None else {**numbers, "headline": _counterfactual(fit.headline)}


def _older(fit: BreakFit) -> dict[str, float]:
    return {
        "rate_ratio": round(fit.check.older_ratio, 2),
        "rate_ratio_low": round(fit.check.older_low, 2),
        "rate_ratio_high": round(fit.check.older_high, 2),
    }


def _misses(rates: MissRates) -> dict[str, float]:
    return {"true_step": round(rates.miss_pct, 1), "no_step": round(rates.false_alarm_pct, 1)}


def _counterfactual(found: Counterfactual) -> dict[str, Any]:
    numbers = {
        "window": str(found.window),
        "observed": round(found.observed),
        "expected": round(found.expected),
        "expected_low": round(found.expected_low),
        "expected_high": round(found.expected_high),
    }
    frozen = found.frozen_trend
    return numbers if frozen is None else {**numbers, "expected_with_trend_stopped": round(frozen.expected)}


def _unknown_dates(search: UnknownDates) -> dict[str, Any]:
    """Give months as text, p-values and probabilities to two decimals; None for a test that could not be made."""
    return {
        "breaks": {f"{one.first_day:%Y-%m}": str(one.interval) for one in search.breaks},
        "p_values": [None if isnan(p) else round(float(p), 2) for p in search.found.statistics["p_value"]],
        "supported_by_tests": search.n_sequential,
        "breaks_at_customary_trim": [str(month) for month in search.customary.dates],
        "probability_by_number": [round(float(p), 2) for p in search.posterior.by_number],
        "interventions": {one.id: _beside(beside) for one, beside in search.interventions},
        "ends": {
            one.episode.id: {end.event.event_id: _beside(end.beside) for end in one.ends} for one in search.episodes
        },
    }


def _beside(beside: Beside) -> dict[str, Any]:
    within = beside.probabilities
    return {
        "nearest": None if beside.nearest is None else f"{beside.nearest.first_day:%Y-%m}",
        "months": beside.months,
        "probability": None
        if within is None
        else {f"within {k}": round(p, 2) for k, p in zip(WITHIN_MONTHS, within, strict=True)},
    }
