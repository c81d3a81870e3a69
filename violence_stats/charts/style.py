"""How every picture looks: one type family, a palette that survives colour blindness and grey print, no global state.

Figures are made without pyplot, so that a chart neither opens a window nor changes a notebook's settings.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

FONT_FOLDER: Final = Path(__file__).parents[1] / "assets" / "fonts"
FONT_FAMILY: Final = "Source Sans 3"

CM: Final = 1 / 2.54
WIDTH_CM: Final = 12.0
"""Drawn width. Type of 8.5 pt stays above 6 pt in a column of 8.5 cm and grows to 11 pt at 16 cm."""

TEXT_PT: Final = 8.5
SMALL_PT: Final = 7.5
TITLE_PT: Final = 10.5
LINE_SPACING: Final = 0.92
"""Of the family's own line height, which is generous."""

# Lightness falls in clear steps (L* about 92, 79, 57, 32, 10), so that grey print keeps the order.
INK: Final = "#1a1a1a"
OBSERVED: Final = "#1b4f72"
PALE: Final = "#a9c8de"
ACCENT: Final = "#d1662a"
BAND: Final = "#f2d9c7"
MUTED: Final = "#6b6b6b"
FAINT: Final = "#d9d9d9"
SHADE: Final = "#f1f1f1"

_RC: Final[Any] = {
    "font.family": [FONT_FAMILY, "DejaVu Sans"],
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
    known = {Path(entry.fname) for entry in font_manager.fontManager.ttflist}
    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        if path not in known:
            font_manager.fontManager.addfont(path)


def new_axes(height_cm: float) -> Axes:
    """Make a figure of the house width and give its only axes."""
    figure = Figure(figsize=(WIDTH_CM * CM, height_cm * CM), layout="constrained")
    return figure.add_subplot()


def dress(ax: Axes, *, title: str, unit: str) -> None:
    """Set the title, the unit under it, the ticks' own type and the baseline at zero."""
    _write(ax, title, (0, 1), 16, fontsize=TITLE_PT, fontweight="bold", color=INK, va="bottom")
    _write(ax, unit, (0, 1), 4, fontsize=SMALL_PT, va="bottom")
    ax.tick_params(labelsize=SMALL_PT, labelcolor=INK, color=MUTED, width=0.6, length=3, labelfontfamily=FONT_FAMILY)
    ax.set_ylim(bottom=0)


def add_source_line(ax: Axes, text: str, *, below_pt: float) -> None:
    """Write where the data come from under the axes, broken to the house width."""
    _write(ax, wrapped(text, 100), (0, 0), -below_pt, fontsize=SMALL_PT - 0.5, va="top", linespacing=LINE_SPACING)


def _write(ax: Axes, text: str, corner: tuple[float, float], up_pt: float, **kind: Any) -> None:
    ax.annotate(
        text,
        xy=corner,
        xycoords="axes fraction",
        xytext=(0, up_pt),
        textcoords="offset points",
        annotation_clip=False,
        **{"color": MUTED, **kind},
    )


def wrapped(text: str, width: int) -> str:
    """Break a line into lines of at most `width` characters."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))
