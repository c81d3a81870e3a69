"""What a calibration table rests on: command, seed, code and input."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from violence_stats.ledger.location import shipped_case
from violence_stats.version import __version__

_PACKAGE = Path(__file__).resolve().parents[2]
CODE = (
    "fitting/ar1*.py",
    "fitting/batch*.py",
    "fitting/composite.py",
    "fitting/counts.py",
    "fitting/hac.py",
    "fitting/simulate.py",
    "robustness/calibration/boundaries.py",
    "robustness/calibration/counterfactuals.py",
    "robustness/calibration/decompositions.py",
    "robustness/calibration/methods.py",
    "robustness/calibration/refits.py",
    "robustness/calibration/second_opinions.py",
    "robustness/calibration/simulation.py",
    "robustness/calibration/time_constants.py",
)
_INPUT = ("chain.csv", "figures.csv", "case.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a table comes from.

    Attributes
    ----------
    command : str
    seed, runs : int
    version : str
        Of the package.
    code_sha256 : str
        Of the modules that draw, estimate and judge.
    input_sha256 : str
        Of the case's chain, figures and settings.
    """

    command: str
    seed: int
    runs: int
    version: str
    code_sha256: str
    input_sha256: str


def provenance(*, command: str, seed: int, runs: int, code: Sequence[str] = CODE) -> Provenance:
    """Describe a calibration of the shipped case as the code stands.

    Parameters
    ----------
    command : str
    seed, runs : int
    code : sequence of str
        Patterns of the modules that draw, estimate and judge, in the package.
    """
    modules = [path for pattern in code for path in sorted(_PACKAGE.glob(pattern))]
    folder = shipped_case().folder
    return Provenance(
        command=command,
        seed=seed,
        runs=runs,
        version=__version__,
        code_sha256=_checksum(modules),
        input_sha256=_checksum(folder / name for name in _INPUT),
    )


def _checksum(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
