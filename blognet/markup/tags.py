"""Tags of HTML that the sanitiser wrote, found with a pattern instead of a tree. Answers: which tag comes next.

Right only for such HTML: every ``<`` begins a tag, names and attributes are in lower case, every value stands in
double quotes, elements are closed in order. Our own passes keep it that way.
"""

from __future__ import annotations

import re
from html import escape, unescape

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>')
_OWN_ID = re.compile(
    r"(?<![ \t])[ \t]*+\{:?[ \t]?#([A-Za-z][\w.:-]{0,99})(?: \.[\w-]{1,99}){0,9}[ \t]?\}[ \t]*+$"
)
_ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')


def read_attributes(source: str) -> dict[str, str]:
    """Return the attributes of a tag, entities resolved, in order."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(source)}


def write_attributes(attributes: dict[str, str]) -> str:
    """Return attributes as source, with the blank before each; an empty value stays as ``name=""``."""
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


def take_id(out: list[str], text: list[str]) -> str:
    """Take ``{#id}`` away from the end of a heading that is being written; return the id, "" when there is none.

    Args:
        out: The HTML so far.
        text: The plain text so far, with the mark of the heading's end.
    """
    last = len(text) - 2
    found = _OWN_ID.search(out[-1]) if out and last >= 0 and out[-1] == text[last] else None
    if found is None:
        return ""
    out[-1] = text[last] = out[-1][: found.start()]
    return found[1]


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
