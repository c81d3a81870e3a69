"""Diagnostics of a fit in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from violence_stats.fitting.ljung_box import LjungBox
from violence_stats.models.estimate import Estimate
from violence_stats.models.wording import number_words, p_words

SIGNIFICANT = 0.05
NOTABLE_MOVE = 0.5
"""Standard errors by which leaving out one window has to move an estimate to be worth a sentence."""
MOVES = "moves "
"""Prefix of the columns that say how far an estimate moves."""


def correlation_sentence(estimate: Estimate, lag_one: float, test: LjungBox) -> str:
    """Say whether serial correlation is left in the residuals."""
    found = (
        f"Residuals one window apart correlate by {lag_one:.2f} (Ljung-Box over {test.lags} lags, p "
        f"{p_words(test.p_value)})"
    )
    if test.p_value >= SIGNIFICANT:
        return f"{found}: none is seen to be left."
    if estimate.errors == "iid":
        return f'{found}: independent errors understate the uncertainty; use errors="ar1".'
    if estimate.errors == "newey-west":
        return f"{found}: Newey-West errors allow for some of it, but too little on short series."
    return f"{found}: some is left that the error model does not describe, so the intervals may be too narrow."


def dispersion_sentences(estimate: Estimate) -> list[str]:
    """Say how much more counts vary than Poisson counts; nothing for gaussian."""
    ratio = estimate.pearson_dispersion
    if np.isnan(ratio):
        return []
    about = f"Counts vary about the fit {ratio:.1f} times as much as Poisson counts would"
    if estimate.dispersion == 1 and ratio > 2 and estimate.errors == "iid" and "theta" not in estimate.nuisance:
        return [f'{about}, and family="poisson" leaves that out: use family="quasi-poisson".']
    return [f"{about}; the errors allow for it."]


def outlier_sentence(outliers: Sequence[str]) -> str:
    """Name the windows that lie further from the fit to the others than chance explains."""
    if not outliers:
        return "No window lies further from the fit to the others than one series in a hundred has by chance."
    which = "lies" if len(outliers) == 1 else "lie"
    return (
        f"{', '.join(outliers)} {which} further from the fit to the other windows than in one series of a hundred by "
        "chance: check the source, or give it a pulse of its own."
    )


def influence_sentences(windows: pd.DataFrame) -> list[str]:
    """Name, for each intervention, the window without which its estimate moves most, if it moves notably."""
    sentences = []
    for column in (name for name in windows.columns if name.startswith(MOVES)):
        moves = windows[column].to_numpy(dtype=float)
        place = int(np.abs(moves).argmax())
        if abs(moves[place]) >= NOTABLE_MOVE:
            sentences.append(
                f"Without {windows.index[place]} the estimate of {column.removeprefix(MOVES)} would be "
                f"{abs(moves[place]):.1f} standard errors {'higher' if moves[place] > 0 else 'lower'}."
            )
    return sentences


def year_sentences(years: pd.DataFrame, not_available: Mapping[int, str], *, log_link: bool) -> list[str]:
    """Say, for each intervention, between which values it moves with each year left out."""
    column, what = ("rate_ratio", "rate ratio") if log_link else ("estimate", "estimate")
    sentences = []
    for term in dict.fromkeys(years.index.get_level_values("term")) if len(years) else ():
        rows = years.loc[[term]].droplevel("term")
        values = rows[column].to_numpy(dtype=float)
        low, high = int(values.argmin()), int(values.argmax())
        away = (rows["ci_low"] > 0) | (rows["ci_high"] < 0)
        sentences.append(
            f"With each year left out in turn the {what} of {term} lies between {number_words(values[low])} "
            f"(without {rows.index[low]}) and {number_words(values[high])} (without {rows.index[high]}); "
            f"{_told_apart(away)}."
        )
    if not_available:
        sentences.append(f"Without {', '.join(map(str, not_available))} the model cannot be fitted.")
    return sentences


def _told_apart(away: pd.Series[bool]) -> str:
    if away.all():
        return "it differs from no effect each time"
    if not away.any():
        return "it differs from no effect in none"
    return f"it does not differ from no effect without {', '.join(str(year) for year in away.index[~away])}"
