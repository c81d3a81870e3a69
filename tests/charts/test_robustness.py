"""Pictures of placebos, power and specification curves: what is drawn where, and what is said. By hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.transforms import Bbox

import violence_stats as vs
from tests.charts.reading import words
from violence_stats.charts import placebo, power, specification_curve
from violence_stats.charts.choice_rows import choice_rows, height_pt
from violence_stats.charts.labels import Labels
from violence_stats.charts.placebo_words import describe_placebo
from violence_stats.charts.power_words import describe_power
from violence_stats.charts.ratio_axis import change_words, label_changes
from violence_stats.charts.specification_curve_words import CHOICE, LEVEL, describe_curve
from violence_stats.charts.steps import axis_day
from violence_stats.errors import SelectionError
from violence_stats.robustness.choices import DIMENSIONS, CurveChoices
from violence_stats.robustness.curve_result import SpecificationCurve
from violence_stats.robustness.placebo_result import PlaceboInTime
from violence_stats.robustness.power_result import PowerResult

LABELS = Labels(what="Deaths")
LEVEL_MODEL = vs.InterruptedTimeSeries([vs.Step("2018-05")], trend=None, errors="iid")


@pytest.fixture(scope="module")
def counts() -> pd.Series:
    mean = np.where(np.arange(48) < 40, 80.0, 40.0)
    values = np.random.default_rng(1).poisson(mean)
    return pd.Series(values, index=pd.period_range("2015-01", periods=48, freq="M"))


@pytest.fixture(scope="module")
def placebos(counts: pd.Series) -> PlaceboInTime:
    return vs.placebo_in_time(LEVEL_MODEL, counts, "2018-05", lengths=(12, 6))


@pytest.fixture(scope="module")
def strength(counts: pd.Series) -> PowerResult:
    options = vs.PowerOptions(n_simulations=20, changes_pct=(-10, -30, -60))
    return vs.power(LEVEL_MODEL, counts, "2018-05", options=options)


@pytest.fixture(scope="module")
def curve(counts: pd.Series) -> SpecificationCurve:
    choices = CurveChoices(starts=("2015-01",), seasons=("1 harmonic", "none"), families=("quasi-poisson",))
    return vs.specification_curve(counts, "2018-05", choices=choices)


def text_at(ax: Axes, wanted: str) -> float:
    """Height at which a text starts, in pixels."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    return next(text.get_window_extent().y1 for text in [*figure.texts, *ax.texts] if wanted in text.get_text())


def test_every_date_has_its_effect_and_interval(placebos: PlaceboInTime) -> None:
    ax = vs.plot_placebo(placebos)
    lines = [one for one in ax.collections if isinstance(one, LineCollection)]
    drawn = sorted((float(a[0]), float(a[1]), float(b[1])) for one in lines for a, b in one.get_segments())
    expected = [(axis_day(day), row["ci_low"], row["ci_high"]) for day, row in placebos.table.iterrows()]
    assert np.array(drawn) == pytest.approx(np.array(expected))
    real = next(line for line in ax.lines if line.get_marker() == "D")
    assert (list(real.get_xdata()), list(real.get_ydata())) == (
        [axis_day(date(2018, 5, 1))],
        [placebos.real.estimate],
    )
    assert f"May 2018: {change_words(np.exp(placebos.real.estimate), 'en')}, rank 1 of 24" in words(ax)
    assert "so many dates can give no p below 0.04" in words(ax)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(("at", "ratio"), [("2019Q1", 0.5), ("2019Q1", 1.9), ("2014Q1", 1.0), ("2011Q1", 1.6)])
@pytest.mark.parametrize("height_cm", [None, 3.0])
def test_no_label_covers_an_interval_or_another_label(
    lang: str, at: str, ratio: float, height_cm: float | None
) -> None:
    quarters = pd.period_range("2008Q1", periods=60, freq="Q")
    values = np.random.default_rng(2).poisson(80, 60) * np.where(quarters >= pd.Period(at), ratio, 1.0)
    model = vs.InterruptedTimeSeries([vs.Step(pd.Period(at))], trend=None, errors="iid")
    found = vs.placebo_in_time(model, pd.Series(values.round(), index=quarters), pd.Period(at), lengths=(8, 4))
    own = None if height_cm is None else Figure(figsize=(6.7, height_cm / 2.54 / 0.6)).add_axes((0.1, 0.2, 0.85, 0.6))
    ax = vs.plot_placebo(found, ax=own, lang=lang)
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_fontweight() == "bold"][-2:]
    rows = found.table.itertuples()
    ends = [ax.transData.transform([(axis_day(row.Index), end) for end in (row.ci_low, row.ci_high)]) for row in rows]
    inside = ax.get_window_extent()
    assert not boxes[0].overlaps(boxes[1])
    for box in boxes:
        assert (inside.y0 <= box.y0, box.y1 <= inside.y1, box.x1 <= figure.bbox.x1) == (True, True, True)
        assert not any(box.overlaps(Bbox([low, high])) for low, high in ends)


