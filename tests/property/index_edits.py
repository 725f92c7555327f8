"""What may happen to a network's files between two commands, by people, programs, git and broken disks.

An edit is drawn as a few numbers and does something with whatever is there. Events are written as the program writes
them, and as nobody should.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from blognet.actions.network import open_network, reading_rules
from blognet.content.library import read_library
from blognet.disk.network import scan
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import AuthorId, SitePath
from blognet.moderation.event_json import event_from_bytes, event_id, event_to_bytes
from blognet.moderation.events import Event, Facts, Verb
from blognet.moderation.record import event_path, subject_folder, text_file, words_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blognet.content.values import Proposal
    from blognet.kernel.ids import EventId

CONFIG = """\
id: probe
title: The Probe
url: https://probe.example
languages: [en, de]
mayors: [{mayors}]
topics: [{topics}]
"""
PLACES = (
    "queue/one.md",
    "queue/ann/one.md",
    "queue/zoe/two.md",
    "posts/one.md",
    "posts/ann/two.md",
    "posts/trip/index.md",
    "posts/trip/index.de.md",
    "posts/trip/photo.png",
    "queue/trip/index.md",
    "queue/lone.png",
    "queue/README.md",
    "posts/trip/deep/index.md",
    "pages/about.md",
    "pages/about.de.md",
    "authors/ann.md",
    "authors/Ann.md",
    "authors/ben.md",
    "authors/ben.png",
    "authors/zoe/index.md",
    "queue/2026-01-02-three.md",
    "queue/Köln.md",
)
HEADS = (
    "title: A title\nauthors: [ann]\n",
    "title: B title\nauthors: [ben]\n",
    "title: No author\n",
    "title: Draft\nauthors: [ann]\ndraft: true\n",
    "title: Later\nauthors: [ann]\npublish_at: 2026-03-01\nexpires: 2026-05-01\n",
    "title: Other\nslug: one\nauthors: [zoe]\naliases: [/old/]\n",
    "title: Wrong\ntag: [a]\n",
    "name: Somebody\n",
    "title: [\n",
)
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
VERBS = (
    Verb.APPROVE,
    Verb.APPROVE,
    Verb.APPROVE,
    Verb.RETURN,
    Verb.HOLD,
    Verb.RETRACT,
    Verb.RESTORE,
    Verb.COMMENT,
    Verb.GRANT,
    Verb.CORRECT,
    Verb.SUBMIT,
    Verb.FORCE,
)


@dataclass(slots=True)
class Folder:
    """A network that edits happen to, and what time it is there."""

    root: Path
    now: datetime = BEGAN + timedelta(days=40)
    mayors: str = "ann, ben"
    topics: str = ""
    count: int = field(default=0)

    def begin(self) -> None:
        """Write the settings, a profile, a page, three posts, and decide about some of them."""
        self.write_settings()
        for number, head in ((14, 7), (0, 0), (4, 0), (5, 4), (7, 2), (12, 0)):
            write(self, number, head)
        for number, verb in ((1, 0), (2, 1), (3, 2), (4, 7)):
            decide(self, number, verb)

    def write_settings(self) -> None:
        """Write the settings."""
        text = CONFIG.format(mayors=self.mayors, topics=self.topics)
        (self.root / "blognet.yml").write_text(text, encoding="utf-8")

    def put(self, path: str, raw: bytes) -> None:
        """Write a file; what is in its way goes."""
        place = self.root / path
        for folder in reversed(place.relative_to(self.root).parents):
            if (self.root / folder).is_symlink() or (self.root / folder).is_file():
                (self.root / folder).unlink()
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_symlink():
            place.unlink()
        elif place.is_dir():
            shutil.rmtree(place)
        place.write_bytes(raw)

    def files(self, *tops: str) -> list[Path]:
        """Return the files below some folders, sorted."""
        found = (path for top in tops for path in (self.root / top).rglob("*"))
        return sorted(path for path in found if path.is_file() and not path.is_symlink())


def write(folder: Folder, one: int, two: int) -> None:
    """Write a source."""
    path = PLACES[one % len(PLACES)]
    body = f"---\n{HEADS[two % len(HEADS)]}---\n\nText {two % 3}.\n"
    folder.put(path, b"\x89PNG\r\n\x1a\n" if path.endswith(".png") else body.encode())


def decide(folder: Folder, one: int, two: int) -> None:
    """Let somebody say something about what lies on disk, or did, as the program would write it down."""
    proposals = _proposals(folder)
    if not proposals:
        return
    proposal = proposals[one % len(proposals)]
    if proposal.hash is None:
        return
    folder.count += 1
    verb = VERBS[two % len(VERBS)]
    by_grant = verb is Verb.APPROVE and one % 13 == 0
    fixed = verb in {Verb.APPROVE, Verb.FORCE}
    words = "" if verb in {Verb.APPROVE, Verb.SUBMIT, Verb.RESTORE} else "Words.\n"
    until = {"until": "2026-03-01T00:00:00Z"} if verb in {Verb.HOLD, Verb.GRANT} else {}
    granted = {**until, "posts": "2"} if verb is Verb.GRANT else until
    event = Event(
        network="probe",
        subject=proposal.subject,
        verb=verb,
        actor=AuthorId("zoe" if by_grant or one % 31 == 0 else "ann"),
        time=BEGAN + timedelta(minutes=folder.count),
        prev=_heads(folder, proposal),
        content=proposal.hash,
        path_facts=proposal.path_facts,
        assets=proposal.assets if fixed else (),
        facts=_facts(proposal, later=two % 7 == 0) if fixed else None,
        words=sha256_hex(words.encode()) if words else "",
        options={"grant": "0" * 64} if by_grant else granted,
    )
    raw = event_to_bytes(event)
    if words:
        file = words_file(event, raw, words)
        folder.put(file.path, file.raw)
    if fixed and one % 29:
        file = text_file(proposal.subject, proposal.hash, proposal.text)
        folder.put(file.path, file.raw)
        for asset in proposal.assets if one % 7 else ():
            folder.put(f"record/assets/{asset.sha256}.b64", b"iVBORw0KGgo=\n")
    folder.put(event_path(event, raw), raw)


def tamper(folder: Folder, one: int, two: int) -> None:
    """Change some bytes of a file and keep its size; perhaps set its time back, as somebody with a reason would."""
    files = folder.files("record", "queue", "posts", "pages", "authors")
    if not files:
        return
    path = files[one % len(files)]
    raw, facts = path.read_bytes(), path.stat()
    if not raw:
        return
    at = two % len(raw)
    path.write_bytes(raw[:at] + (b"x" if raw[at : at + 1] != b"x" else b"y") + raw[at + 1 :])
    if two % 2:
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def grow(folder: Folder, one: int, two: int) -> None:
    """Make a file longer, with its old time."""
    files = folder.files("record", "queue", "posts", "pages", "authors")
    if files:
        path = files[one % len(files)]
        facts = path.stat()
        path.write_bytes(path.read_bytes() + b"\n" * (two % 3 + 1))
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def remove(folder: Folder, one: int, two: int) -> None:
    """Remove a file, or the folder that it is in."""
    files = folder.files("record", "queue", "posts", "pages", "authors")
    if files:
        path = files[one % len(files)]
        if two % 4:
            path.unlink()
        else:
            shutil.rmtree(path.parent)


def rename(folder: Folder, one: int, two: int) -> None:
    """Move a source or a part of the record somewhere else, with all its marks but the time of status change."""
    files = folder.files("queue", "posts", "pages", "authors")
    if files:
        path = files[one % len(files)]
        target = folder.root / PLACES[two % len(PLACES)]
        if path != target and not target.is_dir() and not target.parent.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)


def exchange(folder: Folder, one: int, two: int) -> None:
    """Put two files of one size in each other's place."""
    files = folder.files("record", "queue", "posts")
    twins = [path for path in files if path != files[one % len(files)]]
    if twins:
        left, right = files[one % len(files)], twins[two % len(twins)]
        middle = folder.root / "middle"
        left.replace(middle)
        right.replace(left)
        middle.replace(right)


