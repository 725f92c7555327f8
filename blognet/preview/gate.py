"""Who may ask. Answers: does this request come from this machine's own pages?

The server listens on loopback alone, yet any web site can make a browser ask there: by a name that it lets point at
127.0.0.1 (DNS rebinding), which the Host header tells, or from its own pages, which Origin and Sec-Fetch-Site tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_HTTP = 80


def refusal(headers: Mapping[str, str], *, port: int) -> str:
    """Return why a request is refused; "" when it may pass.

    Args:
        headers: By name in lower case.
        port: Where the server listens.
    """
    hosts = {f"{name}:{port}" for name in LOOPBACK}
    if port == _HTTP:
        hosts |= set(LOOPBACK)
    if headers.get("host", "").lower() not in hosts:
        return "this preview answers to 127.0.0.1 and localhost only"
    origin = headers.get("origin")
    if origin is not None and origin.lower() not in {f"http://{host}" for host in hosts}:
        return "this preview answers to its own pages only"
    site, mode = headers.get("sec-fetch-site", ""), headers.get("sec-fetch-mode", "")
    if site in {"cross-site", "same-site"} and mode != "navigate":
        return "this preview answers to its own pages only"
    return ""
