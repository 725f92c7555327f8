"""Receipts: which bytes of a subject a command has shown, so that a decision is about what was seen.

They are private to one copy of the network, and safe to lose: without one the person is asked. Whatever cannot be read
counts as no receipt.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.reading import MAX_TEXT, read_plain
from blognet.disk.writing import replace_file, told
from blognet.kernel.hashing import AssetEntry, ContentHash, parse_content_hash
from blognet.kernel.ids import AuthorId, Subject, parse_author_id
from blognet.kernel.times import iso, parse_iso

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

FORMAT = 1
_SEEN = "seen"
_LONGEST = 8 * MAX_TEXT  # JSON writes some characters as six bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was shown to whom.

    Attributes:
        subject: What was shown.
        content: The hash of its bytes.
        text: Its text, to show what changed since.
        assets: Its assets.
        time: When, aware UTC.
        actor: To whom.
    """

    subject: Subject
    content: ContentHash
    text: str
    assets: tuple[AssetEntry, ...]
    time: datetime
    actor: AuthorId


def keep_receipt(root: Path, receipt: Receipt) -> None:
    """Remember what was shown, in place of what was shown of this subject before.

    Raises:
        BlognetError: When the disk refuses.
    """
    said = {
        "actor": receipt.actor,
        "assets": {asset.path: asset.sha256 for asset in receipt.assets},
        "content": str(receipt.content),
        "format": FORMAT,
        "subject": str(receipt.subject),
        "text": receipt.text,
        "time": iso(receipt.time),
    }
    raw = (json.dumps(said, sort_keys=True, indent=1) + "\n").encode("utf-8")
    replace_file(private_folder(root, _SEEN) / _name(receipt.subject), raw)


def read_receipt(root: Path, subject: Subject) -> Receipt | None:
    """Return what was shown of a subject last; None when nothing was, or the receipt is damaged."""
    raw = read_plain(root, (PRIVATE, _SEEN, _name(subject)), limit=_LONGEST)
    if isinstance(raw, FileFault):
        return None
    try:
        said: object = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return None
    return _parsed(said, subject)


def forget_receipt(root: Path, subject: Subject) -> None:
    """Remove a receipt, if there is one.

    Raises:
        BlognetError: When the disk refuses.
    """
    path = root / PRIVATE / _SEEN / _name(subject)
    with told(f"{path} could not be removed"):
        path.unlink(missing_ok=True)


def _name(subject: Subject) -> str:
    return f"{subject.kind.value}-{subject.name}.json"


def _parsed(said: dict[object, object], subject: Subject) -> Receipt | None:
    content = parse_content_hash(str(said.get("content")))
    time = parse_iso(str(said.get("time")))
    actor = parse_author_id(str(said.get("actor")))
    text, assets = said.get("text"), said.get("assets")
    if content is None or time is None or actor is None or said.get("subject") != str(subject):
        return None
    if not isinstance(text, str) or not isinstance(assets, dict):
        return None
    entries = (AssetEntry(path=str(path), sha256=str(sha)) for path, sha in assets.items())
    return Receipt(
        subject=subject,
        content=content,
        text=text,
        assets=tuple(sorted(entries)),
        time=time,
        actor=actor,
    )
