"""May this person note, or resolve a note so? Refuses with a sentence, or returns. Pure.

`blognet.moderation.deciding` asks here before it makes the event of a comment, a suggestion or a resolution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.errors import ConflictError, NotAllowedError, UsageError
from blognet.moderation.anchors import MAX_QUOTE
from blognet.moderation.events import CLAIM, Verb
from blognet.moderation.notes import (
    COMMENT_KINDS,
    How,
    NoteKind,
    NoteState,
    blocking_notes,
    notes_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.ids import AuthorId, EventId
    from blognet.moderation.history import History
    from blognet.moderation.notes import Note

_SHOWN = 60


def refuse_note(
    verb: Verb,
    options: Mapping[str, str],
    *,
    actor: AuthorId,
    mayors: frozenset[AuthorId],
    has_part: bool = False,
) -> None:
    """Make sure that a comment or suggestion can be made.

    Args:
        verb: ``comment`` or ``suggest``.
        options: ``kind`` of a comment; ``quote``, ``before``, ``after``; ``with`` of a suggestion.
        actor: Who makes it: anybody of the network, but a must is a mayor's.
        mayors: Who may insist.
        has_part: Whether the actor may insist without being a mayor: for a stage, or in a mayor's place.

    Raises:
        UsageError: It makes no sense.
        NotAllowedError: A must by somebody who may not insist.
    """
    kind = options.get("kind", "")
    if kind and (verb is not Verb.COMMENT or kind not in {*COMMENT_KINDS, CLAIM}):
        message = f"'{kind}' is no kind of comment"
        raise UsageError(message, hint=f"--kind is one of {', '.join(COMMENT_KINDS)}")
    if kind == NoteKind.MUST and actor not in mayors and not has_part:
        message = (
            f"'{actor}' is not a mayor of this network nor a reviewer of this, so cannot insist"
        )
        raise NotAllowedError(message, hint="--kind note or --kind question is for everybody")
    quote = options.get("quote", "")
    if verb is Verb.SUGGEST and not quote.strip():
        message = "a suggestion names the words to replace"
        raise UsageError(message, hint='mayor suggest POST --replace "OLD" --with "NEW"')
    if verb is Verb.SUGGEST and quote == options.get("with", ""):
        message = "the suggestion changes nothing: old and new words are the same"
        raise UsageError(message, hint='to say something about them: mayor comment POST --on "…"')
    _refuse_odd_texts(options)


def refuse_resolution(  # noqa: PLR0913  everything that decides it, all by keyword
    options: Mapping[str, str],
    *,
    name: str,
    words: str,
    history: History,
    actor: AuthorId,
    authors: tuple[AuthorId, ...],
    mayors: frozenset[AuthorId],
    solo: bool,
    has_part: bool = False,
) -> None:
    """Make sure that this person may resolve this note so.

    Args:
        options: ``note``, the id of the note's event, and ``how``.
        name: The subject's, for messages.
        words: What is said with it; an answer needs some.
        history: The subject's.
        actor: Who resolves.
        authors: Of the subject; without any, mayors stand in for them.
        mayors: Who may settle.
        solo: Whether a mayor may settle a must on work of their own.
        has_part: Whether the actor may settle this one without being a mayor: for its stage, or in a mayor's place.

    Raises:
        UsageError: There is no such note, or an answer without words.
        NotAllowedError: This is for somebody else to do.
        ConflictError: The note was resolved already.
    """
    note = next((one for one in notes_of(history) if one.id == options.get("note")), None)
    how = next((one for one in How if one == options.get("how")), None)
    if note is None or how is None:
        message = f"{name} has no such note"
        raise UsageError(message, hint=f"blognet notes {name} --all lists them")
    _refuse_done(note, how, name=name)
    maker = note.event.actor
    match how:
        case How.ANSWERED:
            _refuse_answer(note, words=words, actor=actor, name=name)
        case How.TAKEN:
            _refuse_taking(note, actor=actor, authors=authors or tuple(mayors), name=name)
        case How.SETTLED:
            if actor not in mayors and not has_part:
                message = (
                    f"'{actor}' is not a mayor of this network, so cannot settle note {note.number}"
                )
                hint = f'answer it: blognet answer {name} {note.number} -m "…"'
                raise NotAllowedError(message, hint=hint)
            if note.kind is NoteKind.MUST and actor in authors and (has_part or not solo):
                message = f"{name} is your own work, so another mayor has to settle a must on it"
                others = ", ".join(sorted(mayors - {actor})) or "there is none yet"
                raise NotAllowedError(message, hint=f"other mayors: {others}")
        case How.WITHDRAWN:
            if actor != maker:
                message = f"note {note.number} on {name} is {maker}'s, who alone can withdraw it"
                raise NotAllowedError(
                    message, hint=f"a mayor can: mayor settle {name} {note.number}"
                )


def refuse_unsettled(history: History, words: Mapping[EventId, str], *, name: str) -> None:
    """Let nothing be approved while a must is open.

    Args:
        history: The subject's.
        words: What was said, by event; to quote it.
        name: The subject's, for messages.

    Raises:
        ConflictError: It names the musts and how to settle them.
    """
    found = blocking_notes(history)
    if not found:
        return
    listed = "; ".join(_in_short(note, words.get(note.id, "")) for note in found)
    many = "a must is" if len(found) == 1 else f"{len(found)} musts are"
    message = f"{name} cannot be approved while {many} open: {listed}"
    numbers = " ".join(str(note.number) for note in found)
    hint = f"when that is done: mayor settle {name} {numbers}, or mayor approve {name} --settle"
    raise ConflictError(message, hint=hint)


def _in_short(note: Note, words: str) -> str:
    said = " ".join(words.split())
    said = f"{said[: _SHOWN - 1]}…" if len(said) > _SHOWN else said
    answered = ", answered" if note.state is NoteState.ANSWERED else ""
    return f"note {note.number} ({note.event.actor}{answered}" + (f": {said})" if said else ")")


def _refuse_done(note: Note, how: How, *, name: str) -> None:
    done = note.state
    # An answer may follow an answer; a settling, a taking and a withdrawal may follow an answer, too.
    if done in {NoteState.OPEN, NoteState.ANSWERED}:
        return
    message = f"note {note.number} on {name} is {done.value} already"
    hint = f"say something new: blognet comment {name} -m …" if how is How.ANSWERED else ""
    raise ConflictError(message, hint=hint or f"what is open: blognet notes {name}")


def _refuse_answer(note: Note, *, words: str, actor: AuthorId, name: str) -> None:
    if not words.strip():
        message = "an answer needs words"
        hint = f'add -m "…": blognet answer {name} {note.number} -m "…"'
        raise UsageError(message, hint=hint)
    if actor == note.event.actor:
        message = f"note {note.number} on {name} is your own, so it is for others to answer"
        hint = f'blognet withdraw {name} {note.number}, or comment again: -m "…"'
        raise UsageError(message, hint=hint)


def _refuse_taking(
    note: Note, *, actor: AuthorId, authors: tuple[AuthorId, ...], name: str
) -> None:
    if note.kind is not NoteKind.SUGGESTION:
        message = (
            f"note {note.number} on {name} is a {note.kind.value}, which suggests no other words"
        )
        hint = f'answer it: blognet answer {name} {note.number} -m "…"'
        raise UsageError(message, hint=hint)
    if actor not in authors:
        message = f"'{actor}' is no author of {name}, so cannot take a suggestion on it"
        raise NotAllowedError(message, hint=f"its authors: {', '.join(sorted(authors))}")


def _refuse_odd_texts(options: Mapping[str, str]) -> None:
    for key in ("quote", "with"):
        text = options.get(key, "")
        if len(text) > MAX_QUOTE:
            message = f"{len(text)} characters are too much for one note, which takes {MAX_QUOTE}"
            raise UsageError(message, hint="quote less, or say it in words: mayor return POST -m …")
        if "\r" in text or "\0" in text:
            message = "the words hold a carriage return or a NUL, which no text of a post may hold"
            raise UsageError(message, hint="type them again without it")
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            message = "the words hold bytes that are no text"
            hint = "type them again, on a terminal that is set to UTF-8"
            raise UsageError(message, hint=hint) from None
