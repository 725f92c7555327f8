"""What lies in the clones of a network: the files it begins with, and reading them back byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.property.git_edits import WRITERS, Tokens, author_files, image, tokens_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.actions.decide import Request
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