def test_effects_of_a_gaussian_model_are_in_their_own_unit(counts: pd.Series) -> None:
    model = vs.InterruptedTimeSeries([vs.Step("2018-05")], trend=None, family="gaussian", errors="iid")
    found = vs.placebo_in_time(model, counts, "2018-05", lengths=(12, 6))
    ax = vs.plot_placebo(found, lang="es")
    assert "%" not in "".join(label.get_text() for label in ax.get_yticklabels())
    assert "Cambio que el mismo modelo halla" in words(ax)


def test_power_is_drawn_against_the_size_of_the_change(strength: PowerResult) -> None:
    ax = vs.plot_power(strength)
    curve_line = ax.lines[0]
    assert np.exp(curve_line.get_xdata()).tolist() == pytest.approx(strength.table["rate_ratio"].tolist())
    assert list(curve_line.get_ydata()) == strength.table["power"].tolist()
    assert ax.get_ylim()[0] == 0
    dot = next(line for line in ax.lines if line.get_markersize() == 6.5)
    assert np.exp(dot.get_xdata()[0]) == pytest.approx(strength.smallest.rate_ratio)
    assert f"{change_words(strength.smallest.rate_ratio, 'en')} is found 80% of the time" in words(ax)


def test_power_that_is_never_reached_says_so(counts: pd.Series) -> None:
    options = vs.PowerOptions(n_simulations=20, changes_pct=(-1, -2))
    found = vs.power(LEVEL_MODEL, counts, "2018-05", options=options)
    assert "none of these is found 80% of the time" in words(vs.plot_power(found))
    assert "ninguno se halla el 80\u00a0% de las veces" in words(vs.plot_power(found, lang="es"))


