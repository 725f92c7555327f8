"""From nodes to texts, lists, numbers and yes-or-no, as settings and front matter expect them. Knows no key.

Each function takes a node and returns a value, or raises `MisfitError`. That is a ValueError, so that pydantic
collects every one of them (`blognet.kernel.yamlmodels`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.kernel import codes
from blognet.kernel.yamltree import (
    Plain,
    YamlDocument,
    YamlEntry,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    is_empty,
    kind_of,
    plain_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIST = "write it as [a, b], or one '- item' on each line"


class MisfitError(ValueError):
    """A value that a key can't take.

    Attributes:
        code: The problem code.
        message: As in a `Problem`.
        hint: As in a `Problem`.
        node: The part of the value that is meant; None for all of it.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = codes.WRONG_TYPE,
        hint: str = "",
        node: YamlNode | None = None,
    ) -> None:
        """Keep what the problem will say."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.node = node


def text_of(value: object) -> str:
    """Return the text of a scalar as written (`2024` is "2024"), "" for nothing."""
    if isinstance(value, YamlScalar):
        return "" if value.value is None else value.text.strip()
    hint = "write it on one line, in quotes when it holds brackets or braces"
    raise _expected(_node(value), "a text", hint=hint)


def bool_of(value: object) -> bool:
    """Return true or false; nothing is false. Texts such as `yes` are refused, and the message says what to type."""
    node = _node(value)
    if isinstance(node, YamlScalar):
        meaning = _unquoted(node)
        if isinstance(meaning, bool):
            return meaning
        if meaning is None:
            return False
        meant = {
            "yes": "true",
            "on": "true",
            "1": "true",
            "no": "false",
            "off": "false",
            "0": "false",
        }
        hint = meant.get(node.text.strip().lower(), "true or false")
        raise _expected(node, "true or false", hint=f"write {hint}")
    raise _expected(node, "true or false", hint="write true or false")


def int_of(value: object) -> int | None:
    """Return a whole number; None for nothing."""
    node = _node(value)
    if isinstance(node, YamlScalar):
        meaning = _unquoted(node)
        if meaning is None or (isinstance(meaning, int) and not isinstance(meaning, bool)):
            return meaning
    raise _expected(node, "a whole number", hint="write digits only")


def items_of(value: object) -> list[YamlNode]:
    """Return the items of a list, without those left empty; a text alone is split at its commas."""
    node = _node(value)
    match node:
        case YamlSequence():
            return [item for item in node.items if not is_empty(item)]
        case YamlScalar():
            return [] if node.value is None else list(_split_at_commas(node))
        case YamlMapping():
            raise _expected(node, "a list", hint=_LIST)


def whole_items_of(value: object) -> list[YamlNode]:
    """Return the items of a list; a text alone is one item, commas and all."""
    node = _node(value)
    if isinstance(node, YamlScalar):
        return [] if is_empty(node) else [node]
    return items_of(node)


def entries_of(value: object) -> dict[str, YamlNode]:
    """Return the values of a mapping by key; nothing is an empty one."""
    node = _node(value)
    if isinstance(node, YamlMapping):
        return {entry.key.text: entry.value for entry in node.entries}
    if is_empty(node):
        return {}
    raise _expected(node, "keys with values", hint="write 'key: value' below it, indented")


def plain_entries_of(value: object) -> dict[str, Plain]:
    """Return a mapping of free data, without places."""
    return {key: plain_value(node) for key, node in entries_of(value).items()}


def at_path(document: YamlDocument, path: tuple[int | str, ...]) -> YamlEntry | YamlNode:
    """Return what lies at a path of keys and indexes, or the nearest thing above it that exists."""
    found: YamlEntry | YamlNode = document.root
    for step in path:
        node = found.value if isinstance(found, YamlEntry) else found
        below: YamlEntry | YamlNode | None = None
        if isinstance(node, YamlMapping) and isinstance(step, str):
            below = node.entry(step)
        elif isinstance(node, YamlSequence) and isinstance(step, int) and step < len(node.items):
            below = node.items[step]
        if below is None:
            return found
        found = below
    return found


def _expected(node: YamlNode, what: str, *, hint: str) -> MisfitError:
    return MisfitError(f"expected {what}, found {kind_of(node)}", hint=hint)


def _node(value: object) -> YamlNode:
    if isinstance(value, YamlScalar | YamlSequence | YamlMapping):
        return value
    message = f"not a node: {value!r}"
    raise TypeError(message)


def _unquoted(node: YamlScalar) -> str | int | float | bool | None:
    """What a scalar means though somebody quoted it: `draft: "true"` can only mean one thing."""
    plain = YamlScalar(
        text=node.text.strip(), quoted=False, line=node.line, column=node.column, width=node.width
    )
    return plain.value


def _split_at_commas(node: YamlScalar) -> Iterable[YamlScalar]:
    # Columns are those of the source only where the text stands there as it is: unquoted or without escapes.
    offset = 0
    lead = 1 if node.quoted else 0
    for part in node.text.split(","):
        word = part.strip()
        if word:
            column = node.column + lead + offset + len(part) - len(part.lstrip())
            yield YamlScalar(
                text=word, quoted=node.quoted, line=node.line, column=column, width=len(word)
            )
        offset += len(part) + 1
