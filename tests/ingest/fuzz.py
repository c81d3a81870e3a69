"""Valid files with bytes changed, cut and doubled at random, given to every reader.

Run ``python -m tests.ingest.fuzz --seed 1 --runs 2000`` to try as many files as wanted: it ends with 1 and names the
seed and the run at the first error that is not the package's own, and else says how many files were read and refused.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import violence_stats as vs
from tests.ingest.spreadsheets import ods, xls, xlsx
from tests.ingest.test_layouts import ACROSS, CUMULATIVE, LONG, QUARTERED, SECTIONS, TWO_LEVELS, WIDE, as_csv
from violence_stats.errors import ViolenceStatsError

LONGEST_MESSAGE = 2000
ALL_BYTES = bytes(range(256))
TEXT_BYTES = b"0123456789.,;-/\"'\n\t <>=*()aeinorstEFMAT\xc3\xb1\xff"
WEEKS = [["Semana", 2019, 2020], *([f"SE {week}", week % 7, week % 5] for week in range(1, 53))]
TABLES = (WIDE, ACROSS, LONG, SECTIONS, TWO_LEVELS, CUMULATIVE, QUARTERED, WEEKS)
SHEET = b'<row r="1"><c r="A1"><v>43831</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="A2"><v>43862</v></c></row>'
WORKBOOKS: dict[str, Callable[..., bytes]] = {"t.xlsx": xlsx, "t.ods": ods, "t.xls": xls}


def mutate(content: bytes, rng: random.Random, alphabet: bytes) -> bytes:
    """Change, cut or double one to four places; one time in ten cut the end off."""
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
    """Whether a reader was able to; any error that is not the package's own passes through."""
    message = ""
    try:
        read()
    except ViolenceStatsError as error:
        message = str(error)
    if len(message) > LONGEST_MESSAGE:
        raise ValueError(f"a message of {len(message)} characters: {message[:200]}")
    return not message


def readers_of(path: Path) -> tuple[Callable[[], object], ...]:
    """Give every reader of a table, as it is called on a file."""
    return (
        lambda: vs.read_counts(path).summary(),
        lambda: vs.read_counts(path, check_totals=False, cumulative=False, year=2020).to_dict(),
        lambda: vs.read_counts(path, weeks="epidemiological", zeros="unknown", check_totals=False).to_dict(),
        lambda: vs.read_records(path, date="Mes").summary(),
        lambda: vs.read_population(path).summary(),
    )


def n_reading(path: Path) -> int:
    """Read a file with every reader; give how many were able to."""
    return sum(reads(read) for read in readers_of(path))


def changed_texts(rng: random.Random, runs: int) -> Iterator[tuple[str, bytes]]:
    """Give texts of every layout, changed."""
    for number in range(runs):
        yield "t.csv", mutate(as_csv(TABLES[number % len(TABLES)]).encode("utf-8"), rng, TEXT_BYTES)


def changed_workbooks(rng: random.Random, runs: int) -> Iterator[tuple[str, bytes]]:
    """Give spreadsheets of every form with bytes changed anywhere, and whole ones with their sheet changed."""
    for number in range(runs):
        kind = number % (len(WORKBOOKS) + 1)
        if kind < len(WORKBOOKS):
            name = tuple(WORKBOOKS)[kind]
            yield name, mutate(WORKBOOKS[name](WIDE), rng, ALL_BYTES)
        else:
            yield "t.xlsx", xlsx([], sheet_xml=mutate(SHEET, rng, TEXT_BYTES).decode("latin-1"))


def main(arguments: list[str] | None = None) -> int:
    """Try the files; a tenth as many spreadsheets as texts, since each opens in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.ingest.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=2000, help="texts; a tenth as many spreadsheets (default: 2000)")
    options = parser.parse_args(arguments)
    rng = random.Random(options.seed)  # noqa: S311  changes to test files, nothing secret
    with tempfile.TemporaryDirectory() as folder:
        for what, files in (
            ("texts", changed_texts(rng, options.runs)),
            ("spreadsheets", changed_workbooks(rng, options.runs // 10)),
        ):
            n_files = n_read = 0
            for n_files, (name, content) in enumerate(files, 1):
                path = Path(folder, name)
                path.write_bytes(content)
                try:
                    n_read += n_reading(path) > 0
                except Exception as error:
                    sys.stdout.write(f"seed {options.seed}, {what}, file {n_files}: {error!r}\n")
                    return 1
            sys.stdout.write(
                f"{n_files:,} changed {what}, {len(readers_of(Path()))} readers each: {n_read:,} still read by one, "
                f"{n_files - n_read:,} refused by all with our own errors, nothing else came out\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
