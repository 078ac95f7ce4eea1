"""``knockon claims``."""

from __future__ import annotations

import json
from typing import Any

import click

from knockon.cli.worlds import Asked, opened, world_of, world_options

__all__ = ["claims"]


@click.command(epilog="Python: world.told(predicate, subject=…, object=…). With --jsonl, plain sort and grep work.")
@click.argument("about", required=False)
@click.option("--predicate", "words", multiple=True, metavar="WORD", help="Only these predicates.")
@click.option("--by", metavar="SPEAKER", help="Only claims in whose chain this speaker stands.")
@click.option("--mode", help="stated, planned, expected, possible or asked.")
@click.option("--names", is_flag=True, help="Also names and identity.")
@click.option("--limit", type=int, default=200, show_default=True, help="At most so many; 0 = all.")
@click.option("--jsonl", is_flag=True, help="One JSON object a line.")
@world_options
def claims(
    asked: Asked,
    about: str | None,
    words: tuple[str, ...],
    by: str | None,
    mode: str | None,
    names: bool,
    limit: int,
    jsonl: bool,
) -> None:
    """List the claims that a world sees: about an entity, of a predicate, by a speaker."""
    from knockon.model.vocabulary import predicate, vocabulary

    for word in words:
        predicate(word)
    wanted = words or tuple(w for w, row in vocabulary().items() if names or row.kind != "name")
    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        entity = world.entity(about) if about else None
        found = [
            c
            for c in world.told(*wanted)
            if (entity is None or entity in (world.names.root(c.subject), c.object and world.names.root(c.object)))
            and (by is None or by in c.said_by)
            and (mode is None or c.mode == mode)
        ]
        shown = found[:limit] if limit else found
        for claim in shown:
            click.echo(_jsonl(claim) if jsonl else _line(claim))
        if len(shown) < len(found):
            click.echo(f"{len(found) - len(shown)} more; --limit 0 shows all", err=True)


def _jsonl(claim: Any) -> str:
    return json.dumps({"id": claim.id, **claim.to_dict()}, ensure_ascii=False)


def _line(claim: Any) -> str:
    """One claim as one line of text: id, statement, days, mode, speakers, day said."""
    parts = [f"[{claim.id[:10]}]", claim.subject, claim.predicate]
    if claim.object:
        parts.append(claim.object)
    if claim.value is not None:
        parts.append(str(claim.value))
    parts += [f"{k}={v}" for k, v in claim.qualifiers]
    if claim.start:
        parts.append(f"from {claim.start}")
    if claim.end:
        parts.append(f"until {claim.end}")
    if claim.mode != "stated":
        parts.append(f"({claim.mode})")
    if claim.polarity != "affirmed":
        parts.append("(denied)")
    parts.append(f"— {' < '.join(claim.said_by)}, {claim.said_on}")
    return " ".join(parts)
