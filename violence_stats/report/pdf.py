"""Pages from blocks: typeset offline, with our fonts only, the same bytes every time."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

import typst

from violence_stats.charts.style import FONT_FOLDER
from violence_stats.errors import OutputError
from violence_stats.report.document import Document

TEMPLATE: Final = Path(__file__).parent / "templates" / "report.typ"


def write_pdf(document: Document, path: Path, *, workplace: Path) -> None:
    """Typeset a document as PDF/UA-1.

    Parameters
    ----------
    workplace : pathlib.Path
        A folder that holds the document's pictures; the template and the text lie beside them while it is typeset.

    Raises
    ------
    OutputError
        If the typesetter refuses the document or has anything to warn of.
    """
    main, text = Path(shutil.copy(TEMPLATE, workplace)), workplace / "document.json"
    text.write_text(json.dumps(document.to_dict(), ensure_ascii=False, allow_nan=False), encoding="utf-8")
    try:
        pages, warnings = typst.compile_with_warnings(
            main,
            root=workplace,
            font_paths=[FONT_FOLDER],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(document.date, time(), tzinfo=UTC),
        )
    except typst.TypstError as error:
        raise OutputError(f"{path.name} could not be typeset: {error.message}") from error
    finally:
        main.unlink()
        text.unlink()
    if warnings or not isinstance(pages, bytes):
        said = "; ".join(warning.message for warning in warnings) or "no pages came out"
        raise OutputError(f"{path.name} could not be typeset cleanly: {said}")
    path.write_bytes(pages)
