"""The fence of a diagram: what stands behind its opening line, and how it passes the sanitiser."""

from __future__ import annotations

import re
from html import escape

from blognet.markup import allow

MARK = "diagram"

_LANGUAGES = frozenset({"dot", "graphviz"})
_KEY = re.compile(
    r"(?P<key>alt|title)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"']+))"
)


def is_diagram(about: str) -> bool:
    """Whether a fence holds a diagram; `about` is what stands behind the opening fence."""
    return about.split(maxsplit=1)[:1] != [] and about.split(maxsplit=1)[0].lower() in _LANGUAGES


def fence(content: str, about: str, line: int) -> str:
    """Return what stands for a diagram until the sanitiser has seen the text.

    Args:
        content: What stands in the fence.
        about: What stands behind the opening fence: the language, ``alt`` and ``title``.
        line: Line of the opening fence.
    """
    said = {
        match["key"]: match["double"] or match["single"] or match["bare"] or ""
        for match in _KEY.finditer(about)
    }
    alt, title = escape(said.get("alt", "").strip()), escape(said.get("title", "").strip())
    mark = f'{allow.OWN_MARK}="{MARK} {line}"'
    code = escape(content, quote=False)
    return f'<pre {mark} title="{alt}"><code title="{title}">{code}</code></pre>\n'
