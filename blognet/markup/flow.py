"""A safe text as blocks of plain words, for where there is no HTML: terminals, messages. Knows no widths, no colours.

It reads the HTML that `render_markdown` wrote, so that it says what readers will get: what was left out there is left
out here, raw HTML counts, an image is ``[image: its words]``, a link its words and its address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from blognet.kernel.blocks import Block, Look, Span
from blognet.markup.diagrams import as_names
from blognet.markup.formulas import as_source
from blognet.markup.tags import TAG, read_attributes

if TYPE_CHECKING:
    from collections.abc import Mapping


def flow_of(html: str, *, pictures: Mapping[str, str] | None = None) -> tuple[Block, ...]:
    """Return a safe text as blocks.

    Args:
        html: The html of a Document, as it came.
        pictures: What to say of an image beside its alternative text, by its address: size and hash.
    """
    reading = _Reading(pictures=pictures or {})
    at = 0
    html = as_names(as_source(html))
    for match in TAG.finditer(html):
        reading.words(unescape(html[at : match.start()]))
        at = match.end()
        if match[1]:
            reading.close(match[2])
        else:
            reading.open(match[2], read_attributes(match[3]))
    reading.words(unescape(html[at:]))
    reading.end_block()
    return tuple(reading.blocks)


_BLANKS = re.compile(r"[ \t\n\r\f]+")
_LOOKS = {
    "strong": Look.STRONG, "b": Look.STRONG, "em": Look.EMPHASIS, "i": Look.EMPHASIS, "cite": Look.EMPHASIS,
    "code": Look.CODE, "kbd": Look.CODE, "samp": Look.CODE, "s": Look.DELETED, "del": Look.DELETED,
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "p div section aside details summary figure figcaption dl dt caption address picture".split()
)
_INDENTED = {"blockquote": ("> ", "> "), "dd": ("    ", "    "), "pre": ("    ", "    ")}
_LISTS = frozenset({"ul", "ol"})
_MEDIA = {"video": "film", "audio": "sound", "iframe": "page"}
_SIGNS = {"ins": "+ ", "del": "- "}
_CELLS = frozenset({"td", "th"})


@dataclass(slots=True)
class _List:
    """A list that is being read: the number of its next item, None for bullets."""

    number: int | None
    is_begun: bool = False


@dataclass(slots=True)
class _Reading:
    """Where the reading of one text is; lives for one call of `flow_of`."""

    pictures: Mapping[str, str]
    blocks: list[Block] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    indents: list[list[str]] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    alerts: list[bool] = field(default_factory=list)
    rows: list[list[str]] | None = None
    heading: int = 0
    fixed: int = 0
    tables: int = 0
    notes: int = 0
    is_close: bool = False
    is_back: bool = False

    def words(self, text: str) -> None:
        if not self.fixed:
            text = _BLANKS.sub(" ", text)
            text = text.lstrip(" ") if self._ends_in_blank() else text
        if text and not self.is_back:
            look = self.looks[-1] if self.looks else Look.PLAIN
            self.spans.append(Span(text=text, look=look))

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _LOOKS and not self.fixed:
            self.looks.append(_LOOKS[name])
        elif name in _SIGNS and "data-sign" in attributes:
            self.spans.append(Span(text=_SIGNS[name]))
        elif name == "a":
            self.links.append((attributes.get("href", ""), len(self.spans)))
            self.is_back = attributes.get("class") == "footnote-back"
        elif name == "sup":
            self.spans.append(
                Span(text="[" if "footnote-ref" in attributes.get("class", "") else "^")
            )
            self.notes += self.spans[-1].text == "["
        elif name == "img":
            self._image(attributes)
        elif name in _MEDIA:
            said = attributes.get("title") or attributes.get("src", "")
            self.spans.append(Span(text=f"[{_MEDIA[name]}: {said}]", look=Look.IMAGE))
        elif name == "br":
            self.spans.append(Span(text="\n"))
        elif name == "hr":
            self.end_block()
            self.blocks.append(Block(is_rule=True))
        elif name in {"table", "tr", "td", "th"}:
            self._open_table(name)
        else:
            self._open_block(name, attributes)

    def close(self, name: str) -> None:
        if name in _LOOKS and not self.fixed:
            self.looks = self.looks[:-1]
        elif name == "a":
            self._close_link()
        elif name == "sup" and self.notes:
            self.notes -= 1
            self.spans.append(Span(text="]"))
        elif name == "table":
            self._close_table()
        elif name in _CELLS:
            self._close_cell()
        else:
            self._close_block(name)

    def end_block(self) -> None:
        """End the block that is being read, if it has any words."""
        if self.rows is not None:
            self.spans.append(Span(text=" "))
            return
        spans = tuple(self.spans)
        self.spans = []
        if not "".join(span.text for span in spans).strip():
            return
        first = "".join(indent[0] for indent in self.indents)
        for indent in self.indents:
            indent[0] = indent[1]
        self.blocks.append(
            Block(
                spans=_trimmed(spans, is_fixed=bool(self.fixed)),
                heading=self.heading,
                first=first,
                rest="".join(indent[1] for indent in self.indents),
                is_fixed=bool(self.fixed),
                is_close=self.is_close,
            )
        )
        self.is_close = False

    def _open_block(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _HEADINGS:
            self.end_block()
            self.heading = _HEADINGS[name]
        elif name in _INDENTED:
            self.end_block()
            self.indents.append(list(_INDENTED[name]))
            self.fixed += name == "pre"
        elif name in _LISTS:
            self.end_block()
            start = attributes.get("start", "1")
            first = int(start) if start.isdecimal() else 1
            self.lists.append(_List(number=None if name == "ul" else first))
        elif name == "li":
            self._open_item()
        elif name in _BLOCKS:
            self.end_block()
            if name in {"div", "details"}:
                self.alerts.append(attributes.get("class", "").startswith("alert "))
                self.indents += [["| ", "| "]] if self.alerts[-1] else []

    def _open_item(self) -> None:
        self.end_block()
        around = self.lists[-1] if self.lists else _List(number=None)
        mark = "• " if around.number is None else f"{around.number}. "
        # Items stand close together; only the first of a whole list has an empty line before it, as a paragraph has.
        self.is_close = around.is_begun or len(self.lists) > 1
        around.is_begun = True
        if around.number is not None:
            around.number += 1
        self.indents.append([mark, " " * len(mark)])

    def _close_block(self, name: str) -> None:
        if name in _HEADINGS:
            self.end_block()
            self.heading = 0
        elif name in _INDENTED or name == "li":
            self.end_block()
            self.indents = self.indents[:-1]
            self.fixed -= name == "pre"
        elif name in _LISTS:
            self.end_block()
            self.lists = self.lists[:-1]
        elif name in _BLOCKS:
            self.end_block()
            if name in {"div", "details"} and self.alerts and self.alerts.pop():
                self.indents = self.indents[:-1]

    def _open_table(self, name: str) -> None:
        if name == "table":
            self.tables += 1
        if self.tables > 1:
            self.spans.append(Span(text=" "))  # a table in a cell is words of the cell
        elif name == "table":
            self.end_block()
            self.rows = []
        elif self.rows is not None:
            self._keep_loose_words()
            if name == "tr":
                self.rows.append([])
            elif self.rows:
                self.rows[-1].append("")

    def _close_cell(self) -> None:
        if self.rows and self.rows[-1] and self.tables == 1:
            self.rows[-1][-1] = self._loose_words()

    def _close_table(self) -> None:
        self.tables -= 1
        if self.tables:
            self.spans.append(Span(text=" "))
            return
        self._keep_loose_words()
        rows = tuple(tuple(row) for row in self.rows or () if row)
        self.rows = None
        if rows:
            indent = "".join(indent[1] for indent in self.indents)
            self.blocks.append(Block(rows=rows, first=indent, rest=indent))

    def _keep_loose_words(self) -> None:
        """Make a row of what stands in a table and in no cell: its caption."""
        words = self._loose_words()
        if words and self.rows is not None:
            self.rows.append([words])

    def _loose_words(self) -> str:
        words = " ".join("".join(span.text for span in self.spans).split())
        self.spans = []
        return words

    def _image(self, attributes: Mapping[str, str]) -> None:
        source = attributes.get("src", "")
        said = attributes.get("alt") or "no words"
        facts = self.pictures.get(source) or source
        self.spans.append(Span(text=f"[image: {said} ({facts})]", look=Look.IMAGE))

    def _close_link(self) -> None:
        self.is_back = False
        if not self.links:
            return
        address, start = self.links.pop()
        text = "".join(span.text for span in self.spans[start:])
        if address and not address.startswith("#") and address.removeprefix("mailto:") != text:
            self.spans.append(Span(text=f" <{address}>", look=Look.ADDRESS))

    def _ends_in_blank(self) -> bool:
        return not self.spans or self.spans[-1].text.endswith((" ", "\n"))


def _trimmed(spans: tuple[Span, ...], *, is_fixed: bool) -> tuple[Span, ...]:
    kept = list(spans)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        last = kept[-1]
        kept[-1] = Span(text=last.text.rstrip("\n" if is_fixed else None), look=last.look)
    return tuple(kept)
