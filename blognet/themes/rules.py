"""A style sheet as its rules (https://www.w3.org/TR/css-syntax-3/). Answers: what is left without certain classes?

It knows no more of CSS than where rules and selectors end: what it does not know it leaves as it is. A sheet whose
braces do not match is not cut at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_GROUPS = ("@media", "@supports", "@container", "@layer", "@scope")
"""At-rules whose blocks hold rules."""
_TOKEN = re.compile(r"""/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{};]""", re.DOTALL)
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_QUOTED_OR_ATTRIBUTE = re.compile(r"\[[^\]]*\]")
_ANY_OF = re.compile(r":(?:is|where)\($")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """One rule: what stands before its brace, and what in it; no block for a statement such as ``@import``."""

    prelude: str
    block: str | None


def without_classes(sheet: str, classes: AbstractSet[str]) -> str:
    """Return a style sheet without what can only apply to elements of these classes.

    Args:
        sheet: A style sheet; comments between its rules go as well.
        classes: Names of classes that no element has.
    """
    try:
        return "".join(_written(rule, classes) for rule in _rules(sheet))
    except ValueError:
        return sheet


def _rules(sheet: str) -> Iterator[_Rule]:
    """Go through the rules of a sheet or of a group.

    Raises:
        ValueError: When a brace has no other.
    """
    start, opened, depth = 0, 0, 0
    for token in _TOKEN.finditer(sheet):
        match token.group():
            case "{":
                depth += 1
                opened = token.start() if depth == 1 else opened
            case "}":
                depth -= 1
                if depth < 0:
                    break
                if not depth:
                    yield _Rule(
                        prelude=_bare(sheet[start:opened]), block=sheet[opened + 1 : token.start()]
                    )
                    start = token.end()
            case ";" if not depth:
                yield _Rule(prelude=_bare(sheet[start : token.start()]), block=None)
                start = token.end()
            case _:
                pass
    if depth or _bare(sheet[start:]):
        raise ValueError


def _bare(prelude: str) -> str:
    """Return what stands before a block without the comments in it."""
    return _TOKEN.sub(
        lambda found: "" if found.group().startswith("/*") else found.group(), prelude
    ).strip()


def _written(rule: _Rule, classes: AbstractSet[str]) -> str:
    if rule.block is None:
        return f"{rule.prelude};"
    if rule.prelude.startswith(_GROUPS):
        inside = without_classes(rule.block, classes)
        return f"{rule.prelude}{{{inside}}}" if inside.strip() else ""
    if rule.prelude.startswith("@"):
        return f"{rule.prelude}{{{rule.block}}}"
    left = _without(rule.prelude, classes)
    return f"{left}{{{rule.block}}}" if left else ""


def _without(selectors: str, classes: AbstractSet[str]) -> str:
    """Return a list of selectors without those that need one of the classes; "" when none is left."""
    kept = (_narrowed(each.strip(), classes) for each in _split(selectors))
    return ",".join(filter(None, kept))


def _narrowed(selector: str, classes: AbstractSet[str]) -> str:
    """Return a selector without choices that cannot be; "" when the selector as a whole cannot."""
    written = ""
    for text, inside in _parts(selector):
        if set(_CLASS.findall(_QUOTED_OR_ATTRIBUTE.sub("", text))) & classes:
            return ""
        written += text
        if inside is None:
            continue
        if _ANY_OF.search(text):
            left = _without(inside, classes)
            if not left:
                return ""
            written += f"{left})"
        else:
            written += f"{inside})"
    return written


def _parts(selector: str) -> Iterator[tuple[str, str | None]]:
    """Go through a selector: what stands outside brackets, up to and with the opening one, and what in them."""
    start, opened, depth = 0, 0, 0
    for at, sign in enumerate(selector):
        if sign == "(":
            depth += 1
            opened = at if depth == 1 else opened
        elif sign == ")" and depth:
            depth -= 1
            if not depth:
                yield selector[start : opened + 1], selector[opened + 1 : at]
                start = at + 1
    yield selector[start:], None


def _split(selectors: str) -> Iterator[str]:
    """Split a list of selectors at the commas that stand in no brackets."""
    start, depth = 0, 0
    for at, sign in enumerate(selectors):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            yield selectors[start:at]
            start = at + 1
    yield selectors[start:]
