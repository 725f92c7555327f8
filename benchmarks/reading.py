"""How much does the index save? Run it: ``python benchmarks/reading.py [POSTS]``.

It makes a network of approved posts and reads it as commands do: without an index, with one that knows everything, and
with one that knows all but an edit. Ratios carry from one machine to another, seconds do not.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from blognet.actions.network import load_network
from blognet.actions.published import published_from
from blognet.kernel.hashing import PathFacts, content_hash
from blognet.kernel.ids import AuthorId, Kind, SitePath, Subject
from blognet.moderation.event_json import event_to_bytes
from blognet.moderation.events import Event, Facts, Verb
from blognet.moderation.record import event_path, text_file

CONFIG = "id: bench\ntitle: Bench\nurl: https://blog.example.org\nmayors: [ann]\n"
START = datetime(2026, 1, 1, tzinfo=UTC)
LINE = "The tide tables of the harbour were wrong by an hour, and nobody had looked.\n"
ANN = AuthorId("ann")
RUNS = 3


def put(root: Path, path: str, raw: bytes) -> None:
    """Write a file and the folders above it."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(raw)


def approve(root: Path, subject: Subject, text: str, *, number: int) -> None:
    """Write an approval and the copy of what it approves."""
    content = content_hash(subject, path_facts=PathFacts(), text=text, assets=())
    moment = START + timedelta(minutes=number)
    event = Event(
        network="bench",
        subject=subject,
        verb=Verb.APPROVE,
        actor=ANN,
        time=moment,
        content=content,
        facts=Facts(
            url=SitePath(f"/2026/{subject.id}/"),
            authors=(ANN,),
            date=moment,
            publish=moment,
            expires=None,
            title=f"Post {number}",
        ),
    )
    raw = event_to_bytes(event)
    copy = text_file(subject, content, text)
    put(root, copy.path, copy.raw)
    put(root, event_path(event, raw), raw)


def make(root: Path, posts: int) -> None:
    """Write the network."""
    put(root, "blognet.yml", CONFIG.encode())
    put(root, "authors/ann.md", b"---\nname: Ann\n---\n")
    for number in range(posts):
        text = f"---\ntitle: Post {number}\nauthors: [ann]\ntags: [a, b]\n---\n\n{LINE * 60}"
        put(root, f"posts/post-{number}.md", text.encode())
        subject = Subject(kind=Kind.POST, id=f"post-{number}")
        approve(root, subject, text, number=number)


def read(root: Path) -> float:
    """Return the seconds of processor time that reading the network and all that is published takes."""
    gc.collect()
    begin = time.process_time()
    network = load_network(root, now=datetime(2070, 1, 1, tzinfo=UTC))
    published_from(network.record, rules=network.rules, now=network.now)
    return time.process_time() - begin


def without(root: Path) -> float:
    """Return the same with no index."""
    (root / ".blognet" / "index.sqlite3").unlink(missing_ok=True)
    return read(root)


def edited(root: Path) -> float:
    """Return the same after an edit."""
    post = root / "posts" / "post-0.md"
    post.write_bytes(post.read_bytes() + b"One more line.\n")
    return read(root)


def main() -> int:
    """Measure and print."""
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    gc.set_threshold(100_000, 20, 100)  # as the program does
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, posts)
        time.sleep(0.2)  # younger files are read again by design
        plain = min(without(root) for _ in range(RUNS))
        warm = min(read(root) for _ in range(RUNS))
        edit = min(edited(root) for _ in range(RUNS))
    sys.stdout.write(
        f"{posts} posts, record and all that is published, processor time:\n"
        f"  no index        {plain:7.3f} s\n"
        f"  nothing changed {warm:7.3f} s, 1/{plain / warm:.0f}\n"
        f"  one edit        {edit:7.3f} s, 1/{plain / edit:.0f}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
