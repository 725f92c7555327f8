"""``mayor tidy``: move approved files that stayed in ``queue/``."""

from __future__ import annotations

import click

from blognet.cli.mayor.common import commit_option, dry_run_option, json_option
from blognet.cli.output import print_error, print_json, result, say
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place


@click.command("tidy")
@commit_option
@dry_run_option
@json_option
@pass_place
def tidy_command(place: Place, *, commit: bool, dry_run: bool, as_json: bool) -> int:
    """Move approved files that stayed in queue/ to the same place under posts/."""
    from blognet.actions.network import load_network
    from blognet.actions.tidy import tidy

    person(load_network(place.folder, now=now()), place)
    done = tidy(place.folder, now=now(), commit=commit, dry_run=dry_run)
    if as_json:
        print_json(
            1,
            dry_run=dry_run,
            moved=[
                {"from": one.source, "to": None if one.stays else one.target, "stays": one.stays}
                for one in done.moved
            ],
            commit=done.commit,
            commit_failure=done.commit_failure,
        )
        return 1 if done.commit_failure else 0
    for moved in done.moved:
        if moved.stays:
            say(f"{moved.source} stays: {moved.stays}")
        else:
            result(f"{'would move' if dry_run else 'moved'} {moved.source} to {moved.target}")
    if not done.moved:
        say("Nothing to tidy: no approved file lies in queue/.")
    if done.commit:
        result(f"committed as {done.commit[:10]}")
    elif done.commit_failure:
        print_error(f"moved, but not committed: {done.commit_failure}")
        return 1
    return 0
