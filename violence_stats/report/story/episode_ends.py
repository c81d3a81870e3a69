"""How an episode came undone, by each date that an author has it end."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from violence_stats import wording
from violence_stats.charts.labels import capital
from violence_stats.ledger.records import Language
from violence_stats.months import Window, last_day_of_month
from violence_stats.questions.episodes import Episodes
from violence_stats.report.content import Facts
from violence_stats.report.document import Block, Heading, Paragraph, Table
from violence_stats.report.story.phrases import Texts, between, spanning

COLUMNS: Final = 2
"""Dates side by side."""

_TEXT: Final[Texts] = {
    "en": {
        "heading": "How it came undone: {name}",
        "range": "In the twelve months from its end on, the rate was {range} times that of the months from its start "
        "to its end, depending on which of {n} dates the end is given.",
        "beyond": "For {n_beyond} of them the 95% interval lies above 1, so that a rise is beyond chance.",
        "none": "For none of them does the 95% interval lie above 1.",
        "same": "The documents that give these dates are named in the chapter on breaks at unknown dates.",
        "table": "Twelve months from the given end on, over the months before it",
        "end": "End as given",
        "ratio": "Rate (95% interval)",
    },
    "es": {
        "heading": "Cómo se deshizo: {name}",
        "range": "En los doce meses desde su fin, la tasa fue {range} veces la de los meses desde su inicio hasta su "
        "fin, según cuál de {n} fechas se dé al fin.",
        "beyond": "En {n_beyond} de ellas, el intervalo del 95\u00a0% queda por encima de 1, de modo que el alza va "
        "más allá del azar.",
        "none": "En ninguna de ellas el intervalo del 95\u00a0% queda por encima de 1.",
        "same": "Los documentos que dan estas fechas se nombran en el capítulo sobre quiebres en fechas desconocidas.",
        "table": "Doce meses desde el fin que se da, entre los meses anteriores",
        "end": "Fin que se da",
        "ratio": "Tasa (intervalo del 95\u00a0%)",
    },
}


def tell_ends(facts: Facts, found: Episodes, lang: Language) -> tuple[Block, ...]:
    """Give the rise from each named end on; nothing where no episode's end is named."""
    names = {one.data.id: one.name[lang] for one in found.measures}
    known = found.ends[found.ends["log_rate_ratio"].notna()]
    return tuple(
        block
        for episode, rows in known.groupby("episode", sort=False)
        for block in _one(facts, names[str(episode)], rows.to_dict(orient="records"), lang)
    )


def _one(facts: Facts, name: str, rows: list[dict[Any, Any]], lang: Language) -> tuple[Block, ...]:
    text = _TEXT[lang]
    ratios = sorted(math.exp(row["log_rate_ratio"]) for row in rows)
    beyond = sum(row["low"] > 0 for row in rows)
    ends = spanning(wording.decimal(ratios[0], 2), wording.decimal(ratios[-1], 2), lang)
    return (
        Heading(text["heading"].format(name=name), 2),
        Paragraph(
            (
                text["range"].format(range=ends, n=len(rows)),
                text["beyond"].format(n_beyond=beyond) if beyond else text["none"],
                *([] if facts.unknown is None else [text["same"]]),
            )
        ),
        Table(
            caption=text["table"],
            header=(text["end"], text["ratio"]) * COLUMNS,
            rows=tuple(_side_by_side([_row(row, lang) for row in rows])),
            widths=(1.3, 1.4) * COLUMNS,
            right=(1, 3),
            small=True,
        ),
    )


def _row(row: dict[Any, Any], lang: Language) -> tuple[str, str]:
    value, low, high = (wording.decimal(math.exp(row[name]), 2) for name in ("log_rate_ratio", "low", "high"))
    return capital(_end(row["end"], row["precision"], lang)), f"{value} ({between(low, high, lang)})"


def _end(day: date, precision: str, lang: Language) -> str:
    """Write a date as exactly as its document gives it."""
    if precision == "year":
        return str(day.year)
    last = day if precision == "day" else last_day_of_month(day)
    return wording.window(Window(day, last), lang)


def _side_by_side(cells: list[tuple[str, str]]) -> Iterable[tuple[str, ...]]:
    n_rows = -(-len(cells) // COLUMNS)
    padded = [*cells, *([("", "")] * (n_rows * COLUMNS - len(cells)))]
    for row in range(n_rows):
        yield tuple(cell for column in range(COLUMNS) for cell in padded[column * n_rows + row])
