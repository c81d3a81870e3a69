"""What a reader of a test or search on counts over windows has to be told."""

from __future__ import annotations

from itertools import pairwise

from violence_stats.breaks.count_simulation import COUNT_OF_AN_EMPTY_REGIME, CountProcess
from violence_stats.breaks.refine import DatedBreak
from violence_stats.breaks.windows import WindowSample
from violence_stats.breaks.wording import number
from violence_stats.models.provenance import publisher_notes, series_notes


def sample_notes(sample: WindowSample) -> list[str]:
    """List what a reader of any result on the series has to be told."""
    return [*series_notes(sample.series), *publisher_notes(sample.series)]


def dated_notes(sample: WindowSample, dated: tuple[DatedBreak, ...]) -> list[str]:
    """List what a reader of breaks found in the series has to be told."""
    return [*sample_notes(sample), *_inside_notes(sample, dated), *_empty_notes(sample, dated)]


def _inside_notes(sample: WindowSample, dated: tuple[DatedBreak, ...]) -> list[str]:
    """Say which breaks fall inside a window whose count is known only as a whole."""
    return [
        f"the break of {sample.period(one.first_day)} falls inside {sample.series.windows[one.inside]}, whose count is "
        "known only as a whole: its interval covers that window"
        for one in dated
        if one.inside is not None
    ]


def _empty_notes(sample: WindowSample, dated: tuple[DatedBreak, ...]) -> list[str]:
    """Say which regimes hold no count, so that no rate can be fitted to them as it stands."""
    edges = [0, *(one.edge for one in dated), len(sample.y)]
    return [
        f"the regime from {sample.period(sample.starts[start])} holds no count: its mean is fitted as if it held "
        f"{COUNT_OF_AN_EMPTY_REGIME:g}"
        for start, end in pairwise(edges)
        if not sample.y[start:end].any()
    ]


def process_words(where: str, process: CountProcess) -> str:
    """Say the nuisance parameters."""
    return (
        f"{where}: dispersion {number(process.phi)}, variance of the log rate {number(process.sigma2)}, its "
        f"autocorrelation {number(process.rho)}"
    )
