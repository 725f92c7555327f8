"""Views with some of their fields set anew: `dataclasses.replace` for views alone, several times faster.

A page sets fields of its head, of the site's view and of its card, each with dozens of fields that stay. Views check
nothing when they are made, so that a copy need not be made by their own `__init__`.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

ViewT = TypeVar("ViewT")


def changed(view: ViewT, **anew: object) -> ViewT:
    """Return a copy of a view with some fields set anew.

    Raises:
        TypeError: The view has no such field.
    """
    kind: type = type(view)
    names, values_of = _fields_of(kind)
    if not anew.keys() <= names.keys():
        message = f"{kind.__name__} has not all of the fields {sorted(anew)}"
        raise TypeError(message)
    copy, put = object.__new__(type(view)), object.__setattr__
    for name, value in zip(names, values_of(view), strict=True):
        put(copy, name, value)
    for name, value in anew.items():
        put(copy, name, value)
    return copy


@cache
def _fields_of(kind: type) -> tuple[dict[str, None], Callable[[object], tuple[object, ...]]]:
    """Return the names of a view's fields, in their order, and what reads them all; there are at least two."""
    names = [each.name for each in fields(kind)]
    if hasattr(kind, "__post_init__"):
        message = f"{kind.__name__} checks what it is made of: use dataclasses.replace"
        raise TypeError(message)
    return dict.fromkeys(names), attrgetter(*names)
