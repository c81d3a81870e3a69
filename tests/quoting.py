"""What every sentence to quote has to hold to, whichever result says it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from violence_stats.errors import SelectionError
from violence_stats.wording import NO_BREAK

NUMBER = re.compile(r"[+−]?\d+(?:,\d{3})*(?:\.\d+)?")
CAUSES = re.compile(
    r"\b(prove[sd]?|because of|caused|due to|thanks to|demuestra|prueba que|causad[oa]|gracias a)\b", re.I
)


def both(sentence: Callable[..., str]) -> tuple[str, str]:
    """Give the sentence in English and Spanish, once it is seen to hold to what every one does.

    The same numbers in both languages, plain spaces, nothing left to fill in, no number that is none, no cause.
    """
    english, spanish = sentence("en"), sentence("es")
    assert sentence() == english
    assert sorted(NUMBER.findall(english)) == sorted(NUMBER.findall(spanish))
    for text in (english, spanish):
        assert text.endswith(".")
        assert not re.search(r"\{|\}|\bnan\b|\binf\b|\bNone\b(?! of)|\.\.|  ", text)
        assert NO_BREAK not in text
        assert not CAUSES.search(text)
    with pytest.raises(SelectionError, match="'fr'"):
        sentence("fr")
    return english, spanish
