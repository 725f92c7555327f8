"""The one door for YAML. Answers: what does this text say, and where? Refuses what a person does not need.

Refused are duplicate keys, aliases, anchors, tags, merge keys, directives, several documents, and texts that are
large, deep or full of values. Nothing is built while reading but our own tree, so a hostile text can neither make
objects nor take more memory than its size. Sizes are checked before the parser sees the text, depth and count while
it runs. libyaml's parser is used where PyYAML was built with it; the other one gives the same results, slower.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import yaml

from blognet.kernel import codes
from blognet.kernel.patterns import later
from blognet.kernel.places import SourceLines, position_in, source_lines
from blognet.kernel.problems import Problem
from blognet.kernel.yamlfaults import ParserFault, diagnose
from blognet.kernel.yamltree import (
    MAX_PROBLEMS,
    YamlDocument,
    YamlEntry,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    shortened,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FRONT_MATTER = 256 * 1024
MAX_CONFIG = 1024 * 1024
MAX_DEPTH = 12
MAX_NODES = 20_000
# U+0085, U+2028 and U+2029 end a line for YAML but not for us, so line numbers would differ.
_FORBIDDEN = later(
    r"[^\t\n\x20-\x7E\xA0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\U00010000-\U0010FFFF]"
)


class _EventParser(Protocol):
    def check_event(self, *choices: type[yaml.Event]) -> bool: ...
    def get_event(self) -> yaml.Event | None: ...


class _PurePythonParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser without its constructors."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


def load_yaml(
    text: str,
    *,
    path: str,
    first_line: int = 1,
    limit: int = MAX_FRONT_MATTER,
    pure_python: bool = False,
) -> YamlDocument | tuple[Problem, ...]:
    """Read a text of keys and values.

    Args:
        text: LF line ends only.
        path: As shown in problems.
        first_line: The number of the text's first line in its file.
        limit: Most characters accepted.
        pure_python: Do without libyaml, as where PyYAML was built without it.

    Returns:
        The document, or every fault that could be found, in their order; at least one.
    """
    if len(text) > limit:
        message = f"{len(text):,} characters, more than the {limit:,} that are read"
        hint = "move long texts into the body"
        where = SourceLines(path=path, lines=()).location(first_line)
        return (Problem(location=where, code=codes.TOO_MUCH, message=message, hint=hint),)
    source = source_lines(text, path=path, first_line=first_line)
    if characters := _forbidden_characters(text, source):
        return characters
    reading = _Reading(source=source)
    try:
        root = reading.tree(_parser(text, pure_python=pure_python))
    except yaml.MarkedYAMLError as error:
        fault = _fault_of(error, first_line=first_line)
        return (*sorted(reading.problems), diagnose(fault, source))
    except _StopReadingError:
        return tuple(sorted(reading.problems))
    if reading.problems or root is None:
        return tuple(sorted(reading.problems))
    return YamlDocument(root=root, source=source)


def _forbidden_characters(text: str, source: SourceLines) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    for match in _FORBIDDEN.finditer(text):
        line, column = position_in(text, match.start())
        problems.append(
            Problem(
                location=source.location(line - 1 + source.first_line, column, width=1),
                code=codes.CHARACTER,
                message=f"the invisible character U+{ord(match[0]):04X}",
                hint="delete it, or type the line anew",
            )
        )
        if len(problems) == MAX_PROBLEMS:
            break
    return tuple(problems)


def _parser(text: str, *, pure_python: bool) -> _EventParser:
    if yaml.__with_libyaml__ and not pure_python:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]  # noqa: PLC0415  # only where there is libyaml

        return CParser(text)
    return _PurePythonParser(text)


def _fault_of(error: yaml.MarkedYAMLError, *, first_line: int) -> ParserFault:
    mark, context = error.problem_mark, error.context_mark
    return ParserFault(
        message=error.problem or "",
        context=error.context or "",
        line=(mark.line if mark else 0) + first_line,
        column=(mark.column if mark else 0) + 1,
        context_line=context.line + first_line if context else 0,
        context_column=context.column + 1 if context else 0,
    )


class _StopReadingError(Exception):
    """Enough faults were found, or the text goes beyond a limit."""


@dataclass(slots=True, kw_only=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    event: yaml.SequenceStartEvent | yaml.MappingStartEvent
    nodes: list[YamlNode] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One walk over the parser's events, without recursion."""

    source: SourceLines
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def tree(self, parser: _EventParser) -> YamlMapping | None:
        stack: list[_Open] = []
        roots: list[YamlNode] = []
        for event in _events(parser):
            node: YamlNode | None = None
            match event:
                case yaml.ScalarEvent() | yaml.AliasEvent():  # most of them, so they come first
                    self._count(event)
                    node = self._scalar(event)
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    self._count(event)
                    self._check_properties(event)
                    stack.append(_Open(event=event))
                    self._check_depth(event, len(stack))
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    node = self._closed(stack.pop(), event)
                case yaml.DocumentStartEvent():
                    self._check_document(event, roots)
                case _:
                    pass
            if node is not None:
                (stack[-1].nodes if stack else roots).append(node)
        return self._root(roots)

    def _root(self, roots: list[YamlNode]) -> YamlMapping | None:
        match roots:
            case [YamlMapping() as root, *_]:
                return root
            case [] | [YamlScalar(text="", quoted=False), *_]:
                return YamlMapping(entries=(), line=self.source.first_line, column=1, width=0)
            case [root, *_]:
                self._add(
                    root,
                    code=codes.NOT_KEY_VALUE,
                    message="expected keys with values",
                    hint="write 'key: value' on each line",
                )
            case _:  # pragma: no cover  # mypy can't see that the three cases above are all
                pass
        return None

    def _check_document(self, event: yaml.DocumentStartEvent, before: list[YamlNode]) -> None:
        if event.version or event.tags:
            message = "a YAML directive"
            self._add(
                self._place(event), code=codes.NOT_YAML, message=message, hint="delete the line"
            )
        if before:
            message = "a second document begins here; expected one"
            hint = "delete the '---' and what follows"
            self._add(self._place(event), code=codes.NOT_YAML, message=message, hint=hint)
            raise _StopReadingError

    def _count(self, event: yaml.NodeEvent) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            message = f"more than {MAX_NODES:,} values"
            self._add(self._place(event), code=codes.TOO_MUCH, message=message, hint="keep fewer")
            raise _StopReadingError

    def _check_depth(self, event: yaml.NodeEvent, depth: int) -> None:
        if depth > MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep"
            hint = "write nested lists flat"
            self._add(self._place(event), code=codes.TOO_MUCH, message=message, hint=hint)
            raise _StopReadingError

    def _check_properties(
        self, event: yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent
    ) -> None:
        if event.anchor is None and event.tag is None:
            return
        place = self._place(event)
        if event.anchor is not None:
            message = f"the anchor '&{event.anchor}'; anchors are refused"
            hint = "put the value in quotes, or delete the anchor"
            self._add(place, code=codes.ALIAS, message=message, hint=hint)
        if event.tag is not None:
            message = f"the tag '{event.tag}'; tags are refused"
            hint = "put the value in quotes, or delete the tag"
            self._add(place, code=codes.TAG, message=message, hint=hint)

    def _scalar(self, event: yaml.ScalarEvent | yaml.AliasEvent) -> YamlScalar:
        if isinstance(event, yaml.AliasEvent):
            place = self._place(event)
            message = f"the alias '*{event.anchor}'; aliases are refused"
            hint = "put the value in quotes, or write it out"
            self._add(place, code=codes.ALIAS, message=message, hint=hint)
            return place
        self._check_properties(event)
        quoted = bool(event.style)  # libyaml says "" and PyYAML None for a plain scalar
        line, column, width = self._span(event, event)
        return YamlScalar(text=event.value, quoted=quoted, line=line, column=column, width=width)

    def _closed(self, opened: _Open, end: yaml.Event) -> YamlSequence | YamlMapping:
        line, column, width = self._span(opened.event, end)
        if isinstance(opened.event, yaml.SequenceStartEvent):
            return YamlSequence(items=tuple(opened.nodes), line=line, column=column, width=width)
        entries = self._entries(opened.nodes)
        return YamlMapping(entries=entries, line=line, column=column, width=width)

    def _entries(self, nodes: list[YamlNode]) -> tuple[YamlEntry, ...]:
        entries: dict[str, YamlEntry] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, YamlScalar) or not key.text.strip():
                hint = "a value that begins with { needs quotes around it"
                message = "expected a key: a short text"
                self._add(key, code=codes.NOT_KEY_VALUE, message=message, hint=hint)
            elif key.text == "<<" and not key.quoted:
                message = "a merge key; merge keys are refused"
                self._add(key, code=codes.MERGE_KEY, message=message, hint="write the keys out")
            elif first := entries.get(key.text):
                message = f"the key '{shortened(key.text)}' is given twice; first on line {first.key.line}"
                hint = "delete one of them"
                self._add(key, code=codes.DUPLICATE_KEY, message=message, hint=hint)
            else:
                entries[key.text] = YamlEntry(key=key, value=value)
        return tuple(entries.values())

    def _place(self, event: yaml.Event) -> YamlScalar:
        line, column, width = self._span(event, event)
        return YamlScalar(text="", quoted=False, line=line, column=column, width=width)

    def _span(self, event: yaml.Event, end: yaml.Event) -> tuple[int, int, int]:
        """Return the line and the column on which an event begins, and how far it goes on that line."""
        start, stop = event.start_mark, end.end_mark
        if start is None or stop is None:  # pragma: no cover  # both parsers always set them
            return self.source.first_line, 1, 0
        line = start.line + self.source.first_line
        text = self.source.lines[start.line] if start.line < len(self.source.lines) else ""
        last = stop.column if stop.line == start.line else len(text.rstrip())
        return line, start.column + 1, max(0, last - start.column)

    def _add(self, node: YamlNode, *, code: str, message: str, hint: str) -> None:
        where = self.source.location(node.line, node.column, width=node.width)
        self.problems.append(Problem(location=where, code=code, message=message, hint=hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _StopReadingError


def _events(parser: _EventParser) -> Iterator[yaml.Event]:
    while parser.check_event():
        event = parser.get_event()
        if event is not None:
            yield event
