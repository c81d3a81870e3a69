"""A count over a window, and the published figures that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from violence_stats.figures import Figure, Source
from violence_stats.months import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A figure as it enters an observation, with its document.

    Attributes
    ----------
    sign : int
        +1 where the figure is added, -1 where it is subtracted.
    """

    figure: Figure
    source: Source
    sign: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A count over a window, and what it rests on.

    Attributes
    ----------
    window : Window
        Both ends INCLUSIVE.
    value : float
        The count (a rate in a series of kind ``rate``); NaN where none is known.
    arithmetic : str
        The figure ids that give the value, such as ``F0390 - F0405``; blank on a user's own series.
    """

    window: Window
    value: float
    publisher: str = ""
    definition: str = ""
    status: str = ""
    arithmetic: str = ""
    citations: tuple[Citation, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether no value is known for the window."""
        return bool(np.isnan(self.value))
