"""``mayor comment`` (also ``blognet comment``) and ``mayor suggest``: notes, on quoted words or on all of a text."""

from __future__ import annotations

import click

from blognet.cli.completion import complete_post
from blognet.cli.mayor.common import (
    commit_option,
    dry_run_option,
    json_option,
    message_option,
    named_entries,
    posts_argument,
    print_outcome,
    reply_option,
    said,
)
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import UsageError
from blognet.moderation.events import Verb
from blognet.moderation.notes import COMMENT_KINDS

line_option = click.option(
    "--line",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help="Which, when the words stand on several lines.",
)


@click.command("comment")
@posts_argument
@message_option("What to say.")
@reply_option
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in COMMENT_KINDS]),
    default="note",
    show_default=True,
    help="A must keeps the post from being approved until a mayor settles it.",
)
@click.option(
    "--on", "quote", default="", metavar="WORDS", help="The words of the text it is about."
)
@line_option
@commit_option
@dry_run_option
@json_option
@pass_place
def comment_command(
    place: Place,
    posts: tuple[str, ...],
    words: str,
    *,
    reply: str,
    kind: str,
    quote: str,
    line: int | None,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Say something about a post without deciding: about all of it, or about words of it."""
    from blognet.actions.decide import decide_all
    from blognet.actions.network import load_network
    from blognet.actions.noting import comment_request

    network = load_network(place.folder, now=now())
    actor = person(network, place)
    entries = named_entries(network, posts, here=place.folder)
    if quote and len(entries) > 1:
        message = "words are quoted from one post at a time"
        raise UsageError(message, hint="name one post with --on")
    if line and not quote:
        message = "--line belongs to --on"
        raise UsageError(message, hint='quote the words too: --on "…"')
    spoken = said(network, entries, words, reply=reply, verb=Verb.COMMENT, actor=actor)
    requests = tuple(
        comment_request(
            entry,
            words=spoken[entry.subject],
            kind="" if kind == "note" else kind,
            quote=quote,
            line=line or 0,
        )
        for entry in entries
    )
    outcome = decide_all(
        place.folder, requests, actor=actor, now=now(), commit=commit, dry_run=dry_run
    )
    return print_outcome(outcome, as_json=as_json, dry_run=dry_run)


@click.command("suggest")
@click.argument("post", shell_complete=complete_post)
@click.option("--replace", "old", required=True, metavar="OLD", help="Words as they stand there.")
@click.option("--with", "new", required=True, metavar="NEW", help='Words instead; "" for none.')
@line_option
@message_option("Why; may be left out.")
@commit_option
@dry_run_option
@json_option
@pass_place
def suggest_command(
    place: Place,
    post: str,
    *,
    old: str,
    new: str,
    line: int | None,
    words: str,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Suggest other words. The author takes them with one command, or answers; nothing changes until then."""
    from blognet.actions.decide import decide_all
    from blognet.actions.network import load_network
    from blognet.actions.noting import suggest_request

    network = load_network(place.folder, now=now())
    actor = person(network, place)
    (entry,) = named_entries(network, (post,), here=place.folder)
    request = suggest_request(entry, old=old, new=new, words=words, line=line or 0)
    outcome = decide_all(
        place.folder, (request,), actor=actor, now=now(), commit=commit, dry_run=dry_run
    )
    return print_outcome(outcome, as_json=as_json, dry_run=dry_run)
