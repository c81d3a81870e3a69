"""The case whose ledger, settings and events go with a series."""

from __future__ import annotations

from violence_stats.errors import SelectionError
from violence_stats.ledger.case import Case, CaseLike, load_case
from violence_stats.series import CountSeries


def load_case_of(series: CountSeries, case: CaseLike | None) -> Case | None:
    """Load the case given, else the one that the series was loaded from; None for a series of one's own.

    Raises
    ------
    SelectionError
        If there is no such case, as where the series comes from a folder: it does not know where that lies.
    DataError
        If the case's files are missing, edited or inconsistent.
    """
    if case is not None:
        return load_case(case)
    if series.case_id is None:
        return None
    try:
        return load_case(series.case_id)
    except SelectionError as error:
        raise SelectionError(
            f"{error}; the series comes from case {series.case_id}: pass its folder as case="
        ) from error
