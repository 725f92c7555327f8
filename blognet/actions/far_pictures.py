"""Pictures made by processes that do not see the network folder: what they are made of travels with the work."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from blognet.actions.packing import NotHereError, packed, unpacked
from blognet.disk.processes import ALONE, kit_in
from blognet.pictures.lettering import Lettering
from blognet.pictures.recipes import Recipe
from blognet.render.pictures import make_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from blognet.actions.crew import Crew
    from blognet.pictures.cards import Card

    _Group = tuple[Recipe | Card, ...]
    _Sent = tuple[_Group, Mapping[str, bytes]]

_SLICE = 8


def made_far(
    groups: Sequence[_Group], crew: Crew, lettering: Lettering, asset: Callable[[str], bytes]
) -> Iterator[tuple[Recipe | Card, bytes | None]]:
    """Have pictures made.

    Args:
        groups: What is made of one source, in one piece.
        crew: Who works.
        lettering: The network's fonts.
        asset: Gives the bytes of an approved file by their SHA-256 in hex.

    Yields:
        Each picture with its bytes; None for one that nobody made.
    """
    slices = [
        tuple(recipe for group in groups[start : start + _SLICE] for recipe in group)
        for start in range(0, len(groups), _SLICE)
    ]

    def sent(recipes: _Group) -> _Sent:
        return recipes, {source: asset(source) for each in recipes for source in _sources(each)}

    for recipes, made in zip(
        slices,
        crew.done(_made_slice, slices, lambda: packed(lettering), send=sent),
        strict=True,
    ):
        is_whole = made is not None and len(made) == len(recipes)
        yield from zip(recipes, made if made and is_whole else (None,) * len(recipes), strict=True)


def _made_slice(given: object, sent: _Sent) -> tuple[bytes | None, ...]:
    """Make pictures, in a worker process; `given` leads to the kit, which is the fonts."""
    recipes, sources = sent
    lettering = _lettering_in(kit_in(given))

    def made(recipe: Recipe | Card) -> bytes | None:
        try:
            return make_one(recipe, sources.__getitem__, lettering)
        except Exception:  # noqa: BLE001  # it is made again where the build runs, and fails there with its reason
            return None

    with ALONE:
        return tuple(made(recipe) for recipe in recipes)


@lru_cache(maxsize=1)
def _lettering_in(kit: bytes) -> Lettering:
    lettering = unpacked(kit)
    if not isinstance(lettering, Lettering):
        raise NotHereError
    return lettering


def _sources(recipe: Recipe | Card) -> tuple[str, ...]:
    if isinstance(recipe, Recipe):
        return (recipe.source,)
    return tuple(source for source in recipe.faces if isinstance(source, str))
