"""Sanitised HTML to what readers get, in one pass. Answers: the page's HTML, and what it holds.

Headings get anchors, code its colours, tables a box, footnotes, alerts and tasks their elements; headings, links,
images and the plain text are gathered on the way.

Trusted code: everything it writes is either a constant, escaped, or was let through by the sanitiser. It refuses to
know Markdown; another parser may stand before it, as long as it writes the same marks (`allow.OWN_MARK`):

    lang NAME and code … (on pre or code, read by `code_lines`) · alert KIND · alert-title · task done|open · notes
    note N · note N AGAIN (on sup) · back N (on wbr) · box … (on wbr, read by `shown_boxes`)
    more (on wbr) · frame (on a) · math inline|block LINE (on var; of a fence, on pre) · diagram LINE (on pre)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING, ClassVar

from blognet.markup import allow, codes, hosts
from blognet.markup.code_lines import ShownListing, listing_html, read_mark
from blognet.markup.drawn import DIAGRAM, FORMULA, Drawn
from blognet.markup.frames import frame_html
from blognet.markup.pieces import (
    BLOCK_END,
    HANDLED_BARE,
    TASKS,
    anchor_html,
    back_html,
    line_of,
    note_html,
    notes_opening,
    read_text,
    table_opening,
    task_html,
)
from blognet.markup.raw import shortened
from blognet.markup.shown_boxes import ALERTS, DEFINITIONS, LIST_END, alert_title, box_at
from blognet.markup.tags import TAG, read_attributes, take_id, write_attributes
from blognet.markup.values import Image, Link, LinkKind, TocEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.markup.page_ids import PageIds
    from blognet.markup.raw import RawHtml
    from blognet.markup.values import MarkupOptions

_HEADING = re.compile(r"<h([1-6])[ >]")
_LEVEL_MAX = 6
_NOT_INLINE = allow.BLOCKS | allow.TABLE_PARTS | {"br"}
_NO_TARGET = frozenset({"", "top"})
_MAX_CODE = 200_000  # characters of highlighted code in one text


@dataclass(slots=True)
class Dressing:
    """One pass over one text. Call `run` once, then read the attributes.

    Attributes:
        source: What the sanitiser wrote.
        ids: Gives out the ids.
        options: How to render.
        raw: Where problems go.
        toc: Headings found.
        links: Addresses found.
        images: Images found.
        text: Plain text in pieces, still with entities, `BLOCK_END` between blocks.
        paragraphs: Pieces of `text` that are a paragraph of the text itself: first and behind the last.
        more_at: Piece of `text` before which ``<!-- more -->`` stood; None when nowhere.
    """

    source: str
    ids: PageIds
    options: MarkupOptions
    raw: RawHtml
    toc: list[TocEntry] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    more_at: int | None = None
    _out: list[str] = field(default_factory=list)
    _closers: list[str | Callable[[], str]] = field(default_factory=list)
    _fragments: list[tuple[int, str, str, int]] = field(default_factory=list)
    _shift: int = 0
    _links_open: int = 0
    _asides_open: int = 0
    _tables_open: int = 0
    _tables: int = 0
    _code_left: int = _MAX_CODE
    _drawn: Drawn | None = None

    def run(self) -> str:
        """Return the HTML for readers."""
        highest = min(map(int, _HEADING.findall(self.source)), default=self.options.top_level)
        self._shift = self.options.top_level - highest
        source, out, text, at = self.source, self._out, self.text, 0
        for match in TAG.finditer(source):
            start, end = match.span()
            if start < at:
                continue  # a handler went on behind it
            if start > at:
                piece = source[at:start]
                out.append(piece)
                text.append(piece)
            at = end
            close, name, attributes = match.groups()
            if name in _NOT_INLINE:
                text.append(BLOCK_END)
            if close:
                closer = self._closers.pop()
                out.append(closer if isinstance(closer, str) else closer())
            elif not attributes and name not in HANDLED_BARE:
                out.append(match[0])
                if name not in allow.VOID:
                    self._closers.append(f"</{name}>")
            elif (handler := self._HANDLERS.get(name)) is not None:
                at = handler(self, name, read_attributes(attributes) if attributes else {}, at)
            else:
                self._open(name, read_attributes(attributes))
        out.append(source[at:])
        text.append(source[at:])
        self._point_fragments()
        return "".join(out)

    def _open(self, name: str, attributes: dict[str, str], *, closer: str | None = None) -> None:
        attributes.pop(allow.OWN_MARK, None)
        attributes.pop(allow.OWN_LINE, None)
        if "id" in attributes:
            attributes["id"] = self.ids.claim(attributes["id"])
        self._out.append(f"<{name}{write_attributes(attributes)}>")
        if name not in allow.VOID:
            self._closers.append(f"</{name}>" if closer is None else closer)

    def _point_fragments(self) -> None:
        for index, fragment, rest, line in self._fragments:
            final = self.ids.find(fragment)
            if final is None and fragment not in _NO_TARGET:
                message = f"no heading and no id in this text is called {shortened(fragment)!r}"
                self.raw.report(codes.FRAGMENT_MISSING, line, message)
            self._out[index] = f'<a href="#{escape(fragment if final is None else final)}"{rest}>'

    # Elements. Each handler gets the element's name, its attributes and where its opening tag ends in the source;
    # it returns where to go on.

    def _paragraph(self, name: str, attributes: dict[str, str], at: int) -> int:
        if self.source.startswith("</p>", at):
            return at + len("</p>")
        if attributes.get(allow.OWN_MARK) == "alert-title":
            return self._alert_title(at)
        own = not self._asides_open and all(closer == "</div>" for closer in self._closers)
        self._open(name, attributes)
        if own:
            start = len(self.text)
            self._closers[-1] = lambda: self._end_paragraph(start)
        return at

    def _end_paragraph(self, start: int) -> str:
        self.paragraphs.append((start, len(self.text)))
        return "</p>"

    def _heading(self, _name: str, attributes: dict[str, str], at: int) -> int:
        if self._closers and self._closers[-1] == LIST_END:  # it is a term: no heading stands there
            self._out.append("<dt>")
            self._closers.append("</dt>")
            return at
        level = max(self.options.top_level, min(_LEVEL_MAX, int(_name[1]) + self._shift))
        attributes.pop(allow.OWN_MARK, None)
        index, start = len(self._out), len(self.text)
        in_toc = not self._asides_open and "</blockquote>" not in self._closers
        linked = self._links_open > 0
        self._out.append("")
        self._closers.append(
            lambda: self._end_heading(level, index, start, attributes, in_toc=in_toc, linked=linked)
        )
        return at

    def _end_heading(
        self,
        level: int,
        index: int,
        start: int,
        attributes: dict[str, str],
        *,
        in_toc: bool,
        linked: bool,
    ) -> str:
        asked = take_id(self._out, self.text)
        title = read_text(self.text[start:])
        final = self.ids.claim(asked or attributes.pop("id", "") or title)
        self._out[index] = f'<h{level} id="{escape(final)}"{write_attributes(attributes)}>'
        if title and in_toc:
            self.toc.append(TocEntry(level=level, id=final, text=title))
        if not title or linked:
            return f"</h{level}>"
        return f"{anchor_html(final, title, self.options.labels)}</h{level}>"

    def _link(self, name: str, attributes: dict[str, str], at: int) -> int:
        line = line_of(attributes)
        if attributes.get(allow.OWN_MARK) == "frame":
            self._frame(attributes, line)
            return at
        href = attributes.pop("href", None)
        if href is None:
            self._open(name, attributes) if "id" in attributes else self._closers.append("")
            return at
        if hosts.is_external(href, self.options.site_hosts):
            attributes["rel"] = "external noopener"
        index, start = len(self._out), len(self.text)
        self._open(name, {"href": href, **attributes})
        if href.startswith("#"):
            rest = self._out[index].partition(f'href="{escape(href)}"')[2][:-1]
            self._fragments.append((index, href[1:], rest, line))
        self._links_open += 1
        self._closers[-1] = lambda: self._end_link(href, start, line)
        return at

    def _end_link(self, href: str, start: int, line: int) -> str:
        self._links_open -= 1
        words = read_text(self.text[start:])
        self.links.append(Link(kind=LinkKind.HREF, target=href, text=words, line=line))
        return "</a>"

    def _frame(self, attributes: dict[str, str], line: int) -> None:
        source, title = attributes.get("href", ""), attributes.get("title", "")
        linked = self._links_open > 0
        html, link = frame_html(source, title, self.options, linked=linked, line=line)
        self.links += [link] if link else []
        self._out.append(html)
        self._closers.append("")

    def _image(self, name: str, attributes: dict[str, str], at: int) -> int:
        line = line_of(attributes)
        source, alternative = attributes.get("src"), attributes.get("alt")
        if not source:
            self._out.append(escape(alternative or "", quote=False))
            self.text.append(escape(alternative or "", quote=False))
            return at
        if alternative is None:
            message = f"the image {shortened(source)!r} has no alternative text"
            self.raw.report(codes.ALT_MISSING, line, message)
        title = attributes.get("title", "")
        self.images.append(Image(src=source, alt=alternative, title=title, line=line))
        self.links.append(Link(kind=LinkKind.SRC, target=source, text=alternative or "", line=line))
        self._open(
            name, {**attributes, "alt": alternative or "", "loading": "lazy", "decoding": "async"}
        )
        return at

    def _media(self, name: str, attributes: dict[str, str], at: int) -> int:
        for key in ("src", "poster"):
            if target := attributes.get(key):
                self.links.append(Link(kind=LinkKind.SRC, target=target))
        self._open(name, attributes)
        return at

    def _code_block(self, name: str, attributes: dict[str, str], at: int) -> int:
        match = TAG.match(self.source, at)
        end = self.source.find("<", match.end()) if match else -1
        if match is None or match[2] != "code" or not self.source.startswith("</code></pre>", end):
            named = {"role": "group", "tabindex": "0", "aria-label": self.options.labels.code}
            self._open(name, {**attributes, "class": "code", **named})
            return at
        marks = [each.get(allow.OWN_MARK, "") for each in (read_attributes(match[3]), attributes)]
        listing = next(filter(None, map(read_mark, marks)), ShownListing())
        code = self.source[match.end() : end]
        mark = attributes.get(allow.OWN_MARK, "")
        if mark.startswith((DIAGRAM, FORMULA)):
            title, name = read_attributes(match[3]).get("title", ""), attributes.get("title", "")
            figure, words = self._drawn_here().fence(unescape(code), mark, name, title)
            if figure:
                self._out.append(figure)
                self.text.append(words)
                return end + len("</code></pre>")
        self.text.append(code)
        self._code_left -= len(code)
        label = self.options.labels.code
        self._out.append(listing_html(code, listing, label, coloured=self._code_left >= 0))
        return end + len("</code></pre>")

    def _table(self, name: str, attributes: dict[str, str], at: int) -> int:
        self._tables_open += 1
        box_end = "</div>" if self._tables_open == 1 else ""
        if box_end:
            self._tables += 1
            self._out.append(table_opening(self._tables, self.options.labels))
        self._open(name, attributes)
        self._closers[-1] = lambda: self._end_table(f"</table>{box_end}")
        return at

    def _end_table(self, closer: str) -> str:
        self._tables_open -= 1
        return closer

    def _quotation(self, name: str, attributes: dict[str, str], at: int) -> int:
        """Open a quotation, or the box that `boxes` made one."""
        box = box_at(self.source, at, self.options.labels)
        if box is None:
            self._open(name, attributes)
            return at
        self._out.append(box.opening)
        is_aside = box.closing not in DEFINITIONS
        self._asides_open += is_aside
        self._closers.append((lambda: self._end_aside(box.closing)) if is_aside else box.closing)
        self._closers += [box.title_closing] if box.title_closing else []
        return box.end

    def _end_aside(self, closing: str) -> str:
        self._asides_open -= 1
        return closing

    def _division(self, name: str, attributes: dict[str, str], at: int) -> int:
        kind = attributes.get(allow.OWN_MARK, "").removeprefix("alert ")
        if kind not in ALERTS:
            self._open(name, attributes)
            return at
        self._asides_open += 1
        self._out.append(f'<div class="alert alert-{kind}" role="note">')
        self._closers.append(lambda: self._end_aside("</div>"))
        return at

    def _alert_title(self, at: int) -> int:
        end = self.source.find("</p>", at)
        self._out.append(alert_title(self.source[at:end].lower(), self.options.labels))
        return end + len("</p>")

    def _notes(self, name: str, attributes: dict[str, str], at: int) -> int:
        if attributes.get(allow.OWN_MARK) != "notes":
            self._open(name, attributes)
            return at
        self._out.append(notes_opening(self.options.labels))
        self._closers.append("</ol></section>")
        return at

    def _item(self, name: str, attributes: dict[str, str], at: int) -> int:
        match attributes.get(allow.OWN_MARK, "").split():
            case ["note", number] if number.isdecimal():
                self._out.append(f'<li id="{escape(self.ids.note(int(number)))}">')
                self._closers.append("</li>")
            case ["task", state] if state in TASKS:
                self._out.append(task_html(state, self.options.labels))
                self._closers.append("</li>")
            case _:
                self._open(name, attributes)
        return at

    def _note_mark(self, name: str, attributes: dict[str, str], at: int) -> int:
        match attributes.get(allow.OWN_MARK, "").split():
            case ["note", number, again] if number.isdecimal() and again.isdecimal():
                linked = self._links_open > 0
                self._out.append(note_html(int(number), int(again), self.ids, linked=linked))
                self._closers.append("</sup>")
            case _:
                self._open(name, attributes)
        return at

    def _point(self, name: str, attributes: dict[str, str], at: int) -> int:
        match attributes.get(allow.OWN_MARK, "").split():
            case ["more"]:
                if self.more_at is None:
                    self.more_at = len(self.text)
            case ["back", number] if number.isdecimal():
                self._out.append(back_html(int(number), self.ids, self.options.labels))
            case _:
                self._open(name, attributes)
        return at

    def _drawn_here(self) -> Drawn:
        self._drawn = self._drawn or Drawn(raw=self.raw, options=self.options)
        return self._drawn

    def _variable(self, name: str, attributes: dict[str, str], at: int) -> int:
        about = attributes.get(allow.OWN_MARK, "")
        if not about.startswith(FORMULA):
            self._open(name, attributes)
            return at
        end = self.source.find("</var>", at)
        html, words = self._drawn_here().formula(unescape(self.source[at:end]), about)
        self._out.append(html)
        self.text.append(words)
        return end + len("</var>")

    _HANDLERS: ClassVar[dict[str, Callable[[Dressing, str, dict[str, str], int], int]]] = {
        "a": _link,
        "blockquote": _quotation,
        "div": _division,
        "img": _image,
        "li": _item,
        "p": _paragraph,
        "pre": _code_block,
        "section": _notes,
        "sup": _note_mark,
        "table": _table,
        "var": _variable,
        "wbr": _point,
        **dict.fromkeys(("audio", "source", "video"), _media),
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    }
