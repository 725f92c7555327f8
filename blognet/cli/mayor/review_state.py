"""Where a review is, as values: its subjects, what was chosen, what is shown. No terminal, no files, no clock.

A review is a machine: a state and a key give the next state and what is to be done. What the keys do is
`blognet.cli.mayor.review_keys`; what becomes of the choices, `blognet.cli.mayor.review_choices`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import Subject
    from blognet.moderation.events import Verb


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
