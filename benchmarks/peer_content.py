"""The posts of a corpus as other generators want them. Answers: which files, with the same words as in our network.

The posts are those of `benchmarks.texts`; only front matter and the address of a picture are spelled as each peer
spells them. It measures nothing.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.texts import BenchPost

CONFIGURATIONS = Path(__file__).parent / "peers"
STYLE = "body{max-width:44rem;margin:auto;font:1rem/1.6 serif}\n"


def write_hugo(root: Path, *, posts: int, authors: int, tags: int) -> None:
    """Write a site for Hugo."""
    _begin(root, "hugo")
    _write(root / "static/theme/style.css", STYLE)
    for at in range(authors):
        one = texts.author(at)
        _write(
            root / f"content/authors/{one.id}/_index.md",
            f"---\ntitle: {one.name}\n---\n\n{one.bio}\n",
        )
    for kind, names in (("topics", texts.TOPICS), ("teams", texts.TEAMS)):
        for name in names:
            _write(root / f"content/{kind}/{name}/_index.md", f"---\ntitle: {name.title()}\n---\n")
    # A year is a list of titles: no pages of ten, no feeds.
    _write(
        root / "content/years/_index.md", "---\ntitle: Archive\ncascade:\n  outputs: [html]\n---\n"
    )
    _write(
        root / "content/about.md",
        "---\ntitle: About\nbuild: {list: never}\n---\n\nTo measure with.\n",
    )
    for post in texts.posts(posts, authors=authors, tags=tags):
        front = (
            f'---\ntitle: "{post.title}"\ndate: {post.day.isoformat()}\nslug: {post.slug}\n'
            f"authors: {json.dumps(post.authors)}\ntags: {json.dumps(post.tags)}\ntopics: [{post.topic}]\n"
            f'teams: {json.dumps(post.teams)}\nyears: ["{post.day.year}"]\n'
            f"description: {json.dumps(post.summary)}\n---\n\n"
        )
        _write_post(root / "content/posts", post, front + post.body)


def write_pelican(root: Path, *, posts: int, authors: int, tags: int) -> None:
    """Write a site for Pelican."""
    _begin(root, "pelican")
    _write(root / "content/pages/about.md", "Title: About\nSlug: about\n\nTo measure with.\n")
    names = {texts.author(at).id: texts.author(at).name for at in range(authors)}
    for post in texts.posts(posts, authors=authors, tags=tags):
        # Names are not unique here; the id makes an author of each.
        writers = "; ".join(f"{names[author]} {author}" for author in post.authors)
        front = (
            f"Title: {post.title}\nDate: {post.day:%Y-%m-%d %H:%M}\nSlug: {post.slug}\nAuthors: {writers}\n"
            f"Tags: {', '.join(post.tags)}\nCategory: {post.topic}\nSummary: {post.summary}\n\n"
        )
        body = post.body.replace("](figure.png)", "]({attach}figure.png)")
        _write_post(root / "content/posts", post, front + body)


def write_eleventy(root: Path, *, posts: int, authors: int, tags: int) -> None:
    """Write a site for Eleventy."""
    _begin(root, "eleventy")
    _write(root / "theme/style.css", STYLE)
    names = {texts.author(at).id: texts.author(at).name for at in range(authors)}
    names |= {name: name.title() for name in (*texts.TOPICS, *texts.TEAMS)}
    _write(root / "names.json", json.dumps(names))
    for post in texts.posts(posts, authors=authors, tags=tags):
        front = (
            f'---\ntitle: "{post.title}"\ndate: {post.day.isoformat()}\nauthors: {json.dumps(post.authors)}\n'
            f"labels: {json.dumps(post.tags)}\ntopics: [{post.topic}]\nteams: {json.dumps(post.teams)}\n"
            f"description: {json.dumps(post.summary)}\n---\n\n"
        )
        _write_post(root / "posts", post, front + post.body)


WRITERS: dict[str, Callable[..., None]] = {
    "hugo": write_hugo,
    "pelican": write_pelican,
    "eleventy": write_eleventy,
}


def source_of(root: Path, peer: str, post: BenchPost) -> Path:
    """Return where a peer's source of a post lies."""
    folder = root / ("posts" if peer == "eleventy" else "content/posts")
    return folder / post.slug / "index.md" if post.picture else folder / f"{post.slug}.md"


def _begin(root: Path, peer: str) -> None:
    shutil.copytree(CONFIGURATIONS / peer, root)


def _write_post(folder: Path, post: BenchPost, text: str) -> None:
    if not post.picture:
        _write(folder / f"{post.slug}.md", text)
        return
    _write(folder / post.slug / "index.md", text)
    (folder / post.slug / "figure.png").write_bytes(post.picture)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
