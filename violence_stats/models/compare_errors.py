"""One model under every assumption about errors, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from violence_stats.errors import FitError, SpecificationError
from violence_stats.ledger.records import Language
from violence_stats.models.comparison_words import tell_disagreement, tell_errors
from violence_stats.models.effects import effects_table
from violence_stats.models.error_models import fit_frame
from violence_stats.models.estimate import ErrorModel
from violence_stats.models.frame import Family, ModelFrame
from violence_stats.models.plain_values import plain_records
from violence_stats.models.wording import table_lines
from violence_stats.wording import check_language

COUNT_ERRORS: tuple[ErrorModel, ...] = ("ar1", "newey-west", "iid")
OFFERED: dict[Family, tuple[ErrorModel, ...]] = {
    "quasi-poisson": COUNT_ERRORS,
    "negative-binomial": COUNT_ERRORS,
    "poisson": ("newey-west", "iid"),
    "gaussian": ("ar1", "prais-winsten", "newey-west", "iid"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ErrorComparison:
    """The interventions of a fit under each error model.

    Attributes
    ----------
    table : pandas.DataFrame
        The columns of `ITSResult.effects`; index ``term``, ``errors``; interventions only.
    not_available : mapping of str to str
        Error models that these data do not bear, and why.
    disagreements : tuple of str
        One sentence a term on whose difference from no effect the error models disagree.
    log_link : bool
    """

    table: pd.DataFrame
    not_available: Mapping[str, str]
    disagreements: tuple[str, ...]
    log_link: bool

    @property
    def agree(self) -> bool:
        """Whether every term is told from no effect under all error models, or under none."""
        return not self.disagreements

    def sentence(self, lang: Language = "en") -> str:
        """Say in one line whether they disagree.

        Parameters
        ----------
        lang : {'en', 'es'}

        Raises
        ------
        SelectionError
            If the language is another.
        """
        told = check_language(lang)
        return tell_errors([tell_disagreement(*found, told) for found in _disagreements(self.table)], told)

    def summary(self) -> str:
        """Say the comparison in plain text."""
        flat = self.table.copy()
        flat.index = pd.Index([f"{term}, {errors}" for term, errors in self.table.index], name="term")
        lines = [self.sentence(), "", *table_lines(flat, log_link=self.log_link)]
        lines += [f"{errors}: not available, because {reason}" for errors, reason in self.not_available.items()]
        return "\n".join(lines) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give a copy of `table`."""
        return self.table.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the comparison as plain values that JSON can hold; None where a number is not defined."""
        return {
            "rows": plain_records(self.table),
            "not_available": dict(self.not_available),
            "sentence": self.sentence(),
        }


def compare_error_models(frame: ModelFrame, *, lags: int | None = None) -> ErrorComparison:
    """Fit a frame under every error model that its family offers.

    Parameters
    ----------
    frame : ModelFrame
        With at least one intervention.
    lags : int, optional
        Of ``newey-west``.

    Raises
    ------
    SpecificationError
        If there is no intervention to compare.
    FitError
        If none of them can be fitted.
    """
    terms = [one.term for one in frame.design.interventions]
    if not terms:
        raise SpecificationError("the model has no intervention, so there is nothing to compare: add one")
    log_link = frame.family != "gaussian"
    tables: dict[str, pd.DataFrame] = {}
    not_available: dict[str, str] = {}
    for errors in OFFERED[frame.family]:
        try:
            estimate = fit_frame(frame, errors, lags)
        except (SpecificationError, FitError) as error:
            not_available[errors] = str(error)
        else:
            tables[errors] = effects_table(frame.design.names, estimate, log_link=log_link).loc[terms]
    if not tables:
        raise FitError(f"no error model could be fitted: {'; '.join(not_available.values())}")
    stacked = pd.concat(tables, names=["errors"]).swaplevel().loc[terms]
    disagreements = [tell_disagreement(*found, "en") for found in _disagreements(stacked)]
    return ErrorComparison(
        table=stacked, not_available=not_available, disagreements=tuple(disagreements), log_link=log_link
    )


def _disagreements(table: pd.DataFrame) -> list[tuple[str, list[str], list[str]]]:
    """Give each term on which they disagree: under which it differs from no effect, and under which not."""
    away = (table["ci_low"] > 0) | (table["ci_high"] < 0)
    found = []
    for term in dict.fromkeys(table.index.get_level_values("term")):
        differs = away.loc[[term]].droplevel("term")
        told, not_told = ([str(one) for one in differs.index[chosen]] for chosen in (differs, ~differs))
        if told and not_told:
            found.append((str(term), told, not_told))
    return found
