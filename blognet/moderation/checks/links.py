"""Where the links of a text lead inside the site: to something live, to something unpublished, or nowhere.

Authors write what works for them: an address, or the name of another post's file. Both are understood as the build
understands them. Addresses elsewhere on the web are nobody's affair here: no check asks the network.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from blognet.kernel.ids import Kind, Subject
from blognet.kernel.text import slugify
from blognet.markup import LinkKind
from blognet.markup.hosts import host_of, is_remote
from blognet.moderation.checks import codes
from blognet.moderation.checks.reports import Report
from blognet.moderation.urls import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config.checks import Checks
    from blognet.markup import Document
    from blognet.moderation.checks.facts import Neighbour, SiteFacts
    from blognet.moderation.checks.source import CheckedSource

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SOURCE = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ]")
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
    for link in document.links:
        if link.kind is not LinkKind.HREF or not link.target.strip():
            continue
        path = _path_inside(link.target.strip(), facts)
        if path:
            yield link.target, link.line, _meaning(path, source, facts)


def _path_inside(target: str, facts: SiteFacts) -> str:
    """Return the path of a link without query and fragment; "" for one that leads elsewhere or stays on the page."""
    if is_remote(target):
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
        return unquote(path.removeprefix(folder)) or "/"
    if _SCHEME.match(target):
        return ""
    return unicodedata.normalize("NFC", unquote(re.split(r"[?#]", target, maxsplit=1)[0]))


def _meaning(path: str, source: CheckedSource, facts: SiteFacts) -> _Target:
    own = facts.neighbours.get(source.subject)
    base = own.url if own and own.url else f"/authors/{source.subject.id}/"
    if not path.startswith("/") and posixpath.normpath(path) in source.assets:
        return _Target(exists=True)
    if _SOURCE.search(path):
        return _by_source(path, source, facts)
    start = base if base.endswith("/") else posixpath.dirname(base) + "/"
    full = posixpath.normpath(posixpath.join(start, path)).replace("//", "/")
    folder = urlsplit(facts.url).path.rstrip("/")
    for candidate in (full, full.removeprefix(folder) if full.startswith(f"{folder}/") else full):
        found = _by_address(candidate, facts)
        if found.exists or found.subject is not None:
            return found
    return _Target() if path.startswith("/") else _by_source(path, source, facts)


def _by_address(full: str, facts: SiteFacts) -> _Target:
    bare = full.removesuffix("/index.html").rstrip("/")
    for candidate in (f"{bare}/", f"{bare}.html/"):
        subject = facts.by_url.get(candidate)
        if subject is not None:
            return _Target(subject=subject, neighbour=facts.neighbours[subject])
    folder, _, name = bare.rpartition("/")
    beside = facts.by_url.get(f"{folder}/")
    if beside is not None and name in facts.neighbours[beside].files:
        return _Target(subject=beside, neighbour=facts.neighbours[beside])
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


def _by_source(path: str, source: CheckedSource, facts: SiteFacts) -> _Target:
    """Return the subject whose file or bundle a link names."""
    named = PurePosixPath(_SOURCE.sub("", path))
    stem, _, suffix = named.name.partition(".")
    name = named.parent.name if stem == "index" else stem
    ident = slugify(_DATED.sub("", name))
    languages = dict.fromkeys((suffix or source.subject.language, suffix, ""))
    candidates = [
        Subject(kind=kind, id=ident, language=language)
        for kind in (Kind.POST, Kind.PAGE)
        for language in languages
    ]
    known = [subject for subject in candidates if subject in facts.neighbours]
    # The build takes the first that is live.
    for subject in sorted(known, key=lambda one: not facts.neighbours[one].is_live):
        return _Target(subject=subject, neighbour=facts.neighbours[subject])
    return _Target()


def _short(target: str, *, limit: int = 80) -> str:
    return target if len(target) <= limit else f"{target[: limit - 1]}…"
