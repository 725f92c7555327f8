"""Begin a revision: say which file to edit, or bring the approved version back when its file has vanished.

What is brought back is read again before a byte is written: it has to be the same subject with the same content hash,
or nothing is written. No file is ever replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.naming import find_entry
from blognet.actions.network import load_network
from blognet.content.library import read_library
from blognet.content.values import FoundFile
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.network import scan
from blognet.disk.record import read_asset_copy
from blognet.disk.writing import make_folders, write_new_file
from blognet.kernel.errors import ConflictError, FaultsError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import AuthorId, Kind, SourcePath
from blognet.moderation.approvals import first_approval
from blognet.moderation.record import subject_folder
from blognet.moderation.standing import published_version

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Entry, Network
    from blognet.moderation.approvals import Approved
    from blognet.moderation.events import Event

_HEAD = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """Where to edit.

    Attributes:
        entry: The subject, as it was before.
        path: Its text file.
        brought_back: The files that were written, or would be; empty when the file was there.
    """

    entry: Entry
    path: SourcePath
    brought_back: tuple[SourcePath, ...] = ()


def revise(
    start: Path, typed: str, *, now: datetime, here: Path, dry_run: bool = False
) -> Revision:
    """Say which file of a subject to edit; bring it back when there is none.

    Raises:
        UsageError: The name means nothing.
        ConflictError: Nothing was ever published, the record does not hold the text any more, or something is in
            the way.
    """
    root = find_network(start)
    with writing_lock(root, doing="blognet revise"):
        network = load_network(root, now=now)
        entry = find_entry(network, typed, here=here).entry
        if entry.proposal is not None:
            return Revision(entry=entry, path=entry.proposal.path)
        files = _files(network, entry, _version(entry))
        paths = tuple(file.path for file, _ in files)
        if not dry_run:
            # The text last: before it, there is no such post.
            for file, raw in files:
                *folders, name = file.path.split("/")
                write_new_file(make_folders(root, *folders) / name, raw)
    return Revision(entry=entry, path=paths[-1], brought_back=paths)


def _version(entry: Entry) -> Approved:
    version = published_version(entry.standing.published)
    name = entry.subject.typed
    if version is None:
        message = f"{name} has neither a file nor a published version"
        raise ConflictError(message, hint=f"mayor log {name} tells what was")
    if version.content not in entry.decided.texts:
        message = f"the record does not hold the text of {name}: it was purged"
        raise ConflictError(message, hint=f"mayor log {name} tells why")
    return version


def _files(
    network: Network, entry: Entry, version: Approved
) -> tuple[tuple[FoundFile, bytes], ...]:
    """Return the files that make the approved version again, the text last, after reading them as a check."""
    history = entry.decided.history
    approval = history.events[history.ids.index(version.approval)]
    text = entry.decided.texts[version.content].encode("utf-8")
    place = _place(entry, approval)
    folder = place.rpartition("/")[0]
    try:
        assets = tuple(
            (f"{folder}/{asset.path}", read_asset_copy(network.root, asset.sha256))
            for asset in approval.assets
        )
    except FaultsError as error:
        raise ConflictError(error.message, hint=error.hint) from None
    files = tuple((_found(path, raw), raw) for path, raw in (*assets, (place, text)))
    _refuse_if_other(network, entry, version, tuple(file for file, _ in files))
    return files


def _refuse_if_other(
    network: Network, entry: Entry, version: Approved, files: tuple[FoundFile, ...]
) -> None:
    new = {file.path for file in files}
    there = scan(network.root)
    taken = sorted(new & {file.path for file in there})
    known = frozenset(
        AuthorId(subject.id)
        for subject, decided in network.record.subjects.items()
        if subject.kind is Kind.PROFILE and first_approval(decided.history) is not None
    )
    library = read_library((*there, *files), rules=network.rules, known_authors=known)
    found = next((one for one in library.proposals if one.subject == entry.subject), None)
    if taken or found is None or found.hash != version.content:
        kept = f"{subject_folder(entry.subject)}/{version.content.file_stem}.txt"
        what = f"{taken[0]} is in the way" if taken else f"it would not be the same at {min(new)}"
        message = f"{entry.subject.typed} cannot be brought back by itself: {what}"
        raise ConflictError(message, hint=f"its approved text is in {kept}, quoted with '| '")


def _place(entry: Entry, approval: Event) -> str:
    """Return a path from which the same subject, authors and date follow as from the one that was approved."""
    subject, facts = entry.subject, approval.path_facts
    suffix = f".{subject.language}.md" if subject.language else ".md"
    if subject.kind is Kind.PROFILE:
        return f"authors/{subject.id}{suffix}"
    tree = "posts" if subject.kind is Kind.POST else "pages"
    folders = (tree, *facts.authors[:1])
    name = f"{facts.date}-{subject.id}" if facts.date else subject.id
    last = f"{name}/index{suffix}" if approval.assets else f"{name}{suffix}"
    return "/".join((*folders, last))


def _found(path: str, raw: bytes) -> FoundFile:
    is_text = path.lower().endswith((".md", ".svg"))
    return FoundFile(
        path=SourcePath(path),
        raw=raw if is_text else None,
        sha256=sha256_hex(raw),
        size=len(raw),
        head=b"" if is_text else raw[:_HEAD],
    )
