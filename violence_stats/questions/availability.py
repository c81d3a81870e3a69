"""Which signatures have figures on identical windows on both sides of which episode: windows only, never a value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from violence_stats.errors import SelectionError
from violence_stats.ledger.case import CaseLike, load_case
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.months import DateLike, Window, last_day
from violence_stats.questions.collect_episode import collect_episode
from violence_stats.questions.episode_data import EpisodeData, OtherCounts
from violence_stats.questions.paired_counts import span_words

COLUMNS = ["episode", "signature", "measure", "publisher", "windows_before", "windows_after", "note"]


def list_available(case: CaseLike = SHIPPED_CASE, *, as_of: DateLike | None = None) -> pd.DataFrame:
    """List, for every episode of a case, the windows that its signatures can be measured on.

    Use it before looking at any value, to see how few rows some episodes have.

    Parameters
    ----------
    case : CaseLike, default "SLV"
    as_of : DateLike, optional
        Only what had been reported by this day, INCLUSIVE.

    Returns
    -------
    pandas.DataFrame
        One row a measure of a signature of an episode: ``episode``, ``signature``, ``measure``, ``publisher``,
        ``windows_before``, ``windows_after`` (blank where there is no pair), ``note``.

    Examples
    --------
    >>> import violence_stats as vs
    >>> table = vs.list_available("SLV")
    >>> table.loc[(table["episode"] == "truce-2012") & (table["signature"] == "geography"), "note"].item()
    'no figures on identical windows'
    """
    loaded = load_case(case)
    then = None if as_of is None else last_day(as_of)
    rows: list[dict[str, Any]] = []
    for episode in loaded.settings.episodes:
        try:
            data = collect_episode(loaded, episode, as_of=then)
        except SelectionError:
            rows.append({"episode": episode.id, "note": "not known yet"})
            continue
        rows.extend({"episode": episode.id, **row} for row in _rows(data))
    return pd.DataFrame(rows, columns=COLUMNS).fillna("")


def _rows(data: EpisodeData) -> Iterator[dict[str, str]]:
    yield _shape_row(data)
    yield from _paired("specificity", data.other_crime)
    yield from _paired("enforcement", data.enforcement)
    lost = () if data.disappearances is None else (data.disappearances,)
    yield from _paired("substitution", lost, "recording changed between them" if data.recording_changed else "")
    places = () if data.places is None else (data.places,)
    yield from _paired("geography", places, "places chosen by their counts" if data.places_selected else "")
    yield _neighbours_row(data)
    yield _counting_row(data)


def _shape_row(data: EpisodeData) -> dict[str, str]:
    return {
        "signature": "onset, persistence, bursts",
        "measure": data.series.measure,
        "publisher": "chain",
        "windows_before": _months(data, data.earliest, data.start),
        "windows_after": _months(data, data.start, data.last),
        "note": f"{data.months_known:.0f} months known after; "
        f"{'every day known' if data.days is not None else 'not every day known'}",
    }


def _months(data: EpisodeData, first: date, last: date) -> str:
    there = data.windows_in(first, last)
    return f"{len(there)} windows of {Window(there[0].window.start, there[-1].window.end)}" if there else ""


def _paired(signature: str, others: tuple[OtherCounts, ...], note: str = "") -> Iterator[dict[str, str]]:
    if not others:
        yield {"signature": signature, "note": "no figures on identical windows"}
    for one in others:
        pair = one.counts
        notes = [note, "the window before contains the start" if pair.contains_start else ""]
        yield {
            "signature": signature,
            "measure": pair.measure,
            "publisher": pair.publisher,
            "windows_before": span_words(pair.windows_before),
            "windows_after": span_words(pair.windows_after),
            "note": "; ".join(text for text in notes if text),
        }


def _neighbours_row(data: EpisodeData) -> dict[str, str]:
    compared = data.neighbours
    if compared is None:
        return {"signature": "neighbours", "note": "no figures on identical windows"}
    return {
        "signature": "neighbours",
        "measure": data.series.measure,
        "publisher": ", ".join(one.name for one in compared.controls),
        "windows_before": str(compared.baseline),
        "windows_after": str(compared.window),
    }


def _counting_row(data: EpisodeData) -> dict[str, str]:
    if not data.counting:
        return {"signature": "counting", "note": "no narrow count beside a full one"}
    return {
        "signature": "counting",
        "measure": ", ".join(sorted({one.what for one in data.counting})),
        "windows_after": f"{len(data.counting)} windows with both counts",
    }
