"""By hand: what a reader, a screen reader and a second build find in a typeset page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.report.conftest import ALT
from violence_stats.errors import OutputError
from violence_stats.report import pdf
from violence_stats.report.document import Document, Heading, Picture
from violence_stats.report.pdf import write_pdf


def tagged(node: Any) -> Iterator[Any]:
    """Walk the structure tree of a PDF."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from tagged(child)
    elif hasattr(node, "get"):
        yield node
        if "/K" in node:
            yield from tagged(node["/K"])


def structure(path: Path) -> list[Any]:
    return list(tagged(PdfReader(path).trailer["/Root"]["/StructTreeRoot"]["/K"]))


def test_the_page_says_its_language_title_and_the_day_of_its_data(page: Path) -> None:
    reader = PdfReader(page)
    assert reader.trailer["/Root"]["/Lang"].split("-")[0] == "es"
    assert reader.metadata.title == "¿Cuánto bajó?"
    assert reader.metadata["/CreationDate"].startswith("D:20251130")
    assert reader.metadata["/ModDate"].startswith("D:20251130")


def test_the_page_claims_pdf_ua(page: Path) -> None:
    assert b"pdfuaid" in PdfReader(page).xmp_metadata.stream.get_data()


def test_pictures_carry_their_text_and_tables_their_header(page: Path) -> None:
    nodes = structure(page)
    assert [str(node["/Alt"]) for node in nodes if "/Alt" in node] == [ALT]
    assert sum(node.get("/S") == "/TH" for node in nodes) == 2
    assert sum(node.get("/S") == "/H1" for node in nodes) == 1


def test_accented_text_can_be_copied_from_page_and_chart(page: Path) -> None:
    text = PdfReader(page).pages[0].extract_text()
    for words in ("¿Cuánto bajó?", "Según El Faro, hubo diálogo.", "Muertes por día", "Período"):
        assert words in text


def test_every_font_is_embedded_and_ours(page: Path) -> None:
    fonts = [font.get_object() for font in PdfReader(page).pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descendant = font["/DescendantFonts"][0].get_object()
        assert "SourceSans3" in descendant["/BaseFont"]
        assert "/FontFile2" in descendant["/FontDescriptor"]


def test_a_link_leads_to_its_address_unchanged(page: Path) -> None:
    links = [note.get_object() for note in PdfReader(page).pages[0]["/Annots"]]
    assert [link["/A"]["/URI"] for link in links] == ["https://example.org/a_b?c=#d"]


def test_two_builds_give_the_same_bytes(document: Document, workplace: Path, page: Path) -> None:
    write_pdf(document, workplace / "again.pdf", workplace=workplace)
    assert (workplace / "again.pdf").read_bytes() == page.read_bytes()


def test_markup_in_a_text_is_printed_not_obeyed(document: Document, workplace: Path) -> None:
    wild = replace(document, blocks=(Heading("#panic() *x* $y$ [z] \\ @a"),))
    write_pdf(wild, workplace / "wild.pdf", workplace=workplace)
    assert "#panic() *x* $y$ [z] \\ @a" in PdfReader(workplace / "wild.pdf").pages[0].extract_text()


def test_a_heading_level_left_out_is_an_error_that_names_the_file(document: Document, workplace: Path) -> None:
    broken = replace(document, blocks=(Heading("a"), Heading("b", 3)))
    with pytest.raises(OutputError, match=r"broken\.pdf"):
        write_pdf(broken, workplace / "broken.pdf", workplace=workplace)
    assert not (workplace / "broken.pdf").exists()


def test_a_missing_picture_is_an_error(document: Document, workplace: Path) -> None:
    missing = replace(document, blocks=(Picture(file="nowhere.svg", alt="a"),))
    with pytest.raises(OutputError, match=r"missing\.pdf"):
        write_pdf(missing, workplace / "missing.pdf", workplace=workplace)


def test_a_warning_is_an_error(document: Document, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other_family = workplace / "other" / "report.typ"
    other_family.parent.mkdir()
    other_family.write_text(pdf.TEMPLATE.read_text(encoding="utf-8").replace("Source Sans 3", "No Such Family"))
    monkeypatch.setattr(pdf, "TEMPLATE", other_family)
    with pytest.raises(OutputError, match="no such family"):
        write_pdf(document, workplace / "warned.pdf", workplace=workplace)
