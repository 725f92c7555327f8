"""How dataclasses are taken apart where many are written as bytes. Answers: the same as `pickle` by itself, sooner.

A frozen class with slots is taken apart by a function of `dataclasses` that looks for its fields each time. A site
has dozens of such values for each post, so here the fields of a class are found once. What is written is the same.
"""

from __future__ import annotations

from copyreg import __newobj__  # type: ignore[attr-defined]  # what `pickle` itself names
from dataclasses import fields, is_dataclass
from operator import attrgetter, methodcaller
from pickle import HIGHEST_PROTOCOL
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Parts: TypeAlias = (
        tuple[Callable[..., object], tuple[object, ...]]
        | tuple[Callable[..., object], tuple[object, ...], list[object]]
    )
    Way: TypeAlias = Callable[..., Parts]


_AS_EVER = methodcaller("__reduce_ex__", HIGHEST_PROTOCOL)
"""What `pickle` asks of any other value: known once, a type is not looked at for each."""
_SEVERAL = 2
"""Names for which `attrgetter` gives a tuple."""


class Ways(dict[type, "Way"]):
    """How values are taken apart, by their type; known once, a type is not looked at for each value."""

    def __init__(self, given: Mapping[type, Way] | None = None) -> None:
        """Take the ways that are given; they go before."""
        super().__init__(given or {})

    def __missing__(self, kind: type) -> Way:
        """Find the way of a type.

        Raises:
            KeyError: `pickle` has ways of its own for it.
        """
        if issubclass(kind, type):
            raise KeyError(kind)
        is_ours = is_dataclass(kind) and _is_taken_apart_by_fields(kind)
        way = self[kind] = _way_of(kind) if is_ours else _AS_EVER
        return way


def _is_taken_apart_by_fields(kind: type) -> bool:
    """Whether nothing but the function that `dataclass` put there says what a value holds."""
    says = getattr(vars(kind).get("__getstate__"), "__module__", "")
    of_its_own = {"__getnewargs__", "__getnewargs_ex__", "__reduce__", "__reduce_ex__"}
    behind = (each for each in kind.__mro__ if each is not object)
    return says == is_dataclass.__module__ and all(
        of_its_own.isdisjoint(vars(each)) for each in behind
    )


def _way_of(kind: type) -> Way:
    names = tuple(each.name for each in fields(kind))
    if len(names) < _SEVERAL:
        return lambda value: (__newobj__, (kind,), [getattr(value, name) for name in names])
    read = attrgetter(*names)
    return lambda value: (__newobj__, (kind,), [*read(value)])
