"""Digests of values, the same in every process and on every machine. A value of an unknown type is refused aloud.

The encoding gives two values the same text only when they are equal and of one kind: everything carries its type and,
where it could run into its neighbour, its length. It is kept nowhere longer than the memory of a build, so it may
change from version to version.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime, tzinfo
from enum import Enum
from functools import cache
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Protocol, runtime_checkable

_SIZE = 16


@runtime_checkable
class _Modelled(Protocol):
    """A value that can say its own fields, as the settings can."""

    def model_dump(self) -> dict[str, object]:
        """Return its fields by name."""


def digest_of(value: object) -> str:
    """Return the digest of a value: 32 hex digits.

    Args:
        value: None, a number, text, bytes, a time, an enum member, a frozen dataclass, a setting, or a tuple, list,
            set or mapping of such. The order of sets and mappings does not matter.

    Raises:
        TypeError: The value is, or holds, something of another type, which therefore cannot be watched for changes.
    """
    parts: list[str] = []
    _write(value, parts)
    return digest_of_text("".join(parts))


def digest_of_text(text: str) -> str:
    """Return the digest of a text that is unambiguous by itself: 32 hex digits."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()


def _write(value: object, out: list[str]) -> None:  # noqa: C901, PLR0912  # one for each kind of value
    # The commonest first: a build asks this some hundred thousand times.
    if isinstance(value, Enum):
        out.append(f"e{type(value).__name__}.{value.name};")
    elif isinstance(value, str):
        out.append(f"s{len(value)}:{value}")
    elif value is None or isinstance(value, bool | int | float):
        out.append(f"{value!r};")
    elif isinstance(value, tuple | list):
        out.append(f"t{len(value)}:")
        for item in value:
            _write(item, out)
    elif is_dataclass(value) and not isinstance(value, type):
        names = _field_names(type(value))
        out.append(f"d{type(value).__name__}{len(names)}:")
        for name in names:
            _write(getattr(value, name), out)
    elif isinstance(value, bytes):
        out.append(f"b{blake2b(value, digest_size=_SIZE).hexdigest()};")
    elif isinstance(value, datetime | date):
        out.append(f"m{value.isoformat()};")
    elif isinstance(value, Mapping):
        _write_sorted("k", ((key, item) for key, item in value.items()), out)
    elif isinstance(value, AbstractSet):
        _write_sorted("f", ((item,) for item in value), out)
    elif isinstance(value, tzinfo | PurePosixPath):
        _write(str(value), out)
    elif isinstance(value, _Modelled):
        _write(value.model_dump(), out)
    else:
        message = f"nothing can watch a value of type {type(value).__qualname__} for changes"
        raise TypeError(message)


def _write_sorted(mark: str, items: object, out: list[str]) -> None:
    texts: list[str] = []
    for item in items if hasattr(items, "__iter__") else ():
        parts: list[str] = []
        for each in item:
            _write(each, parts)
        texts.append("".join(parts))
    out.append(f"{mark}{len(texts)}:")
    out.extend(sorted(texts))


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