@pytest.mark.parametrize("most_places", [120, 5])
def test_the_curve_runs_through_every_estimate_within_its_band(
    curve: SpecificationCurve, most_places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("violence_stats.charts.choice_rows.MOST_PLACES", most_places)
    ax = vs.plot_specification_curve(curve)
    estimates = np.sort(curve.table["estimate"].to_numpy())
    assert list(ax.lines[0].get_ydata()) == pytest.approx(estimates.tolist())
    (band,) = [one for one in ax.collections if isinstance(one, PolyCollection)]
    heights = band.get_paths()[0].vertices[:, 1]
    assert heights.min() == pytest.approx(curve.table["ci_low"].min())
    assert heights.max() == pytest.approx(curve.table["ci_high"].max())
    diamond = next(line for line in ax.lines if line.get_marker() == "D")
    assert diamond.get_ydata()[0] == curve.primary["estimate"]
    place = (np.searchsorted(estimates, curve.primary["estimate"]) + 0.5) / len(estimates)
    assert diamond.get_xdata()[0] == pytest.approx(place)


def test_each_level_has_a_row_with_its_places_and_median(curve: SpecificationCurve) -> None:
    rows = choice_rows(curve, "en")
    assert [row.choice for row in rows if row.choice] == ["shape", "trend", "season", "errors"]
    assert [row.level for row in rows] == [
        *("step", "step and ramp", "linear", "none", "one yearly wave", "none"),
        *("serial correlation", "Newey-West", "independent"),
    ]
    ordered = curve.table.sort_values("estimate", kind="stable")
    assert list(rows[0].shares) == (ordered["shape"] == "step").astype(float).tolist()
    own = curve.table.loc[curve.table["shape"] == "step", "estimate"]
    assert rows[0].median == pytest.approx(np.exp(own.median()))
    for first, last in ((0, 2), (2, 4), (4, 6), (6, 9)):
        assert np.sum([row.shares for row in rows[first:last]], axis=0) == pytest.approx(1.0)
    ax = vs.plot_specification_curve(curve)
    assert len([one for one in ax.get_children() if isinstance(one, Polygon)]) == len(rows)


def test_the_rows_stand_between_the_axes_and_the_source_line(curve: SpecificationCurve) -> None:
    ax = vs.plot_specification_curve(curve)
    figure = ax.get_figure(root=True)
    assert figure is not None
    reach = height_pt(choice_rows(curve, "en")) * figure.dpi / 72
    assert text_at(ax, "Line: every estimate") < ax.get_window_extent().y0 - reach
    assert ax.get_window_extent().width > figure.bbox.width / 2


def test_every_choice_and_level_has_a_name_in_both_languages() -> None:
    assert set(CHOICE["en"]) == set(CHOICE["es"]) == set(DIMENSIONS)
    chosen = CurveChoices()
    levels = {*chosen.shapes, *chosen.seasons, *chosen.lockdowns, *chosen.families, *chosen.errors, "linear", "none"}
    assert levels <= set(LEVEL["es"])


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        # 0.22 apart, of logs: -20 -0.22, -30 -0.36, -40 -0.51, -50 -0.69, -60 -0.92, -70 -1.20, -80 -1.61, +25 0.22,
        # +50 0.41
        (-1.7, 0.5, [-80, -70, -60, -40, -20, 0, 25]),
        # -10 -0.105, +10 0.095; +100 0.69; 0.11 apart
        (-0.2, 0.9, [0, 25, 50, 100]),
    ],
)
def test_round_changes_are_ticked_apart(low: float, high: float, expected: list[int]) -> None:
    ax = Figure().add_subplot()
    label_changes(ax.yaxis, low, high, "en", 10)
    ticks = [round(100 * (np.exp(place) - 1)) for place in ax.get_yticks()]
    assert ticks == expected
    places = np.diff(ax.get_yticks())
    assert places.min() >= (high - low) / 10


def test_descriptions_carry_the_numbers(
    placebos: PlaceboInTime, strength: PowerResult, curve: SpecificationCurve
) -> None:
    for lang in ("en", "es"):
        said = describe_placebo(placebos, LABELS, lang)
        assert change_words(np.exp(placebos.real.estimate), lang) in said
        assert "24" in said
        assert change_words(strength.smallest.rate_ratio, lang) in describe_power(strength, LABELS, lang)
        told = describe_curve(curve, LABELS, lang)
        assert change_words(curve.spread["median"], lang) in told
        assert CHOICE[lang][str(curve.influence.index[0])] in told


def test_tables_hold_what_is_drawn(placebos: PlaceboInTime, strength: PowerResult, curve: SpecificationCurve) -> None:
    table = placebo.placebo_table(placebos)
    assert (len(table), table["is_real"].sum()) == (24, 1)
    assert power.power_table(strength)["change_pct"].tolist() == [0.0, -10.0, -30.0, -60.0]
    rows = specification_curve.curve_table(curve)
    assert rows["estimate"].is_monotonic_increasing
    assert len(rows) == curve.n_specifications


def test_they_draw_on_axes_that_are_given(
    placebos: PlaceboInTime, strength: PowerResult, curve: SpecificationCurve
) -> None:
    for draw in (
        lambda ax: vs.plot_placebo(placebos, ax=ax),
        lambda ax: vs.plot_power(strength, ax=ax),
        lambda ax: vs.plot_specification_curve(curve, ax=ax),
    ):
        figure = Figure(figsize=(6, 4))
        ax = figure.add_subplot()
        assert draw(ax) is ax
        assert not figure.get_suptitle()
    with pytest.raises(SelectionError, match="'pt'"):
        vs.plot_power(strength, lang="pt")


def test_the_shipped_case_has_its_names() -> None:
    homicides = vs.load_homicides("SLV")
    found = vs.placebo_in_time(
        vs.InterruptedTimeSeries([vs.Step("2019-06")], errors="iid"),
        homicides,
        "2019-06",
        window=("2016-04", "2020-02"),
    )
    assert "Homicidios en El Salvador: junio de 2019 junto a" in words(vs.plot_placebo(found, lang="es"))
    assert "Source: IML, PNC, GOV" in words(vs.plot_placebo(found))
