"""A network loaded through the index: the same network, read as far as somebody asks.

What is kept of a subject is its card: what was decided and where it stands, which is true as long as its files have
the marks that they had, the bytes on disk are the same, and no time has come that changes something.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from blognet.actions.approved_title import approved_title
from blognet.actions.cards import said_moment
from blognet.actions.decided_cards import DecidedCard, decided_text, standing_on
from blognet.actions.decided_subjects import SECTION, DecidedSubjects, in_order
from blognet.actions.entries import Entries, content_of, subject_of
from blognet.actions.glances import Outline, glance_at, glance_on, outline_of
from blognet.actions.kept_waiting import KeptWaiting
from blognet.actions.later_texts import LaterTexts, Proposals
from blognet.actions.roles import trust_in
from blognet.actions.source_cards import TextCard, text_card
from blognet.actions.sources import SECTION as SOURCES
from blognet.actions.sources import (
    Capturing,
    Looked,
    authors_digest,
    look_at_sources,
    read_unit,
    row_of,
    rows_with_cards,
)
from blognet.content.values import Library, Proposal
from blognet.disk.index import Index, Row
from blognet.disk.program import program_mark, zone_mark
from blognet.kernel.hashing import ContentHash, sha256_hex
from blognet.moderation.history import History
from blognet.moderation.notes import notes_of
from blognet.moderation.record import SubjectRecord, subject_folder
from blognet.moderation.standing import Proposed, published_version, standing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.glances import Glance
    from blognet.config import Config
    from blognet.content.values import FoundFile, ReadingRules
    from blognet.kernel.ids import Subject
    from blognet.kernel.problems import Problem
    from blognet.moderation.standing import Standing


def index_of(root: Path, config: Config, rules: ReadingRules) -> Index:
    """Return the index of a network under its settings."""
    trust = trust_in(config)
    reviewers = {stage: sorted(names) for stage, names in sorted(trust.reviewers.items())}
    said = (
        program_mark(),
        zone_mark(rules.zone),
        rules.main_language,
        rules.languages,
        rules.topics,
        trust.network,
        sorted(trust.mayors),
        sorted(trust.deputies),
        reviewers,
    )
    return Index(root=root, key=sha256_hex(repr(said).encode("utf-8")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What lies on disk and where everything stands, and what is kept of texts that wait."""

    library: Library
    entries: Entries
    kept: KeptWaiting


def load_through(
    root: Path,
    subjects: DecidedSubjects,
    index: Index,
    *,
    rules: ReadingRules,
    now: datetime,
    began: int,
    finish: Callable[[Library], Library],
    mask: Callable[[Proposal], Proposal],
) -> Loaded:
    """Read the sources through the index, find where every subject stands, and keep what was read.

    Args:
        root: The network folder.
        subjects: What was decided.
        index: What was read before.
        rules: How sources are read.
        now: The time.
        began: Nanoseconds since 1970, from before anything was looked at.
        finish: What else becomes of a library that was read: hidden edits are told, secrets masked.
        mask: Takes secrets out of a proposal's problems.
    """
    looked = look_at_sources(
        root, index, rules=rules, approved=subjects.approved_authors(), began=began
    )
    kept = KeptWaiting(
        index=index,
        authors=authors_digest(looked.authors),
        lying=partial(_lying, looked),
        is_waiting=lambda key: parts.is_there(key) and parts.is_proposed(key),
        read=lambda path: later.read(path) or _captured(capturing, path, mask),
    )
    capturing = Capturing(known=kept.proposal)
    eager = _read(looked.files, looked, rules, capturing)
    entangled = _entangled(looked, capturing)
    if entangled:
        files = (one for unit in entangled for one in read_unit(root, looked.units[unit]))
        eager = _read((*looked.files, *files), looked, rules, capturing)
        kept.beside = frozenset(capturing.done)
    rows = rows_with_cards(looked, capturing.done, eager.problems, mask)
    eager = finish(eager)
    cards = {
        text.key: (unit, text)
        for unit, card in looked.cards.items()
        if unit not in entangled
        for text in card.texts
    }
    later = LaterTexts(
        root=root, rules=rules, looked=looked, cards=cards, mask=mask, known=kept.proposal
    )
    parts = _Parts(
        subjects=subjects,
        now=now,
        texts={str(one.subject): one for one in eager.proposals},
        cards=cards,
        later=later,
    )
    decided = subjects.keys_in_order()
    others = {*parts.texts, *cards}.difference(decided)
    keys = sorted({*decided, *others}, key=in_order) if others else decided
    lying = (key for key in keys if key in parts.texts or key in cards)
    library = Library(
        proposals=Proposals(lying, parts.text),
        shadowed=eager.shadowed,
        problems=_homeless(eager, looked, entangled),
    )
    _keep(index, looked, rows, parts)
    return Loaded(library=library, entries=Entries(keys, parts, parts.is_proposed), kept=kept)


