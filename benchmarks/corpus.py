"""A network to measure with: ``python -m benchmarks.corpus DIR --posts 10000 --authors 200 --tags 100``.

Settings, profiles and posts, all approved, with their record, as if a mayor had said yes to each an hour after it was
written. Two networks of the same numbers are the same bytes. The files are read and decided on by the project's own
functions; only the writing is done here, in bulk and without waiting for the disk.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import texts
from blognet.actions.decide import case_of
from blognet.actions.network import Network, entries_of, reading_rules
from blognet.config import read_config
from blognet.content.library import read_library
from blognet.content.values import FoundFile
from blognet.disk.record import encode_asset
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import AuthorId, Kind, SourcePath, Subject
from blognet.moderation.asking import decide
from blognet.moderation.cases import Wish
from blognet.moderation.event_json import event_to_bytes
from blognet.moderation.events import Seen, Verb
from blognet.moderation.record import Record, asset_path, event_path, text_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from benchmarks.texts import BenchPost
    from blognet.config import Config

MAYORS = ("may", "mo")
PAGE_ID = "about"
_AT_ONCE = 500
"""Posts that are held in memory together."""
_PROFILE = "---\nname: {name}\nteam: {team}\n---\n\n{bio}\n"
_ABOUT = "---\ntitle: About\ndate: 2015-01-05\nauthors: [may]\n---\n\nA network to measure with.\n"
_GITATTRIBUTES = "record/** -text\n"


class Source(NamedTuple):
    """One file that somebody wrote, and when."""

    path: str
    raw: bytes
    day: datetime


def settings(*, more: str = "") -> str:
    """Return ``blognet.yml``; `more` is added at its end."""
    topics = "\n".join(
        f"  - {{id: {topic}, title: {topic.title()}, description: All about {topic}}}"
        for topic in texts.TOPICS
    )
    teams = "\n".join(f"  - {{id: {team}, title: {team.title()}}}" for team in texts.TEAMS)
    return (
        "id: bench\ntitle: Bench\ntagline: A network to measure with\nurl: https://blog.example.org\n"
        f"language: en\ntimezone: UTC\nmayors: [{', '.join(MAYORS)}]\n"
        f"topics:\n{topics}\nteams:\n{teams}\nnavigation:\n  - {{label: About, url: /about/}}\n{more}"
    )


def post_text(post: BenchPost) -> str:
    """Return the source of a post."""
    return (
        f'---\ntitle: "{post.title}"\ndate: {post.day:%Y-%m-%d %H:%M}\nauthors: [{", ".join(post.authors)}]\n'
        f"tags: [{', '.join(post.tags)}]\ntopics: [{post.topic}]\nslug: {post.slug}\n"
        f"summary: >-\n  {post.summary}\n---\n\n{post.body}"
    )


def write_corpus(root: Path, *, posts: int, authors: int, tags: int, more: str = "") -> None:
    """Write the network.

    Args:
        root: A folder that does not exist or is empty.
        posts: How many.
        authors: How many people write; two mayors come on top.
        tags: How many different tags.
        more: Lines to add to ``blognet.yml``.
    """
    _write(root, "blognet.yml", settings(more=more).encode())
    _write(root, ".gitattributes", _GITATTRIBUTES.encode())
    config = read_config(settings(more=more))
    known = frozenset(AuthorId(texts.author(at).id) for at in range(authors))
    known |= {AuthorId(mayor) for mayor in MAYORS}
    _approve(root, config, tuple(_people(authors)), known)
    batch: list[Source] = []
    for at, post in enumerate(texts.posts(posts, authors=authors, tags=tags), start=1):
        batch += _sources_of(post)
        if at % _AT_ONCE == 0 or at == posts:
            _approve(root, config, tuple(batch), known)
            batch = []


def _people(authors: int) -> Iterator[Source]:
    day = texts.FIRST_DAY
    for mayor in MAYORS:
        text = _PROFILE.format(
            name=f"Mayor {mayor.title()}", team=texts.TEAMS[0], bio="Reads it all."
        )
        yield Source(f"authors/{mayor}.md", text.encode(), day)
    for at in range(authors):
        one = texts.author(at)
        text = _PROFILE.format(name=one.name, team=one.team, bio=one.bio)
        yield Source(f"authors/{one.id}.md", text.encode(), day)
    yield Source(f"pages/{PAGE_ID}.md", _ABOUT.encode(), day)


def _sources_of(post: BenchPost) -> Iterator[Source]:
    stem = f"posts/{post.authors[0]}/{post.day:%Y-%m-%d}-{post.slug}"
    if not post.picture:
        yield Source(f"{stem}.md", post_text(post).encode(), post.day)
        return
    yield Source(f"{stem}/index.md", post_text(post).encode(), post.day)
    yield Source(f"{stem}/figure.png", post.picture, post.day)


def _approve(
    root: Path, config: Config, sources: tuple[Source, ...], known: frozenset[AuthorId]
) -> None:
    """Write these files, and the approval of each."""
    by_path = {source.path: source for source in sources}
    now = sources[-1].day + timedelta(hours=1)
    rules = reading_rules(config)
    library = read_library(tuple(map(_found, sources)), rules=rules, known_authors=known)
    network = Network(
        root=root,
        config=config,
        rules=rules,
        library=library,
        record=Record(),
        entries=entries_of(library, Record(), now),
        now=now,
    )
    rights = network.rights
    for source in sources:
        _write(root, source.path, source.raw)
    for entry in network.entries.values():
        proposal = entry.proposal
        if proposal is None or proposal.hash is None or proposal.problems:
            message = f"the corpus has a fault: {proposal and proposal.problems}"
            raise AssertionError(message)
        day = by_path[proposal.path].day
        wish = Wish(
            verb=Verb.APPROVE,
            actor=AuthorId(_mayor_for(entry.subject)),
            now=day + timedelta(hours=1),
            seen=Seen.ASSUMED,
        )
        event = decide(wish, case_of(network, entry, last_editor=None, taken={}, grants={}), rights)
        raw = event_to_bytes(event)
        for asset, path in zip(proposal.assets, proposal.asset_sources, strict=True):
            _write(root, asset_path(asset.sha256), encode_asset(by_path[path].raw))
        text = text_file(entry.subject, proposal.hash, proposal.text)
        _write(root, text.path, text.raw)
        _write(root, event_path(event, raw), raw)


def _mayor_for(subject: Subject) -> str:
    """Return a mayor whose own work it is not."""
    is_own = subject in {Subject(kind=Kind.PROFILE, id="may"), Subject(kind=Kind.PAGE, id=PAGE_ID)}
    return "mo" if is_own else "may"


def _found(source: Source) -> FoundFile:
    is_text = source.path.endswith(".md")
    return FoundFile(
        path=SourcePath(source.path),
        raw=source.raw if is_text else None,
        sha256=sha256_hex(source.raw),
        size=len(source.raw),
        head=b"" if is_text else source.raw[:32],
    )


def _write(root: Path, path: str, raw: bytes) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(raw)


def main() -> int:
    """Write the network that the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("folder", type=Path, help="a new or an empty folder")
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--authors", type=int, default=200)
    parser.add_argument("--tags", type=int, default=100)
    asked = parser.parse_args()
    if asked.folder.exists() and any(asked.folder.iterdir()):
        sys.stderr.write(f"{asked.folder} is not empty; name a new folder\n")
        return 2
    begin = time.monotonic()
    write_corpus(asked.folder, posts=asked.posts, authors=asked.authors, tags=asked.tags)
    sys.stdout.write(f"{asked.posts} posts in {time.monotonic() - begin:.1f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
