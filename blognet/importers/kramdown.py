"""What kramdown writes otherwise than CommonMark. Answers: which text gives the reader the same in our Markdown?

Attribute lists, header ids, extensions and the marker of a table of contents are taken out and remarked on. HTML
blocks are settled: kramdown reads a block-level element to its closing tag, CommonMark only to the next blank line,
so blank lines inside are taken out and one is put behind. The syntax: https://kramdown.gettalong.org/syntax.html.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.importers import codes
from blognet.importers.spans import Span, disjoint, inside, own_line, pairs
from blognet.importers.structure import HtmlBlock, code_spans, html_blocks, stray_ends
from blognet.importers.traced import Edit, TracedText
from blognet.importers.values import Remark
from blognet.kernel.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = re.compile(r"\{::comment\}")
_COMMENT_END = re.compile(r"\{:/(?:comment)?\}")
_TOC = re.compile(
    r"^ {0,3}(?:[*+-]|\d+\.)[ \t]+[^\n]*\n[ \t]*\{:\s*toc\b[^}\n]*\}[ \t]*\n?", re.MULTILINE
)
_BLOCK_LIST = re.compile(r"^[ \t]*(?P<list>\{:[^}\n]*\})[ \t]*$", re.MULTILINE)
_SPAN_LIST = re.compile(r"(?<=[)\]*_`>\"])(?P<list>\{:[^}\n]*\})")
_EXTENSION = re.compile(r"(?P<list>\{:(?::[a-z]+[^}\n]*|/[a-z]*)\})")
_HEADER_ID = re.compile(r"^#{1,6}[ \t][^\n]*?(?P<list>[ \t]+\{#[\w:.-]+\})[ \t]*$", re.MULTILINE)
_SOMETHING = re.compile(r"\S")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_PRE = re.compile(r"<pre(?=[\s>])", re.IGNORECASE)
_PRE_END = re.compile(r"</pre\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class KramdownResult:
    """The converted text, whether it asked for a table of contents, and what was lost."""

    source: TracedText
    toc: bool
    remarks: tuple[Remark, ...]


def convert_kramdown(source: TracedText) -> KramdownResult:
    """Return a text that CommonMark reads as kramdown read the given one."""
    without, remarks, toc = _drop_lists(source)
    ends = stray_ends(without.text)
    strays = tuple(
        _note(
            without,
            span.start,
            codes.STRAY_TAG,
            f"'{without.text[span.start : span.end].strip()}' was dropped",
        )
        for span in ends
    )
    settled = _settle_html(
        without.edited(Edit(start=span.start, end=span.end, text="") for span in ends)
    )
    return KramdownResult(source=settled, toc=toc, remarks=(*remarks, *strays))


def _drop_lists(source: TracedText) -> tuple[TracedText, tuple[Remark, ...], bool]:
    text, code = source.text, code_spans(source.text)
    remarks: list[Remark] = []
    contents = [_span(match) for match in _TOC.finditer(text) if not inside(code, match.start())]
    comments = [
        own_line(text, Span(start=first.start(), end=last.end()))
        for first, last in pairs(text, _COMMENT, _COMMENT_END)
        if not inside(code, first.start())
    ]
    dropped = disjoint((*contents, *comments))
    remarks += [
        _note(source, span.start, codes.COMMENT_DROPPED, "a comment was dropped")
        for span in comments
    ]
    taken: dict[int, Span] = {}
    for pattern in (_BLOCK_LIST, _SPAN_LIST, _EXTENSION, _HEADER_ID):
        for match in pattern.finditer(text):
            start = match.start("list")
            if inside(code, start) or inside(dropped, start) or start in taken:
                continue
            taken[start] = own_line(text, Span(start=start, end=match.end("list")))
            message = f"the attributes '{match['list'].strip()}' were dropped"
            remarks.append(_note(source, start, codes.ATTRIBUTES_DROPPED, message))
    spans = disjoint((*dropped, *taken.values()))
    edits = [Edit(start=span.start, end=span.end, text="") for span in spans]
    return source.edited(edits), tuple(remarks), bool(contents)


def _settle_html(source: TracedText) -> TracedText:
    edits: list[Edit] = []
    kept = tuple(
        Span(start=first.start(), end=last.end())
        for first, last in pairs(source.text, _PRE, _PRE_END)
    )
    for block in html_blocks(source.text):
        edits += (
            _opened(source.text, block) if block.markdown else _closed_up(source.text, block, kept)
        )
        edits += _parted(source.text, block.end)
    return source.edited(_distinct(edits))


def _closed_up(text: str, block: HtmlBlock, kept: tuple[Span, ...]) -> Iterator[Edit]:
    """Take out blank lines, at which CommonMark would stop reading HTML."""
    for match in _BLANK_LINES.finditer(text, block.start, block.end):
        if not inside(kept, match.start()):
            yield Edit(start=match.start(), end=match.end(), text="\n")


def _opened(text: str, block: HtmlBlock) -> Iterator[Edit]:
    """Put blank lines around content that is to be read as Markdown, and take the attribute out."""
    if block.markdown is None:
        return
    yield Edit(start=block.markdown.start, end=block.markdown.end, text="")
    yield from _parted(text, block.content)
    before = text[block.content : block.content_end]
    stripped = before.rstrip()
    end_of_content = block.content + len(stripped)
    if stripped and before[len(stripped) :].count("\n") != 2:  # noqa: PLR2004  # one blank line
        yield Edit(start=end_of_content, end=block.content_end, text="\n\n")
    elif stripped:
        indent = len(before) - len(before.rstrip(" \t"))
        yield Edit(start=block.content_end - indent, end=block.content_end, text="")


def _parted(text: str, offset: int) -> Iterator[Edit]:
    """Put a blank line at an offset, unless there is one or the text ends."""
    found = _SOMETHING.search(text, offset)
    if found is None or text.count("\n", offset, found.start()) >= 2:  # noqa: PLR2004  # one blank line
        return
    line_start = text.rfind("\n", offset, found.start()) + 1
    yield Edit(start=offset, end=line_start or found.start(), text="\n\n")


def _distinct(edits: list[Edit]) -> list[Edit]:
    """Drop an edit that overlaps an earlier one: neighbouring blocks ask for the same blank line."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _span(match: re.Match[str]) -> Span:
    return Span(start=match.start(), end=match.end())


def _note(source: TracedText, offset: int, code: str, message: str) -> Remark:
    return Remark(line=source.line_at(offset), code=code, severity=Severity.NOTE, message=message)
