"""Several units on the same windows, stacked into one regression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

import numpy as np

from violence_stats.arrays import BoolArray, FloatArray, IntArray
from violence_stats.design.matrix import Terms
from violence_stats.errors import SeriesError, SpecificationError, WindowError
from violence_stats.fitting.gaussian import WeightedRows, weighted_rows
from violence_stats.models.frame import Family, ModelFrame
from violence_stats.months import Window
from violence_stats.observations import Observation
from violence_stats.series import CountSeries

ControlLevels: TypeAlias = Literal["own", "shared"]

TREATED = "treated"
_SEASONAL = ("sin ", "cos ", "month ", "quarter ")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PanelFrame:
    """What is fitted: the windows of all units, one unit after the other, the treated one first.

    Attributes
    ----------
    units : tuple of str
    frames : tuple of ModelFrame
        The data of each unit by itself.
    names : tuple of str, length p
    X : FloatArray, shape (n_cells, p)
    window : IntArray, shape (n_cells,)
        Window of each cell, counted on from unit to unit.
    family : {'poisson', 'quasi-poisson', 'negative-binomial', 'gaussian'}
    terms : Terms
    """

    units: tuple[str, ...]
    frames: tuple[ModelFrame, ...]
    names: tuple[str, ...]
    X: FloatArray
    window: IntArray
    family: Family
    terms: Terms

    @property
    def y(self) -> FloatArray:
        """Observed values, shape (n_windows,)."""
        return np.concatenate([frame.y for frame in self.frames])

    @property
    def log_exposure(self) -> FloatArray:
        """Log of the exposure, shape (n_cells,)."""
        return np.concatenate([frame.log_exposure for frame in self.frames])

    @property
    def unit(self) -> IntArray:
        """Unit of each window: 0, 1, ..., shape (n_windows,)."""
        return np.repeat(np.arange(len(self.frames)), [frame.series.n_windows for frame in self.frames])

    @property
    def rows(self) -> WeightedRows:
        """Least-squares rows under the gaussian family."""
        return weighted_rows(
            self.y,
            self.X,
            np.concatenate([frame.cell_weight for frame in self.frames]),
            np.concatenate([frame.by_window(frame.cells.share_of_period) for frame in self.frames]),
            self.window,
        )

    def periods(self, apart: int) -> IntArray:
        """Calendar period of each cell, shape (n_cells,), units at least `apart` periods from each other."""
        starts, first = [], 0
        for frame in self.frames:
            starts.append(frame.cells.period - 1 + first)
            first = int(starts[-1].max()) + apart
        return np.concatenate(starts)

    def treated_columns(self, terms: Sequence[str]) -> BoolArray:
        """Which columns hold what these terms do to the treated unit beyond the controls, shape (p,)."""
        wanted = {f"{TREATED} {term}" for term in terms}
        return np.array([name in wanted for name in self.names])


def stack(units: Mapping[str, ModelFrame], terms: Terms, levels: ControlLevels) -> PanelFrame:
    """Stack units, the treated one first.

    Columns under ``shared`` levels: the terms of all units, then the same for the treated unit alone (Linden 2015).
    Under ``own``: a level and a trend for each unit, the interventions of all units, and of the treated unit alone. A
    season is shared by all.
    """
    names = tuple(units)
    frames = tuple(units.values())
    offsets = np.cumsum([0, *(frame.series.n_windows for frame in frames)])
    blocks = [_columns(place, frame, names, levels) for place, frame in enumerate(frames)]
    columns = list(dict.fromkeys(name for block in blocks for name in block))
    rows = [
        np.column_stack([block.get(name, np.zeros(frame.cells.n_cells)) for name in columns])
        for block, frame in zip(blocks, frames, strict=True)
    ]
    return PanelFrame(
        units=names,
        frames=frames,
        names=tuple(columns),
        X=np.vstack(rows),
        window=np.concatenate([frame.cells.window + first for frame, first in zip(frames, offsets, strict=False)]),
        family=frames[0].family,
        terms=terms,
    )


def _columns(place: int, frame: ModelFrame, units: tuple[str, ...], levels: ControlLevels) -> dict[str, FloatArray]:
    """Give the columns of one unit that are not zero throughout it."""
    own = dict(zip(frame.design.names, frame.design.X.T, strict=True))
    interventions = {one.term for one in frame.design.interventions}
    columns: dict[str, FloatArray] = {}
    for name, values in own.items():
        is_level = name not in interventions and not name.startswith(_SEASONAL)
        if levels == "own" and is_level:
            columns[f"{name} ({units[place]})"] = values
            continue
        columns[name] = values
        if place == 0 and not name.startswith(_SEASONAL):
            columns[TREATED if name == "intercept" else f"{TREATED} {name}"] = values
    return columns


def match_windows(name: str, control: CountSeries, treated: CountSeries) -> CountSeries:
    """Bring a control to the windows of the treated series, adding up its own where they are shorter.

    Raises
    ------
    SpecificationError
        If its windows do not make up those of the treated series, naming the first that they do not.
    """
    observations = tuple(_count_of(name, control, one.window) for one in treated)
    return replace(control, observations=observations, frequency=treated.frequency)


def _count_of(name: str, control: CountSeries, window: Window) -> Observation:
    try:
        tiles = control.tiles(window)
        if control.kind == "rate" and len(tiles) > 1:
            raise SeriesError("rates of shorter windows cannot be added up")
        value = tiles[0].value if control.kind == "rate" else float(control.total(window))
    except (WindowError, SeriesError) as error:
        raise SpecificationError(
            f"control {name} has other windows than the treated series, which has {window}: {error}; choose a window "
            "that both have, or leave the control out"
        ) from error
    publishers, definitions = ({getattr(one, what) for one in tiles} for what in ("publisher", "definition"))
    return Observation(
        window=window,
        value=value,
        publisher=_one_name(publishers),
        definition=_one_name(definitions),
        citations=tuple(cited for one in tiles for cited in one.citations),
    )


def _one_name(names: set[Any]) -> str:
    return str(names.pop()) if len(names) == 1 else "mixed"
