"""Where the addresses that authors write lead to. Answers with an address from the root of the site.

Authors write what works for them: the name of a file in the bundle, the address of a page, the name of another post's
source. All three are understood; whether something is published there is the second half of the answer. Web addresses
pass unchanged: what may be fetched from elsewhere was settled by `blognet.markup`.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from blognet.kernel.ids import Kind, SitePath, Subject
from blognet.kernel.text import slugify
from blognet.markup.hosts import is_remote
from blognet.site import addresses

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from blognet.site.published import LivePost

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MARK = re.compile(r"[?#]")
_SOURCE = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The text that an address stands in.

    Attributes:
        path: The page that the text has to itself; relative addresses start there.
        language: As in `Subject`.
        files: Paths of the files in its bundle.
    """

    path: SitePath
    language: str
    files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What there is to lead to.

    Attributes:
        contents: Every live post and page.
        paths: Every address of the site.
        folder: The folder the site lives in at its host, e.g. ``/blog``; "" at the host's root.
    """

    contents: Mapping[Subject, LivePost]
    paths: AbstractSet[SitePath]
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where an address leads.

    Attributes:
        address: A path of the site as it stands in a link, ``#fragment``, or a whole address.
        exists: Whether something is there; elsewhere on the web is taken to exist.
    """

    address: str
    exists: bool


def origin_of(live: LivePost) -> Origin:
    """Return the place from which the addresses of a post or page start."""
    files = frozenset(entry.path for entry in live.assets)
    return Origin(path=live.url, language=live.subject.language, files=files)


def ground_of(
    contents: Mapping[Subject, LivePost], paths: AbstractSet[SitePath], base_url: str
) -> Ground:
    """Return what there is to lead to, for a site at `base_url`."""
    return Ground(contents=contents, paths=paths, folder=urlsplit(base_url).path.rstrip("/"))


def destination(address: str, origin: Origin, ground: Ground) -> Destination:
    """Return where an address in a text leads."""
    if not address or address.startswith("#") or is_elsewhere(address):
        return Destination(address=address, exists=True)
    # A file may have a name that looks like more than a path: "bell #1.png".
    path, rest = (address, "") if address in origin.files else _split(address)
    wanted = path if path in origin.files else unicodedata.normalize("NFC", unquote(path))
    found = _found(wanted, origin, ground) if wanted else origin.path
    if found is not None:
        return Destination(address=as_link(found) + rest, exists=True)
    start = posixpath.dirname(origin.path) + "/"
    missing = posixpath.normpath(posixpath.join(start, wanted)).lstrip("/")
    slash = "/" if wanted.endswith("/") and missing else ""
    return Destination(address=as_link(SitePath(f"/{missing}{slash}")) + rest, exists=False)


def is_elsewhere(address: str) -> bool:
    """Whether an address names a host or a scheme, so that it does not lead into the site."""
    return is_remote(address) or _SCHEME.match(address.strip()) is not None


def as_link(path: SitePath) -> str:
    """Write a path as it stands in a link: what would begin a query or a fragment, and ``%``, is escaped."""
    return path.replace("%", "%25").replace("#", "%23").replace("?", "%3F")


def _split(address: str) -> tuple[str, str]:
    """Split into the path and the rest with its mark (``?query``, ``#fragment``)."""
    match = _MARK.search(address)
    return (address[: match.start()], address[match.start() :]) if match else (address, "")


def _found(wanted: str, origin: Origin, ground: Ground) -> SitePath | None:
    if not wanted.startswith("/"):
        name = posixpath.normpath(wanted)
        beside = SitePath(addresses.beside(origin.path, name))
        if name in origin.files and beside in ground.paths:
            return beside
    if _SOURCE.search(wanted):
        return _source_page(wanted, origin, ground)
    start = posixpath.dirname(origin.path) + "/"
    full = posixpath.normpath(posixpath.join(start, wanted)).replace("//", "/")
    inside = full.removeprefix(ground.folder) if full.startswith(f"{ground.folder}/") else full
    for path in (full, inside):
        bare = path.removesuffix("/index.html").rstrip("/")
        for candidate in (bare, f"{bare}/", f"{bare}.html"):
            if SitePath(candidate) in ground.paths:
                return SitePath(candidate)
    return None if wanted.startswith("/") else _source_page(wanted, origin, ground)


def _source_page(wanted: str, origin: Origin, ground: Ground) -> SitePath | None:
    """Return the address of the post or page whose source, or whose bundle, a link names; None when not live."""
    path = PurePosixPath(_SOURCE.sub("", wanted))
    stem, _, suffix = path.name.partition(".")
    name = path.parent.name if stem == "index" else stem
    ident = slugify(_DATED.sub("", name))
    for kind in (Kind.POST, Kind.PAGE):
        for language in dict.fromkeys((suffix or origin.language, suffix, "")):
            live = ground.contents.get(Subject(kind=kind, id=ident, language=language))
            if live is not None:
                return live.url
    return None
