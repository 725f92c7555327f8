"""``mayor review``: the queue one by one, with single keys; nothing is written before the end."""

from __future__ import annotations

import click

from blognet.cli.completion import complete_post
from blognet.cli.mayor.common import commit_option, dry_run_option
from blognet.cli.person import person
from blognet.cli.place import Place, is_interactive, now, pass_place
from blognet.kernel.errors import UsageError


@click.command("review")
@click.argument("posts", nargs=-1, metavar="[POST]...", shell_complete=complete_post)
@click.option("--mine", is_flag=True, help="Only what you claimed.")
@click.option("--author", default="", metavar="ID", help="Only what this author wrote.")
@click.option("--stage", default="", metavar="ID", help="Only what waits for this stage.")
@commit_option
@dry_run_option
@pass_place
def review_command(
    place: Place,
    posts: tuple[str, ...],
    *,
    mine: bool,
    author: str,
    stage: str,
    commit: bool,
    dry_run: bool,
) -> int:
    """Go through the queue one by one with single keys; ? lists them. Nothing is written before the end.

    With POST, only these, in this order.
    """
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network
    from blognet.actions.people import refuse_stranger
    from blognet.cli.mayor.review_session import ReviewSession
    from blognet.cli.mayor.stages import refuse_unknown_stage

    if not is_interactive():
        message = "a review needs a terminal"
        raise UsageError(
            message, hint="without one: mayor queue --json, then mayor approve ID@HASH"
        )
    network = load_network(place.folder, now=now())
    if author:
        refuse_stranger(network, author)
    refuse_unknown_stage(network, stage)
    actor = person(network, place)
    named = [find_entry(network, post, here=place.folder).entry.subject for post in posts]
    review = ReviewSession(
        place, actor, subjects=tuple(dict.fromkeys(named)), author=author, stage=stage, mine=mine
    )
    return review.run(network, commit=commit, dry_run=dry_run)
