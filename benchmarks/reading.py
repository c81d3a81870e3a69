"""Reading files: two million records beside pandas, and a workbook of monthly counts."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

N_RECORDS = 2_000_000
_DEPARTMENTS = [f"Departamento {number}" for number in range(1, 15)]
_WEAPONS = ["Arma de fuego", "Arma blanca", "Objeto contundente", "Estrangulamiento", "Sin dato"]

_READ = """
import time, sys
try:
    import resource
except ImportError:
    resource = None
import violence_stats as vs
start, busy = time.perf_counter(), time.process_time()
reading = vs.read_records(sys.argv[1], date="Fecha del hecho", by=("Departamento", "Tipo de arma"))
seconds, busy = time.perf_counter() - start, time.process_time() - busy
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if resource else float("nan")
cost = f"{seconds:.1f} s ({busy:.1f} s of processor time), peak memory {peak:.0f} MB"
print(f"{reading.report.n_counted:,} counted in {cost}")
"""


def write_records(path: Path, n_rows: int, seed: int = 20_200_930) -> None:
    """Write a made-up table of one row a victim, ten columns, one date in a thousand missing."""
    rng = random.Random(seed)  # noqa: S311  made-up rows, nothing secret
    days = [date(2005, 1, 1) + timedelta(days=number) for number in range(7300)]
    written = [f"{day:%d/%m/%Y}" for day in days]
    headings = "No,Fecha del hecho,Hora,Departamento,Municipio,Sexo,Edad,Tipo de arma,Lugar,Observaciones"
    with path.open("w", encoding="utf-8", newline="") as handle:
        handle.write(headings + "\n")
        for number in range(n_rows):
            day = "" if number % 1000 == 999 else rng.choice(written)
            department = rng.choice(_DEPARTMENTS)
            handle.write(
                f"{number},{day},{number % 24:02d}:30,{department},Municipio {number % 262},H,{number % 80},"
                f'{rng.choice(_WEAPONS)},"Vía pública, calle {number % 50}",Sin observaciones\n'
            )


def lines() -> Iterator[str]:
    """Time two million records, in a process of its own, and the plain pass of the csv module over the same file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "victims.csv")
        write_records(path, N_RECORDS)
        done = subprocess.run([sys.executable, "-c", _READ, str(path)], check=True, capture_output=True, text=True)
        yield f"read_records, {path.stat().st_size / 1e6:.0f} MB: {done.stdout.strip()}"
        code = (
            "import csv, sys, time\n"
            "sum(1 for _ in csv.reader(open(sys.argv[1], encoding='utf-8', newline='')))\n"
            "print(f'{time.process_time():.1f}')"
        )
        plain = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)
        yield f"csv.reader over the same file, nothing counted: {plain.stdout.strip()} s of processor time"
