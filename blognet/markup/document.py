"""The way from a text to a Document: parse, sanitise, dress, gather. Knows no files, no site, no posts."""

from __future__ import annotations

import re
from html import unescape

from blognet.markup.dress import Dressing
from blognet.markup.page_ids import PageIds
from blognet.markup.parsers import write_markdown
from blognet.markup.pieces import BLOCK_END
from blognet.markup.prose import EXCERPT_WORDS, count_words, first_words, squeeze
from blognet.markup.raw import RawHtml
from blognet.markup.rewrite import external_media_to_links
from blognet.markup.sanitise import sanitise
from blognet.markup.values import DEFAULT_OPTIONS, Document, MarkupOptions
from blognet.markup.videos import with_video_cards

MAX_EXCERPT_WORDS = 200
"""Words kept of an excerpt that the author marked with ``<!-- more -->``."""
_ADDRESS_ALONE = re.compile(r"https?://\S+")
_PREFIX = re.compile(r"(?:[a-z][\w.-]*)?")


def render_markdown(
    text: str, *, prefix: str = "", options: MarkupOptions = DEFAULT_OPTIONS
) -> Document:
    """Return a Markdown text as safe HTML, with what it holds.

    Never fails on any text, in time about linear in its size. The limits, all in `blognet.markup.allow` and
    `blognet.markup.highlight`: what nests too deeply is left out, a paragraph that is too long is shown plain, a
    text that is too long is cut, large listings are not coloured; each of the first three is a problem of the
    Document.

    Media from hosts that the options do not list are links already. Raw HTML is welcome as far as
    `blognet.markup.allow` goes; an id in it is kept unique with the others, a class only if a theme offers it.

    Args:
        text: Markdown without front matter; only LF ends a line.
        prefix: Put before every id, so that several texts fit on one page; letters, digits and ``-_.``,
            beginning with a letter. "" when the text has the page to itself.
        options: How to render.

    Raises:
        ValueError: The prefix is not such a name.
        ConfigError: The parser that `options` names is not installed.
    """
    raw = RawHtml(path=options.path, lines=tuple(text.split("\n")), first_line=options.first_line)
    html = write_markdown(
        text, raw, parser=options.parser, first_line=options.first_line, math=options.math
    )
    return _finish(html, raw, prefix, options)


def render_html(
    html: str, *, prefix: str = "", options: MarkupOptions = DEFAULT_OPTIONS
) -> Document:
    """Return HTML from elsewhere (an import, a feed) as a Document, under the same rules and limits."""
    raw = RawHtml(path=options.path)
    return _finish(raw.block(html, options.first_line) + raw.leave_block(), raw, prefix, options)


def _finish(untrusted: str, raw: RawHtml, prefix: str, options: MarkupOptions) -> Document:
    if _PREFIX.fullmatch(prefix) is None:
        message = f"not a prefix for ids: {prefix!r}"
        raise ValueError(message)
    ids = PageIds(prefix=prefix, reserved=options.reserved_ids)
    dressing = Dressing(source=sanitise(untrusted), ids=ids, options=options, raw=raw)
    html = external_media_to_links(dressing.run(), options.media_hosts, options.labels)
    html = with_video_cards(html, options.video_sites, options.labels)
    lines = unescape("".join(dressing.text)).split(BLOCK_END)
    text = "\n".join(" ".join(words) for line in lines if (words := line.split()))
    return Document(
        html=html.strip() + "\n" if html.strip() else "",
        toc=tuple(dressing.toc),
        links=tuple(dressing.links),
        images=tuple(dressing.images),
        words=count_words(text),
        excerpt=_excerpt(dressing) or first_words(text),
        text=text,
        problems=tuple(sorted(raw.problems)),
    )


def _excerpt(dressing: Dressing) -> str:
    """Return the words before the mark, else those of the first paragraphs until there are enough.

    Addresses alone in their paragraphs are left out.
    """
    end = len(dressing.text) if dressing.more_at is None else dressing.more_at
    limit = EXCERPT_WORDS if dressing.more_at is None else MAX_EXCERPT_WORDS
    chosen: list[str] = []
    words = 0
    for start, stop in dressing.paragraphs:
        if start >= end or words >= limit:
            break
        paragraph = squeeze(
            unescape("".join(dressing.text[start : min(stop, end)])).replace(BLOCK_END, " ")
        )
        if _ADDRESS_ALONE.fullmatch(paragraph):
            continue  # on its page it is a video or a link; in a list it would be noise
        chosen.append(paragraph)
        words += count_words(paragraph)
    return first_words(" ".join(filter(None, chosen)), limit)
