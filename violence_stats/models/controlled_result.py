"""A fitted controlled interrupted time series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from violence_stats.errors import SpecificationError
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.naming import names_for
from violence_stats.ledger.records import Language
from violence_stats.models.controlled_counterfactual import expect_as_controls
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.effect_words import tell_effects
from violence_stats.models.effects import combine_terms
from violence_stats.models.estimate import Estimate
from violence_stats.models.fit_words import controlled_effects
from violence_stats.models.joint_draws import ALL, SEED, Uncertainty
from violence_stats.models.panel import TREATED, PanelFrame
from violence_stats.models.per_100k import table_per_100k
from violence_stats.models.plain_values import plain_numbers, plain_records
from violence_stats.models.without import Question
from violence_stats.models.wording import table_lines
from violence_stats.months import Window, WindowLike
from violence_stats.wording import check_language


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ControlledResult:
    """What `ControlledInterruptedTimeSeries.fit` gives.

    Attributes
    ----------
    effects : pandas.DataFrame
        One row a term; columns as in `ITSResult.effects`. ``step 2019-06`` is what the controls did, ``treated step
        2019-06`` what the treated series did beyond that; a term with a unit in brackets is that unit's own.
    panel : PanelFrame
        The data that were fitted.
    estimate : Estimate
        Coefficients, covariance and what goes with them.
    """

    effects: pd.DataFrame
    panel: PanelFrame
    estimate: Estimate

    @property
    def window(self) -> Window:
        """The fitting window, both ends INCLUSIVE."""
        return self.panel.frames[0].span

    @property
    def controls(self) -> tuple[str, ...]:
        """Names of the controls."""
        return self.panel.units[1:]

    @property
    def treated_effects(self) -> pd.DataFrame:
        """The rows of `effects` that say what changed in the treated series beyond the controls."""
        terms = [one.term for one in self.panel.terms.interventions]
        return self.effects.loc[self.panel.treated_columns(terms)]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to be told, by unit where it concerns one."""
        by_unit = [
            f"{unit}: {note}"
            for unit, frame in zip(self.panel.units, self.panel.frames, strict=True)
            for note in frame.notes
        ]
        return (*by_unit, *self.estimate.notes)

    @property
    def interval_words(self) -> str:
        """How the intervals were made, and whether they allow for serial correlation."""
        words = self.estimate.interval_words
        return f"{words}; correlation within units only" if self.estimate.adjusts_for_correlation else words

    @property
    def fitted(self) -> pd.DataFrame:
        """Observed and expected by unit and window: ``start, end`` (INCLUSIVE), ``observed, fitted``."""
        windows = [window for frame in self.panel.frames for window in frame.series.windows]
        units = np.asarray(self.panel.units, dtype=object)[self.panel.unit]
        return pd.DataFrame(
            {
                "start": [window.start for window in windows],
                "end": [window.end for window in windows],
                "observed": self.panel.y,
                "fitted": self.estimate.fitted,
            },
            index=pd.MultiIndex.from_arrays([units, [str(window) for window in windows]], names=["unit", "window"]),
        )

    def per_100k(self, populations: Mapping[str, pd.Series[Any]]) -> pd.DataFrame:
        """Give observed and expected as annual rates per 100,000 inhabitants, by unit and window.

        Parameters
        ----------
        populations : mapping of str to pandas.Series
            For each control by its name, and for the treated series as ``"treated"``: inhabitants by year (integer
            index), as `load_population` gives.

        Returns
        -------
        pandas.DataFrame
            ``start, end`` (INCLUSIVE), ``observed_per_100k, fitted_per_100k``; index as `fitted`.

        Raises
        ------
        SpecificationError
            If a unit has no population.
        SeriesError
            If the series hold rates already, or a window lies beyond the last year of a population.
        """
        without = [unit for unit in self.panel.units if unit not in populations]
        if without:
            raise SpecificationError(
                f"populations: expected one for each of {', '.join(self.panel.units)}, none for {', '.join(without)}"
            )
        table = self.fitted
        series = {unit: frame.series for unit, frame in zip(self.panel.units, self.panel.frames, strict=True)}
        rates = [
            table_per_100k(table.loc[[unit]], one.windows, one.kind, populations[unit]) for unit, one in series.items()
        ]
        return pd.concat(rates)

    def combine(self, weights: Mapping[str, float]) -> pd.Series[float]:
        """Give a weighted sum of terms with its interval.

        Parameters
        ----------
        weights : mapping of term to weight
            ``{"step 2019-06": 1, "treated step 2019-06": 1}`` is the whole change of the treated series.

        Returns
        -------
        pandas.Series
            The columns of `effects`.

        Raises
        ------
        SpecificationError
            If a term is not in the model.
        """
        return combine_terms(weights, self.effects.index, self.estimate, log_link=self.panel.family != "gaussian")

    def counterfactual(
        self,
        without: str,
        window: WindowLike | None = None,
        *,
        hold: str | Sequence[str] = (),
        uncertainty: Sequence[Uncertainty] = ALL,
        seed: int = SEED,
    ) -> Counterfactual:
        """Say what the treated series would have counted, had it changed at an event no more than its controls did.

        The terms of the controls are kept as fitted, and with them what all units share, such as a lockdown; only the
        ``treated`` terms of the event are taken away.

        Parameters
        ----------
        without : str
            The event by name or date, as `ITSResult.counterfactual` reads it.
        window : WindowLike, optional
            Both ends INCLUSIVE; whole fitted windows make it up. Default: from the event to the end.
        hold : str or sequence of str, optional
            Later events whose effects on the treated series are held as fitted.
        uncertainty : sequence of {'parameters', 'latent', 'counts'}, optional
            What the intervals hold. The latent path is that of the treated series, given its own windows before.
        seed : int, optional
            Of the joint draws behind the intervals.

        Returns
        -------
        Counterfactual
            Observed, expected and averted of the treated series, with its table by window.

        Raises
        ------
        SpecificationError
            If the event is unknown or ambiguous, or the window lies before it or reaches past another one.
        WindowError
            If whole fitted windows do not make up the window.
        """
        question = Question(without=without, window=window, hold=hold, uncertainty=uncertainty, seed=seed)
        return expect_as_controls(self.panel, self.estimate, question)

    def sentence(self, lang: Language = "en", *, case: CaseLike | None = None) -> str:
        """Give what changed at each intervention beyond the controls, to quote, each number with its interval.

        Parameters
        ----------
        lang : {'en', 'es'}
        case : CaseLike, optional
            Whose names to use, for a series from a folder; a series of a shipped case knows its own.

        Raises
        ------
        SelectionError
            If the language is another.
        """
        names = names_for(self.panel.frames[0].series, case)
        known = controlled_effects(self.panel, self.estimate, self.effects, names)
        return tell_effects(known, check_language(lang))

    def summary(self) -> str:
        """Say the fit in plain text: the same bytes for the same fit."""
        series = self.panel.frames[0].series
        lines = [
            f"Controlled interrupted time series: {series.subject}, "
            f"{self.window.start.isoformat()} to {self.window.end.isoformat()}, beside {', '.join(self.controls)}",
            f"{series.n_windows} windows a unit, {len(self.panel.units)} units, {len(self.effects)} terms, "
            f"family {self.panel.family}; errors: {self.estimate.errors}, dispersion {self.estimate.dispersion:.3g}",
            f"terms that begin with {TREATED} are what the treated series did beyond the controls",
            "",
            *table_lines(self.effects, log_link=self.panel.family != "gaussian"),
            "",
            f"intervals: {self.interval_words}",
        ]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)]) + "\n"

    def to_frame(self) -> pd.DataFrame:
        """Give one row a term, a copy of `effects`."""
        return self.effects.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the fit as plain values that JSON can hold; None where a number is not defined."""
        return {
            "window": str(self.window),
            "controls": list(self.controls),
            "family": self.panel.family,
            "errors": self.estimate.errors,
            "intervals": self.interval_words,
            "dispersion": self.estimate.dispersion,
            "nuisance": plain_numbers(self.estimate.nuisance),
            "effects": plain_records(self.effects),
            "notes": list(self.notes),
        }
