"""A few texts of a network read again, without looking at anything else: what a preview does while somebody types.

What comes of it is provisional. It is right for the texts that were read, whatever else changed meanwhile is found by
whoever looks at the whole; what cannot be told without the whole (two texts that want to be one subject, a file that is
no post) is left to that.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.decided_subjects import DecidedSubjects
from blognet.actions.entries import Entry, places_in, profiles_in, subject_of
from blognet.actions.network import with_masked_problems
from blognet.content.layout import TREES, bundle_around, bundles_in
from blognet.disk.network import is_no_source, read_found
from blognet.disk.reading import walk_some
from blognet.kernel.ids import AuthorId, Kind
from blognet.moderation.standing import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Network
    from blognet.content.values import FoundFile, Proposal
    from blognet.kernel.ids import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where the texts of a network lie.

    Attributes:
        units: The subjects, as texts, of each bundle or single file.
        lying: The unit of each subject that lies anywhere.
        bundles: The folders that are bundles.
        authors: Everyone with a profile or an approved one.
    """

    units: Mapping[str, tuple[str, ...]]
    lying: Mapping[str, str]
    bundles: frozenset[str]
    authors: frozenset[AuthorId]


def whereabouts(network: Network) -> Whereabouts:
    """Return where the texts of a network lie; reads none of them."""
    texts = {key: places[0] for key, places in places_in(network.entries) if places}
    bundles = bundles_in(texts.values(), network.rules.languages)
    lying = {key: bundle_around(path, bundles) or path for key, path in texts.items()}
    units: dict[str, tuple[str, ...]] = {}
    for key, unit in lying.items():
        units[unit] = (*units.get(unit, ()), key)
    return Whereabouts(units=units, lying=lying, bundles=bundles, authors=_authors(network, lying))


def read_again(
    network: Network, known: Whereabouts, paths: Iterable[str], *, now: datetime
) -> Mapping[Subject, Entry]:
    """Return the subjects that lie, or lay, at some paths, as they stand now.

    Args:
        network: As it was when everything was looked at.
        known: Where its texts lay then.
        paths: Files that may have changed, relative to the network.
        now: The time.

    Raises:
        ConflictError: The record is not what it was.
    """
    plain = {unicodedata.normalize("NFC", path): path for path in paths}
    bundles = known.bundles | bundles_in(plain, network.rules.languages)
    changed: dict[Subject, Entry] = {}
    for path in sorted(plain):
        if not _may_be_post(path):
            continue
        bundle = bundle_around(path, bundles)
        unit = bundle or path
        proposals = _proposals(network, known, plain[path], depth=bundle.count("/") + 1)
        if any(known.lying.get(key, unit) != unit for key in proposals):
            continue
        for key in {*known.units.get(unit, ()), *proposals}:
            subject = subject_of(key)
            changed[subject] = _entry(network, subject, proposals.get(key), now)
    return changed


def _authors(network: Network, lying: Mapping[str, str]) -> frozenset[AuthorId]:
    subjects = network.record.subjects
    profiles = (one.subject for one in profiles_in(network.entries))
    approved = (
        subjects.approved_authors()
        if isinstance(subjects, DecidedSubjects)
        else frozenset[AuthorId]()
    )
    return approved | {AuthorId(subject.id) for subject in profiles if str(subject) in lying}


def _may_be_post(path: str) -> bool:
    tree, *below = path.split("/")
    is_tree = TREES.get(tree, Kind.PROFILE) is not Kind.PROFILE
    return is_tree and bool(below) and not any(map(is_no_source, below))


def _proposals(
    network: Network, known: Whereabouts, path: str, *, depth: int
) -> Mapping[str, Proposal]:
    """Read the bundle or file that a path belongs to.

    Args:
        network: As it was.
        known: Where its texts lay.
        path: As it is on this disk.
        depth: How many of its parts lead to a bundle; 1 when it is a single file.
    """
    from blognet.content.library import read_library

    parts = path.split("/")
    *folders, name = parts[:depth] if depth > 1 else parts
    files = _files(network.root, "/".join(folders), name)
    library = read_library(files, rules=network.rules, known_authors=known.authors)
    return {str(one.subject): with_masked_problems(one) for one in library.proposals}


def _files(root: Path, folder: str, name: str) -> tuple[FoundFile, ...]:
    found = walk_some(root, folder, (name,), skip=is_no_source)
    return tuple(read_found(root, entry) for entry in found)


def _entry(network: Network, subject: Subject, proposal: Proposal | None, now: datetime) -> Entry:
    decided = network.record.of(subject)
    standing = standing_of(
        decided.history,
        content=proposal.hash if proposal else None,
        is_draft=proposal.is_draft if proposal else False,
        on_disk=proposal is not None,
        now=now,
    )
    return Entry(subject=subject, proposal=proposal, decided=decided, standing=standing)
