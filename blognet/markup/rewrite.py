"""Passes over HTML that markup made: addresses, media from elsewhere, feeds. Trusted code, after the sanitiser.

They read only HTML that `render_markdown` wrote (or that went through these passes already) and know no site: what
an address becomes is the caller's function, which hosts are fine is the caller's list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

from blognet.markup import allow, hosts
from blognet.markup.prose import squeeze
from blognet.markup.tags import TAG, end_of_element, read_attributes, write_attributes
from blognet.markup.values import Labels, LinkKind
from blognet.markup.videos import without_video_cards

if TYPE_CHECKING:
    from collections.abc import Callable

_KINDS = {"href": LinkKind.HREF, "cite": LinkKind.HREF, "src": LinkKind.SRC, "poster": LinkKind.SRC}
_ADDRESSES = ("href", "cite", "src", "poster", "srcset")
_ADDRESSED = sorted(
    {name for name, kept in allow.ATTRIBUTES.items() if kept & set(_ADDRESSES)} | {"iframe"}
)
_BEFORE = r'(?: class="anchor")?'
_BEHIND = r"""(?: title="[^"&'<>]*")?(?: rel="external noopener"| aria-label="[^"]*")?"""
"""What stands before and behind the address of a text's link, or a heading's anchor: most of what has an address."""
_ADDRESSED_TAG = (
    rf'(?:a({_BEFORE}) href="([^"]*)"({_BEHIND})>'
    rf'|({"|".join(_ADDRESSED)})((?: [a-z-]+(?:="[^"]*")?)+)>)'
)
_AS_WRITTEN_PART = r"[^\s\"<>\\^`{|}&']*"
"""The rest of an address that stands in an attribute as it is: nothing in it is encoded or escaped."""
_STAYING = {
    (True, True): "https?://|#",
    (True, False): "https?://",
    (False, True): "#",
}
"""How addresses begin that stay, by whether those elsewhere and those inside the text do."""
_CANDIDATE = re.compile(r"\s*([^\s,](?:\S*[^\s,])?)((?:\s+[\d.]+[wxh])*)\s*(?:,|$)")
_FETCHING = frozenset({"audio", "iframe", "img", "source", "track", "video"})
_SOURCE = re.compile(r'<source(?: [^>]*?)? src="([^"]*)"')
_MEDIA = re.compile(r"<(?:img|video|audio|iframe|source|picture|track)[ >]")
_AS_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"
_NOT_IN_ADDRESSES = re.compile(r"[\s\"<>\\^`{|}]")
_AS_WRITTEN = re.compile(_AS_WRITTEN_PART)
_ANCHOR = re.compile(r'<a class="anchor" [^>]*></a>')
_CODE = re.compile(
    r'<pre class="code"[^>]*><code class="hl"[^>]*>([^<]*(?:</?(?:span|mark|ins|del)[^>]*>[^<]*)*)</code>'
)
_SPAN = re.compile(r"</?span[^>]*>|(?<=<ins|<del) [^>]*(?=>)|(?<=<mark) [^>]*(?=>)")
_TABLE = re.compile(r'<div class="table" [^>]*>')


def rewrite_links(
    html: str,
    resolve: Callable[[LinkKind, str], str | None],
    *,
    elsewhere_stays: bool = False,
    inside_stays: bool = False,
) -> str:
    """Return the HTML with every address (href, src, srcset, poster, cite) replaced by what `resolve` says.

    Args:
        html: HTML that markup made.
        resolve: Gets the kind and the address as it stands, without entities: as the author wrote it, or
            ``#id`` for links inside the text. Returns the address to write, None to take the attribute away; an
            image without its source becomes its alternative text.
        elsewhere_stays: Whether `resolve` is known to return ``http`` and ``https`` addresses as they are, so that
            it need not be asked about every one of them.
        inside_stays: The same of links inside the text. Most links are of these two kinds.
    """

    def rewritten(match: re.Match[str]) -> str:
        before, address, behind, name, source = match.groups()
        if address is not None:
            found = resolve(LinkKind.HREF, unescape(address))
            if found is not None and found == address and _AS_WRITTEN.fullmatch(found):
                return match[0]
            href = "" if found is None else f' href="{escape(_encoded(found))}"'
            return f"<a{before}{href}{behind}>"
        attributes = read_attributes(source)
        if attributes.keys().isdisjoint(_ADDRESSES):
            return match[0]
        for key in _ADDRESSES:
            if key not in attributes:
                continue
            found = _resolve_value(key, attributes[key], resolve)
            if found is None:
                del attributes[key]
            else:
                attributes[key] = found
        if name == "img" and "src" not in attributes:
            return escape(attributes.get("alt", ""), quote=False)
        return f"<{name}{write_attributes(attributes)}>"

    return _addressed_tag(elsewhere_stays, inside_stays).sub(rewritten, html)


@cache
def _addressed_tag(elsewhere_stays: bool, inside_stays: bool) -> re.Pattern[str]:  # noqa: FBT001  # private
    """Return the pattern of tags with an address that may become another one."""
    beginning = _STAYING.get((elsewhere_stays, inside_stays))
    if beginning is None:
        return re.compile(f"<{_ADDRESSED_TAG}")
    staying = rf'a{_BEFORE} href="(?:{beginning}){_AS_WRITTEN_PART}"{_BEHIND}>'
    return re.compile(f"<(?!{staying}){_ADDRESSED_TAG}")


def external_media_to_links(
    html: str, allowed_hosts: frozenset[str], labels: Labels | None = None
) -> str:
    """Return the HTML with nothing that a reader's browser would fetch from a host not allowed.

    An image becomes a link with its alternative text, a video, audio or frame a link with its title, each with the
    host named; inside a link only the words stay, since links do not nest. A ``<source>``, ``<track>`` or
    ``poster`` elsewhere goes away; a frame always goes when its host is not listed, even when it is relative.

    Args:
        html: HTML that markup made.
        allowed_hosts: As `MarkupOptions.media_hosts`.
        labels: The words to add.
    """
    if _MEDIA.search(html) is None:
        return html
    judge = _MediaJudge(allowed=allowed_hosts, labels=labels or Labels())
    out: list[str] = []
    at, links_open = 0, 0
    while match := TAG.search(html, at):
        out.append(html[at : match.start()])
        close, name, source = match.groups()
        if name == "a":
            links_open += -1 if close else 1
        at = match.end()
        if close or name not in _FETCHING:
            out.append(match[0])
            continue
        written, at = judge.replace(name, read_attributes(source), html, at, linked=links_open > 0)
        out.append(match[0] if written is None else written)
    out.append(html[at:])
    return "".join(out)


def for_feed(html: str) -> str:
    """Return the HTML without what only the site's own pages need: heading anchors, scroll boxes, colours of code."""
    html = without_video_cards(_ANCHOR.sub("", html))
    html = _TABLE.sub("<div>", html).replace('<span class="math-block" tabindex="0">', "<span>")
    return _CODE.sub(lambda match: f"<pre><code>{_SPAN.sub('', match[1])}</code>", html)


def _resolve_value(
    key: str, value: str, resolve: Callable[[LinkKind, str], str | None]
) -> str | None:
    if key != "srcset":
        found = resolve(_KINDS[key], value)
        return None if found is None else _encoded(found)
    candidates: list[str] = []
    for address, size in _CANDIDATE.findall(value):
        found = resolve(LinkKind.SRC, address)
        if found is not None:
            candidates.append(_encoded(found).replace(",", "%2C") + size)
    return ", ".join(candidates) or None


def _encoded(address: str) -> str:
    """Percent-encode what may not stand in an address; what is encoded already stays."""
    return quote(address, safe=_AS_IN_ADDRESSES) if _NOT_IN_ADDRESSES.search(address) else address


@dataclass(frozen=True, slots=True, kw_only=True)
class _MediaJudge:
    """Says what stands for an element that fetches something."""

    allowed: frozenset[str]
    labels: Labels

    def replace(
        self, name: str, attributes: dict[str, str], html: str, at: int, *, linked: bool
    ) -> tuple[str | None, int]:
        """Return the HTML to write, None for what stands there, and where to go on."""
        source = attributes.get("src", "")
        if name in {"source", "track"}:
            return (
                "" if self._is_foreign(source) or self._has_foreign_candidate(attributes) else None
            ), at
        if name == "img":
            if self._is_foreign(source):
                return self._link(
                    source, attributes.get("alt", ""), self.labels.image, linked=linked
                ), at
            spoilt = "srcset" if self._has_foreign_candidate(attributes) else ""
        else:
            end, after = end_of_element(html, name, at)
            frame = name == "iframe"
            if foreign := self._foreign_source(source, html, at, end, frame=frame):
                label = self.labels.frame if frame else self.labels.media
                return self._link(foreign, attributes.get("title", ""), label, linked=linked), after
            spoilt = "poster" if self._is_foreign(attributes.get("poster", "")) else ""
        if not spoilt:
            return None, at
        del attributes[spoilt]
        return f"<{name}{write_attributes(attributes)}>", at

    def _foreign_source(self, source: str, html: str, at: int, end: int, *, frame: bool) -> str:
        if frame:
            return "" if hosts.is_listed(hosts.host_of(source), self.allowed) else source
        sources = (source, *map(unescape, _SOURCE.findall(html, at, end)))
        return next(filter(self._is_foreign, sources), "")

    def _has_foreign_candidate(self, attributes: dict[str, str]) -> bool:
        candidates = _CANDIDATE.findall(attributes.get("srcset", ""))
        return any(self._is_foreign(address) for address, _ in candidates)

    def _is_foreign(self, address: str) -> bool:
        return hosts.is_remote(address) and not hosts.is_listed(
            hosts.host_of(address), self.allowed
        )

    def _link(self, address: str, words: str, label: str, *, linked: bool) -> str:
        host = hosts.host_of(address) or address
        words = squeeze(words) or label.replace("{host}", host)
        if host not in words:
            words = self.labels.elsewhere.replace("{host}", host).replace("{text}", words)
        shown = escape(words, quote=False)
        if linked or not address:
            return shown
        rel = ' rel="external noopener"' if hosts.is_remote(address) else ""
        return f'<a class="media-link" href="{escape(address)}"{rel}>{shown}</a>'
