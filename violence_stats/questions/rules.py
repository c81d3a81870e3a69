"""The rules that turn numbers into readings: all of them, each threshold with its reason, and nothing else.

They were written before any number of the contested episode was computed. Every later change is dated, with its reason,
in ``docs/evidence-rules.md``; a change made after looking at an answer says so there.

Overall: ``favours X`` needs two blocks for X and none against, and has to hold after any one block is left out; with
both sides present it is ``mixed``; else ``cannot tell``. It follows that three blocks have to agree. A block is one
vote: that of its signatures where they agree or stand alone; a block whose signatures contradict each other puts both
sides on the table. All intervals are at 95%.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from typing import Final, Literal, TypeAlias

from violence_stats.ledger.records import Words
from violence_stats.questions.signature import Block, Measured, Overall, Reading, Ruling

SLOW_MONTHS: Final = 3.0
"""An onset whose whole interval lies beyond three months is no order given in prison: a pact is said to act within
about a month, and three leave room for a count by month and for an agreement that spreads."""

PERSISTENCE_MONTHS: Final = 36
"""The span in which a pact is said to fade or reverse: no account of one gives it three full years."""

FEWEST_MONTHS_TO_LAST: Final = 24
"""With fewer months after the start, a fall that has not faded yet says nothing."""

UNDONE: Final = 0.5
"""A fall has reversed where more than half of it is undone in the last year, and lasted where less than half is."""

BURST_FAMILY_LEVEL: Final = 0.01
"""Chance of one or more false bursts among all the windows searched, if they only scatter."""

NOTABLE: Final = log(1.1)
"""A tenth, on the log scale: the least change in another count that is called a fall or a rise. Recording alone moves
yearly counts by less where nothing is known to have changed."""

ALIKE: Final = log(1.5)
"""Two places fell alike where the interval of their difference lies within this: wide enough that places which do move
alike can be found so in spite of their drift."""

NEEDED_BLOCKS: Final = 2

UNMEASURED_LOG_SD: Final = 0.10
"""An assumption: how far the log of the ratio of two yearly counts drifts without cause, beyond the scatter of
adjoining months (or Poisson scatter, where there are no months)."""

Vote: TypeAlias = Literal["pact", "policing", "both", "none"]


def _cannot_tell(en: str, es: str) -> Ruling:
    return Ruling(reading="cannot tell", why=Words(en=en, es=es))


def _favours(side: Literal["pact", "policing"], en: str, es: str) -> Ruling:
    reading: Reading = "favours pact" if side == "pact" else "favours policing"
    return Ruling(reading=reading, why=Words(en=en, es=es))


def has_fallen(effect: Measured) -> bool:
    """Whether a log ratio is a fall: its interval lies wholly below 0."""
    return effect.high < 0


def read_onset(months_to_80_pct: Measured) -> Ruling:
    """Read how long the fall took to come about; an abrupt one never favours a pact."""
    if months_to_80_pct.low > SLOW_MONTHS:
        return _favours(
            "policing",
            "the fall came about too slowly for an order obeyed at once",
            "la caída tardó demasiado para ser una orden acatada de inmediato",
        )
    return _cannot_tell(
        "a fast onset cannot be ruled out, and an abrupt fall fits mass arrests as well as a pact",
        "no se puede descartar un inicio rápido, y una caída abrupta cuadra tanto con detenciones masivas como con un "
        "pacto",
    )


def read_persistence(share_undone: Measured, *, months_known: float) -> Ruling:
    """Read the share of the fall that was undone in the last year known."""
    if months_known < FEWEST_MONTHS_TO_LAST:
        return _cannot_tell(
            "fewer than 24 months are known before the next episode",
            "se conocen menos de 24 meses antes del episodio siguiente",
        )
    if share_undone.low > UNDONE:
        return _favours("pact", "more than half of the fall was undone", "se deshizo más de la mitad de la caída")
    if share_undone.high < UNDONE:
        return _favours("policing", "most of the fall lasted", "la mayor parte de la caída se mantuvo")
    return _cannot_tell(
        "the interval spans fading and lasting", "el intervalo abarca tanto la reversión como la permanencia"
    )


def read_bursts(n_after: int, n_before: int, *, days_known: bool) -> Ruling:
    """Read the number of windows beyond the limit after the start, and in the span fitted before it."""
    if n_after and not n_before:
        return _favours(
            "pact",
            "there are bursts that scatter does not explain, and none before",
            "hay repuntes que la variación no explica, y antes no los había",
        )
    if n_after:
        return _cannot_tell("there were bursts before the start too", "también antes del inicio hubo repuntes")
    if days_known:
        return _favours("policing", "no day stands out", "ningún día sobresale")
    return _cannot_tell(
        "no month stands out, but a burst of days can hide in a month and the whole run of days is not known",
        "ningún mes sobresale, pero un repunte de días puede ocultarse en un mes y no se conoce cada día por separado",
    )


def read_specificity(other: Measured, gap: Measured, other_net: Measured | None, gap_net: Measured | None) -> Ruling:
    """Read the log ratio of other crimes, and that of homicide minus it.

    Parameters
    ----------
    other, gap : Measured
        After the start over the same months a year before.
    other_net, gap_net : Measured or None
        The same, less the change of the year before; None where that year is not known.
    """
    raw = _specificity_side(other, gap)
    if raw is None:
        return _cannot_tell("the intervals span both predictions", "los intervalos abarcan las dos predicciones")
    if other_net is None or gap_net is None:
        return _cannot_tell(
            "the year before is not known, so a trend cannot be told from a change",
            "no se conoce el año anterior, de modo que una tendencia no se distingue de un cambio",
        )
    if _specificity_side(other_net, gap_net) != raw:
        return _cannot_tell(
            "the change is not beyond that of the year before", "el cambio no va más allá del que hubo el año anterior"
        )
    if raw == "pact":
        return _favours(
            "pact", "homicide fell and other crime did not", "cayeron los homicidios y no los demás delitos"
        )
    return _favours("policing", "other crime fell too", "también cayeron los demás delitos")


def _specificity_side(other: Measured, gap: Measured) -> Literal["pact", "policing"] | None:
    if other.high < -NOTABLE:
        return "policing"
    return "pact" if gap.high < 0 else None


def read_enforcement(pooled: Measured, each: Iterable[Measured]) -> Ruling:
    """Read the mean log ratio of the measures of enforcement, and each by itself."""
    measures = tuple(each)
    rising = any(one.low > NOTABLE for one in measures)
    falling = any(one.high < -NOTABLE for one in measures)
    if pooled.high < -NOTABLE and not rising:
        return _favours("pact", "enforcement fell", "la actividad policial bajó")
    if pooled.low > NOTABLE and not falling:
        return _favours("policing", "enforcement rose", "la actividad policial subió")
    return _cannot_tell(
        "the measures of enforcement contradict each other, or moved too little to say",
        "las medidas de actividad policial se contradicen o cambiaron demasiado poco",
    )


def read_substitution(disappearances: Measured, *, crosses_break: bool) -> Ruling:
    """Read the log ratio of disappearances."""
    if crosses_break:
        return _cannot_tell("recording changed between the two windows", "el registro cambió entre los dos períodos")
    if disappearances.low > NOTABLE:
        return _favours(
            "pact",
            "disappearances rose while homicides fell",
            "las desapariciones subieron mientras caían los homicidios",
        )
    if disappearances.high < -NOTABLE:
        return _favours("policing", "disappearances fell too", "también cayeron las desapariciones")
    return _cannot_tell(
        "disappearances moved too little, or too uncertainly, to say",
        "las desapariciones cambiaron demasiado poco, o de forma demasiado incierta",
    )


def read_geography(gap: Measured, *, selected: bool, both_sides: bool) -> Ruling:
    """Read the log ratio where policing was deployed minus that of the rest."""
    if selected:
        return _cannot_tell(
            "the places were chosen by their counts, which moves them by itself",
            "los lugares se eligieron por sus propios conteos, lo que ya los mueve",
        )
    if not both_sides:
        return _cannot_tell(
            "the window before holds months of the new regime", "el período anterior incluye meses del régimen nuevo"
        )
    if gap.high < -NOTABLE:
        return _favours("policing", "it fell more where police went", "cayó más donde se desplegó la policía")
    if gap.low > -ALIKE and gap.high < ALIKE:
        return _favours("pact", "it fell alike everywhere", "cayó por igual en todas partes")
    return _cannot_tell("the interval spans both predictions", "el intervalo abarca las dos predicciones")


def read_neighbours() -> Ruling:
    """Read the neighbours: both sides predict the same, so they never decide."""
    return _cannot_tell(
        "both explanations predict that the neighbours do not fall alike",
        "ambas explicaciones predicen que los vecinos no caen por igual",
    )


def read_counting() -> Ruling:
    """Read the bound on what counting could explain: no vote."""
    return _cannot_tell(
        "a bound on both explanations, not evidence for one", "una cota para ambas explicaciones, no una prueba de una"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The overall reading.

    Attributes
    ----------
    reading : {'favours pact', 'favours policing', 'mixed', 'cannot tell'}
    rule : Words
        The rule that gave it.
    all_blocks : same as `reading`
        Of all blocks together, before any is left out.
    without : mapping of block to reading
        The reading with each block left out that votes.
    """

    reading: Overall
    rule: Words
    all_blocks: Overall
    without: Mapping[Block, Overall]


