"""A small document with one block of each kind, in Spanish, and the page it gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from violence_stats.charts import saving, style
from violence_stats.report.document import Box, Bullets, Document, Heading, Link, Paragraph, Picture, Table
from violence_stats.report.pdf import write_pdf

ALT = "La línea sube de 0 a 2 muertes por día"


@pytest.fixture
def document() -> Document:
    return Document(
        lang="es",
        title="¿Cuánto bajó?",
        subtitle="Datos hasta el 30 de noviembre de 2025",
        running_head="Homicidios",
        date=date(2025, 11, 30),
        blocks=(
            Box(label="Para citar", lead="De 1,576 a 589.", sentences=("Baja de 62.6\u00a0%.",)),
            Heading("Reducción"),
            Paragraph(("Según El Faro, hubo diálogo.", "El Gobierno lo negó.")),
            Bullets(("uno", "dos")),
            Picture(file="chart.svg", alt=ALT, caption="Muertes por día"),
            Table(
                caption="Cifras",
                header=("Período", "Muertes"),
                rows=(("2019", "1,576"), ("2020", Link(text="589", url="https://example.org/a_b?c=#d"))),
                widths=(2, 1),
                right=(1,),
            ),
            Paragraph(("Nota.",), small=True),
        ),
    )


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    with style.chart_style():
        ax = style.new_axes(6.0)
        ax.plot([0, 1], [0, 2])
        style.dress(ax, title="Año", unit="Muertes por día")
    saving.save_svg(ax, tmp_path / "chart.svg", title="Año", description=ALT)
    return tmp_path


@pytest.fixture
def page(document: Document, workplace: Path) -> Path:
    write_pdf(document, workplace / "page.pdf", workplace=workplace)
    return workplace / "page.pdf"
