"""What a picture of a decomposition says: one row a part, named in a language, of one model or of many."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from violence_stats import wording
from violence_stats.charts.labels import capital, labels_for, when
from violence_stats.charts.lanes import LAST_PUBLISHERS
from violence_stats.ledger.case import CaseLike, case_behind, load_case
from violence_stats.ledger.records import Language
from violence_stats.ledger.settings import Settings
from violence_stats.models.decomposition import Decomposition
from violence_stats.months import Window
from violence_stats.questions.fall_result import FallDecomposition

TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "fall": "What the fall of {pct} is made of",
        "rise": "What the rise of {pct} is made of",
        "unit": "{what}:\n{baseline_count} ({baseline}), then {count} ({window})",
        "trend": "trend from before",
        "season": "season",
        "exposure": "days in the window",
        "remainder": "not explained by the model",
        "share": "{share} of it",
        "to": "{low} to {high}",
        "one": "Bar: counts that the part took away (left) or added (right). Line: 95% interval.",
        "unadjusted": "Bar: counts that the part took away (left) or added (right). Line: interval, not adjusted for "
        "serial correlation.",
        "many": "Each dot is one of {n} models: where the period before starts, the date, step or ramp{lockdown}. "
        "Left: fewer; right: more. Bands are ranges, not intervals.",
        "lockdown": ", with or without a lockdown term",
        "marks": "Diamonds: the lockdown taken as nothing, or as what neighbouring countries' counts did.",
        "held": "The baseline already holds days of the event.",
        "source": "Source: {publishers}.",
        "alt": "{unit}. Parts of the change, in counts: {parts}.",
    },
    "es": {
        "fall": "De qué está hecha la baja de {pct}",
        "rise": "De qué está hecha el alza de {pct}",
        "unit": "{what}:\n{baseline_count} ({baseline}), luego {count} ({window})",
        "trend": "tendencia anterior",
        "season": "época del año",
        "exposure": "días del período",
        "remainder": "no explicado por el modelo",
        "share": "{share} del total",
        "to": "{low} a {high}",
        "one": "Barra: los casos que la parte quitó (izquierda) o sumó (derecha). Línea: intervalo del 95\u00a0%.",
        "unadjusted": "Barra: los casos que la parte quitó (izquierda) o sumó (derecha). Línea: intervalo sin "
        "corregir la correlación serial.",
        "many": "Cada punto es uno de {n} modelos: dónde empieza el período anterior, la fecha, escalón o "
        "rampa{lockdown}. Izquierda: menos; derecha: más. Las bandas son rangos, no intervalos.",
        "lockdown": ", con término para la cuarentena o sin él",
        "marks": "Rombos: la cuarentena tomada como nada, o como lo que hicieron los conteos de los países vecinos.",
        "held": "La base ya contiene días del suceso.",
        "source": "Fuente: {publishers}.",
        "alt": "{unit}. Partes del cambio, en casos: {parts}.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """One row of the picture.

    Attributes
    ----------
    label : str
    low, high : float
        Ends of the interval, or of the range over models, in counts.
    counts : tuple of float
        The estimate of each model.
    shares : tuple of float
        The same in per cent of the change.
    bounds : tuple of float
        Estimates from elsewhere, in counts, over which the row reaches too.
    bound_shares : tuple of float
    """

    label: str
    low: float
    high: float
    counts: tuple[float, ...]
    shares: tuple[float, ...]
    bounds: tuple[float, ...] = ()
    bound_shares: tuple[float, ...] = ()

    def words(self, lang: Language) -> str:
        """Say the counts, and the share where there is a change to share."""
        counts = _range((*self.counts, *self.bounds), lang, signed=True)
        if any(math.isnan(one) for one in self.shares):
            return counts
        share = _range((*self.shares, *self.bound_shares), lang, signed=False)
        return f"{counts}\n{TEXT[lang]['share'].format(share=share)}"


def part_rows(found: Decomposition | FallDecomposition, case: CaseLike | None, lang: Language) -> list[PartRow]:
    """Give one row a part, in the order of the result."""
    settings = _settings(found, case)
    if isinstance(found, Decomposition):
        return [
            PartRow(
                label=_label(str(name), row, settings, lang),
                low=row["deaths_low"],
                high=row["deaths_high"],
                counts=(row["deaths"],),
                shares=(row["share_pct"],),
            )
            for name, row in found.parts.iterrows()
        ]
    return [_range_row(found, str(name), settings, lang) for name in found.ranges.index]


def _range_row(found: FallDecomposition, name: str, settings: Settings | None, lang: Language) -> PartRow:
    row, days = found.ranges.T[name], found.primary.parts
    each = found.specifications[found.specifications["part"] == name]
    part = pd.concat([row, days.T.loc[["start", "end"], name]]) if name in days.index else row
    is_lockdown = settings is not None and settings.lockdown is not None and name == settings.lockdown.id
    bounds = [one.low for one in found.lockdown if one.kind != "own"] if is_lockdown else []
    log_ratio, change = found.primary.log_ratio, found.primary.change
    counts = [one * (change / log_ratio if log_ratio else found.primary.observed) for one in bounds]
    return PartRow(
        label=_label(name, part, settings, lang, dated=False),
        low=min([row["deaths_low"], *counts]),
        high=max([row["deaths_high"], *counts]),
        counts=tuple(each["deaths"]),
        shares=tuple(each["share_pct"]),
        bounds=tuple(counts),
        bound_shares=tuple(100 * one / log_ratio for one in bounds) if log_ratio else (),
    )


def title_words(found: Decomposition | FallDecomposition, lang: Language) -> str:
    """Give the title that the picture carries."""
    one = _one(found)
    name = "fall" if one.change <= 0 else "rise"
    return TEXT[lang][name].format(pct=wording.percent(abs(one.change_pct), lang))


def unit_words(found: Decomposition | FallDecomposition, case: CaseLike | None, lang: Language) -> str:
    """Say what is counted, and the two counts."""
    one = _one(found)
    return TEXT[lang]["unit"].format(
        what=labels_for(one.series, case, lang).what,
        window=wording.window(one.window, lang),
        baseline=wording.window(one.baseline, lang),
        count=wording.whole(one.observed),
        baseline_count=wording.whole(one.observed_baseline),
    )


def source_words(found: Decomposition | FallDecomposition, lang: Language) -> str:
    """Say how to read the marks, and who counted."""
    text, one = TEXT[lang], _one(found)
    if isinstance(found, FallDecomposition):
        lockdown = text["lockdown"] if bool(found.specifications["lockdown"].any()) else ""
        read = text["many"].format(n=found.n_specifications, lockdown=lockdown)
        read += f" {text['marks']}" if found.lockdown else ""
    else:
        read = text["unadjusted" if "not adjusted" in found.interval else "one"]
    held = [text["held"]] if any("days of the baseline" in note for note in one.notes) else []
    counted = [window.publisher for span in (one.baseline, one.window) for window in one.series.tiles(span)]
    named = [code for code in dict.fromkeys(counted) if code and code not in LAST_PUBLISHERS]
    source = [text["source"].format(publishers=wording.listing(named, lang))] if named else []
    return " ".join([read, *held, *source])


def _one(found: Decomposition | FallDecomposition) -> Decomposition:
    return found.primary if isinstance(found, FallDecomposition) else found


def _settings(found: Decomposition | FallDecomposition, case: CaseLike | None) -> Settings | None:
    known = case_behind(_one(found).series.case_id, case)
    return None if known is None else load_case(known).settings


def _label(name: str, row: pd.Series[Any], settings: Settings | None, lang: Language, *, dated: bool = True) -> str:
    """Name a part: an event or spell as the case does, with its date if asked for."""
    if row["kind"] not in ("event", "pulse"):
        return capital(TEXT[lang][row["kind"]])
    start, span = row["start"], Window(row["start"], row["end"])
    if settings is not None and row["kind"] == "event":
        for one in settings.interventions:
            if name == one.id or start == one.date or any(start == day.date for day in one.candidates):
                label = capital(one.label[lang])
                return f"{label} ({when(start, lang)})" if dated else label
    if settings is not None:
        for spell in (*settings.bursts, *([settings.lockdown] if settings.lockdown else [])):
            if spell.window.start == span.start and row["kind"] == "pulse":
                return capital(spell.label[lang])
    return capital(when(start, lang) if name[:4].isdigit() else name)


def _range(values: Sequence[float], lang: Language, *, signed: bool) -> str:
    ends = [_signed(one) if signed else wording.percent(one, lang, 0) for one in (min(values), max(values))]
    return ends[0] if ends[0] == ends[1] else TEXT[lang]["to"].format(low=ends[0], high=ends[1])


def _signed(count: float) -> str:
    words = wording.whole(count)
    if words in ("0", f"{wording.MINUS}0"):
        return "0"
    return words if count < 0 else f"+{words}"
