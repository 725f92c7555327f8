"""The three feed formats. Each takes a `FeedDocument` and gives the bytes of a file.

RSS 2.0: https://www.rssboard.org/rss-specification (content:encoded, dc:creator and atom:link as its best practices
say; media:content: https://www.rssboard.org/media-rss) · Atom: RFC 4287 · JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/

What entries look like in each is `blognet.render.feed_entries`, which writes each of them once for all feeds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, assert_never

from blognet.kernel.times import iso
from blognet.render.context import GENERATOR
from blognet.render.feed_entries import JSON_SEPARATOR, WrittenEntries, rfc822
from blognet.render.feed_values import NO_ENTRIES
from blognet.render.xmltext import DECLARATION, element, opening, parent
from blognet.site.pages import FeedFormat

if TYPE_CHECKING:
    from blognet.render.feed_values import FeedDocument

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_MEDIA = "http://search.yahoo.com/mrss/"
_CREATOR = "http://purl.org/dc/elements/1.1/"
_JSON_END = "\n}"


def feed_bytes(
    document: FeedDocument, feed: FeedFormat, written: WrittenEntries | None = None
) -> bytes:
    """Return the file of a feed.

    Args:
        document: What it says.
        feed: The format.
        written: Keeps entries that other feeds have, too.
    """
    match feed:
        case FeedFormat.RSS:
            head, tail = _rss(document)
        case FeedFormat.ATOM:
            head, tail = _atom(document)
        case FeedFormat.JSON:
            head, tail = _json_feed(document)
        case _:
            assert_never(feed)
    written = written or WrittenEntries()
    pieces = [head.encode("utf-8")]
    for entry in document.entries:
        pieces += written.of(entry, feed)
    if feed is FeedFormat.JSON and document.entries:
        pieces[-1] = pieces[-1].removesuffix(JSON_SEPARATOR)
    pieces.append(tail.encode("utf-8"))
    return b"".join(pieces)


def _rss(document: FeedDocument) -> tuple[str, str]:
    """Return what stands before and behind the entries of a feed as RSS 2.0."""
    itself = {"href": document.address, "rel": "self", "type": "application/rss+xml"}
    changed = document.updated != NO_ENTRIES
    names = {
        "xmlns_atom": _ATOM,
        "xmlns_content": _CONTENT,
        "xmlns_dc": _CREATOR,
        "xmlns_media": _MEDIA,
    }
    head = (
        DECLARATION,
        opening("rss", version="2.0", **names),
        opening("channel"),
        element("title", document.title),
        element("link", document.home),
        element("description", document.description),
        element("language", document.language),
        element("copyright", document.rights) if document.rights else "",
        _rss_image(document) if document.image else "",
        element("lastBuildDate", rfc822(document.updated)) if changed else "",
        element("generator", GENERATOR),
        element("atom:link", **itself),
        element("atom:link", rel="hub", href=document.hub) if document.hub else "",
    )
    return "".join(head), "</channel>\n</rss>\n"


def _rss_image(document: FeedDocument) -> str:
    """Write the picture of a feed; its title and its link are those of the feed, says the specification."""
    said = (("url", document.image), ("title", document.title), ("link", document.home))
    return parent("image", [element(name, text) for name, text in said])


def _atom(document: FeedDocument) -> tuple[str, str]:
    """Return what stands before and behind the entries of a feed as Atom."""
    names = {"xmlns": _ATOM, "xmlns_media": _MEDIA, "xml_lang": document.language}
    head = (
        DECLARATION,
        opening("feed", **names),
        element("id", document.id),
        element("title", document.title),
        element("subtitle", document.description),
        element("updated", iso(document.updated)),
        element("link", rel="self", type="application/atom+xml", href=document.address),
        element("link", rel="alternate", type="text/html", href=document.home),
        element("link", rel="hub", href=document.hub) if document.hub else "",
        parent("author", [element("name", document.site_title)]),
        element("rights", document.rights) if document.rights else "",
        element("icon", document.icon) if document.icon else "",
        element("generator", GENERATOR),
    )
    return "".join(head), "</feed>\n"


def _json_feed(document: FeedDocument) -> tuple[str, str]:
    """Return what stands before and behind the entries of a feed as JSON Feed 1.1."""
    mapping: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": document.title,
        "description": document.description,
        "home_page_url": document.home,
        "feed_url": document.address,
        "language": document.language,
        **({"icon": document.icon} if document.icon else {}),
        **({"hubs": [{"type": "WebSub", "url": document.hub}]} if document.hub else {}),
        "items": [],
    }
    said = json.dumps(mapping, ensure_ascii=False, indent=1)
    if not document.entries:
        return said, "\n"
    return f"{said.removesuffix('[]' + _JSON_END)}[\n  ", f"\n ]{_JSON_END}\n"
