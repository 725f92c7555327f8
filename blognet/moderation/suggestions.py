"""Suggestions put into a text. Answers: how does the text read with them, and which cannot be taken? Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel.errors import ConflictError
from blognet.kernel.places import position_in
from blognet.moderation.anchors import Lost, Span, find_anchor, stands_instead

if TYPE_CHECKING:
    from blognet.moderation.notes import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One suggestion in a text.

    Attributes:
        note: The suggestion.
        span: What it replaces, in the text as the edits before it left it; None when the text reads so already.
        line: Where, counted from 1; 0 when the text reads so already.
    """

    note: Note
    span: Span | None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A text with suggestions taken, and each edit in the order of making."""

    text: str
    edits: tuple[Edit, ...]


def take_all(text: str, suggestions: tuple[Note, ...], *, name: str) -> Edited:
    """Put suggestions into a text, one after the other, exactly where their anchors find their words.

    Args:
        text: The source, LF line ends only.
        suggestions: Notes with an anchor and a replacement.
        name: The subject's, for messages.

    Raises:
        ConflictError: The words of one are gone, or stand in several places.
    """
    edits: list[Edit] = []
    for note in suggestions:
        edit = _edit(text, note, name=name)
        if edit.span is not None:
            text = text[: edit.span.start] + (note.replacement or "") + text[edit.span.end :]
        edits.append(edit)
    return Edited(text=text, edits=tuple(edits))


def _edit(text: str, note: Note, *, name: str) -> Edit:
    if note.anchor is None or note.replacement is None:
        message = f"note {note.number} on {name} suggests no other words"
        raise ConflictError(message, hint=f'blognet answer {name} {note.number} -m "…"')
    found = find_anchor(text, note.anchor)
    if isinstance(found, Span):
        return Edit(note=note, span=found, line=position_in(text, found.start)[0])
    if stands_instead(text, note.anchor, note.replacement):
        return Edit(note=note, span=None)
    raise ConflictError(_why_not(text, found, note, name=name), hint=_instead(note, name=name))


def _why_not(text: str, found: Lost, note: Note, *, name: str) -> str:
    outdated = f"suggestion {note.number} on {name} is outdated: "
    match len(found.places):
        case 0:
            return outdated + "its words are not in the text any more"
        case 1:
            line, _ = position_in(text, found.places[0].start)
            return outdated + f"its words are only on line {line}, in another sentence"
        case _:
            lines = dict.fromkeys(position_in(text, place.start)[0] for place in found.places[:6])
            return (
                outdated
                + f"its words stand in several places, on lines {', '.join(map(str, lines))}"
            )


def _instead(note: Note, *, name: str) -> str:
    return f'change the text by hand, then: blognet answer {name} {note.number} -m "…"'
