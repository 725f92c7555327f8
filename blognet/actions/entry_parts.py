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
from blognet.actions.decided_subjects import briefs_of, in_order
from blognet.actions.entries import content_of, subject_of
from blognet.actions.glances import Outline, glance_at, glance_on, outline_of
from blognet.actions.source_cards import TextCard, text_card
from blognet.disk.record_leaves import leaf_of
from blognet.kernel.hashing import ContentHash
from blognet.kernel.ids import Kind
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
    from blognet.actions.lying_texts import LyingTexts
    from blognet.actions.source_sheets import Line
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
    cards: LyingTexts
    later: LaterTexts
    _standing: dict[str, DecidedCard] = field(default_factory=dict)
    _folded: dict[str, Standing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the cards that still say where their subject stands."""
        self.subjects.taking = self._take_cards
        self._take_cards(self.subjects.remembered.cards)
        self.subjects.open(self._untrue())

    def _take_cards(self, keys: Iterable[str]) -> None:
        now, known = said_moment(self.now), self.subjects.remembered.cards
        cards = [(key, card) for key in keys if (card := known.get(key)) is not None]
        lines = self.cards.lines({leaf_of(key) for key, _ in cards})
        for key, card in cards:
            if _is_true(card, lines.get(key), now):
                self._standing[key] = card

    def open(self) -> None:
        """Take the cards of all subjects, and of all texts, in place of their sheets."""
        self.subjects.open()
        self.cards.open()

    def _untrue(self) -> list[int]:
        """Return the leaves whose sheet does not say any more where their subjects stand."""
        quiet, now = self.subjects.remembered.quiet, said_moment(self.now)
        sheets = {} if quiet is None else quiet.sheets
        return [
            leaf
            for leaf, sheet in sheets.items()
            if not sheet.is_true_at(now) or sheet.texts != self.cards.mark(leaf)
        ]

    def has(self, key: str) -> bool:
        """Whether anything lies on disk of a subject, or was decided about it."""
        return self.is_there(key) or self.subjects.has(key)

    def keys(self) -> tuple[str, ...]:
        """Return all subjects as texts, sorted as subjects are."""
        decided = self.subjects.keys_in_order()
        others = self.cards.lines(self.cards.leaves()).keys() - decided
        return tuple(sorted({*decided, *others}, key=in_order)) if others else decided

    def keys_there(self) -> tuple[str, ...]:
        """Return the subjects as texts of which something lies on disk, sorted."""
        return tuple(sorted(self.cards.lines(self.cards.leaves()), key=in_order))

    def keys_of(self, kind: Kind) -> tuple[str, ...]:
        """Return the subjects of a kind as texts, sorted."""
        begin = f"{kind.value}/"
        is_profile = kind is Kind.PROFILE
        lines = self.cards.profiles() if is_profile else self.cards.lines(self.cards.leaves())
        there = (key for key in lines if key.startswith(begin))
        return tuple(sorted({*there, *self.subjects.of_kind(kind)}, key=in_order))

    def _loud(self) -> set[str]:
        """Return the subjects, as texts, of which not only a sheet is known."""
        quiet = self.subjects.remembered.quiet
        sheets = {} if quiet is None else quiet.sheets
        there = self.cards.lines(leaf for leaf in self.cards.leaves() if leaf not in sheets)
        return {*there, *self.subjects.loud()}

    def proposed(self) -> tuple[str, ...]:
        """Return the subjects as texts with something proposed, or a force that wants a second look, sorted."""
        told = (key for sheet in self.subjects.remembered.sheets() for key in sheet.proposed)
        return tuple(sorted({*told, *filter(self.is_proposed, self._loud())}, key=in_order))

    def changing(self) -> tuple[str, ...]:
        """Return the subjects as texts that time alone may change, sorted."""
        told = (key for sheet in self.subjects.remembered.sheets() for key in sheet.changing)
        return tuple(sorted({*told, *filter(self.may_change, self._loud())}, key=in_order))

    def bound(self, kind: Kind) -> frozenset[str]:
        """Return the authors of what is published, or was, of a kind."""
        begin, sheets = f"{kind.value}/", self.subjects.remembered.sheets()
        told = (author for sheet in sheets for author in sheet.authors[kind.value])
        return self.bound_authors(k for k in self._loud() if k.startswith(begin)).union(told)

    def waiting_alone(self, leaf: int) -> list[str]:
        """Return the subjects of a leaf, as texts, on which nothing was decided and with something proposed."""
        alone = (key for key in self.cards.lines((leaf,)) if not self.subjects.has(key))
        return sorted(filter(self.is_proposed, alone))

    def near(self, path: str) -> set[str]:
        """Return at least the subjects as texts of which a file lies at a path, or below it."""
        return {*self.texts, *(text.key for _, text in self.cards.near(path))}

    def outlines(self) -> Iterator[tuple[str, Outline]]:
        """Yield every subject as a text with what it is found by."""
        briefs = {brief.key: brief for brief in briefs_of(self.subjects)}
        lines = self.cards.lines(self.cards.leaves())
        for key in self.keys():
            brief = briefs.get(key)
            if brief is None or key in self.texts:
                yield key, self.outline(key)
                continue
            text = lines.get(key)
            title = None if text is None else text.title
            yield (
                key,
                (
                    brief.url if brief.approval else None,
                    (brief.title or subject_of(key).id) if title is None else title,
                    () if text is None else text.aliases,
                    brief.by.split(),
                ),
            )

    def standing_card(self, key: str) -> DecidedCard | None:
        """Return the card of a subject, named as a text, that says where it stands; None when none does."""
        if not self.subjects.remembered.is_quiet(key):
            return self._standing.get(key)
        card = self.subjects.remembered.card(key)
        # Another command may have kept it after a time had come, or for another text.
        is_true = card and _is_true(card, self.cards.line(key), said_moment(self.now))
        return card if is_true else None

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
            card = self.standing_card(key)
            known = self._folded[key] = self._fold(subject) if card is None else standing_on(card)
        return known

    def glance(self, subject: Subject) -> Glance:
        """Return what is seen of a subject without reading it."""
        key = str(subject)
        if key in self.texts:
            text: TextCard | None = text_card(self.texts[key])
        else:
            text = self.cards[key][1] if key in self.cards else None
        card = self.standing_card(key)
        if card is None:
            title_of = partial(approved_title, self.decided(subject))
            return glance_at(subject, self.standing(subject), text, title_of=title_of)
        return glance_on(subject, card, text)

    def is_proposed(self, key: str) -> bool:
        """Whether something is proposed, or a force wants a second look."""
        card = self.standing_card(key)
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
        card = self.subjects.remembered.card(key)
        return bool(notes_of(self._history(key)) if card is None else card.has_notes)

    def may_be_later(self, key: str, moment: datetime) -> bool:
        """Whether what readers see of a subject may have changed after a moment."""
        card = self.standing_card(key)
        return card is None or max(card.since, card.latest) > said_moment(moment)

    def may_change(self, key: str) -> bool:
        """Whether time alone may change where a subject stands."""
        card = self.standing_card(key)
        return card is None or bool(card.until)

    def on_disk(self, key: str) -> tuple[str, bool, bool]:
        """Return the content hash of what lies on disk, whether it is a draft, and whether anything lies there."""
        line = self.cards.line(key)
        return ("", False, False) if line is None else (line.content, bool(line.draft), True)

    def is_there(self, key: str) -> bool:
        """Whether anything lies on disk of a subject."""
        return self.cards.line(key) is not None

    def tells_title(self, key: str) -> bool:
        """Whether what lies on disk of a subject has a title or name."""
        line = self.cards.line(key)
        return line is not None and bool(line.called)

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
        card = self.standing_card(key)
        if card is None or key in self.texts or author in card.by or f"/{author}" in key:
            return True
        return key in self.cards and author in self.cards[key][1].said

    def bound_authors(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the authors of what is published, or was, of some subjects."""
        found: set[str] = set()
        for key in keys:
            card = self.standing_card(key)
            found.add(" ".join(self.outline(key)[3]) if card is None else card.by)
        return frozenset(author for by in found for author in by.split())

    def outline(self, key: str) -> Outline:
        """Return what a subject is found by."""
        card = self.standing_card(key)
        if card is None or key in self.texts:
            return outline_of(self.glance(subject_of(key)))
        written = self.cards.line(key)
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


def _is_true(card: DecidedCard, line: Line | None, now: str) -> bool:
    """Whether a card says where its subject stands with what lies on disk, at a time as `said_moment` gives it."""
    on_disk = ("", "", "") if line is None else (line.content, line.draft, "1")
    is_same = (card.content, card.is_draft, card.on_disk) == on_disk
    return is_same and card.is_published_at(now)
