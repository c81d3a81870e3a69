"""Which later interventions keep their effects where an event is taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from violence_stats.design.interventions import Intervention, Pulse
from violence_stats.design.matrix import DesignMatrix
from violence_stats.errors import SpecificationError


def held_interventions(
    design: DesignMatrix, removed: Sequence[Intervention], hold: Sequence[str], *, until: date
) -> tuple[Intervention, ...]:
    """Give the interventions that start with the event or after it, other than its own: their effects stay as fitted.

    Parameters
    ----------
    design : DesignMatrix
    removed : sequence of Intervention
        Those of the event.
    hold : sequence of str
        Events that may be held; pulses always are.
    until : datetime.date
        Last day of the window in question.

    Raises
    ------
    SpecificationError
        If one that is neither a pulse nor named in `hold` has begun after the event and by that day.
    """
    start = min(one.first_day for one in removed)
    later = tuple(one for one in design.interventions if one not in removed and start <= one.first_day <= until)
    named = {one.term for event in hold for one in design.event(event)}
    loose = [one for one in later if start < one.first_day and not isinstance(one, Pulse) and one.term not in named]
    if loose:
        raise SpecificationError(
            f"the window to {until.isoformat()} reaches past {loose[0].term} ({loose[0].first_day.isoformat()}): what "
            f"would have happened then without {removed[0].term} is not in the model; end the window earlier, or pass "
            f'hold=["{loose[0].term}"] to keep its effect as fitted'
        )
    return later
