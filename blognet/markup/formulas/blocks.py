"""Formulas that are blocks: lines between two lines of only ``$$``. Answers: a text in which these are fences.

A parser would read such lines as Markdown, and one that begins with ``+`` as a list. So they become a fence of the
language ``math`` before any parser sees them, line for line. Where the parser then finds no fence (within indented
code, say), `unfenced` gives the dollars back.
"""

from __future__ import annotations

import re

MOST_LINES = 200
"""Lines of one block."""

_EDGE = re.compile(
    r"^(?P<around>[ \t]*+(?:>[ \t]*+)*+)(?P<item>(?:[-*+]|\d{1,9}[.)])[ \t]+)?\$\$[ \t]*$"
)
_FENCE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<about>.*)$"
)
_LEAST, _MOST = 40, 100
"""Tildes of a fence: so many as nobody writes as text, and no more, for each block has two fences."""
_TILDES = re.compile(r"~{3,}")


def fenced(text: str) -> tuple[str, str]:
    """Return the text with its blocks as fences, and the fence; "" when it has none."""
    if "$$" not in text:
        return text, ""
    lines = text.split("\n")
    fence = "~" * max((_LEAST, *(len(run) + 1 for run in _TILDES.findall(text))))
    if len(fence) > _MOST:
        return text, ""
    found = False
    at, code = 0, ""
    while at < len(lines):
        line = lines[at]
        if match := _FENCE.match(line):
            code = _fence_after(code, match)
        elif not code and (edge := _EDGE.match(line)) and (end := _end_of(lines, at, edge)):
            lines[at] = f"{line.rstrip()[:-2]}{fence}math"
            lines[end] = f"{lines[end].rstrip()[:-2]}{fence}"
            found = True
            at = end
        at += 1
    return ("\n".join(lines), fence) if found else (text, "")


def unfenced(html: str, fence: str) -> str:
    """Return the HTML with dollars where a fence of ours turned out to be text."""
    if not fence:
        return html
    return html.replace(f"{fence}math", "$$").replace(fence, "$$")


def _fence_after(code: str, match: re.Match[str]) -> str:
    """Return the fence of the code that a line of backticks or tildes begins or goes on with; "" when it ends it."""
    if not code:
        return match["fence"]
    ends = match["fence"].startswith(code) and not match["about"].strip()
    return "" if ends else code


def _end_of(lines: list[str], start: int, edge: re.Match[str]) -> int:
    """Return the line that ends the block; 0 when there is none."""
    around = edge["around"] + " " * len(edge["item"] or "")
    for at in range(start + 1, min(start + MOST_LINES, len(lines))):
        line = lines[at]
        if not line.startswith(around.rstrip() if edge["item"] is None else around):
            return 0
        if not line.lstrip(" \t>"):
            return 0
        if (other := _EDGE.match(line)) and other["item"] is None:
            same = other["around"].rstrip() == around.rstrip()
            return at if same and at > start + 1 else 0
    return 0
