"""What waits, as an Atom feed for mayors' feed readers. Private: it names work that nobody has approved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blognet.actions.promise import promised
from blognet.actions.readers import names_of
from blognet.actions.waiting import what_of
from blognet.disk.output_marker import is_output
from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.writing import replace_file, told
from blognet.kernel.errors import UsageError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.times import iso
from blognet.moderation.message_writing import plain, typed_name
from blognet.render.xmltext import DECLARATION, element, parent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from blognet.actions.network import Network
    from blognet.moderation.promise import Wait

_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NAME = "queue.atom"
_SITE = "site"


def write_queue_feed(network: Network, target: Path | None) -> Path:
    """Write the feed and return where.

    Args:
        network: As it stands.
        target: Where to; None for ``.blognet/queue.atom``.

    Raises:
        UsageError: The place is inside a built site, which everybody reads.
        BlognetError: The disk refuses.
    """
    path = target or private_folder(network.root) / _NAME
    with told(f"{path} could not be written"):
        site, place = (network.root / _SITE).resolve(), path.resolve()
        if site in {place, *place.parents} or any(map(is_output, place.parents)):
            message = f"{path} lies in a built site, where everybody could read what waits"
            raise UsageError(message, hint=f"leave --feed out: it is written to {PRIVATE}/{_NAME}")
        replace_file(place, queue_feed(network).encode("utf-8"))
    return path


def queue_feed(network: Network) -> str:
    """Return the feed: an entry for each version that waits, what is due first before the rest."""
    waits = promised(network).waits
    children = [
        element("id", f"urn:blognet:{network.config.id}:queue"),
        element("title", f"{network.config.title}: queue"),
        element("updated", iso(max((wait.since for wait in waits), default=_NEVER))),
        parent("author", [element("name", network.config.title)]),
        *(parent("entry", _entry(network, wait)) for wait in waits),
    ]
    return DECLARATION + parent("feed", children, xmlns=_ATOM)


def _entry(network: Network, wait: Wait) -> Iterator[str]:
    entry = network.entries[wait.subject]
    names = names_of(network)
    content = entry.standing.content
    version = sha256_hex(f"{wait.subject} {content} {iso(wait.since)}".encode())[:32]
    yield element("id", f"urn:blognet:{network.config.id}:queue:{version}")
    yield element("title", f"{plain(entry.title)} ({what_of(entry)})")
    yield element("updated", iso(wait.since))
    for author in entry.authors or ("?",):
        yield parent("author", [element("name", plain(names.get(author, author)))])
    due = f" An answer is due {iso(wait.due)}." if wait.due else ""
    text = f"mayor show {typed_name(wait.subject)}. Waits since {iso(wait.since)}.{due}"
    yield element("content", text, type="text")
