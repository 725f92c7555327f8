"""A network loaded through the index: the same network, read as far as somebody asks.

What is kept of a subject is its card: what was decided and where it stands, which is true as long as its files have
the marks that they had, the bytes on disk are the same, and no time has come that changes something.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from blognet.actions.approved_title import approved_title
from blognet.actions.decided_cards import decided_cards, decided_text
from blognet.actions.entries import Entries, subject_of
from blognet.actions.entry_parts import Parts
from blognet.actions.kept_waiting import KeptWaiting
from blognet.actions.later_texts import LaterTexts, Proposals
from blognet.actions.lying_texts import LyingTexts
from blognet.actions.record_sheets import BRIEFS, SECTION, SHEETS, rows_of_leaf
from blognet.actions.roles import trust_in
from blognet.actions.source_cards import source_cards
from blognet.actions.source_sheets import SECTION as SOURCES
from blognet.actions.source_sheets import name_of
from blognet.actions.source_units import row_of
from blognet.actions.sources import (
    Capturing,
    Looked,
    authors_digest,
    look_at_sources,
    read_unit,
    rows_with_cards,
)
from blognet.content.values import Library, Proposal
from blognet.disk.index import Index, Kept, Row
from blognet.disk.program import program_mark, zone_mark
from blognet.kernel.hashing import sha256_hex
from blognet.moderation.record import subject_folder
from blognet.moderation.standing import published_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.decided_cards import DecidedCard
    from blognet.actions.decided_subjects import DecidedSubjects
    from blognet.config import Config
    from blognet.content.values import FoundFile, ReadingRules
    from blognet.kernel.problems import Problem


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
        root, index, rules=rules, approved=subjects.approved_authors(), began=began, mask=mask
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
        kept.beside = frozenset(entry.path for unit in entangled for entry in looked.units[unit])
    rows = rows_with_cards(looked, capturing.done, eager.problems, mask)
    eager = finish(eager)
    together = entangled | _read_together(capturing)
    cards = LyingTexts(looked, index, fresh=eager.proposals, entangled=together)
    later = LaterTexts(
        root=root, rules=rules, looked=looked, cards=cards, mask=mask, known=kept.proposal
    )
    parts = Parts(
        subjects=subjects,
        now=now,
        texts={str(one.subject): one for one in eager.proposals},
        cards=cards,
        later=later,
    )
    library = Library(
        proposals=Proposals(parts.keys_there, parts.text),
        shadowed=eager.shadowed,
        problems=_homeless(eager, looked, entangled),
    )
    _keep(index, looked, rows, parts)
    return Loaded(library=library, entries=Entries(parts), kept=kept)


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
    names, quiet = [name_of(key) for key in (*keys, *seen)], looked.quiet
    every = array("Q") if quiet is None else quiet.names()
    every.extend(names)
    if len(set(every)) == len(every):
        return frozenset()  # nearly always, and known in no time
    if quiet is not None:
        looked.open(quiet.with_names(name for name, many in Counter(every).items() if many > 1))
    found: set[str] = set()
    for unit, card in looked.cards.items():
        for text in card.texts:
            key = _folded(text.key)
            if key in seen:
                found |= {unit, seen[key]}
            seen[key] = unit
    return frozenset(found - {""})


def _read_together(capturing: Capturing) -> frozenset[str]:
    """Return the units that were read and whose texts share a subject with another text that was read."""
    units: dict[str, list[str]] = {}
    for one in capturing.done.values():
        if isinstance(one, Proposal):
            units.setdefault(_folded(str(one.subject)), []).append(one.bundle or one.path)
    return frozenset(unit for some in units.values() if len(some) > 1 for unit in some)


def _lying(looked: Looked, path: str) -> Row | None:
    """Return the names and marks of the files that a text was read from; None when they say nothing."""
    unit = path
    while unit not in looked.units and "/" in unit:
        unit = unit.rpartition("/")[0]
    if unit not in looked.units:
        return None
    return row_of(looked.units[unit]) if looked.is_as_before(unit) else looked.rows.get(unit)


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
        for unit, card in (*looked.cards.items(), *looked.quiet_faults())
        if card.faults and unit not in entangled
        for problem in card.problems
    )
    return tuple(sorted((*eager.problems, *kept)))


def _keep(index: Index, looked: Looked, rows: Mapping[str, Row], parts: Parts) -> None:
    """Keep what was read, and where subjects stand now."""
    remembered = parts.subjects.remembered
    outdated = {key: remembered.rows[key] for key in parts.outdated()}
    changed = {
        subject_folder(subject_of(key)): Row(row.names, row.marks, _said(key, parts))
        for key, row in {**outdated, **remembered.fresh}.items()
    }
    fresh = source_cards({unit: row.said for unit, row in rows.items()})
    kept = {
        SOURCES: Kept(rows, looked.gone),
        SECTION: Kept(changed, remembered.gone),
        **parts.cards.kept(fresh, authors_digest(looked.authors)),
        **_sheets(changed, parts),
    }
    if any(one.rows or one.gone for one in kept.values()):
        index.keep_all(kept)


def _sheets(changed: Mapping[str, Row], parts: Parts) -> dict[str, Kept]:
    """Return the sheets of the leaves that have none that holds, as far as all of their subjects have a card."""
    remembered = parts.subjects.remembered
    quiet = remembered.quiet
    if quiet is None:
        return {}
    fresh = decided_cards({place: row.said for place, row in changed.items()})
    made: dict[str, dict[str, Row]] = {SHEETS: {}, BRIEFS: {}}
    for leaf in quiet.loud():
        rows: dict[str, Row] = {}
        cards: dict[str, DecidedCard] = {}
        folders = quiet.leaves.folders.get(leaf, ())
        for place in folders:
            key = place.partition("/")[2]
            row = changed.get(place) or remembered.rows.get(key)
            card = fresh.get(place) or parts.standing_card(key)
            if row is None or card is None:
                break
            rows[place], cards[key] = row, card
        texts, alone = parts.cards.mark(leaf), parts.waiting_alone(leaf)
        told = rows_of_leaf(cards, rows, texts=texts, waiting=alone) if cards else None
        if told is not None and len(cards) == len(folders):
            for section, row in told.items():
                made[section][str(leaf)] = row
    gone = tuple(place for place in quiet.stale if place not in made[SHEETS])
    return {section: Kept(some, gone) for section, some in made.items()}


def _said(key: str, parts: Parts) -> str:
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
