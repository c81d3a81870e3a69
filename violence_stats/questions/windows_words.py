"""A comparison of windows in words to quote: the change here, and what is left of it beside the change elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from violence_stats import wording
from violence_stats.ledger import naming
from violence_stats.ledger.case import CaseLike, case_behind, load_case
from violence_stats.ledger.records import Language
from violence_stats.models.change_words import Change
from violence_stats.months import Window
from violence_stats.questions.window_ratio import Ratio, WindowRatio
from violence_stats.wording import check_language

UNNAMED: Final = "series"
"""What a comparison calls a series of which nobody said where it was counted."""

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "here": "the count in {country}",
        "unnamed": "the count",
        "than": "{before} ({baseline} to {window})",
        "beside": "Set beside {names}",
        "than_there": "the same change as there would have given",
        "said": "{own}. {beside}. This takes away what they share and nothing else, and does not say why.",
    },
    "es": {
        "here": "el conteo en {country}",
        "unnamed": "el conteo",
        "than": "del que hubo {before} (de {baseline} a {window})",
        "beside": "Junto a {names}",
        "than_there": "de lo que habría dado el mismo cambio que allí",
        "said": "{own}. {beside}. Esto descuenta lo que tienen en común y nada más, y no dice por qué.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldWindows:
    """What the sentence on a comparison of windows is made of.

    Attributes
    ----------
    window, baseline : Window
        Both ends INCLUSIVE.
    own : WindowRatio
        The country asked about; `UNNAMED` where it has no name.
    controls : tuple of WindowRatio
    left : Ratio
        What is left of the change beside that of the controls.
    """

    window: Window
    baseline: Window
    own: WindowRatio
    controls: tuple[WindowRatio, ...]
    left: Ratio


def sentence(told_of: ToldWindows, lang: Language, case: CaseLike | None) -> str:
    """Give the change in one country, and what is left of it beside the others, as `WindowComparison.sentence` does."""
    told, own = check_language(lang), told_of.own
    text = _TEXT[told]
    known = case_behind(own.name, case)
    countries = {} if known is None else load_case(known).settings.countries
    when = wording.capital(wording.during(told_of.window, told))
    here = text["unnamed" if own.name == UNNAMED else "here"].format(country=naming.named(countries, own.name)[told])
    than = text["than"].format(
        before=wording.during(told_of.baseline, told),
        baseline=wording.whole(own.pair.baseline.value),
        window=wording.whole(own.pair.window.value),
    )
    others = [naming.named(countries, one.name)[told] for one in told_of.controls]
    beside = text["beside"].format(names=wording.listing(others, told))
    said = text["said"].format(
        own=_change(own.ratio).tell(when, here, than, told),
        beside=_change(told_of.left).tell(beside, here, text["than_there"], told),
    )
    return wording.plain_line(said)


def _change(ratio: Ratio) -> Change:
    """Read a ratio as a change; its interval takes counts as independent."""
    value, low, high = (math.log(one) for one in (ratio.value, ratio.low, ratio.high))
    return Change(value=value, low=low, high=high, is_ratio=True, adjusted=False)
