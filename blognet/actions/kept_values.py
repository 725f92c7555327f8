"""Values of a site as bytes that the next build reads one by one, and back.

The bytes lie in ``.blognet/``, so reading them runs nothing: they name no class and no function. What they are made
from is told by its number among the kinds of values that a site has; a memory is read by the program that wrote it
alone. A post is kept without its text, which nobody reads from here.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import is_dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from blognet.actions.packing import Packer, bodiless, read_only

if TYPE_CHECKING:
    from collections.abc import Mapping

_VALUES = (
    "blognet.actions.kept_site",
    "blognet.content.values",
    "blognet.kernel.hashing",
    "blognet.kernel.ids",
    "blognet.kernel.problems",
    "blognet.pictures.cards",
    "blognet.pictures.facts",
    "blognet.pictures.initials",
    "blognet.pictures.recipes",
    "blognet.pictures.structure",
    "blognet.render.pictures",
    "blognet.render.search",
    "blognet.render.social",
    "blognet.site.catalogue",
    "blognet.site.host_file",
    "blognet.site.pages",
    "blognet.site.published",
)
"""Where values are from; of these modules, dataclasses and enumerations alone."""
_OTHERS = (datetime, timedelta, timezone, bodiless, read_only)


class KeptFaultError(Exception):
    """What is kept is no value of a site."""


def value_as_bytes(value: object) -> bytes:
    """Write a value.

    Raises:
        KeptFaultError: It is of a kind that cannot be kept.
    """
    out = io.BytesIO()
    _Writer(out, pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


def value_from_bytes(raw: bytes) -> object:
    """Read a value.

    Raises:
        KeptFaultError: It is none.
    """
    try:
        return _Reader(io.BytesIO(raw)).load()
    except Exception as error:  # whatever damaged bytes lead to
        raise KeptFaultError from error


class _Writer(Packer):
    def persistent_id(self, value: object) -> int | None:
        """Return the number of a kind; nothing for a value."""
        if not isinstance(value, type) and value is not bodiless and value is not read_only:
            return None
        try:
            return _numbers()[value]
        except KeyError:
            raise KeptFaultError(value) from None


class _Reader(pickle.Unpickler):
    def persistent_load(self, number: object) -> object:
        """Return the kind of a number."""
        kinds = _kinds()
        if not isinstance(number, int) or not 0 <= number < len(kinds):
            raise KeptFaultError(number)
        return kinds[number]

    def find_class(self, module: str, name: str) -> NoReturn:
        """Refuse whatever is named."""
        raise KeptFaultError(module, name)


@cache
def _kinds() -> tuple[object, ...]:
    found: list[object] = [*_OTHERS]
    for module in map(import_module, _VALUES):
        for _, each in sorted(vars(module).items()):
            if isinstance(each, type) and each.__module__ == module.__name__ and _is_value(each):
                found.append(each)
    return tuple(found)


@cache
def _numbers() -> Mapping[object, int]:
    return {kind: number for number, kind in enumerate(_kinds())}


def _is_value(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, Enum)
