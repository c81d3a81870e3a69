"""One comparison of two ways to do the same thing, timed in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """Median seconds of our way and of the alternative, and what the ratio should reach.

    Attributes
    ----------
    ratio : float
        Median over the paired runs of alternative divided by ours: above 1 means that ours is faster.
    cpu_ratio : float
        The same by the processor time of this process, which other work on the machine leaves alone; NaN where ours
        took none.
    """

    what: str
    ours_seconds: float
    other: str
    other_seconds: float
    ratio: float
    cpu_ratio: float

    def line(self) -> str:
        """Give the comparison in one line."""
        return (
            f"{self.what}: {self.ours_seconds:.4g} s; {self.other}: {self.other_seconds:.4g} s; "
            f"{self.other} / ours = {self.ratio:.2f}"
        )


def compare(
    what: str, ours: Callable[[], object], other: str, alternative: Callable[[], object], *, n_pairs: int = 5
) -> Measurement:
    """Time two callables in turn, one warm-up each, then `n_pairs` pairs."""
    ours()
    alternative()
    timed = [(_seconds(ours), _seconds(alternative)) for _ in range(n_pairs)]
    pairs = [(a, b) for (a, _), (b, _) in timed]
    on_cpu = [b / a for (_, a), (_, b) in timed if a > 0]
    return Measurement(
        what=what,
        ours_seconds=statistics.median(a for a, _ in pairs),
        other=other,
        other_seconds=statistics.median(b for _, b in pairs),
        ratio=statistics.median(b / a for a, b in pairs),
        cpu_ratio=statistics.median(on_cpu) if on_cpu else float("nan"),
    )


def _seconds(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    start, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - start, time.process_time() - cpu
