"""Markdown to a safe Document. Answers: what a text looks like, links to, and says; knows no blogs, no files, no site.

The way is always the same: `parse` (markdown-it-py) or `pull` (pyromark), with `raw` for the HTML that authors write;
`sanitise` (nh3: the gate); then only trusted passes of our own: `dress` (anchors, code, tables, notes) and `rewrite`
(addresses). Either parser may stand before the gate (`parsers` is the door to both); nothing but our passes may stand
behind it. Only this room imports markdown_it, mdit_py_plugins, pyromark, nh3, pygments, math_core
and wasmtime.

What a theme has to know: headings begin at h2 and hold ``a.anchor`` (empty, to be filled by CSS);
``pre.code > code.hl`` with ``hl-`` classes (`pygments_css`); ``div.table`` around tables; ``div.alert.alert-note``
(tip, important, warning, caution) with ``p.alert-title``; ``li.task > span.task-box``; ``sup.footnote-ref``,
``section.footnotes``, ``a.footnote-back``; ``a.media-link`` for media from elsewhere; ``figure.embed > a.embed-link``
for a video elsewhere, with ``data-frame`` for a script; ``math`` and ``span.math-block`` with classes ``m-…`` inside,
``code.math-source`` for what is no formula; ``figure.diagram`` with an ``svg`` and ``.d-accent``; and the classes that
authors may write: ``align-left align-center align-right wide lead``. A theme's own ids begin with ``site-`` or are in
`MarkupOptions.reserved_ids`.
"""

from typing import TYPE_CHECKING

from blognet.kernel.fronts import shown_later

if TYPE_CHECKING:
    from blognet.markup.document import render_html, render_markdown
    from blognet.markup.highlight_css import pygments_css
    from blognet.markup.parsers import parser_versions
    from blognet.markup.prose import count_words, first_words, reading_minutes, without_title
    from blognet.markup.rewrite import external_media_to_links, for_feed, rewrite_links
    from blognet.markup.rich import is_rich
    from blognet.markup.values import (
        Document,
        Image,
        Labels,
        Link,
        LinkKind,
        MarkupOptions,
        Parser,
        TocEntry,
    )
    from blognet.markup.videos import frame_hosts_in, frame_hosts_of
else:
    __getattr__ = shown_later(
        __name__,
        {
            "document": (
                "render_html",
                "render_markdown",
            ),
            "highlight_css": ("pygments_css",),
            "parsers": ("parser_versions",),
            "prose": (
                "count_words",
                "first_words",
                "reading_minutes",
                "without_title",
            ),
            "rewrite": (
                "external_media_to_links",
                "for_feed",
                "rewrite_links",
            ),
            "rich": ("is_rich",),
            "values": (
                "Document",
                "Image",
                "Labels",
                "Link",
                "LinkKind",
                "MarkupOptions",
                "Parser",
                "TocEntry",
            ),
            "videos": (
                "frame_hosts_in",
                "frame_hosts_of",
            ),
        },
    )

__all__ = [
    "Document",
    "Image",
    "Labels",
    "Link",
    "LinkKind",
    "MarkupOptions",
    "Parser",
    "TocEntry",
    "count_words",
    "external_media_to_links",
    "first_words",
    "for_feed",
    "frame_hosts_in",
    "frame_hosts_of",
    "is_rich",
    "parser_versions",
    "pygments_css",
    "reading_minutes",
    "render_html",
    "render_markdown",
    "rewrite_links",
    "without_title",
]
