"""XML in small pieces: elements as text, with everything escaped and nothing that XML 1.0 forbids.

https://www.w3.org/TR/xml/#charsets names the characters that no XML document may hold, not even escaped; they are
left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel.patterns import later
from blognet.kernel.xmlwrite import attribute
from blognet.kernel.xmlwrite import escaped as escaped_text

if TYPE_CHECKING:
    from collections.abc import Iterable

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_FORBIDDEN = later("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORBIDDEN_ASCII = dict.fromkeys(number for number in range(0x20) if chr(number) not in "\t\n\r")
"""The same of those below 128, for `str.translate`, which is quicker with them."""


def allowed(text: str) -> str:
    """Return the text without the characters that XML forbids."""
    if text.isprintable():  # as names and titles are; the others are looked through
        return text
    return text.translate(_FORBIDDEN_ASCII) if text.isascii() else _FORBIDDEN.sub("", text)


def escaped(text: str) -> str:
    """Return the text as it stands in an element."""
    return escaped_text(allowed(text))


def opening(name: str, /, **attributes: str) -> str:
    """Return the beginning of an element that holds elements; as `element` as to attributes."""
    return f"<{name}{_attributes(attributes)}>\n"


def element(name: str, text: str = "", /, **attributes: str) -> str:
    """Return an element that holds text; an underscore in an attribute's name stands for a colon."""
    opening = f"<{name}{_attributes(attributes)}"
    return f"{opening}>{escaped(text)}</{name}>\n" if text else f"{opening}/>\n"


def parent(name: str, children: Iterable[str], /, **attributes: str) -> str:
    """Return an element that holds elements."""
    return f"{opening(name, **attributes)}{''.join(children)}</{name}>\n"


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(
        f" {name.replace('_', ':')}={attribute(allowed(value))}"
        for name, value in attributes.items()
    )
