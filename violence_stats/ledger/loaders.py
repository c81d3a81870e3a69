"""What users load from a case: series of counts, population and events."""

from __future__ import annotations

from typing import Any

import pandas as pd

from violence_stats.errors import SelectionError
from violence_stats.ledger.case import CaseLike, load_case
from violence_stats.ledger.chain_series import chain_series
from violence_stats.ledger.location import SHIPPED_CASE
from violence_stats.ledger.publisher_series import Request, publisher_series
from violence_stats.months import DateLike, last_day
from violence_stats.series import CountSeries


def load_homicides(
    case: CaseLike = SHIPPED_CASE,
    *,
    publisher: str | None = None,
    as_of: DateLike | None = None,
    definition: str | None = None,
) -> CountSeries:
    """Load a case's own counts: the reference chain, or one publisher's months.

    The chain covers the whole time without a gap, in months where months were published and in longer windows where
    they were not; it changes publisher and definition on the way (``series.segments``). One publisher's months are
    like with like, but may have gaps.

    Parameters
    ----------
    case : CaseLike, default "SLV"
    publisher : str, optional
        Its code in the ledger; None for the reference chain.
    as_of : DateLike, optional
        Only what had been reported by this day, INCLUSIVE; a month or year is read by its last day. The chain keeps its
        windows up to this day: what was not known of one is replaced by the latest other figure of exactly this window
        and definition, else missing, and the notes of the series say which.
    definition : str, optional
        What is counted, such as ``"all"``; needed where a publisher has used several.

    Returns
    -------
    CountSeries

    Raises
    ------
    SelectionError
        If the case, publisher or definition is unknown, a publisher has several definitions and none is chosen, or
        nothing was known by `as_of`.
    DataError
        If the case's files are missing, edited or inconsistent.

    Notes
    -----
    Source: the figures of the case's ledger; ``series.citations()`` lists each with its document. Definition: as in
    ``series.segments``. Known problems: first releases run below final counts, so never put two vintages in one ratio;
    counts digitised from a chart are marked ``digitised``.

    Examples
    --------
    >>> import violence_stats as vs
    >>> homicides = vs.load_homicides("SLV")
    >>> homicides.total("2019-H1"), homicides.total("2020-H1")
    (1576, 589)
    """
    loaded = load_case(case)
    if publisher is None:
        return chain_series(loaded, definition=definition, as_of=None if as_of is None else last_day(as_of))
    return load_counts(
        loaded.country, loaded.measure, publisher=publisher, definition=definition, as_of=as_of, case=loaded
    )


def load_counts(
    country: str,
    measure: str,
    *,
    publisher: str | None = None,
    definition: str | None = None,
    as_of: DateLike | None = None,
    case: CaseLike = SHIPPED_CASE,
    area: str = "",
    include_derived: bool = False,
) -> CountSeries:
    """Load one publisher's monthly counts of anything that a case's ledger holds.

    Parameters
    ----------
    country : str
        Code as in the ledger, such as ``"MEX"``.
    measure : str
        Such as ``"homicides"`` or ``"extortion"``.
    publisher : str, optional
        Needed where several count the measure by month.
    definition : str, optional
        Needed where the publisher has used several; ``""`` chooses the figures that carry none.
    as_of : DateLike, optional
        Only what had been reported by this day, INCLUSIVE; a month or year is read by its last day.
    case : CaseLike, default "SLV"
    area : str, default ""
        Blank is the whole country.
    include_derived : bool, default False
        Let in months calculated from other figures.

    Returns
    -------
    CountSeries
        Whole months only, each the figure reported last (between figures of one day the case's order decides). Months
        without a figure are left out and named in the notes; disputed figures never enter.

    Raises
    ------
    SelectionError
        If a name is unknown (the message lists what exists), several publishers or definitions answer and none is
        chosen, the measure is a stock, there is no whole month, or none was known by `as_of`.
    DataError
        If the case's files are missing, edited or inconsistent.

    Notes
    -----
    Source: the figures of the case's ledger; ``series.citations()`` lists each with its document. Definition: one, as
    chosen. Known problems: crimes that victims have to report fall when they cannot; a publisher may change how it
    counts without changing the name.

    Examples
    --------
    >>> import violence_stats as vs
    >>> vs.load_counts("MEX", "homicides").total("2020-H1")
    18025
    """
    loaded = load_case(case)
    request = Request(
        country=country,
        measure=measure,
        area=area,
        publisher=publisher,
        definition=definition,
        as_of=None if as_of is None else last_day(as_of),
        include_derived=include_derived,
    )
    return publisher_series(loaded, request)


def load_population(country: str, *, case: CaseLike = SHIPPED_CASE) -> pd.Series[Any]:
    """Load a country's mid-year population, for rates and as an exposure.

    Parameters
    ----------
    country : str
        Code as in the case, such as ``"MEX"``.
    case : CaseLike, default "SLV"

    Returns
    -------
    pandas.Series
        Inhabitants, ``int64``; index the year, increasing.

    Raises
    ------
    SelectionError
        If the case holds no population of the country; the message lists the countries.

    Notes
    -----
    Source: the case's ``population.csv``, which names the publisher of each figure. Definition: inhabitants at
    mid-year. Known problems: estimates between censuses are revised; the last years come late, and beyond the last one
    rates cannot be given.

    Examples
    --------
    >>> import violence_stats as vs
    >>> int(vs.load_population("MEX").index[-1])
    2023
    """
    loaded = load_case(case)
    if country not in loaded.population:
        known = ", ".join(sorted(loaded.population)) or "none"
        raise SelectionError(f"case {loaded.case_id} has no population of {country!r}: expected one of {known}")
    return loaded.population[country]


def load_events(case: CaseLike = SHIPPED_CASE, *, category: str | None = None) -> pd.DataFrame:
    """Load a case's dated facts.

    Parameters
    ----------
    case : CaseLike, default "SLV"
    category : str, optional
        Such as ``"policing"``; None for all.

    Returns
    -------
    pandas.DataFrame
        One row an event, index ``event_id``: ``start``, ``end`` (dates, both INCLUSIVE), ``precision``, ``category``,
        ``label``, ``source_id``, ``url``.

    Raises
    ------
    SelectionError
        If the case has no such category; the message lists those that it has.

    Notes
    -----
    Source: the document named in each row. Definition: a fact is dated as exactly as its document allows
    (``precision``). Known problems: documents disagree on some dates, and each of them then has a row of its own.

    Examples
    --------
    >>> import violence_stats as vs
    >>> vs.load_events("SLV", category="covid")["precision"].iloc[0]
    'day'
    """
    loaded = load_case(case)
    categories = {one.category for one in loaded.events}
    if category is not None and category not in categories:
        known = ", ".join(sorted(categories)) or "none"
        raise SelectionError(f"case {loaded.case_id} has no events of category {category!r}: expected one of {known}")
    rows = [
        {
            "event_id": one.event_id,
            "start": one.window.start,
            "end": one.window.end,
            "precision": one.precision,
            "category": one.category,
            "label": one.label,
            "source_id": one.source_id,
            "url": loaded.ledger.sources[one.source_id].url,
        }
        for one in loaded.events
        if category in (None, one.category)
    ]
    columns = ["event_id", "start", "end", "precision", "category", "label", "source_id", "url"]
    return pd.DataFrame(rows, columns=columns).set_index("event_id")
