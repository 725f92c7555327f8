"""A drawing without what its program wrote about itself and its author. Answers: the bytes that readers get.

Shapes, text, titles and descriptions stay. Metadata, comments, the XML declaration, and whatever belongs to another
vocabulary than SVG and XLink goes: names of people and programs, paths of files, layers of editors. It reads only what
`blognet.content.svg` let by, refuses nothing, and its result is a fixed point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from blognet.content.embedded import bare_address, bare_style
from blognet.kernel.xmlwrite import attribute, escaped

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_KEPT = frozenset({_SVG, _XLINK})
_XML_KEPT = frozenset({"xml:lang", "xml:space"})
_PROGRAM = re.compile(
    r"\s*(?:created|generated|made|exported|drawn) (?:with|by|using|in)\b", re.IGNORECASE
)
_OF_EDITORS = re.compile(r"-(?:inkscape|adobe|sketch|serif)-[\w-]*\s*:[^;\"]*;?\s*")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def bare_svg(raw: bytes) -> bytes:
    """Return a drawing without metadata; bytes that are no XML as they are."""
    stripping = _Stripping()
    # As when it was checked: a declared encoding cannot make the text mean something else.
    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = stripping.start
    parser.EndElementHandler = stripping.end
    parser.CharacterDataHandler = stripping.text
    try:
        parser.Parse(raw.removeprefix(b"\xef\xbb\xbf"), True)  # noqa: FBT003  # expat's own signature: this is all of it
    except expat.ExpatError:
        return raw
    return "".join((*stripping.out, "\n")).encode("utf-8")


@dataclass(slots=True)
class _Stripping:
    """One walk over the elements; writes what stays.

    Attributes:
        spaces: For each open element which prefix stands for which vocabulary.
        dropped: How many open elements are left out, from the outermost one on.
        described: Where the content of an open ``<desc>`` begins in `out`; -1 for none.
        style: The text of an open style sheet, which comes in pieces.
    """

    out: list[str] = field(default_factory=list)
    spaces: list[dict[str, str]] = field(default_factory=lambda: [{}])
    open: list[str] = field(default_factory=list)
    dropped: int = 0
    described: int = -1
    style: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.dropped:
            self.dropped += 1
            return
        spaces = self.spaces[-1] | {
            key.removeprefix("xmlns").removeprefix(":"): value
            for key, value in attributes.items()
            if key == "xmlns" or key.startswith("xmlns:")
        }
        prefix, _, local = name.rpartition(":")
        if spaces.get(prefix) != _SVG or local == "metadata":
            self.dropped = 1
            return
        self.spaces.append(spaces)
        self.open.append(local)
        kept = "".join(
            f" {key}={attribute(_value(key, value))}"
            for key, value in attributes.items()
            if _stays(key, value, spaces)
        )
        if local == "desc":
            self.described = len(self.out)
        self.out.append(f"<{name}{kept}>")

    def end(self, name: str) -> None:
        if self.dropped:
            self.dropped -= 1
            return
        self.spaces.pop()
        if self.style:
            said = _CSS_COMMENT.sub(" ", "".join(self.style))
            self.out.append(escaped(bare_style(said)))
            self.style.clear()
        if self.open.pop() == "desc" and self.described >= 0:
            said = "".join(self.out[self.described + 1 :])
            if _PROGRAM.match(said):
                del self.out[self.described :]
                self.described = -1
                return
            self.described = -1
        last = self.out[-1]
        if last.startswith(f"<{name}") and not last.endswith("/>"):
            self.out[-1] = f"{last[:-1]}/>"  # nothing stands in it
        else:
            self.out.append(f"</{name}>")

    def text(self, text: str) -> None:
        if self.dropped or not self.open:
            return
        if self.open[-1] == "style":
            self.style.append(text)
        else:
            self.out.append(escaped(text))


def _stays(key: str, value: str, spaces: dict[str, str]) -> bool:
    if key == "xmlns" or key.startswith("xmlns:"):
        return value in _KEPT
    prefix, _, _ = key.rpartition(":")
    if prefix:
        return key in _XML_KEPT or spaces.get(prefix) == _XLINK
    return not key.startswith("data-")


def _value(key: str, value: str) -> str:
    if key.rpartition(":")[2] == "href":
        return bare_address(value)
    return bare_style(_OF_EDITORS.sub(" ", value).strip() if key == "style" else value)
