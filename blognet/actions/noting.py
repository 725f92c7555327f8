"""Make notes: comments on quoted words, and suggestions of other words. They are quoted from the file on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.decide import Request
from blognet.kernel.errors import ConflictError, UsageError
from blognet.kernel.places import position_in
from blognet.moderation.anchors import anchor_at, find_anchor, places_of
from blognet.moderation.events import Verb
from blognet.moderation.notes import How, blocking_notes, find_note, notes_of
from blognet.moderation.standing import published_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.actions.network import Entry
    from blognet.moderation.anchors import Span
    from blognet.moderation.notes import Note

_LINES_NAMED = 8


def comment_request(
    entry: Entry, *, words: str, kind: str = "", quote: str = "", line: int = 0
) -> Request:
    """Return the request for a comment.

    Args:
        entry: What it is about.
        words: What is said.
        kind: ``note``, ``question`` or ``must``; "" for a note.
        quote: The words of the text that it is about; "" for all of it.
        line: The line on which these begin, when they stand in several places; 0 when they do not.

    Raises:
        UsageError: The words do not stand there, or in several places.
        ConflictError: There is no file to quote from.
    """
    options = {"kind": kind}
    if not quote:
        return Request(subject=entry.subject, verb=Verb.COMMENT, words=words, options=options)
    return Request(
        subject=entry.subject,
        verb=Verb.COMMENT,
        words=words,
        expected=entry.standing.content,
        options={**options, **_anchored(entry, quote, line=line)},
    )


def suggest_request(entry: Entry, *, old: str, new: str, words: str, line: int = 0) -> Request:
    """Return the request for a suggestion of other words; `words` say why, and may be "".

    Raises:
        UsageError: As `comment_request`.
        ConflictError: As `comment_request`.
    """
    return Request(
        subject=entry.subject,
        verb=Verb.SUGGEST,
        words=words,
        expected=entry.standing.content,
        options={**_anchored(entry, old, line=line), "with": new.replace("\r\n", "\n")},
    )


def resolve_request(entry: Entry, note: Note, how: How, *, words: str = "") -> Request:
    """Return the request to resolve a note."""
    options = {"note": note.id, "how": how.value}
    if how is How.TAKEN:
        options["suggested_by"] = note.event.actor
    return Request(subject=entry.subject, verb=Verb.RESOLVE, words=words, options=options)


def notes_on(entry: Entry) -> tuple[Note, ...]:
    """Return the notes on a subject with their words."""
    return notes_of(entry.decided.history, entry.decided.words)


def chosen_notes(entry: Entry, typed: tuple[str, ...]) -> tuple[Note, ...]:
    """Return the notes that were typed, each once.

    Raises:
        UsageError: A number means no note.
    """
    notes = notes_on(entry)
    found = [find_note(notes, one, name=entry.subject.name) for one in typed]
    return tuple({note.id: note for note in found}.values())


def settling_requests(entry: Entry) -> tuple[Request, ...]:
    """Return the requests that settle every open must on a subject."""
    musts = blocking_notes(entry.decided.history)
    return tuple(resolve_request(entry, note, How.SETTLED) for note in musts)


def text_of(entry: Entry) -> str:
    """Return the text that the notes on a subject are found in: the file's, else the published one's."""
    if entry.proposal is not None:
        return entry.proposal.text
    version = published_version(entry.standing.published)
    return entry.decided.texts.get(version.content, "") if version else ""


def _anchored(entry: Entry, quote: str, *, line: int) -> Mapping[str, str]:
    name = entry.subject.name
    if entry.proposal is None:
        message = f"there is no file for {name} to quote from"
        raise ConflictError(message, hint="mayor queue lists what waits")
    text = entry.proposal.text
    span = _chosen(text, quote.replace("\r\n", "\n"), line=line, name=name)
    anchor = anchor_at(text, span)
    if find_anchor(text, anchor) != span:
        at, _ = position_in(text, span.start)
        message = f"the words on line {at} cannot be told from the same words elsewhere"
        raise UsageError(message, hint="quote more of the text around them")
    return {"quote": anchor.quote, "before": anchor.before, "after": anchor.after}


def _chosen(text: str, quote: str, *, line: int, name: str) -> Span:
    places = places_of(text, quote)
    if line:
        places = tuple(one for one in places if position_in(text, one.start)[0] == line)
    if len(places) == 1:
        return places[0]
    shown = " ".join(quote.split())
    where = f"on line {line} of {name}" if line else f"in {name}"
    if not places:
        message = f"these words are not {where}: '{shown}'"
        raise UsageError(message, hint=_nearly(text, quote, name=name))
    message = f"these words stand {where} {len(places)} times: '{shown}'"
    lines = list(dict.fromkeys(str(position_in(text, one.start)[0]) for one in places))
    named = ", ".join(lines[:_LINES_NAMED]) + (", …" if len(lines) > _LINES_NAMED else "")
    hint = f"quote more of the text, or say which: --line N; they are on lines {named}"
    raise UsageError(message, hint="quote more of the text" if len(lines) == 1 else hint)


def _nearly(text: str, quote: str, *, name: str) -> str:
    """Return where the words stand in other letters, for a hint."""
    folded = places_of(text.lower(), quote.lower()) if len(text.lower()) == len(text) else ()
    if folded:
        place = folded[0]
        line, _ = position_in(text, place.start)
        return f"did you mean line {line}: '{text[place.start : place.end]}'?"
    return f"copy them from the text: mayor show {name}"
