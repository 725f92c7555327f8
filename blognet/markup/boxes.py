"""Boxes around parts of a text. Answers: where they stand, and the same text as any Markdown parser reads it.

Read are ``!!! note "Title"`` and the folding ``???`` and ``???+`` of MkDocs, whose content is indented by four, and the
``:::note[Title]``, ``::: tip Title``, ``::: {.warning}`` of Docusaurus, VitePress and Pandoc, closed by ``:::``; also
lists of definitions. (The alerts of GitHub, ``> [!NOTE]``, both parsers know by themselves.) Each becomes a quotation
that begins with a comment which no author can write, so that whatever stands inside is read as ever and nothing inside
can end it; `dress` makes the box. Lines that this adds are counted, so that problems name the author's lines. It
refuses to know how boxes look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from blognet.kernel.patterns import later
from blognet.markup import codes
from blognet.markup.definitions import definitions_at
from blognet.markup.lines import (
    TAB,
    Line,
    end_of_indented,
    end_of_verbatim,
    indent_of,
    prefixed,
    without,
)
from blognet.markup.raw import BOX_SIGN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blognet.markup.raw import RawHtml

MAX_BOXES = 8
"""How deep boxes may nest."""
MAX_AROUND = 24
"""How deep lists, quotations and boxes are looked into for boxes."""

_KINDS = {
    "note note": "note admonition primary remark secondary todo",
    "note info": "info information seealso see-also",
    "note summary": "summary abstract tldr tl-dr overview",
    "note example": "example snippet",
    "note quote": "quote cite",
    "note details": "details spoiler",
    "tip tip": "tip hint",
    "tip success": "success check done",
    "important important": "important",
    "important question": "question faq help",
    "warning warning": "warning attention warn",
    "caution caution": "caution bug danger error fail failure missing",
}
KINDS = {name: kind for kind, names in _KINDS.items() for name in names.split()}
"""What authors write to what it looks like and which word stands above it."""
_FOLDING = frozenset({"details", "spoiler"})

_MAYBE = later(r"^[ \t>*+\-\d.)]*(?:!!!|\?\?\?|:::|:[ \t])", re.MULTILINE)
_MARKS = later(r"^ {0,3}(?:[>*+-]|\d{1,9}[.)])[ \t>*+\-\d.)]*", re.MULTILINE)
_BANG = later(
    r" {0,3}(?P<sign>!!!|\?\?\?\+?) ?(?P<kind>[A-Za-z][\w-]*)(?: +[A-Za-z][\w-]*)*(?: +\"(?P<title>.*)\")? *"
)
_COLONS = later(
    r" {0,3}(?P<sign>:{3,}) *(?:(?P<kind>[A-Za-z][\w-]*)|\{(?P<group>[^{}]*)\}) *(?P<rest>.*)"
)
_END = later(r" {0,3}(?P<sign>:{3,})[ \t]*")
_NAMED = later(r"\[(?P<title>.*)\][ \t]*+(?:\{[^{}]*\})?")
_GROUP = later(r"\{[^{}]*\}[ \t]*$")
_CLASS = later(r"\.(?:callout-)?([A-Za-z][\w-]*)")
_TITLE = later(r"\btitle=(?:\"([^\"]*)\"|'([^']*)')")
_QUOTE = later(r" {0,3}> ?")
_OWN_HEADING = later(r"<(?=/?h[1-6]\b)", re.IGNORECASE)
"""The title is written as a heading, in which another would end it."""
_ITEM = later(
    r"(?P<mark> {0,3}(?:(?:[*+-]|\d{1,9}[.)])(?: {1,4}(?=\S)|\t)|(?P<note>\[\^[^\]\s]{1,200}\]:) ?))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """A text for the parsers.

    Attributes:
        text: With quotations in place of boxes.
        moved: For each line of it the author's, counted from 0; empty when every line is where it was.
    """

    text: str
    moved: tuple[int, ...] = ()


def with_boxes(text: str, raw: RawHtml, first_line: int) -> Boxed:
    """Return a text with its boxes as quotations; problems are added to `raw`.

    Args:
        text: The source; only LF ends a line.
        raw: Where problems go.
        first_line: Line of the source on which the text begins.
    """
    if BOX_SIGN in text:
        text = text.replace(BOX_SIGN, "\ufffd")
    if _MAYBE.search(text) is None:
        return Boxed(text=text)
    text = _MARKS.sub(lambda marks: marks[0].expandtabs(TAB), text) if "\t" in text else text
    lines = [Line(words, number) for number, words in enumerate(text.split("\n"))]
    written = _Reading(raw=raw, first_line=first_line).read(lines, boxes=0, around=0)
    boxed = "\n".join(line.text for line in written)
    if boxed == text:
        return Boxed(text=text)
    return Boxed(text=boxed, moved=tuple(line.number for line in written))


@dataclass(slots=True)
class _Reading:
    """One text, being read; each level of boxes, lists and quotations by a call of `read`."""

    raw: RawHtml
    first_line: int

    def read(self, lines: Sequence[Line], *, boxes: int, around: int) -> list[Line]:
        """Return the lines of one level with its boxes as quotations."""
        if around >= MAX_AROUND or not any(_MAYBE.match(line.text) for line in lines):
            return list(lines)
        level = _Level(lines=lines, ends=_ends_of(lines), boxes=boxes, around=around)
        while level.at < len(lines):
            line = lines[level.at]
            if (skipped := end_of_verbatim(lines, level.at)) > level.at:
                level.out += lines[level.at : skipped]
                level.at = skipped
            elif bang := _BANG.fullmatch(line.text):
                self._bang(level, bang)
            elif colons := _COLONS.fullmatch(line.text):
                self._colons(level, colons)
            elif quote := _QUOTE.match(line.text):
                self._quotation(level, quote)
            elif item := _ITEM.match(line.text):
                self._item(level, item)
            elif not self._definitions(level):
                self._keep(level)
        return level.out

    def _bang(self, level: _Level, found: re.Match[str]) -> None:
        line = level.lines[level.at]
        indent = indent_of(line.text) + TAB
        end = end_of_indented(level.lines, level.at + 1, indent)
        if end == level.at + 1:
            message = (
                f"nothing is indented below {found['sign']} {found['kind']!r}, so it stays text"
            )
            hint = "indent what belongs into the box by four blanks"
            self._report(codes.BOX_OPEN, line, message, hint)
            self._keep(level)
            return
        kind = found["kind"].lower()
        if kind not in KINDS:
            self._unknown(kind, line)
        title = None if found["title"] is None else found["title"].replace('\\"', '"').strip()
        if kind not in KINDS and title is None:
            title = found["kind"].capitalize()
        fold = {"!!!": "plain", "???": "closed"}.get(found["sign"], "open")
        body = [
            Line(without(each.text, indent), each.number)
            for each in level.lines[level.at + 1 : end]
        ]
        self._box(level, _head(kind, fold, title), title, body, end)

    def _colons(self, level: _Level, found: re.Match[str]) -> None:
        line, end = level.lines[level.at], level.ends.get(level.at)
        kind, title = _kind_and_title(found)
        if kind not in KINDS:
            self._unknown(kind or found["group"], line)
            if end is None:
                self._keep(level)
                return
        elif end is None:
            message = f"the box {kind!r} is never closed; it ends where the text around it does"
            self._report(codes.BOX_OPEN, line, message, "close it with a line ':::'")
        last = len(level.lines) if end is None else end
        body = list(level.lines[level.at + 1 : last])
        if kind in KINDS:
            fold = "closed" if kind in _FOLDING else "plain"
            if "{open}" in found["rest"]:
                fold = "open"
            self._box(level, _head(kind, fold, title), title, body, last + 1)
            return
        inside = self.read(body, boxes=level.boxes, around=level.around + 1)
        level.out += [Line("", line.number), *inside, Line("", level.lines[last].number)]
        level.at = last + 1

    def _box(
        self, level: _Level, head: str, title: str | None, body: list[Line], after: int
    ) -> None:
        line = level.lines[level.at]
        if level.boxes >= MAX_BOXES:
            message = f"boxes nest deeper than {MAX_BOXES}; what is deeper stays text"
            self._report(codes.TOO_DEEP, line, message, "flatten the text at this place")
            level.out += level.lines[level.at : after]
            level.at = after
            return
        while body and body[-1].is_blank:
            body.pop()
        indent = " " * indent_of(line.text)
        inside = self.read(body, boxes=level.boxes + 1, around=level.around + 1)
        inert = _OWN_HEADING.sub(r"\\<", title) if title else ""
        top = [head, *([f"###### {inert} ######"] if title else []), ""]
        level.out += [
            *([] if not level.out or level.out[-1].is_blank else [Line("", line.number)]),
            *(Line(f"{indent}> {words}".rstrip(), line.number) for words in top),
            *(prefixed(f"{indent}> ", each) for each in inside),
            Line("", inside[-1].number if inside else line.number),
        ]
        level.at = after

    def _quotation(self, level: _Level, found: re.Match[str]) -> None:
        end, inner = level.at, list[Line]()
        mark: re.Match[str] | None = found
        while mark is not None:
            line = level.lines[end]
            inner.append(Line(line.text[mark.end() :], line.number))
            end += 1
            mark = _QUOTE.match(level.lines[end].text) if end < len(level.lines) else None
        if any(_MAYBE.match(line.text) for line in inner):
            inside = self.read(inner, boxes=level.boxes, around=level.around + 1)
            level.out += [prefixed("> ", line) for line in inside]
        else:
            level.out += level.lines[level.at : end]
        level.at = end

    def _item(self, level: _Level, found: re.Match[str]) -> None:
        mark = found["mark"]
        width = TAB if found["note"] else len(mark.expandtabs(TAB))
        end = end_of_indented(level.lines, level.at + 1, width)
        first, rest = level.lines[level.at], level.lines[level.at + 1 : end]
        inner = [Line(first.text[len(mark) :], first.number)]
        inner += (Line(without(line.text, width), line.number) for line in rest)
        if any(_MAYBE.match(line.text) for line in inner):
            inside = self.read(inner, boxes=level.boxes, around=level.around + 1)
            while len(inside) > 1 and inside[0].is_blank:
                del inside[0]
            begin, *others = inside
            level.out.append(Line(f"{mark}{begin.text}", begin.number))
            level.out += [prefixed(" " * width, line) for line in others]
        else:
            level.out += level.lines[level.at : end]
        level.at = end

    def _definitions(self, level: _Level) -> bool:
        """Read a list of definitions, if one begins here."""
        if level.out and not level.out[-1].is_blank:
            return False
        entries, end = definitions_at(level.lines, level.at)
        if not entries:
            return False
        level.out.append(Line(f"> <!--{BOX_SIGN}list-->", entries[0].term.number))
        for entry in entries:
            term = f"> ###### {entry.term.text.strip()} ######"
            level.out += [Line(term, entry.term.number), Line(">", entry.term.number)]
            for said in entry.definitions:
                inside = self.read(said, boxes=level.boxes, around=level.around + 1)
                level.out.append(Line(f"> > <!--{BOX_SIGN}definition-->", said[0].number))
                level.out += (prefixed("> > ", line) for line in inside)
                level.out.append(Line(">", inside[-1].number))
        level.out.append(Line("", level.out[-1].number))
        level.at = end
        return True

    def _keep(self, level: _Level) -> None:
        level.out.append(level.lines[level.at])
        level.at += 1

    def _unknown(self, kind: str, line: Line) -> None:
        near = _near(kind[:_LONGEST])
        hint = f"did you mean {near!r}?" if near else f"known are {', '.join(_COMMON)}"
        self._report(codes.BOX_UNKNOWN, line, f"no kind of box is called {kind!r}", hint)

    def _report(self, code: str, line: Line, message: str, hint: str) -> None:
        self.raw.report(code, self.first_line + line.number, message, hint=hint)


_LONGEST = 40


@lru_cache(maxsize=1_000)
def _near(kind: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # words are mistyped seldom

    return next(iter(get_close_matches(kind, KINDS, n=1)), "")


_COMMON = ("note", "tip", "important", "warning", "caution", "info", "details")


@dataclass(slots=True, kw_only=True)
class _Level:
    """One level: its lines, where it is, and what was written.

    Attributes:
        ends: For lines that open a box with colons the place of the line that closes it.
        boxes: How many boxes are around it.
        around: How many boxes, lists and quotations are around it.
    """

    lines: Sequence[Line]
    ends: dict[int, int]
    boxes: int
    around: int
    at: int = 0
    out: list[Line] = field(default_factory=list)


def _ends_of(lines: Sequence[Line]) -> dict[int, int]:
    """Pair the lines of colons of one level: each closes the innermost open box with no more colons than itself."""
    ends: dict[int, int] = {}
    waiting: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if (skipped := end_of_verbatim(lines, at)) > at:
            at = skipped
            continue
        text = lines[at].text
        if ":::" in text:
            if closing := _END.fullmatch(text):
                count = len(closing["sign"])
                if waiting and waiting[-1][1] <= count:
                    ends[waiting.pop()[0]] = at
            elif opening := _COLONS.fullmatch(text):
                waiting.append((at, len(opening["sign"])))
        at += 1
    return ends


def _kind_and_title(found: re.Match[str]) -> tuple[str, str | None]:
    rest = found["rest"].strip().rstrip(":").strip()
    if found["group"] is not None:
        named, given = _CLASS.search(found["group"]), _TITLE.search(found["group"])
        title = (given[1] or given[2] or "") if given else None
        return (named[1].lower() if named else ""), title
    kind = found["kind"].lower()
    if bracketed := _NAMED.fullmatch(rest):
        return kind, bracketed["title"].strip()
    return kind, _GROUP.sub("", rest).strip() or None


def _head(kind: str, fold: str, title: str | None) -> str:
    look = KINDS.get(kind, "note note")
    above = "own" if title else "none" if title is not None and fold == "plain" else "label"
    return f"<!--{BOX_SIGN}box {look} {fold} {above}-->"
