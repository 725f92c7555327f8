"""Texts made into Documents: once for each approved text, whatever number of pages shows it.

`render_body` and `render_bio` are pure functions of an approved text and a few settings, so that their results can be
kept under the content hash. What depends on the rest of the site (where a link leads) is left to the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blognet.markup import MarkupOptions, Parser, render_markdown, without_title
from blognet.render.labels import labels_in
from blognet.site.articles import source_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.config import Config
    from blognet.kernel.ids import Subject
    from blognet.markup import Document
    from blognet.site import Catalogue, LiveAuthor, LivePost


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """Every text of the site as a Document."""

    posts: Mapping[Subject, Document]
    bios: Mapping[Subject, Document]


def render_bodies(catalogue: Catalogue, config: Config) -> Bodies:
    """Make every text into a Document."""
    return Bodies(
        posts={subject: render_body(live, config) for subject, live in catalogue.contents.items()},
        bios={subject: render_bio(live, config) for subject, live in catalogue.profiles.items()},
    )


def render_body(live: LivePost, config: Config) -> Document:
    """Make the text of a post or page into a Document, without a first heading that repeats its title."""
    text = without_title(live.post.body, live.post.front.title)
    tag = live.subject.language or config.language
    options = _options(source_place(live).path, live.post.body_line, tag, config)
    return render_markdown(text, options=options)


def render_bio(live: LiveAuthor, config: Config) -> Document:
    """Make the bio of an author into a Document."""
    author = live.author
    path = f"record/{author.subject}/{live.hash.file_stem}.txt"
    options = _options(path, author.body_line, author.subject.language or config.language, config)
    return render_markdown(author.body, options=options)


def _options(path: str, first_line: int, tag: str, config: Config) -> MarkupOptions:
    host = urlsplit(config.url).hostname
    return MarkupOptions(
        path=path,
        first_line=first_line,
        media_hosts=frozenset(config.hosts),
        site_hosts=frozenset({host} if host else ()),
        labels=labels_in(tag),
        parser=Parser(config.markdown.parser),
    )