def _read(
    files: Iterable[FoundFile], looked: Looked, rules: ReadingRules, capturing: Capturing
) -> Library:
    listed = tuple(files)
    if not listed:
        return Library(proposals=())
    from blognet.content.library import read_library

    return read_library(
        listed,
        rules=rules,
        known_authors=looked.authors,
        proposing=capturing,
    )


def _entangled(looked: Looked, capturing: Capturing) -> frozenset[str]:
    """Return the units whose texts share a subject with another text, as far as they were not read."""
    fresh = (one for one in capturing.done.values() if isinstance(one, Proposal))
    seen = {_folded(str(one.subject)): "" for one in fresh}
    keys = [_folded(text.key) for card in looked.cards.values() for text in card.texts]
    if len({*keys, *seen}) == len(keys) + len(seen):
        return frozenset()  # nearly always, and known in no time
    found: set[str] = set()
    for unit, card in looked.cards.items():
        for text in card.texts:
            key = _folded(text.key)
            if key in seen:
                found |= {unit, seen[key]}
            seen[key] = unit
    return frozenset(found - {""})


def _lying(looked: Looked, path: str) -> Row | None:
    """Return the names and marks of the files that a text was read from; None when they say nothing."""
    unit = path
    while unit not in looked.units and "/" in unit:
        unit = unit.rpartition("/")[0]
    if unit not in looked.units:
        return None
    return row_of(looked.units[unit]) if unit in looked.cards else looked.rows.get(unit)


def _captured(
    capturing: Capturing, path: str, mask: Callable[[Proposal], Proposal]
) -> Proposal | None:
    proposal = capturing.done.get(path)
    return mask(proposal) if isinstance(proposal, Proposal) else None


def _folded(key: str) -> str:
    return key.lower() if key.startswith("profile/") else key


def _homeless(eager: Library, looked: Looked, entangled: frozenset[str]) -> tuple[Problem, ...]:
    kept = (
        problem
        for unit, card in looked.cards.items()
        if card.faults and unit not in entangled
        for problem in card.problems
    )
    return tuple(sorted((*eager.problems, *kept)))


@dataclass(slots=True, kw_only=True)
class _Parts:
    """Where entries have their parts from.

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


def _keep(index: Index, looked: Looked, rows: Mapping[str, Row], parts: _Parts) -> None:
    """Keep what was read, and where subjects stand now."""
    if rows or looked.gone:
        index.keep(SOURCES, rows, gone=looked.gone)
    remembered = parts.subjects.remembered
    outdated = {key: remembered.rows[key] for key in parts.outdated()}
    changed = {
        subject_folder(subject_of(key)): Row(row.names, row.marks, _said(key, parts))
        for key, row in {**outdated, **remembered.fresh}.items()
    }
    if changed or remembered.gone:
        index.keep(SECTION, changed, gone=remembered.gone)


def _said(key: str, parts: _Parts) -> str:
    subject = subject_of(key)
    _, is_draft, on_disk = parts.on_disk(key)
    decided, standing = parts.decided(subject), parts.standing(subject)
    version = published_version(standing.published)
    is_told = version is None or parts.tells_title(key)
    return decided_text(
        decided,
        standing,
        asset_names=parts.subjects.remembered.assets,
        now=parts.now,
        is_draft=is_draft,
        on_disk=on_disk,
        title="" if is_told or version is None else approved_title(decided, version),
    )
