"""Texts made into Documents: once for each approved text, whatever number of pages shows it.

`render_body` and `render_bio` are pure functions of an approved text and a few settings, so that their results can be
kept under the content hash. What depends on the rest of the site (where a link leads) is left to the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blognet.engine import digest_of, digest_of_text
from blognet.markup import MarkupOptions, Parser, reading_minutes, render_markdown, without_title
from blognet.render.labels import labels_in
from blognet.render.links import leads_out
from blognet.site import LivePost
from blognet.site.articles import source_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.config import Config
    from blognet.kernel.ids import Subject
    from blognet.markup import Document, Labels
    from blognet.site import Catalogue, LiveAuthor
    from blognet.themes.strings import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What lists say of a text, so that they need not read its Document.

    Attributes:
        minutes: How long it takes to read.
        excerpt: Its beginning, as plain text.
    """

    minutes: int
    excerpt: str


def leads_of(document: Document) -> tuple[str, ...] | None:
    """Return the addresses in a text that may lead into the site, each once; None when something is wrong with it."""
    if document.problems:
        return None
    targets = dict.fromkeys(link.target for link in document.links)
    return tuple([target for target in targets if not leads_out(target)])


def brief_of(document: Document) -> Brief:
    """Return what lists say of a text."""
    minutes = reading_minutes(document.text, words=document.words)
    return Brief(minutes=minutes, excerpt=document.excerpt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """Every text of the site as a Document.

    Attributes:
        posts: Those of posts and pages.
        bios: Those of profiles.
        briefs: What lists say of posts and pages; taken from the Documents when None.
        leads: The addresses in posts and pages that may lead into the site, as `leads_of` gives them; taken from the
            Documents where it is None, or says so.
    """

    posts: Mapping[Subject, Document]
    bios: Mapping[Subject, Document]
    briefs: Mapping[Subject, Brief] | None = None
    leads: Mapping[Subject, tuple[str, ...] | None] | None = None

    def brief(self, subject: Subject) -> Brief:
        """Return what lists say of a post or page."""
        return brief_of(self.posts[subject]) if self.briefs is None else self.briefs[subject]


def render_bodies(catalogue: Catalogue, config: Config, words: Words) -> Bodies:
    """Make every text into a Document."""
    return Bodies(
        posts={
            subject: render_body(live, config, labels_of(subject, config, words))
            for subject, live in catalogue.contents.items()
        },
        bios={
            subject: render_bio(live, config, labels_of(subject, config, words))
            for subject, live in catalogue.profiles.items()
        },
    )


def render_body(live: LivePost, config: Config, labels: Labels) -> Document:
    """Make the text of a post or page into a Document, without a first heading that repeats its title."""
    text = without_title(live.post.body, live.post.front.title)
    options = _options(source_place(live).path, live.post.body_line, labels, config)
    options = replace(options, video_sites=config.embeds.sites)
    return render_markdown(text, options=options)


def render_bio(live: LiveAuthor, config: Config, labels: Labels) -> Document:
    """Make the bio of an author into a Document."""
    author = live.author
    path = f"record/{author.subject}/{live.hash.file_stem}.txt"
    return render_markdown(author.body, options=_options(path, author.body_line, labels, config))


def render_setting(text: str, config: Config, labels: Labels) -> Document:
    """Make a text that stands in the settings into a Document."""
    return render_markdown(text, options=_options("blognet.yml", 1, labels, config))


def labels_of(subject: Subject, config: Config, words: Words) -> Labels:
    """Return the words that stand inside the text of a subject, in its language."""
    return labels_in(words, subject.language or config.language)


class TextKeys:
    """Names a Document by everything that decides it: two texts with one key give the same Document.

    The content hash stands for the text, since it covers every byte of it.
    """

    def __init__(self, config: Config, words: Words, versions: str) -> None:
        """Keep the settings, the words of pages and the versions of everything that makes texts into Documents."""
        self._config = config
        self._words = words
        self._versions = versions
        self._marks: dict[str, str] = {}
        self._known: dict[int, tuple[LivePost | LiveAuthor, str]] = {}

    def of(self, live: LivePost | LiveAuthor) -> str:
        """Return the key of a text's Document: 32 hex digits."""
        known = self._known.get(
            id(live)
        )  # several ask for each; what is kept here keeps its number
        if known is None:
            known = self._known[id(live)] = (live, self._made(live))
        return known[1]

    def _made(self, live: LivePost | LiveAuthor) -> str:
        if isinstance(live, LivePost):
            subject, title, line = live.subject, live.post.front.title, live.post.body_line
        else:
            subject, title, line = live.author.subject, "", live.author.body_line
        mark = self._mark(subject.language or self._config.language)
        return digest_of_text(f"{mark}\n{live.hash.hex}\n{subject}\n{line}\n{title}")

    def _mark(self, tag: str) -> str:
        if tag not in self._marks:
            options = _options("", 1, labels_in(self._words, tag), self._config)
            sites = tuple(sorted(self._config.embeds.sites))
            self._marks[tag] = digest_of((self._versions, options, sites))
        return self._marks[tag]


def _options(path: str, first_line: int, labels: Labels, config: Config) -> MarkupOptions:
    host = urlsplit(config.url).hostname
    return MarkupOptions(
        path=path,
        first_line=first_line,
        media_hosts=frozenset(config.hosts),
        site_hosts=frozenset({host} if host else ()),
        labels=labels,
        parser=Parser(config.markdown.parser),
        math=config.markdown.math,
        diagrams=config.markdown.diagrams,
    )
