"""A review as a machine: a state and a key give the next state and what is to be done. No terminal, no files, no clock.

The keys of each mode are one table, `KEYS`; the help is written from it. What was chosen is kept in the state until the
end, so that undoing is going back to the state before; nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import Subject


class View(Enum):
    """What is shown of a subject."""

    TEXT = "the text"
    LIVE = "what changed since the live version"
    LOOK = "what changed since you last looked"
    IMAGES = "the files beside the text"


class Mode(Enum):
    """What a key means."""

    BROWSING = "browsing"
    ENDING = "ending"
    DONE = "done"


class Effect(Enum):
    """What the terminal is to do; in the order given."""

    SHOW = "show"
    """Show this page of the subject."""
    HELP = "help"
    ASK_WORDS = "ask for words"
    """Ask for the words of `State.asking` and hand them to `worded`."""
    ASK_SUGGESTION = "ask for a suggestion"
    """Ask for old and new words and hand them to `suggested`."""
    OPEN = "open"
    """Open the preview in a browser."""
    KEEP = "keep"
    """Keep what was chosen, against a kill."""
    SUMMARY = "summary"
    WRITE = "write"
    FORGET = "forget"
    """Forget what was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the machine has to know of a subject.

    Attributes:
        subject: What it is.
        content: Its bytes; a choice is about exactly these.
        refusals: Why a verb cannot be said about it, as a sentence.
        views: What there is to see; the text always.
        first: The view to begin with.
    """

    subject: Subject
    content: ContentHash | None
    refusals: Mapping[Verb, str] = field(default_factory=dict)
    views: frozenset[View] = frozenset({View.TEXT})
    first: View = View.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to be said about a subject when the review ends.

    Attributes:
        content: The bytes it is about.
        words: The author reads them; "" for none.
        options: Of a suggestion ``quote`` and ``with``.
    """

    subject: Subject
    content: ContentHash | None
    verb: Verb
    words: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a review is.

    Attributes:
        cards: The subjects, in the order of the queue; never empty.
        at: The one that is shown, counted from 0.
        choices: What was chosen so far; for each subject any number of suggestions and at most one other.
        past: Place and choices before each change, the newest last.
        page: Of the view, counted from 0; the terminal knows how many there are.
        asking: The verb that words are asked for.
        note: A sentence for the person, shown once; "" for none.
    """

    cards: tuple[Card, ...]
    at: int = 0
    choices: tuple[Choice, ...] = ()
    past: tuple[tuple[int, tuple[Choice, ...]], ...] = ()
    view: View = View.TEXT
    by_words: bool = True
    page: int = 0
    mode: Mode = Mode.BROWSING
    asking: Verb | None = None
    note: str = ""

    @property
    def card(self) -> Card:
        """The subject that is shown."""
        return self.cards[self.at]

    def choices_for(self, subject: Subject) -> tuple[Choice, ...]:
        """Return what was chosen about a subject."""
        return tuple(choice for choice in self.choices if choice.subject == subject)


Turn = tuple[State, tuple[Effect, ...]]
END_OF_INPUT = "\x04"
"""What Ctrl-D types."""
_ALWAYS = frozenset({Verb.COMMENT, Verb.SUGGEST})


def begin(cards: tuple[Card, ...], choices: tuple[Choice, ...] = ()) -> Turn:
    """Begin, or go on with what was chosen before: at the first subject about which nothing was decided."""
    state = State(cards=cards, choices=choices)
    undecided = [at for at in range(len(cards)) if not _is_decided(state, at)]
    if not undecided:
        return _end(state, "")
    return _go(state, undecided[0])


def press(state: State, key: str) -> Turn:
    """Return what a key does."""
    state = replace(state, note="")
    known = KEYS.get(state.mode, {}).get(key)
    if known is not None:
        return known.act(state, key)
    if key == END_OF_INPUT:
        return press(state, "q" if state.mode is Mode.BROWSING else "k")
    shown = key if key.isprintable() else "this"
    return replace(state, note=f"'{shown}' is no key here: ? lists them"), ()


def worded(state: State, words: str | None) -> Turn:
    """Take the words that were asked for; None or "" when there are none, and nothing was meant."""
    verb = state.asking
    state = replace(state, asking=None)
    if verb is None or not words or not words.strip():
        return replace(state, note="Never mind: nothing was noted."), ()
    return _choose(state, verb, words.strip())


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
        state, _ = _go(state, at)
    return state, dropped


def clamped(state: State, pages: int) -> State:
    """Return the state with a page that there is."""
    if state.page < pages:
        return state
    note = state.note or "That is the end of it."
    return replace(state, page=max(0, pages - 1), note=note)


# --- browsing ----------------------------------------------------------------------------------------------------


def _approve(state: State, _key: str) -> Turn:
    return _refused(state, Verb.APPROVE) or _choose(state, Verb.APPROVE, "")


def _ask_words(state: State, key: str) -> Turn:
    verb = _WORDED[key]
    return _refused(state, verb) or (replace(state, asking=verb), (Effect.ASK_WORDS,))


def _ask_suggestion(state: State, _key: str) -> Turn:
    return _refused(state, Verb.SUGGEST) or (state, (Effect.ASK_SUGGESTION,))


def _open(state: State, _key: str) -> Turn:
    return state, (Effect.OPEN,)


def _view(state: State, key: str) -> Turn:
    view = _VIEWS[key]
    if view is state.view:
        return replace(state, view=View.TEXT, page=0), (Effect.SHOW,)
    if view not in state.card.views:
        return replace(state, note=_NOTHING[view]), ()
    return replace(state, view=view, page=0), (Effect.SHOW,)


def _words(state: State, _key: str) -> Turn:
    state = replace(state, by_words=not state.by_words)
    if state.view in {View.LIVE, View.LOOK}:
        return state, (Effect.SHOW,)
    how = "word by word" if state.by_words else "line by line"
    return replace(state, note=f"Differences are shown {how}: v, or l."), ()


def _next(state: State, _key: str) -> Turn:
    if state.at + 1 < len(state.cards):
        return _go(state, state.at + 1)
    return _end(state, "That was the last one.")


def _previous(state: State, _key: str) -> Turn:
    if state.at == 0:
        return replace(state, note="This is the first one."), ()
    return _go(state, state.at - 1)


def _page_on(state: State, _key: str) -> Turn:
    return replace(state, page=state.page + 1), (Effect.SHOW,)


def _page_back(state: State, _key: str) -> Turn:
    if state.page == 0:
        return replace(state, note="This is the beginning of it."), ()
    return replace(state, page=state.page - 1), (Effect.SHOW,)


def _undo(state: State, _key: str) -> Turn:
    if not state.past:
        return replace(state, note="There is nothing to undo."), ()
    (at, choices), past = state.past[-1], state.past[:-1]
    state, effects = _go(replace(state, choices=choices, past=past, mode=Mode.BROWSING), at)
    name = state.card.subject.typed
    return replace(state, note=f"Undone: the last thing about {name}."), (Effect.KEEP, *effects)


def _help(state: State, _key: str) -> Turn:
    return state, (Effect.HELP,)


def _quit(state: State, _key: str) -> Turn:
    return _end(state, "")


# --- ending ------------------------------------------------------------------------------------------------------


def _write(state: State, _key: str) -> Turn:
    return replace(state, mode=Mode.DONE), (Effect.WRITE,)


def _discard(state: State, _key: str) -> Turn:
    gone = replace(state, choices=(), mode=Mode.DONE, note="Discarded: nothing was decided.")
    return gone, (Effect.FORGET,)


def _keep(state: State, _key: str) -> Turn:
    note = "Kept, and nothing written yet: mayor review goes on with them."
    return replace(state, mode=Mode.DONE, note=note), (Effect.KEEP,)


def _back(state: State, _key: str) -> Turn:
    return replace(state, mode=Mode.BROWSING), (Effect.SHOW,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a key is called in the help, and what it does."""

    text: str
    act: Callable[[State, str], Turn]


