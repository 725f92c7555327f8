"""A YAML text as a tree of values that know their place. Knows no parser and no meaning of any key.

Scalars keep their source text beside what they mean, because a tag `007` and a date are texts to us. What a plain
scalar means follows the core schema of YAML 1.2: `no`, `yes` and `on` are texts.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.kernel.places import SourceLines
    from blognet.kernel.problems import Location

MAX_PROBLEMS = 20
"""Faults of one sort that are told of one text; the rest would only be repetition."""
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
# Longer numbers are texts: nobody counts that far, and reading them would take time.
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,18}|[0-9]{1,18}(?:\.[0-9]{0,18})?)(?:[eE][-+]?[0-9]{1,3})?")

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
"""What a node means, as JSON could hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlScalar:
    """A single value.

    Attributes:
        text: The source text without quotes and escapes; "" for nothing.
        quoted: Whether it was quoted or a block, and so is a text whatever it looks like.
        line: Counted from 1, in the file.
        column: Counted from 1, in characters.
        width: Characters on that line.
    """

    text: str
    quoted: bool
    line: int
    column: int
    width: int

    @property
    def value(self) -> str | int | float | bool | None:
        """What it means by the core schema."""
        return self.text if self.quoted else _meaning(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlSequence:
    """A list of values, and where it begins."""

    items: tuple[YamlNode, ...]
    line: int
    column: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlEntry:
    """A key with its value."""

    key: YamlScalar
    value: YamlNode


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlMapping:
    """Keys with their values in the order written, no key twice, and where it begins."""

    entries: tuple[YamlEntry, ...]
    line: int
    column: int
    width: int

    def entry(self, key: str) -> YamlEntry | None:
        """Return the entry of that key, or None."""
        return next((entry for entry in self.entries if entry.key.text == key), None)


YamlNode = YamlScalar | YamlSequence | YamlMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlDocument:
    """A parsed text. An empty one has a root without entries."""

    root: YamlMapping
    source: SourceLines

    def locate(self, node: YamlNode, *, key: str = "") -> Location:
        """Return the place of a node with its excerpt."""
        return self.source.location(node.line, node.column, width=node.width, key=key)

    def key_path(self, wanted: YamlNode) -> str:
        """Return the key path of a node or key of this tree, such as ``authors[1]``; "" when it is not in it."""
        for path, node in _walk(self.root):
            if node is wanted:
                return path
        return ""


def plain_value(node: YamlNode) -> Plain:
    """Return what a node means, without places."""
    match node:
        case YamlScalar():
            return node.value
        case YamlSequence():
            return [plain_value(item) for item in node.items]
        case YamlMapping():
            return {entry.key.text: plain_value(entry.value) for entry in node.entries}


def is_empty(node: YamlNode) -> bool:
    """Whether nothing was written: ``key:``, ``key: null``, ``key: ""``, ``key: []``."""
    match node:
        case YamlScalar():
            return node.value is None or not node.text.strip()
        case YamlSequence():
            return not node.items
        case YamlMapping():
            return not node.entries


def kind_of(node: YamlNode) -> str:
    """Name what was written, for messages: ``a list``."""
    match node:
        case YamlSequence():
            return "a list"
        case YamlMapping():
            return "keys with values"
        case YamlScalar():
            match node.value:
                case None:
                    return "nothing"
                case bool():
                    return f"'{node.text}'"
                case int() | float():
                    return f"the number {node.text}"
                case _:
                    return f"'{shortened(node.text)}'"


def shortened(text: str, *, length: int = 60) -> str:
    """Return at most that many characters of a text on one line, for messages."""
    flat = " ".join(text[: length * 2].split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def _meaning(text: str) -> str | int | float | bool | None:
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text


def _walk(root: YamlMapping) -> Iterator[tuple[str, YamlNode]]:
    # The tree is never deeper than the loader allows, so the stack stays small.
    stack: list[tuple[str, YamlNode]] = [("", root)]
    while stack:
        path, node = stack.pop()
        yield path, node
        match node:
            case YamlMapping():
                for entry in node.entries:
                    inner = f"{path}.{entry.key.text}" if path else entry.key.text
                    yield inner, entry.key
                    stack.append((inner, entry.value))
            case YamlSequence():
                stack += [(f"{path}[{index}]", item) for index, item in enumerate(node.items)]
            case YamlScalar():
                pass
