"""The views and their fields. Answers: may a template read this attribute of a value without another look?"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from blognet.themes import parts, views

if TYPE_CHECKING:
    from collections.abc import Mapping

VIEWS: frozenset[type] = frozenset(
    each
    for module in (parts, views)
    for each in vars(module).values()
    if isinstance(each, type) and is_dataclass(each)
)
"""All kinds of views: frozen, and made of texts, numbers, times, tuples and other views alone."""


def _with_field() -> Mapping[str, frozenset[type]]:
    found: dict[str, set[type]] = {}
    for view in VIEWS:
        for each in fields(view):
            if not each.name.startswith("_"):
                found.setdefault(each.name, set()).add(view)
    return {name: frozenset(kinds) for name, kinds in found.items()}


WITH_FIELD: Mapping[str, frozenset[type]] = _with_field()
"""By name, the views that have such a field, which any template may read."""
