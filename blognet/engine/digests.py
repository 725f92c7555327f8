"""Digests of values, the same in every process and on every machine. A value of an unknown type is refused aloud.

The encoding gives two values the same text only when they are equal and of one kind: everything carries its type and,
where it could run into its neighbour, its length. It is kept nowhere longer than the memory of a build, so it may
change from version to version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, tzinfo
from enum import Enum
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from pathlib import PurePosixPath
from types import NoneType
from typing import TypeAlias

_SIZE = 16
_FEW = 3
"""Fields of a value that names something."""
_Writer: TypeAlias = Callable[[object, list[str]], None]


def digest_of(value: object) -> str:
    """Return the digest of a value: 32 hex digits.

    Args:
        value: None, a number, text, bytes, a time, an enum member, a frozen dataclass, or a tuple, list,
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


def _write(value: object, out: list[str]) -> None:
    # A build asks this some hundred thousand times: how a type is written is found out once.
    _writer_of(type(value))(value, out)


def _find_writer(kind: type) -> _Writer:
    """Return how values of a type are written. Enum members can be texts, and times dates, so the order matters."""
    if is_dataclass(kind):
        return _dataclass_writer(kind)
    if issubclass(kind, Enum):
        return _enum_writer(kind)
    found = (writer for known, writer in _writers() if issubclass(kind, known))
    return next(found, _write_other)


_writer_of: Callable[[type], _Writer] = cache(_find_writer)


def _writers() -> tuple[tuple[tuple[type, ...], _Writer], ...]:
    return (
        ((str,), _write_text),
        ((NoneType, bool, int, float), _write_plain),
        ((tuple, list), _write_items),
        ((bytes,), _write_bytes),
        ((date,), _write_time),
        ((Mapping,), _write_mapping),
        ((AbstractSet,), _write_set),
        ((tzinfo, PurePosixPath), _write_named),
    )


def _enum_writer(kind: type[Enum]) -> _Writer:
    texts = {id(member): f"e{kind.__name__}.{member.name};" for member in kind}

    def write(value: object, out: list[str]) -> None:
        found = texts.get(id(value))
        if found is None:  # several members of a flag together
            found = f"e{kind.__name__}.{getattr(value, 'name', None)};"
        out.append(found)

    return write


def _write_text(value: object, out: list[str]) -> None:
    if isinstance(value, str):
        out.append(f"s{len(value)}:{value}")


def _write_plain(value: object, out: list[str]) -> None:
    out.append(f"{value!r};")


def _write_items(value: object, out: list[str]) -> None:
    if isinstance(value, tuple | list):
        out.append(f"t{len(value)}:")
        kind: type = NoneType
        writer: _Writer = _write_plain
        for item in value:
            if type(item) is not kind:  # mostly all are of one
                kind = type(item)
                writer = _writer_of(kind)
            writer(item, out)


def _dataclass_writer(kind: type) -> _Writer:
    names = tuple(field.name for field in fields(kind))
    head = f"d{kind.__name__}{len(names)}:"
    if len(names) <= _FEW:
        return _name_writer(head, names)
    values_of = attrgetter(*names)

    def write(value: object, out: list[str]) -> None:
        out.append(head)
        for item in values_of(value):
            if type(item) is str:  # by far the commonest
                out.append(f"s{len(item)}:{item}")
            elif item is None:
                out.append("None;")
            elif type(item) is tuple and not item:
                out.append("t0:")
            else:
                _writer_of(type(item))(item, out)

    return write


def _name_writer(head: str, names: tuple[str, ...]) -> _Writer:
    """Return how a value of few fields is written; one of texts alone names something, and is met again and again."""
    known: dict[object, str] = {}

    def write(value: object, out: list[str]) -> None:
        try:
            text = known.get(value)
        except TypeError:  # it holds something that can change
            text = None
        if text is None:
            items = [getattr(value, name) for name in names]
            parts = [head]
            for item in items:
                _writer_of(type(item))(item, parts)
            text = "".join(parts)
            if all(isinstance(item, str) for item in items):
                known[value] = text
        out.append(text)

    return write


def _write_bytes(value: object, out: list[str]) -> None:
    if isinstance(value, bytes):
        out.append(f"b{blake2b(value, digest_size=_SIZE).hexdigest()};")


def _write_time(value: object, out: list[str]) -> None:
    if isinstance(value, date):
        out.append(f"m{value.isoformat()};")


def _write_mapping(value: object, out: list[str]) -> None:
    if isinstance(value, Mapping):
        _write_sorted("k", ((key, item) for key, item in value.items()), out)


def _write_set(value: object, out: list[str]) -> None:
    if isinstance(value, AbstractSet):
        _write_sorted("f", ((item,) for item in value), out)


def _write_named(value: object, out: list[str]) -> None:
    _write(str(value), out)


def _write_other(value: object, out: list[str]) -> None:
    del out
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
