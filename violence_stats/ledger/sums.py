"""What a sum of figures counts: the days that are left, and who counted them as what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from violence_stats.figures import Figure
from violence_stats.ledger.settings import MIXED
from violence_stats.months import ONE_DAY, Window


def window_left(signed: Iterable[tuple[int, Window]]) -> Window | None:
    """Give the window that adding and subtracting the days of windows leaves.

    A window is its first day less the day after its last, so that sums of windows are sums of such edges.

    Parameters
    ----------
    signed : iterable of (int, Window)
        +1 or -1, and a window.

    Returns
    -------
    Window or None
        None unless each day of one window is left once, and no other day.

    Examples
    --------
    >>> from violence_stats.months import parse_window
    >>> str(window_left([(1, parse_window("2020-H1")), (-1, parse_window(("2020-01", "2020-05")))]))
    '2020-06'
    """
    edges: Counter[date] = Counter()
    for sign, window in signed:
        edges[window.start] += sign
        edges[window.end + ONE_DAY] -= sign
    left = sorted((day, n) for day, n in edges.items() if n)
    if [n for _, n in left] != [1, -1]:
        return None
    return Window(left[0][0], left[1][0] - ONE_DAY)


def labels_of(figures: Sequence[Figure]) -> dict[str, str]:
    """Give publisher, definition and status of a sum: those of its figures, or mixed; derived where more than one."""
    publishers = {one.publisher for one in figures}
    definitions = {one.definition for one in figures}
    return {
        "publisher": publishers.pop() if len(publishers) == 1 else MIXED,
        "definition": definitions.pop() if len(definitions) == 1 else MIXED,
        "status": figures[0].status if len(figures) == 1 else "derived",
    }
