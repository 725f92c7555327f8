"""Elements as a tree of our own, read from what a library wrote: MathML, SVG. Refuses what is not whole.

It is no parser of XML: it knows no declarations, no entities but HTML's, no sections of characters, since the libraries
that we ask write none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

MAX_DEPTH = 150
"""How deep elements may nest: a browser gives up at 512."""

_PIECE = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z]+)(?P<attributes>(?:\s+[a-zA-Z:-]+=\"[^\"<>]*\")*+)\s*(?P<empty>/?)>"
    r"|(?P<text>[^<>]+)"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)=\"([^\"]*)\"")
_ENTITIES = {"&ApplyFunction;": "\u2061", "&InvisibleTimes;": "\u2062"}


class NotWholeError(Exception):
    """What was read is not a tree of elements, or is deeper than a page can be."""


@dataclass(slots=True)
class Element:
    """One element.

    Attributes:
        name: As written.
        attributes: As read, entities resolved.
        children: The elements inside.
        text: The text inside, that of the elements inside not counted.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all_text(self) -> str:
        """Return the text of the element and of those inside."""
        return self.text + "".join(child.all_text() for child in self.children)


def read_tree(source: str) -> Element:
    """Return the root element.

    Raises:
        NotWholeError: It cannot be read, or nests too deeply.
    """
    root = Element(name="")
    stack = [root]
    at = 0
    for match in _PIECE.finditer(source):
        if match.start() != at:
            raise NotWholeError
        at = match.end()
        if match["text"] is not None:
            stack[-1].text += unescape(_plain(match["text"]))
        elif match["close"]:
            if stack.pop().name != match["name"] or not stack:
                raise NotWholeError
        else:
            pairs = _ATTRIBUTE.findall(match["attributes"])
            element = Element(
                name=match["name"], attributes={key: unescape(value) for key, value in pairs}
            )
            stack[-1].children.append(element)
            if not match["empty"]:
                stack.append(element)
            if len(stack) > MAX_DEPTH:
                raise NotWholeError
    if at != len(source) or len(stack) != 1 or len(root.children) != 1 or root.text.strip():
        raise NotWholeError
    return root.children[0]


def _plain(text: str) -> str:
    for name, sign in _ENTITIES.items():
        text = text.replace(name, sign)
    return text
