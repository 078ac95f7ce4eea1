"""``knockon status``, ``knockon blocked`` and ``knockon exposure``: what the law makes of parties, and what they have a part in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from knockon.cli.worlds import Asked, opened, output_options, show, world_of, world_options
from knockon.errors import Refused

if TYPE_CHECKING:
    from knockon.analyses.effect import Effect
    from knockon.analyses.exposure import Holder
    from knockon.model.ids import EntityId
    from knockon.world import World

__all__ = ["blocked", "exposure", "status"]


def _authorities(wanted: Sequence[str]) -> tuple[str, ...] | None:
    """The authorities asked for, ``None`` for the usual ones; "all" is every one with a rule record."""
    from knockon.analyses.effect import EVERY

    if not wanted:
        return None
    if "all" in wanted:
        return EVERY
    if unknown := [a for a in wanted if a not in EVERY]:
        raise Refused(f"no rule of {', '.join(unknown)} is recorded", f"the authorities are {', '.join(EVERY)}, or all")
    return tuple(dict.fromkeys(wanted))


@click.command(epilog="Python: knockon.analyses.status.status(world, entity, authorities).")
@click.argument("party")
@click.option(
    "--authority", "wanted", multiple=True, metavar="NAME|all", help="Only this authority's; may be repeated."
)
@output_options
@world_options
def status(asked: Asked, party: str, wanted: tuple[str, ...], output: str) -> None:
    """Each authority's measures on PARTY: listed, reached through ownership or control, part-owned, undetermined, or nothing found.

    With the rule record, the chain, every told stake and what the rule makes of it, and the stake that would change the verdict.
    """
    from knockon.analyses.status import status as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        _show(ask(world, world.entity(party), _authorities(wanted)), world, asked, output)


def _show(found: tuple[Effect, ...], world: World, asked: Asked, output: str) -> None:
    """Effects, and for an asker the warnings that are no obligation."""
    from knockon.analyses.warnings import warnings

    if asked.who is None or output == "csv":
        show(found, world, asked, output)
        return
    show((*found, *warnings(world, found, asked.who)), world, asked, output)


@click.command(epilog="Python: knockon.analyses.status.blocked(world, authority).")
@click.option("--authority", default="us-ofac", show_default=True, metavar="NAME|all", help="Whose measures.")
@click.option("--part", is_flag=True, help="Also parties in which a listed party only has a part.")
@output_options
@world_options
def blocked(asked: Asked, authority: str, part: bool, output: str) -> None:
    """Everyone whom an authority lists, and everyone whom its rules reach, or may reach, through ownership or control."""
    from knockon.analyses.status import blocked as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        found = tuple(e for a in _authorities((authority,)) or () for e in ask(world, a, part=part))
        _show(found, world, asked, output)


@click.command(epilog="Python: knockon.analyses.exposure.exposures(world, authority).")
@click.argument("about", metavar="[PARTY|ASSET]", required=False)
@click.option("--authority", help="Only parties caught by this authority.")
@output_options
@world_options
def exposure(asked: Asked, about: str | None, authority: str | None, output: str) -> None:
    """Assets in which a listed or reached party has a part: shares, volumes, operators, licences, and what is not licensed.

    Of one asset, or of all in which one party has a part.
    """
    from knockon.analyses.exposure import exposures
    from knockon.model.ids import EntityId

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        root = world.entity(about) if about else None
        found = exposures(world, EntityId(authority) if authority else None)
        show(
            tuple(x for x in found if root in (None, x.asset) or any(_through(world, h, root) for h in x.holders)),
            world,
            asked,
            output,
        )


def _through(world: World, holder: Holder, party: EntityId | None) -> bool:
    """Whether a holder of an asset is the party, holds through it, or counts because of it."""
    if party in (holder.entity, *holder.via):
        return True
    root = world.names.root
    claims = [world.claim(c) for c in holder.because]
    return any(party in (root(c.subject), c.object and root(c.object)) for c in claims)
