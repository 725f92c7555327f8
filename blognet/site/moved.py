"""Addresses of lists and feeds that lead on: what `redirects` in blognet.yml says, and what needs no words.

Another word for a tag leads to the tag by itself, in each language that has it. A page becomes a page that leads on.
A feed is shown at its old address as well, since feed readers do not follow pages. What stands below a folder that
moved is looked for below its new place. Posts do not need any of this: the record fixes their addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.kernel.ids import SitePath
from blognet.kernel.problems import Location, Problem, Severity
from blognet.kernel.text import slugify
from blognet.site import addresses, codes
from blognet.site.pages import Feed, ListKey, ListKind, Page, Redirect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blognet.config import Config

_NUMBERED = re.compile(r"(.*/)page/[1-9][0-9]*/")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """The pages there are, by address, and the addresses that are kept."""

    pages: Mapping[str, Page]
    kept: tuple[SitePath, ...]


def moved_pages(
    pages: tuple[Page, ...], config: Config, kept: tuple[SitePath, ...]
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Return what stands at addresses that lead on.

    Args:
        pages: The other pages of the site.
        config: The network's settings, with `redirects`.
        kept: Addresses of ``urls.lock``: where a folder moved, those below it are the ones that lead on.

    Returns:
        The pages, each address once, and a warning for each redirect that leads nowhere.
    """
    site = _Site(pages={str(page.path): page for page in pages}, kept=kept)
    found: dict[SitePath, Page] = {}
    problems: list[Problem] = []
    for old, new in sorted(config.redirects.items()):
        page = _moved(SitePath(old), new, site)
        if page is None:
            problems.append(_leads_nowhere(old, new))
        else:
            found[page.path] = page
    # What the inner of two folders says of an address below both goes before what the outer says.
    for old in sorted(found, key=lambda path: (-len(path), path)):
        for below in _below(old, config.redirects[old], found[old], site):
            found.setdefault(below.path, below)
    for page in _from_other_words(config, site):
        found.setdefault(page.path, page)
    for path in kept:
        numbered = _NUMBERED.fullmatch(path)
        if path not in site.pages and path not in found and numbered:
            page = _moved(path, numbered[1], site)
            if page is not None:
                found[path] = page
    return tuple(found.values()), tuple(problems)


def _moved(old: SitePath, new: str, site: _Site) -> Page | None:
    """Return what stands at an old address; None when the new one is none of the site."""
    if not new.startswith("/"):
        return _leading_on(old, new)
    target = site.pages.get(re.split("[?#]", new, maxsplit=1)[0])
    if target is None:
        return None
    return _standing_in(target, old, leads_to=new)


def _standing_in(target: Page, old: SitePath, *, leads_to: str = "") -> Page:
    """Return what stands at an old address of a page: the feed itself, or a page that leads on."""
    if isinstance(target.shows, Feed):
        return replace(target, key=f"moved{old}", path=old)
    return replace(_leading_on(old, leads_to or target.path), language=target.language)


def _from_other_words(config: Config, site: _Site) -> Iterator[Page]:
    """Give a page for each other word for a tag that leads on to it, and what is kept below."""
    for old, new in _other_words(config, site):
        below = [path for path in site.kept if path.startswith(old) and path != old]
        for path in (old, *below):
            target = site.pages.get(new + path.removeprefix(old))
            if target is not None and path not in site.pages:
                yield _standing_in(target, path)


def _other_words(config: Config, site: _Site) -> Iterator[tuple[SitePath, SitePath]]:
    """Give where the pages of other words for tags would be, and where the tags are."""
    languages = dict.fromkeys(page.language for page in site.pages.values())
    for word, tag in sorted(config.tags.aliases.items()):
        for language in languages:
            old, new = (
                addresses.of_list(ListKey(kind=ListKind.TAG, id=ident, language=language))
                for ident in (word, slugify(tag))
            )
            if new in site.pages:
                yield old, new


def _below(old: SitePath, new: str, page: Page, site: _Site) -> Iterator[Page]:
    """Give what was below a folder that moved: its feeds, and what is kept."""
    if not old.endswith("/") or isinstance(page.shows, Feed):
        return
    names = [SitePath(old + name) for name in addresses.FEED_NAMES.values()]
    for path in (*names, *(kept for kept in site.kept if kept.startswith(old) and kept != old)):
        there = _moved(path, new + path.removeprefix(old), site) if new.endswith("/") else None
        if path in site.pages:
            continue
        if there is not None and new.startswith("/"):
            yield there
        elif path in site.kept:
            yield replace(page, key=f"moved{path}", path=path)


def _leading_on(old: SitePath, new: str) -> Page:
    return Page(
        key=f"moved{old}",
        path=old,
        shows=Redirect(post=None, target=new),
        template="redirect.html",
        indexed=False,
    )


def _leads_nowhere(old: str, new: str) -> Problem:
    return Problem(
        location=Location(path="blognet.yml", key=f"redirects.{old}"),
        code=codes.LEADS_NOWHERE,
        severity=Severity.WARNING,
        message=f"{old} is to lead to {new}, where nothing is published; it leads nowhere now",
        hint="correct the address under redirects, or take the line out",
    )
