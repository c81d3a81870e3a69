"""One way to run a loop over many fits: in order, in this process or in others, with a word on how far it is.

Everything that is random in a loop is drawn from a seed of its own item, so that the answers do not depend on how many
processes share the work, nor on which. Through joblib's registered backends the same call runs on a cluster, whose
workers need this package in the same version: Dask logs what a worker cannot import, and waits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from numbers import Integral
from typing import TypeAlias, TypeVar

from violence_stats.errors import SpecificationError

Progress: TypeAlias = Callable[[str], None]
"""Told one line at a time."""

Item = TypeVar("Item")
Answer = TypeVar("Answer")

TOLD = 10
"""Lines of progress a loop tells at most."""
TASKS_A_ROUND = 16
"""Pieces into which each round between two lines is cut: few enough that sending them costs little beside the fits."""


def run_each(
    function: Callable[[Item], Answer],
    items: Sequence[Item],
    what: str,
    *,
    n_jobs: int | None = None,
    progress: Progress | None = None,
) -> list[Answer]:
    """Apply a function to each item, in order.

    Parameters
    ----------
    function : callable
        Defined at the top of a module, or a `functools.partial` of one, so that other processes can find it.
    items : sequence
    what : str
        What a line of progress calls the items: ``"placebo dates"``.
    n_jobs : int, optional
        Processes; -1 for one a core. None: one, this one, unless a ``joblib.parallel_config`` is in force, whose
        backend then decides (``with joblib.parallel_config(backend="dask")``: the workers of the cluster).
    progress : callable, optional
        Told ``"12 of 40 placebo dates"`` as the loop goes on; ``print`` will do.

    Raises
    ------
    SpecificationError
        If `n_jobs` is 0 or no whole number, or `progress` cannot be called.

    Examples
    --------
    >>> run_each(abs, [-2, 1], "numbers")
    [2, 1]
    """
    check_sharing(n_jobs, progress)
    from joblib import Parallel, delayed  # noqa: PLC0415  takes four times as long as a fit, which needs none of it

    answers: list[Answer] = []
    for part in _portions(items, TOLD if progress is not None else 1):
        tasks = (delayed(_run_some)(function, some) for some in _portions(part, TASKS_A_ROUND))
        answers += [answer for some in Parallel(n_jobs=n_jobs)(tasks) for answer in some]
        if progress is not None:
            progress(f"{len(answers)} of {len(items)} {what}")
    return answers


def check_sharing(n_jobs: object, progress: object) -> None:
    """Ask for a number of processes, and for something that can be told how far a loop is.

    Raises
    ------
    SpecificationError
        If they are not.
    """
    is_whole = isinstance(n_jobs, Integral) and not isinstance(n_jobs, bool)
    if n_jobs is not None and (not is_whole or n_jobs == 0):
        raise SpecificationError(f"n_jobs: expected a number of processes, -1 for one a core, or None, got {n_jobs!r}")
    if progress is not None and not callable(progress):
        raise SpecificationError(f"progress: expected a function that takes a line, such as print, got {progress!r}")


def _run_some(function: Callable[[Item], Answer], items: Sequence[Item]) -> list[Answer]:
    return [function(item) for item in items]


def _portions(items: Sequence[Item], most: int) -> list[Sequence[Item]]:
    """Cut into at most so many portions of nearly one length."""
    n_portions = min(most, len(items))
    edges = [k * len(items) // n_portions for k in range(n_portions + 1)] if n_portions else []
    return [items[first:last] for first, last in pairwise(edges)]
