"""The numbers of the report's questions that must not change unnoticed, rounded as they are printed."""

from __future__ import annotations

import math
from typing import Any

from violence_stats.questions.episode_measure import EpisodeMeasure
from violence_stats.questions.episodes import Episodes
from violence_stats.questions.evidence import Evidence
from violence_stats.questions.evidence_calibration import ALL_BLOCKS, worst_cases
from violence_stats.questions.fall_result import FallDecomposition
from violence_stats.questions.outlook import Outlook
from violence_stats.questions.signature import Measured, Weighed
from violence_stats.report.choices_facts import ChoiceFacts
from violence_stats.report.content import Facts
from violence_stats.report.evidence_facts import EvidenceFacts
from violence_stats.robustness.curve_result import SpecificationCurve


def question_numbers(facts: Facts) -> dict[str, Any]:
    """Give the numbers of each question as plain values; None where its chapter is left out."""
    return {
        "fall": None if facts.fall is None else _fall(facts.fall.now),
        "fall_as_known_then": None if facts.fall is None or facts.fall.then is None else _fall(facts.fall.then),
        "episodes": None if facts.episodes is None else _episodes(facts.episodes),
        "evidence": None if facts.evidence is None else _evidence(facts.evidence),
        "outlook": None if facts.outlook is None else _outlook(facts.outlook),
        "choices": None if facts.choices is None else _choices(facts.choices),
        "left_out": [one.chapter for one in facts.omitted],
    }


def _fall(fall: FallDecomposition) -> dict[str, Any]:
    """Give shares of the change in whole per cent, lowest and highest."""
    shares = fall.ranges[["share_pct_low", "share_pct_high"]]
    return {
        "models": fall.n_specifications,
        "observed": round(fall.primary.observed),
        "change_pct": round(fall.primary.change_pct, 1),
        "share_pct": {str(part): [round(float(end)) + 0 for end in row] for part, row in shares.iterrows()},
    }


def _episodes(found: Episodes) -> dict[str, Any]:
    return {f"{one.data.id} {one.data.start.isoformat()}": _episode(one) for one in found.measures}


def _episode(one: EpisodeMeasure) -> dict[str, Any]:
    return {
        "first_year": _ratio(one.size),
        "first_year_flat": _ratio(one.size_flat),
        "months_to_80_pct": _interval(one.onset.number, 1),
        "share_undone": _interval(one.persistence.number, 2),
        "bursts": None if one.bursts.number is None else round(one.bursts.number.value),
    }


def _evidence(found: EvidenceFacts) -> dict[str, Any]:
    rates = found.error_rates
    numbers = {"now": _weighed(found.now), "then": None if found.then is None else _weighed(found.then)}
    if rates is None:
        return numbers
    now = rates[rates["as_of"] == ""]
    worst = {row: worst_cases(now, row)["share"].max() for row in ("overall", ALL_BLOCKS)}
    return {**numbers, "worst_case_share": {row: round(float(share), 2) for row, share in worst.items()}}


def _weighed(evidence: Evidence) -> dict[str, Any]:
    return {
        "reading": evidence.reading,
        "all_blocks": evidence.episode.verdict.all_blocks,
        "without": dict(evidence.episode.verdict.without),
        "rows": {row.signature.id: _row(row) for row in evidence.rows},
        "other_episodes": {one.id: one.verdict.reading for one in evidence.sanity},
    }


def _row(row: Weighed) -> dict[str, Any]:
    number = row.number
    logs = number is not None and number.unit.startswith("log")
    return {"reading": row.reading, "number": _ratio(number) if logs else _interval(number, 2)}


def _outlook(found: Outlook) -> dict[str, Any]:
    scores = found.scores()[["all", "before_next", "same_definition"]].round(1)
    return {str(path): {str(name): float(score) for name, score in row.items()} for path, row in scores.iterrows()}


def _choices(found: ChoiceFacts) -> dict[str, Any]:
    return {
        **_curve(found.curve),
        "placebos": {
            fit.start.isoformat(): {"rank": one.rank, "of": one.n_placebos + 1} for fit, one in found.placebos
        },
        "smallest_change_pct": None
        if found.power is None or math.isnan(found.power.smallest.rate_ratio)
        else round(found.power.smallest.change_pct),
    }


def _curve(curve: SpecificationCurve) -> dict[str, Any]:
    return {
        "models": curve.n_specifications,
        "shares": {name: round(share, 2) for name, share in curve.shares.items()},
        "rate_ratios": {name: round(ratio, 2) for name, ratio in curve.spread.items()},
        "moved_most_by": str(curve.influence.index[0]),
    }


def _ratio(number: Measured | None) -> list[float] | None:
    """Give a log ratio and its interval as ratios."""
    if number is None:
        return None
    return [round(math.exp(end), 2) for end in (number.value, number.low, number.high)]


def _interval(number: Measured | None, places: int) -> list[float | None] | None:
    """Give a number and its interval; None for an end that the data do not bound."""
    if number is None:
        return None
    ends = (number.value, number.low, number.high)
    return [round(end, places) + 0.0 if math.isfinite(end) else None for end in ends]
