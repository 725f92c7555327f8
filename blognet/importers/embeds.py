"""Scripts and frames in the HTML of a post: scripts go, frames become links. Knows nothing of Liquid."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from blognet.importers import codes
from blognet.importers.spans import Span, disjoint, inside, own_line, pairs
from blognet.importers.structure import code_spans, html_spans
from blognet.importers.traced import Edit, TracedText
from blognet.importers.values import Remark

_SCRIPTS = tuple(
    (
        re.compile(rf"<(?P<tag>{tag})(?=[\s>])(?P<attributes>[^<>]*)>", re.IGNORECASE),
        re.compile(rf"</{tag}\s*>[ \t]*", re.IGNORECASE),
    )
    for tag in ("script", "style")
)
_FRAME = re.compile(
    r"<iframe(?=[\s>])(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>(?:[^<]*</iframe\s*>)?",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[\w:-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
_YOUTUBE = re.compile(
    r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/(?P<video>[\w-]+)(?P<query>\?.*)?"
)
_START = re.compile(r"[?&]start=(?P<seconds>\d+)")
_MARKS = re.compile(r"([\\\[\]*_`<])")


def attributes_of(text: str) -> dict[str, str]:
    """Read an opening tag's attributes: names in lower case, values with entities resolved."""
    return {
        match["name"].lower(): html.unescape(
            match["double"] or match["single"] or match["bare"] or ""
        )
        for match in _ATTRIBUTE.finditer(text)
    }


def convert_embeds(source: TracedText) -> tuple[TracedText, tuple[Remark, ...]]:
    """Drop scripts and styles, and turn frames into links to what they showed."""
    without, dropped = _drop_scripts(source)
    edits, remarks = [], list(dropped)
    code, blocks = code_spans(without.text), html_spans(without.text)
    for match in _FRAME.finditer(without.text):
        if inside(code, match.start()):
            continue
        attributes = attributes_of(match["attributes"])
        address = watch_address(attributes.get("src", ""))
        label = attributes.get("title") or f"Content on {urlsplit(address).netloc}"
        in_html = inside(blocks, match.start())
        text = link(label, address, in_html=in_html) if address else ""
        edits.append(Edit(start=match.start(), end=match.end(), text=text))
        message = (
            f"a frame became a link to {address}"
            if address
            else "a frame without address was dropped"
        )
        line = without.line_at(match.start())
        remarks.append(Remark(line=line, code=codes.FRAME_LINKED, message=message))
    return without.edited(edits), tuple(remarks)


def link(label: str, address: str, *, in_html: bool) -> str:
    """Write a link in HTML or Markdown, whichever is read at its place."""
    words = " ".join(label.split())
    if in_html:
        return f'<a href="{html.escape(address)}">{html.escape(words, quote=False)}</a>'
    return f"[{escape_marks(words)}]({address})"


def escape_marks(text: str) -> str:
    """Put a backslash before the characters that would begin Markdown inside a link's words."""
    return _MARKS.sub(r"\\\1", text)


def watch_address(address: str) -> str:
    """Return the address at which a person sees what an embed shows; most addresses are that already."""
    absolute = f"https:{address}" if address.startswith("//") else address
    if video := _YOUTUBE.fullmatch(absolute):
        start = _START.search(video["query"] or "")
        return f"https://www.youtube.com/watch?v={video['video']}" + (
            f"&t={start['seconds']}" if start else ""
        )
    return absolute


def _drop_scripts(source: TracedText) -> tuple[TracedText, tuple[Remark, ...]]:
    code = code_spans(source.text)
    edits, remarks = [], []
    found = [pair for opening, closing in _SCRIPTS for pair in pairs(source.text, opening, closing)]
    dropped = disjoint(Span(start=first.start(), end=last.end()) for first, last in found)
    for first, last in found:
        whole = Span(start=first.start(), end=last.end())
        if inside(code, whole.start) or whole not in dropped:
            continue
        span = own_line(source.text, whole)
        edits.append(Edit(start=span.start, end=span.end, text=""))
        address = attributes_of(first["attributes"]).get("src", "")
        what = f"a {first['tag'].lower()}" + (f" of {urlsplit(address).netloc}" if address else "")
        line = source.line_at(whole.start)
        remarks.append(Remark(line=line, code=codes.SCRIPT_DROPPED, message=f"{what} was dropped"))
    return source.edited(edits), tuple(remarks)
