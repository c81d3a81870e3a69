"""Which of several figures: the latest, and between figures of one day the case's order, rung by rung."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from violence_stats.figures import Figure
from violence_stats.ledger.case import load_case
from violence_stats.ledger.settings import Settings
from violence_stats.ledger.vintages import latest

DAY = date(2001, 5, 1)


@pytest.fixture
def settings(case_folder: Path) -> Settings:
    return load_case(case_folder).settings


@pytest.fixture
def figure(case_folder: Path) -> Figure:
    return replace(load_case(case_folder).ledger.figures["A1"], known_on=DAY)


def test_the_latest_wins_whatever_its_rank(settings: Settings, figure: Figure) -> None:
    older = replace(figure, figure_id="B1", publisher="HOS", known_on=date(2001, 4, 30))
    newer = replace(figure, figure_id="B2", status="digitised", quality="low")
    assert latest([older, newer], settings) == latest([newer, older], settings) == newer


def test_ties_are_broken_in_the_stated_order(settings: Settings, figure: Figure) -> None:
    ranked = [
        replace(figure, figure_id="Z", publisher="HOS", status="derived", quality="low"),
        replace(figure, figure_id="Y", status="published", quality="low"),
        replace(figure, figure_id="W", status="digitised", quality="high"),
        replace(figure, figure_id="X", status="digitised", quality="high"),
        replace(figure, figure_id="A", status="digitised", quality="medium"),
        replace(figure, figure_id="B", publisher="UNLISTED"),
    ]
    for start in range(len(ranked)):
        for order in permutations(ranked[start:]):
            assert latest(order, settings) == ranked[start]


def test_an_undated_figure_counts_as_oldest(settings: Settings, figure: Figure) -> None:
    undated = replace(figure, figure_id="A0", known_on=None)
    assert latest([undated, figure], settings) == figure
    assert latest([undated], settings) == undated
