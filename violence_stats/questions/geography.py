"""Geography: did homicide fall more where police were deployed."""

from __future__ import annotations

from violence_stats.ledger.records import Words
from violence_stats.questions import rules
from violence_stats.questions.episode_data import EpisodeData
from violence_stats.questions.signature import Signature, Weighed, not_applicable

SIGNATURE = Signature(
    id="geography",
    block="geography",
    name=Words(en="where police were deployed", es="donde se desplegó la policía"),
    pact=Words(en="alike everywhere", es="igual en todas partes"),
    policing=Words(en="larger where deployed", es="mayor donde hubo despliegue"),
)

NO_PAIR = Words(
    en="no figures of the places where police were deployed on identical windows on both sides",
    es="no hay cifras de los lugares del despliegue en períodos idénticos a ambos lados",
)


def weigh_geography(data: EpisodeData) -> Weighed:
    """Measure the log ratio of those places minus that of the rest of the country, and read it."""
    found = data.places
    inside = None if found is None else found.counts.log_ratio
    outside = None if found is None or found.homicides is None else found.homicides.log_ratio
    if found is None or inside is None or outside is None:
        return not_applicable(SIGNATURE, NO_PAIR)
    gap = inside.minus(outside)
    return Weighed(
        signature=SIGNATURE,
        number=gap,
        ruling=rules.read_geography(gap, selected=data.places_selected, both_sides=not found.counts.contains_start),
        basis=found.counts.basis,
        citations=found.counts.figures,
        details=(("there", inside), ("elsewhere", outside)),
    )
