"""``blognet revise``: which file to edit, brought back when it has vanished."""

from __future__ import annotations

import click

from blognet.cli.completion import complete_post
from blognet.cli.output import print_json, result, say
from blognet.cli.place import Place, now, pass_place


@click.command("revise")
@click.argument("post", metavar="POST", shell_complete=complete_post)
@click.option("--dry-run", is_flag=True, help="Change nothing, say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def revise_command(place: Place, post: str, *, dry_run: bool, as_json: bool) -> int:
    """Say which file to edit for a new version; bring the approved one back when the file has vanished."""
    from blognet.actions.revise import revise

    found = revise(place.folder, post, now=now(), here=place.folder, dry_run=dry_run)
    if as_json:
        print_json(1, path=found.path, brought_back=list(found.brought_back), dry_run=dry_run)
        return 0
    for path in found.brought_back:
        say(f"{'would bring' if dry_run else 'brought'} back {path}")
    result(found.path)
    say("Edit this file. Readers keep the approved version until a mayor approves yours.")
    return 0
