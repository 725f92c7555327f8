"""What lies in the clones of a network: the files it begins with, and reading them back; nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel.hashing import sha256_hex
from blognet.kernel.text import unquote_lines
from tests.property.git_edits import WRITERS, Tokens, author_files, image, tokens_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.actions.decide import Outcome, Request
    from blognet.actions.network import Network
    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import Subject
    from tests.property.git_clone import Clone

SETTINGS = """\
id: clocks
title: Clocks
url: https://clocks.example/
language: en
languages: [en, de]
timezone: Europe/Berlin
mayors: [ann, bea]
deputies: [dan]
away:
  - {mayor: ann, from: 2026-03-02, to: 2026-03-02}
  - {mayor: bea, from: 2026-03-02, to: 2026-03-02}
policy:
  survives: {whitespace: true, tags: true, typo: 3}
stages:
  - {id: legal, title: Legal, reviewers: [cat, dan], when: {words: [bells]}}
  - {id: looks, title: Looks, reviewers: [ann, cat, dan], need: 2, when: {paths: ["*/dan/*"]}}
"""
MAYORS = ("ann", "bea")
DEPUTY = "dan"
WRITER = "cat"
"""Somebody who is no mayor and no deputy."""
STRANGER = "eve"
"""Nobody whom the network knows."""
REVIEWERS = {"legal": ("cat", "dan"), "looks": ("ann", "cat", "dan")}
ATTRIBUTES = "".join(
    f"/{tree}/** -text\n" for tree in ("authors", "pages", "posts", "queue", "record")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bytes:
    """What lay on disk when it was approved: the text, and each file beside it by its path in the bundle."""

    text: str
    assets: Mapping[str, bytes]

    @property
    def tokens(self) -> frozenset[str]:
        return tokens_in(self.text.encode("utf-8")).union(*map(tokens_in, self.assets.values()))


def first_files(root: Path, tokens: Tokens) -> None:
    files = {
        "blognet.yml": SETTINGS,
        ".gitattributes": ATTRIBUTES,
        ".gitignore": "/site/*\n/.site.blognet-*\n/.blognet/\n",
        "queue/README.md": "Put posts here.\n",
        "pages/about.md": f"---\ntitle: About\n---\n\nWe mend clocks, {tokens.new()}.\n",
    }
    for person in WRITERS:
        files[f"authors/{person}.md"] = (
            f"---\nname: {person.title()}\nemail: {person}@clocks.example\n---\n\nI am {tokens.new()}.\n"
        )
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / "authors/cat.png").write_bytes(image(tokens.new()))


def bytes_on_disk(
    network: Network, requests: tuple[Request, ...]
) -> Mapping[tuple[Subject, ContentHash], Bytes]:
    found = {}
    for request in requests:
        proposal = network.entries[request.subject].proposal
        if proposal is not None and proposal.hash is not None:
            named = zip(proposal.assets, proposal.asset_sources, strict=True)
            found[request.subject, proposal.hash] = Bytes(
                text=text_of((network.root / proposal.path).read_bytes()),
                assets={entry.path: (network.root / path).read_bytes() for entry, path in named},
            )
    return found


def text_of(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").replace("\r\n", "\n")


def contents(clone: Clone) -> Mapping[str, bytes]:
    return {
        str(path.relative_to(clone.root)): path.read_bytes() for path in author_files(clone.root)
    }


def record_files(clone: Clone) -> Mapping[str, bytes]:
    found = contents_below(clone.root / "record")
    return {f"record/{path}": raw for path, raw in found.items()}


def contents_below(folder: Path) -> Mapping[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def check_kept(clone: Clone, before: Mapping[str, bytes]) -> None:
    """Check that every file that was there before a command of ours is somewhere now, byte for byte."""
    after = set(contents(clone).values())
    gone = {path: raw for path, raw in before.items() if raw not in after}
    record = record_files(clone) if gone else {}
    texts = {
        unquote_lines(raw.decode("utf-8")) for path, raw in record.items() if path.endswith(".txt")
    }
    for path, raw in gone.items():
        copied = f"record/assets/{sha256_hex(raw)}.b64" in record
        assert copied or text_of(raw) in texts, f"the bytes of {path} are nowhere any more"


def check_commit(clone: Clone, outcome: Outcome) -> None:
    """Check that a commit holds what was decided, all of it, and nothing else."""
    assert not outcome.commit_failure, outcome.commit_failure
    if not outcome.commit:
        return
    names = clone.git("show", "--format=", "--name-only", "--no-renames", "-z", outcome.commit)
    assert set(filter(None, names.split("\0"))) <= set(outcome.paths)
    left = clone.git("status", "--porcelain", "-z", "-uall", "--no-renames", "--", *outcome.paths)
    assert not left, f"touched but not committed: {left!r}"
    for one in outcome.decided:
        if one.moved and one.moved.target:
            folder = clone.git("status", "--porcelain", "-uall", "--", one.moved.target)
            assert "??" not in folder, f"moved but not committed: {folder!r}"
