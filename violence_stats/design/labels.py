"""How interventions are named, and found again by their name or date."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd

from violence_stats.months import DateLike, first_day


def date_label(value: DateLike) -> str:
    """Name a date as users write it: a month by its month, a day by its day, the first of a month by its month.

    Raises
    ------
    WindowError
        If the text is not a date.

    Examples
    --------
    >>> date_label("2019-06"), date_label("2019-06-01"), date_label("2019-06-20"), date_label("2020-Q3")
    ('2019-06', '2019-06', '2019-06-20', '2020-Q3')
    """
    day = first_day(value)
    if isinstance(value, pd.Period):
        return str(value)
    if isinstance(value, date | datetime) or len(value.strip()) == len("YYYY-MM-DD"):
        return f"{day:%Y-%m}" if day.day == 1 else day.isoformat()
    return value.strip()
