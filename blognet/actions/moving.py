"""The courtesy move: an approved file goes from ``queue/`` to the same place under ``posts/``.

Where a file lies decides nothing, so a move that is not safe is simply not made, and says why. It is not made over
another file, and not while a branch holds another version of the file, whose merge would then have to follow the move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.entries import lying_at
from blognet.disk.git import other_versions
from blognet.disk.move import move_without_overwriting
from blognet.disk.reading import walk
from blognet.kernel.errors import BlognetError
from blognet.kernel.ids import Kind, SourcePath
from blognet.moderation.standing import pending_version, published_version

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from blognet.actions.network import Entry, Network
    from blognet.disk.git import Repository
    from blognet.kernel.ids import Subject

QUEUE, POSTS = "queue/", "posts/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What became of an approved file.

    Attributes:
        source: Where it was.
        target: Where it is now; "" when it stayed.
        stays: Why it stayed, as a sentence; "" when it moved.
        paths: Every path that appeared or vanished.
    """

    source: SourcePath
    target: str = ""
    stays: str = ""
    paths: tuple[SourcePath, ...] = ()


def move_approved(
    network: Network, entries: tuple[Entry, ...], repository: Repository | None
) -> Mapping[Subject, Moved]:
    """Move the files of subjects that were just approved, where that is safe.

    Args:
        network: As it was loaded before the approvals.
        entries: The subjects approved; those that do not lie in ``queue/`` are passed over.
        repository: For the other branches; None without git.
    """
    waiting = {entry.subject: entry for entry in entries if source_of(entry)}
    sources = {subject: source_of(entry) for subject, entry in waiting.items()}
    kept_back = _kept_back(network, waiting, frozenset(sources.values()))
    branches = other_branches(repository, tuple(waiting.values()))
    moved: dict[Subject, Moved] = {}
    done: dict[SourcePath, Moved] = {}
    for subject, entry in waiting.items():
        source = sources[subject]
        if source in done:
            moved[subject] = done[source]
        elif source in kept_back:
            other = kept_back[source].typed
            moved[subject] = Moved(source=source, stays=f"{other} in the same folder still waits")
        elif entry.subject in branches:
            names = ", ".join(branches[entry.subject])
            moved[subject] = Moved(source=source, stays=f"another version lies on {names}")
        else:
            moved[subject] = _move(network.root, source)
        done[source] = moved[subject]
    return moved


def queued_in(network: Network) -> tuple[Entry, ...]:
    """Return the posts that lie in ``queue/``; no other text is read."""
    below = lying_at(network.entries, QUEUE.rstrip("/"))
    return tuple(entry for entry in below if source_of(entry))


def source_of(entry: Entry) -> SourcePath:
    """Return the file, or the bundle's folder, that a move would take out of ``queue/``; "" when there is none."""
    proposal = entry.proposal
    if proposal is None or entry.subject.kind is not Kind.POST:
        return SourcePath("")
    source = proposal.bundle or proposal.path
    return source if source.startswith(QUEUE) else SourcePath("")


def was_approved(entry: Entry) -> bool:
    """Whether the bytes on disk are the published ones, or approved for later."""
    content = entry.standing.content
    versions = (
        published_version(entry.standing.published),
        pending_version(entry.standing.published),
    )
    return content is not None and any(v is not None and v.content == content for v in versions)


def target_of(source: SourcePath) -> SourcePath:
    """Return the same place under ``posts/``."""
    return SourcePath(POSTS + source.removeprefix(QUEUE))


def other_branches(
    repository: Repository | None, entries: tuple[Entry, ...]
) -> Mapping[Subject, tuple[str, ...]]:
    """Return, for subjects of which another branch holds another version, the names of these branches."""
    if repository is None:
        return {}
    files = {
        path: entry.subject
        for entry in entries
        if entry.proposal
        for path in (entry.proposal.path, *entry.proposal.asset_sources)
    }
    found: dict[Subject, tuple[str, ...]] = {}
    for path, names in other_versions(repository, files).items():
        found[files[path]] = tuple(sorted({*found.get(files[path], ()), *names}))
    return found


def files_of(root: Path, source: SourcePath) -> tuple[SourcePath, ...]:
    """Return the file itself, or every file in a bundle's folder, by their names on this disk."""
    entries = walk(root, source, skip=lambda _name: False)
    inside = tuple(SourcePath("/".join(entry.parts)) for entry in entries)
    return inside or (source,)


def _kept_back(
    network: Network, approved: Collection[Subject], sources: frozenset[SourcePath]
) -> Mapping[SourcePath, Subject]:
    """Return, of what would move, what waits in it and was not approved; other texts are not read."""
    kept: dict[SourcePath, Subject] = {}
    for other in (one for path in sorted(sources) for one in lying_at(network.entries, path)):
        source = source_of(other)
        if source in sources and other.subject not in approved and not was_approved(other):
            kept.setdefault(source, other.subject)
    return kept


def _move(root: Path, source: SourcePath) -> Moved:
    target = target_of(source)
    # A bundle moves with everything in it: the other languages, and files that are no assets.
    before = files_of(root, source)
    try:
        move_without_overwriting(root, source, target)
    except BlognetError as error:
        return Moved(source=source, stays=error.message)
    paths = (*before, *(target_of(path) for path in before))
    return Moved(source=source, target=target, paths=paths)
