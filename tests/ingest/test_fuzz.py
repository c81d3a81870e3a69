"""Valid files with bytes changed, cut and doubled at random: a series or one of the package's own errors, nothing else.

Kinds of test: property (seeded mutations and hypothesis); bounded to a few seconds. ``python -m tests.ingest.fuzz``
tries more.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest import fuzz
from tests.ingest.fuzz import changed_texts, changed_workbooks, n_reading, reads
from violence_stats.errors import DataError

SEED = 20_200_930
N_TEXT, N_SHEETS = 200, 20


def n_read(files: Iterable[tuple[str, bytes]], folder: Path) -> int:
    count = 0
    for name, content in files:
        path = folder / name
        path.write_bytes(content)
        count += n_reading(path) > 0
    return count


def test_changed_text_files(tmp_path: Path) -> None:
    rng = random.Random(SEED)  # noqa: S311  changes to test files, nothing secret
    assert N_TEXT // 20 < n_read(changed_texts(rng, N_TEXT), tmp_path) < N_TEXT


def test_changed_spreadsheets(tmp_path: Path) -> None:
    rng = random.Random(SEED)  # noqa: S311  changes to test files, nothing secret
    assert 0 < n_read(changed_workbooks(rng, N_SHEETS), tmp_path) < N_SHEETS


def test_the_program_names_the_run_of_a_foreign_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz, "n_reading", lambda path: 1 // (path.suffix != ".ods"))
    assert fuzz.main(["--seed", "7", "--runs", "20"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("20 changed texts, 5 readers each: 20 still read")
    assert said.endswith("seed 7, spreadsheets, file 2: ZeroDivisionError('integer division or modulo by zero')\n")


def test_a_message_without_end_is_a_fault() -> None:
    def refuse() -> None:
        raise DataError("x" * 3000)

    with pytest.raises(ValueError, match="3000 characters"):
        reads(refuse)


CELLS = st.one_of(
    st.sampled_from(["Enero", "feb", "2019", "2020", "Total", "I trimestre", "1.085", "12", "7", "", "-", "nd", "Mes"]),
    st.sampled_from(["31-ene-20", "12/25/2019", "43831", "Acumulado", "Tasa", "Año", "Fecha", "1,5", "-3", "ene-20"]),
    st.sampled_from(["Semana", "SE 5", "sem 2", "2024-W53", "202405", "1 al 7 de enero de 2024", "Datos al 3 de mayo"]),
    st.text(max_size=6),
    st.integers(-5, 3000).map(str),
)


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=5), min_size=1, max_size=8), sign=st.sampled_from(";,\t"))
def test_any_table_of_plausible_cells(rows: list[list[str]], sign: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_bytes("\n".join(sign.join(row) for row in rows).encode("utf-8", "replace"))
        n_reading(path)
