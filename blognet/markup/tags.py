"""Tags of HTML that the sanitiser wrote, found with a pattern instead of a tree. Answers: which tag comes next.

Right only for such HTML: every ``<`` begins a tag, names and attributes are in lower case, every value stands in
double quotes, elements are closed in order. Our own passes keep it that way.
"""

from __future__ import annotations

import re
from html import escape, unescape

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')


def read_attributes(source: str) -> dict[str, str]:
    """Return the attributes of a tag, entities resolved, in order."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(source)}


def write_attributes(attributes: dict[str, str]) -> str:
    """Return attributes as source, with the blank before each; an empty value stays as ``name=""``."""
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


def end_of_element(html: str, name: str, at: int) -> tuple[int, int]:
    """Return where the closing tag of an element begins and ends.

    Args:
        html: Sanitised HTML.
        name: The element's name.
        at: End of its opening tag.
    """
    depth = 1
    for match in TAG.finditer(html, at):
        if match[2] == name:
            depth += -1 if match[1] else 1
            if depth == 0:
                return match.start(), match.end()
    return len(html), len(html)
