"""``mayor grant`` and ``mayor revoke``: let an author's own posts appear without a look, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_author
from blognet.cli.mayor.answers import until_of
from blognet.cli.mayor.common import (
    commit_option,
    dry_run_option,
    json_option,
    message_option,
    print_outcome,
)
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from collections.abc import Mapping

_author = click.argument("author", shell_complete=complete_author)


@click.command("grant")
@_author
@click.option("--until", required=True, metavar="DATE", help="The last day of the grant.")
@click.option(
    "--posts",
    required=True,
    type=click.IntRange(1, 1000),
    help="For how many approvals it is good.",
)
@message_option("Why; the author and the other mayors read this.")
@commit_option
@dry_run_option
@json_option
@pass_place
def grant_command(
    place: Place,
    author: str,
    words: str,
    *,
    until: str,
    posts: int,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Let an author's own faultless posts appear when they are submitted, until a day and so many times."""
    from blognet.actions.network import open_network

    zone = open_network(place.folder)[1].zone
    options = {"until": until_of(until, zone=zone, is_last_day=True), "posts": str(posts)}
    return _say(
        place, Verb.GRANT, author, words, options, commit=commit, dry_run=dry_run, as_json=as_json
    )


@click.command("revoke")
@_author
@message_option("Why; the author and the other mayors read this.")
@commit_option
@dry_run_option
@json_option
@pass_place
def revoke_command(
    place: Place, author: str, words: str, *, commit: bool, dry_run: bool, as_json: bool
) -> int:
    """Take back every grant of an author; what was approved under them stays."""
    return _say(
        place, Verb.REVOKE, author, words, {}, commit=commit, dry_run=dry_run, as_json=as_json
    )


def _say(
    place: Place,
    verb: Verb,
    author: str,
    words: str,
    options: Mapping[str, str],
    *,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    from blognet.actions.decide import Request, decide_all
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network

    network = load_network(place.folder, now=now())
    actor = person(network, place)
    name = author if author.startswith("profile/") else f"profile/{author}"
    subject = find_entry(network, name, here=place.folder).entry.subject
    request = Request(subject=subject, verb=verb, words=words, options=options)
    outcome = decide_all(
        place.folder, (request,), actor=actor, now=now(), commit=commit, dry_run=dry_run
    )
    return print_outcome(outcome, as_json=as_json, dry_run=dry_run)
