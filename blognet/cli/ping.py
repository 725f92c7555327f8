"""``blognet ping``: tell the hub which feeds have changed."""

from __future__ import annotations

from pathlib import Path

import click

from blognet.cli.output import print_error, print_json, result, say
from blognet.cli.place import Place, now, pass_place


@click.command("ping")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the built site is, when not in site/.",
)
@click.option("--dry-run", is_flag=True, help="Tell nobody, say which feeds have changed.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def ping_command(place: Place, *, output: Path | None, dry_run: bool, as_json: bool) -> int:
    """Tell the WebSub hub which feeds have changed since it was told last. Run it after the site is online.

    Exits with 1 when the hub could not be told of all of them; the next run tries these again.
    """
    from blognet.actions.ping import ping

    found = ping(place.folder, now=now(), output=output, dry_run=dry_run)
    if as_json:
        print_json(
            1,
            dry_run=dry_run,
            hub=found.hub,
            told=list(found.told),
            failed=[{"feed": feed, "reason": reason} for feed, reason in found.failed],
            unchanged=found.unchanged,
        )
        return 1 if found.failed else 0
    for feed in found.told:
        result(f"{'would tell of' if dry_run else 'told of'} {feed}")
    for _, reason in found.failed:
        print_error(reason, hint="try again later: blognet ping")
    say(f"{len(found.told)} told, {len(found.failed)} failed, {found.unchanged} unchanged.")
    return 1 if found.failed else 0
