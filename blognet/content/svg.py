"""Is an SVG only shapes and text? Answers with what it holds beyond that, and where. Never changes a file.

A list of allowed elements, not of forbidden ones: what SVG may still learn to do stays refused. References lead
inside the file or to an embedded PNG, JPEG, GIF or WebP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from blognet.content import codes
from blognet.kernel.places import source_lines
from blognet.kernel.problems import Location, Problem
from blognet.kernel.text import Undecodable, decode_source
from blognet.kernel.yamltree import shortened

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_ELEMENTS = frozenset(
    "svg g defs symbol use switch title desc metadata style path rect circle ellipse line polyline polygon text tspan "
    "textPath image marker pattern clipPath mask linearGradient radialGradient stop view a filter feBlend "
    "feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap "
    "feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode "
    "feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence".split()
)
_INSIDE = re.compile(r"\s*(?:#|data:image/(?:png|jpe?g|gif|webp)[;,]|$)", re.IGNORECASE)
_LINK = re.compile(r"\s*(?:#|https?://)", re.IGNORECASE)
_CSS_URL = re.compile(r"url\(\s*[\"']?\s*(?P<target>[^\s\"')]{0,200})", re.IGNORECASE)
_CSS_ACTIVE = re.compile(
    # image-set() and src() take an address as a bare text, without url().
    r"@import|@font-face|image-set\s*\(|\bsrc\s*\(|expression\s*\(|javascript:|-moz-binding|behavior\s*:|\\",
    re.IGNORECASE,
)
_MAX_DEPTH = 100
_MAX_ELEMENTS = 100_000


class _StopError(Exception):
    """Something was found that a drawing does not need."""


@dataclass(slots=True)
class _Drawing:
    """One walk over the elements; stops at the first thing that is not allowed.

    Attributes:
        parser: Asked where it is while it calls; afterwards it has read on.
        place: Line and column, both counted from 1, of what was called for last.
        open: Names of the open elements, "" for those that SVG does not know.
        style: The text of an open style sheet, which comes in pieces.
    """

    parser: expat.XMLParserType
    place: tuple[int, int] = (1, 1)
    depth: int = 0
    elements: int = 0
    open: list[str] = field(default_factory=list)
    style: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._mark()
        if self.open and self.open[-1] == "style":
            message = "an element in a style sheet"
            raise _StopError(message)
        self.depth += 1
        self.elements += 1
        if self.depth > _MAX_DEPTH or self.elements > _MAX_ELEMENTS:
            message = "more elements than a drawing needs"
            raise _StopError(message)
        space, _, local = name.rpartition(" ")
        self.open.append(local if space == _SVG else "")
        in_svg = space == _SVG
        foreign = not in_svg and space not in {"", _XHTML} and local.lower() != "script"
        if not (local in _ELEMENTS if in_svg else foreign):
            message = f"the element <{shortened(local)}>"
            raise _StopError(message)
        if self.depth == 1 and (not in_svg or local != "svg"):
            message = f"<{shortened(local)}> where <svg> is expected"
            raise _StopError(message)
        for key, value in attributes.items():
            _check_attribute(local, key.rpartition(" ")[2], value)

    def end(self, _name: str) -> None:
        self.depth -= 1
        if self.open.pop() == "style":
            _check_style("".join(self.style))
            self.style.clear()

    def text(self, text: str) -> None:
        self._mark()
        if self.open and self.open[-1] == "style":
            self.style.append(text)

    def refuse_doctype(self, *_parts: object) -> None:
        self._mark()
        message = "a DOCTYPE or entity"
        raise _StopError(message)

    def refuse_instruction(self, target: str, _text: str) -> None:
        self._mark()
        message = f"the processing instruction '{shortened(target)}'"
        raise _StopError(message)

    def _mark(self) -> None:
        self.place = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)


def svg_problem(raw: bytes, *, path: str) -> Problem | None:
    """Return why an SVG is refused, or None."""
    text = decode_source(raw)
    if isinstance(text, Undecodable):
        where = source_lines("", path=path).location(text.line, text.column)
        return _problem(where, f"{text.reason}; expected UTF-8")
    # The text is already decoded, so a declared encoding can't make it mean something else.
    # DOCTYPEs and entities stop the parser, so nothing can be expanded.
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    parser.buffer_text = True
    drawing = _Drawing(parser)
    parser.StartElementHandler = drawing.start
    parser.EndElementHandler = drawing.end
    parser.CharacterDataHandler = drawing.text
    parser.StartDoctypeDeclHandler = drawing.refuse_doctype
    parser.EntityDeclHandler = drawing.refuse_doctype
    parser.ProcessingInstructionHandler = drawing.refuse_instruction
    lines = source_lines(text, path=path)
    try:
        parser.Parse(text.encode("utf-8"), True)  # noqa: FBT003  # expat's own signature: this is all of it
    except _StopError as stop:
        return _problem(lines.location(*drawing.place), str(stop))
    except expat.ExpatError as error:
        return _problem(lines.location(error.lineno, error.offset + 1), "XML that can't be read")
    return None


def _check_attribute(element: str, name: str, value: str) -> None:
    lowered = name.lower()
    if lowered.startswith("on"):
        message = f"the event handler '{shortened(name)}'"
        raise _StopError(message)
    if lowered == "base":
        message = "the attribute 'xml:base'"
        raise _StopError(message)
    if lowered in {"href", "src"} and not (_LINK if element == "a" else _INSIDE).match(value):
        message = f"a reference to '{shortened(value)}'"
        raise _StopError(message)
    _check_style(value)


def _check_style(text: str) -> None:
    if found := _CSS_ACTIVE.search(text):
        message = f"'{shortened(found[0])}' in a style"
        raise _StopError(message)
    for match in _CSS_URL.finditer(text):
        if not _INSIDE.match(match["target"]):
            message = f"a reference to '{shortened(match['target'])}'"
            raise _StopError(message)


def _problem(where: Location, found: str) -> Problem:
    return Problem(
        location=where,
        code=codes.UNSAFE_SVG,
        message=f"{found}; expected shapes and text alone",
        hint="export it as 'plain' or 'optimised' SVG, or as PNG",
    )
