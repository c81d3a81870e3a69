"""Checks of what users pass that several rooms share."""

from __future__ import annotations

from numbers import Integral, Real

from violence_stats.errors import SpecificationError


def check_whole(name: str, value: object, *, least: int = 0, of: str = "") -> None:
    """Ask for a whole number.

    Parameters
    ----------
    name : str
        Of the argument.
    value : object
    least : int
    of : str
        What it counts, for the message.

    Raises
    ------
    SpecificationError
        If it is no whole number, or below `least`.
    """
    wanted = f"{least} or more{f' {of}' if of else ''}"
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise SpecificationError(f"{name}: expected a whole number, {wanted}, got {value!r}")
    if int(value) < least:
        raise SpecificationError(f"{name}: expected {wanted}, got {value}")


def check_number(name: str, value: object, expected: str) -> None:
    """Ask for a number of any kind.

    Raises
    ------
    SpecificationError
        If it is none.
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        raise SpecificationError(f"{name}: expected {expected}, got {value!r}")
