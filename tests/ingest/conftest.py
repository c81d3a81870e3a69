"""What several tests of the readers share: a place for files, and tables in the shapes that offices publish."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

MONTHS = (
    *("Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio"),
    *("Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"),
)
FIRST_YEAR = (31, 25, 22, 40, 28, 23, 15, 13, 41, 11, 10, 19)
SECOND_YEAR = (19, 11, 65, 14, 66, 80, 10, 110, 12, 13, 15, 9)

WriteFile = Callable[[str, bytes | str], Path]


@pytest.fixture
def write_file(tmp_path: Path) -> WriteFile:
    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write
