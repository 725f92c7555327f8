"""``mayor force``: live at once, with a reason; a second mayor looks afterwards."""

from __future__ import annotations

import click

from blognet.cli.findings import read_waivers
from blognet.cli.mayor.approve import how_seen
from blognet.cli.mayor.common import (
    commit_option,
    dry_run_option,
    json_option,
    message_option,
    posts_argument,
    print_outcome,
    read_names,
    words_from_editor,
)
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.moderation.events import Verb


@click.command("force")
@posts_argument
@message_option("The reason; the other mayors read this.")
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
@click.option(
    "--takeover",
    is_flag=True,
    help="Meant: the revision shares no author with the live one.",
)
@click.option(
    "--waive",
    "waived",
    multiple=True,
    metavar="CHECK=REASON",
    help="Publish in spite of what this check found; repeat for several.",
)
@commit_option
@dry_run_option
@json_option
@pass_place
def force_command(
    place: Place,
    posts: tuple[str, ...],
    words: str,
    *,
    yes: bool,
    takeover: bool,
    waived: tuple[str, ...],
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Publish at once, past stages and dates, with a reason. It stays in the queue until another mayor approves it."""
    from blognet.actions.decide import Request, decide_all
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network

    network = load_network(place.folder, now=now())
    actor = person(network, place)
    waivers = read_waivers(waived)
    named = [find_entry(network, name, here=place.folder) for name in read_names(posts)]
    words = words_from_editor(words, verb=Verb.FORCE, name=named[0].entry.subject.typed)
    seen = [(one.entry, how_seen(network, one, actor, yes=yes)) for one in named]
    requests = tuple(
        Request(
            subject=entry.subject,
            verb=Verb.FORCE,
            words=words,
            expected=entry.standing.content,
            seen=how,
            options={"takeover": "yes"} if takeover else {},
            waivers=waivers,
        )
        for entry, how in seen
        if how is not None
    )
    outcome = decide_all(
        place.folder, requests, actor=actor, now=now(), commit=commit, dry_run=dry_run
    )
    return print_outcome(outcome, as_json=as_json, dry_run=dry_run)
