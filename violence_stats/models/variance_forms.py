"""Whether counts vary in proportion to their mean or to its square, where they span more than tenfold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from violence_stats.errors import SpecificationError
from violence_stats.ledger.records import Language
from violence_stats.models.ar1_errors import fit_ar1_counts
from violence_stats.models.comparison_words import tell_family
from violence_stats.models.effects import effects_table
from violence_stats.models.frame import Family, ModelFrame
from violence_stats.models.wording import table_lines
from violence_stats.wording import check_language

FAMILIES: tuple[Family, Family] = ("quasi-poisson", "negative-binomial")
CLEAR = 2.0
"""Difference of log-likelihoods below which they say little."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VarianceComparison:
    """One model with variance ``phi mu`` (quasi-poisson) and ``mu + mu^2 / theta`` (negative-binomial).

    Attributes
    ----------
    table : pandas.DataFrame
        The columns of `ITSResult.effects`; index ``term``, ``family``; interventions only.
    log_likelihood_ratio : float
        Of quasi-poisson over negative-binomial, each with a latent AR(1) path.
    """

    table: pd.DataFrame
    log_likelihood_ratio: float

    @property
    def preferred(self) -> Family:
        """The family with the higher likelihood."""
        return FAMILIES[0] if self.log_likelihood_ratio >= 0 else FAMILIES[1]

    def sentence(self, lang: Language = "en") -> str:
        """Say in one line which the counts prefer, and how clearly.

        Parameters
        ----------
        lang : {'en', 'es'}

        Raises
        ------
        SelectionError
            If the language is another.
        """
        gap = abs(self.log_likelihood_ratio)
        return tell_family(self.preferred, gap, check_language(lang), clear=gap >= CLEAR)

    def summary(self) -> str:
        """Say the comparison in plain text."""
        flat = self.table.copy()
        flat.index = pd.Index([f"{term}, {family}" for term, family in self.table.index], name="term")
        return "\n".join([self.sentence(), "", *table_lines(flat, log_link=True)]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give a copy of `table`."""
        return self.table.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the comparison as plain values that JSON can hold."""
        return {"rows": self.table.reset_index().to_dict(orient="records"), "sentence": self.sentence()}


def compare_variances(frame: ModelFrame) -> VarianceComparison:
    """Fit both families with a latent AR(1) path.

    Raises
    ------
    SpecificationError
        If the family is gaussian.
    FitError
        If one of them does not settle.
    """
    if frame.family == "gaussian":
        raise SpecificationError("the families compared are for counts: the model is gaussian")
    terms = [one.term for one in frame.design.interventions]
    tables, likelihoods = {}, []
    for family in FAMILIES:
        estimate = fit_ar1_counts(replace(frame, family=family))
        tables[family] = effects_table(frame.design.names, estimate, log_link=True).loc[terms]
        likelihoods.append(estimate.log_likelihood)
    return VarianceComparison(
        table=pd.concat(tables, names=["family"]).swaplevel().sort_index(level="term", sort_remaining=False),
        log_likelihood_ratio=likelihoods[0] - likelihoods[1],
    )
