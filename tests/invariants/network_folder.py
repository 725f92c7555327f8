"""A network in a temporary folder and the people who work in it, through the program's own commands, in process."""

from __future__ import annotations

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.cli.boundary import run
from blognet.cli.main import blognet_group, mayor_group
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PNG = png()

NOW = "2070-01-01T12:00:00Z"
"""After every approval: these commands read the real clock. A post of 2024 is live then."""

CONFIG = """\
id: probe
title: The Probe
url: https://probe.example
language: en
languages: [en, de]
timezone: UTC
mayors: [mia, max]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def everything(self) -> str:
        return self.out + self.err


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFolder:
    """A network with the mayors mia and max and the authors ada and bob.

    Attributes:
        root: Where it is.
    """

    root: Path

    def write(self, path: str, content: str | bytes) -> Path:
        """Put a file there, as an employee would with an editor."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return target

    def blognet(self, *arguments: str, who: str = "ada") -> Said:
        """Run ``blognet`` here."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(
                blognet_group(), ["-C", str(self.root), "--as", who, *arguments], program="blognet"
            )
        return Said(code=code, out=out.getvalue(), err=err.getvalue())

    def mayor(self, *arguments: str, who: str = "mia") -> Said:
        """Run ``mayor`` here."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(
                mayor_group(), ["-C", str(self.root), "--as", who, *arguments], program="mayor"
            )
        return Said(code=code, out=out.getvalue(), err=err.getvalue())

    def decided(self, *arguments: str, who: str = "mia") -> Said:
        """Run ``mayor`` here and make sure that it did what was asked."""
        said = self.mayor(*arguments, who=who)
        assert said.code == 0, said.everything
        return said

    def approve(self, *names: str, who: str = "mia") -> None:
        """Approve what lies there now."""
        self.decided("approve", "--yes", *names, who=who)

    def build(self, now: str = NOW) -> Said:
        """Build the site and make sure that it succeeded."""
        said = self.blognet("build", "--now", now, "--jobs", "1")
        assert said.code == 0, said.everything
        return said

    @property
    def site(self) -> Mapping[str, bytes]:
        """The site as it is now."""
        return tree_of(self.root / "site")


def start(root: Path, *, config: str = CONFIG) -> NetworkFolder:
    """Make a network whose mayors and authors have approved profiles."""
    network = NetworkFolder(root=root)
    network.write("blognet.yml", config)
    for author in ("ada", "bob", "max", "mia"):
        network.write(f"authors/{author}.md", f"---\nname: The good {author.title()}\n---\n")
    network.approve("profile/ada", "profile/bob", "profile/max")
    network.approve("profile/mia", who="max")
    return network


def post(title: str, *, body: str = "Some words.", author: str = "ada", **keys: str) -> str:
    """Return the text of a post of May 2024."""
    front = {"title": title, "date": "2024-05-02", "authors": f"[{author}]", **keys}
    return (
        "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + f"---\n\n{body}\n"
    )


def tree_of(folder: Path) -> Mapping[str, bytes]:
    """Return every file below a folder, hidden ones too, by its path; a link or a pipe is told by its kind."""
    found = {
        path.relative_to(folder).as_posix(): _bytes_of(path)
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    return dict(sorted(found.items()))


def _bytes_of(path: Path) -> bytes:
    if path.is_symlink():
        return b"link to " + os.fsencode(path.readlink())
    return path.read_bytes() if path.is_file() else b"special"
