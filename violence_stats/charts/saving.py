"""Writing a picture and the numbers behind it, the same bytes every time."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats.charts.style import CM, WIDTH_CM, chart_style, figure_of
from violence_stats.ledger.cells import escape_formula

PNG_WIDTH: Final = 1200
"""Pixels across; the height follows the figure."""
DIGITS: Final = 6
"""Significant digits of a fraction in a table: more would differ from machine to machine."""


def save_svg(ax: Axes, path: Path, *, title: str, description: str) -> None:
    """Write the figure as SVG, its text as text, with a title and description for readers who cannot see it."""
    with chart_style():
        figure_of(ax).savefig(
            path,
            format="svg",
            metadata={"Date": None, "Creator": None, "Title": title, "Description": description},
        )


def save_png(ax: Axes, path: Path, *, title: str, description: str) -> None:
    """Write the figure as PNG, 1200 pixels wide, naming neither program nor day."""
    with chart_style():
        figure_of(ax).savefig(
            path,
            format="png",
            dpi=PNG_WIDTH / (WIDTH_CM * CM),
            metadata={"Software": None, "Title": title, "Description": description},
        )


def save_csv(table: pd.DataFrame, path: Path) -> None:
    """Write the numbers behind a picture so that a spreadsheet opens them with their accents.

    The file starts with a byte order mark, rows end in CRLF, and text that a spreadsheet would run as a formula is
    preceded by an apostrophe. Whole numbers are left as they are, others keep six digits; names in one cell are set
    apart by semicolons.
    """
    printed = table.apply(lambda column: column.map(_as_printed))
    printed.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _as_printed(cell: object) -> object:
    if isinstance(cell, tuple | list):
        return escape_formula("; ".join(map(str, cell)))
    if isinstance(cell, str):
        return escape_formula(cell)
    if isinstance(cell, float) and not cell.is_integer():
        return float(f"{cell:.{DIGITS}g}")
    return cell
