"""``mayor settle``, ``blognet answer`` and ``withdraw``: they differ in how they resolve a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.mayor.common import (
    commit_option,
    dry_run_option,
    json_option,
    message_option,
    named_entries,
    print_outcome,
)
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.errors import ConflictError, UsageError
from blognet.moderation.notes import How, named, waiting_notes

if TYPE_CHECKING:
    from blognet.actions.network import Entry
    from blognet.moderation.notes import Note

post_argument = click.argument("post", shell_complete=complete_post)
numbers_argument = click.argument("numbers", nargs=-1, metavar="N...")


@click.command("settle")
@post_argument
@numbers_argument
@click.option("--all", "everything", is_flag=True, help="Everything that is open.")
@message_option("A word with it; may be left out.")
@commit_option
@dry_run_option
@json_option
@pass_place
def settle_command(
    place: Place,
    post: str,
    numbers: tuple[str, ...],
    *,
    everything: bool,
    words: str,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Say that notes on a post are done with. A must keeps the post from being approved until then."""
    return _resolve(
        place,
        How.SETTLED,
        post,
        numbers,
        everything=everything,
        words=words,
        commit=commit,
        dry_run=dry_run,
        as_json=as_json,
    )


@click.command("answer")
@post_argument
@numbers_argument
@message_option("What to say.")
@commit_option
@dry_run_option
@json_option
@pass_place
def answer_command(
    place: Place,
    post: str,
    numbers: tuple[str, ...],
    *,
    words: str,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Answer a note on a post. A question or a suggestion is done with then; a must waits for a mayor."""
    return _resolve(
        place,
        How.ANSWERED,
        post,
        numbers,
        words=words,
        commit=commit,
        dry_run=dry_run,
        as_json=as_json,
    )


@click.command("withdraw")
@post_argument
@numbers_argument
@message_option("A word with it; may be left out.")
@commit_option
@dry_run_option
@json_option
@pass_place
def withdraw_command(
    place: Place,
    post: str,
    numbers: tuple[str, ...],
    *,
    words: str,
    commit: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take back a note of your own. It stays in the record, as withdrawn."""
    return _resolve(
        place,
        How.WITHDRAWN,
        post,
        numbers,
        words=words,
        commit=commit,
        dry_run=dry_run,
        as_json=as_json,
    )


def _resolve(
    place: Place,
    how: How,
    post: str,
    numbers: tuple[str, ...],
    *,
    words: str,
    commit: bool,
    dry_run: bool,
    as_json: bool,
    everything: bool = False,
) -> int:
    from blognet.actions.decide import decide_all
    from blognet.actions.network import load_network
    from blognet.actions.noting import resolve_request

    network = load_network(place.folder, now=now())
    actor = person(network, place)
    (entry,) = named_entries(network, (post,), here=place.folder)
    notes = _chosen(entry, numbers, everything=everything)
    requests = tuple(resolve_request(entry, note, how, words=words) for note in notes)
    outcome = decide_all(
        place.folder, requests, actor=actor, now=now(), commit=commit, dry_run=dry_run
    )
    return print_outcome(outcome, as_json=as_json, dry_run=dry_run)


def _chosen(entry: Entry, numbers: tuple[str, ...], *, everything: bool) -> tuple[Note, ...]:
    from blognet.actions.noting import chosen_notes, notes_on

    name = entry.subject.name
    waiting = waiting_notes(notes_on(entry))
    if everything and numbers:
        message = "--all and numbers exclude each other"
        raise UsageError(message)
    if everything and not waiting:
        message = f"nothing is open on {name}"
        raise ConflictError(message, hint=f"everything that was said: blognet notes {name} --all")
    if not everything and not numbers:
        message = "no note was named"
        found = f"open on {name}: {named(waiting)}" if waiting else f"nothing is open on {name}"
        raise UsageError(message, hint=f"{found} (blognet notes {name})")
    return waiting if everything else chosen_notes(entry, numbers)
