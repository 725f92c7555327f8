"""``mayor show``: a post as it lies on disk, its faults, its thread; leaves a receipt of what was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.json_values import problem_values
from blognet.cli.layout import terminal_width
from blognet.cli.mayor.lines import (
    attached_lines,
    head_lines,
    source_lines,
    text_lines,
    thread_lines,
)
from blognet.cli.note_lines import note_lines, note_values
from blognet.cli.output import print_json, result, say
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.kernel.times import iso

if TYPE_CHECKING:
    from blognet.actions.author_history import AuthorHistory
    from blognet.actions.network import Entry, Network
    from blognet.actions.show import Remark, Version


@click.command("show")
@click.argument("post", shell_complete=complete_post)
@click.option("--raw", is_flag=True, help="Show the source instead of the text as readers get it.")
@click.option("--published", is_flag=True, help="Show the approved version instead of the file.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def show_command(place: Place, post: str, *, raw: bool, published: bool, as_json: bool) -> int:
    """Show a post, page or profile as readers would get it, who wrote it, and what was said about it."""
    from blognet.actions.author_history import histories_of
    from blognet.actions.naming import find_entry
    from blognet.actions.network import load_network
    from blognet.actions.show import as_published, leave_receipt, on_disk, thread_of
    from blognet.kernel.errors import ConflictError

    network = load_network(place.folder, now=now())
    entry = find_entry(network, post, here=place.folder).entry
    actor = person(network, place)
    version = as_published(entry) if published or entry.proposal is None else on_disk(entry)
    if version is None:
        message = f"nothing of {entry.subject.typed} was ever published"
        raise ConflictError(message, hint=f"what lies on disk: mayor show {entry.subject.typed}")
    histories = histories_of(network, entry)
    if as_json:
        print_json(1, **_as_json(entry, version.text, thread_of(entry), histories))
    else:
        for line in _lines(network, entry, version, histories, raw=raw):
            result(line)
    if version.content == entry.standing.content:
        leave_receipt(network, entry, actor)
        _say_what_next(entry)
    return 0


def print_entry(network: Network, entry: Entry) -> None:
    """Print a subject as it lies on disk: its head, then its text as readers would get it."""
    from blognet.actions.author_history import histories_of
    from blognet.actions.show import on_disk

    for line in _lines(network, entry, on_disk(entry), histories_of(network, entry), raw=False):
        result(line)
    result()


def _lines(
    network: Network,
    entry: Entry,
    version: Version,
    histories: tuple[AuthorHistory, ...],
    *,
    raw: bool,
) -> list[str]:
    from blognet.actions.pictures import attached, attached_changes
    from blognet.actions.show import thread_of

    width = terminal_width()
    files = attached(network, version)
    is_on_disk = version.content == entry.standing.content
    text = (
        source_lines(version.text, entry.problems if is_on_disk else ())
        if raw
        else text_lines(network, entry, version, width=width)
    )
    beside = attached_lines(attached_changes(files, files))
    return [
        *head_lines(entry, histories, zone=network.config.zone),
        "",
        *text,
        *(["", *beside] if beside else []),
        *_note_lines(entry, version.text),
        *thread_lines(thread_of(entry), width=width),
    ]


def _note_lines(entry: Entry, text: str) -> list[str]:
    """Return the notes that wait, each with the place of its words in the text that is shown."""
    from blognet.actions.noting import notes_on
    from blognet.moderation.notes import waiting_notes

    return [
        line for note in waiting_notes(notes_on(entry)) for line in ("", *note_lines(note, text))
    ]


def _say_what_next(entry: Entry) -> None:
    from blognet.actions.waiting import Turn, turn_of
    from blognet.moderation.notes import blocking_notes

    name = entry.subject.typed
    turn, command = turn_of(entry)
    musts = blocking_notes(entry.decided.history)
    if musts:
        numbers = " ".join(str(note.number) for note in musts)
        say(f"\nNot to be approved before a must is settled: mayor settle {name} {numbers}")
    if turn is Turn.MAYOR:
        say(
            f'\nNext: mayor approve {name} · mayor return {name} -m "…" · mayor decline {name} -m "…"'
        )
    elif command:
        say(f"\nNext, for its author: {command}")


def _as_json(
    entry: Entry,
    text: str,
    remarks: tuple[Remark, ...],
    histories: tuple[AuthorHistory, ...],
) -> dict[str, object]:
    from blognet.actions.noting import notes_on
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
        "problems": [problem_values(problem) for problem in entry.problems],
        "history": [
            {
                "author": each.author,
                "first_post": each.is_new,
                "live": each.live,
                "declined": each.declined,
                "last": each.last.name if each.last else None,
                "last_date": iso(each.last_date) if each.last_date else None,
            }
            for each in histories
        ],
        "notes": [note_values(note, text) for note in notes_on(entry)],
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
