"""Show a subject: its text, its thread, what changed since the live version; and leave a receipt of what was shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.disk.receipts import Receipt, keep_receipt, read_receipt
from blognet.kernel.errors import ConflictError
from blognet.moderation.notes import number_of
from blognet.moderation.secrets import masked
from blognet.moderation.standing import published_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.actions.network import Entry, Network
    from blognet.kernel.hashing import AssetEntry, ContentHash
    from blognet.kernel.ids import AuthorId
    from blognet.moderation.events import Event, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """An event of the thread with its words, and the number of the note that it makes or resolves, 0 for none."""

    event: Event
    words: str
    note: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text with its assets, to compare."""

    label: str
    content: ContentHash | None
    text: str
    assets: tuple[AssetEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two versions.

    Attributes:
        lines: A unified diff of the texts, without line ends; keys and tokens are masked.
        assets: Changes of the bundle's files, and of what is masked, one sentence each.
    """

    before: Version
    after: Version
    lines: tuple[str, ...]
    assets: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two are the same."""
        return not self.lines and not self.assets


def thread_of(entry: Entry) -> tuple[Remark, ...]:
    """Return every event of a subject with its words, causes first."""
    decided = entry.decided
    return tuple(
        Remark(
            event=event,
            words=decided.words.get(ident, ""),
            note=number_of(event, decided.history),
        )
        for ident, event in zip(decided.history.ids, decided.history.events, strict=True)
    )


def on_disk(entry: Entry) -> Version:
    """Return what lies on disk.

    Raises:
        ConflictError: Nothing does.
    """
    if entry.proposal is None:
        message = f"there is no file for {entry.subject.typed}"
        raise ConflictError(message, hint=f"what was approved: mayor log {entry.subject.typed}")
    return Version(
        label=entry.proposal.path,
        content=entry.proposal.hash,
        text=entry.proposal.text,
        assets=entry.proposal.assets,
    )


def as_published(entry: Entry) -> Version | None:
    """Return the version that is live, scheduled, expired or was retracted; None when there is none."""
    version = published_version(entry.standing.published)
    if version is None:
        return None
    history = entry.decided.history
    approval = history.events[history.ids.index(version.approval)]
    return Version(
        label=f"approved by {approval.actor}",
        content=version.content,
        text=entry.decided.texts.get(version.content, ""),
        assets=approval.assets,
    )


def as_last_seen(network: Network, entry: Entry, actor: AuthorId | None) -> Version | None:
    """Return what this person was last shown in this working copy; None when nothing was."""
    receipt = read_receipt(network.root, entry.subject)
    if receipt is None or (actor is not None and receipt.actor != actor):
        return None
    return Version(
        label="as you saw it", content=receipt.content, text=receipt.text, assets=receipt.assets
    )


def difference(before: Version, after: Version) -> Difference:
    """Compare two versions, text line by line and files by digest."""
    from difflib import unified_diff

    lines = tuple(
        unified_diff(
            _lines(masked(before.text)),
            _lines(masked(after.text)),
            fromfile=before.label,
            tofile=after.label,
            lineterm="",
        )
    )
    changes = _asset_changes(_digests(before), _digests(after))
    if not lines and before.text != after.text:
        changes = ("changed a key or token, which is masked here", *changes)
    return Difference(before=before, after=after, lines=lines, assets=changes)


def leave_receipt(network: Network, entry: Entry, actor: AuthorId) -> None:
    """Keep in ``.blognet/`` that this person was shown exactly these bytes."""
    proposal = entry.proposal
    if proposal is None or proposal.hash is None:
        return
    receipt = Receipt(
        subject=entry.subject,
        content=proposal.hash,
        text=proposal.text,
        assets=proposal.assets,
        time=network.now,
        actor=actor,
    )
    keep_receipt(network.root, receipt)


def last_words(entry: Entry, verb: Verb) -> str:
    """Return the words of the newest event of a verb, "" when there is none."""
    remarks = [remark.words for remark in thread_of(entry) if remark.event.verb is verb]
    return remarks[-1] if remarks else ""


def _lines(text: str) -> list[str]:
    """Split at line feeds alone, as everything here does; a missing last one shows as a line of its own."""
    lines = text.split("\n")
    return lines[:-1] if not lines[-1] else [*lines, "(no line feed at the end)"]


def _digests(version: Version) -> Mapping[str, str]:
    return {asset.path: asset.sha256 for asset in version.assets}


def _asset_changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    changes: list[str] = []
    for path in sorted({*before, *after}):
        if path not in before:
            changes.append(f"added {path} ({after[path][:10]})")
        elif path not in after:
            changes.append(f"removed {path} ({before[path][:10]})")
        elif before[path] != after[path]:
            changes.append(f"changed {path} ({before[path][:10]} to {after[path][:10]})")
    return tuple(changes)
