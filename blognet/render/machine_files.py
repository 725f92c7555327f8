"""Files for programs that are no feeds: feeds.opml, sitemap.xml, robots.txt.

OPML 2.0: http://opml.org/spec2.opml · sitemaps: https://www.sitemaps.org/protocol.html, with the alternates that
https://developers.google.com/search/docs/specialty/international/localized-versions describes · robots.txt: RFC 9309.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from blognet.kernel.times import iso
from blognet.render.feeds import feed_title
from blognet.render.frame import GROUP_WORDS
from blognet.render.xmltext import DECLARATION, element, parent
from blognet.site import addresses
from blognet.site.pages import FeedFormat
from blognet.themes.languages import language_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.render.context import Context
    from blognet.site import ListKey
    from blognet.site.pages import Opml, Sitemap, SitemapEntry

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def opml(shown: Opml, context: Context) -> bytes:
    """Return ``feeds.opml``: the RSS feeds of every list, grouped by language and kind."""
    lists = sorted(shown.lists, key=lambda key: _group_order(key, context))
    groups = [
        parent("outline", [_outline(key, context) for key in keys], text=heading)
        for heading, keys in groupby(lists, key=lambda key: _heading(key, context))
    ]
    head = parent("head", [element("title", context.config.title)])
    text = DECLARATION + parent("opml", [head, parent("body", groups)], version="2.0")
    return text.encode("utf-8")


def sitemap(shown: Sitemap, context: Context) -> bytes:
    """Return ``sitemap.xml``."""
    entries = [parent("url", _sitemap_entry(entry, context)) for entry in shown.entries]
    text = DECLARATION + parent("urlset", entries, xmlns=_SITEMAP, xmlns_xhtml=_XHTML)
    return text.encode("utf-8")


def robots(context: Context) -> bytes:
    """Return ``robots.txt``: everything may be read, and where the sitemap is."""
    where = context.whole(addresses.SITEMAP)
    return f"User-agent: *\nAllow: /\n\nSitemap: {where}\n".encode()


def _group_order(key: ListKey, context: Context) -> tuple[int, int, str, ListKey]:
    language = context.catalogue.languages.index(key.language)
    kind = list(type(key.kind)).index(key.kind)
    return (language, kind, context.catalogue.listings[key].name.casefold(), key)


def _heading(key: ListKey, context: Context) -> str:
    tag = context.tag(key.language)
    heading = context.words.phrase(tag, GROUP_WORDS[key.kind])
    return f"{heading} ({language_name(tag)})" if key.language else heading


def _outline(key: ListKey, context: Context) -> str:
    listing = context.catalogue.listings[key]
    title = feed_title(listing, context)
    return element(
        "outline",
        type="rss",
        text=title,
        title=title,
        xmlUrl=context.whole(addresses.of_feed(key, FeedFormat.RSS)),
        htmlUrl=context.whole(listing.url),
    )


def _sitemap_entry(entry: SitemapEntry, context: Context) -> Iterator[str]:
    yield element("loc", context.whole(entry.path))
    if entry.changed:
        yield element("lastmod", iso(entry.changed))
    for language, path in entry.alternates:
        tag, address = context.tag(language), context.whole(path)
        yield element("xhtml:link", rel="alternate", hreflang=tag, href=address)
        if not language:
            yield element("xhtml:link", rel="alternate", hreflang="x-default", href=address)
