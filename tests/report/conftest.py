"""A small document with one block of each kind and the page it gives; the shipped case's facts and stories."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from violence_stats import wording
from violence_stats.charts import saving
from violence_stats.charts.frame import open_frame
from violence_stats.report.content import Facts, gather_facts
from violence_stats.report.document import Box, Bullets, Document, Heading, Link, Paragraph, Picture, Table
from violence_stats.report.pdf import write_pdf
from violence_stats.report.pictures import Chart, charts_of
from violence_stats.report.story import tell_story

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
            Picture(file="chart.svg", alt=ALT),
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
    with open_frame(None, 6.0) as frame:
        frame.ax.plot([0, 1], [0, 2])
        frame.dress(title="Año", unit="Muertes por día", source="Fuente: IML")
    saving.save_svg(frame.ax, tmp_path / "chart.svg", title="Año", description=ALT)
    return tmp_path


@pytest.fixture
def page(document: Document, workplace: Path) -> Path:
    write_pdf(document, workplace / "page.pdf", workplace=workplace)
    return workplace / "page.pdf"


@pytest.fixture(scope="session")
def facts() -> Facts:
    """The shipped case's facts, computed once for all tests."""
    return gather_facts("SLV", lambda _step: None)


@pytest.fixture(scope="session")
def charts(facts: Facts) -> dict[str, Chart]:
    return charts_of(facts, wording.LANGUAGES)


@pytest.fixture(scope="session")
def stories(facts: Facts, charts: dict[str, Chart]) -> dict[str, Document]:
    return {lang: tell_story(facts, charts, lang) for lang in wording.LANGUAGES}
