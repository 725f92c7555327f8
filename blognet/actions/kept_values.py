"""Values of a site as bytes that the next build reads one by one, and back.

The bytes lie in ``.blognet/``, so reading them runs nothing: whatever they ask for beside the plain values of a site
is refused. A post is kept without its text, which nobody reads from here.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import is_dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum
from functools import cache
from importlib import import_module

from blognet.actions.packing import bodiless, packed, read_only

_VALUES = frozenset(
    (
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
)
"""Where values are from; of these modules, dataclasses and enumerations alone."""
_OTHERS = {("datetime", each.__name__): each for each in (datetime, timedelta, timezone)} | {
    (each.__module__, each.__name__): each for each in (bodiless, read_only)
}


class KeptFaultError(Exception):
    """What is kept is no value of a site."""


def value_as_bytes(value: object) -> bytes:
    """Write a value; see `blognet.actions.packing.packed`."""
    return packed(value)


def value_from_bytes(raw: bytes) -> object:
    """Read a value.

    Raises:
        KeptFaultError: It is none.
    """
    try:
        return _Reader(io.BytesIO(raw)).load()
    except Exception as error:  # whatever damaged bytes lead to
        raise KeptFaultError from error


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        return _known(module, name)


@cache
def _known(module: str, name: str) -> object:
    if (module, name) in _OTHERS:
        return _OTHERS[module, name]
    if module in _VALUES:
        found: object = getattr(import_module(module), name, None)
        if isinstance(found, type) and found.__module__ == module and _is_value(found):
            return found
    raise KeptFaultError(module, name)


def _is_value(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, Enum)
