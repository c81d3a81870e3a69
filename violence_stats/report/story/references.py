"""The methods that a report uses, with what they rest on: a reference stands only where its chapter does."""

from __future__ import annotations

from typing import Final

from violence_stats.report.content import Facts
from violence_stats.report.document import Cell, Link

_BREAKS: Final[tuple[Cell, ...]] = (
    Link(
        text="Lopez Bernal J, Cummins S, Gasparrini A (2017). Interrupted time series regression for the evaluation of "
        "public health interventions: a tutorial. Int J Epidemiol 46(1):348-355",
        url="https://doi.org/10.1093/ije/dyw098",
    ),
    "Thompson R, Baker RJ (1981). Composite link functions in generalized linear models. J R Stat Soc C 30(2):125-131",
)
_UNKNOWN: Final[tuple[Cell, ...]] = (
    "Bai J, Perron P (2003). Computation and analysis of multiple structural change models. J Appl Econometrics "
    "18(1):1-22",
    "Fearnhead P (2006). Exact and efficient Bayesian inference for multiple changepoint problems. Statistics and "
    "Computing 16(2):203-213",
)
_FALL: Final[tuple[Cell, ...]] = (
    "Shapley LS (1953). A value for n-person games. In: Kuhn HW, Tucker AW (eds), Contributions to the Theory of Games "
    "II. Princeton University Press, 307-317",
)
_EPISODES: Final[tuple[Cell, ...]] = (
    "Box GEP, Tiao GC (1975). Intervention analysis with applications to economic and environmental problems. J Am "
    "Stat Assoc 70(349):70-79",
)
_OUTLOOK: Final[tuple[Cell, ...]] = (
    "Gneiting T, Raftery AE (2007). Strictly proper scoring rules, prediction, and estimation. J Am Stat Assoc "
    "102(477):359-378",
)
_CHOICES: Final[tuple[Cell, ...]] = (
    "Simonsohn U, Simmons JP, Nelson LD (2020). Specification curve analysis. Nature Human Behaviour 4:1208-1214",
)


def method_references(facts: Facts) -> tuple[Cell, ...]:
    """List the references of the methods that the report uses."""
    chapters = (
        (bool(facts.breaks), _BREAKS),
        (facts.unknown is not None, _UNKNOWN),
        (facts.fall is not None, _FALL),
        (facts.episodes is not None, _EPISODES),
        (facts.outlook is not None, _OUTLOOK),
        (facts.choices is not None, _CHOICES),
    )
    return tuple(one for told, references in chapters if told for one in references)
