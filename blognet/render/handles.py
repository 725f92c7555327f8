"""Names of people in the Fediverse, from the links of their profiles. Asks no server.

A page names its author by a handle such as ``@ann@social.example``, so that Mastodon and others can show who wrote
it: https://blog.joinmastodon.org/2024/07/highlighting-journalism-on-mastodon/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from blognet.themes.views import LinkView

_NAMED = re.compile(
    r"mastodon|fediverse|pixelfed|misskey|gotosocial|akkoma|pleroma|peertube", re.IGNORECASE
)
"""What says that a link with an ``@`` in its path leads to the Fediverse; other networks write ``@`` as well."""
_PATH = re.compile(r"/@(?P<name>[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)/?")
_HOST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def handle_of(link: LinkView) -> str:
    """Return the handle that a link of a profile names; "" when it names none."""
    parts = urlsplit(link.url)
    found = _PATH.fullmatch(parts.path)
    host = parts.hostname or ""
    if parts.scheme != "https" or found is None or _HOST.fullmatch(host) is None:
        return ""
    return f"@{found['name']}@{host}" if _NAMED.search(f"{link.label} {host}") else ""
