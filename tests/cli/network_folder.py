"""A small network folder to type commands in, and what came of a command."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.cli.boundary import run
from blognet.cli.main import blognet_group, mayor_group

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

CONFIG = """\
id: test
title: Test
url: https://blog.example.org
language: en
languages: [en, de]
mayors: [ann, cleo]
"""
PROFILE = "---\nname: {name}\nemail: {author}@example.org\n---\n\nHello.\n"
POST = "---\ntitle: {title}\nauthors: [{author}]\n---\n\n{body}\n"


@dataclass(frozen=True)
class Ran:
    """What a command gave: its exit code, its results, its messages."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, object]:
        """Return the result as JSON; it is an object with the number of its schema."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        assert found["schema"] == 1
        return found

    def listed(self, key: str) -> list[dict[str, object]]:
        """Return a list of objects in the result."""
        found = self.json()[key]
        assert isinstance(found, list)
        return found


@dataclass(frozen=True)
class NetworkFolder:
    """A network with the mayors ann and cleo and the authors ben and dev, without git."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file and the folders above it."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def post(
        self, path: str, *, title: str = "Hello", author: str = "ben", body: str = "Text."
    ) -> Path:
        """Write a post."""
        return self.write(path, POST.format(title=title, author=author, body=body))

    def read(self, path: str) -> str:
        """Return the text of a file, its line ends as they are."""
        return (self.root / path).read_bytes().decode()

    def files(self) -> dict[str, bytes]:
        """Return every file but the tool's own, with its bytes."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and ".blognet" not in path.parts and ".git" not in path.parts
        }

    def blognet(self, *arguments: str, who: str = "ben") -> Ran:
        """Type ``blognet`` in this network; `who` is "" for nobody in particular."""
        before = ["-C", str(self.root), *(["--as", who] if who else [])]
        return ran(
            self.capsys, lambda: run(blognet_group(), [*before, *arguments], program="blognet")
        )

    def mayor(self, *arguments: str, who: str = "ann") -> Ran:
        """Type ``mayor`` in this network."""
        before = ["-C", str(self.root), "--as", who]
        return ran(self.capsys, lambda: run(mayor_group(), [*before, *arguments], program="mayor"))

    def git(self, *arguments: str) -> str:
        """Run git here."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, capture_output=True, check=True, text=True
        )
        return done.stdout


def ran(capsys: pytest.CaptureFixture[str], command: Callable[[], int]) -> Ran:
    """Run something that prints."""
    capsys.readouterr()
    code = command()
    captured = capsys.readouterr()
    return Ran(code=code, out=captured.out, err=captured.err)


def new_network(root: Path, capsys: pytest.CaptureFixture[str]) -> NetworkFolder:
    """Make a network by hand: settings and four profiles, nothing approved."""
    network = NetworkFolder(root=root, capsys=capsys)
    network.write("blognet.yml", CONFIG)
    for author in ("ann", "ben", "cleo", "dev"):
        network.write(f"authors/{author}.md", PROFILE.format(name=author.title(), author=author))
    return network
