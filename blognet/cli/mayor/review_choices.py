"""What becomes of the choices of a review: they are added, replaced, undone and dropped. Values in, values out.

What was chosen is kept in the state until the end, so that undoing is going back to the state before; nothing here
decides anything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.actions.claims import GIVEN_BACK, TAKEN
from blognet.actions.sayable import BarKind
from blognet.cli.mayor.review_state import Choice, Effect, Mode, State
from blognet.kernel.ids import EventId
from blognet.moderation.events import CLAIM, Verb
from blognet.moderation.notes import How, NoteKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.cli.mayor.review_state import Card, Turn
    from blognet.kernel.ids import Subject

NEVER_MIND = "Never mind: nothing was noted."


def begin(cards: tuple[Card, ...], choices: tuple[Choice, ...] = ()) -> Turn:
    """Begin, or go on with what was chosen before: at the first subject about which nothing was decided."""
    state = State(cards=cards, choices=choices)
    undecided = [at for at in range(len(cards)) if not is_decided(state, at)]
    if not undecided:
        return end(state, "")
    return go(state, undecided[0])


def choice_about(
    card: Card,
    verb: Verb,
    words: str = "",
    *,
    options: Mapping[str, str] | None = None,
    stage: str = "",
    waivers: Mapping[str, str] | None = None,
) -> Choice:
    """Return something to be said about exactly the bytes of a card."""
    return Choice(
        subject=card.subject,
        content=card.content,
        verb=verb,
        words=words,
        options=options or {},
        stage=stage,
        waivers=waivers or {},
    )


def worded(state: State, words: str | None, options: Mapping[str, str] | None = None) -> Turn:
    """Take the words that were asked for; None or "" when there are none, and nothing was meant."""
    verb = state.asking
    state = replace(state, asking=None)
    if verb is None or not words or not words.strip():
        return replace(state, note=NEVER_MIND), ()
    return choose(state, choice_about(state.card, verb, words.strip(), options=options))


def choose(state: State, said: Choice, *beside: Choice) -> Turn:
    """Note an answer or a plain comment about the subject that is shown, and go on after an answer.

    Args:
        state: Where the review is.
        said: The answer or comment.
        beside: Notes that go along with it, and are undone with it.
    """
    mine = state.choices_for(state.card.subject)
    before = next((one for one in mine if one.is_answer or one.is_plain_comment), None)
    answer = said
    # Words that were meant for the author stay, whichever key came first.
    if before is not None and (before.is_plain_comment or said.is_plain_comment):
        both = "\n\n".join(text for text in (before.words, said.words) if text)
        answer = replace(before if said.is_plain_comment else said, words=both)
    # An answer ends a claim, so there is nothing to claim beside it.
    over = [before, *(one for one in mine if one.is_claim and answer.is_answer)]
    others = tuple(choice for choice in state.choices if choice not in over)
    state = _remembered(state, (*others, *beside, answer))
    if said.is_plain_comment:
        return replace(state, note="The comment is noted."), (Effect.KEEP,)
    return _on(state)


def note_down(state: State, *said: Choice, note: str) -> Turn:
    """Note what goes along with an answer, as one thing to undo, and stay where it is."""
    kept = state.choices
    if any(one.options.get("kind") == NoteKind.MUST for one in said):
        mine = state.choices_for(state.card.subject)
        approvals = [one for one in mine if one.is_answer and one.verb is Verb.APPROVE]
        kept = tuple(one for one in kept if one not in approvals)
        note += " Your approval is taken back: a must stands in its way." if approvals else ""
    return replace(_remembered(state, (*kept, *said)), note=note), (Effect.KEEP,)


def settled(card: Card, notes: Iterable[EventId]) -> tuple[Choice, ...]:
    """Return what settles these notes."""
    return tuple(
        choice_about(card, Verb.RESOLVE, options={"note": note, "how": How.SETTLED.value})
        for note in notes
    )


def approved_all_the_same(state: State, waivers: Mapping[str, str], *, is_takeover: bool) -> Turn:
    """Approve and lift what is in the way: musts are settled, what checks found is waived, a takeover is meant."""
    card = state.card
    musts = [EventId(bar.name) for bar in card.can.bars if bar.kind is BarKind.MUST]
    options = {"takeover": "yes"} if is_takeover else {}
    said = choice_about(card, Verb.APPROVE, options=options, waivers=waivers)
    return choose(state, said, *settled(card, musts))


def yes_for_stages(state: State) -> Turn:
    """Say yes for every stage that the person may; somebody who may approve for readers, too, stays to do so."""
    card = state.card
    said = tuple(choice_about(card, Verb.APPROVE, stage=stage) for stage in card.can.stages)
    stages = " and ".join(card.can.stages)
    if card.can.is_judge:
        note = f"Your yes for {stages} is noted. As a mayor you may approve it, too."
        return note_down(state, *said, note=note)
    return _on(_remembered(state, (*state.choices, *said)))


def claimed(state: State) -> Turn:
    """Claim the subject that is shown, or give it back; a claim that was chosen a moment ago is dropped."""
    card = state.card
    mine = [one for one in state.choices_for(card.subject) if one.is_claim]
    if mine:
        left = tuple(one for one in state.choices if one not in mine)
        return replace(_remembered(state, left), note="It stays as it was."), (Effect.KEEP,)
    release = card.can.is_claimed
    options = {"kind": CLAIM, **({"release": "yes"} if release else {})}
    words = GIVEN_BACK if release else TAKEN
    note = "You give it back." if release else "You claim it: the others see that you look at it."
    said = choice_about(card, Verb.COMMENT, words, options=options)
    return note_down(state, said, note=note)


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


def is_decided(state: State, at: int) -> bool:
    """Whether the person has answered a subject, in the part that they have."""
    card = state.cards[at]
    chosen = state.choices_for(card.subject)
    return any(one.is_answer or (one.stage and not card.can.is_judge) for one in chosen)


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


def _on(state: State) -> Turn:
    """Go to the next subject without an answer, or to the end."""
    undecided = [at for at in range(state.at + 1, len(state.cards)) if not is_decided(state, at)]
    state, effects = go(state, undecided[0]) if undecided else end(state, "")
    return state, (Effect.KEEP, *effects)


def _remembered(state: State, choices: tuple[Choice, ...]) -> State:
    return replace(state, choices=choices, past=(*state.past, (state.at, state.choices)))
