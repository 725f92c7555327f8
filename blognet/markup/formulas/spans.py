r"""Formulas within the text of a paragraph. Answers: does a formula begin at this dollar, and where does it end?

The rules keep prices and shell variables what they are:

- the dollar before a formula stands at the beginning or behind something that is no letter and no digit, and something
  that is no blank follows it; the one behind a formula is the other way round, but ``th`` and the like may follow;
- a formula holds no other dollar but ``\$``, no backtick, and no more than `MAX_FORMULA` characters;
- what begins with a number and goes on in words is a price: ``$5 or 10$``;
- nothing within an address is a formula.

Two dollars on either side make a formula of its own line; a dollar with a backtick on either side, as GitHub has it, is
a formula whatever stands around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_FORMULA = 4_000
"""Characters in one formula; a longer one stays text."""

_CONTENT = r"(?P<tex>(?:[^\\$`]|\\[^`])++)"
_END = r"(?:(?![\w$])|(?=(?:st|nd|rd|th)\b))"
_INLINE = re.compile(rf"\$(?![\s$]){_CONTENT}\${_END}")
_DISPLAY = re.compile(rf"\$\${_CONTENT}\$\$(?![\w$])")
_TICKED = re.compile(r"\$`(?P<tex>[^`]++)`\$(?!\$)")
_PRICE = re.compile(r"\d[\d.,]*[kKmMbB]?\s[^\\^_{}=+<>*/|-]*")
_ADDRESS = re.compile(r"(?:://|www\.|@)\S*\Z")
_NEAR = 200
_SIGN = re.compile(r"\\.|\$", re.DOTALL)
_BREAK = re.compile(r"[ \t]*\n[ \t]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A formula in a text.

    Attributes:
        start: Offset of its first dollar.
        end: Offset behind its last dollar.
        tex: What stands between, without blanks around it; its lines as the author broke them.
        is_display: Whether it gets a line of its own.
    """

    start: int
    end: int
    tex: str
    is_display: bool


def formula_at(text: str, at: int) -> Span | None:
    """Return the formula whose first dollar is at an offset; None when it is only a dollar.

    Args:
        text: The text of a paragraph, heading or cell, as written.
        at: Offset of a dollar that no backslash precedes, and that is no part of code, HTML or an address.
    """
    if at and (text[at - 1].isalnum() or text[at - 1] in "$_"):
        return None
    end = at + MAX_FORMULA + 4
    is_display = text.startswith("$$", at)
    ticked = None if is_display else _TICKED.match(text, at, end)
    match = ticked or (_DISPLAY if is_display else _INLINE).match(text, at, end)
    if match is None or match.end() == end:
        return None
    tex = match["tex"]
    if not tex.strip() or len(tex) > MAX_FORMULA or _ADDRESS.search(text, max(0, at - _NEAR), at):
        return None
    if not is_display and not ticked and (_ends_in_blank(tex) or _PRICE.fullmatch(tex)):
        return None
    tex = _BREAK.sub("\n", tex).strip()
    return Span(start=at, end=match.end(), tex=tex, is_display=is_display)


def formulas_in(text: str, hidden: Sequence[tuple[int, int]] = ()) -> Iterator[Span]:
    """Yield the formulas of a text from left to right.

    Args:
        text: The text of a paragraph, heading or cell, as written.
        hidden: Where it is code, HTML or an address: offsets of begin and end, in order.
    """
    after, number = 0, 0
    for sign in _SIGN.finditer(text):
        if sign.start() < after or sign[0] != "$":
            continue
        while number < len(hidden) and hidden[number][1] <= sign.start():
            number += 1
        if number < len(hidden) and hidden[number][0] <= sign.start():
            continue
        found = formula_at(text, sign.start())
        if found is not None:
            after = found.end
            yield found


def _ends_in_blank(tex: str) -> bool:
    return tex[-1].isspace()
