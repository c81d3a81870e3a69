"""Whether the windows can tell the terms of a design apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from violence_stats.arrays import FloatArray
from violence_stats.design.cells import Cells
from violence_stats.design.interventions import Intervention
from violence_stats.design.matrix import DesignMatrix
from violence_stats.errors import SpecificationError
from violence_stats.months import Window

# With columns of length one, a singular value below this leaves a combination of terms undetermined to ten digits.
RANK_TOLERANCE = 1e-10
# Share of the largest member from which a term is named as part of a collinear combination.
NAMED_SHARE = 1e-6


def refuse_too_few(n_windows: int, names: Sequence[str]) -> None:
    """Ask for more windows than terms.

    Raises
    ------
    SpecificationError
        Naming the terms.
    """
    if n_windows <= len(names):
        raise SpecificationError(
            f"{n_windows} windows cannot carry {len(names)} terms ({', '.join(names)}): expected more windows than "
            "terms; widen the window or take terms away"
        )


def refuse_outside(cells: Cells, interventions: Sequence[Intervention]) -> None:
    """Ask that every intervention starts inside the fitted windows, or, if it ends, overlaps them.

    Raises
    ------
    SpecificationError
        Naming the intervention, its date and the fitted span.
    """
    first, last = cells.start[0].item(), cells.end[-1].item()
    span = f"the fitted windows run from {first.isoformat()} to {last.isoformat()}"
    for one in interventions:
        if one.first_day > last or (one.last_day is not None and one.last_day < first):
            raise SpecificationError(f"{one.term} lies outside: {span}; move the window or take the term away")
        if one.first_day <= first and (one.last_day is None or one.last_day >= last):
            raise SpecificationError(
                f"{one.term} holds throughout: {span}, so there is nothing before it to compare with; start earlier"
            )
        column = one.column(cells)
        if not column.any():
            raise SpecificationError(
                f"{one.term} is zero in every fitted window ({span}): a slope needs two periods after its start, and "
                "the days of a pulse need a count; widen the window or take the term away"
            )


def refuse_collinear(names: Sequence[str], Z: FloatArray) -> None:
    """Ask that no combination of terms leaves every expected count as it is.

    Parameters
    ----------
    names : sequence of str, length p
    Z : FloatArray, shape (n_windows, p)
        Derivative of the expected counts by the coefficients.

    Raises
    ------
    SpecificationError
        Naming the terms of one such combination.
    """
    length = np.sqrt((Z**2).sum(axis=0))
    _, singular, rows = np.linalg.svd(Z / np.where(length > 0, length, 1.0), full_matrices=False)
    if singular[-1] > RANK_TOLERANCE * singular[0]:
        return
    weight = np.abs(rows[-1])
    entangled = [name for name, share in zip(names, weight, strict=True) if share > NAMED_SHARE * weight.max()]
    raise SpecificationError(
        f"these windows cannot tell {' from '.join(entangled)} (collinear terms): take one of them away, or choose a "
        "window in which they differ"
    )


def thin_terms(design: DesignMatrix, cells: Cells, windows: Sequence[Window]) -> list[str]:
    """Say which interventions rest on one window: its count alone decides their estimate."""
    notes = []
    for one in design.interventions:
        on = np.unique(cells.window[one.column(cells) != 0])
        off = np.setdiff1d(np.unique(cells.window), on)
        for which, side in ((on, "under"), (off, "without")):
            if len(which) == 1:
                single = windows[int(which[0])]
                notes.append(f"{one.term} rests on one window {side} it, {single}: that count alone decides it")
    return notes
