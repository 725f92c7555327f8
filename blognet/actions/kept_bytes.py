"""What is kept of the units of a site, as bytes, and their digests; `blognet.actions.kept_scene` reads it."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.actions.kept_values import value_as_bytes
from blognet.actions.nameless import KeptFaultError
from blognet.engine import digest_of_text
from blognet.kernel.ids import Kind, Subject, subject_of
from blognet.render.facts import PAGE
from blognet.render.watched import (
    CONTENTS,
    LISTINGS,
    PICTURE,
    SHARED_OF_AUTHOR,
    SHARED_OF_POST,
)
from blognet.site import Listing
from blognet.site.catalogue import in_order_by
from blognet.site.members import names_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from blognet.render.facts import Facts

ORDER = "order"
TERMS = "terms"
_OF_CATALOGUE = ("authors", "profiles", TERMS, "translations", "plain")
_LOOKED_UP = (PICTURE, SHARED_OF_POST, SHARED_OF_AUTHOR)


def kept_units(facts: Facts) -> dict[str, str]:
    """Return the digests of all that is kept: of the units, and of the order of each kind."""
    orders = {
        f"{ORDER} {kind}": digest_of_order(tuple(found)) for kind, found in _mappings(facts).items()
    }
    return {**facts.units(), **orders}


def kept_values(facts: Facts, names: Iterable[str]) -> dict[str, bytes]:
    """Return the values of some units as bytes; those that are worked out anew each time have none."""
    wanted: dict[str, list[str]] = {}
    for name in names:
        kind, _, rest = name.partition(" ")
        wanted.setdefault(kind, []).append(rest)
    mappings = _mappings(facts)
    found = {
        f"{ORDER} {kind}": value_as_bytes(order_of(mappings[kind]))
        for kind in wanted.get(ORDER, ())
    }
    for kind, some in wanted.items():
        if kind in mappings:
            by_name = {str(key): value for key, value in mappings[kind].items()}
        elif kind == PAGE:
            by_name = {page.key: page for page in facts.pages}
        else:
            continue
        found |= {f"{kind} {name}": unit_as_bytes(by_name[name]) for name in some}
    return found


def _mappings(facts: Facts) -> dict[str, Mapping[object, object]]:
    catalogue = facts.catalogue
    found = {kind: getattr(catalogue, kind) for kind in (CONTENTS, LISTINGS, *_OF_CATALOGUE)}
    return found | {kind: facts.looked_up[kind] for kind in _LOOKED_UP}


def unit_as_bytes(value: object) -> bytes:
    """Write a unit; of a list, the names of its posts."""
    if isinstance(value, Listing):
        posts = "\n".join(names_of(value.posts))
        return value_as_bytes((replace(value, posts=()), posts))
    return value_as_bytes(value)


def order_of(keys: Iterable[object]) -> object:
    """Return the keys of a kind in their order, as they are kept: subjects as a text, which is read in no time."""
    found = tuple(keys)
    is_text = found and all(isinstance(each, Subject) for each in found)
    return "\n".join(map(str, found)) if is_text else found


def digest_of_order(order: object) -> str:
    """Return the digest of the keys of a kind in their order, as they are kept or as they are."""
    said = order if isinstance(order, str) else "\n".join(map(str, as_order(order)))
    return digest_of_text(said)


def order_with(order: object, *, gone: Collection[Subject], come: Collection[Subject]) -> object:
    """Return the order of subjects, as it is kept, with some that are gone and some that are new.

    Raises:
        KeptFaultError: It is none.
    """
    names = order.split("\n") if isinstance(order, str) else [*map(str, as_order(order))]
    for subject in gone:
        place = bisect_left(names, in_order_by(subject), key=_place_of)
        if names[place : place + 1] != [str(subject)]:
            raise KeptFaultError(subject)
        del names[place]
    for subject in come:
        insort(names, str(subject), key=_place_of)
    return "\n".join(names) if names else ()


def _place_of(name: str) -> tuple[Kind, str, str]:
    return in_order_by(subject_of(name))


def as_order(value: object) -> tuple[object, ...]:
    """Return the keys of a kind in their order, from what was read.

    Raises:
        KeptFaultError: It is none.
    """
    if isinstance(value, str):
        return tuple(map(subject_of, value.split("\n")))
    if not isinstance(value, tuple):
        raise KeptFaultError(value)
    return value