def block_vote(readings: Iterable[str]) -> Vote:
    """Make one vote of the readings of a block's signatures."""
    said = set(readings)
    pact, policing = "favours pact" in said, "favours policing" in said
    if pact and policing:
        return "both"
    return "pact" if pact else "policing" if policing else "none"


def weigh_votes(votes: Mapping[Block, Vote]) -> Verdict:
    """Apply the overall rule to one vote a block."""
    whole = _count(votes.values())
    without: dict[Block, Overall] = {
        block: _count(vote for other, vote in votes.items() if other != block)
        for block, vote in votes.items()
        if vote != "none"
    }
    if whole in ("mixed", "cannot tell"):
        return Verdict(reading=whole, rule=_WHY[whole], all_blocks=whole, without=without)
    if all(reading == whole for reading in without.values()):
        return Verdict(reading=whole, rule=_AGREED, all_blocks=whole, without=without)
    return Verdict(reading="cannot tell", rule=_FRAGILE, all_blocks=whole, without=without)


def _count(votes: Iterable[Vote]) -> Overall:
    cast = [vote for vote in votes if vote != "none"]
    n_pact, n_policing = (sum(vote in (side, "both") for vote in cast) for side in ("pact", "policing"))
    if n_pact and n_policing:
        return "mixed"
    if n_pact >= NEEDED_BLOCKS:
        return "favours pact"
    return "favours policing" if n_policing >= NEEDED_BLOCKS else "cannot tell"


_AGREED = Words(
    en="two or more blocks agree, none disagrees, and it holds whichever block is left out",
    es="dos o más bloques coinciden, ninguno discrepa y se sostiene aunque se omita cualquiera de ellos",
)
_FRAGILE = Words(
    en="blocks agree, but with one of them left out too few remain",
    es="hay bloques que coinciden, pero al omitir uno quedan demasiado pocos",
)
_WHY: Mapping[Overall, Words] = {
    "mixed": Words(en="blocks point both ways", es="hay bloques que apuntan en sentidos opuestos"),
    "cannot tell": Words(en="fewer than two blocks favour either side", es="menos de dos bloques favorecen a un lado"),
}

SANITY_FAILED = Words(
    en="the same rules read an episode wrongly whose nature is known",
    es="las mismas reglas leen mal un episodio cuya naturaleza se conoce",
)
