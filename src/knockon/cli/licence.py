"""``knockon licence check | timeline | list``: what licences allow, version by version, and what would be needed."""

from __future__ import annotations

from collections.abc import Sequence

import click

from knockon.cli.worlds import Asked, opened, output_options, show, world_of, world_options
from knockon.errors import BadDay, Refused

__all__ = ["licence"]

_AUTHORITY = click.option(
    "--authority", "wanted", multiple=True, metavar="NAME|all", help="Only this authority's; may be repeated."
)


@click.group()
def licence() -> None:
    """What licences allow, with or on whom, from when to when, and what would be needed."""


@licence.command(epilog="Python: knockon.analyses.licence_check.check(world, activity, projects=…, parties=…).")
@click.option("--party", "parties", multiple=True, metavar="PARTY", help="With whom; several must all be covered.")
@click.option("--project", "projects", multiple=True, metavar="PROJECT", help="On which project or asset.")
@click.option("--activity", default="project_dealings", show_default=True, help="What is to be done.")
@click.option(
    "--at-time", metavar="INSTANT", help='The instant asked about: "2025-11-21T00:00 America/New_York" (gives --on).'
)
@_AUTHORITY
@output_options
@world_options
def check(
    asked: Asked,
    parties: Sequence[str],
    projects: Sequence[str],
    activity: str,
    at_time: str | None,
    wanted: Sequence[str],
    output: str,
) -> None:
    """Is ACTIVITY covered: by which licence and paragraph, until when, and if not, what would be needed?

    With --party and --project: on the project, so far as those parties are in it.
    """
    from knockon.analyses.licence_check import check as ask
    from knockon.analyses.term import When
    from knockon.model.interval import Moment

    when = None
    if at_time:
        moment = Moment.parse(at_time)
        if moment.utc() is None:
            raise BadDay(at_time, "names no clock time and zone")
        when = When.at(moment)
        if asked.on not in (None, when.on):
            raise Refused(f"--at-time is on {when.on}, --on is {asked.on}", "give one of the two")
    with opened(asked) as ledger:
        world = world_of(asked, ledger, on=when.on if when else None)
        found = ask(world, activity, projects=projects, parties=parties, authority=wanted, who=asked.who, when=when)
        show(tuple(row for c in found for row in c.rows) if output == "csv" else found, world, asked, output)


@licence.command(epilog="Python: knockon.analyses.timeline.timeline(world, project=…).")
@click.option("--project", metavar="PROJECT", help="Every version that bears on this project or asset.")
@click.option("--party", metavar="PARTY", help="Every version that bears on this party.")
@click.option("--licence", "name", metavar="LICENCE", help="This licence, with those before and after it.")
@click.option("--activity", default="project_dealings", show_default=True, help="The activity whose gaps are told.")
@_AUTHORITY
@output_options
@world_options
def timeline(
    asked: Asked,
    project: str | None,
    party: str | None,
    name: str | None,
    activity: str,
    wanted: Sequence[str],
    output: str,
) -> None:
    """All versions in order: from when to when, what each covered and left out, how it ended, and the days that none covered."""
    from knockon.analyses.timeline import timeline as ask

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        found = ask(world, project=project, party=party, licence=name, authority=wanted, activity=activity)
        show(tuple(row for t in found for row in t.rows) if output == "csv" else found, world, asked, output)


@licence.command("list", epilog="Python: knockon.analyses.licences.licences(world, authority).")
@_AUTHORITY
@click.option("--all", "everything", is_flag=True, help="Also licences that have ended, or not begun.")
@output_options
@world_options
def list_(asked: Asked, wanted: Sequence[str], everything: bool, output: str) -> None:
    """The licences in force, with what each allows and leaves out."""
    from knockon.analyses.licences import licences, regime
    from knockon.model.ids import EntityId
    from knockon.model.interval import Holds

    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        some = {regime(world, EntityId(a)) for a in wanted if a != "all"}
        found = [x for x in licences(world) if "all" in wanted or not some or x.authority in some]
        show(tuple(x for x in found if everything or x.holds is not Holds.NOT), world, asked, output)
