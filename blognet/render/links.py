"""Where the addresses that authors write lead to. Answers with an address from the root of the site.

What an address can mean is `blognet.content.leads`; whether something is published there is the second half of the
answer. Web addresses pass unchanged: what may be fetched from elsewhere was settled by `blognet.markup`.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never
from urllib.parse import urlsplit

from blognet.content.leads import (
    Addressed,
    Origin,
    OwnFile,
    Sourced,
    has_scheme,
    leads,
    may_be_source,
    split_address,
)
from blognet.kernel.ids import SitePath
from blognet.markup.hosts import is_remote
from blognet.site import addresses

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from blognet.content.leads import Lead
    from blognet.kernel.ids import Subject
    from blognet.site.published import LivePost


_KEPT = 4096
"""Addresses of which is kept what does not depend on the site: a page, a feed and a check ask for each."""


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
    if leads_out(address):
        return Destination(address=address, exists=True)
    wanted, rest = split_address(address, origin)
    found = _found(wanted, origin, ground) if wanted else origin.path
    if found is not None:
        return Destination(address=as_link(found) + rest, exists=True)
    start = posixpath.dirname(origin.path) + "/"
    missing = posixpath.normpath(posixpath.join(start, wanted)).lstrip("/")
    slash = "/" if wanted.endswith("/") and missing else ""
    return Destination(address=as_link(SitePath(f"/{missing}{slash}")) + rest, exists=False)


def leads_out(address: str) -> bool:
    """Whether an address is its own destination, whatever is on the site: nothing, a place in the text, elsewhere."""
    return not address or address.startswith("#") or is_elsewhere(address)


@lru_cache(maxsize=_KEPT)
def is_elsewhere(address: str) -> bool:
    """Whether an address names a host or a scheme, so that it does not lead into the site."""
    return is_remote(address) or has_scheme(address)


def as_link(path: SitePath) -> str:
    """Write a path as it stands in a link: what would begin a query or a fragment, and ``%``, is escaped."""
    return path.replace("%", "%25").replace("#", "%23").replace("?", "%3F")


def _found(wanted: str, origin: Origin, ground: Ground) -> SitePath | None:
    is_rooted = wanted.startswith("/") and not may_be_source(wanted)
    folder = ground.folder
    for lead in _rooted(wanted, folder) if is_rooted else leads(wanted, origin, folder=folder):
        known = _known(lead, origin, ground)
        if known is not None:
            return known
    return None


@lru_cache(maxsize=_KEPT)
def _rooted(wanted: str, folder: str) -> tuple[Lead, ...]:
    """Return what a path from the root can mean, which is the same in every text."""
    return tuple(leads(wanted, Origin(path=SitePath("/"), language=""), folder=folder))


def _known(lead: Lead, origin: Origin, ground: Ground) -> SitePath | None:
    """Return the address that readers can open; None when there is none."""
    match lead:
        case OwnFile(name=name):
            beside = SitePath(addresses.beside(origin.path, name))
            return beside if beside in ground.paths else None
        case Addressed(spellings=spellings):
            return next((path for path in spellings if path in ground.paths), None)
        case Sourced(subjects=subjects):
            live = (ground.contents.get(subject) for subject in subjects)
            return next((one.url for one in live if one is not None), None)
    assert_never(lead)
