"""Loading of the shipped case, its checksums verified, beside pandas over the same tables without any check."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pandas as pd

from violence_stats.ledger.case import load_case
from violence_stats.ledger.checksums import read_verified

_RUNS = 15


def _least_ms(run: Callable[[], object]) -> float:
    """Give the least processor time of several runs, in milliseconds: what it costs when nothing else is in the way."""

    def once() -> float:
        start = time.process_time()
        run()
        return (time.process_time() - start) * 1000

    return min(once() for _ in range(_RUNS))


def lines() -> Iterator[str]:
    """Time the checksums alone, the whole case, and pandas.read_csv of its tables."""
    folder = load_case().folder
    tables = sorted(folder.glob("*.csv"))
    checked = _least_ms(lambda: read_verified(folder))
    whole = _least_ms(load_case)
    plain = _least_ms(lambda: [pd.read_csv(path) for path in tables])
    yield (
        f"load_case, every file against its checksum and every cell against its form: {whole:.1f} ms of processor time,"
        f" {checked:.1f} of them for reading the files and their checksums; pandas.read_csv of the same "
        f"{len(tables)} tables, nothing checked: {plain:.1f} ms; pandas / ours = {plain / whole:.2f}"
    )
