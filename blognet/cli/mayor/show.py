"""``mayor show``: a post as it lies on disk, its faults, its thread; leaves a receipt of what was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.mayor.stages import print_second, print_stages_of, stage_values
from blognet.cli.output import BOLD, DIM, print_json, print_problems, result, say, styled
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.times import iso

if TYPE_CHECKING:
    from blognet.actions.network import Entry, Network
    from blognet.actions.show import Remark


@click.command("show")
@click.argument("post", shell_complete=complete_post)
@click.option("--published", is_flag=True, help="Show the approved version instead of the file.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def show_command(place: Place, post: str, *, published: bool, as_json: bool) -> int:
    """Show a post, page or profile, where it stands and what was said about it."""
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network
    from blognet.actions.show import as_published, leave_receipt, on_disk, thread_of
    from blognet.actions.staged import stages_on
    from blognet.kernel.errors import ConflictError

    network = load_network(place.folder, now=now())
    entry = find_entry(network, post, here=place.folder).entry
    actor = person(network, place)
    version = as_published(entry) if published or entry.proposal is None else on_disk(entry)
    if version is None:
        message = f"nothing of {entry.subject.typed} was ever published"
        raise ConflictError(message, hint=f"what lies on disk: mayor show {entry.subject.typed}")
    if as_json:
        found = _as_json(entry, version.text, thread_of(entry))
        print_json(1, **found, stages=stage_values(stages_on(network, entry)))
    else:
        print_entry(entry)
        print_stages_of(network, entry)
        print_second(entry)
        result()
        result(version.text.rstrip("\n"))
        for asset in version.assets:
            result(styled(f"  with {asset.path} ({asset.sha256[:10]})", DIM))
        print_thread(thread_of(entry))
    print_problems(entry.problems)
    if version.content == entry.standing.content:
        leave_receipt(network, entry, actor)
        _say_what_next(network, entry)
    return 0


def print_entry(entry: Entry) -> None:
    """Print the head of a subject: title, name, hash, both lights, authors, path."""
    from blognet.actions.waiting import published_word, turn_of, what_of

    turn, _ = turn_of(entry)
    content = entry.standing.content
    result(styled(entry.title, BOLD))
    result(
        f"{entry.subject}@{content.short if content else '-'}  by {', '.join(entry.authors) or '?'}"
    )
    result(f"published: {published_word(entry)}  proposed: {what_of(entry)}  turn: {turn.value}")
    if entry.proposal:
        result(f"file: {entry.proposal.bundle or entry.proposal.path}")


def print_thread(remarks: tuple[Remark, ...]) -> None:
    """Print the events of a subject with their words, oldest first."""
    for remark in remarks:
        event = remark.event
        result()
        stage = f" for {event.stage}" if event.stage else ""
        result(styled(f"{iso(event.time)}  {event.actor}  {event.verb.value}{stage}", BOLD))
        for line in remark.words.rstrip("\n").split("\n") if remark.words else ():
            result(f"  {line}")


def _say_what_next(network: Network, entry: Entry) -> None:
    from blognet.actions.waiting import Turn, turn_of

    del network
    name = entry.subject.typed
    turn, command = turn_of(entry)
    if turn is Turn.MAYOR:
        say(
            f'\nNext: mayor approve {name} · mayor return {name} -m "…" · mayor decline {name} -m "…"'
        )
    elif command:
        say(f"\nNext, for its author: {command}")


def _as_json(entry: Entry, text: str, remarks: tuple[Remark, ...]) -> dict[str, object]:
    from blognet.actions.waiting import published_word, what_of

    return {
        "kind": entry.subject.kind.value,
        "id": entry.subject.id,
        "language": entry.subject.language,
        "title": entry.title,
        "authors": list(entry.authors),
        "hash": entry.standing.content.hex if entry.standing.content else None,
        "published": published_word(entry),
        "proposed": what_of(entry),
        "text": text,
        "thread": [
            {
                "time": iso(remark.event.time),
                "actor": remark.event.actor,
                "verb": remark.event.verb.value,
                "words": remark.words,
            }
            for remark in remarks
        ],
    }
