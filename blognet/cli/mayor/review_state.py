"""Where a review is, as values: its subjects, what was chosen, what is shown. No terminal, no files, no clock.

A review is a machine: a state and a key give the next state and what is to be done. What the keys do is
`blognet.cli.mayor.review_keys`; what becomes of the choices, `blognet.cli.mayor.review_choices`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from blognet.actions.sayable import Sayable
from blognet.moderation.events import CLAIM, Verb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import Subject

_NOTES = frozenset({Verb.COMMENT, Verb.SUGGEST, Verb.RESOLVE})


class View(Enum):
    """What is shown of a subject."""

    TEXT = "the text"
    LIVE = "what changed since the live version"
    LOOK = "what changed since you last looked"
    IMAGES = "the files beside the text"
    SIDES = "what was decided without seeing each other"


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
    """Ask for old and new words."""
    ASK_NOTE = "ask for a note on words of the text"
    ASK_NOTES = "ask which notes to settle"
    ASK_LIFTING = "ask for what lifts the bars of an approval"
    ASK_PLACE = "ask where to go"
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
        can: What can be said about it after what was chosen so far, and why not the rest.
        views: What there is to see; the text always.
        first: The view to begin with.
    """

    subject: Subject
    content: ContentHash | None
    can: Sayable = field(default_factory=Sayable)
    views: frozenset[View] = frozenset({View.TEXT})
    first: View = View.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to be said about a subject when the review ends.

    Attributes:
        content: The bytes it is about.
        words: The author reads them; "" for none.
        options: As in the event that it becomes.
        stage: The stage that a yes is for; "" for readers.
        waivers: Reasons by check, for an approval in spite of what that check found.
    """

    subject: Subject
    content: ContentHash | None
    verb: Verb
    words: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    stage: str = ""
    waivers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_claim(self) -> bool:
        """Whether it says who looks at the subject, and nothing about it."""
        return self.verb is Verb.COMMENT and self.options.get("kind") == CLAIM

    @property
    def is_plain_comment(self) -> bool:
        """Whether its words go along with an answer."""
        return self.verb is Verb.COMMENT and not self.options

    @property
    def is_answer(self) -> bool:
        """Whether it answers the author: of these, a subject has at most one."""
        return self.verb not in _NOTES and not self.stage

    @property
    def in_a_word(self) -> str:
        """What it does, for a list."""
        if self.stage:
            return f"yes for {self.stage}"
        if self.is_claim:
            return "give back" if self.options.get("release") else "claim"
        if self.verb is Verb.RESOLVE:
            return "settle"
        return self.options.get("kind", "") or self.verb.value


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a review is.

    Attributes:
        cards: The subjects, in the order of the queue; never empty.
        at: The one that is shown, counted from 0.
        choices: What was chosen so far; for each subject any number of notes and at most one answer.
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
