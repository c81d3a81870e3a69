"""By hand: where title, unit and source line stand, in a figure of the chart's own and in a reader's."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from tests.charts.reading import words
from violence_stats.charts import style
from violence_stats.charts.frame import open_frame

TEXTS = {"title": "Año", "unit": "Muertes por día", "source": "Fuente: IML"}


def test_a_figure_of_its_own_has_the_house_width_and_the_layout_is_settled() -> None:
    with open_frame(None, 6.0) as frame:
        frame.dress(**TEXTS)
    figure = style.figure_of(frame.ax)
    assert figure.get_size_inches() == pytest.approx([12 / 2.54, 6 / 2.54])
    assert figure.get_suptitle() == "Año"
    assert figure.get_supxlabel() == "Fuente: IML"
    assert not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine)


def test_in_a_readers_figure_the_texts_hang_on_the_axes() -> None:
    ax = Figure().add_subplot()
    with open_frame(ax, 6.0) as frame:
        frame.dress(**TEXTS, below_pt=30)
    assert frame.ax is ax
    assert style.figure_of(ax).get_suptitle() == ""
    assert all(text in words(ax) for text in TEXTS.values())
    source = next(text for text in ax.texts if text.get_text() == "Fuente: IML")
    assert source.xyann == (0, -30)


def test_the_callers_settings_come_back_even_where_drawing_fails() -> None:
    before = mpl.rcParams["svg.fonttype"], mpl.rcParams["font.size"]
    with pytest.raises(ZeroDivisionError), open_frame(None, 6.0):
        raise ZeroDivisionError
    assert (mpl.rcParams["svg.fonttype"], mpl.rcParams["font.size"]) == before
