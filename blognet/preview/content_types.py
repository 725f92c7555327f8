"""Which type a file is sent with, by its ending; the same on every machine."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath

_OWN = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".opml": "text/x-opml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".m4a": "audio/mp4",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".webm": "video/webm",
    ".vtt": "text/vtt; charset=utf-8",
    ".gz": "application/gzip",
    ".epub": "application/epub+zip",
}
_NAMES = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
}


def content_type(path: str) -> str:
    """Return the value of ``Content-Type`` for a path of the site; one that ends in ``/`` is a page."""
    name = PurePosixPath(path).name
    if path.endswith("/"):
        return _OWN[".html"]
    ending = PurePosixPath(name).suffix.lower()
    known = _NAMES.get(name) or _OWN.get(ending)
    # Without the machine's own tables, which differ.
    return known or mimetypes.MimeTypes().types_map[True].get(ending, "application/octet-stream")
