"""Read a picture's words back."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.text import Text


def words(ax: Axes) -> str:
    """Give every text of the figure, line breaks as spaces."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return " ".join(text.get_text() for text in figure.findobj(Text)).replace("\n", " ")
