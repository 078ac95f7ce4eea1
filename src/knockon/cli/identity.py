"""``knockon identity``: which ids are one party, by which claims, and who is possibly the same."""

from __future__ import annotations

import click

from knockon.cli.worlds import Asked, opened, output_options, show, world_of, world_options

__all__ = ["identity"]


@click.command(epilog="Python: knockon.analyses.identity.identity(world, party); identities(world) for all.")
@click.argument("party", required=False)
@output_options
@world_options
def identity(asked: Asked, party: str | None, output: str) -> None:
    """The ids of PARTY, its identifiers, what merged them, what contradicts, and who is possibly the same; without PARTY, of all."""
    from knockon.analyses.identity import identities
    from knockon.analyses.identity import identity as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        show(ask(world, world.entity(party)) if party else identities(world), world, asked, output)
