"""Liquid in a post's body, turned into Markdown or HTML. Answers: what did a reader of the old site see here?

Read are the tags and filters that blogs use in posts: `raw`, `comment`, `highlight`, `post_url`, `link`, `oembed`,
`gist`, values of `page` and `site`, and the filters of people and embeds. Anything else is left visible, as it was
written, and remarked on: nothing is silently dropped. The language: https://shopify.github.io/liquid/.
Like Jekyll, this reads Liquid inside code too; that is what `raw` is for.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.importers import codes
from blognet.importers.embeds import link, watch_address
from blognet.importers.spans import Span, inside, own_line
from blognet.importers.structure import code_spans, html_spans
from blognet.importers.traced import Edit, TracedText
from blognet.importers.values import Remark
from blognet.kernel.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# A token does not reach over the next opening mark, so that one that is never closed costs little.
_TOKEN = re.compile(
    r"\{\{-?(?P<output>(?:(?!\{\{|\}\}).)*?)-?\}\}|\{%-?\s*(?P<tag>\w+)\b(?P<rest>(?:(?!\{%|%\}).)*?)-?%\}",
    re.DOTALL,
)
_OPERAND = re.compile(
    r"\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<name>[\w.-]+)(?:\[(?P<index>\d+)\])?)\s*"
)
_FILTER = re.compile(r"\|\s*(?P<name>\w+)\s*(?::\s*(?P<argument>\"[^\"]*\"|'[^']*'|[\w.-]+))?\s*")
_TEXT_FILTERS: Mapping[str, Callable[[str], str]] = {
    "relative_url": str,
    "absolute_url": str,
    "escape": html.escape,
    "xml_escape": html.escape,
    "strip": str.strip,
    "upcase": str.upper,
    "downcase": str.lower,
}
_VIDEOS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
"""Tags of plugins that show a video, and how its address begins."""
_ENDS = {tag: re.compile(rf"\{{%-?\s*end{tag}\s*-?%\}}") for tag in ("raw", "comment", "highlight")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone a post can link to: the name as shown, and the address of the author page ("" when there is none)."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiquidContext:
    """What Liquid can ask for.

    Attributes:
        page: The post's front matter: texts and lists of texts.
        people: By author id.
        posts: New address by old file name without ending, e.g. ``2016-01-06-tips``.
    """

    page: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _Work:
    """One conversion under way: what was read, and the edits and remarks so far."""

    source: TracedText
    context: LiquidContext
    blocks: tuple[Span, ...]
    code: tuple[Span, ...]
    unclosed: set[str] = field(default_factory=set)
    edits: list[Edit] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def replace(self, span: Span, text: str) -> None:
        """Put a text in place of a token; a token that leaves nothing takes its line along."""
        whole = span if text else own_line(self.source.text, span)
        self.edits.append(Edit(start=whole.start, end=whole.end, text=text))

    def remark(
        self, offset: int, code: str, message: str, *, severity: Severity = Severity.WARNING
    ) -> None:
        """Note a loss at an offset of the source."""
        line = self.source.line_at(offset)
        self.remarks.append(Remark(line=line, code=code, severity=severity, message=message))


def convert_liquid(
    source: TracedText, context: LiquidContext
) -> tuple[TracedText, tuple[Remark, ...]]:
    """Return the text without Liquid, as far as the importer knows it, and what was lost or left."""
    text = source.text
    work = _Work(source=source, context=context, blocks=html_spans(text), code=code_spans(text))
    position = 0
    while token := _TOKEN.search(text, position):
        position = token.end()
        if token["tag"] is None:
            _output(work, token)
        elif token["tag"] in _ENDS:
            position = _paired(work, token)
        else:
            _single(work, token)
    return source.edited(work.edits), tuple(work.remarks)


def _paired(work: _Work, opening: re.Match[str]) -> int:
    """Convert a tag that has an end; return the offset after it."""
    text, tag = work.source.text, opening["tag"]
    closing = None if tag in work.unclosed else _ENDS[tag].search(text, opening.end())
    if closing is None:
        work.unclosed.add(tag)
        work.remark(
            opening.start(), codes.LIQUID_LEFT, f"'{tag}' has no 'end{tag}' and was left visible"
        )
        return opening.end()
    first = Span(start=opening.start(), end=opening.end())
    last = Span(start=closing.start(), end=closing.end())
    if tag == "comment":
        work.replace(Span(start=first.start, end=last.end), "")
        work.remark(
            first.start, codes.COMMENT_DROPPED, "a comment was dropped", severity=Severity.NOTE
        )
    elif tag == "raw":
        work.replace(first, "")
        work.replace(last, "")
    else:
        language = opening["rest"].split()
        work.replace(first, f"```{language[0] if language else ''}")
        work.replace(last, "```")
    return closing.end()


def _single(work: _Work, token: re.Match[str]) -> None:
    """Convert a tag that stands alone, or leave it visible."""
    tag, argument = token["tag"], token["rest"].strip()
    span = Span(start=token.start(), end=token.end())
    if tag == "oembed" or (tag in _VIDEOS and argument):
        named = argument.strip("\"'")
        short = tag != "oembed" and "/" not in named
        address = f"{_VIDEOS[tag]}{named.split()[0]}" if short else named
        _link(work, span, _name_of_embed(address), watch_address(address))
        work.remark(
            span.start,
            codes.EMBED_LINKED,
            f"an embed became a link to {address}",
            severity=Severity.NOTE,
        )
    elif tag == "gist" and argument:
        address = f"https://gist.github.com/{argument.split()[0]}"
        _link(work, span, address, address)
        work.remark(
            span.start,
            codes.EMBED_LINKED,
            f"an embed became a link to {address}",
            severity=Severity.NOTE,
        )
    elif tag in {"post_url", "link"} and (found := _post_address(work.context, argument)):
        work.replace(span, found)
    else:
        work.remark(
            span.start,
            codes.LIQUID_LEFT,
            f"the tag '{_shown(token[0])}' is unknown and was left visible",
        )


def _output(work: _Work, token: re.Match[str]) -> None:
    """Convert ``{{ … }}``, or leave it visible."""
    expression = token["output"]
    span = Span(start=token.start(), end=token.end())
    operand = _OPERAND.match(expression)
    if operand is None:
        work.remark(
            span.start,
            codes.LIQUID_LEFT,
            f"'{_shown(token[0])}' cannot be read and was left visible",
        )
        return
    filters: list[tuple[str, str]] = []
    position = operand.end()
    while found := _FILTER.match(expression, position):
        filters.append((found["name"], found["argument"] or ""))
        position = found.end()
    value = _value(work.context, operand) if position == len(expression) else None
    if value is None:
        known = position == len(expression)
        code = codes.PAGE_VALUE_MISSING if known and not filters else codes.LIQUID_LEFT
        what = (
            f"'{_shown(token[0])}' has no value in this post"
            if known
            else f"'{_shown(token[0])}' cannot be read"
        )
        severity = Severity.NOTE if inside(work.code, span.start) else Severity.WARNING
        work.remark(span.start, code, f"{what} and was left visible", severity=severity)
        return
    _filtered(work, span, value, filters)


def _filtered(work: _Work, span: Span, value: str, filters: list[tuple[str, str]]) -> None:
    for name, argument in filters:
        match name:
            case "team_link":
                _person(work, span, value)
                return
            case "team_photo":
                work.replace(span, "")
                message = f"the photo of '{value}' was dropped"
                work.remark(span.start, codes.PHOTO_DROPPED, message, severity=Severity.NOTE)
                return
            case "embed":
                address = watch_address(value)
                _link(work, span, argument.strip("\"'") or address, address)
                message = f"an embed became a link to {address}"
                work.remark(span.start, codes.EMBED_LINKED, message, severity=Severity.NOTE)
                return
            case _:
                changed = _text_filter(work.context, name, value, argument)
        if changed is None:
            shown = _shown(work.source.text[span.start : span.end])
            work.remark(
                span.start, codes.LIQUID_LEFT, f"the filter '{name}' in '{shown}' was left visible"
            )
            return
        value = changed
    work.replace(span, value)


def _text_filter(context: LiquidContext, name: str, value: str, argument: str) -> str | None:
    """Return a filtered text; None when the filter is unknown."""
    if name in _TEXT_FILTERS:
        return _TEXT_FILTERS[name](value)
    operand = _OPERAND.fullmatch(argument)
    other = _value(context, operand) if operand else None
    if other is None:
        return None
    return {"prepend": other + value, "append": value + other}.get(name)


def _value(context: LiquidContext, operand: re.Match[str]) -> str | None:
    """Return what an operand stands for; None when it has no value in this post."""
    if operand["name"] is None:
        return operand["double"] if operand["double"] is not None else operand["single"]
    if operand["name"] in {"site.baseurl", "site.url"}:
        return ""
    room, _, key = operand["name"].partition(".")
    found = context.page.get(key) if room == "page" else None
    if isinstance(found, tuple):
        index = int(operand["index"]) if operand["index"] else -1
        return found[index] if 0 <= index < len(found) else None
    return found if operand["index"] is None else None


def _person(work: _Work, span: Span, ident: str) -> None:
    person = work.context.people.get(ident)
    if person is not None and person.address:
        _link(work, span, person.name, person.address)
        return
    name = person.name if person else ident
    in_html = inside(work.blocks, span.start)
    work.replace(span, html.escape(name, quote=False) if in_html else name)
    why = "has no posts in this import" if person else "has no author file"
    work.remark(
        span.start,
        codes.PERSON_UNKNOWN,
        f"'{ident}' {why}; the bare name stands in place of the link",
    )


def _link(work: _Work, span: Span, label: str, address: str) -> None:
    in_html = inside(work.blocks, span.start)
    work.replace(span, link(label, address, in_html=in_html))


def _post_address(context: LiquidContext, argument: str) -> str | None:
    stem = argument.strip("\"'").removeprefix("/").removeprefix("_posts/").removesuffix(".md")
    return context.posts.get(stem)


def _name_of_embed(address: str) -> str:
    """Give a link words from its address: whose message it is, when the address says so."""
    parts = address.split("/")
    if len(parts) > 4 and parts[2] == "twitter.com" and parts[4] == "status":  # noqa: PLR2004  # https, "", host, who
        return f"@{parts[3]} on Twitter"
    return address


def _shown(token: str) -> str:
    """Shorten a token for a message."""
    words = " ".join(token.split())
    return words if len(words) <= 60 else f"{words[:57]}…"  # noqa: PLR2004  # about half a terminal line
