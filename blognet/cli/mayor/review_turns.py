"""What follows when a key of a review asks for something in lines: the questions of `review_asking` become turns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.actions.review import why_not
from blognet.cli.mayor import review_asking as asking
from blognet.cli.mayor.review_choices import (
    approved_all_the_same,
    choice_about,
    choose,
    go,
    note_down,
    settled,
    worded,
)
from blognet.cli.mayor.review_state import Effect
from blognet.disk.review_file import KeptChoice
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.actions.network import Network
    from blognet.actions.review import Reviewed
    from blognet.cli.keyboard import Keyboard
    from blognet.cli.mayor.review_state import Choice, State, Turn
    from blognet.kernel.ids import AuthorId, Subject


def turn_of(
    effect: Effect,
    state: State,
    one: Reviewed,
    keyboard: Keyboard,
    network: Network,
    actor: AuthorId,
) -> Turn | None:
    """Ask for what a key wants; return what follows, or None when nothing was meant.

    Raises:
        BlognetError: What was typed cannot be noted.
    """
    card = state.card
    match effect:
        case Effect.ASK_WORDS:
            return _words(state, one, keyboard, network, actor)
        case Effect.ASK_SUGGESTION:
            options = asking.suggestion(keyboard, one.entry)
            said = choice_about(card, Verb.SUGGEST, options=options) if options else None
            return _noted(state, one, network, actor, said)
        case Effect.ASK_NOTE:
            noted = asking.note(keyboard, one.entry)
            said = choice_about(card, Verb.COMMENT, noted[0], options=noted[1]) if noted else None
            return _noted(state, one, network, actor, said)
        case Effect.ASK_NOTES:
            ids = asking.notes_to_settle(keyboard, card.can.notes)
            done = "It is noted that this is settled."
            return note_down(state, *settled(card, ids), note=done) if ids else None
        case Effect.ASK_LIFTING:
            lifted = asking.lifting(keyboard, card.can.bars)
            return lifted and approved_all_the_same(state, lifted[0], is_takeover=lifted[1])
        case _:
            at = asking.place(keyboard, state)
            return (state, ()) if at is None else go(state, at)


def beside_of(state: State, subject: Subject) -> tuple[KeptChoice, ...]:
    """Return what was chosen about a subject that goes along with any answer, claims left out."""
    mine = state.choices_for(subject)
    return as_kept(c for c in mine if not (c.is_answer or c.is_plain_comment or c.is_claim))


def as_kept(choices: Iterable[Choice]) -> tuple[KeptChoice, ...]:
    """Return choices as they are kept and written."""
    return tuple(
        KeptChoice(
            subject=choice.subject,
            content=choice.content,
            verb=choice.verb.value,
            words=choice.words,
            options=choice.options,
            stage=choice.stage,
            waivers=choice.waivers,
        )
        for choice in choices
    )


def _words(
    state: State, one: Reviewed, keyboard: Keyboard, network: Network, actor: AuthorId
) -> Turn:
    verb = state.asking or Verb.COMMENT
    words = asking.words_for(keyboard, network, one.entry, actor, verb)
    options: Mapping[str, str] = {}
    if verb is Verb.HOLD and words and words.strip():
        ends = asking.until(keyboard, network.config.zone)
        options = {"until": ends} if ends else {}
    return worded(state, words, options)


def _noted(
    state: State, one: Reviewed, network: Network, actor: AuthorId, said: Choice | None
) -> Turn | None:
    """Note a comment or suggestion, unless the rules would refuse it."""
    if said is None:
        return None
    if said.is_plain_comment:
        return choose(state, said)
    (kept,) = as_kept((said,))
    why = why_not(network, one, actor, kept, beside_of(state, said.subject))
    if why:
        return replace(state, note=why), ()
    what = "suggestion" if said.verb is Verb.SUGGEST else said.options.get("kind") or "note"
    return note_down(state, said, note=f"The {what} is noted.")
