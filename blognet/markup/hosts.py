"""Hosts in addresses. Answers: which host an address names, and whether it may be fetched from."""

from __future__ import annotations

import re

_HOST = re.compile(r"(?:https?:[/\\]*|[/\\]{2,})(?:[^/\\?#]*@)?([^/\\?#:]*)", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20\x7f]+")
_FRAME_RIGHTS = "allow-scripts allow-same-origin allow-popups allow-presentation allow-forms"


def host_of(address: str) -> str:
    """Return the host in lower case, "" for an address inside the site (or of a scheme without hosts).

    Reads as browsers do, and where they differ by the page's own scheme (``https:host``) takes the worse case:
    ``//host``, backslashes for slashes, any number of slashes, blanks and control characters ignored.
    """
    match = _HOST.match(_IGNORED.sub("", address))
    return match[1].lower().rstrip(".") if match else ""


def is_remote(address: str) -> bool:
    """Whether a browser would ask a host that the address itself names."""
    return _HOST.match(_IGNORED.sub("", address)) is not None


def is_external(address: str, site_hosts: frozenset[str]) -> bool:
    """Whether a link leads away from the site."""
    return is_remote(address) and not is_listed(host_of(address), site_hosts)


def is_listed(host: str, allowed: frozenset[str]) -> bool:
    """Whether a host is in a list; ``*.example.org`` there means every host below ``example.org``."""
    if host in allowed:
        return bool(host)
    labels = host.split(".")
    return any(f"*.{'.'.join(labels[at:])}" in allowed for at in range(1, len(labels)))


def write_frame(source: str, title: str) -> str:
    """Return a frame that cannot leave its box: sandboxed, lazy, no address of ours but the origin sent."""
    from html import escape  # noqa: PLC0415  # who compares hosts writes nothing

    return (
        f'<iframe src="{escape(source)}" title="{escape(title)}" loading="lazy" sandbox="{_FRAME_RIGHTS}"'
        ' referrerpolicy="strict-origin-when-cross-origin" allowfullscreen=""></iframe>'
    )
