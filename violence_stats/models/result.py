"""A fitted interrupted time series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from violence_stats.arguments import check_whole
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.naming import names_for
from violence_stats.ledger.records import Language
from violence_stats.models.bootstrap import N_WORLDS, Bootstrap, BootstrapEffects, bootstrap_effects
from violence_stats.models.compare_errors import ErrorComparison, compare_error_models
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.decompose import FEWEST_DRAWS, Draws, decompose
from violence_stats.models.decomposition import Decomposition
from violence_stats.models.diagnostics import Diagnostics, diagnose
from violence_stats.models.effect_words import tell_effects
from violence_stats.models.effects import combine_terms
from violence_stats.models.fit_words import its_effects
from violence_stats.models.its_fitted import FittedITS
from violence_stats.models.joint_draws import ALL, SEED, Uncertainty
from violence_stats.models.known_misses import known_misses
from violence_stats.models.plain_values import plain_numbers, plain_records
from violence_stats.models.time_constant import TimeConstant
from violence_stats.models.variance_forms import VarianceComparison, compare_variances
from violence_stats.models.without import Question, expect_without
from violence_stats.models.wording import result_text
from violence_stats.months import WindowLike
from violence_stats.parallel import Progress
from violence_stats.wording import check_language


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ITSResult(FittedITS):
    """What `InterruptedTimeSeries.fit` gives.

    Attributes
    ----------
    effects : pandas.DataFrame
        One row a term; columns ``estimate, std_error, ci_low, ci_high, p_value, rate_ratio, change_pct,
        rate_ratio_low, rate_ratio_high``. `estimate` and its interval are logs of rate ratios, `intercept` the log rate
        at trend 0; under the gaussian family they are in the unit of the values, and the ratios are NaN.
    frame : ModelFrame
        Counts, cells, design and exposure that were fitted.
    estimate : Estimate
        Coefficients, covariance and what goes with them.
    time_constant : TimeConstant or None
        Of the `Onset` or `Decay` whose time constant was estimated.
    bootstrapped : BootstrapEffects or None
        Where the intervals of `effects` come from, if a variance parameter ended on an edge and the model asked for a
        bootstrap there; those of `combine`, counterfactuals and decompositions are by t even then.
    """

    effects: pd.DataFrame
    time_constant: TimeConstant | None = None
    bootstrapped: BootstrapEffects | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to be told: changes of publisher, gaps, terms that rest on one window, boundaries.

        Also where simulation of the same windows and terms found an interval to miss more than it should.
        """
        return (*self.frame.notes, *self.estimate.notes, *known_misses(self.frame, self.estimate))

    @property
    def interval_words(self) -> str:
        """How the intervals of `effects` were made, and whether they allow for serial correlation."""
        if self.bootstrapped is not None:
            return f"{self.bootstrapped.interval_words}, since a variance parameter ended on an edge"
        return self.estimate.interval_words

    @property
    def covariance(self) -> pd.DataFrame:
        """Covariance of the estimates, by term."""
        return pd.DataFrame(self.estimate.cov, index=self.effects.index, columns=self.effects.index)

    def combine(self, weights: Mapping[str, float]) -> pd.Series[float]:
        """Give a weighted sum of terms with its interval.

        Parameters
        ----------
        weights : mapping of term to weight
            ``{"step 2020-03": 1, "ramp 2020-03": 7}`` is the whole effect seven periods after the start.

        Returns
        -------
        pandas.Series
            The columns of `effects`.

        Raises
        ------
        SpecificationError
            If a term is not in the model.
        """
        return combine_terms(weights, self.effects.index, self.estimate, log_link=self.frame.family != "gaussian")

    def compare_errors(self, *, lags: int | None = None) -> ErrorComparison:
        """Fit the same model under every error model, side by side, with one line that says whether they disagree.

        Parameters
        ----------
        lags : int, optional
            Of ``newey-west``.

        Raises
        ------
        SpecificationError
            If the model has no intervention.
        """
        return compare_error_models(self.frame, lags=lags)

    def compare_variances(self) -> VarianceComparison:
        """Fit counts with variance in proportion to the mean and to its square, with a latent path each.

        Use it where expected rates span more than tenfold.

        Raises
        ------
        SpecificationError
            If the model is gaussian.
        """
        return compare_variances(self.frame)

    def bootstrap(
        self,
        *,
        n_draws: int = N_WORLDS,
        seed: int = SEED,
        n_jobs: int | None = None,
        progress: Progress | None = None,
    ) -> BootstrapEffects:
        """Give intervals from worlds drawn from the fit and refitted; for variance parameters on an edge.

        Parameters
        ----------
        n_draws : int
            Refits, 39 or more; some hundredths of a second each.
        seed : int
        n_jobs, progress
            As for `violence_stats.parallel.run_each`; the intervals are the same for any number of processes.

        Raises
        ------
        SpecificationError
            If the errors are not ``ar1`` of counts.
        FitError
            If more than 5% of the refits do not settle.
        """
        how = Bootstrap(n_replicates=n_draws, seed=seed)
        return bootstrap_effects(self.frame, self.estimate, self.effects, how, n_jobs=n_jobs, progress=progress)

    def diagnose(self) -> Diagnostics:
        """Say what is wrong with the fit: correlation left over, dispersion, single windows, single years.

        Each calendar year costs a refit.
        """
        return diagnose(self.frame, self.estimate)

    def counterfactual(
        self,
        without: str,
        window: WindowLike | None = None,
        *,
        hold: str | Sequence[str] = (),
        uncertainty: Sequence[Uncertainty] = ALL,
        seed: int = SEED,
    ) -> Counterfactual:
        """Say what the model expects had an event not happened.

        Parameters
        ----------
        without : str
            The event by name or date; all its terms are taken away and the rest is kept as fitted. ``"2019-06"`` also
            finds interventions dated by a day of that month, if they start on one day.
        window : WindowLike, optional
            Both ends INCLUSIVE; whole fitted windows make it up. Default: from the event to the end.
        hold : str or sequence of str, optional
            Later events whose effects are held as fitted. A window past a later intervention is refused without it;
            pulses are always held.
        uncertainty : sequence of {'parameters', 'latent', 'counts'}, optional
            What the intervals hold: the coefficients, the latent path (given the windows before the event only), count
            noise. Default all three.
        seed : int, optional
            Of the joint draws behind the intervals.

        Raises
        ------
        SpecificationError
            If the event is unknown or ambiguous, or the window lies before it or reaches past another one.
        WindowError
            If whole fitted windows do not make up the window.
        """
        question = Question(without=without, window=window, hold=hold, uncertainty=uncertainty, seed=seed)
        return expect_without(self.frame, self.estimate, question)

    def sentence(self, lang: Language = "en", *, case: CaseLike | None = None) -> str:
        """Give what changed at each intervention, to quote: number, interval, and what it is measured against.

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
        names = names_for(self.frame.series, case)
        known = its_effects(self.frame, self.estimate, self.effects, self.time_constant, self.bootstrapped, names)
        return tell_effects(known, check_language(lang))

    def summary(self) -> str:
        """Say the fit in plain text: the same bytes for the same fit."""
        text = result_text(self.frame, self.estimate, self.effects, self.interval_words)
        return text + "".join(f"note: {note}\n" for note in self.notes)

    def to_frame(self) -> pd.DataFrame:
        """Give one row a term, a copy of `effects`."""
        return self.effects.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the fit as plain values that JSON can hold; None where a number is not defined."""
        return {
            "window": str(self.window),
            "n_windows": self.n_windows,
            "family": self.frame.family,
            "errors": self.estimate.errors,
            "intervals": self.interval_words,
            "dispersion": self.dispersion,
            "nuisance": plain_numbers(self.estimate.nuisance),
            "time_constant": None if self.time_constant is None else self.time_constant.to_dict(),
            "effects": plain_records(self.effects),
            "notes": list(self.notes),
        }

    def decompose(
        self, baseline: WindowLike, window: WindowLike, *, n_draws: int = 10_000, seed: int = SEED
    ) -> Decomposition:
        """Say what the change from one window to another is made of.

        The log ratio of the two totals is split over the prior trend, the season, exposure, each event (all its terms
        together), each pulse, and the remainder between what was observed and what the model expects. Each part is a
        Shapley value: what it adds, averaged over all orders in which the parts may come, so that they add up exactly.

        Parameters
        ----------
        baseline, window : WindowLike
            The earlier span and the one compared with it, both ends INCLUSIVE; whole fitted windows make them up.
        n_draws : int, default 10,000
            Joint draws of the coefficients behind the intervals; 100 or more.
        seed : int, optional
            Of the draws.

        Raises
        ------
        SpecificationError
            If the family is gaussian, a total is 0, more than twelve terms change between the windows, or there are too
            few draws.
        WindowError
            If the windows share days, or whole fitted windows do not make them up.

        References
        ----------
        Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified framework based on the
        Shapley value. Journal of Economic Inequality 11, 99-126.

        Examples
        --------
        >>> import pandas as pd
        >>> from violence_stats import InterruptedTimeSeries, Step
        >>> months = pd.period_range("2018-07", periods=24, freq="M")
        >>> counts = pd.Series([31, 29, 31, 30, 28, 32] * 3 + [15, 16, 14, 15, 16, 14], index=months)
        >>> result = InterruptedTimeSeries([Step("2020-01")], trend=None).fit(counts)
        >>> found = result.decompose("2019-H1", "2020-H1")
        >>> found.parts["share_pct"].round(1).to_dict()
        {'exposure': -0.8, '2020-01': 99.2, 'remainder': 1.6}
        """
        check_whole("n_draws", n_draws, least=FEWEST_DRAWS)
        check_whole("seed", seed)
        return decompose(
            self.frame, self.estimate, baseline=baseline, window=window, draws=Draws(n_draws=n_draws, seed=seed)
        )
