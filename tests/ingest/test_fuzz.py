"""Valid files with bytes changed, cut and doubled at random: a series or one of the package's own errors, nothing else.

Kinds of test: property (seeded mutations and hypothesis); bounded to a few seconds.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import violence_stats as vs
from tests.ingest.spreadsheets import ods, xls, xlsx
from tests.ingest.test_layouts import ACROSS, CUMULATIVE, LONG, QUARTERED, SECTIONS, TWO_LEVELS, WIDE, as_csv
from violence_stats.errors import ViolenceStatsError

SEED = 20_200_930
N_TEXT, N_SHEETS = 200, 10
LONGEST_MESSAGE = 2000
ALL_BYTES = bytes(range(256))
TEXT_BYTES = b"0123456789.,;-/\"'\n\t <>=*()aeinorstEFMAT\xc3\xb1\xff"
TABLES = (WIDE, ACROSS, LONG, SECTIONS, TWO_LEVELS, CUMULATIVE, QUARTERED)


def mutate(content: bytes, rng: random.Random, alphabet: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at, length = rng.randrange(len(changed)), rng.randint(1, 8)
        action = rng.randrange(4)
        if action == 0:
            changed[at : at + length] = bytes(rng.choices(alphabet, k=length))
        elif action == 1:
            del changed[at : at + length]
        elif action == 2:
            changed[at:at] = changed[at : at + length * 4]
        else:
            changed[at : at + 1] = bytes(rng.choices(alphabet, k=1))
        if not changed:
            return b""
    return bytes(changed[: rng.randrange(len(changed))] if rng.random() < 0.1 else changed)


def reads(read: Callable[[], object]) -> bool:
    """Whether a reader was able to; any error that is not the package's own passes through and fails the test."""
    message = ""
    try:
        read()
    except ViolenceStatsError as error:
        message = str(error)
    assert len(message) < LONGEST_MESSAGE
    return not message


def n_reading(path: Path) -> int:
    """Read a file with every reader; give how many were able to."""
    readers: tuple[Callable[[], object], ...] = (
        lambda: vs.read_counts(path).summary(),
        lambda: vs.read_counts(path, check_totals=False, cumulative=False, year=2020).to_dict(),
        lambda: vs.read_records(path, date="Mes").summary(),
        lambda: vs.read_population(path).summary(),
    )
    return sum(reads(read) for read in readers)


def test_changed_text_files(tmp_path: Path) -> None:
    rng = random.Random(SEED)  # noqa: S311  changes to test files, nothing secret
    path = tmp_path / "t.csv"
    n_read = 0
    for number in range(N_TEXT):
        path.write_bytes(mutate(as_csv(TABLES[number % len(TABLES)]).encode("utf-8"), rng, TEXT_BYTES))
        n_read += n_reading(path) > 0
    assert N_TEXT // 10 < n_read < N_TEXT


@pytest.mark.parametrize(("name", "make"), [("t.xlsx", xlsx), ("t.ods", ods), ("t.xls", xls)])
def test_changed_spreadsheets(name: str, make: Callable[..., bytes], tmp_path: Path) -> None:
    rng = random.Random(SEED)  # noqa: S311  changes to test files, nothing secret
    path = tmp_path / name
    n_read = 0
    for _ in range(N_SHEETS):
        path.write_bytes(mutate(make(WIDE), rng, ALL_BYTES))
        n_read += reads(lambda: vs.read_counts(path))
    assert n_read < N_SHEETS


def test_changed_sheets_inside_whole_archives(tmp_path: Path) -> None:
    rng = random.Random(SEED)  # noqa: S311  changes to test files, nothing secret
    path = tmp_path / "t.xlsx"
    body = (
        b'<row r="1"><c r="A1"><v>43831</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="A2"><v>43862</v></c></row>'
    )
    n_read = 0
    for _ in range(N_SHEETS):
        path.write_bytes(xlsx([], sheet_xml=mutate(body, rng, TEXT_BYTES).decode("latin-1")))
        n_read += reads(lambda: vs.read_counts(path))
    assert n_read < N_SHEETS


CELLS = st.one_of(
    st.sampled_from(["Enero", "feb", "2019", "2020", "Total", "I trimestre", "1.085", "12", "7", "", "-", "nd", "Mes"]),
    st.sampled_from(["31-ene-20", "12/25/2019", "43831", "Acumulado", "Tasa", "Año", "Fecha", "1,5", "-3", "ene-20"]),
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
