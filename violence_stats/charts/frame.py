"""What every chart stands in: axes of the house width or the reader's own, a title, a unit and a source line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from violence_stats.charts import style

LABELS_PT: Final = 20.0
"""How far one line of tick labels reaches under the axes."""

_EDGE: Final = 0.005
"""Left edge of titles and source lines, as a share of the figure's width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Axes to draw on, and what is written around them.

    Attributes
    ----------
    ax : matplotlib.axes.Axes
    is_own : bool
        Whether the figure is the chart's own: then title and source line start at the figure's edge and the layout
        leaves room for them. In a reader's figure they hang on the axes.
    """

    ax: Axes
    is_own: bool

    def dress(self, *, title: str, unit: str, source: str, below_pt: float = LABELS_PT) -> None:
        """Write title, unit and source line, set the ticks' own type, and settle the layout of a figure of its own.

        Parameters
        ----------
        below_pt : float
            How far under the axes their labels reach, in points; only axes in a reader's own figure need it.
        """
        heading = {
            "fontsize": style.TITLE_PT,
            "fontweight": "bold",
            "color": style.INK,
            "linespacing": style.LINE_SPACING,
        }
        note = {"fontsize": style.SOURCE_PT, "color": style.MUTED, "linespacing": style.LINE_SPACING}
        figure = style.figure_of(self.ax)
        room = figure.get_figwidth() * 72 * (1 - 2 * _EDGE) if self.is_own else style.width_pt(self.ax)
        title = style.wrapped(title, room, style.TITLE_PT, bold=True)
        source = style.wrapped(source, room, style.SOURCE_PT)
        if self.is_own:
            figure.suptitle(title, x=_EDGE, ha="left", **heading)
            figure.supxlabel(source, x=_EDGE, ha="left", **note)
        else:
            self._hang(title, (0, 1), 17, va="bottom", **heading)
            self._hang(source, (0, 0), -below_pt, va="top", **note)
        self._hang(unit, (0, 1), 4, fontsize=style.SMALL_PT, va="bottom", color=style.MUTED)
        style.dress_ticks(self.ax)
        if self.is_own:
            figure.draw_without_rendering()
            figure.set_layout_engine("none")

    def _hang(self, text: str, corner: tuple[float, float], up_pt: float, **kind: Any) -> None:
        self.ax.annotate(
            text,
            xy=corner,
            xycoords="axes fraction",
            xytext=(0, up_pt),
            textcoords="offset points",
            annotation_clip=False,
            **kind,
        )


@contextmanager
def open_frame(ax: Axes | None, height_cm: float) -> Iterator[Frame]:
    """Put the house style in force for a ``with`` block and give what to draw on.

    Parameters
    ----------
    ax : matplotlib.axes.Axes or None
        The reader's own; None makes a figure of the house width.
    height_cm : float
        Of a figure of the chart's own.
    """
    with style.chart_style():
        yield Frame(ax=_new_axes(height_cm) if ax is None else ax, is_own=ax is None)


def _new_axes(height_cm: float) -> Axes:
    """Make a figure of the house width and give its only axes."""
    size = (style.WIDTH_CM * style.CM, height_cm * style.CM)
    return Figure(figsize=size, layout=ConstrainedLayoutEngine(h_pad=0.02, w_pad=0.02)).add_subplot()
