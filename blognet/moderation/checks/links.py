"""Where the links of a text lead inside the site: to something live, to something unpublished, or nowhere.

What an address can mean is `blognet.content.leads`, which the build asks, too. Addresses elsewhere on the web are
nobody's affair here: no check asks the network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never
from urllib.parse import urlsplit

from blognet.content.leads import (
    Addressed,
    Origin,
    OwnFile,
    Sourced,
    has_scheme,
    leads,
    split_address,
)
from blognet.kernel.ids import SitePath
from blognet.markup import LinkKind
from blognet.markup.hosts import host_of, is_remote
from blognet.moderation.checks import codes
from blognet.moderation.checks.reports import Report
from blognet.moderation.urls import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config.checks import Checks
    from blognet.content.leads import Lead
    from blognet.kernel.ids import Subject
    from blognet.markup import Document
    from blognet.moderation.checks.facts import Neighbour, SiteFacts
    from blognet.moderation.checks.source import CheckedSource

_YEAR = re.compile(r"\d{4}")
_MACHINES = frozenset(
    "feed.xml atom.xml feed.json sitemap.xml robots.txt feeds.opml 404.html favicon.ico index.html".split()
)
_STATES = {
    "waiting": "waits for approval",
    "scheduled": "appears later",
    "retracted": "was retracted",
    "expired": "has expired",
}
_HINT = "correct it; another post is best named by its file, such as our-trip.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """What a link means: a subject, something of the site's own, or nothing at all."""

    subject: Subject | None = None
    neighbour: Neighbour | None = None
    exists: bool = False


def dead_links(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report links inside the site at whose end nothing is and nothing waits."""
    del settings
    for target, line, found in _inside(source, document, facts):
        if not found.exists and found.subject is None:
            yield Report(
                code=codes.LINKS,
                location=source.find(target, line=line),
                message=f"the link to '{_short(target)}' leads nowhere",
                hint=_HINT,
            )


def unpublished_links(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report links to subjects that readers cannot open."""
    del settings
    for target, line, found in _inside(source, document, facts):
        other = found.neighbour
        if other is not None and not other.is_live and found.subject != source.subject:
            state = _STATES.get(other.state, "is not published")
            yield Report(
                code=codes.UNPUBLISHED_LINKS,
                location=source.find(target, line=line),
                message=f"the link to '{_short(target)}' leads to {found.subject}, which {state}",
                hint="have it approved first, or take the link out",
            )


def _inside(
    source: CheckedSource, document: Document, facts: SiteFacts
) -> Iterator[tuple[str, int, _Target]]:
    """Yield each link inside the site as written, its line, and what it means."""
    origin = _origin(source, facts)
    for link in document.links:
        if link.kind is not LinkKind.HREF or not link.target.strip():
            continue
        path = _path_inside(link.target.strip(), origin, facts)
        if path:
            yield link.target, link.line, _meaning(path, origin, facts)


def _origin(source: CheckedSource, facts: SiteFacts) -> Origin:
    own = facts.neighbours.get(source.subject)
    path = own.url if own and own.url else SitePath(f"/authors/{source.subject.id}/")
    return Origin(path=path, language=source.subject.language, files=frozenset(source.assets))


def _path_inside(target: str, origin: Origin, facts: SiteFacts) -> str:
    """Return the path of a link without query and fragment; "" for one that leads elsewhere or stays on the page."""
    if not is_remote(target):
        return "" if has_scheme(target) else split_address(target, origin)[0]
    site = urlsplit(facts.url)
    if not site.hostname or host_of(target) != site.hostname.lower():
        return ""
    try:
        path = urlsplit(target).path or "/"
    except ValueError:
        return ""
    folder = site.path.rstrip("/")
    if folder and not f"{path}/".startswith(f"{folder}/"):
        return ""  # another site on the same host
    return split_address(path.removeprefix(folder), origin)[0] or "/"


def _meaning(path: str, origin: Origin, facts: SiteFacts) -> _Target:
    folder = urlsplit(facts.url).path.rstrip("/")
    meant = (_known(lead, facts) for lead in leads(path, origin, folder=folder))
    return next((one for one in meant if one.exists or one.subject is not None), _Target())


def _known(lead: Lead, facts: SiteFacts) -> _Target:
    match lead:
        case OwnFile():
            return _Target(exists=True)
        case Addressed(spellings=spellings):
            return _by_address(spellings, facts)
        case Sourced(subjects=subjects):
            known = [subject for subject in subjects if subject in facts.neighbours]
            # The build takes the first that is live.
            known.sort(key=lambda one: not facts.neighbours[one].is_live)
            return _to(known[0], facts) if known else _Target()
    assert_never(lead)


def _to(subject: Subject, facts: SiteFacts) -> _Target:
    return _Target(subject=subject, neighbour=facts.neighbours[subject])


def _by_address(spellings: tuple[SitePath, ...], facts: SiteFacts) -> _Target:
    for spelling in spellings:
        subject = facts.by_url.get(f"{spelling.rstrip('/')}/")
        if subject is not None:
            return _to(subject, facts)
    bare = spellings[0]
    folder, _, name = bare.rpartition("/")
    beside = facts.by_url.get(f"{folder}/")
    if beside is not None and name in facts.neighbours[beside].files:
        return _to(beside, facts)
    return _Target(exists=_is_of_the_site(bare, facts))


def _is_of_the_site(bare: str, facts: SiteFacts) -> bool:
    """Whether an address is one of the lists, feeds and machine files of the site."""
    parts = [part for part in bare.split("/") if part]
    if parts and parts[0] in facts.languages:
        parts = parts[1:]
    if not parts or parts[-1] in _MACHINES:
        return True
    if len(parts) == 1 and _YEAR.fullmatch(parts[0]):
        return True
    if parts[0] == "authors" and len(parts) > 1:
        return parts[1] in facts.authors
    # Which tags and topics have a page changes with every approval; the build knows, and warns.
    return parts[0] in RESERVED


def _short(target: str, *, limit: int = 80) -> str:
    return target if len(target) <= limit else f"{target[: limit - 1]}…"
