"""Values as YAML that people like to read and that our loader reads back as the same values. Knows no keys.

Texts stay bare only where nothing could be misread; all others go in double quotes, with JSON's escapes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from blognet.kernel.patterns import later
from blognet.kernel.times import iso
from blognet.kernel.yamltree import YamlScalar

if TYPE_CHECKING:
    import re
    from typing import TypeAlias

Writable: TypeAlias = (
    "str | int | float | bool | datetime | Sequence[Writable] | Mapping[str, Writable] | None"
)
# Begins with a letter, digit or underscore; signs inside only where YAML gives them no meaning.
_BARE = later(r"[^\W](?:[\w ./()'+–—&!?%@*=-]|:(?=[^\s:,\]}]))*")
_BARE_IN_BRACKETS = later(r"\w(?:[\w ./+-]*[\w/+.-])?")
_ESCAPED = later(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]")
_MAX_INLINE = 80


def yaml_scalar(value: str | float | bool | datetime | None) -> str:  # noqa: FBT001  # it is the value written
    """Write one value on one line."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _float(value)
        case datetime():
            return iso(value)
        case _:
            return value if _is_bare(value) else _quoted(value)


def yaml_lines(mapping: Mapping[str, Writable]) -> str:
    """Write keys with values in the order given, a line feed after each line; "" for no keys."""
    return "".join(f"{line}\n" for key, value in mapping.items() for line in _entry(key, value))


def _entry(key: str, value: Writable) -> list[str]:
    name = yaml_scalar(key)
    match value:
        case str() | int() | float() | bool() | datetime() | None:
            return [f"{name}: {yaml_scalar(value)}"]
        case Mapping():
            if not value:
                return [f"{name}: {{}}"]
            inner = [line for pair in value.items() for line in _entry(*pair)]
            return [f"{name}:", *(f"  {line}" for line in inner)]
        case _:
            inline = _inline(value)
            if inline is not None and (not value or len(name) + len(inline) < _MAX_INLINE):
                return [f"{name}: {inline}"]
            return [f"{name}:", *(f"  {line}" for item in value for line in _item(item))]


def _item(value: Writable) -> list[str]:
    match value:
        case str() | int() | float() | bool() | datetime() | None:
            return [f"- {yaml_scalar(value)}"]
        case Mapping():
            lines = [line for pair in value.items() for line in _entry(*pair)] or ["{}"]
        case _:
            lines = [line for item in value for line in _item(item)] or ["[]"]
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def _inline(items: Sequence[Writable]) -> str | None:
    """Write a list of plain words as `[a, b]`; None when it has other items."""
    words = [item for item in items if isinstance(item, str) and _BARE_IN_BRACKETS.fullmatch(item)]
    if len(words) < len(items) or not all(map(_is_bare, words)):
        return None
    return f"[{', '.join(words)}]"


def _is_bare(text: str) -> bool:
    scalar = YamlScalar(text=text, quoted=False, line=1, column=1, width=0)
    stays_text = isinstance(scalar.value, str) and text == text.strip()
    return stays_text and _BARE.fullmatch(text) is not None and not _ESCAPED.search(text)


def _quoted(text: str) -> str:
    def escape(match: re.Match[str]) -> str:
        # A lone surrogate is no character and can't be written; it becomes the replacement character.
        code = ord(match[0])
        return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"  # noqa: PLR2004  # the surrogates

    return _ESCAPED.sub(escape, json.dumps(text, ensure_ascii=False))


def _float(value: float) -> str:
    text = repr(value)
    # Numbers that JSON does not know either are written as texts.
    return text if text[-1].isdigit() else _quoted(text)
