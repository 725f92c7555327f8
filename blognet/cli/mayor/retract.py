"""``mayor retract``: take a published post down."""

from __future__ import annotations

import click

from blognet.cli.mayor.answers import answer
from blognet.cli.mayor.common import (
    commit_option,
    dry_run_option,
    json_option,
    message_option,
    posts_argument,
)
from blognet.cli.place import Place, now, pass_place
from blognet.moderation.events import Verb


@click.command("retract")
@posts_argument
@message_option("The reason; readers see it at the old address.")
@click.option(
    "--kind",
    type=click.Choice(["error", "moved", "withdrawn"]),
    default="withdrawn",
    show_default=True,
    help="Why it goes.",
)
@click.option(
    "--to",
    "target",
    default="",
    metavar="ADDRESS",
    help="With --kind moved: a slug or an address.",
)
@click.option(
    "--quiet", is_flag=True, help="Leave no page at the old address: for what no reader ever saw."
)
@commit_option
@dry_run_option
@json_option
@pass_place
def retract_command(
    place: Place,
    posts: tuple[str, ...],
    words: str,
    *,
    kind: str,
    target: str,
    quiet: bool,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take a published post or page down. Its address keeps a page that says so, without its title or text."""
    refuse_unknown_target(place, target)
    options = {"kind": kind, "to": target, "quiet": "yes" if quiet else ""}
    return answer(
        place,
        Verb.RETRACT,
        posts,
        words=words,
        commit=commit,
        dry_run=dry_run,
        as_json=as_json,
        options=options,
    )


def refuse_unknown_target(place: Place, target: str) -> None:
    """Make sure that ``--to`` leads somewhere: to an address, or to a post of this network.

    Raises:
        UsageError: It names no post.
    """
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network

    if target and not target.startswith(("https://", "http://", "/")):
        find_entry(load_network(place.folder, now=now()), target, here=place.folder)
