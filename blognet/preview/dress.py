"""What is put into a page on its way to the browser, and nowhere else: how a built page becomes a shown one.

The built bytes stay as they are but for these places: the Content-Security-Policy in the head is widened to the
preview's own script and its events, two elements are added at the end of the head, and a banner at the beginning of
the body. Everything put in is escaped here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

_POLICY = re.compile(
    r"(<meta\s+http-equiv=\"Content-Security-Policy\"\s+content=\")([^\"]*)(\")", re.IGNORECASE
)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_ROBOTS = re.compile(r"<meta\s+name=\"robots\"[^>]*>\n?", re.IGNORECASE)
_WANTED = {
    "script-src": ("'self'",),
    "connect-src": ("'self'",),
    "style-src": ("'self'",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """A line above a page.

    Attributes:
        state: One word in bold, such as ``new``.
        text: What it means.
        links: Label and address of where to go next.
    """

    state: str
    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What the script in a page has to know.

    Attributes:
        script: Address of the script.
        events: Address of the events.
        mark: Digest of what the page shows; when it changes, the page loads again.
        styles: Digest of the style sheets; when it changes, they alone are loaded again.
    """

    script: str
    events: str
    mark: str
    styles: str


def dressed(
    html: str, *, style: str, banner: Banner | None, live: Live | None, noindex: bool
) -> str:
    """Return a page with what the preview adds.

    Args:
        html: The page as a build writes it.
        style: Address of the preview's style sheet.
        banner: What stands above the page, if anything.
        live: What the script needs; without it there is no script and the policy stays as it is.
        noindex: Whether search engines are told to keep away.
    """
    head_end = _HEAD_END.search(html)
    at = head_end.start() if head_end else 0
    head, rest = html[:at], html[at:]
    if live is not None:
        head = _POLICY.sub(lambda found: found[1] + _widened(found[2]) + found[3], head)
    if noindex:
        head = _ROBOTS.sub("", head) + '<meta name="robots" content="noindex">\n'
    head += f'<link rel="stylesheet" href="{escape(style)}">\n'
    if live is not None:
        head += (
            f'<script src="{escape(live.script)}" data-events="{escape(live.events)}"'
            f' data-mark="{escape(live.mark)}" data-styles="{escape(live.styles)}" defer></script>\n'
        )
    if banner is None:
        return head + rest
    return head + _BODY.sub(lambda found: f"{found[0]}\n{_html(banner)}", rest, count=1)


def widened(policy: str) -> str:
    """Return a Content-Security-Policy that also lets the preview's script, style and events through."""
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        if words := part.split():
            directives.setdefault(words[0].lower(), words[1:])
    for name, sources in _WANTED.items():
        known = [each for each in directives.get(name, []) if each != "'none'"]
        directives[name] = [*known, *(each for each in sources if each not in known)]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def _widened(attribute: str) -> str:
    return escape(widened(unescape(attribute)))


def _html(banner: Banner) -> str:
    links = " ".join(
        f'<a href="{escape(address)}">{escape(label)}</a>' for label, address in banner.links
    )
    return (
        f'<aside class="blognet-banner" aria-label="Preview"><strong>{escape(banner.state)}</strong>'
        f" <span>{escape(banner.text)}</span> {links}</aside>"
    )
