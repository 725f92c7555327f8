"""``blognet notes``: what was remarked on a post, where, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from blognet.cli.completion import complete_post
from blognet.cli.note_lines import note_lines, note_values
from blognet.cli.output import BOLD, DIM, print_json, print_problems, result, say, styled
from blognet.cli.person import person
from blognet.cli.place import Place, now, pass_place
from blognet.cli.typed import typed_names
from blognet.moderation.notes import NoteKind, NoteState, is_outdated, waiting_notes

if TYPE_CHECKING:
    from blognet.actions.network import Entry, Network
    from blognet.kernel.ids import AuthorId
    from blognet.moderation.notes import Note


@click.command("notes")
@click.argument("posts", nargs=-1, metavar="[POST]...", shell_complete=complete_post)
@click.option("--all", "everything", is_flag=True, help="Also what is done with.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_place
def notes_command(place: Place, posts: tuple[str, ...], *, everything: bool, as_json: bool) -> int:
    """Show the notes on a post: comments, questions, musts and suggestions, each where its words stand now.

    Without POST, those on your posts.
    """
    from blognet.actions.network import load_network

    network = load_network(place.folder, now=now())
    print_problems(network.record.problems)
    names = typed_names(posts)
    entries = _entries(network, place, names)
    shown = [(entry, _notes(entry, everything=everything)) for entry in entries]
    shown = [(entry, notes) for entry, notes in shown if notes or names]
    if as_json:
        print_json(1, subjects=[_values(entry, notes) for entry, notes in shown])
        return 0
    for at, (entry, notes) in enumerate(shown):
        if at:
            result()
        _print(entry, notes)
    if not any(notes for _, notes in shown):
        say("No notes are open." if not everything else "Nobody has commented.")
    for entry, notes in shown:
        _say_what_next(entry, waiting_notes(notes))
    return 0


def _entries(network: Network, place: Place, names: tuple[str, ...]) -> list[Entry]:
    from blognet.actions.entries import by_author_in
    from blognet.actions.naming import find_entry

    if names:
        found = (find_entry(network, name, here=place.folder).entry for name in names)
        return list({entry.subject: entry for entry in found}.values())
    actor: AuthorId = person(network, place)
    return [one for one in by_author_in(network.entries, actor) if actor in one.authors]


def _notes(entry: Entry, *, everything: bool) -> tuple[Note, ...]:
    from blognet.actions.noting import notes_on

    notes = notes_on(entry)
    return notes if everything else waiting_notes(notes)


def _print(entry: Entry, notes: tuple[Note, ...]) -> None:
    from blognet.actions.noting import text_of

    path = entry.proposal.path if entry.proposal else "the file is gone"
    result(f"{styled(entry.subject.name, BOLD)}  {entry.title}  {styled(f'({path})', DIM)}")
    text = text_of(entry)
    for note in notes:
        result()
        for line in note_lines(note, text):
            result(line)


def _say_what_next(entry: Entry, notes: tuple[Note, ...]) -> None:
    from blognet.actions.noting import text_of

    name, text = entry.subject.name, text_of(entry)
    takeable = [
        note for note in notes if note.kind is NoteKind.SUGGESTION and not is_outdated(note, text)
    ]
    others = [note for note in notes if note.state is NoteState.OPEN and note not in takeable]
    steps: list[str] = []
    if takeable:
        numbers = " ".join(str(note.number) for note in takeable)
        steps.append(f"take what is suggested: blognet take {name} {numbers}")
    if takeable or others:
        steps.append(f'answer: blognet answer {name} {(takeable or others)[0].number} -m "…"')
    if steps:
        say(f"\nNext, for its author: {' · '.join(steps)}")


def _values(entry: Entry, notes: tuple[Note, ...]) -> dict[str, object]:
    from blognet.actions.noting import text_of

    text = text_of(entry)
    return {
        "kind": entry.subject.kind.value,
        "id": entry.subject.id,
        "language": entry.subject.language,
        "name": entry.subject.name,
        "title": entry.title,
        "path": entry.proposal.path if entry.proposal else None,
        "hash": entry.standing.content.hex if entry.standing.content else None,
        "notes": [note_values(note, text) for note in notes],
    }