_WORDED = {"r": Verb.RETURN, "d": Verb.DECLINE, "h": Verb.HOLD, "c": Verb.COMMENT}
_VIEWS = {"v": View.LIVE, "l": View.LOOK, "i": View.IMAGES}
_NOTHING = {
    View.LIVE: "Nothing of it was ever live: there is nothing to compare with.",
    View.LOOK: "You have not looked at it before: there is nothing to compare with.",
    View.IMAGES: "There are no files beside the text.",
}
KEYS: Mapping[Mode, Mapping[str, Key]] = MappingProxyType(
    {
        Mode.BROWSING: {
            "a": Key(text="approve exactly these bytes", act=_approve),
            "r": Key(text="return it to its author, with words", act=_ask_words),
            "d": Key(text="decline it, with a reason", act=_ask_words),
            "h": Key(text="hold it, with a reason", act=_ask_words),
            "c": Key(text="comment; goes along with an answer", act=_ask_words),
            "s": Key(text="suggest other words", act=_ask_suggestion),
            "o": Key(text="open the page as it would be, in a browser", act=_open),
            "v": Key(text="what changed since the live version, and back", act=_view),
            "l": Key(text="what changed since you last looked, and back", act=_view),
            "w": Key(text="differences word by word, or line by line", act=_words),
            "i": Key(text="images and other files, before and after", act=_view),
            " ": Key(text="the next page of a long text", act=_page_on),
            "b": Key(text="a page back", act=_page_back),
            "n": Key(text="the next one; says nothing about this one", act=_next),
            "p": Key(text="the one before", act=_previous),
            "u": Key(text="undo the last thing you chose", act=_undo),
            "q": Key(text="end here; asks what becomes of your choices", act=_quit),
            "?": Key(text="this list", act=_help),
        },
        Mode.ENDING: {
            "w": Key(text="write them", act=_write),
            "d": Key(text="discard them", act=_discard),
            "k": Key(text="keep them for next time", act=_keep),
            "b": Key(text="back to the review", act=_back),
            "u": Key(text="undo the last one and go back", act=_undo),
        },
    }
)


def _refused(state: State, verb: Verb) -> Turn | None:
    why = state.card.refusals.get(verb)
    return (replace(state, note=why), ()) if why else None


def _choose(state: State, verb: Verb, words: str) -> Turn:
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
        state, effects = _go(state, undecided[0])
        return state, (Effect.KEEP, *effects)
    state, effects = _end(state, "")
    return state, (Effect.KEEP, *effects)


def _remembered(state: State, choices: tuple[Choice, ...]) -> State:
    return replace(state, choices=choices, past=(*state.past, (state.at, state.choices)))


def _is_decided(state: State, at: int) -> bool:
    chosen = state.choices_for(state.cards[at].subject)
    return any(choice.verb not in _ALWAYS for choice in chosen)


def _go(state: State, at: int) -> Turn:
    card = state.cards[at]
    return replace(state, at=at, view=card.first, page=0), (Effect.SHOW,)


def _end(state: State, note: str) -> Turn:
    if not state.choices:
        note = f"{note} Nothing was decided.".strip()
        return replace(state, mode=Mode.DONE, note=note), (Effect.FORGET,)
    return replace(state, mode=Mode.ENDING, note=note), (Effect.SUMMARY,)
