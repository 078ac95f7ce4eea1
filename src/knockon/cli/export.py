"""``knockon export``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from knockon.cli.worlds import Asked, opened, world_of, world_options

if TYPE_CHECKING:
    from knockon.analyses.datasets import Use
    from knockon.world import World

__all__ = ["export"]

_CLAIMS = ("csv", "jsonl", "parquet")
_FORMATS = (*_CLAIMS, "ftm")


@click.command(
    epilog="Python: knockon.analyses.export.select(world, …), and a writer of knockon.views.export. What a format cannot carry is counted on standard error, and in the manifest."
)
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Default: by the ending of --out.")
@click.option("--ftm", "form", flag_value="ftm", help="The same as --format ftm.")
@click.option("--out", metavar="FILE", default="-", show_default=True, help="The file to write; - is standard output.")
@click.option("--predicate", "predicates", multiple=True, metavar="WORD", help="Only these predicates.")
@click.option("--subject", metavar="ENTITY", help="Only claims with this subject; of a world, only what touches it.")
@click.option("--source-prefix", default="", metavar="TEXT", help="Only claims whose source begins so.")
@click.option("--without", multiple=True, metavar="DATASET", help="Leave the claims of a dataset out.")
@click.option("--leave-out", is_flag=True, help="Leave out what the format cannot carry, instead of refusing.")
@click.option("--manifest", metavar="FILE", help="Also write what was written, and what was not, as JSON.")
@world_options
def export(
    asked: Asked,
    form: str | None,
    out: str,
    predicates: tuple[str, ...],
    subject: str | None,
    source_prefix: str,
    without: tuple[str, ...],
    leave_out: bool,
    manifest: str | None,
) -> None:
    """Write claims, or a world as FollowTheMoney entities, with their licences; what a licence keeps in stays in."""
    from knockon.views.export.files import attribution_lines, format_of, manifest_json, write_text

    wanted = form or format_of(out)
    if wanted not in _FORMATS:
        raise click.UsageError(f"--format is needed: {', '.join(_FORMATS)}; or end --out as one of them")
    filters = {"predicates": predicates, "subject": subject, "source_prefix": source_prefix, "without": without}
    with opened(asked) as ledger:
        world = world_of(asked, ledger)
        if wanted == "ftm":
            told, uses = _entities(world, out, filters)
        else:
            told, uses = _claims(world, wanted, out, leave_out, filters)
    lines = attribution_lines(uses)
    for line in lines:
        click.echo(f"attribution: {line}", err=True)
    if lines and out != "-":
        write_text(f"{out}.attribution.txt", "\n".join(lines) + "\n")
    if manifest:
        write_text(manifest, manifest_json(told))


def _claims(
    world: World, form: str, out: str, leave_out: bool, filters: dict[str, Any]
) -> tuple[dict[str, Any], Iterable[Use]]:
    from knockon.analyses.export import select
    from knockon.errors import Refused
    from knockon.views.export.files import target
    from knockon.views.export.losses import claims_manifest, told

    chosen = select(world, **filters)
    with target(out) as path:
        done = _writer(form, world)(path, chosen)
        count = sum(len(ids) for ids in done.left_out.values())
        if count and not leave_out:
            raise Refused(
                f"{form} cannot carry {count} of {chosen.count} claims: {told(done.left_out)}",
                "use --format jsonl or parquet, which carry all; or add --leave-out to write the others",
            )
    click.echo(f"{out}: {done.claims} claims", err=True)
    if count:
        click.echo(f"left out: {count} claims: {told(done.left_out)}", err=True)
    if chosen.licence_not_told:
        click.echo(f"licence not told: {chosen.licence_not_told} claims", err=True)
    return claims_manifest(world, form, done, chosen), chosen.uses


def _entities(world: World, out: str, filters: dict[str, Any]) -> tuple[dict[str, Any], Iterable[Use]]:
    from knockon.analyses.export import without
    from knockon.analyses.export_world import portable
    from knockon.errors import Refused
    from knockon.views.export.files import target
    from knockon.views.export.ftm import write_ftm
    from knockon.views.export.ftm_tables import links, traits
    from knockon.views.export.losses import ftm_lines, ftm_manifest

    if filters["source_prefix"]:
        raise Refused(
            "a world is made of all sources together; a part of its sources is another world",
            "export claims (--format jsonl), or leave datasets out with --without",
        )
    rest = without(world, filters["without"])
    found = portable(rest, links=links(), traits=traits(), predicates=filters["predicates"], subject=filters["subject"])
    with target(out) as path:
        account, written = write_ftm(path, found)
    click.echo(f"{out}: {sum(written.values())} entities as of {rest.on} ({_listed(written)})", err=True)
    for line in ftm_lines(account):
        click.echo(line, err=True)
    if found.licence_not_told:
        click.echo(f"licence not told: {found.licence_not_told} claims", err=True)
    return ftm_manifest(found, account, written), found.uses


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _writer(form: str, world: World) -> Callable[..., Any]:
    from functools import partial

    from knockon.analyses.datasets import datasets
    from knockon.views.export.claims import write_csv, write_jsonl
    from knockon.views.export.losses import notes

    if form == "parquet":
        from knockon.views.export.parquet import write_parquet

        return partial(write_parquet, datasets=datasets(world), notes=notes(world))
    return write_csv if form == "csv" else write_jsonl
