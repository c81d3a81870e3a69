"""Property: the palette keeps its order in grey print; the family that ships is the one that is found."""

from __future__ import annotations

from itertools import pairwise

import pytest
from matplotlib import font_manager
from matplotlib.colors import to_rgb

from violence_stats.charts import style

GREY_STEP = 0.1
"""Least difference in luminance between neighbours, about what newsprint keeps apart."""


def luminance(colour: str) -> float:
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_neighbours_in_the_palette_stay_apart_in_grey() -> None:
    ordered = [style.INK, style.OBSERVED, style.ACCENT, style.PALE, "white"]
    assert all(luminance(lighter) - luminance(darker) > GREY_STEP for darker, lighter in pairwise(ordered))


def test_the_shipped_font_files_are_the_ones_used() -> None:
    with style.chart_style():
        for weight in ("normal", "bold"):
            found = font_manager.findfont(
                font_manager.FontProperties(family=[style.FONT_FAMILY], weight=weight), fallback_to_default=False
            )
            assert str(style.FONT_FOLDER) in found


def test_a_systems_own_copy_of_the_family_does_not_take_over(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [font for font in font_manager.fontManager.ttflist if font.name != style.FONT_FAMILY]
    copy = font_manager.FontEntry(fname="/elsewhere/SourceSans3.ttf", name=style.FONT_FAMILY, weight=400)
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [copy, *others])
    with style.chart_style():
        first = next(font for font in font_manager.fontManager.ttflist if font.name == style.FONT_FAMILY)
    assert str(style.FONT_FOLDER) in first.fname
