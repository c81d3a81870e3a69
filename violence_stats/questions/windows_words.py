"""A comparison of windows in words to quote: the change here, and what is left of it beside the change elsewhere."""

from __future__ import annotations

import math
from typing import Final

from violence_stats import wording
from violence_stats.ledger import naming
from violence_stats.ledger.case import CaseLike, case_behind, load_case
from violence_stats.ledger.records import Language
from violence_stats.models.change_words import Change
from violence_stats.questions.window_ratio import Ratio
from violence_stats.questions.windows import WindowComparison
from violence_stats.wording import check_language

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "here": "the count in {country}",
        "than": "{before} ({baseline} to {window})",
        "beside": "Set beside {names}",
        "than_there": "the same change as there would have given",
        "said": "{own}. {beside}. This takes away what they share and nothing else, and does not say why.",
    },
    "es": {
        "here": "el conteo en {country}",
        "than": "del que hubo {before} (de {baseline} a {window})",
        "beside": "Junto a {names}",
        "than_there": "de lo que habría dado el mismo cambio que allí",
        "said": "{own}. {beside}. Esto descuenta lo que tienen en común y nada más, y no dice por qué.",
    },
}


def quote_windows(compared: WindowComparison, lang: Language = "en", *, case: CaseLike | None = None) -> str:
    """Give the change in one country, and what is left of it beside the others, to quote.

    Parameters
    ----------
    compared : WindowComparison
        As `compare_windows` gives it.
    lang : {'en', 'es'}
    case : str, pathlib.Path or Case, optional
        Whose names of countries to use; by default the shipped case that is called as the first country is.

    Raises
    ------
    SelectionError
        If the language is another.

    Examples
    --------
    >>> import violence_stats as vs
    >>> compared = vs.compare_windows(vs.load_homicides("SLV"), window="2020-H1", baseline="2019-H1")
    >>> vs.quote_windows(compared).split(" (")[0]
    'In the first half of 2020, the count in El Salvador was 63% lower'
    """
    told = check_language(lang)
    text, own = _TEXT[told], compared.treated
    known = case_behind(own.name, case)
    countries = {} if known is None else load_case(known).settings.countries
    when = wording.capital(wording.during(compared.window, told))
    here = text["here"].format(country=naming.named(countries, own.name)[told])
    than = text["than"].format(
        before=wording.during(compared.baseline, told),
        baseline=wording.whole(own.pair.baseline.value),
        window=wording.whole(own.pair.window.value),
    )
    others = [naming.named(countries, one.name)[told] for one in compared.controls]
    beside = text["beside"].format(names=wording.listing(others, told))
    left = own.over(compared.controls[0]) if compared.together is None else compared.together
    said = text["said"].format(
        own=_change(own.ratio).tell(when, here, than, told),
        beside=_change(left).tell(beside, here, text["than_there"], told),
    )
    return wording.plain_line(said)


def _change(ratio: Ratio) -> Change:
    """Read a ratio as a change; its interval takes counts as independent."""
    value, low, high = (math.log(one) for one in (ratio.value, ratio.low, ratio.high))
    return Change(value=value, low=low, high=high, is_ratio=True, adjusted=False)
