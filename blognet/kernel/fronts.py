"""Names that a room shows and that are imported when somebody asks for one. Knows no room.

Whoever imports a module of a room imports the front of the room, too, and everything that stands there: a command that
wants one value would load all that makes such values. So a front says where its names are from. Type checkers read
them as imports.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def shown_later(room: str, names: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """Return what stands as ``__getattr__`` in the front of a room.

    Args:
        room: The front's ``__name__``.
        names: By each module of the room, the names that it gives.
    """
    where = {name: module for module, some in names.items() for name in some}

    def shown(name: str) -> object:
        if name not in where:
            message = f"module {room!r} has no attribute {name!r}"
            raise AttributeError(message, name=name)
        found: object = getattr(import_module(f"{room}.{where[name]}"), name)
        return found

    return shown
