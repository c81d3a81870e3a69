"""Looking ahead from one day: what a pact and policing would have led to, against what came.

Both paths start from the level that was known on that day: the daily rate of the last twelve months, without lockdown
and named bursts.

- policing: the level lasts.
- pact: from there on the level moves as it did in the case's last pact at the same distance from its start, by
  half-years.

They share what else is uncertain: the level (from its fit), the latent path of the counts and their over-dispersion,
all as estimated from what was known. A count of the path is negative binomial with that mean and variance, and each
window is scored by the log of the chance that the path gave to the count that came; more is better. Windows that move
together are not independent witnesses, so that the sum of scores says which path fared better, not by what odds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from scipy.stats import nbinom

from violence_stats.errors import SelectionError
from violence_stats.ledger.case import Case, CaseLike, load_case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.ledger.records import Language, Words
from violence_stats.ledger.vintages import latest
from violence_stats.months import ONE_DAY, DateLike, Window, last_day
from violence_stats.observations import Observation
from violence_stats.questions.collect_episode import collect_episode
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.identical_windows import figures_of
from violence_stats.questions.outlook_paths import (
    PATHS,
    Course,
    Level,
    count_distribution,
    fit_level,
    log_ratio,
    middle_month,
    months_since,
    pact_course,
)
from violence_stats.questions.outlook_words import tell_better_path, tell_outlook
from violence_stats.wording import check_language, day


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlook:
    """Both paths against what came. Made by `look_ahead`.

    Attributes
    ----------
    as_of : datetime.date
        LAST day of knowledge.
    level : Level
    windows : pandas.DataFrame
        One row a window and path: ``window``, ``path``, ``months_since`` (the start), ``expected``, ``low``, ``high``
        (95% of the path's counts), ``observed``, ``log_score``, ``definition``, ``same_definition`` (as before),
        ``before_next`` (whether it ends before the next episode starts).
    bursts : pandas.DataFrame
        One row a named burst and path: ``window``, ``path``, ``expected``, ``observed``, ``chance`` (of as many or more
        in these days), ``chance_anywhere`` (bound for any such run of days up to the end). Empty where none is known.
    pact_template : str
        The episode whose course the pact path takes.
    pact_name : Words
        Its name.
    following : Words or None
        Label of the next episode that begins in the outlook.
    """

    event: str
    as_of: date
    level: Level
    windows: pd.DataFrame
    bursts: pd.DataFrame
    pact_template: str
    pact_name: Words
    following: Words | None

    def scores(self) -> pd.DataFrame:
        """Sum the log scores by path: over all windows, those before the next episode, and those counted as before.

        Returns
        -------
        pandas.DataFrame
            Index ``path``; columns ``all``, ``before_next``, ``same_definition``, ``n_windows``, ``share_inside``
            (observed within the path's 95%).
        """
        rows = []
        for path, group in self.windows.groupby("path", sort=True):
            inside = (group["observed"] >= group["low"]) & (group["observed"] <= group["high"])
            rows.append(
                {
                    "path": path,
                    "all": group["log_score"].sum(),
                    "before_next": group.loc[group["before_next"], "log_score"].sum(),
                    "same_definition": group.loc[group["same_definition"], "log_score"].sum(),
                    "n_windows": len(group),
                    "share_inside": inside.mean(),
                }
            )
        return pd.DataFrame(rows).set_index("path")

    def to_frame(self) -> pd.DataFrame:
        """Give one row a window and path, a copy of `windows`."""
        return self.windows.copy()

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain values that JSON can hold."""
        return {
            "event": self.event,
            "as_of": self.as_of.isoformat(),
            "pact_template": self.pact_template,
            "daily_rate": self.level.daily_rate,
            "scores": self.scores().reset_index().to_dict(orient="records"),
            "windows": self.windows.to_dict(orient="records"),
            "bursts": self.bursts.to_dict(orient="records"),
        }

    def sentence(self, lang: Language = "en") -> str:
        """Say which path fared better and how often each held what came, to quote.

        Parameters
        ----------
        lang : {'en', 'es'}

        Raises
        ------
        SelectionError
            If the language is another.
        """
        told = check_language(lang)
        lead = tell_better_path(self.scores(), self.pact_name, self.following, told)
        inside = {
            str(path): (round(row["share_inside"] * row["n_windows"]), int(row["n_windows"]))
            for path, row in self.scores().iterrows()
        }
        return tell_outlook(day(self.as_of, told), lead, inside, self.pact_name, told)

    def summary(self) -> str:
        """Say how both paths fared: the same bytes for the same data."""
        lines = [
            f"from {self.as_of.isoformat()}, {self.level.daily_rate:.2f} a day; pact path after {self.pact_template}"
        ]
        for path, row in self.scores().iterrows():
            lines.append(
                f"{path}: log score {row['all']:.1f} over {row['n_windows']:.0f} windows, {row['before_next']:.1f} "
                f"before the next episode, {row['same_definition']:.1f} as counted before; "
                f"{row['share_inside']:.0%} inside 95%"
            )
        lines += [
            f"{one['window']}, {one['path']}: {one['observed']:.0f} killed, {one['expected']:.1f} expected, chance "
            f"{one['chance']:.1g} in these days, at most {one['chance_anywhere']:.1g} in any such days"
            for one in self.bursts.to_dict(orient="records")
        ]
        return "\n".join(lines) + "\n"


def look_ahead(event: str, as_of: DateLike, until: DateLike, case: CaseLike = SHIPPED_CASE) -> Outlook:
    """Set what a pact and policing would have led to against what came.

    Parameters
    ----------
    event : str
        Id of the episode, or of the intervention that starts it.
    as_of : DateLike
        Only what had been reported by this day, INCLUSIVE, enters the paths.
    until : DateLike
        LAST day looked at.
    case : CaseLike, default "SLV"

    Returns
    -------
    Outlook

    Raises
    ------
    SelectionError
        If nothing of the episode was known, the case has no earlier pact to take the course from, or no count that came
        before the next episode is left to look at.

    Examples
    --------
    >>> import violence_stats as vs
    >>> outlook = vs.look_ahead("2019-06", as_of="2020-09-30", until="2022-12")
    >>> sorted(outlook.scores().index)
    ['pact', 'policing']
    """
    loaded, then, end = load_case(case), last_day(as_of), last_day(until)
    episode = loaded.settings.episode(event)
    data = collect_episode(loaded, episode, as_of=then)
    level = fit_level(data)
    template = _last_pact(loaded, data, then)
    dates = sorted(loaded.settings.intervention(one.intervention).date for one in loaded.settings.episodes)
    course = pact_course(template, data.months_known, ends=_next(dates, template.start))
    coming = [one for one in chain_series(loaded) if data.last < one.window.start and one.window.end <= end]
    following = _next(dates, data.start)
    if not any(one.window.end < following for one in coming):
        raise SelectionError(
            f"no window of the counts lies after {data.last.isoformat()}, the last day of {episode.id} known on "
            f"{then.isoformat()}, and before {min(end + ONE_DAY, following).isoformat()}: choose an earlier day of "
            "knowledge, or a later one to look until"
        )
    rows = [row for one in coming for row in _rows(one, data, level, course, following)]
    return Outlook(
        event=event,
        as_of=then,
        level=level,
        windows=pd.DataFrame(rows),
        bursts=pd.DataFrame(_bursts(loaded, data, level, course, end)),
        pact_template=template.id,
        pact_name=loaded.settings.episode(template.id).name,
        following=_following(loaded, data.start, [one.window for one in coming]),
    )


def _following(case: Case, start: date, windows: Sequence[Window]) -> Words | None:
    """Give the label of the first episode after `start` that begins in the windows."""
    starts = [case.settings.intervention(one.intervention) for one in case.settings.episodes]
    inside = [one for one in starts if start < one.date and windows[0].start <= one.date <= windows[-1].end]
    return min(inside, key=lambda one: one.date).label if inside else None


def _next(dates: Sequence[date], start: date) -> date:
    return min((one for one in dates if one > start), default=date.max)


def _last_pact(case: Case, data: EpisodeData, as_of: date) -> EpisodeData:
    pacts = [one for one in case.settings.episodes if one.kind == "pact"]
    earlier = [one for one in pacts if case.settings.intervention(one.intervention).date < data.start]
    if not earlier:
        raise SelectionError(f"case {case.case_id} lists no pact before {data.start.isoformat()} to take a course from")
    last = max(earlier, key=lambda one: case.settings.intervention(one.intervention).date)
    return collect_episode(case, last, as_of=as_of)


def _rows(
    one: Observation, data: EpisodeData, level: Level, course: Course, following: date
) -> Iterator[dict[str, Any]]:
    months = middle_month(data, one)
    before = data.windows_in(data.start, data.last)[-1].definition
    for path in PATHS:
        expected = one.window.n_days * level.daily_rate * math.exp(log_ratio(path, course, months))
        size, chance = count_distribution(expected, level)
        low, high = nbinom.ppf([0.025, 0.975], size, chance)
        yield {
            "window": str(one.window),
            "path": path,
            "months_since": months,
            "expected": expected,
            "low": float(low),
            "high": float(high),
            "observed": one.value,
            "log_score": float(nbinom.logpmf(round(one.value), size, chance)),
            "definition": one.definition,
            "same_definition": one.definition == before,
            "before_next": one.window.end < following,
        }


def _bursts(case: Case, data: EpisodeData, level: Level, course: Course, end: date) -> Iterator[dict[str, Any]]:
    own = figures_of(case, case.measure)
    for burst in case.settings.bursts:
        counted = [one for one in own if one.window == burst.window]
        killed = latest(counted, case.settings).value if counted else burst.deaths
        if killed is None or burst.window.start <= data.last or burst.window.end > end:
            continue
        months = months_since(data, burst.window.start)
        searched = (end - data.last).days
        for path in PATHS:
            expected = burst.window.n_days * level.daily_rate * math.exp(log_ratio(path, course, months))
            size, chance = count_distribution(expected, level)
            tail = float(nbinom.sf(killed - 1, size, chance))
            yield {
                "window": str(burst.window),
                "path": path,
                "expected": expected,
                "observed": float(killed),
                "chance": tail,
                "chance_anywhere": min(1.0, tail * searched),
            }