def stray(folder: Folder, one: int, two: int) -> None:
    """Put something where nothing belongs."""
    places = (
        "record/stray.txt", "record/post/stray.txt", "record/post/one/stray.txt", "record/post/one/deep/x.json",
        "record/post/No Subject/20260101T000000Z-approve-ann-00000000.json", "record/post/.hidden", "record/page",
    )  # fmt: skip
    path = places[one % len(places)]
    if two % 3 == 0 and not (folder.root / path).exists():
        place = folder.root / path
        if all(not parent.is_file() for parent in place.parents):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(folder.root / "queue")
    elif path != "record/page":
        folder.put(path, b"stray")


def wait(folder: Folder, one: int, two: int) -> None:
    """Let time pass, or a clock be set back."""
    folder.now = BEGAN + timedelta(days=(one * 7 + two) % 200)


def configure(folder: Folder, one: int, two: int) -> None:
    """Change the settings."""
    folder.mayors = ("ann, ben", "ann", "ben, zoe")[one % 3]
    folder.topics = ("", "{id: tools, title: Tools}")[two % 2]
    folder.write_settings()


def forget(folder: Folder, one: int, two: int) -> None:
    """Lose the index, or break it."""
    index = folder.root / ".blognet" / "index.sqlite3"
    if not index.is_file():
        return
    raw = index.read_bytes()
    if two % 3 == 0:
        index.unlink()
    elif two % 3 == 1:
        index.write_bytes(raw[: one * 97 % len(raw)])
    else:
        at = one * 997 % len(raw)
        index.write_bytes(raw[:at] + b"\xff" * 64 + raw[at + 64 :])


EDITS: tuple[Callable[[Folder, int, int], None], ...] = (
    write, write, write, decide, decide, decide, decide, decide, decide, wait, wait, wait,
    tamper, grow, remove, rename, exchange, stray, configure, forget,
)  # fmt: skip


def _proposals(folder: Folder) -> list[Proposal]:
    _, config = open_network(folder.root)
    library = read_library(scan(folder.root), rules=reading_rules(config))
    return list(library.proposals)


def _heads(folder: Folder, proposal: Proposal) -> tuple[EventId, ...]:
    """Return the events of a subject that no other has seen, as far as they can be read."""
    place = folder.root / subject_folder(proposal.subject)
    raws = [path.read_bytes() for path in sorted(place.glob("*.json")) if path.is_file()]
    known = {event_id(raw): event_from_bytes(raw) for raw in raws}
    events = {ident: one for ident, one in known.items() if isinstance(one, Event)}
    seen = {prev for event in events.values() for prev in event.prev}
    return tuple(sorted(set(events) - seen))


def _facts(proposal: Proposal, *, later: bool) -> Facts:
    publish = BEGAN + timedelta(days=60 if later else 0)
    return Facts(
        url=SitePath(f"/2026/{proposal.subject.id}/"),
        authors=(AuthorId("ann"),),
        date=BEGAN,
        publish=publish,
        expires=publish + timedelta(days=30) if later else None,
        title="As approved",
    )
