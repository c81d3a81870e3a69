"""One model under every assumption about errors, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from violence_stats.errors import FitError, SpecificationError
from violence_stats.models.effects import effects_table
from violence_stats.models.error_models import fit_frame
from violence_stats.models.estimate import ErrorModel
from violence_stats.models.frame import Family, ModelFrame
from violence_stats.models.plain_values import plain_records
from violence_stats.models.wording import table_lines

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

    @property
    def sentence(self) -> str:
        """One line that says whether they disagree."""
        if self.agree:
            return "The error models agree on which terms differ from no effect."
        return f"The error models disagree: {'; '.join(self.disagreements)}."

    def summary(self) -> str:
        """Say the comparison in plain text."""
        flat = self.table.copy()
        flat.index = pd.Index([f"{term}, {errors}" for term, errors in self.table.index], name="term")
        lines = [self.sentence, "", *table_lines(flat, log_link=self.log_link)]
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
            "sentence": self.sentence,
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
    disagreements = [sentence for term in terms if (sentence := _disagreement(term, stacked.loc[[term]])) is not None]
    return ErrorComparison(
        table=stacked, not_available=not_available, disagreements=tuple(disagreements), log_link=log_link
    )


def _disagreement(term: str, rows: pd.DataFrame) -> str | None:
    away = (rows["ci_low"] > 0) | (rows["ci_high"] < 0)
    if away.all() or not away.any():
        return None
    names = rows.index.get_level_values("errors")
    told, not_told = (", ".join(names[chosen]) for chosen in (away, ~away))
    return f"{term} differs from no effect under {told} but not under {not_told}"
