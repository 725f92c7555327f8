"""How long does it take to read and check a record? Run it: ``python benchmarks/record.py [EVENTS] [SUBJECTS]``.

It makes a network of subjects that were returned, edited, commented on and approved, verifies it through the same door
as ``mayor verify``, and compares that with the least it could take: reading all files and hashing them.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.actions.verify import verify
from blognet.kernel.hashing import PathFacts, content_hash, sha256_hex
from blognet.kernel.ids import AuthorId, Kind, SitePath, Subject
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Event, Facts, Verb
from blognet.moderation.record import event_path, text_file, words_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.kernel.ids import EventId
    from blognet.moderation.record import RecordFile

CONFIG = "id: bench\ntitle: Bench\nurl: https://blog.example.org\nmayors: [ann]\n"
START = datetime(2026, 1, 1, tzinfo=UTC)
VERBS = (Verb.RETURN, Verb.COMMENT, Verb.SUBMIT, Verb.APPROVE)
LINE = "The tide tables of the harbour were wrong by an hour, and nobody had looked.\n"


def thread(number: int, length: int) -> Iterator[tuple[RecordFile, ...]]:
    """Yield the files of each event of one subject."""
    subject = Subject(kind=Kind.POST, id=f"post-{number}")
    prev: tuple[EventId, ...] = ()
    for at in range(length):
        verb = VERBS[at % len(VERBS)]
        text = f"---\ntitle: Post {number}\nauthors: [ben]\n---\n\n{LINE * 40}{at}\n"
        words = f"{LINE}{at}\n" if verb in {Verb.RETURN, Verb.COMMENT} else ""
        content = content_hash(subject, path_facts=PathFacts(), text=text, assets=())
        moment = START + timedelta(minutes=at)
        facts = Facts(
            url=SitePath(f"/2026/post-{number}/"),
            authors=(AuthorId("ben"),),
            date=START,
            publish=moment,
            expires=None,
            title=f"Post {number}",
        )
        event = Event(
            network="bench",
            subject=subject,
            verb=verb,
            actor=AuthorId("ann"),
            time=moment,
            prev=prev,
            content=content,
            facts=facts if verb is Verb.APPROVE else None,
            words=sha256_hex(words.encode()) if words else "",
        )
        raw = event_to_bytes(event)
        prev = (event_id(raw),)
        files = [type(text_file(subject, content, text))(path=event_path(event, raw), raw=raw)]
        files += [words_file(event, raw, words)] if words else []
        files += [text_file(subject, content, text)] if verb is Verb.APPROVE else []
        yield tuple(files)


def make(root: Path, *, events: int, subjects: int) -> None:
    """Write the network."""
    (root / "blognet.yml").write_text(CONFIG, encoding="utf-8")
    for number in range(subjects):
        for files in thread(number, events // subjects):
            for file in files:
                target = root / file.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.raw)


def least(root: Path) -> float:
    """Return the seconds that reading and hashing every file takes."""
    begin = time.perf_counter()
    for path in sorted((root / "record").rglob("*")):
        if path.is_file():
            hashlib.sha256(path.read_bytes()).digest()
    return time.perf_counter() - begin


def main() -> int:
    """Measure, print, and return 1 when the record is not sound."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    subjects = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, events=events, subjects=subjects)
        shortest = min(least(root) for _ in range(3))
        begin = time.perf_counter()
        found = verify(root)
        seconds = time.perf_counter() - begin
    sys.stdout.write(
        f"{found.events} events about {found.subjects} subjects, {found.texts} texts:"
        f" verified in {seconds:.2f} s ({seconds / max(1, found.events) * 1e6:.0f} µs an event)\n"
        f"reading and hashing the same files: {shortest:.2f} s; ratio {seconds / shortest:.1f}\n"
    )
    return 1 if found.problems else 0


if __name__ == "__main__":
    sys.exit(main())
