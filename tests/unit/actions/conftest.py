"""A small network in a temporary folder, and short ways to write to it and decide in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from blognet.actions.decide import Outcome, Request, decide_all
from blognet.actions.network import Network, load_network
from blognet.kernel.ids import AuthorId, parse_subject
from blognet.moderation.events import Verb
from tests.opened_files import let_the_clock_tick, settled_at_once
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from blognet.actions.network import Entry

SETTINGS = """\
id: clocks
title: Clocks
url: https://clocks.example/
language: en
languages: [en, de]
timezone: Europe/Berlin
mayors: [ann, cleo]
"""
MANY = 12
"""Live posts of a network that is known."""


@dataclass(slots=True, kw_only=True)
class Folder:
    """A network folder."""

    root: Path
    now: datetime = field(default=datetime(2026, 11, 22, 9, 0, tzinfo=UTC))

    def write(self, path: str, body: str = "Hello.", *, front: str = "authors: [ben]") -> None:
        """Write a post; `front` is its front matter but for the title."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"---\ntitle: A title\n{front}\n---\n\n{body}\n", encoding="utf-8")

    def draw(self, path: str, *, colour: int = 0) -> None:
        """Write a picture."""
        (self.root / path).write_bytes(png(words=str(colour)))

    def network(self) -> Network:
        return load_network(self.root, now=self.now)

    def entry(self, name: str) -> Entry:
        subject = parse_subject(name)
        assert subject is not None
        return self.network().entries[subject]

    def decide(
        self, verb: Verb, *names: str, words: str = "Because.", commit: bool = False, **options: str
    ) -> Outcome:
        """Let ann decide, a minute later than the last time, on exactly what lies there."""
        self.now += timedelta(minutes=1)
        entries = [self.entry(name) for name in names]
        requests = tuple(
            Request(
                subject=entry.subject,
                verb=verb,
                words="" if verb is Verb.APPROVE else words,
                expected=entry.standing.content,
                options=options,
            )
            for entry in entries
        )
        return decide_all(self.root, requests, actor=AuthorId("ann"), now=self.now, commit=commit)

    def approve(self, *names: str, commit: bool = False) -> Outcome:
        return self.decide(Verb.APPROVE, *names, commit=commit)

    def files(self) -> list[str]:
        """Return what lies in the folders of authors but for the profiles."""
        return sorted(
            path.relative_to(self.root).as_posix()
            for tree in ("pages", "posts", "queue")
            for path in (self.root / tree).rglob("*")
            if path.is_file()
        )


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "clocks"
    (root / "authors").mkdir(parents=True)
    (root / "blognet.yml").write_text(SETTINGS, encoding="utf-8")
    for author in ("ann", "ben", "cleo"):
        (root / f"authors/{author}.md").write_text(
            f"---\nname: {author.title()}\n---\n", encoding="utf-8"
        )
    return Folder(root=root)


@pytest.fixture
def known(folder: Folder) -> Iterator[Folder]:
    """Return a network of which everything was read before: live posts, and one that waits."""
    for number in range(MANY):
        folder.write(f"posts/old-{number}.md", f"Text {number}.")
    folder.approve(*(f"post/old-{number}" for number in range(MANY)))
    folder.write("queue/one.md")
    with settled_at_once():
        let_the_clock_tick(folder.root)
        folder.network()
        yield folder
