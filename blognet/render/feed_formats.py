"""The three feed formats. Each takes a `FeedDocument` and gives the bytes of a file.

RSS 2.0: https://www.rssboard.org/rss-specification (content:encoded, dc:creator and atom:link as its best practices
say; media:content: https://www.rssboard.org/media-rss) · Atom: RFC 4287 · JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import json
from email.utils import format_datetime
from typing import TYPE_CHECKING, assert_never

from blognet.kernel.times import iso
from blognet.render.context import GENERATOR
from blognet.render.feed_values import NO_ENTRIES
from blognet.render.xmltext import DECLARATION, allowed, element, parent
from blognet.site.pages import FeedFormat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from blognet.render.feed_values import FeedAuthor, FeedDocument, FeedEntry, FeedImage, FeedMedia

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_MEDIA = "http://search.yahoo.com/mrss/"
_CREATOR = "http://purl.org/dc/elements/1.1/"


def feed_bytes(document: FeedDocument, feed: FeedFormat) -> bytes:
    """Return the file of a feed."""
    match feed:
        case FeedFormat.RSS:
            return rss(document).encode("utf-8")
        case FeedFormat.ATOM:
            return atom(document).encode("utf-8")
        case FeedFormat.JSON:
            return json_feed(document).encode("utf-8")
        case _:
            assert_never(feed)


def rss(document: FeedDocument) -> str:
    """Write a feed as RSS 2.0."""
    itself = {"href": document.address, "rel": "self", "type": "application/rss+xml"}
    changed = document.updated != NO_ENTRIES
    channel = [
        element("title", document.title),
        element("link", document.home),
        element("description", document.description),
        element("language", document.language),
        element("copyright", document.rights) if document.rights else "",
        _rss_image(document) if document.image else "",
        element("lastBuildDate", _rfc822(document.updated)) if changed else "",
        element("generator", GENERATOR),
        element("atom:link", **itself),
        element("atom:link", rel="hub", href=document.hub) if document.hub else "",
        *(parent("item", _rss_item(entry)) for entry in document.entries),
    ]
    names = {
        "xmlns_atom": _ATOM,
        "xmlns_content": _CONTENT,
        "xmlns_dc": _CREATOR,
        "xmlns_media": _MEDIA,
    }
    return DECLARATION + parent("rss", [parent("channel", channel)], version="2.0", **names)


def atom(document: FeedDocument) -> str:
    """Write a feed as Atom."""
    children = [
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
        *(parent("entry", _atom_entry(entry)) for entry in document.entries),
    ]
    names = {"xmlns": _ATOM, "xmlns_media": _MEDIA, "xml_lang": document.language}
    return DECLARATION + parent("feed", children, **names)


def json_feed(document: FeedDocument) -> str:
    """Write a feed as JSON Feed 1.1."""
    mapping: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": document.title,
        "description": document.description,
        "home_page_url": document.home,
        "feed_url": document.address,
        "language": document.language,
        **({"icon": document.icon} if document.icon else {}),
        **({"hubs": [{"type": "WebSub", "url": document.hub}]} if document.hub else {}),
        "items": [_json_item(entry) for entry in document.entries],
    }
    return json.dumps(mapping, ensure_ascii=False, indent=1) + "\n"


def _rss_image(document: FeedDocument) -> str:
    """Write the picture of a feed; its title and its link are those of the feed, says the specification."""
    said = (("url", document.image), ("title", document.title), ("link", document.home))
    return parent("image", (element(name, text) for name, text in said))


def _rss_item(entry: FeedEntry) -> Iterator[str]:
    yield element("title", entry.title)
    yield element("link", entry.url)
    yield element("guid", entry.id, isPermaLink="false")
    yield element("pubDate", _rfc822(entry.published))
    yield from (element("dc:creator", author.name) for author in entry.authors)
    yield from (element("category", name) for name in entry.categories)
    yield element("description", entry.summary)
    if entry.html:
        yield element("content:encoded", entry.html)
    if entry.media:
        # A length that nobody knows is 0, says https://www.rssboard.org/rss-profile#element-channel-item-enclosure
        length = str(entry.media.length)
        yield element("enclosure", url=entry.media.url, length=length, type=entry.media.type)
    yield from _picture(entry)


def _picture(entry: FeedEntry) -> Iterator[str]:
    if entry.image:
        yield element("media:content", url=entry.image.url, medium="image", **_about(entry.image))


def _atom_entry(entry: FeedEntry) -> Iterator[str]:
    yield element("id", entry.id)
    yield element("title", entry.title)
    yield element("link", rel="alternate", type="text/html", href=entry.url)
    yield element("published", iso(entry.published))
    yield element("updated", iso(entry.updated))
    for author in entry.authors:
        yield parent("author", [element("name", author.name), element("uri", author.url)])
    yield from (element("category", term=name) for name in entry.categories)
    if entry.summary:
        yield element("summary", entry.summary)
    if entry.html:
        yield element("content", entry.html, type="html")
    if entry.media:
        length = {"length": str(entry.media.length)} if entry.media.length else {}
        about = {"type": entry.media.type, "href": entry.media.url}
        yield element("link", rel="enclosure", **about, **length)
    yield from _picture(entry)


def _about(image: FeedImage) -> dict[str, str]:
    known = {
        "type": image.type,
        "width": str(image.width or ""),
        "height": str(image.height or ""),
    }
    return {key: value for key, value in known.items() if value}


def _json_item(entry: FeedEntry) -> dict[str, object]:
    optional = {
        "content_html": entry.html,
        "content_text": "" if entry.html else entry.summary,
        "summary": entry.summary,
        "image": entry.image.url if entry.image else "",
        "tags": [allowed(name) for name in entry.categories],
    }
    return {
        "id": entry.id,
        "url": entry.url,
        "title": allowed(entry.title),
        **{key: value for key, value in optional.items() if value},
        "date_published": iso(entry.published),
        **({"attachments": [_json_media(entry.media)]} if entry.media else {}),
        **({"date_modified": iso(entry.updated)} if entry.updated != entry.published else {}),
        "authors": [_json_author(author) for author in entry.authors],
        "language": entry.language,
    }


def _json_media(media: FeedMedia) -> dict[str, object]:
    known = {"url": media.url, "mime_type": media.type, "size_in_bytes": media.length}
    return {key: value for key, value in known.items() if value}


def _json_author(author: FeedAuthor) -> dict[str, str]:
    known = {"name": author.name, "url": author.url, "avatar": author.avatar}
    return {key: value for key, value in known.items() if value}


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)
