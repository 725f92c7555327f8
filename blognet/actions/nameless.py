"""Values as bytes in which nothing has a name, and back.

The bytes lie in ``.blognet/``, so reading them runs nothing: they name no class and no function. What they are made
from is told by its number in a fixed table; so they mean something to the program that wrote them alone. Whoever can
write in that folder can make wrong values, and a wrong build of them; it is trusted as the output beside it is.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import is_dataclass
from enum import Enum
from functools import cached_property
from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, NoReturn

from blognet.actions.states import Ways

if TYPE_CHECKING:
    from collections.abc import Mapping


class KeptFaultError(Exception):
    """What is kept is no value of this kind."""


class Kinds:
    """A table of what values are made from."""

    def __init__(self, modules: tuple[str, ...], *others: object) -> None:
        """Take the table.

        Args:
            modules: Of these, dataclasses and enumerations alone; they are imported when a value is written or read.
            others: Further classes, and functions that make values.
        """
        self._modules, self._others = modules, others

    @cached_property
    def known(self) -> tuple[object, ...]:
        """Every kind, by its number."""
        found = [*self._others]
        for module in map(import_module, self._modules):
            for _, each in sorted(vars(module).items()):
                if isinstance(each, type) and each.__module__ == module.__name__:
                    found += [each] if is_dataclass(each) or issubclass(each, Enum) else []
        return tuple(found)

    @cached_property
    def numbers(self) -> Mapping[object, int]:
        """The number of each kind."""
        return {kind: number for number, kind in enumerate(self.known)}


class Writer(pickle.Pickler):
    """Writes values; `kinds` is set by whoever makes one."""

    kinds: Kinds
    dispatch_table = Ways()

    def persistent_id(self, value: object) -> int | None:
        """Return the number of a kind; nothing for a value."""
        if not isinstance(value, type | FunctionType):
            return None
        try:
            return self.kinds.numbers[value]
        except KeyError:
            raise KeptFaultError(value) from None


class _Reader(pickle.Unpickler):
    kinds: Kinds

    def persistent_load(self, number: object) -> object:
        """Return the kind of a number."""
        known = self.kinds.known
        if not isinstance(number, int) or not 0 <= number < len(known):
            raise KeptFaultError(number)
        return known[number]

    def find_class(self, module: str, name: str) -> NoReturn:
        """Refuse whatever is named."""
        raise KeptFaultError(module, name)


def as_bytes(value: object, kinds: Kinds, writer: type[Writer] = Writer) -> bytes:
    """Write a value.

    Raises:
        KeptFaultError: It is of a kind that cannot be kept.
    """
    out = io.BytesIO()
    writing = writer(out, pickle.HIGHEST_PROTOCOL)
    writing.kinds = kinds
    writing.dump(value)
    return out.getvalue()


def from_bytes(raw: bytes, kinds: Kinds) -> object:
    """Read a value.

    Raises:
        KeptFaultError: It is none.
    """
    reading = _Reader(io.BytesIO(raw))
    reading.kinds = kinds
    try:
        return reading.load()
    except Exception as error:  # whatever damaged bytes lead to
        raise KeptFaultError from error
