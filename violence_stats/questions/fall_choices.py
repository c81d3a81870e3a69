"""The choices behind the models that a fall is split by, beyond those that every call names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from violence_stats.arguments import check_whole
from violence_stats.errors import SpecificationError
from violence_stats.models.decompose import FEWEST_DRAWS
from violence_stats.models.joint_draws import SEED
from violence_stats.months import DateLike

N_DRAWS = 2_000
"""Draws behind the intervals of one model: their ends move by about a fifteenth of a standard error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FallChoices:
    """Choices of `decompose_fall` that have defaults worth keeping.

    Parameters
    ----------
    pre_starts : sequence of DateLike, optional
        First months of the fits, the primary one first. By default every half-year from the first whole month of the
        regime before, as long as a year is left before the event.
    n_draws : int, default 2,000
        Behind the intervals of each model; 100 or more.
    seed : int
        Of the draws of each model.

    Raises
    ------
    SpecificationError
        If `pre_starts` is no sequence or empty, there are too few draws, or the seed is no whole number.
    """

    pre_starts: Sequence[DateLike] | None = None
    n_draws: int = N_DRAWS
    seed: int = SEED

    def __post_init__(self) -> None:
        check_whole("n_draws", self.n_draws, least=FEWEST_DRAWS)
        check_whole("seed", self.seed)
        if self.pre_starts is None:
            return
        is_many = isinstance(self.pre_starts, Iterable) and not isinstance(self.pre_starts, str)
        starts = tuple(self.pre_starts) if is_many else ()
        if not starts:
            raise SpecificationError(
                f'pre_starts: expected one or more first months, such as ["2016-04"], got {self.pre_starts!r}'
            )
        object.__setattr__(self, "pre_starts", starts)
