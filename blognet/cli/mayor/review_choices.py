"""What becomes of the choices of a review: they are added, replaced, undone and dropped. Values in, values out.

What was chosen is kept in the state until the end, so that undoing is going back to the state before; nothing here
decides anything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.cli.mayor.review_state import Choice, Effect, Mode, State
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from blognet.cli.mayor.review_state import Card, Turn
    from blognet.kernel.ids import Subject

_ALWAYS = frozenset({Verb.COMMENT, Verb.SUGGEST})


def begin(cards: tuple[Card, ...], choices: tuple[Choice, ...] = ()) -> Turn:
    """Begin, or go on with what was chosen before: at the first subject about which nothing was decided."""
    state = State(cards=cards, choices=choices)
    undecided = [at for at in range(len(cards)) if not _is_decided(state, at)]
    if not undecided:
        return end(state, "")
    return go(state, undecided[0])


def worded(state: State, words: str | None) -> Turn:
    """Take the words that were asked for; None or "" when there are none, and nothing was meant."""
    verb = state.asking
    state = replace(state, asking=None)
    if verb is None or not words or not words.strip():
        return replace(state, note="Never mind: nothing was noted."), ()
    return choose(state, verb, words.strip())


def suggested(state: State, old: str, new: str) -> Turn:
    """Take the words of a suggestion; `old` stands in the text, as the terminal made sure."""
    card = state.card
    choice = Choice(
        subject=card.subject,
        content=card.content,
        verb=Verb.SUGGEST,
        options={"quote": old, "with": new},
    )
    kept = _remembered(state, (*state.choices, choice))
    return replace(kept, note="The suggestion is noted."), (Effect.KEEP,)


def refreshed(state: State, cards: tuple[Card, ...]) -> tuple[State, tuple[Subject, ...]]:
    """Take the subjects as they are on disk now; choices about other bytes are dropped.

    Args:
        state: Where the review is.
        cards: The same subjects, those that vanished with no content.

    Returns:
        The state, at the first subject that changed; and those about which a choice was dropped.
    """
    now = {card.subject: card for card in cards}
    dropped = tuple(
        dict.fromkeys(
            choice.subject
            for choice in state.choices
            if choice.subject not in now or now[choice.subject].content != choice.content
        )
    )
    choices = tuple(choice for choice in state.choices if choice.subject not in dropped)
    fresh = tuple(now.get(card.subject, card) for card in state.cards)
    state = replace(state, cards=fresh, choices=choices, past=() if dropped else state.past)
    if dropped:
        at = next(at for at, card in enumerate(fresh) if card.subject == dropped[0])
        state, _ = go(state, at)
    return state, dropped


def clamped(state: State, pages: int) -> State:
    """Return the state with a page that there is."""
    if state.page < pages:
        return state
    note = state.note or "That is the end of it."
    return replace(state, page=max(0, pages - 1), note=note)


def choose(state: State, verb: Verb, words: str) -> Turn:
    """Note an answer or a comment about the subject that is shown, and go on after an answer."""
    card = state.card
    before = next((c for c in state.choices_for(card.subject) if c.verb is not Verb.SUGGEST), None)
    said = Choice(subject=card.subject, content=card.content, verb=verb, words=words)
    # Words that were meant for the author stay, whichever key came first.
    if before is not None and Verb.COMMENT in {before.verb, verb}:
        both = "\n\n".join(text for text in (before.words, words) if text)
        said = replace(said, verb=before.verb if verb is Verb.COMMENT else verb, words=both)
    others = tuple(choice for choice in state.choices if choice != before)
    state = _remembered(state, (*others, said))
    if said.verb is Verb.COMMENT or verb is Verb.COMMENT:
        return replace(state, note="The comment is noted."), (Effect.KEEP,)
    undecided = [at for at in range(state.at + 1, len(state.cards)) if not _is_decided(state, at)]
    if undecided:
        state, effects = go(state, undecided[0])
        return state, (Effect.KEEP, *effects)
    state, effects = end(state, "")
    return state, (Effect.KEEP, *effects)


def _remembered(state: State, choices: tuple[Choice, ...]) -> State:
    return replace(state, choices=choices, past=(*state.past, (state.at, state.choices)))


def _is_decided(state: State, at: int) -> bool:
    chosen = state.choices_for(state.cards[at].subject)
    return any(choice.verb not in _ALWAYS for choice in chosen)


def go(state: State, at: int) -> Turn:
    """Show another subject from its beginning."""
    card = state.cards[at]
    return replace(state, at=at, view=card.first, page=0), (Effect.SHOW,)


def end(state: State, note: str) -> Turn:
    """Ask what becomes of the choices; without any, the review is over."""
    if not state.choices:
        note = f"{note} Nothing was decided.".strip()
        return replace(state, mode=Mode.DONE, note=note), (Effect.FORGET,)
    return replace(state, mode=Mode.ENDING, note=note), (Effect.SUMMARY,)
