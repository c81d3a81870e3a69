"""Reading of ``claims.toml``: the register of claims under test."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast, get_args

from violence_stats.errors import DataError
from violence_stats.ledger.reading import known_on
from violence_stats.ledger.records import Claim, ClaimKind, Question
from violence_stats.ledger.toml_table import TomlTable, parse_toml

CLAIMS_FILE = "claims.toml"


def read_claims(content: bytes, *, source_ids: Collection[str], intervention_ids: Collection[str]) -> tuple[Claim, ...]:
    """Read the register.

    Parameters
    ----------
    content : bytes
        Of ``claims.toml``: a table ``[[claims]]`` for each.
    source_ids, intervention_ids : collection of str
        The documents and interventions of the case that a claim may name.

    Returns
    -------
    tuple of Claim
        In the order of the file.

    Raises
    ------
    DataError
        If an entry is missing, misspelt or of another type, an id stands twice, or a document or intervention is not
        in the case.
    """
    top = parse_toml(content, CLAIMS_FILE)
    claims = top.closed(tuple(map(_claim, top.tables("claims"))))
    for place, claim in enumerate(claims):
        if claim.claim_id in {one.claim_id for one in claims[:place]}:
            raise DataError(f"{CLAIMS_FILE}: the id {claim.claim_id!r} stands twice; rename one")
        _check(claim, "source", (*claim.reported_in, *claim.disputed_in), source_ids)
        _check(claim, "intervention", claim.interventions, intervention_ids)
    return claims


def _claim(table: TomlTable) -> Claim:
    disputed = "dispute" in table
    return table.closed(
        Claim(
            claim_id=table.text("id"),
            kind=cast(ClaimKind, _choice(table, "kind", get_args(ClaimKind))),
            question=cast(Question, _choice(table, "question", get_args(Question))),
            text=table.words("text"),
            made_by=table.words("made_by"),
            reported_in=table.texts("reported_in"),
            made_on=_partial_date(table, "made_on"),
            disputed_by=table.words("disputed_by") if disputed else None,
            dispute=table.words("dispute") if disputed else None,
            disputed_in=table.texts("disputed_in") if disputed else (),
            window=table.window("window") if "window" in table else None,
            baseline=table.window("baseline") if "baseline" in table else None,
            claimed_pct=table.number("claimed_pct") if "claimed_pct" in table else None,
            interventions=table.texts("interventions") if "interventions" in table else (),
        )
    )


def _choice(table: TomlTable, key: str, allowed: tuple[str, ...]) -> str:
    value = table.text(key)
    if value not in allowed:
        table.fault(key, "one of " + ", ".join(allowed))
    return value


def _partial_date(table: TomlTable, key: str) -> str:
    if key not in table:
        return ""
    value = table.text(key)
    if known_on(value) is None:
        table.fault(key, "'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'")
    return value


def _check(claim: Claim, what: str, ids: tuple[str, ...], known: Collection[str]) -> None:
    unknown = [one for one in ids if one not in known]
    if unknown:
        raise DataError(
            f"{CLAIMS_FILE}, {claim.claim_id}: the case has no {what} {unknown[0]!r}; correct the id or add the {what}"
        )
