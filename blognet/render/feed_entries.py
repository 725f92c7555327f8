"""Entries of feeds as bytes, each written once for all feeds of a format: a post stands in a dozen of them.

What is written is a function of the entry alone; `WrittenEntries` changes nothing but the time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Final, assert_never

from blognet.kernel.times import iso, mail_time
from blognet.render.feed_values import KeptEntry
from blognet.render.xmltext import allowed, element, escaped, opening, parent
from blognet.site.pages import FeedFormat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from blognet.render.feed_values import FeedAuthor, FeedEntry, FeedImage, FeedMedia

JSON_SEPARATOR: Final = b",\n  "
"""What stands behind each entry of a JSON feed but the last."""
MOST_KEPT: Final = 200
"""Entries that are kept, about 30 kB each: those of one list, whose feeds are made in one go."""


@dataclass(slots=True)
class _Written:
    """What was written of an entry: the pieces in each format, and its text as XML, which two formats share."""

    entry: FeedEntry
    formats: dict[FeedFormat, tuple[bytes, ...]] = field(default_factory=dict)
    text: bytes | None = None


class WrittenEntries:
    """Entries as bytes, those that were asked for last."""

    def __init__(self, *, most: int = MOST_KEPT) -> None:
        """Begin with none; `most` are kept."""
        self._known: dict[str, _Written] = {}
        self._most = most

    def of(self, entry: FeedEntry | KeptEntry, feed: FeedFormat) -> tuple[bytes, ...]:
        """Return an entry in a format, in pieces; one that is kept is of this format."""
        if isinstance(entry, KeptEntry):
            return (entry.raw, JSON_SEPARATOR) if feed is FeedFormat.JSON else (entry.raw,)
        known = self._known.pop(entry.id, None)
        if known is None or (known.entry is not entry and known.entry != entry):
            known = _Written(entry)
            if len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
        self._known[entry.id] = known  # the last one now
        pieces = known.formats.get(feed)
        if pieces is None:
            pieces = known.formats[feed] = _pieces(known, feed)
        return pieces


def entries_in(raw: bytes, feed: FeedFormat) -> tuple[bytes, ...]:
    """Return the entries of a feed that was written here, each as `KeptEntry.raw`.

    Nothing inside an entry looks like the end of one: in XML what an author wrote is escaped, and in JSON each line
    of an entry but its first and last stands further in.
    """
    match feed:
        case FeedFormat.RSS:
            begins, ends = b"<item>\n", b"</item>\n"
        case FeedFormat.ATOM:
            begins, ends = b"<entry>\n", b"</entry>\n"
        case FeedFormat.JSON:
            _, _, items = raw.partition(b'"items": [\n  ')
            pieces = items.removesuffix(b"\n ]\n}\n").split(JSON_SEPARATOR + b"{")
            return (pieces[0], *(b"{" + piece for piece in pieces[1:])) if items else ()
        case _:
            assert_never(feed)
    _, begin, items = raw.partition(begins)
    *pieces, _ = (begin + items).split(ends)
    return tuple(piece + ends for piece in pieces)


def rfc822(moment: datetime) -> str:
    """Return a time as RSS writes it."""
    return mail_time(moment)


def _pieces(written: _Written, feed: FeedFormat) -> tuple[bytes, ...]:
    entry = written.entry
    match feed:
        case FeedFormat.RSS:
            before, after, name, about = _rss_head(entry), _rss_tail(entry), "content:encoded", ""
            outer = "item"
        case FeedFormat.ATOM:
            before, after, name, about = _atom_head(entry), _atom_tail(entry), "content", "html"
            outer = "entry"
        case FeedFormat.JSON:
            return (_as_json(_json_item(entry), "\n  ").encode("utf-8"), JSON_SEPARATOR)
        case _:
            assert_never(feed)
    head, tail = [opening(outer), *before], [*after, f"</{outer}>\n"]
    if not entry.html:
        return ("".join((*head, *tail)).encode("utf-8"),)
    if written.text is None:
        written.text = escaped(entry.html).encode("utf-8")
    head.append(f'<{name} type="{about}">' if about else f"<{name}>")
    tail.insert(0, f"</{name}>\n")
    return ("".join(head).encode("utf-8"), written.text, "".join(tail).encode("utf-8"))


def _rss_head(entry: FeedEntry) -> Iterator[str]:
    yield element("title", entry.title)
    yield element("link", entry.url)
    yield element("guid", entry.id, isPermaLink="false")
    yield element("pubDate", rfc822(entry.published))
    yield from (element("dc:creator", author.name) for author in entry.authors)
    yield from (element("category", name) for name in entry.categories)
    yield element("description", entry.summary)


def _rss_tail(entry: FeedEntry) -> Iterator[str]:
    if entry.media:
        # A length that nobody knows is 0, says https://www.rssboard.org/rss-profile#element-channel-item-enclosure
        length = str(entry.media.length)
        yield element("enclosure", url=entry.media.url, length=length, type=entry.media.type)
    yield from _picture(entry)


def _picture(entry: FeedEntry) -> Iterator[str]:
    if entry.image:
        yield element("media:content", url=entry.image.url, medium="image", **_about(entry.image))


def _atom_head(entry: FeedEntry) -> Iterator[str]:
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


def _atom_tail(entry: FeedEntry) -> Iterator[str]:
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


def _as_json(value: object, line: str) -> str:
    """Write what `json.dumps` does with an indent of 1, several times quicker; each line begins as `line` says.

    Raises:
        TypeError: It is nothing that an entry holds.
    """
    inner = f"{line} "
    match value:
        case str():
            return encode_basestring(value)
        case int() if not isinstance(value, bool):
            return str(value)
        case dict():
            items = [
                f"{encode_basestring(key)}: {_as_json(each, inner)}" for key, each in value.items()
            ]
            opened, closed = "{}"
        case list():
            items, (opened, closed) = [_as_json(each, inner) for each in value], "[]"
        case _:
            raise TypeError(type(value).__name__)
    return f"{opened}{inner}{f',{inner}'.join(items)}{line}{closed}" if items else opened + closed


def _json_media(media: FeedMedia) -> dict[str, object]:
    known = {"url": media.url, "mime_type": media.type, "size_in_bytes": media.length}
    return {key: value for key, value in known.items() if value}


def _json_author(author: FeedAuthor) -> dict[str, str]:
    known = {"name": author.name, "url": author.url, "avatar": author.avatar}
    return {key: value for key, value in known.items() if value}
