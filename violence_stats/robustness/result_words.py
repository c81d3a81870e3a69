"""What placebos, curves and power say in a sentence: one template each language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from violence_stats import wording
from violence_stats.ledger.records import Language
from violence_stats.models.wording import number_words, p_words

NEARLY: Final = 0.005
"""A share that would be rounded to none or all."""

_TEXT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "placebo": "The effect at {at} ranks {rank} of {n_dates} by size (p {p}); {n_placebos} placebo dates can give "
        "no p below {smallest}.",
        "curve": "Of {n} specifications {fall} see a fall and {rise} a rise; the interval excludes no change in "
        "{fall_clear} on the side of a fall and in {rise_clear} on that of a rise. "
        "The rate ratios run from {lowest} to {highest}, half of them between {lower_quartile} "
        "and {upper_quartile}, with median {median}.",
        "power": "A change of {change} (rate ratio {ratio}) is the smallest that would be found {share} of the time in "
        "counts like these; where nothing changes, the test sees a change {alarm} of the time.",
        "too_small": "Even a change of {change} would not be found {share} of the time in counts like these.",
    },
    "es": {
        "placebo": "El efecto del {at} ocupa el lugar {rank} de {n_dates} por tamaño (p {p}); con {n_placebos} fechas "
        "placebo, la p no puede bajar de {smallest}.",
        "curve": "De {n} especificaciones, el {fall} ve una baja y el {rise}, un alza; el intervalo excluye la "
        "ausencia de cambio del lado de una baja en el {fall_clear} y del de un alza en el {rise_clear}. "
        "Las razones de tasas van de {lowest} a {highest}, la mitad de "
        "ellas entre {lower_quartile} y {upper_quartile}, con una mediana de {median}.",
        "power": "Un cambio de {change} (razón de tasas {ratio}) es el menor que se hallaría el {share} de las veces "
        "en conteos como estos; donde nada cambia, la prueba ve un cambio el {alarm} de las veces.",
        "too_small": "Ni siquiera un cambio de {change} se hallaría el {share} de las veces en conteos como estos.",
    },
}


def share_words(share: float, lang: Language = "en") -> str:
    """Print a share in whole per cent, as a bound where it would read as none or all but is not.

    Examples
    --------
    >>> [share_words(share) for share in (0.0, 0.001, 0.5, 0.999, 1.0)]
    ['0%', '<1%', '50%', '>99%', '100%']
    """
    if 0 < share <= NEARLY:
        return f"<{_per_cent(0.01, lang)}"
    return f">{_per_cent(0.99, lang)}" if 1 - NEARLY <= share < 1 else _per_cent(share, lang)


def tell_placebo(
    at: date, *, rank: int, n_placebos: int, p_value: float, smallest_p: float, lang: Language = "en"
) -> str:
    """Say the rank of an effect among placebos, and what so many of them can say."""
    said = _TEXT[lang]["placebo"].format(
        at=at.isoformat() if lang == "en" else wording.day(at, lang),
        rank=rank,
        n_dates=n_placebos + 1,
        p=p_words(p_value),
        n_placebos=n_placebos,
        smallest=p_words(smallest_p),
    )
    return wording.plain_line(said)


def tell_curve(shares: Mapping[str, float], spread: Mapping[str, float], n: int, lang: Language = "en") -> str:
    """Say how many specifications see a fall or rise, and how far their rate ratios spread."""
    said = _TEXT[lang]["curve"].format(
        n=wording.whole(n),
        **{name: share_words(share, lang) for name, share in shares.items()},
        **{name: number_words(ratio) for name, ratio in spread.items()},
    )
    return wording.plain_line(said)


def tell_power(*, change_pct: float, rate_ratio: float | None, power: float, alarm: float, lang: Language) -> str:
    """Say the smallest change that would be found; `rate_ratio` None says that not even this one would."""
    change = f"{change_pct:+.0f}{_SIGN[lang]}"
    said = _TEXT[lang]["too_small" if rate_ratio is None else "power"].format(
        change=change if lang == "en" else change.replace("-", wording.MINUS),
        ratio="" if rate_ratio is None else number_words(rate_ratio),
        share=_per_cent(power, lang),
        alarm=_per_cent(alarm, lang),
    )
    return wording.plain_line(said)


_SIGN: Final[dict[Language, str]] = {"en": "%", "es": f"{wording.NO_BREAK}%"}


def _per_cent(share: float, lang: Language) -> str:
    return f"{100 * share:.0f}{_SIGN[lang]}"
