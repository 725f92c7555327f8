"""Addresses in pages. Answers: how does a page link to this path, and may it link to this address at all?

A path of the site is an address from its root (``/authors/ann/``), written as it stands in a link: a ``#`` or ``?``
begins a fragment or a query, so a file name that holds one has it as ``%23`` or ``%3F``. Blanks, quotes and
letters beyond ASCII need no care, they are percent-encoded here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

NOWHERE_IN_PARTICULAR = "/404.html"
"""The page that hosts serve at any wrong address, so that links relative to it would lead astray."""

_ON_DISK = "file:"
_SCHEMES = ("http", "https", "mailto")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_UNTOUCHED = "!#$%&'()*+,/:;=?@[]~"
_PLAIN = re.compile(r"[A-Za-z0-9/._-]*")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def link_from(page: str, address: str, *, site_url: str) -> str | None:
    """Return the ``href`` of an address as written on a page.

    Args:
        page: The path of the page that holds the link.
        address: A path of the site, or a whole ``http``, ``https`` or ``mailto`` address.
        site_url: The site's own address; gives the folder it lives in to pages without a place of their own. One
            that begins with ``file:`` asks for links to files: nobody serves a folder's page from a disk.

    Returns:
        A link relative to the page for paths of the site, so that it works at any base URL; whole addresses
        unchanged except for characters that need encoding; None when the address may not be linked.
    """
    if is_site_path(address):
        if site_url.startswith(_ON_DISK):
            return relative_link(page, _file_of(address))
        if page == NOWHERE_IN_PARTICULAR:
            return urlsplit(site_url).path.rstrip("/") + encoded(address)
        return relative_link(page, address)
    scheme = _SCHEME.match(address)
    if scheme is None or scheme[1].lower() not in _SCHEMES:
        return None
    return encoded(address)


def is_site_path(address: str) -> bool:
    r"""Whether the address is a path of the site; ``//host/`` and ``/\host/`` are not, browsers leave the site."""
    return address.startswith("/") and not address.startswith(("//", "/\\"))


def relative_link(page: str, target: str) -> str:
    """Return the shortest relative reference that leads from one path of the site to another.

    Both are read as RFC 3986 does: what follows the last ``/`` of the page's path is no folder.
    """
    written = encoded(target)
    to_root, first, here = _folders_of(page)
    if to_root and written.startswith("/") and not written.startswith(first):
        return to_root + written[1:]  # most links: the two have no folder in common
    path, mark, rest = _split_path(written)
    *folders, name = path.split("/")[1:]
    shared = 0
    while shared < min(len(here), len(folders)) and here[shared] == folders[shared]:
        shared += 1
    ups = [".."] * (len(here) - shared)
    link = "/".join([*ups, *folders[shared:], name])
    if not ups and (link == "" or ":" in link.split("/")[0] or link.startswith("/")):
        link = "./" + link
    return link + mark + rest


def way_to_root(page: str, *, site_url: str) -> tuple[str, str]:
    """Return how links from a page begin that lead to folders of the site in which it is not.

    Returns:
        What leads to the root, and the first of the page's folders with its slashes: an address that does not begin
        with that folder is linked to as the first of these and the address without its slash. Both "" where
        nothing of that kind can be said.
    """
    if page == NOWHERE_IN_PARTICULAR or site_url.startswith(_ON_DISK):
        return "", ""
    to_root, first, _ = _folders_of(page)
    return (to_root, first) if to_root else ("", "")


@lru_cache(maxsize=64)
def _folders_of(page: str) -> tuple[str, str, tuple[str, ...]]:
    """Return what leads from a page to the root, the first of the page's folders with its slashes, and all of them."""
    here = tuple(encoded(page).split("/")[1:-1])
    return "../" * len(here), f"/{here[0]}/" if here else "/", here


def whole_address(path: str, *, site_url: str) -> str:
    """Return a path of the site as a whole address; whole addresses are returned as they are, encoded."""
    return site_url.rstrip("/") + encoded(path) if is_site_path(path) else encoded(path)


@lru_cache(maxsize=8192)
def encoded(address: str) -> str:
    """Percent-encode what may not stand in a link; an escape that is already there stays."""
    if _PLAIN.fullmatch(address):
        return address
    return quote(_LONE_PERCENT.sub("%25", address), safe=_UNTOUCHED)


def _file_of(address: str) -> str:
    """Return the address of the file that a host gives for a path of the site."""
    path, mark, rest = _split_path(address)
    return f"{path}index.html{mark}{rest}" if path.endswith("/") else address


def _split_path(address: str) -> tuple[str, str, str]:
    """Split into path, the mark that ends it (``?`` or ``#``, or "") and the rest."""
    match = re.search(r"[?#]", address)
    if match is None:
        return address, "", ""
    return address[: match.start()], match[0], address[match.end() :]
