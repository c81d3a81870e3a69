"""What a chart is given: the result that it draws, or a refusal that names it."""

from __future__ import annotations

from violence_stats.errors import SpecificationError


def check_given(given: object, drawn: type | tuple[type, ...], makers: str) -> None:
    """Ask for the result that a chart draws.

    Parameters
    ----------
    given : object
    drawn : type or tuple of type
        What the chart draws.
    makers : str
        What gives it, as a user writes it.

    Raises
    ------
    SpecificationError
        If it is anything else, such as the fit that the result was made from.
    """
    if not isinstance(given, drawn):
        raise SpecificationError(f"expected what {makers} gives, got {type(given).__name__}")
