"""Move approved files that stayed in ``queue/`` to the same place under ``posts/``.

A file under ``posts/`` that is in the way is taken out first when it is itself an approved version, whose copy the
record keeps: then nothing is lost. Anything else in the way stays, and so does the file in ``queue/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.committing import commit_or_say
from blognet.actions.moving import (
    Moved,
    files_of,
    move_approved,
    other_branches,
    queued_in,
    source_of,
    target_of,
    was_approved,
)
from blognet.actions.network import load_network
from blognet.disk.commit import refuse_if_unready
from blognet.disk.git import repository_of
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.removing import digest_of_text, remove_files
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Entry, Network
    from blognet.content.values import Proposal
    from blognet.disk.git import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """What was moved, what stayed, and the commit."""

    moved: tuple[Moved, ...]
    commit: str = ""
    commit_failure: str = ""


def tidy(start: Path, *, now: datetime, commit: bool = False, dry_run: bool = False) -> Tidied:
    """Move every approved file that lies in ``queue/``, where that is safe.

    Raises:
        ConflictError: A commit was asked for, and git is in the middle of something.
    """
    root = find_network(start)
    with writing_lock(root, doing="mayor tidy"):
        network = load_network(root, now=now)
        repository = repository_of(root)
        if commit and repository is not None:
            refuse_if_unready(repository)
        entries = tuple(filter(was_approved, queued_in(network)))
        if dry_run:
            return Tidied(moved=tuple(_as_planned(entry) for entry in entries))
        removed = _make_way(network, entries, repository)
        moves = move_approved(network, entries, repository)
        paths = {*removed, *(path for moved in moves.values() for path in moved.paths)}
        done = tuple({moved.source: moved for moved in moves.values()}.values())
        made, failure = "", ""
        if commit and paths:
            message = (
                f"tidy {len(done)} approved {'file' if len(done) == 1 else 'files'} into posts/"
            )
            made, failure = commit_or_say(repository, tuple(sorted(paths)), message)
    return Tidied(moved=done, commit=made, commit_failure=failure)


def _as_planned(entry: Entry) -> Moved:
    source = source_of(entry)
    return Moved(source=source, target=target_of(source))


def _make_way(
    network: Network, entries: tuple[Entry, ...], repository: Repository | None
) -> tuple[SourcePath, ...]:
    """Take out of ``posts/`` the approved versions whose place is wanted; return the paths that vanished."""
    shadowed = {proposal.subject: proposal for proposal in network.library.shadowed}
    branches = other_branches(repository, entries)
    gone: list[SourcePath] = []
    for entry in entries:
        old = shadowed.get(entry.subject)
        if old is None or entry.subject in branches:
            continue
        place = SourcePath(old.bundle or old.path)
        if place != target_of(source_of(entry)) or old.hash not in entry.decided.texts:
            continue
        # What else lies in the folder (another language, say) is kept nowhere, and needs the files beside it.
        files = _digests(network.root, old)
        if {path for path, _ in files} == set(files_of(network.root, place)):
            remove_files(network.root, files)
            gone += [path for path, _ in files]
    return tuple(gone)


def _digests(root: Path, proposal: Proposal) -> tuple[tuple[SourcePath, str], ...]:
    """Return the files of a proposal with the digests of their bytes, which must still be there when they go."""
    assets = zip(proposal.asset_sources, proposal.assets, strict=True)
    text = (proposal.path, digest_of_text(root, proposal.path, proposal.text))
    return (text, *((path, asset.sha256) for path, asset in assets))
