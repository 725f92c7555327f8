"""TOML front matter of Hugo and Zola as the same tree that YAML gives. Places are those of the keys' lines.

The standard library's parser gives no places, so lines are found again by looking for the key; a key that can't be
found is placed on the block's first line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from blognet.content import codes
from blognet.kernel import codes as yaml_codes
from blognet.kernel.places import SourceLines, source_lines
from blognet.kernel.problems import Problem
from blognet.kernel.yamltext import MAX_DEPTH
from blognet.kernel.yamltree import (
    YamlDocument,
    YamlEntry,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TOML = 64 * 1024
# The standard library's parser takes time in the square of a dotted key's length, and calls itself for brackets.
_MOST_DOTS_A_LINE = 300
_LONG = 10**18
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_KEY_PART = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")


def load_toml(text: str, *, path: str, first_line: int = 1) -> YamlDocument | tuple[Problem, ...]:
    """Read a block of TOML; see `blognet.kernel.yamltext.load_yaml`."""
    source = source_lines(text, path=path, first_line=first_line)
    if len(text) > MAX_TOML or any(line.count(".") > _MOST_DOTS_A_LINE for line in source.lines):
        return (_too_much(source),)
    from tomllib import loads  # noqa: PLC0415  # few texts have it

    try:
        table = loads(text)
    except RecursionError:
        return (_too_much(source),)
    except ValueError as error:
        return (_problem(str(error), source),)
    root = _Tree(source=source, keys=_keys_of(source)).node(table, line=first_line, depth=0)
    if not isinstance(root, YamlMapping):  # pragma: no cover  # tomllib always gives a table
        return ()
    return YamlDocument(root=root, source=source)


def _too_much(source: SourceLines) -> Problem:
    return Problem(
        location=source.location(source.first_line),
        code=yaml_codes.TOO_MUCH,
        message="TOML that is too large or too deep",
        hint="move long texts into the body, and write nested lists flat",
    )


def _problem(message: str, source: SourceLines) -> Problem:
    match = _POSITION.search(message)
    line, column = (int(match[1]), int(match[2])) if match else (_last_line(source), 0)
    said = _POSITION.sub("", message).split("(at end")[0].strip() or "not valid TOML"
    return Problem(
        location=source.location(line - 1 + source.first_line, column, width=1 if column else 0),
        code=codes.BAD_TOML,
        message=f"TOML that can't be read: {said[:1].lower()}{said[1:]}",
        hint="correct the line, or write YAML between '---' lines",
    )


def _last_line(source: SourceLines) -> int:
    return max((n for n, line in enumerate(source.lines, 1) if line.strip()), default=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    """Makes nodes of values.

    Attributes:
        source: The block.
        keys: Line and column of each place where a key may stand, in order.
    """

    source: SourceLines
    keys: Mapping[str, list[tuple[int, int]]]

    def node(self, value: object, *, line: int, depth: int) -> YamlNode:
        if depth > MAX_DEPTH:
            return YamlScalar(text="…", quoted=True, line=line, column=1, width=0)
        match value:
            case dict():
                entries = [
                    self._entry(str(key), inner, line, depth) for key, inner in value.items()
                ]
                return YamlMapping(entries=tuple(entries), line=line, column=1, width=0)
            case list():
                items = [self.node(item, line=line, depth=depth + 1) for item in value]
                return YamlSequence(items=tuple(items), line=line, column=1, width=0)
            case _:
                return self._scalar(value, line)

    def _entry(self, key: str, value: object, line: int, depth: int) -> YamlEntry:
        places = self.keys.get(key, [])
        at = bisect_left(places, (line, 0))
        found, column = places[at] if at < len(places) else (line, 1)
        node = YamlScalar(text=key, quoted=True, line=found, column=column, width=len(key))
        return YamlEntry(key=node, value=self.node(value, line=found, depth=depth + 1))

    def _scalar(self, value: object, line: int) -> YamlScalar:
        text = self.source.lines[line - self.source.first_line]
        before, equals, after = text.partition("=")
        written = after.strip()
        column = len(before) + 2 + len(after) - len(after.lstrip()) if equals else 1
        return YamlScalar(
            text=_text(value),
            quoted=isinstance(value, str),
            line=line,
            column=column,
            width=len(written),
        )


def _keys_of(source: SourceLines) -> Mapping[str, list[tuple[int, int]]]:
    """Find what stands before an equals sign or in a table's brackets, in one pass."""
    keys: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(source.lines, source.first_line):
        for match in _KEY_PART.finditer(line.partition("=")[0]):
            name = match[0].strip("\"'")
            column = match.start() + 1 + (match[0] != name)
            keys.setdefault(name, []).append((number, column))
    return keys


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case int() if abs(value) >= _LONG:
            # Python refuses to write out very long numbers, which TOML may hold in hexadecimal digits.
            return hex(value)
        case _:
            return str(value)
