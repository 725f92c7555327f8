"""Notes as people and programs read them: whole in ``blognet notes`` and ``mayor show``, on a line elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.cli.output import BOLD, DIM, styled
from blognet.kernel.places import position_in
from blognet.kernel.times import iso
from blognet.moderation.anchors import Lost, Span
from blognet.moderation.events import Verb
from blognet.moderation.kept_words import is_purged
from blognet.moderation.notes import NoteKind, is_outdated, place_of_note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.moderation.events import Event
    from blognet.moderation.notes import Note

_LONGEST = 70


def note_lines(note: Note, text: str) -> list[str]:
    """Return the lines that show a note: kind and state; place and words; what is suggested; what was said.

    Args:
        note: The note.
        text: The text that its words are looked for in.
    """
    event = note.event
    stage = f" of {event.stage}" if event.stage else ""
    head = styled(f"note {note.number}: {note.kind.value}{stage}", BOLD)
    lines = [f"{head}, {state_of(note, text)}  {event.actor}, {iso(event.time)[:10]}"]
    if note.anchor is not None:
        # What is done with may well be gone; that is no news then.
        place = where(note, text) if note.waits else "on"
        lines.append(f"  {place} {quoted(note.anchor.quote)}")
    if note.anchor is not None and note.replacement is not None:
        lines += [f"    - {line}" for line in note.anchor.quote.split("\n")]
        lines += [f"    + {line}" for line in note.replacement.split("\n") if note.replacement]
    if is_purged(event):
        lines.append(styled("  its words were purged", DIM))
    lines += _indented(note.words, "  ")
    for reply in note.replies:
        date = iso(reply.event.time)[:10]
        lines.append(styled(f"    {reply.how.value}  {reply.event.actor}, {date}", DIM))
        lines += _indented(reply.words, "      ")
    return lines


def note_line(note: Note, text: str) -> str:
    """Return a note on one line, for lists in which it is one thing of many."""
    said = " ".join(note.words.split())
    if note.replacement is not None and note.anchor is not None:
        said = f"write {quoted(note.replacement)}" if note.replacement else "take these words out"
    place = f", {where(note, text)} {quoted(note.anchor.quote)}" if note.anchor else ""
    return f"note {note.number} ({note.kind.value}, {note.event.actor}){place}: {_cut(said)}"


def state_of(note: Note, text: str) -> str:
    """Return what became of a note, and whether its words are still there."""
    parts = [note.state.value]
    if note.kind is NoteKind.MUST and note.blocks and note.replies:
        parts.append("not settled")
    if note.waits and is_outdated(note, text):
        parts.append("outdated")
    return ", ".join(parts)


def where(note: Note, text: str) -> str:
    """Return where a note's words stand, or why that is not known."""
    match place_of_note(note, text):
        case Span(start=start):
            return f"line {position_in(text, start)[0]}"
        case Lost(places=()):
            return "no longer there"
        case Lost(places=places):
            lines = dict.fromkeys(str(position_in(text, one.start)[0]) for one in places[:4])
            return f"no longer sure where (line {' or '.join(lines)})"
        case None:
            return ""


def quoted(words: str) -> str:
    """Return words on one line in quotes, cut when they are many."""
    return f'"{_cut(" ".join(words.split()))}"'


def count_line(notes: Iterable[Note]) -> str:
    """Return how many notes wait, for a sentence: ``3 (1 must)``; "" for none."""
    waiting = [note for note in notes if note.waits]
    musts = sum(1 for note in waiting if note.kind is NoteKind.MUST)
    many = f" ({musts} must{'s' if musts > 1 else ''})" if musts else ""
    return f"{len(waiting)}{many}" if waiting else ""


def event_extra(event: Event, *, note: int = 0) -> str:
    """Return what the options of an event say, for lists of events: with a note's, in words.

    Args:
        event: What was said.
        note: The number of the note that it makes or resolves; 0 for none.
    """
    options = event.options
    number = f" (note {note})" if note else ""
    match event.verb:
        case Verb.COMMENT:
            kind = options.get("kind", "")
            on = f" on {quoted(options['quote'])}" if options.get("quote") else ""
            return f"{f' ({kind})' if kind else ''}{on}{number}"
        case Verb.SUGGEST:
            return (
                f" {quoted(options.get('quote', ''))} to {quoted(options.get('with', ''))}{number}"
            )
        case Verb.RESOLVE:
            by = options.get("suggested_by", "")
            credit = f", suggested by {by}" if by else ""
            which = note or options.get("note", "")[:8]
            return f" ({options.get('how', '')}: note {which}{credit})"
        case _:
            # The digest of the rules is for programs.
            shown = sorted(item for item in options.items() if item[0] not in {"rules", "private"})
            return "".join(f" {key}={value}" for key, value in shown)


def note_values(note: Note, text: str) -> dict[str, object]:
    """Return a note for JSON."""
    place = place_of_note(note, text)
    line, column = position_in(text, place.start) if isinstance(place, Span) else (None, None)
    return {
        "number": note.number,
        "id": note.id,
        "kind": note.kind.value,
        "stage": note.event.stage,
        "state": note.state.value,
        "waits": note.waits,
        "blocks": note.blocks,
        "outdated": note.waits and isinstance(place, Lost),
        "actor": note.event.actor,
        "time": iso(note.event.time),
        "words": note.words,
        "quote": note.anchor.quote if note.anchor else None,
        "line": line,
        "column": column,
        "replacement": note.replacement,
        "replies": [
            {
                "how": reply.how.value,
                "actor": reply.event.actor,
                "time": iso(reply.event.time),
                "words": reply.words,
            }
            for reply in note.replies
        ],
    }


def _indented(words: str, indent: str) -> list[str]:
    return [f"{indent}{line}" for line in words.rstrip("\n").split("\n")] if words else []


def _cut(text: str) -> str:
    return f"{text[: _LONGEST - 1]}…" if len(text) > _LONGEST else text
