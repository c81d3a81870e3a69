"""By the table: what a change is made of, each share with its interval, in both languages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

import violence_stats as vs
from tests.models.examples import monthly_counts
from tests.quoting import both
from violence_stats.models.decomposition import Decomposition
from violence_stats.wording import percent


def split(step: float = 0.5) -> Decomposition:
    """Split the change from the first to the second half of 2018, a step in May between them."""
    result = vs.InterruptedTimeSeries([vs.Step("2018-05", name="new law")], errors="newey-west").fit(
        monthly_counts(step=step)
    )
    return result.decompose("2018-H1", "2018-H2")


def test_a_fall_names_every_part_with_its_share() -> None:
    found = split()
    english, spanish = both(found.sentence)
    assert english.startswith(
        "In the second half of 2018 the number of events counted was "
        f"{percent(-found.change_pct, 'en')} lower than in the first half of 2018 ({found.observed_baseline:,.0f} to "
        f"{found.observed:,.0f}). Of that fall, taken as a logarithm, this one model assigns "
    )
    for part in found.parts.index:
        assert percent(found.parts["share_pct"][part], "en", 0) in english
        assert percent(found.parts["share_pct"][part], "es", 0).replace("\u00a0", " ") in spanish
    assert english.count("95% interval") == spanish.count("intervalo del 95 %") == 1
    assert english.endswith("other models split it otherwise, and no part is a cause.")
    assert "De esa baja" in spanish


def test_an_event_that_the_baseline_already_holds_in_part_says_so() -> None:
    english, spanish = both(split().sentence)
    # 1 May to 30 June: 61 days
    assert "what came with May 2018 (new law) beyond the 61 days of it that the earlier window holds" in english
    assert "lo que llegó con mayo de 2018 (new law) más allá de los 61 días suyos" in spanish


def test_a_rise_is_called_one() -> None:
    english, spanish = both(split(step=1.8).sentence)
    assert "Of that rise" in english
    assert " higher than in the first half of 2018" in english
    assert "De esa alza" in spanish


def test_no_change_leaves_nothing_to_split() -> None:
    index = pd.period_range("2017-01", periods=24, freq="M")
    counts = pd.Series(np.tile([9, 11], 12), index=index)
    result = vs.InterruptedTimeSeries([vs.Step("2018-01")], trend=None, errors="iid").fit(counts)
    found = result.decompose(("2017-01", "2017-02"), ("2018-03", "2018-04"))
    english, spanish = both(found.sentence)
    assert english == (
        "From March to April 2018 the number of events counted was the same as from January to February 2017 (20): "
        "there is no change to split."
    )
    assert "no hay cambio que repartir" in spanish


def test_intervals_say_whether_they_allow_for_serial_correlation() -> None:
    found = replace(split(), adjusts_for_correlation=False)
    english, spanish = both(found.sentence)
    assert "95% interval" not in english
    assert english.count("not adjusted for serial correlation") == 1
    assert spanish.count("sin ajuste por correlación serial") == 1


def test_parts_of_a_case_bear_its_names() -> None:
    lockdown = vs.Pulse("2020-03-21", "2020-06-13", name="lockdown")
    model = vs.InterruptedTimeSeries([vs.Step("2019-06"), lockdown], harmonics=1, errors="iid")
    fit = model.fit(vs.load_homicides("SLV"), window=("2016-04", "2020-06"))
    english, spanish = both(fit.decompose("2019-H1", "2020-H1").sentence)
    assert "what came with June 2019 (change of government and Territorial Control Plan)" in english
    assert "lo que llegó con el 21 de marzo de 2020 (cuarentena domiciliar obligatoria)" in spanish
