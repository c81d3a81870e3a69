"""By hand: a report's loops over many fits are told who shares them and whom to tell, without running one of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from violence_stats.errors import FitError
from violence_stats.report import build, choices_facts, evidence_facts, fall_facts
from violence_stats.report.content import Facts

Call = tuple[str, int | None, bool]
"""Which loop, by how many processes, and whether it tells how far it is."""


def recorder(calls: list[Call], name: str) -> Callable[..., Any]:
    def record(*_: object, n_jobs: int | None = None, progress: object = None, **__: object) -> None:
        calls.append((name, n_jobs, progress is not None))
        raise FitError("not run")

    return record


def test_every_long_loop_of_a_report_is_shared(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Call] = []
    loops = [
        (fall_facts, "decompose_fall"),
        (evidence_facts, "measure_episodes"),
        (choices_facts, "specification_curve"),
        (choices_facts, "power"),
    ]
    for room, name in loops:
        monkeypatch.setattr(room, name, recorder(calls, name))
    case, chain, broken = facts.case, facts.chain, facts.breaks[-1]
    fall_facts.gather_fall(case, None, 2)
    evidence_facts.gather_episodes(case, 2)
    choices_facts.gather_choices(case, chain, [broken], n_jobs=2, progress=print)
    choices_facts._power(chain, broken, 2, print)
    assert calls == [
        ("decompose_fall", 2, False),
        ("measure_episodes", 2, False),
        ("specification_curve", 2, True),
        ("power", 2, True),
    ]


def test_the_number_of_processes_reaches_the_facts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[object] = []

    def gather(_case: object, _say: object, n_jobs: int | None) -> Facts:
        asked.append(n_jobs)
        raise FitError("not gathered")

    monkeypatch.setattr(build, "gather_facts", gather)
    with pytest.raises(FitError, match="not gathered"):
        build.write_report(tmp_path, n_jobs=2)
    assert asked == [2]
