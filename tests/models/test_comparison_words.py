"""By hand: comparisons of errors and families, and time constants, say the same in Spanish."""

from __future__ import annotations

import pytest

from violence_stats.errors import SelectionError
from violence_stats.models.comparison_words import tell_disagreement, tell_errors, tell_family, tell_months
from violence_stats.models.time_constant import TimeConstant


def test_error_models_that_disagree() -> None:
    en, es = (tell_disagreement("step 2015-01", ["iid"], ["ar1", "newey-west"], lang) for lang in ("en", "es"))
    assert tell_errors([en], "en") == (
        "The error models disagree: step 2015-01 differs from no effect under iid but not under ar1, newey-west."
    )
    assert tell_errors([es], "es") == (
        "Los modelos de errores no coinciden: step 2015-01 se distingue de la ausencia de efecto con iid, pero no con "
        "ar1, newey-west."
    )
    assert tell_errors([], "es").startswith("Los modelos de errores coinciden")


def test_the_family_that_counts_prefer() -> None:
    assert tell_family("negative-binomial", 3.14, "en", clear=True) == (
        'The counts prefer family="negative-binomial", by a log-likelihood of 3.1.'
    )
    assert tell_family("negative-binomial", 0.14, "es", clear=False) == (
        'Los conteos prefieren family="negative-binomial", aunque apenas, por una log-verosimilitud de 0.1.'
    )


def test_a_time_constant() -> None:
    assert tell_months("onset 2019-06", 2.34, 0.0, float("inf"), "es", adjusted=False) == (
        "constante de tiempo de onset 2019-06: 2.3 meses (0.0 o más; no se descarta que fuera de golpe; sin ajuste por "
        "correlación serial)"
    )
    found = TimeConstant(term="onset 2019-06", months=2.34, low=0.5, high=4.0, adjusts_for_correlation=True)
    assert found.sentence() == "time constant of onset 2019-06: 2.3 months (0.5 to 4.0)"
    assert found.sentence("es") == "constante de tiempo de onset 2019-06: 2.3 meses (0.5 a 4.0)"
    with pytest.raises(SelectionError, match="'fr'"):
        found.sentence("fr")  # type: ignore[arg-type]
