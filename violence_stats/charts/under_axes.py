"""A strip or panel under a chart's axes, in an inset of them whose place and height are given in points."""

from __future__ import annotations

from typing import cast

from matplotlib.axes import Axes
from matplotlib.transforms import Affine2D, Affine2DBase, ScaledTranslation, Transform, blended_transform_factory

from violence_stats.charts import style


def keep_room(ax: Axes, reach_pt: float) -> None:
    """Let the layout know how far insets under the axes reach, in points, which it cannot read off them."""
    ax.annotate(
        " ",
        xy=(0, 0),
        xycoords="axes fraction",
        xytext=(0, -reach_pt),
        textcoords="offset points",
        fontsize=1,
        annotation_clip=False,
    )


def panel_under(ax: Axes, *, top_pt: float, height_pt: float) -> Axes:
    """Put an inset as wide as the axes under them, its top so many points under their foot."""
    panel = ax.inset_axes((0, -(top_pt + height_pt), 1, height_pt), transform=_width_by_points(ax))
    panel.set_in_layout(False)
    return panel


def points_under(ax: Axes) -> Transform:
    """Give data places across; points above the foot of the axes up."""
    return blended_transform_factory(ax.transData, _points_up(ax))


def _width_by_points(ax: Axes) -> Transform:
    """Give shares of the axes' width across; points above the foot of the axes up."""
    return blended_transform_factory(ax.transAxes, _points_up(ax))


def _points_up(ax: Axes) -> Transform:
    foot = ScaledTranslation(0, 0, cast(Affine2DBase, ax.transAxes))
    return Affine2D().scale(1 / 72) + style.figure_of(ax).dpi_scale_trans + foot
