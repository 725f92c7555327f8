"""What comes out of markup, and what may be asked of it. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.kernel.problems import Problem


class LinkKind(StrEnum):
    """Whether an address is followed by the reader or fetched by the reader's browser."""

    HREF = "href"
    SRC = "src"


class Parser(StrEnum):
    """Who reads Markdown. The values are those of ``markdown: {parser: …}`` in ``blognet.yml``."""

    MARKDOWN_IT = "markdown-it"
    PYROMARK = "pyromark"


@dataclass(frozen=True, slots=True, kw_only=True)
class TocEntry:
    """One heading: its level on the page (2 to 6), its id (namespaced), its plain text."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One address that the author wrote.

    Attributes:
        kind: Followed or fetched.
        target: The address exactly as written, not percent-encoded.
        text: What the reader sees of it: the link's text, an image's alternative text.
        line: Line in the source counted from `MarkupOptions.first_line`; 0 when unknown.
    """

    kind: LinkKind
    target: str
    text: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """One image. `alt` is None when raw HTML left it out; "" says that the image is decoration."""

    src: str
    alt: str | None
    title: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The few words that markup itself adds, so that a caller can translate them.

    ``{title}``, ``{number}``, ``{host}`` and ``{text}`` are filled in where the default has them.
    """

    note: str = "Note"
    tip: str = "Tip"
    important: str = "Important"
    warning: str = "Warning"
    caution: str = "Caution"
    info: str = "Info"
    summary: str = "Summary"
    success: str = "Success"
    question: str = "Question"
    example: str = "Example"
    quote: str = "Quotation"
    details: str = "Details"
    anchor: str = "Link to this section: {title}"
    footnotes: str = "Footnotes"
    footnote_back: str = "Back to the text of note {number}"
    table: str = "Table"
    code: str = "Code"
    task_open: str = "To do"
    task_done: str = "Done"
    image: str = "Image on {host}"
    media: str = "Media on {host}"
    frame: str = "Embedded page on {host}"
    elsewhere: str = "{text} ({host})"
    video: str = "Video on {host}"
    video_play: str = "Play the video here. It is loaded from {host}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkupOptions:
    """How to render.

    Attributes:
        path: Source path, for problems.
        first_line: Line of the source on which the text begins, counted from 1.
        top_level: Level of the highest heading in the result.
        media_hosts: Hosts whose images, media and frames may be fetched by readers. ``example.org`` allows
            exactly that host, ``*.example.org`` every host below it.
        site_hosts: Hosts that are not external, so that links there get no ``rel``.
        video_sites: Whose videos get a card, where a link to one stands alone: ``youtube``, ``vimeo``, and hosts of
            PeerTube.
        reserved_ids: Ids that belong to the theme; an id beginning with ``site-`` is reserved always.
        labels: The words to add.
        parser: Who reads the Markdown.
        math: Whether dollars enclose formulas, and fences of the language ``math`` hold them.
        diagrams: Whether fences of the language ``dot`` are drawn.
    """

    path: str = ""
    first_line: int = 1
    top_level: int = 2
    media_hosts: frozenset[str] = frozenset()
    site_hosts: frozenset[str] = frozenset()
    video_sites: frozenset[str] = frozenset()
    reserved_ids: frozenset[str] = frozenset(
        {
            "main",
            "content",
            "top",
            "search",
            "nav",
            "navigation",
            "header",
            "footer",
            "menu",
            "toc",
            "body",
            "skip",
        }
    )
    labels: Labels = field(default_factory=Labels)
    parser: Parser = Parser.MARKDOWN_IT
    math: bool = False
    diagrams: bool = False


DEFAULT_OPTIONS = MarkupOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text, made safe.

    Attributes:
        html: Safe HTML; every href and src is as the author wrote it (see `blognet.markup.rewrite_links`).
        toc: The headings outside quotations, in order.
        links: Every address to follow or fetch, in order; media that became links are links to follow.
        images: Every image, in order, those that became links because of their host too.
        words: Count of words; each Han or kana character counts as a word.
        excerpt: Plain text before ``<!-- more -->``, else of the first paragraphs, about fifty words.
        text: The whole as plain text, one line for each block.
        problems: What was left out or looks wrong; never an error: the html is safe and complete without it.

    A page of a text reads neither its links nor the whole as plain text: see `document_without_rest`.
    """

    html: str
    toc: tuple[TocEntry, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    words: int = 0
    excerpt: str = ""
    text: str = ""
    problems: tuple[Problem, ...] = ()
    _read_rest: Callable[[], tuple[tuple[Link, ...], str]] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Read what `document_without_rest` left out, and keep it."""
            if name not in {"links", "text"}:
                raise AttributeError(name)
            read_rest = self._read_rest
            if read_rest is None:  # another thread was here meanwhile, or it is not there at all
                return object.__getattribute__(self, name)
            links, text = read_rest()
            put = object.__setattr__
            put(self, "links", links)
            put(self, "text", text)
            put(self, "_read_rest", None)
            return links if name == "links" else text


def document_without_rest(
    *,
    html: str,
    toc: tuple[TocEntry, ...],
    images: tuple[Image, ...],
    words: int,
    excerpt: str,
    problems: tuple[Problem, ...],
    read_rest: Callable[[], tuple[tuple[Link, ...], str]],
) -> Document:
    """Return a Document whose links and text are read when somebody asks for one; it equals one that has them."""
    document = object.__new__(Document)
    put = object.__setattr__
    put(document, "html", html)
    put(document, "toc", toc)
    put(document, "images", images)
    put(document, "words", words)
    put(document, "excerpt", excerpt)
    put(document, "problems", problems)
    put(document, "_read_rest", read_rest)
    return document
