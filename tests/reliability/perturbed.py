"""The headline numbers of the shipped case under settings that other machines have.

Run ``python -m tests.reliability.perturbed`` to compute them anew in each and to compare them with those of plain
settings by the tolerances of ``.ci/compare_headline.py``; ends with 1 if one differs by more. Takes some minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from violence_stats.cli import THREAD_VARIABLES

PROGRAM = """
import json
from violence_stats.report.content import gather_facts
from violence_stats.report.headline import headline_numbers
print(json.dumps(headline_numbers(gather_facts("SLV", lambda step: None))))
"""

PLAIN = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
SETTINGS: dict[str, dict[str, str]] = {
    "two BLAS threads": {"OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"},
    "kernels of an old processor, Prescott": {"OPENBLAS_CORETYPE": "Prescott"},
    "kernels of another processor, Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
    "no vector instructions in NumPy": {"NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512CD AVX512_SKX AVX2 FMA3"},
    "another hash seed, locale and time zone": {
        "PYTHONHASHSEED": "12345",
        "LC_ALL": "es_SV.UTF-8",
        "LANG": "es_SV.UTF-8",
        "TZ": "Pacific/Kiritimati",
    },
}


def headline(**variables: str) -> Any:
    """Compute the headline numbers in a process of its own."""
    bare = {name: value for name, value in os.environ.items() if name not in THREAD_VARIABLES}
    environment = {**bare, **PLAIN, **variables}
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM], env=environment, check=True, capture_output=True
    )
    return json.loads(ended.stdout)


def main() -> int:
    """Compare one setting after the other."""
    place = Path(__file__).parents[2] / ".ci" / "compare_headline.py"
    found = spec_from_file_location("compare_headline", place)
    if found is None or found.loader is None:
        raise FileNotFoundError(place)
    compare = module_from_spec(found)
    found.loader.exec_module(compare)
    plain = headline()
    n_numbers = sum(1 for _ in compare.leaves(plain))
    n_beyond = 0
    for name, variables in SETTINGS.items():
        beyond, within = compare.differences(plain, headline(**variables))
        n_beyond += len(beyond)
        sys.stdout.write(f"{name}: of {n_numbers} values {len(within)} tip over in their last place, ")
        sys.stdout.write(f"{len(beyond)} differ by more\n" + "".join(f"  {line}\n" for line in (*within, *beyond)))
        sys.stdout.flush()
    return 1 if n_beyond else 0


if __name__ == "__main__":
    sys.exit(main())
