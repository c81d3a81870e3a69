"""The rows under a specification curve: at which places of it each choice was made, and its median."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from matplotlib.transforms import Affine2D, Affine2DBase, ScaledTranslation, Transform, blended_transform_factory

from violence_stats.arrays import FloatArray
from violence_stats.charts import style
from violence_stats.charts.ratio_axis import change_words
from violence_stats.charts.specification_curve_words import CHOICE, TEXT, level_words
from violence_stats.ledger.records import Language
from violence_stats.robustness.choices import DIMENSIONS
from violence_stats.robustness.curve_result import SpecificationCurve

ROW_PT: Final = 9.2
HEAD_PT: Final = 15.0
"""From the foot of the axes down to the first row: the heading of the medians stands between."""
GAP_PT: Final = 3.5
"""Between two choices."""
FOOT_PT: Final = 6.0
"""Kept free under the last row."""
LEVEL_PT: Final = 4.0
CHOICE_PT: Final = 76.0
"""Left of the axes' foot: right ends of the columns of levels and of choices."""
MEDIAN_PT: Final = 3.0
MOST_PLACES: Final = 120
ROW_TYPE_PT: Final = 6.8


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRow:
    """One level of one choice.

    Attributes
    ----------
    choice : str
        Blank but in the first row of a choice.
    level : str
    top_pt : float
        Under the foot of the axes.
    shares : tuple of float
        Of the estimates at each place of the curve, from the lowest to the highest, those that made this choice.
    median : float
        Rate ratio.
    """

    choice: str
    level: str
    top_pt: float
    shares: tuple[float, ...]
    median: float


def choice_rows(curve: SpecificationCurve, lang: Language) -> list[ChoiceRow]:
    """List the choices that were varied, level by level."""
    table = curve.table.sort_values("estimate", kind="stable")
    rows: list[ChoiceRow] = []
    top = HEAD_PT
    for name in DIMENSIONS:
        levels = list(dict.fromkeys(curve.table[name]))
        if len(levels) == 1:
            continue
        for k, level in enumerate(levels):
            made = (table[name] == level).to_numpy()
            rows.append(
                ChoiceRow(
                    choice=CHOICE[lang][name] if k == 0 else "",
                    level=level_words(str(level), lang),
                    top_pt=top,
                    shares=tuple(part.mean() for part in np.array_split(made, n_places(curve))),
                    median=float(np.exp(table.loc[made, "estimate"].median())),
                )
            )
            top += ROW_PT
        top += GAP_PT
    return rows


def n_places(curve: SpecificationCurve) -> int:
    """Places into which the curve is cut: one an estimate, as long as they can be told apart."""
    return min(MOST_PLACES, curve.n_specifications)


def height_pt(rows: list[ChoiceRow]) -> float:
    """How far under the foot of the axes the rows reach."""
    return max((row.top_pt + ROW_PT for row in rows), default=0.0)


def draw_rows(ax: Axes, rows: list[ChoiceRow], lang: Language) -> None:
    """Draw the rows under axes whose horizontal axis runs over the sorted estimates, from 0 to 1."""
    below = _points_below(ax)
    for row in rows:
        _draw_profile(ax, row, below)
        foot = -(row.top_pt + ROW_PT)
        _write(ax, row.level, 0, (-LEVEL_PT, foot), ha="right")
        _write(ax, row.choice, 0, (-CHOICE_PT, foot), ha="right", fontweight="bold")
        _write(ax, change_words(row.median, lang), 1, (MEDIAN_PT, foot), ha="left")
    if rows:
        _write(ax, " ", 0, (0, -height_pt(rows) - FOOT_PT), ha="left")
        _write(ax, TEXT[lang]["median"], 1, (MEDIAN_PT, -HEAD_PT), ha="left", color=style.MUTED)


def _draw_profile(ax: Axes, row: ChoiceRow, below: Transform) -> None:
    """Fill the row as high as the share that made the choice, and draw its foot."""
    foot, edges = -(row.top_pt + ROW_PT - 1.5), np.linspace(0, 1, len(row.shares) + 1)
    high: FloatArray = foot + (ROW_PT - 2.0) * np.repeat(row.shares, 2)
    across = np.repeat(edges, 2)
    corners = np.column_stack([across, np.concatenate([[foot], high, [foot]])])
    shape = Polygon(corners, closed=True, facecolor=style.OBSERVED, edgecolor="none", transform=below, clip_on=False)
    shape.set_in_layout(False)
    ax.add_artist(shape)
    (line,) = ax.plot([0, 1], [foot, foot], color=style.FAINT, linewidth=0.5, transform=below, clip_on=False)
    line.set_in_layout(False)


def _write(ax: Axes, text: str, across: float, shift_pt: tuple[float, float], **kind: str) -> None:
    ax.annotate(
        text,
        xy=(across, 0),
        xycoords="axes fraction",
        xytext=shift_pt,
        textcoords="offset points",
        va="bottom",
        fontsize=ROW_TYPE_PT,
        annotation_clip=False,
        **kind,  # type: ignore[arg-type]
    )


def _points_below(ax: Axes) -> Transform:
    """Give shares of the axes' width across; points above the foot of the axes up."""
    figure = style.figure_of(ax)
    foot = ScaledTranslation(0, 0, cast(Affine2DBase, ax.transAxes))
    return blended_transform_factory(ax.transAxes, Affine2D().scale(1 / 72) + figure.dpi_scale_trans + foot)
