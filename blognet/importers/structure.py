"""Where code and HTML blocks lie in a kramdown text. Answers: may this place be changed, and in which language?

A scanner, not a parser: it knows fences, code spans and block-level HTML elements that begin a line, because
conversions must leave the first alone and treat the second as HTML. Lists, quotes and emphasis are not its subject.
Block-level is what https://kramdown.gettalong.org/syntax.html#html-blocks calls so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.importers.spans import Span, added, inside, pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

_FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)$", re.MULTILINE)
_CODE_SPAN = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)", re.DOTALL
)
_CODE_ELEMENTS = tuple(
    (
        re.compile(rf"<{tag}(?=[\s>])[^<>]*>", re.IGNORECASE),
        re.compile(rf"</{tag}\s*>", re.IGNORECASE),
    )
    for tag in ("pre", "code")
)
_BLOCK_TAGS = (
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup iframe li main nav object ol p section summary table tbody td tfoot th "
    "thead tr ul video audio"
)
_TAGS = "|".join(_BLOCK_TAGS.split())
_OPENING = re.compile(
    # Attributes hold no "<" outside of quotes, so that a search stops at the next element.
    rf"^ {{0,3}}<(?P<tag>{_TAGS})(?=[\s>])(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>",
    re.MULTILINE | re.IGNORECASE,
)
_TAG = re.compile(rf"</(?P<end>{_TAGS})\s*>|<(?P<begin>{_TAGS})(?=[\s/>])", re.IGNORECASE)
_STRAY = re.compile(
    rf"^[ \t]*</(?P<tag>{_TAGS})\s*>[ \t]*(?:\n|\Z)",
    re.MULTILINE | re.IGNORECASE,
)
_OPTIONAL_END = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"})
_MARKDOWN = re.compile(r"\s+markdown\s*=\s*[\"']?(?:1|block|span)[\"']?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class HtmlBlock:
    """A block-level element that begins a line.

    Attributes:
        start: Offset of the line it begins on.
        content: Offset after its opening tag.
        content_end: Offset of its closing tag.
        end: Offset after its closing tag.
        markdown: The ``markdown="1"`` attribute, which asks kramdown to read the content as Markdown; None without.
    """

    start: int
    content: int
    content_end: int
    end: int
    markdown: Span | None = None


def code_spans(text: str) -> tuple[Span, ...]:
    """Return fenced blocks, code spans and ``pre`` and ``code`` elements, in order and without overlap."""
    ticks = (Span(start=match.start(), end=match.end()) for match in _CODE_SPAN.finditer(text))
    spans = added(_fences(text), ticks)
    for opening, closing in _CODE_ELEMENTS:
        found = (
            Span(start=first.start(), end=last.end())
            for first, last in pairs(text, opening, closing)
        )
        spans = added(spans, found)
    return spans


def html_blocks(text: str) -> tuple[HtmlBlock, ...]:
    """Return the outermost block-level elements, and those inside an element that is read as Markdown."""
    fences, closings = _fences(text), _closings(text)
    blocks: list[HtmlBlock] = []
    position = 0
    while opening := _OPENING.search(text, position):
        position = opening.end()
        close = _closing(text, opening, closings)
        if close is None or inside(fences, opening.start()):
            continue
        attribute = _MARKDOWN.search(text, opening.start(), opening.end())
        blocks.append(
            HtmlBlock(
                start=opening.start(),
                content=opening.end(),
                content_end=close.start,
                end=close.end,
                markdown=Span(start=attribute.start(), end=attribute.end()) if attribute else None,
            )
        )
        position = opening.end() if attribute else close.end
    return tuple(blocks)


def html_spans(text: str) -> tuple[Span, ...]:
    """Return the places where Markdown is not read because a block of HTML stands there."""
    return tuple(
        Span(start=block.start, end=block.end)
        for block in html_blocks(text)
        if block.markdown is None
    )


def stray_ends(text: str) -> tuple[Span, ...]:
    """Return the lines with nothing but a closing tag of an element that was never opened."""
    fences = _fences(text)
    opened = {span.start for span in _closings(text).values()}
    return tuple(
        Span(start=match.start(), end=match.end())
        for match in _STRAY.finditer(text)
        if match.start("tag") - 2 not in opened and not inside(fences, match.start("tag"))
    )


def _fences(text: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opened is None:
            backticks_in_info = match["fence"].startswith("`") and "`" in match["info"]
            opened = None if backticks_in_info else match
        elif match["fence"].startswith(opened["fence"]) and not match["info"].strip():
            spans.append(Span(start=opened.start(), end=match.end()))
            opened = None
    if opened is not None:
        spans.append(Span(start=opened.start(), end=len(text)))
    return tuple(spans)


def _closings(text: str) -> Mapping[int, Span]:
    """Return the closing tag of each element by the offset of its opening tag, counting those of the same name."""
    opened: dict[str, list[int]] = {}
    closings: dict[int, Span] = {}
    for tag in _TAG.finditer(text):
        if tag["begin"]:
            opened.setdefault(tag["begin"].lower(), []).append(tag.start())
        elif waiting := opened.get(tag["end"].lower()):
            closings[waiting.pop()] = Span(start=tag.start(), end=tag.end())
    return closings


def _closing(text: str, opening: re.Match[str], closings: Mapping[int, Span]) -> Span | None:
    """Return the closing tag that belongs to an opening one.

    An element that is never closed goes to the end of the text, as in kramdown, unless HTML lets its end be omitted.
    """
    if found := closings.get(opening.start("tag") - 1):
        return found
    optional = opening["tag"].lower() in _OPTIONAL_END
    return None if optional else Span(start=len(text), end=len(text))
