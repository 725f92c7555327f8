"""What a review asks for in whole lines: words, canned replies, dates, words of the text, reasons, a place to go to.

Each question can be left without an answer, and then nothing was meant. Nothing is noted here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from blognet.actions.sayable import BarKind
from blognet.cli.layout import wrapped
from blognet.cli.mayor.answers import until_of
from blognet.cli.mayor.common import edited
from blognet.cli.mayor.review_screen import said_lines, tell, width
from blognet.cli.output import result
from blognet.cli.place import now
from blognet.kernel.errors import BlognetError, UsageError
from blognet.kernel.places import position_in
from blognet.kernel.times import parse_iso
from blognet.moderation.anchors import places_of
from blognet.moderation.events import Verb
from blognet.moderation.notes import NoteKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from blognet.actions.network import Entry, Network
    from blognet.actions.sayable import Bar, OpenNote
    from blognet.cli.keyboard import Keyboard
    from blognet.cli.mayor.review_state import State
    from blognet.kernel.ids import AuthorId, EventId

_ASKED = {
    Verb.RETURN: "What should change?",
    Verb.DECLINE: "Why not?",
    Verb.HOLD: "What does it wait for?",
    Verb.COMMENT: "What do you want to say?",
}
_KINDS = {"?": NoteKind.QUESTION, "!": NoteKind.MUST}
_LINES_NAMED = 8
_LEAST_SHOWN = 20


def words_for(
    keyboard: Keyboard, network: Network, entry: Entry, actor: AuthorId, verb: Verb
) -> str | None:
    """Ask for words, in a line, in an editor, or from the canned replies; None when nothing was meant.

    Raises:
        UsageError: A canned reply cannot be read.
    """
    from blognet.actions.replies import reply_texts

    replies = tuple(reply_texts(network))
    ways = "Enter: never mind; e, Enter: your editor" + ("; c: a canned reply" if replies else "")
    tell(f"{_ASKED[verb]} The author reads this. ({ways})")
    typed = keyboard.line("> ")
    if typed is None:
        result()
        return None
    if typed.strip() == "e":
        return _in_editor(keyboard, "", entry, verb)
    if typed.strip() == "c" and replies:
        return _canned(keyboard, network, entry, actor, verb, replies)
    return typed


def until(keyboard: Keyboard, zone: tzinfo) -> str:
    """Ask when a hold ends; "" for when somebody ends it."""
    tell("Until when? (a date such as 2026-12-24; Enter: until somebody ends it)")
    while True:
        typed = (keyboard.line("> ") or "").strip()
        if not typed:
            return ""
        try:
            moment = until_of(typed, zone=zone)
        except UsageError:
            tell(f"'{typed}' is no date: write it as 2026-12-24, or press Enter.")
            continue
        ends = parse_iso(moment)
        if ends is not None and ends > now():
            return moment
        tell(f"{typed} is over: write a date to come, or press Enter.")


def suggestion(keyboard: Keyboard, entry: Entry) -> Mapping[str, str] | None:
    """Ask for words of the text and others in their place; None when nothing was meant.

    Raises:
        BlognetError: The words are not there, or nothing would change.
    """
    from blognet.actions.noting import suggest_request

    tell("Which words of the source? Copy as many as it takes to tell them from others.")
    found = _quoted(keyboard, entry, "old> ")
    if found is None:
        return None
    quote, line = found
    new = keyboard.line("new> ")
    if new is None:
        return None
    if new == quote:
        message = "the new words are the old ones"
        raise UsageError(message)
    return suggest_request(entry, old=quote, new=new, words="", line=line).options


def note(keyboard: Keyboard, entry: Entry) -> tuple[str, Mapping[str, str]] | None:
    """Ask for words of the text and what is to be said about them: the words, and the options of the comment.

    Raises:
        BlognetError: The words are not there.
    """
    from blognet.actions.noting import comment_request

    tell("About which words of the source? (Enter: about all of it)")
    found = _quoted(keyboard, entry, "on> ")
    quote, line = found or ("", 0)
    tell("What about it? Begin with ! for a must, with ? for a question. (Enter: never mind)")
    typed = (keyboard.line("> ") or "").strip()
    kind = _KINDS.get(typed[:1])
    words = typed[1:].strip() if kind else typed
    if not words:
        return None
    request = comment_request(
        entry, words=words, kind=kind.value if kind else "", quote=quote, line=line
    )
    return words, {key: value for key, value in request.options.items() if value}


def notes_to_settle(keyboard: Keyboard, notes: tuple[OpenNote, ...]) -> tuple[EventId, ...] | None:
    """Ask which notes to settle; None when nothing was meant."""
    for one in notes:
        for line in wrapped(one.text, width(), indent="  "):
            result(line)
    musts = tuple(one.id for one in notes if one.is_must)
    usual = "the musts" if musts else "all of them"
    tell(f"Which are settled? (Enter: {usual}; or numbers, such as 2 4; n: never mind)")
    typed = keyboard.line("> ")
    if typed is None or typed.strip() == "n":
        return None
    numbers = typed.replace(",", " ").split()
    if not numbers:
        return musts or tuple(one.id for one in notes)
    known = {str(one.number): one.id for one in notes}
    if odd := [number for number in numbers if number not in known]:
        tell(f"There is no open note {odd[0]}: {', '.join(known)}.")
        return None
    return tuple(known[number] for number in dict.fromkeys(numbers))


def lifting(keyboard: Keyboard, bars: tuple[Bar, ...]) -> tuple[Mapping[str, str], bool] | None:
    """Ask for what lifts the bars of an approval.

    Returns:
        Reasons by check, and whether it is a takeover; None when it was not meant.
    """
    from blognet.cli.findings import read_waivers

    tell("In the way of an approval:")
    for bar in bars:
        for line in wrapped(bar.text, width(), indent="  "):
            result(line)
    waivers: dict[str, str] = {}
    for bar in bars:
        if bar.kind is not BarKind.CHECK:
            continue
        tell(f"Why does {bar.name} not matter here? The record keeps it. (Enter: never mind)")
        reason = (keyboard.line("> ") or "").strip()
        if not reason:
            return None
        waivers.update(read_waivers((f"{bar.name}={reason}",)))
    is_takeover = any(bar.kind is BarKind.TAKEOVER for bar in bars)
    is_plain = is_takeover or any(bar.kind is BarKind.MUST for bar in bars)
    if is_plain:
        does = "Take it over" if is_takeover else "Settle and approve"
        typed = keyboard.line(f"{does}? (y, Enter: yes; Enter: never mind) > ")
        if (typed or "").strip().lower() not in {"y", "yes"}:
            return None
    return waivers, is_takeover


def place(keyboard: Keyboard, state: State) -> int | None:
    """List the subjects and ask for one: its position, counted from 0; None to stay."""
    for at, card in enumerate(state.cards):
        chosen = said_lines(state.choices_for(card.subject))
        mark = "*" if at == state.at else " "
        result(f"{mark}{at + 1:3}  {card.subject.typed}{chosen}")
    tell("Which one? (its number, or the beginning of its name; Enter: stay)")
    typed = (keyboard.line("> ") or "").strip()
    if not typed:
        return None
    if typed.isdecimal():
        at = int(typed) - 1
        found = [at] if 0 <= at < len(state.cards) else []
    else:
        found = [at for at, card in enumerate(state.cards) if card.subject.typed.startswith(typed)]
        found = [at for at in found if state.cards[at].subject.typed == typed] or found
    if len(found) == 1:
        return found[0]
    tell(f"'{typed}' names {'nothing' if not found else 'several'} of this review.")
    return None


def words_of_source(text: str, typed: str) -> str:
    """Return words as they stand in a source: a line break in it may be where a blank was typed."""
    words = typed.split()
    if typed in text or not words:
        return typed
    found = re.findall(r"\s+".join(map(re.escape, words)), text)
    return str(found[0]) if len(found) == 1 else typed


def _quoted(keyboard: Keyboard, entry: Entry, question: str) -> tuple[str, int] | None:
    """Ask for words of the source, and for the line when they stand on several; None when there are none."""
    typed = keyboard.line(question)
    if not typed or not typed.strip():
        return None
    text = entry.proposal.text if entry.proposal else ""
    quote = words_of_source(text, typed)
    lines = list(dict.fromkeys(position_in(text, one.start)[0] for one in places_of(text, quote)))
    if len(lines) < 2:  # noqa: PLR2004  one place, or none: the request says so
        return quote, 0
    named = ", ".join(map(str, lines[:_LINES_NAMED])) + (", …" if len(lines) > _LINES_NAMED else "")
    chosen = (keyboard.line(f"They stand on lines {named}. Which one? > ") or "").strip()
    return (quote, int(chosen)) if chosen.isdecimal() else None


def _canned(
    keyboard: Keyboard,
    network: Network,
    entry: Entry,
    actor: AuthorId,
    verb: Verb,
    replies: tuple[str, ...],
) -> str | None:
    from blognet.actions.replies import reply_for
    from blognet.cli.layout import cut

    texts = {name: reply_for(network, name, entry, actor=actor) for name in replies}
    longest = max(map(len, replies))
    for number, (name, text) in enumerate(texts.items(), start=1):
        head = f"{number:3}  {name:{longest}}  "
        result(head + cut(text, max(_LEAST_SHOWN, width() - len(head))))
    typed = (keyboard.line("Which one? (number or name; Enter: never mind) > ") or "").strip()
    by_number = {str(number): name for number, name in enumerate(texts, start=1)}
    chosen = by_number.get(typed, typed)
    if chosen not in texts:
        if typed:
            tell(f"There is no canned reply '{typed}'.")
        return None
    for line in wrapped(texts[chosen], width(), indent="  "):
        result(line)
    tell("Say it so? (Enter: yes; e: change it in your editor; n: never mind; or words to add)")
    more = keyboard.line("> ")
    if more is None or more.strip() == "n":
        return None
    if more.strip() == "e":
        return _in_editor(keyboard, texts[chosen], entry, verb)
    return "\n\n".join(filter(None, (texts[chosen], more.strip())))


def _in_editor(keyboard: Keyboard, words: str, entry: Entry, verb: Verb) -> str | None:
    try:
        with keyboard.apart():
            return edited(words, verb=verb, name=entry.subject.typed)
    except (KeyboardInterrupt, click.ClickException):
        return None
    except BlognetError as error:
        tell(f"{error.message}.")
        return None
