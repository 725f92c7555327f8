"""Files for programs that are no feeds: feeds.opml, sitemap.xml, robots.txt.

OPML 2.0: http://opml.org/spec2.opml · sitemaps: https://www.sitemaps.org/protocol.html, with the alternates that
https://developers.google.com/search/docs/specialty/international/localized-versions describes, and the images of
https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps · robots.txt: RFC 9309.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from blognet.kernel.times import iso
from blognet.render.feeds import feed_title
from blognet.render.frame import GROUP_WORDS
from blognet.render.links import as_link
from blognet.render.xmltext import DECLARATION, element, parent
from blognet.site import addresses
from blognet.site.crawlers import CRAWLERS, LISTED, Purpose
from blognet.site.pages import FeedFormat
from blognet.themes.languages import language_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.render.context import Context
    from blognet.site import ListKey
    from blognet.site.pages import Opml, Sitemap, SitemapEntry, SitemapIndex

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"


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
    names = {"xmlns": _SITEMAP, "xmlns_xhtml": _XHTML}
    if any(entry.images for entry in shown.entries):
        names["xmlns_image"] = _IMAGE
    return (DECLARATION + parent("urlset", entries, **names)).encode("utf-8")


def sitemap_index(shown: SitemapIndex, context: Context) -> bytes:
    """Return the ``sitemap.xml`` that names its parts."""
    parts = [parent("sitemap", _sitemap_entry(part, context)) for part in shown.parts]
    return (DECLARATION + parent("sitemapindex", parts, xmlns=_SITEMAP)).encode("utf-8")


def robots(context: Context) -> bytes:
    """Return ``robots.txt``: what may be read by whom, and where the sitemap is.

    A crawler reads the group that names it and no other, so whoever is welcome needs no group of their own.
    """
    answers = context.config.crawlers
    denied = {
        Purpose.TRAINING: answers.training == "deny",
        Purpose.SEARCH: answers.search == "deny",
        Purpose.ASSISTANTS: answers.assistants == "deny",
    }
    names = [f"User-agent: {one.name}" for one in CRAWLERS if denied[one.purpose]]
    lines = ["User-agent: *", "Allow: /", ""]
    if names:
        kinds = ", ".join(purpose.value for purpose, no in denied.items() if no)
        lines += [f"# Crawlers of AI companies ({kinds}), as known on {LISTED}", *names]
        lines += ["Disallow: /", ""]
    return "\n".join((*lines, f"Sitemap: {context.whole(addresses.SITEMAP)}", "")).encode()


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
    for path in entry.images:
        yield parent("image:image", [element("image:loc", context.whole(as_link(path)))])
    for language, path in entry.alternates:
        tag, address = context.tag(language), context.whole(path)
        yield element("xhtml:link", rel="alternate", hreflang=tag, href=address)
        if not language:
            yield element("xhtml:link", rel="alternate", hreflang="x-default", href=address)
