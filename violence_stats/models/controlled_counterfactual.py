"""What the treated series would have counted, had it changed no more than its controls did."""

from __future__ import annotations

from dataclasses import replace

from violence_stats.design.matrix import DesignMatrix
from violence_stats.models.counterfactual import Counterfactual
from violence_stats.models.estimate import Estimate
from violence_stats.models.frame import ModelFrame
from violence_stats.models.panel import TREATED, PanelFrame
from violence_stats.models.without import Question, expect_without

KEPT = "what the controls did is kept: only what the treated series did beyond them is taken away"


def expect_as_controls(panel: PanelFrame, estimate: Estimate, question: Question) -> Counterfactual:
    """Take away what an event did to the treated series beyond the controls, and keep the rest as fitted.

    Raises
    ------
    SpecificationError, WindowError
        As `expect_without`.
    """
    frame = _treated_frame(panel)
    terms = {one.term for one in panel.terms.interventions}
    asked = question.without
    if asked in terms:
        question = replace(question, without=f"{TREATED} {asked}")
    question = replace(question, hold=tuple(f"{TREATED} {one}" if one in terms else one for one in question.hold))
    own = replace(estimate, fitted=estimate.fitted[: frame.series.n_windows])
    found = expect_without(frame, own, question)
    frozen, setting = found.frozen_trend, replace(found.setting, course="controls")
    return replace(
        found,
        event=asked,
        notes=(KEPT, *found.notes),
        setting=setting,
        frozen_trend=None if frozen is None else replace(frozen, event=asked, setting=setting),
    )


def _treated_frame(panel: PanelFrame) -> ModelFrame:
    """Give the treated unit's data under the panel's columns, its interventions being those beyond the controls."""
    frame = panel.frames[0]
    beyond = tuple(replace(one, name=f"{TREATED} {one.term}") for one in panel.terms.interventions)
    design = DesignMatrix(names=panel.names, X=panel.X[: frame.cells.n_cells], interventions=beyond)
    return replace(frame, design=design)
