"""Labels that name the first and the last day of a span in one cell, such as ``del 1 al 7 de enero de 2024``."""

from __future__ import annotations

import re

from violence_stats.ingest.month_names import MONTH_PATTERN

_TO = r"(?:\s+(?:al?|hasta(?: el)?|to|until|through)\s+|\s*[-–]\s*)"
_YEAR = r"((?:19|20)\d\d)"
_OF = r"(?:\s+del?\s+|[\s./-]+)"
_FROM = re.compile(r"^(?:(?:semana )?(?:del?|desde(?: el)?|from)\s+)")
_DAY = r"(\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d)"
_NUMBERS = re.compile(f"{_DAY}{_TO}{_DAY}")
_ONE_MONTH = re.compile(rf"(\d{{1,2}}){_TO}(\d{{1,2}}){_OF}({MONTH_PATTERN})\.?{_OF}{_YEAR}")
_TWO_MONTHS = re.compile(
    rf"(\d{{1,2}}){_OF}({MONTH_PATTERN})\.?(?:{_OF}{_YEAR})?{_TO}(\d{{1,2}}){_OF}({MONTH_PATTERN})\.?{_OF}{_YEAR}"
)


def split_days(label: str) -> tuple[str, str] | None:
    """Give the first and the last day of a span as two labels, each with its year; None where it is no such label.

    Parameters
    ----------
    label : str
        In small letters without accents.

    Examples
    --------
    >>> split_days("del 1 al 7 de enero de 2024"), split_days("01/01/2024-07/01/2024")
    (('1 enero 2024', '7 enero 2024'), ('01/01/2024', '07/01/2024'))
    >>> split_days("29 ene al 4 feb 2024"), split_days("enero a marzo 2024")
    (('29 ene 2024', '4 feb 2024'), None)
    """
    bare = _FROM.sub("", label)
    if match := _NUMBERS.fullmatch(bare):
        return match[1], match[2]
    if match := _ONE_MONTH.fullmatch(bare):
        return f"{match[1]} {match[3]} {match[4]}", f"{match[2]} {match[3]} {match[4]}"
    if match := _TWO_MONTHS.fullmatch(bare):
        return f"{match[1]} {match[2]} {match[3] or match[6]}", f"{match[4]} {match[5]} {match[6]}"
    return None
