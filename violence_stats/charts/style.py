"""How every picture looks: one type family, a palette that survives colour blindness and grey print, no global state.

Figures are made without pyplot, so that a chart neither opens a window nor changes a notebook's settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator

FONT_FOLDER: Final = Path(__file__).parents[1] / "assets" / "fonts"
FONT_FAMILY: Final = "Source Sans 3"

CM: Final = 1 / 2.54
WIDTH_CM: Final = 12.0
"""Drawn width. Type of 8.5 pt stays above 6 pt in a column of 8.5 cm and grows to 11 pt at 16 cm."""

TEXT_PT: Final = 8.5
SMALL_PT: Final = 7.5
SOURCE_PT: Final = 7.0
TITLE_PT: Final = 10.5
LINE_SPACING: Final = 0.92
"""Of the family's own line height, which is generous."""

STRETCH: Final = 1.012
"""Width of a line as drawn over that of its outlines: on a grid of pixels letters stand up to so much further apart."""

# Lightness falls in clear steps (L* about 95, 79, 57, 32, 10), so that grey print keeps the order.
INK: Final = "#1a1a1a"
OBSERVED: Final = "#1b4f72"
PALE: Final = "#a9c8de"
ACCENT: Final = "#d1662a"
BAND: Final = "#f2d9c7"
MUTED: Final = "#5c5c5c"
FAINT: Final = "#d9d9d9"
SHADE: Final = "#f1f1f1"

_RC: Final[Any] = {
    "font.family": [FONT_FAMILY, "sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": TEXT_PT,
    "text.color": INK,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "hatch.linewidth": 0.5,
    "hatch.color": MUTED,
    "svg.fonttype": "none",
    "svg.hashsalt": "violence_stats",
    "path.simplify": False,
    "timezone": "UTC",
}


@contextmanager
def chart_style() -> Iterator[None]:
    """Put the house style in force for a ``with`` block and restore the caller's settings after it."""
    _register_fonts()
    with mpl.rc_context(_RC):
        yield


def _register_fonts() -> None:
    """Make the shipped files known ahead of any copy that the system has, whose outlines may differ."""
    fonts = font_manager.fontManager
    known = {Path(entry.fname) for entry in fonts.ttflist}
    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        if path not in known:
            fonts.addfont(path)
            fonts.ttflist.insert(0, fonts.ttflist.pop())


def count_upwards(ax: Axes, top: float) -> None:
    """Run the vertical axis from zero to `top`, with few round ticks."""
    ax.set_ylim(0, top)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))


def dress_ticks(ax: Axes) -> None:
    """Set the ticks' own type, which the surrounding settings do not reach."""
    ax.tick_params(
        labelsize=SMALL_PT,
        labelcolor=INK,
        color=MUTED,
        width=0.6,
        length=3,
        labelfontfamily=[FONT_FAMILY, "sans-serif"],
    )


def width_pt(ax: Axes) -> float:
    """Give the width of the axes in points, as the layout stands."""
    figure = figure_of(ax)
    return float(ax.get_position().width * figure.get_figwidth() * 72)


def height_pt(ax: Axes) -> float:
    """Give the height of the axes in points, as the layout stands."""
    figure = figure_of(ax)
    return float(ax.get_position().height * figure.get_figheight() * 72)


def wrapped(text: str, room_pt: float, size_pt: float, *, bold: bool = False) -> str:
    """Break each line of a text where its words no longer fit the room; a single word may stand out."""
    font = font_manager.FontProperties(family=FONT_FAMILY, weight="bold" if bold else "normal")
    lines: list[str] = []
    for line in text.splitlines():
        current = ""
        for word in line.split(" "):
            longer = f"{current} {word}".strip()
            if current and _text_width(longer, size_pt, font) > room_pt:
                lines.append(current)
                longer = word
            current = longer
        lines.append(current)
    return "\n".join(lines)


def text_width_pt(text: str, size_pt: float, *, bold: bool = False) -> float:
    """Give the width of the widest line of a text in points."""
    font = font_manager.FontProperties(family=FONT_FAMILY, weight="bold" if bold else "normal")
    return max((_text_width(line, size_pt, font) for line in text.splitlines()), default=0.0)


def _text_width(text: str, size_pt: float, font: font_manager.FontProperties) -> float:
    """Measure by the outlines' points, which is exact enough to break lines by and far faster than their curves."""
    across = TextPath((0, 0), text, size=size_pt, prop=font).vertices[:, 0]
    return STRETCH * float(across.max() - across.min()) if len(across) else 0.0


def halo() -> list[AbstractPathEffect]:
    """Give a white rim, so that a label stays readable over lines and fills."""
    return [withStroke(linewidth=2.2, foreground="white")]


def figure_of(ax: Axes) -> Figure:
    """Find the figure at the root: an axes may sit in a subfigure."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes belong to no figure; make them with Figure().add_subplot()")
    return figure
