"""What is to be added, as rows of a case's tables: what was left open is filled from the case."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from violence_stats.errors import DataError, SelectionError
from violence_stats.figures import Source
from violence_stats.ledger.additions import NewFigure, NewSource
from violence_stats.ledger.case import Case
from violence_stats.ledger.cells import plain_line
from violence_stats.ledger.settings import Settings
from violence_stats.months import parse_window

_NUMBERED = re.compile(r"F([0-9]+)")


def figure_rows(new: Sequence[NewFigure], source_id: str, case: Case) -> list[dict[str, str]]:
    """Give the rows of ``figures.csv``, numbered from the first free id on.

    Raises
    ------
    SelectionError
        If a definition is left open where the case names several.
    """
    free = _first_free(case.ledger.figures)
    rows = []
    for one in new:
        figure_id = plain_line(one.figure_id)
        if not figure_id:
            figure_id, free = f"F{free:04d}", free + 1
        rows.append(_figure_row(one, figure_id, source_id, case.settings))
    return rows


def _first_free(figure_ids: Iterable[str]) -> int:
    """Give the number after the highest: an id that was taken back is not used again."""
    return 1 + max((int(match[1]) for one in figure_ids if (match := _NUMBERED.fullmatch(one))), default=0)


def _figure_row(one: NewFigure, figure_id: str, source_id: str, settings: Settings) -> dict[str, str]:
    window = parse_window(one.window)
    return {
        "figure_id": figure_id,
        "country": plain_line(settings.country if one.country is None else one.country),
        "area": plain_line(one.area),
        "measure": plain_line(settings.measure if one.measure is None else one.measure),
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "value": str(one.value),
        "definition": settings.only_definition() if one.definition is None else plain_line(one.definition),
        "publisher": plain_line(one.publisher),
        "reported": one.reported,
        "status": one.status,
        "quality": one.quality,
        "source_id": source_id,
        "note": plain_line(one.note),
    }


def source_row(new: NewSource, there: Mapping[str, Source]) -> tuple[dict[str, str], bool]:
    """Give the row of ``sources.csv``, and whether it is a new one.

    Raises
    ------
    DataError
        If a document of that id or address stands there with another address, title or date.
    SelectionError
        If only an id is given, and the case has no such document.
    """
    told = {"url": plain_line(new.url), "title": plain_line(new.title), "date": new.date}
    by_url = {one.url: one for one in there.values() if one.url}
    known = there.get(new.source_id) if new.source_id else by_url.get(told["url"])
    if known is not None:
        _refuse_another(told, known)
        stands = {"source_id": known.source_id, "url": known.url, "title": known.title, "date": known.date}
        return stands, False
    if not told["url"] and not told["title"]:
        raise SelectionError(
            f"source_id={new.source_id!r}: sources.csv has no such document; give its url or title, or correct the id"
        )
    if told["url"] in by_url:
        raise DataError(
            f"sources.csv has {told['url']} already, as {by_url[told['url']].source_id}; name the document so, or "
            "leave its id out"
        )
    return {"source_id": new.source_id or _make_id(told), **told}, True


def _refuse_another(told: Mapping[str, str], known: Source) -> None:
    for name, text in told.items():
        stands = getattr(known, name)
        if text and text != stands:
            raise DataError(
                f"sources.csv has a document {known.source_id} with another {name}: {stands!r}, not {text!r}; correct "
                "the table first, or give this one an id of its own"
            )


def _make_id(told: Mapping[str, str]) -> str:
    """Name a document by its site or title, its year and month, and a short code that no other has."""
    place = (urlsplit(told["url"]).hostname or "").removeprefix("www.") or told["title"]
    plain = unicodedata.normalize("NFKD", place).encode("ascii", "ignore").decode("ascii").lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "document"
    code = hashlib.sha256("\n".join(told.values()).encode("utf-8")).hexdigest()[:6]
    return f"{stem}-{told['date'][:7] or 'nd'}-{code}"
