"""What a picture can be drawn of."""

from __future__ import annotations

from violence_stats.errors import SpecificationError


def check_drawable(value: object, kind: type, made_by: str) -> None:
    """Ask for the result that a picture is drawn of.

    Raises
    ------
    SpecificationError
        If it is something else.
    """
    if not isinstance(value, kind):
        raise SpecificationError(
            f"expected {kind.__name__}, as {made_by} gives it, got {type(value).__name__}, of which there is no such "
            "picture"
        )
