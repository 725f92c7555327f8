"""``mayor diff``: what changed since the live version, or since you last looked; leaves a receipt."""

from __future__ import annotations

import click

from blognet.cli.completion import complete_post
from blognet.cli.mayor.sides import print_all_sides, print_difference
from blognet.cli.output import say
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place


@click.command("diff")
@click.argument("post", shell_complete=complete_post)
@click.option("--since-seen", is_flag=True, help="Compare with what you were last shown.")
@click.option("--sides", is_flag=True, help="When decisions contradict: each, with words and text.")
@pass_place
def diff_command(place: Place, post: str, *, since_seen: bool, sides: bool) -> int:
    """Show what changed since the live version."""
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network
    from blognet.actions.show import (
        as_last_seen,
        as_published,
        difference,
        leave_receipt,
        on_disk,
    )

    network = load_network(place.folder, now=now())
    entry = find_entry(network, post, here=place.folder).entry
    actor = person(network, place)
    if sides:
        print_all_sides(entry)
        leave_receipt(network, entry, actor)
        return 0
    before = as_last_seen(network, entry, actor) if since_seen else as_published(entry)
    name = entry.subject.typed
    if before is None:
        what = (
            "you have not looked at it before" if since_seen else "nothing of it was published yet"
        )
        say(f"{name}: {what}. See all of it: mayor show {name}")
        return 0
    found = difference(before, on_disk(entry))
    print_difference(found)
    if found.is_empty:
        say(f"{name}: nothing changed.")
    leave_receipt(network, entry, actor)
    return 0
