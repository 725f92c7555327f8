"""The HTML that both parsers write for the same thing. Answers: how code, links, images and notes leave a parser.

What is written here is not yet safe, and not yet what readers get: the sanitiser judges it, and `dress` reads its marks
(`allow.OWN_MARK`). It refuses to know which parser asks.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from blognet.markup import allow, codes, diagrams, formulas
from blognet.markup.code_lines import mark_of
from blognet.markup.listings import read_listing
from blognet.markup.raw import shortened

if TYPE_CHECKING:
    from blognet.markup.raw import RawHtml

NOTES_OPEN, NOTES_CLOSE = f'<section {allow.OWN_MARK}="notes">\n', "</section>\n"
TABLE_OPEN, TABLE_CLOSE = "<table>\n", "</table>\n"


def fence(content: str, about: str, raw: RawHtml, line: int) -> str:
    """Return what a fence holds: a formula, a diagram, else a listing.

    Args:
        content: What stands in it.
        about: What stands behind its opening line; "" for indented code.
        raw: Keeps problems.
        line: That of the opening.
    """
    if about.strip() == "math":
        return formulas.fence(content, line)
    if diagrams.is_diagram(about):
        return diagrams.fence(content, about, line)
    return code_block(content, about, raw, line)


def code_block(content: str, about: str, raw: RawHtml, line: int) -> str:
    """Return a listing; `about` is what stands behind the opening fence, `line` is that of the fence."""
    code, listing = read_listing(content, about, raw, line)
    said = mark_of(listing)
    mark = f' {allow.OWN_MARK}="{escape(said)}"' if said else ""
    return f"<pre><code{mark}>{escape(code, quote=False)}</code></pre>\n"


def link_open(address: str, title: str, raw: RawHtml, line: int) -> str:
    """Return the opening tag of a link; one without ``href`` when the address is not allowed."""
    return f"<a{_address('href', address, raw, line)}{_title(title)}{_line_mark(line)}>"


def image(address: str, alternative: str, title: str, raw: RawHtml, line: int) -> str:
    """Return an image; one without ``src`` when the address is not allowed."""
    source = _address("src", address, raw, line)
    return f'<img{source} alt="{escape(alternative)}"{_title(title)}{_line_mark(line)}>'


def note_mark(number: int, again: int) -> str:
    """Return what refers to footnote `number`, `again` counting the references to it from 0."""
    return f'<sup {allow.OWN_MARK}="note {number} {again}"></sup>'


def note_open(number: int) -> str:
    """Return the opening tag of footnote `number`."""
    return f'<li {allow.OWN_MARK}="note {number}">'


def note_back(number: int) -> str:
    """Return the mark at which the way back from footnote `number` stands."""
    return f'<wbr {allow.OWN_MARK}="back {number}">'


def report_deep_blocks(raw: RawHtml, line: int) -> None:
    """Say that blocks nest too deeply."""
    message = f"lists or quotations nest deeper than {allow.MAX_DEPTH}; what is inside was left out"
    raw.report(codes.TOO_DEEP, line, message)


def report_deep_emphasis(raw: RawHtml, line: int) -> None:
    """Say that emphasis nests too deeply."""
    deepest = allow.MAX_INLINE_DEPTH
    message = f"emphasis nests deeper than {deepest}; the inner emphasis was left out"
    raw.report(codes.TOO_DEEP, line, message)


def report_long_paragraph(raw: RawHtml, line: int) -> None:
    """Say that a paragraph is shown without its markup."""
    message = f"a paragraph of more than {allow.MAX_INLINE} characters is shown as plain text"
    raw.report(codes.TOO_LARGE, line, message)


def report_many_cells(raw: RawHtml, line: int) -> None:
    """Say that a table stays text."""
    message = f"the tables hold more than {allow.MAX_CELLS} cells; the rest is shown as text"
    raw.report(codes.TOO_LARGE, line, message)


def _address(name: str, address: str, raw: RawHtml, line: int) -> str:
    if allow.is_safe_address(address):
        return f' {name}="{escape(address)}"'
    message = f"the address {shortened(address)!r} is not allowed and was left out"
    raw.report(codes.ADDRESS_REMOVED, line, message)
    return ""


def _title(title: str) -> str:
    return f' title="{escape(title)}"' if title else ""


def _line_mark(line: int) -> str:
    return f' {allow.OWN_LINE}="{line}"'
