"""Homicide series for data journalists: published counts with their sources, models, and what they can tell.

Public names load on first use, so that ``import violence_stats`` costs little more than Python itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from violence_stats.version import __version__ as __version__

if TYPE_CHECKING:
    from violence_stats.breaks.find import find_breaks as find_breaks
    from violence_stats.breaks.find import sup_f as sup_f
    from violence_stats.breaks.options import BreakOptions as BreakOptions
    from violence_stats.breaks.options import BreakPrior as BreakPrior
    from violence_stats.charts.averted import plot_averted as plot_averted
    from violence_stats.charts.breaks import plot_breaks as plot_breaks
    from violence_stats.charts.claim import plot_claim as plot_claim
    from violence_stats.charts.counterfactual import plot_counterfactual as plot_counterfactual
    from violence_stats.charts.decomposition import plot_decomposition as plot_decomposition
    from violence_stats.charts.diagnostics import plot_diagnostics as plot_diagnostics
    from violence_stats.charts.effects import plot_effects as plot_effects
    from violence_stats.charts.episodes import plot_episodes as plot_episodes
    from violence_stats.charts.evidence import plot_evidence as plot_evidence
    from violence_stats.charts.outlook import plot_outlook as plot_outlook
    from violence_stats.charts.placebo import plot_placebo as plot_placebo
    from violence_stats.charts.power import plot_power as plot_power
    from violence_stats.charts.specification_curve import plot_specification_curve as plot_specification_curve
    from violence_stats.charts.timeline import plot_timeline as plot_timeline
    from violence_stats.design.interventions import Pulse as Pulse
    from violence_stats.design.interventions import Ramp as Ramp
    from violence_stats.design.interventions import Step as Step
    from violence_stats.design.transfer import Decay as Decay
    from violence_stats.design.transfer import Onset as Onset
    from violence_stats.ingest.add_reading import add_reading as add_reading
    from violence_stats.ingest.counts import read_counts as read_counts
    from violence_stats.ingest.ledger_rows import LedgerLabels as LedgerLabels
    from violence_stats.ingest.population import read_population as read_population
    from violence_stats.ingest.records import read_records as read_records
    from violence_stats.ingest.text_chart import draw_text_chart as draw_text_chart
    from violence_stats.ingest.unodc import read_unodc as read_unodc
    from violence_stats.ledger.add import add_figure as add_figure
    from violence_stats.ledger.add import add_figures as add_figures
    from violence_stats.ledger.add_population import add_population as add_population
    from violence_stats.ledger.additions import NewFigure as NewFigure
    from violence_stats.ledger.additions import NewSource as NewSource
    from violence_stats.ledger.case import load_case as load_case
    from violence_stats.ledger.ledger import load_ledger as load_ledger
    from violence_stats.ledger.loaders import load_counts as load_counts
    from violence_stats.ledger.loaders import load_events as load_events
    from violence_stats.ledger.loaders import load_homicides as load_homicides
    from violence_stats.ledger.loaders import load_population as load_population
    from violence_stats.ledger.new_case import new_case as new_case
    from violence_stats.ledger.update import update_package as update_package
    from violence_stats.ledger.verify import verify_case as verify_case
    from violence_stats.models.arima import ARIMAInterruptedTimeSeries as ARIMAInterruptedTimeSeries
    from violence_stats.models.bootstrap import Bootstrap as Bootstrap
    from violence_stats.models.controlled import ControlledInterruptedTimeSeries as ControlledInterruptedTimeSeries
    from violence_stats.models.its import InterruptedTimeSeries as InterruptedTimeSeries
    from violence_stats.models.structural import StructuralTimeSeries as StructuralTimeSeries
    from violence_stats.questions.availability import list_available as list_available
    from violence_stats.questions.bound_counting import bound_counting as bound_counting
    from violence_stats.questions.claim import check_claim as check_claim
    from violence_stats.questions.episodes import measure_episodes as measure_episodes
    from violence_stats.questions.evidence import weigh_evidence as weigh_evidence
    from violence_stats.questions.evidence_calibration import load_error_rates as load_error_rates
    from violence_stats.questions.fall import decompose_fall as decompose_fall
    from violence_stats.questions.fall_choices import FallChoices as FallChoices
    from violence_stats.questions.outlook import look_ahead as look_ahead
    from violence_stats.questions.windows import compare_windows as compare_windows
    from violence_stats.report.build import write_report as write_report
    from violence_stats.robustness.choices import CurveChoices as CurveChoices
    from violence_stats.robustness.curve import specification_curve as specification_curve
    from violence_stats.robustness.placebo import placebo_in_time as placebo_in_time
    from violence_stats.robustness.power import PowerOptions as PowerOptions
    from violence_stats.robustness.power import power as power
    from violence_stats.series import CountSeries as CountSeries

_HOME: dict[str, str] = {
    "ARIMAInterruptedTimeSeries": "violence_stats.models.arima",
    "Bootstrap": "violence_stats.models.bootstrap",
    "BreakOptions": "violence_stats.breaks.options",
    "BreakPrior": "violence_stats.breaks.options",
    "ControlledInterruptedTimeSeries": "violence_stats.models.controlled",
    "CountSeries": "violence_stats.series",
    "CurveChoices": "violence_stats.robustness.choices",
    "Decay": "violence_stats.design.transfer",
    "FallChoices": "violence_stats.questions.fall_choices",
    "InterruptedTimeSeries": "violence_stats.models.its",
    "LedgerLabels": "violence_stats.ingest.ledger_rows",
    "NewFigure": "violence_stats.ledger.additions",
    "NewSource": "violence_stats.ledger.additions",
    "Onset": "violence_stats.design.transfer",
    "PowerOptions": "violence_stats.robustness.power",
    "Pulse": "violence_stats.design.interventions",
    "Ramp": "violence_stats.design.interventions",
    "Step": "violence_stats.design.interventions",
    "StructuralTimeSeries": "violence_stats.models.structural",
    "add_figure": "violence_stats.ledger.add",
    "add_figures": "violence_stats.ledger.add",
    "add_population": "violence_stats.ledger.add_population",
    "add_reading": "violence_stats.ingest.add_reading",
    "bound_counting": "violence_stats.questions.bound_counting",
    "check_claim": "violence_stats.questions.claim",
    "compare_windows": "violence_stats.questions.windows",
    "decompose_fall": "violence_stats.questions.fall",
    "draw_text_chart": "violence_stats.ingest.text_chart",
    "find_breaks": "violence_stats.breaks.find",
    "list_available": "violence_stats.questions.availability",
    "load_case": "violence_stats.ledger.case",
    "load_counts": "violence_stats.ledger.loaders",
    "load_error_rates": "violence_stats.questions.evidence_calibration",
    "load_events": "violence_stats.ledger.loaders",
    "load_homicides": "violence_stats.ledger.loaders",
    "load_ledger": "violence_stats.ledger.ledger",
    "load_population": "violence_stats.ledger.loaders",
    "look_ahead": "violence_stats.questions.outlook",
    "measure_episodes": "violence_stats.questions.episodes",
    "new_case": "violence_stats.ledger.new_case",
    "placebo_in_time": "violence_stats.robustness.placebo",
    "plot_averted": "violence_stats.charts.averted",
    "plot_breaks": "violence_stats.charts.breaks",
    "plot_claim": "violence_stats.charts.claim",
    "plot_counterfactual": "violence_stats.charts.counterfactual",
    "plot_decomposition": "violence_stats.charts.decomposition",
    "plot_diagnostics": "violence_stats.charts.diagnostics",
    "plot_effects": "violence_stats.charts.effects",
    "plot_episodes": "violence_stats.charts.episodes",
    "plot_evidence": "violence_stats.charts.evidence",
    "plot_outlook": "violence_stats.charts.outlook",
    "plot_placebo": "violence_stats.charts.placebo",
    "plot_power": "violence_stats.charts.power",
    "plot_specification_curve": "violence_stats.charts.specification_curve",
    "plot_timeline": "violence_stats.charts.timeline",
    "power": "violence_stats.robustness.power",
    "read_counts": "violence_stats.ingest.counts",
    "read_population": "violence_stats.ingest.population",
    "read_records": "violence_stats.ingest.records",
    "read_unodc": "violence_stats.ingest.unodc",
    "specification_curve": "violence_stats.robustness.curve",
    "sup_f": "violence_stats.breaks.find",
    "update_package": "violence_stats.ledger.update",
    "verify_case": "violence_stats.ledger.verify",
    "weigh_evidence": "violence_stats.questions.evidence",
    "write_report": "violence_stats.report.build",
}

__all__ = sorted(_HOME)  # noqa: PLE0605  the table is the list


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'violence_stats' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
