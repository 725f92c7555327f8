"""What people do to the files of a network by hand. Every edit leaves a token that no other edit ever leaves.

A token is a word in a text and a text chunk in an image, so that it can be looked for in a tree, in a conflict, in the
record and in the built site. The texts resemble each other on purpose: git is to be tempted to see renames.
"""

from __future__ import annotations

import re
import shutil
import struct
import zlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path
    from random import Random

TOKEN = re.compile(rb"tok[0-9]{6}x")
TREES = ("authors", "pages", "posts", "queue")
WRITERS = ("ann", "bea", "cat", "dan")
NAMES = ("clock", "tower", "bells", "ropes", "birds")
PLACES = ("queue", "queue/cat", "queue/dan", "posts", "posts/cat")
_PARAGRAPHS = tuple(
    f"Paragraph {number} says what every post of this network says in its place, and is the same in all of them."
    for number in range(6)
)


@dataclass(slots=True)
class Tokens:
    """Makes tokens, each once."""

    made: int = 0
    latest: list[str] = field(default_factory=list)

    def new(self) -> str:
        self.made += 1
        self.latest.append(f"tok{self.made:06d}x")
        return self.latest[-1]


@dataclass(slots=True, kw_only=True)
class Desk:
    """Somebody at a working copy, with a will of their own."""

    root: Path
    tokens: Tokens
    chance: Random
    now: datetime

    def files(self) -> list[Path]:
        """Return the author files, sorted."""
        return sorted(path for path in author_files(self.root) if path.name != "README.md")

    def do_something(self) -> str:
        """Write, edit, rename, move or delete a file; say what was done."""
        actions = (
            self.write, self.write, self.edit, self.edit, self.edit, self.edit, self.revise, self.picture, self.picture,
            self.move, self.rename, self.delete, self.drop_picture, self.translate, self.copy, self.polish,
        )  # fmt: skip
        return self.chance.choice(actions)()

    def write(self) -> str:
        return self.begin_post(self.chance.choice(NAMES))

    def begin_post(self, name: str) -> str:
        place = self.chance.choice(PLACES)
        path = self.root / place / f"{name}.md"
        if self.chance.random() < 0.5:
            path = self.root / place / name / "index.md"
        if path.exists():
            return self.edit()
        self._save(path, self._new_text(name))
        if path.name == "index.md":
            self._draw(path.parent / "picture.png")
        return f"write {path.relative_to(self.root)}"

    def write_as(self, author: str) -> str:
        """Write a post of somebody's own, mostly a new one."""
        path = self.root / "queue" / f"{author}-{self.chance.randint(1, 4)}.md"
        text = self._new_text("clock").split("\n")
        front = [line for line in text if not line.startswith("authors:")]
        self._save(path, "\n".join([front[0], f"authors: [{author}]", *front[1:]]))
        return f"write {path.relative_to(self.root)}"

    def edit(self) -> str:
        path = self._any_text()
        if path is None:
            return "nothing to edit"
        lines = self._source(path).split("\n")
        start = next((at for at, line in enumerate(lines[1:], 1) if line == "---"), 0) + 1
        at = self.chance.randint(start, len(lines))
        match self.chance.randint(0, 5):
            case 0:
                lines[at:at] = ["", f"Inserted {self.tokens.new()}.", ""]
            case 1:
                lines[start:] = ["", f"All new: {self.tokens.new()}.", ""]
            case 2:
                lines[at : at + 2] = [f"Replaced {self.tokens.new()}."]
            case 3:
                lines = [self._other_title(line) for line in lines]
            case 4:
                lines = [line for line in lines if line != "draft: true"]
                lines.append(f"Handed over {self.tokens.new()}.")
            case _:
                lines.append(f"Appended {self.tokens.new()}.")
        self._save(path, "\n".join(lines))
        return f"edit {path.relative_to(self.root)}"

    def picture(self) -> str:
        indexes = [path for path in self.files() if path.name == "index.md"]
        if not indexes:
            return self.write()
        name = self.chance.choice(("picture.png", "other.png"))
        path = self.chance.choice(indexes).parent / name
        self._draw(path)
        return f"draw {path.relative_to(self.root)}"

    def drop_picture(self) -> str:
        pictures = [path for path in self.files() if path.suffix == ".png"]
        if not pictures:
            return self.picture()
        path = self.chance.choice(pictures)
        path.unlink()
        return f"delete {path.relative_to(self.root)}"

    def change(self) -> str:
        """Change what some post says or shows."""
        return self.chance.choice((self.edit, self.picture))()

    def revise(self) -> str:
        """Put a changed copy of a post into the queue, as one may; now and then touch the older one, too."""
        posts = [path for path in self.files() if "posts" in path.parts and path.suffix == ".md"]
        if not posts:
            return self.write()
        path = self.chance.choice(posts)
        target = self.root / "queue" / path.relative_to(self.root / "posts")
        self._append(path, target)
        if self.chance.random() < 0.5:
            self._append(path, path)
        return f"revise {path.relative_to(self.root)}"

    def polish(self) -> str:
        """Change a letter, a tag or a blank of some post in posts/: an edit that a policy may let through."""
        posts = [path for path in self.files() if "posts" in path.parts and path.suffix == ".md"]
        return self.polish_one(self.chance.choice(posts)) if posts else self.write()

    def polish_one(self, path: Path) -> str:
        """Change a letter, a tag or a blank of a post."""
        front, fence, body = self._source(path).partition("\n---\n")
        match self.chance.randint(0, 3):
            case 0:
                lines = [line for line in front.split("\n") if not line.startswith("tags:")]
                front = "\n".join([*lines, f"tags: [{self.tokens.new()}]"])
            case 1:
                body = body.replace(".\n", ". \n", 1)
            case _:
                body = re.sub(
                    self.chance.choice(("Paragraph", "network", "place")),
                    _twice_a_letter,
                    body,
                    count=1,
                )
        self._save(path, front + fence + body)
        return f"polish {path.relative_to(self.root)}"

    def touch(self, path: Path) -> None:
        """Add something to one file."""
        self._append(path, path)

    def put_away(self) -> str:
        """Move something, or remove it."""
        return self.chance.choice((self.move, self.rename, self.delete, self.drop_picture))()

    def move(self) -> str:
        """Move a post between folders, as somebody does who knows nothing of the commands."""
        post = self._any_post()
        if post is None:
            return "nothing to move"
        target = self.root / self.chance.choice(PLACES) / post.name
        return self._rename(post, target)

    def rename(self) -> str:
        post = self._any_post()
        if post is None:
            return "nothing to rename"
        name = self.chance.choice(NAMES)
        if self.chance.random() < 0.3:
            name = f"2026-02-0{self.chance.randint(1, 9)}-{name}"
        return self._rename(post, post.with_name(name + post.suffix))

    def delete(self) -> str:
        post = self._any_post()
        if post is None:
            return "nothing to delete"
        if post.is_dir():
            shutil.rmtree(post)
        else:
            post.unlink()
        return f"delete {post.relative_to(self.root)}"

    def translate(self) -> str:
        texts = [path for path in self.files() if path.suffix == ".md" and ".de" not in path.name]
        path = self.chance.choice(texts)
        target = path.with_name(path.name.removesuffix(".md") + ".de.md")
        if "authors" in path.parts or target.exists():
            return self.edit()
        self._save(target, self._new_text(path.stem))
        return f"translate {path.relative_to(self.root)}"

    def copy(self) -> str:
        """Copy a post to another name, bytes and all: git sees a rename when the first is moved later."""
        post = self._any_post()
        if post is None:
            return "nothing to copy"
        target = self.root / self.chance.choice(PLACES) / (self.chance.choice(NAMES) + post.suffix)
        if target.exists() or post.is_dir():
            return self.edit()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(post, target)
        return f"copy {post.relative_to(self.root)}"

    def _rename(self, post: Path, target: Path) -> str:
        if target.exists():
            return self.edit()
        target.parent.mkdir(parents=True, exist_ok=True)
        post.rename(target)
        return f"move {post.relative_to(self.root)} to {target.relative_to(self.root)}"

    def _any_text(self) -> Path | None:
        posts = [
            path for path in self.files() if path.suffix == ".md" and _is_post(path, self.root)
        ]
        texts = [path for path in self.files() if path.suffix == ".md"]
        wanted = posts if posts and self.chance.random() < 0.8 else texts
        return self.chance.choice(wanted) if wanted else None

    def _any_post(self) -> Path | None:
        posts = {
            path.parent if path.parent.joinpath("index.md").exists() else path
            for path in self.files()
            if _is_post(path, self.root)
        }
        return self.chance.choice(sorted(posts)) if posts else None

    def _new_text(self, name: str) -> str:
        front = [f"title: About the {name} {self.tokens.new()}"]
        if self.chance.random() < 0.8:
            front.append(f"authors: [{self.chance.choice(WRITERS)}]")
        if self.chance.random() < 0.1:
            front.append("draft: true")
        if self.chance.random() < 0.15:
            later = self.now + timedelta(hours=self.chance.randint(1, 30))
            front.append(f"publish_at: {later:%Y-%m-%dT%H:%M:%SZ}")
        if self.chance.random() < 0.1:
            front.append(f"expires: {self.now + timedelta(hours=40):%Y-%m-%dT%H:%M:%SZ}")
        body = "\n\n".join((*_PARAGRAPHS, f"The end of it: {self.tokens.new()}."))
        return "\n".join(("---", *front, "---", "", body, ""))

    def _other_title(self, line: str) -> str:
        key = line.partition(":")[0]
        return f"{key}: Now named {self.tokens.new()}" if key in {"title", "name"} else line

    def _source(self, path: Path) -> str:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")

    def _append(self, source: Path, target: Path) -> None:
        self._save(target, f"{source.read_bytes().decode('utf-8')}\nAnd {self.tokens.new()}.\n")

    def _save(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = text.replace("\r\n", "\n")
        line_end = "\r\n" if self.chance.random() < 0.1 else "\n"
        path.write_bytes(text.replace("\n", line_end).encode("utf-8"))

    def _draw(self, path: Path) -> None:
        path.write_bytes(image(self.tokens.new()))


def _twice_a_letter(found: re.Match[str]) -> str:
    return f"{found[0][:3]}{found[0][2:]}"


def _is_post(path: Path, root: Path) -> bool:
    return path.relative_to(root).parts[0] in {"queue", "posts"}


def author_files(root: Path) -> Iterator[Path]:
    """Walk every file that people write."""
    for tree in TREES:
        yield from (path for path in (root / tree).rglob("*") if path.is_file())


def tokens_in(raw: bytes) -> frozenset[str]:
    """Return the tokens that stand in some bytes."""
    return frozenset(found.decode("ascii") for found in TOKEN.findall(raw))


def tokens_below(root: Path) -> frozenset[str]:
    """Return every token in the files that people write."""
    return frozenset().union(*(tokens_in(path.read_bytes()) for path in author_files(root)))


def image(token: str) -> bytes:
    """Return a PNG of one pixel with a token in it, and enough else for git to find two of them alike."""
    filler = bytes(range(256)) + b"\r\n" * 20
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"tEXt", b"Comment\0" + token.encode("ascii")),
        (b"prVt", filler),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
    parts = [b"\x89PNG\r\n\x1a\n"]
    for kind, raw in chunks:
        parts += [struct.pack(">I", len(raw)), kind, raw, struct.pack(">I", zlib.crc32(kind + raw))]
    return b"".join(parts)
