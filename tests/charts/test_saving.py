"""By hand: the written files, read back byte by byte."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.axes import Axes
from PIL import Image

from violence_stats.charts import saving, style
from violence_stats.charts.frame import open_frame


def small_chart() -> Axes:
    with open_frame(None, 6.0) as frame:
        frame.ax.plot([0, 1], [0, 2])
        frame.dress(title="Año", unit="Muertes por día", source="Fuente: IML")
    return frame.ax


@pytest.mark.parametrize("save", [saving.save_svg, saving.save_png])
def test_the_same_picture_gives_the_same_bytes(save: Callable[..., None], tmp_path: Path) -> None:
    for name in ("first", "second"):
        save(small_chart(), tmp_path / name, title="Año", description="Sube de 0 a 2")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_svg_text_is_text_in_the_house_family_and_names_no_day(tmp_path: Path) -> None:
    saving.save_svg(small_chart(), tmp_path / "chart.svg", title="Año", description="Sube de 0 a 2")
    svg = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert "Muertes por día</text>" in svg
    families = re.findall(r"font-family: ([^;]*)", svg)
    assert len(families) == svg.count("<text")
    assert {family.split(",")[0] for family in families} == {f"'{style.FONT_FAMILY}'"}
    assert "<title>Año</title>" in svg
    assert "Sube de 0 a 2" in svg
    assert "<dc:date>" not in svg


def test_png_is_1200_pixels_wide_and_names_no_program(tmp_path: Path) -> None:
    saving.save_png(small_chart(), tmp_path / "chart.png", title="Año", description="Sube")
    with Image.open(tmp_path / "chart.png") as picture:
        assert picture.width == saving.PNG_WIDTH
        assert "Software" not in picture.info


def test_csv_opens_in_a_spreadsheet_with_its_accents_and_runs_no_formula(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"publisher": ["Policía", "=1+1", "-x", "@a", "+b"], "change_pct": [-62.6, 1.0, 2.0, 3.0, 4.0]}
    )
    saving.save_csv(table, tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_bytes().split(b"\r\n")
    assert lines[0] == b"\xef\xbb\xbfpublisher,change_pct"
    assert lines[1].decode() == "Policía,-62.6"
    assert [line.split(b",")[0] for line in lines[2:6]] == [b"'=1+1", b"'-x", b"'@a", b"'+b"]


def test_csv_keeps_whole_numbers_whole_and_six_digits_of_others(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"count": [1234567.0, 0.0], "share": [-62.62690355329949, float("nan")], "figures": [["F1", "F2"], []]}
    )
    saving.save_csv(table, tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["count,share,figures", "1234567.0,-62.6269,F1; F2", "0.0,,"]


def test_the_style_leaves_the_callers_settings_as_they_were() -> None:
    with mpl.rc_context({"font.size": 31, "svg.fonttype": "path", "font.family": ["monospace"]}):
        before = dict(mpl.rcParams)
        small_chart()
        assert dict(mpl.rcParams) == before
