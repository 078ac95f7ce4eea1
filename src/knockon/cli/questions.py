"""The single analyses as commands: each asks one question of a world and prints the answer, or its JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

from knockon.cli.worlds import Asked, opened, output_options, show, world_of, world_options
from knockon.errors import Refused
from knockon.model.ids import EntityId

__all__ = [
    "agenda",
    "corroboration",
    "licences",
    "ownership",
    "positions",
    "projects",
    "routes",
    "ties",
]


@click.command(
    epilog="Python: knockon.analyses.ownership.ownership(world, asset); with --of-holder: held_by(world, holder)."
)
@click.argument("entity")
@click.option("--of-holder", is_flag=True, help="Show what ENTITY holds instead of who holds it.")
@output_options
@world_options
def ownership(asked: Asked, entity: str, of_holder: bool, output: str) -> None:
    """Who holds ENTITY: direct stakes by kind, chains looked through, unreported rest, conflicts, cycles."""
    from knockon.analyses.ownership import held_by
    from knockon.analyses.ownership import ownership as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        root = world.entity(entity)
        show(held_by(world, root) if of_holder else ask(world, root), world, asked, output)


@click.command(
    epilog="Python: knockon.analyses.licences.licences(world); coverage(world, target, activity, authority)."
)
@click.option("--authority", help="Only this authority's (us-ofac, uk, eu).")
@click.option("--for", "target", metavar="TARGET", help="Is ACTIVITY with or for this party, asset or project covered?")
@click.option("--activity", default="project_dealings", show_default=True, help="The activity asked about.")
@click.option("--all", "everything", is_flag=True, help="Also licences that have ended.")
@output_options
@world_options
def licences(
    asked: Asked, authority: str | None, target: str | None, activity: str, everything: bool, output: str
) -> None:
    """Licences in force; or, with --for, whether an activity is covered, per authority."""
    from knockon.analyses.licences import coverage
    from knockon.analyses.licences import licences as ask
    from knockon.analyses.status import AUTHORITIES
    from knockon.model.interval import Holds

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        if target:
            wanted = (authority,) if authority else AUTHORITIES
            root = world.entity(target)
            show(tuple(coverage(world, root, activity, EntityId(a)) for a in wanted), world, asked, output)
        else:
            found = tuple(x for x in ask(world, authority) if everything or x.holds is not Holds.NOT)
            show(found, world, asked, output)


@click.command(epilog="Python: knockon.analyses.routes.routes(world, state).")
@click.argument("state")
@click.option("--commodity", default="oil", show_default=True)
@output_options
@world_options
def routes(asked: Asked, state: str, commodity: str, output: str) -> None:
    """By which routes STATE exports, through which states, and how much room is left where that can be said."""
    from knockon.analyses.routes import routes as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        show(ask(world, world.entity(state), commodity=commodity), world, asked, output)


@click.command(epilog="Python: knockon.analyses.projects.projects(world, about).")
@click.argument("about", required=False)
@output_options
@world_options
def projects(asked: Asked, about: str | None, output: str) -> None:
    """Gas and oil projects: parties, stage, volumes, and what is only planned."""
    from knockon.analyses.projects import projects as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        show(ask(world, about=world.entity(about) if about else None), world, asked, output)


@click.command(epilog="Python: knockon.analyses.ties.ties(world, state).")
@click.argument("state")
@output_options
@world_options
def ties(asked: Asked, state: str, output: str) -> None:
    """STATE's trade and ties by partner: every told figure side by side, and statements that figures contradict."""
    from knockon.analyses.ties import ties as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        show(ask(world, world.entity(state)), world, asked, output)


@click.command(epilog="Python: knockon.analyses.positions.positions(world, who).")
@click.argument("who", required=False)
@output_options
@world_options
def positions(asked: Asked, who: str | None, output: str) -> None:
    """Positions taken, with the first and the newest time they were said; denied ones apart."""
    from knockon.analyses.positions import positions as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        show(ask(world, world.entity(who) if who else None), world, asked, output)


@click.command(epilog="Python: knockon.analyses.agenda.agenda(world).")
@output_options
@world_options
def agenda(asked: Asked, output: str) -> None:
    """What is planned, expected, possible or asked around the day."""
    from knockon.analyses.agenda import agenda as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        show(ask(world), world, asked, output)


@click.command(epilog="Python: knockon.analyses.corroboration.corroboration(world, claims).")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@output_options
@world_options
def corroboration(asked: Asked, ids: Sequence[str], output: str) -> None:
    """On how many independent voices some claims stand, how old they are, and who says otherwise."""
    from knockon.analyses.corroboration import corroboration as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        show(ask(world, _ids(world, ids)), world, asked, output)


def _ids(world: Any, wanted: Iterable[str]) -> list[str]:
    found = [world.find(i.strip("[]")).id for i in wanted]
    if not found:
        raise Refused("no claim was named", "give ids as they stand in brackets")
    return found
