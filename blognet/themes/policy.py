"""The Content-Security-Policy of every page. Answers: what may a page load, and from where?

https://www.w3.org/TR/CSP3/ ; written into a ``meta`` element, because static hosts rarely let people set headers, and
into the files for those that do (`headers`). Neither allows anything inline.
Scripts are not allowed at all, ``default-src 'none'`` covers them; pages that load a file of the theme's allow that.
"""

from __future__ import annotations

import re

OWN_SCRIPTS = "script-src 'self'"
WASM = "'wasm-unsafe-eval'"
"""Lets a script compile WebAssembly, and no text: https://www.w3.org/TR/CSP3/#grammardef-wasm-unsafe-eval ."""
OWN_FILES = "connect-src 'self'"
_HOST = re.compile(r"(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?")


def content_policy(hosts: tuple[str, ...]) -> str:
    """Return the policy as the value of the header.

    Args:
        hosts: Hosts the network allows to show images, sound, films and frames from, without a scheme; what is no
            host name is left out, so that no setting can end the directive it stands in.
    """
    allowed = " ".join(f"https://{host}" for host in hosts if _HOST.fullmatch(host))
    media = f"'self' {allowed}".rstrip()
    directives = [
        "default-src 'none'",
        "style-src 'self'",
        f"img-src {media}",
        f"media-src {media}",
        *([f"frame-src {allowed}"] if allowed else []),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(directives)


def with_frames(policy: str, frames: tuple[str, ...]) -> str:
    """Return a policy that lets a page show frames from a few hosts more."""
    new = " ".join(f"https://{host}" for host in frames if _HOST.fullmatch(host))
    if not new:
        return policy
    if "; frame-src " in policy:
        return policy.replace("; frame-src ", f"; frame-src {new} ", 1)
    return policy.replace("; base-uri ", f"; frame-src {new}; base-uri ", 1)


def headers(
    hosts: tuple[str, ...],
    *,
    scripts: bool = False,
    search: bool = False,
    wasm: bool = False,
    frames: tuple[str, ...] = (),
) -> tuple[tuple[str, str], ...]:
    r"""Return what a host should send with every file, as names and values.

    Values are printable ASCII without ``"``, ``$`` and ``\``, so that they stand for themselves in any host's file.

    Args:
        hosts: As for `content_policy`.
        scripts: Whether some page loads a script of the theme.
        search: Whether there is a search, whose script asks for its index.
        wasm: Whether that script is one for which browsers compile WebAssembly.
        frames: Hosts whose pages the cards of some page may show in a frame.
    """
    allowed = with_frames(content_policy(hosts), frames)
    if scripts or search:
        allowed = f"{allowed}; {OWN_SCRIPTS}{' ' + WASM if wasm else ''}"
    if search:
        allowed = f"{allowed}; {OWN_FILES}"
    return (
        # In a meta element browsers ignore who may frame a page; as a header it holds.
        ("Content-Security-Policy", f"{allowed}; frame-ancestors 'self'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
    )
