"""The words that say who counted what, and which document says so."""

from __future__ import annotations

import argparse
from typing import Any

from violence_stats.errors import SelectionError


def add_document_options(parser: Any) -> None:
    """Let a command say who counted what, and which document says so."""
    parser.add_argument("--publisher", help="who counted, not who printed it")
    parser.add_argument("--country", help="ISO code (default: the case's)")
    parser.add_argument("--measure", help="what is counted (default: as the case's reference series)")
    parser.add_argument("--definition", help="which cases are counted (default: the only one that case.toml names)")
    parser.add_argument("--area", default="", help="part of the country (default: the whole)")
    parser.add_argument("--reported", default="", metavar="DATE", help="day, month or year of the report")
    parser.add_argument("--status", default="published", help="such as compiled or preliminary (default: published)")
    parser.add_argument("--quality", default="high", help="how sure the reading is: high (the default), medium or low")
    parser.add_argument("--url", default="", help="where the document stands")
    parser.add_argument("--title", default="", help="what it is called")
    parser.add_argument("--date", default="", help="its day, month or year (default: that of the report)")
    parser.add_argument("--source-id", default="", metavar="ID", help="its id, if the case has it already or is to")
    parser.add_argument(
        "--chain",
        default="extend",
        choices=("extend", "leave"),
        help="whether the reference chain takes the windows that continue it (default: extend)",
    )
    parser.add_argument(
        "--accept", default="", metavar="REASON", help="why findings that can be right as published are to stand"
    )


def publisher_of(options: argparse.Namespace) -> str:
    """Give who counted, as typed.

    Raises
    ------
    SelectionError
        If nothing was.
    """
    if not options.publisher:
        raise SelectionError("--publisher: expected who counted, got nothing; give its code, such as POL")
    return str(options.publisher)
