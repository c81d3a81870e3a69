"""By hand: 80 to 30 is a fall of 62.5%; a claimed fall of 60% would have needed 32."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.charts.reading import words
from violence_stats.charts import claim, style
from violence_stats.questions.claim import ClaimCheck, check_claim
from violence_stats.series import CountSeries


@pytest.fixture
def check() -> ClaimCheck:
    counts = pd.Series([80, 30], index=pd.period_range("2001-01", periods=2, freq="M"))
    series = CountSeries.from_monthly(counts, measure="deaths", country="Utopia", publisher="POL")
    return check_claim(series, window="2001-02", baseline="2001-01", claimed_pct=-60)


def test_bars_stand_at_the_counts_and_the_line_at_what_the_claim_needs(check: ClaimCheck) -> None:
    ax = claim.plot_claim(check)
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 80), (0, 30)]
    needed = next(line for line in ax.lines if line.get_color() == style.ACCENT)
    assert list(needed.get_xdata()) == [32, 32]
    assert ax.get_xlim()[0] == 0


def test_numbers_are_written_on_the_bars(check: ClaimCheck) -> None:
    said = words(claim.plot_claim(check))
    for number in ("80", "30", "\u221262.5%", "the claim needs 32", "A fall of 60%?"):
        assert number in said


def test_the_description_holds_the_same_numbers_in_both_languages(check: ClaimCheck) -> None:
    assert "80 to 30, \u221262.5%." in claim.describe_claim(check, "en")
    assert "de 80 a 30, \u221262.5\u00a0%." in claim.describe_claim(check, "es")


def test_a_claimed_rise_is_called_one() -> None:
    counts = pd.Series([30, 80], index=pd.period_range("2001-01", periods=2, freq="M"))
    rise = check_claim(CountSeries.from_monthly(counts), window="2001-02", baseline="2001-01", claimed_pct=170)
    assert claim.claim_title(rise, "en") == "A rise of 170%? What the counts say"
    assert "+" not in words(claim.plot_claim(rise))


def test_the_table_is_that_of_the_check(check: ClaimCheck) -> None:
    table = claim.claim_table(check)
    assert table.loc[0, ["baseline_count", "window_count"]].tolist() == [80, 30]
