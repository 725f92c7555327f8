"""Where entries have their parts from: what lies on disk of a subject, what was decided, and where it stands.

Each is told by a card as long as the card says it, and read or worked out when somebody asks for more. Knows no index.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from blognet.actions.approved_title import approved_title
from blognet.actions.cards import said_moment
from blognet.actions.decided_cards import DecidedCard, standing_on
from blognet.actions.entries import content_of, subject_of
from blognet.actions.glances import Outline, glance_at, glance_on, outline_of
from blognet.actions.source_cards import TextCard, text_card
from blognet.kernel.hashing import ContentHash
from blognet.moderation.history import History
from blognet.moderation.notes import notes_of
from blognet.moderation.record import SubjectRecord
from blognet.moderation.standing import Proposed, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from blognet.actions.decided_subjects import DecidedSubjects
    from blognet.actions.glances import Glance
    from blognet.actions.later_texts import LaterTexts
    from blognet.content.values import Proposal
    from blognet.kernel.ids import Subject
    from blognet.kernel.problems import Problem
    from blognet.moderation.standing import Standing


@dataclass(slots=True, kw_only=True)
class Parts:
    """Where the entries of one network have their parts from.

    Attributes:
        subjects: What was decided.
        now: The time.
        texts: What was read of the sources, by the subject as a text.
        cards: What was not.
        later: Reads it.
    """

    subjects: DecidedSubjects
    now: datetime
    texts: Mapping[str, Proposal]
    cards: Mapping[str, tuple[str, TextCard]]
    later: LaterTexts
    _standing: dict[str, DecidedCard] = field(default_factory=dict)
    _folded: dict[str, Standing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the cards that still say where their subject stands."""
        now, cards, texts = said_moment(self.now), self.cards, self.texts
        for key, card in self.subjects.remembered.cards.items():
            text = cards[key][1] if key in cards and key not in texts else None
            if text is None:
                content, is_draft, on_disk = self.on_disk(key)
                is_same = card.is_of(content=content, is_draft=is_draft, on_disk=on_disk)
            else:  # nearly all; nothing is made to compare them
                is_same = (card.content, card.is_draft, card.on_disk) == (*text[3:5], "1")
            if is_same and card.is_published_at(now):
                self._standing[key] = card

    def text(self, key: str) -> Proposal:
        """Return the proposal of a subject that has one."""
        return self.texts[key] if key in self.texts else self.later.proposal(key)

    def proposal(self, subject: Subject) -> Proposal | None:
        """Return what lies on disk of a subject."""
        key = str(subject)
        return self.text(key) if key in self.texts or key in self.cards else None

    def decided(self, subject: Subject) -> SubjectRecord:
        """Return what was decided about a subject."""
        nothing = SubjectRecord(subject=subject, history=History(subject=subject))
        return self.subjects.get(subject, nothing)

    def standing(self, subject: Subject) -> Standing:
        """Return where a subject stands."""
        key = str(subject)
        known = self._folded.get(key)
        if known is None:
            card = self._standing.get(key)
            known = self._folded[key] = self._fold(subject) if card is None else standing_on(card)
        return known

    def glance(self, subject: Subject) -> Glance:
        """Return what is seen of a subject without reading it."""
        key = str(subject)
        if key in self.texts:
            text: TextCard | None = text_card(self.texts[key])
        else:
            text = self.cards[key][1] if key in self.cards else None
        card = self._standing.get(key)
        if card is None:
            title_of = partial(approved_title, self.decided(subject))
            return glance_at(subject, self.standing(subject), text, title_of=title_of)
        return glance_on(subject, card, text)

    def is_proposed(self, key: str) -> bool:
        """Whether something is proposed, or a force wants a second look."""
        card = self._standing.get(key)
        if card is not None:
            return card.proposed != Proposed.NONE.value or bool(card.second)
        standing = self.standing(subject_of(key))
        return standing.proposed is not Proposed.NONE or standing.second is not None

    def problems(self, key: str) -> tuple[Problem, ...]:
        """Return the faults of what lies on disk of a subject."""
        if key in self.texts:
            return self.texts[key].problems
        return self.cards[key][1].problems if key in self.cards else ()

    def has_notes(self, key: str) -> bool:
        """Whether there are notes on a subject."""
        card = self.subjects.remembered.cards.get(key)
        return bool(notes_of(self._history(key)) if card is None else card.has_notes)

    def may_be_later(self, key: str, moment: datetime) -> bool:
        """Whether what readers see of a subject may have changed after a moment."""
        card = self._standing.get(key)
        return card is None or max(card.since, card.latest) > said_moment(moment)

    def may_change(self, key: str) -> bool:
        """Whether time alone may change where a subject stands."""
        card = self._standing.get(key)
        return card is None or bool(card.until)

    def on_disk(self, key: str) -> tuple[str, bool, bool]:
        """Return the content hash of what lies on disk, whether it is a draft, and whether anything lies there."""
        if key in self.texts:
            proposal = self.texts[key]
            return proposal.hash.hex if proposal.hash else "", proposal.is_draft, True
        if key in self.cards:
            card = self.cards[key][1]
            return card.content, card.is_draft, True
        return "", False, False

    def is_there(self, key: str) -> bool:
        """Whether anything lies on disk of a subject."""
        return key in self.texts or key in self.cards

    def tells_title(self, key: str) -> bool:
        """Whether what lies on disk of a subject has a title or name."""
        if key in self.texts:
            return self.texts[key].content is not None
        return key in self.cards and self.cards[key][1].title is not None

    def outdated(self) -> Iterator[str]:
        """Yield the subjects as texts whose card does not say any more where they stand."""
        return (key for key in self.subjects.remembered.cards if key not in self._standing)

    def places(self, key: str) -> tuple[str, ...]:
        """Return where a subject lies: its text and the files beside it."""
        if key in self.texts:
            proposal = self.texts[key]
            return (proposal.path, *proposal.asset_sources)
        if key in self.cards:
            card = self.cards[key][1]
            return (card.path, *card.sources)
        return ()

    def content(self, key: str) -> tuple[str, str]:
        """Return the content hash in hex, and the path, of the text on disk of a subject; "" for none."""
        if key in self.texts:
            return content_of(self.texts[key])
        if key in self.cards:
            card = self.cards[key][1]
            return card.content, card.path
        return "", ""

    def may_be_by(self, key: str, author: str) -> bool:
        """Whether somebody may be an author of a subject."""
        card = self._standing.get(key)
        if card is None or key in self.texts or author in card.by or f"/{author}" in key:
            return True
        return key in self.cards and author in self.cards[key][1].said

    def bound_authors(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the authors of what is published, or was, of some subjects."""
        found: set[str] = set()
        for key in keys:
            card = self._standing.get(key)
            found.add(" ".join(self.outline(key)[3]) if card is None else card.by)
        return frozenset(author for by in found for author in by.split())

    def outline(self, key: str) -> Outline:
        """Return what a subject is found by."""
        card = self._standing.get(key)
        if card is None or key in self.texts:
            return outline_of(self.glance(subject_of(key)))
        text = self.cards.get(key)
        written = text[1] if text else None
        title = None if written is None else written.title
        return (
            card.url if card.approval else None,  # `bound_url`, which nearly all are asked for
            (card.rest.title or subject_of(key).id) if title is None else title,
            written.aliases if written else (),
            card.by.split(),
        )

    def _history(self, key: str) -> History:
        return self.decided(subject_of(key)).history

    def _fold(self, subject: Subject) -> Standing:
        content, is_draft, on_disk = self.on_disk(str(subject))
        return standing_of(
            self.decided(subject).history,
            content=ContentHash(content) if content else None,
            is_draft=is_draft,
            on_disk=on_disk,
            now=self.now,
        )
