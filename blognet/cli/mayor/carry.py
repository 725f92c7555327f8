"""``mayor carry``: let approvals survive edits that the policy calls harmless."""

from __future__ import annotations

import click

from blognet.cli.completion import complete_post
from blognet.cli.mayor.common import (
    commit_option,
    dry_run_option,
    json_option,
    message_option,
    print_outcome,
    read_names,
)
from blognet.cli.output import say
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import ConflictError, UsageError
from blognet.moderation.events import Seen, Verb


@click.command("carry")
@click.argument("posts", nargs=-1, shell_complete=complete_post)
@message_option("A comment for the author.")
@click.option(
    "--all", "everything", is_flag=True, help="Every queued edit that the policy lets through."
)
@commit_option
@dry_run_option
@json_option
@pass_place
def carry_command(
    place: Place,
    posts: tuple[str, ...],
    words: str,
    *,
    everything: bool,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Carry the approval of a live post over to its edit, when that differs only as policy.survives allows."""
    from blognet.actions.decide import Request, decide_all
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network
    from blognet.actions.versions import carriable

    network = load_network(place.folder, now=now())
    actor = person(network, place)
    if everything and posts:
        message = "--all and names exclude each other"
        raise UsageError(message)
    if everything:
        entries = list(carriable(network))
    else:
        named = [find_entry(network, name, here=place.folder) for name in read_names(posts)]
        for one in named:
            content = one.entry.standing.content
            if one.hash and not (content and content.hex.startswith(one.hash)):
                message = f"{one.entry.subject.typed} is not {one.hash} any more"
                raise ConflictError(message, hint=f"look: mayor diff {one.entry.subject.typed}")
        entries = [one.entry for one in named]
    if not entries:
        say("Nothing to carry over.")
        return 0
    requests = tuple(
        Request(
            subject=entry.subject,
            verb=Verb.APPROVE,
            words=words,
            expected=entry.standing.content,
            seen=Seen.ASSUMED,
            options={"rule": "asked"},
        )
        for entry in entries
    )
    outcome = decide_all(
        place.folder,
        requests,
        actor=actor,
        now=now(),
        leave_out_refused=everything,
        commit=commit,
        dry_run=dry_run,
    )
    return print_outcome(outcome, as_json=as_json, dry_run=dry_run)
