"""A process of its own that opens a spreadsheet: a damaged file can end it, but nothing else.

Run as a script, never imported: ``python sheet_process.py``, with a JSON object on standard input that holds
``path``, ``by_content`` (whether the ending of its name is wrong), ``sheet`` (a name, or null for every sheet that is
not hidden), ``sys_path``, ``memory_bytes``, ``max_columns`` and ``max_characters`` (of a cell).

Standard output is JSON lines: first ``{"sheets": [[name, is_hidden], ...]}``; for each sheet that is read
``{"sheet": name, "merged": [...]}`` and a line ``[row number, [cells]]`` for each row that is not blank; at the end
``{"end": true}``, or ``{"fault": kind, "message": text}``. A date is ``{"date": "2020-01-31"}``.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> None:
    """Read the request, hold the process to its memory, and write the cells."""
    request = json.load(sys.stdin)
    sys.path[:] = request["sys_path"]
    from python_calamine import PasswordError  # noqa: PLC0415  found only once the path is set

    _hold_memory(request["memory_bytes"])
    try:
        for line in _lines(request):
            _write(line)
        _write({"end": True})
    except PasswordError as error:
        _write({"fault": "password", "message": str(error)})
    except MemoryError as error:
        _write({"fault": "memory", "message": str(error)})
    except Exception as error:
        _write({"fault": "damaged", "message": f"{type(error).__name__}: {error}"})


def _hold_memory(n_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415  not on every system

        resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return


def _open(path: str, *, by_content: bool) -> Any:
    """Open a file; a path is judged by its ending (and a locked file known), bytes by what they are."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    if by_content:
        return CalamineWorkbook.from_filelike(io.BytesIO(Path(path).read_bytes()))
    return CalamineWorkbook.from_path(path)


def _lines(request: dict[str, Any]) -> Iterator[Any]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    wanted = request["sheet"]
    with _open(request["path"], by_content=request["by_content"]) as workbook:
        sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        hidden = {one.name: one.visible != SheetVisibleEnum.Visible for one in sheets}
        yield {"sheets": list(hidden.items())}
        for name, is_hidden in hidden.items():
            if name == wanted or (wanted is None and not is_hidden):
                sheet = workbook.get_sheet_by_name(name)
                yield {"sheet": name, "merged": sheet.merged_cell_ranges or []}
                yield from _rows(sheet, request)


def _rows(sheet: Any, request: dict[str, Any]) -> Iterator[list[Any]]:
    if sheet.start is None:
        return
    if sheet.end[1] >= request["max_columns"]:
        raise ValueError(f"{sheet.end[1] + 1} columns")
    longest = request["max_characters"]
    margin = [None] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_plain(value, longest) for value in row]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield [number, margin + cells]


def _plain(value: Any, longest: int) -> Any:
    if isinstance(value, str):
        return value[:longest].strip() or None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    return value if isinstance(value, int) else str(value)


def _write(line: Any) -> None:
    sys.stdout.write(json.dumps(line, allow_nan=True) + "\n")


if __name__ == "__main__":
    main()
