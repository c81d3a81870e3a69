"""Every episode from its start on, laid over one another as a share of the level before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from violence_stats import wording
from violence_stats.charts import style, undoing_panel
from violence_stats.charts.episode_columns import (
    BAR_MONTHS,
    Name,
    bars_from,
    draw_bar,
    draw_months,
    write_names,
    write_under,
)
from violence_stats.charts.episode_courses import Course, courses_of, draw_courses
from violence_stats.charts.episodes_words import (
    TEXT,
    describe_episodes,
    kind_words,
    levels,
    source_words,
    unit_words,
)
from violence_stats.charts.frame import open_frame
from violence_stats.charts.given import check_given
from violence_stats.charts.labels import capital
from violence_stats.charts.under_axes import keep_room
from violence_stats.charts.undoings import undoings
from violence_stats.errors import SpecificationError
from violence_stats.ledger.case import CaseLike
from violence_stats.ledger.records import Language
from violence_stats.questions.episodes import Episodes

__all__ = ["describe_episodes", "episodes_table", "episodes_title", "plot_episodes"]

HEIGHT_CM: Final = 9.4
LEAST_TOP: Final = 150.0
HEADROOM: Final = 1.12


def plot_episodes(
    episodes: Episodes, *, case: CaseLike | None = None, ax: Axes | None = None, lang: str = "en"
) -> Axes:
    """Draw every episode from its primary start on, as a share of the level of the twelve months before.

    Beside the courses stand the means of the first year and of the last year known, with their intervals. An episode
    that authors have end gets a panel of its own under them: a course from each date that they give, as a share of the
    level from its start to then, the date in the middle dark, and beside it the mean of the first year by each date.
    The baseline is zero.

    Parameters
    ----------
    episodes : Episodes
        From `measure_episodes`.
    case, ax, lang
        As for `plot_timeline`; under axes of your own each panel takes 5 cm, and is one of their ``child_axes``.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    SelectionError
        If the language is unknown.
    SpecificationError
        If no episode has counts before its start, or it is given another result.

    Examples
    --------
    >>> import violence_stats as vs
    >>> ax = vs.plot_episodes(vs.measure_episodes("SLV"), lang="es")
    >>> ax.get_xlabel()
    'Meses desde el inicio'
    """
    language = wording.check_language(lang)
    check_given(episodes, Episodes, "measure_episodes(...)")
    courses, undone = courses_of(episodes), undoings(episodes)
    if not courses:
        raise SpecificationError("no episode has counts in the twelve months before its start, so there is no level")
    top = max(LEAST_TOP, HEADROOM * 100 * max(one.highest_after for one in courses))
    below_pt = undoing_panel.LABELS_PT + len(undone) * undoing_panel.REACH_PT
    with open_frame(ax, HEIGHT_CM + len(undone) * undoing_panel.REACH_PT / 72 / style.CM) as frame:
        drawn = frame.ax
        draw_months(drawn, len(courses), top, TEXT[language]["months"])
        draw_courses(drawn, courses, top)
        keep_room(drawn, below_pt)
        frame.dress(
            title=episodes_title(language),
            unit=unit_words(episodes, case, language),
            source=source_words(episodes, language),
            below_pt=below_pt,
        )
        _draw_means(drawn, courses, top, language)
        names = [_name(one, language) for one in courses]
        write_names(drawn, names, len(courses), top=top, size_pt=(style.width_pt(drawn), style.height_pt(drawn)))
        for place, one in enumerate(undone):
            undoing_panel.draw_undoing(
                drawn,
                one,
                len(courses),
                colour=_colour(courses, one.episode),
                above_pt=undoing_panel.LABELS_PT + place * undoing_panel.REACH_PT,
                lang=language,
            )
    return drawn


def episodes_table(episodes: Episodes) -> pd.DataFrame:
    """Give the numbers behind the picture: one row a window of an episode, then one row a window around each end."""
    courses = pd.concat([episodes.aligned(), episodes.aligned_ends()], ignore_index=True)
    return courses.round({"months_since": 2, "share": 4})


def episodes_title(lang: Language) -> str:
    """Give the title that the picture carries."""
    return TEXT[lang]["title"]


def _draw_means(ax: Axes, courses: Sequence[Course], top: float, lang: Language) -> None:
    for group, name in enumerate(("first", "last")):
        left = bars_from(len(courses), group)
        for place, one in enumerate(courses):
            means = levels(one.measure)
            if means:
                draw_bar(ax, left + place * BAR_MONTHS, means[group], top, color=one.colour, linewidth=one.width)
        write_under(ax, left + (len(courses) - 1) * BAR_MONTHS / 2, TEXT[lang][name])


def _name(one: Course, lang: Language) -> Name:
    kind = kind_words(one.measure.data.kind, lang).replace(" ", wording.NO_BREAK)
    words = f"{capital(one.measure.name[lang])} ({kind})"
    return Name(text=words, height=100 * float(one.share[-1]), line=one.line, colour=one.colour)


def _colour(courses: Sequence[Course], episode: str) -> str:
    """Give the colour of an episode; that of text where it has no course."""
    return next((one.colour for one in courses if one.measure.data.id == episode), style.INK)
