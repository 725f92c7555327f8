"""Markdown to HTML that is not yet safe, by pyromark. Answers: which elements a text asks for, as `parse` does.

pyromark hands out what pulldown-cmark reads, event by event; here each becomes the same HTML, with the same marks for
`dress`, that `parse` writes for it. It refuses what `parse` refuses, too: to know what is shown how, and to judge. The
parser is CommonMark with tables, strikethrough, task lists, alerts and footnotes; bare addresses are found here.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from blognet.markup import allow, marks
from blognet.markup.bare_links import may_hold_addresses
from blognet.markup.footnotes import Footnotes
from blognet.markup.formulas import mark
from blognet.markup.formulas.places import Place, find_formulas
from blognet.markup.pulled import reader, target_of
from blognet.markup.source_lines import SourceLines
from blognet.markup.table_cells import TableCells
from blognet.markup.text_runs import TextRun, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.markup.raw import RawHtml
    from blognet.markup.source_lines import LineNumbers

_HEADINGS = {f"H{level}": f"h{level}" for level in range(1, 7)}
_PHRASES = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "s"}
_NO_BLOCK = frozenset({*_PHRASES, "Link", "Image"})


def write_markdown(text: str, raw: RawHtml, numbers: LineNumbers, *, math: bool = False) -> str:
    """Return the HTML of a Markdown text, to be sanitised; problems are added to `raw`.

    Args:
        text: The source, within the limits; only LF ends a line.
        raw: A fresh one for each text.
        numbers: Of the lines.
        math: Whether dollars enclose formulas.
    """
    text = text.replace("\0", "\ufffd")
    read, found = find_formulas(text, reader()) if math else (text.encode(), ())
    lines = SourceLines(source=text.encode(), numbers=numbers)
    return _Writer(raw=raw, run=TextRun(source=read), lines=lines, _formulas=deque(found)).write()


@dataclass(slots=True)
class _Writer:
    """Writes events, in order. Places are in bytes of the source.

    Attributes:
        raw: The author's own HTML.
        run: The text since the last other event; it holds the source.
        lines: Where problems are; they hold the source as written.
    """

    raw: RawHtml
    run: TextRun
    lines: SourceLines
    _out: list[str] = field(default_factory=list)
    _closers: list[str | Callable[[int], None]] = field(default_factory=list)
    _blocks: int = 0
    _skipped: int = 0
    _gathered: list[str] | None = None
    _inline_at: int = -1
    _phrases: int = 0
    _links: int = 0
    _item_at: int = 0
    _cells: TableCells = field(default_factory=TableCells)
    _refused_row: int = 0
    _notes: Footnotes = field(default_factory=Footnotes)
    _outside: list[list[str]] = field(default_factory=list)
    _formulas: deque[Place] = field(default_factory=deque)

    def write(self) -> str:
        """Return the HTML of the whole text."""
        for event, place in reader().events_with_range(self.run.source.decode()):
            ((kind, value),) = ((event, None),) if isinstance(event, str) else event.items()
            if self._skipped:
                self._skipped += (kind == "Start") - (kind == "End")
            elif kind == "End":
                self._end(place["end"])
            elif self._gathered is not None:
                self._gather(self._gathered, kind, value)
            elif kind == "Start":
                self._start(value, place["start"], place["end"])
            elif self.run.absorbed < (end := place["end"]):
                start = place["start"]
                if kind == "Text" and value and self._inline_at >= 0 and not self._formulas:
                    self.run.add(str(value), start, end, is_first=start == self._inline_at)
                else:
                    self._leaf(kind, value, start, end)
        return "".join((*self._out, self._notes.section()))

    # Structure

    def _start(self, value: object, start: int, end: int) -> None:
        name, about = value.popitem() if isinstance(value, dict) else (str(value), None)
        if self.run.pieces:
            self._finish_run(name)
        if name in _NO_BLOCK:
            self._start_phrase(name, about, start)
            return
        if self._inline_at >= 0:
            self._leave_inline()
        if self._blocks >= allow.MAX_DEPTH:
            marks.report_deep_blocks(self.raw, self.lines.at(start))
            self._skipped = 1
            return
        self._blocks += 1
        self._start_block(name, about, start, end)

    def _end(self, end: int) -> None:
        if self.run.pieces:
            if not self._phrases:
                self.run.strip_end()
            self._finish_run()
        closer = self._closers.pop()
        if isinstance(closer, str):
            self._out.append(closer)
        else:
            closer(end)

    def _start_block(self, name: str, about: object, start: int, end: int) -> None:
        match name:
            case "Paragraph":
                self._open_inline("p", "<p>", start, end)
            case "Heading" if isinstance(about, dict):
                tag = _HEADINGS[str(about["level"])]
                self._open_inline(tag, f"<{tag}>", start, end)
            case "CodeBlock":
                self._gathered = []
                fence = str(about["Fenced"]) if isinstance(about, dict) else None
                self._closers.append(partial(self._end_code, fence, self.lines.at(start)))
            case "HtmlBlock":
                self._gathered = []
                self._closers.append(partial(self._end_html, self.lines.at(start)))
            case "FootnoteDefinition":
                self._start_note(str(about))
            case "Table" if isinstance(about, tuple):
                self._start_table(about, start, end)
            case "TableHead" | "TableRow" | "TableCell":
                self._start_part(name, start, end)
            case _:
                self._start_container(name, about)

    def _start_container(self, name: str, about: object) -> None:
        match name:
            case "List":
                tag = "ul" if about is None else "ol"
                self._out.append(f"<{tag}>\n" if about in {None, 1} else f'<ol start="{about}">\n')
                self._closers.append(lambda _: self._end_block(f"</{tag}>\n"))
            case "Item":
                self._item_at = len(self._out)
                self._open_edge("<li>", "</li>\n")
            case "BlockQuote" if about is not None:
                title = f'<p {allow.OWN_MARK}="alert-title">{about}</p>\n'
                mark = f'{allow.OWN_MARK}="alert {str(about).lower()}"'
                self._open_edge(f"<div {mark}>\n{title}", "</div>\n")
            case _:
                self._open_edge("<blockquote>\n", "</blockquote>\n")

    def _open_edge(self, opening: str, closing: str) -> None:
        """Begin an element that ends the raw HTML inside it."""
        self.raw.enter_block()
        self._out.append(opening)
        self._closers.append(lambda _: self._close_edge(closing))

    def _close_edge(self, closing: str) -> None:
        if self._inline_at >= 0:
            self._leave_inline()
        self._out.append(self.raw.leave_block())
        self._end_block(closing)

    def _end_block(self, closing: str) -> None:
        self._out.append(closing)
        self._blocks -= 1

    def _open_inline(self, tag: str, opening: str, start: int, end: int) -> None:
        """Begin a paragraph, heading or cell; one that is too long is written at once, as plain text."""
        if end - start > allow.MAX_INLINE:
            words = self.lines.source[start:end].decode().strip()
            if len(words) > allow.MAX_INLINE:
                marks.report_long_paragraph(self.raw, self.lines.at(start))
                self._out.append(f"{opening}{escape(words, quote=False)}</{tag}>\n")
                self._blocks -= 1
                self._skipped = 1
                return
        self._out.append(opening)
        self._enter_inline(start)
        self._closers.append(lambda _: self._close_inline(f"</{tag}>\n"))

    def _close_inline(self, closing: str) -> None:
        self._leave_inline()
        self._end_block(closing)

    def _enter_inline(self, start: int) -> None:
        self.raw.enter_inline()
        self._inline_at = start
        self._phrases = 0

    def _leave_inline(self) -> None:
        self._out.append(self.raw.leave_inline())
        self._inline_at = -1

    # What is gathered first and written at its end: code, raw HTML, the words of an image

    def _gather(self, gathered: list[str], kind: str, value: object) -> None:
        if kind in {"Text", "Code", "Html"}:
            gathered.append(str(value))
        elif kind == "SoftBreak":
            gathered.append(" ")
        elif kind == "Start":
            self._closers.append("")

    def _taken(self) -> str:
        gathered, self._gathered = self._gathered, None
        return "".join(gathered or ())

    def _end_code(self, fence: str | None, line: int, _end: int) -> None:
        code = self._taken()
        end = "\n" if fence is None and not code.endswith("\n") else ""
        self._end_block(marks.fence(f"{code}{end}", fence or "", self.raw, line))

    def _end_html(self, line: int, _end: int) -> None:
        self._end_block(self.raw.block(self._taken(), line))

    # Tables

    def _start_table(self, sides: tuple[object, ...], start: int, end: int) -> None:
        if self._cells.are_too_many:
            self._write_refused(start, end)
            self._blocks -= 1
            self._skipped = 1
            return
        self._cells.begin_table(sides)
        self._refused_row = 0
        self._out.append(marks.TABLE_OPEN)
        self._closers.append(self._end_table)

    def _end_table(self, end: int) -> None:
        self._cells.end = None
        if self._out[-1] != "</thead>\n":
            self._out.append("</tbody>\n")
        self._end_block(marks.TABLE_CLOSE)
        if self._refused_row:
            self._write_refused(self._refused_row, end)

    def _write_refused(self, start: int, end: int) -> None:
        if not self._cells.is_reported:
            marks.report_many_cells(self.raw, self.lines.at(start))
        self._cells.is_reported = True
        words = self.lines.source[start:end].decode().strip()
        self._out.append(f"<p>{escape(words, quote=False)}</p>\n")

    def _start_part(self, name: str, start: int, end: int) -> None:
        if name == "TableCell":
            self._open_inline(*self._cells.begin_cell(end), start, end)
            return
        self._cells.begin_row(is_head=name == "TableHead")
        if name == "TableHead":
            self._out.append("<thead>\n<tr>\n")
            self._closers.append(lambda _: self._end_head())
        elif self._cells.are_too_many:
            self._refused_row = self._refused_row or start
            self._blocks -= 1
            self._skipped = 1
        else:
            self._out.append("<tbody>\n<tr>\n" if self._out[-1] == "</thead>\n" else "<tr>\n")
            self._closers.append(lambda _: self._end_block("</tr>\n"))

    def _end_head(self) -> None:
        self._out.append("</tr>\n")
        self._end_block("</thead>\n")

    # Footnotes

    def _start_note(self, label: str) -> None:
        self._outside.append(self._out)
        self._out = []
        self.raw.enter_block()
        self._closers.append(lambda _: self._end_note(label))

    def _end_note(self, label: str) -> None:
        self._close_edge("")
        self._notes.define(label, "".join(self._out))
        self._out = self._outside.pop()

    # Phrases

    def _start_phrase(self, name: str, about: object, start: int) -> None:
        if self._inline_at < 0:
            self._enter_inline(start)
        if start < self.run.absorbed:
            width = 2 if name == "Strong" or self.run.source.startswith(b"~~", start) else 1
            self._closers.append(lambda end: self._end_absorbed(end, width))
        elif name == "Image":
            self._gathered = []
            self._closers.append(lambda _: self._end_image(about, self.lines.at(start)))
        else:
            self._phrases += 1
            if self._phrases > allow.MAX_INLINE_DEPTH:
                marks.report_deep_emphasis(self.raw, self.lines.at(start))
                self._closers.append(lambda _: self._end_phrase(""))
            elif name == "Link":
                self._links += 1
                self._say(marks.link_open(*target_of(about), self.raw, self.lines.at(start)))
                self._closers.append(lambda _: self._end_link())
            else:
                self._say(f"<{_PHRASES[name]}>")
                self._closers.append(lambda _: self._end_phrase(f"</{_PHRASES[name]}>"))

    def _end_phrase(self, closing: str) -> None:
        self._phrases -= 1
        self._say(closing)

    def _end_link(self) -> None:
        self._links -= 1
        self._end_phrase("</a>")

    def _end_image(self, about: object, line: int) -> None:
        address, title = target_of(about)
        self._say(marks.image(address, self._taken(), title, self.raw, line))

    def _end_absorbed(self, end: int, width: int) -> None:
        """End emphasis whose beginning turned out to be part of an address: its end is text."""
        if end > self.run.absorbed:
            self._say(escape(self.run.source[end - width : end].decode(), quote=False))

    def _leaf(self, kind: str, value: object, start: int, end: int) -> None:
        if self._inline_at < 0 and kind != "Rule":
            self._enter_inline(start)
        if kind == "Text":
            self._text(str(value), start, end)
            return
        if self.run.pieces:
            self._finish_run()
        if kind == "Rule":
            if self._inline_at >= 0:
                self._leave_inline()
            self._out.append("<hr>\n")
        elif kind == "SoftBreak":
            self._say("\n")
        elif kind == "HardBreak":
            self._say("<br>\n")
        else:
            self._inline_leaf(kind, value, start)

    def _text(self, text: str, start: int, end: int) -> None:
        """Add a piece of text to the run; a formula in it ends the run."""
        while self._formulas and self._formulas[0].start < end:
            place = self._formulas.popleft()
            if place.start < start:
                continue  # it stood in what was left out
            if before := self.run.source[start : place.start].decode():
                self.run.add(before, start, place.start, is_first=start == self._inline_at)
            if self.run.pieces:
                self._finish_run()
            self._say(mark(place.tex, self.lines.at(place.start), is_display=place.is_display))
            text, start = self.run.source[place.end : end].decode(), place.end
        if text:
            self.run.add(text, start, end, is_first=start == self._inline_at)

    def _inline_leaf(self, kind: str, value: object, start: int) -> None:
        match kind:
            case "Code":
                self._say(f"<code>{escape(str(value), quote=False)}</code>")
            case "FootnoteReference":
                self._say(self._notes.refer(str(value)))
            case "TaskListMarker":
                state = "done" if value else "open"
                self._out[self._item_at] = f'<li {allow.OWN_MARK}="task {state}">'
            case _:
                self._out.append(self.raw.inline(str(value), self.lines.at(start)))

    def _say(self, html: str) -> None:
        if not self.raw.muted:
            self._out.append(html)

    def _finish_run(self, following: str = "") -> None:
        """Write the text since the last other event; `following` begins where it ends."""
        text = self.run.take()
        if self.raw.muted:
            return
        if self._links or not may_hold_addresses(text):
            self._out.append(plain(text))
            return
        html = self.run.linked(
            text,
            lambda address, at: marks.link_open(address, "", self.raw, self.lines.at(at)),
            begin=self._inline_at,
            limit=self._cells.end or len(self.run.source),
            emphasis_follows=following in _PHRASES,
        )
        self._out.append(html)
