"""When two things want one address. Answers which one gets it, and says so to both.

Addresses collide when their files would: compared without regard to case and after Unicode normalisation, as many
file systems do, and when one file would have to be the folder of another.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, assert_never

from blognet.kernel.ids import parse_site_path
from blognet.kernel.problems import Location, Problem, Severity
from blognet.site import codes
from blognet.site.addresses import output_name
from blognet.site.pages import PlainPage, PostPage, Redirect, TombstonePage

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from blognet.site.pages import Page


class Rank(IntEnum):
    """Who gets an address that two want: the lower number."""

    SITE = 0
    ARTICLE = 1
    TOMBSTONE = 2
    LIST = 3
    THEME = 4
    FILE = 5
    ALIAS = 6
    MOVED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A page that wants its address."""

    rank: Rank
    page: Page


def without_collisions(
    claims: tuple[Claim, ...],
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Give each address to one page.

    Returns:
        The pages that got theirs, by rank and key; and a problem for each that did not: an error when it is a whole
        page, a warning when it is only an old address or a file of a bundle.
    """
    pages: list[Page] = []
    problems: list[Problem] = []
    owners: dict[str, tuple[str, Page]] = {}
    for claim in sorted(claims, key=lambda claim: (int(claim.rank), claim.page.key)):
        page = claim.page
        if parse_site_path(page.path) is None:
            problems.append(_unusable(page))
            continue
        places = tuple((_folded(each), each) for each in _places_of(output_name(page.path)))
        owner = _owner_of(places, owners)
        if owner is not None:
            problems.append(_taken(claim, owner))
            continue
        for folded, place in places:
            owners.setdefault(folded, (place, page))
        pages.append(page)
    return tuple(pages), tuple(problems)


def has_room(names: Sequence[str], new: Iterable[str], *, without: Container[str] = ()) -> bool:
    """Whether files can be put beside others without a collision with them, or among themselves.

    Args:
        names: Of the files that are there, in the output folder; sorted.
        new: Of those to be put there.
        without: Names of files that are there no longer.
    """
    some = tuple(new)
    taken: dict[str, str] = {}

    def has_place(name: str) -> bool:
        places = _places_of(name)
        known = (taken.setdefault(_folded(place), "") for place in places)
        fits = all(
            not there or (there == place and place.endswith("/"))
            for there, place in zip(known, places, strict=True)
        )
        taken.update((_folded(place), place) for place in places)
        return fits

    for name in _near(names, some):
        if name not in without:
            has_place(name)
    return all(map(has_place, some))


def _near(names: Sequence[str], new: Iterable[str]) -> Iterator[str]:
    """Give those of some sorted names that may collide with others: their first two parts begin alike."""
    heads: dict[str, list[str]] = {}
    tops = set[str]()
    for name in new:
        top, _, rest = name.partition("/")
        tops.add(top)
        heads.setdefault(_folded(top), []).append(_folded(f"{top}/{rest.partition('/')[0]}"))
    start = 0
    while start < len(names):
        top, slash, _ = names[start].partition("/")
        end = bisect_left(names, f"{top}0", start) if slash else start + 1  # "0" follows "/"
        if wanted := tuple(heads.get(_folded(top), ())):
            is_alike = slash and top in tops  # as nearly always; else it collides by its spelling
            yield from (
                name
                for name in names[start:end]
                if not is_alike or _folded(name).startswith(wanted)
            )
        start = end


def _places_of(name: str) -> tuple[str, ...]:
    """Return the folders of a file, each with a slash at its end, and the file."""
    places = [name]
    end = name.rfind("/")
    while end > 0:
        places.append(name[: end + 1])
        end = name.rfind("/", 0, end)
    return tuple(reversed(places))


def _owner_of(
    places: tuple[tuple[str, str], ...], owners: Mapping[str, tuple[str, Page]]
) -> Page | None:
    """Return who has one of the places already; a folder may be shared, if it is spelled the same."""
    for folded, place in places:
        known = owners.get(folded)
        if known is not None and (known[0] != place or not place.endswith("/")):
            return known[1]
    return None


def _folded(place: str) -> str:
    if place.isascii():
        return place.rstrip("/").lower()
    decomposed = unicodedata.normalize("NFD", place.rstrip("/"))
    return unicodedata.normalize("NFC", decomposed.casefold())


def _taken(claim: Claim, owner: Page) -> Problem:
    match claim.rank:
        case Rank.ALIAS | Rank.MOVED:
            code, severity = codes.ALIAS_TAKEN, Severity.WARNING
            ours = claim.page.key.startswith("moved/")
            where = "redirects in blognet.yml" if ours else "the post's aliases"
            hint = f"remove the address from {where}"
        case Rank.FILE:
            code, severity = codes.FILE_NOT_PUBLISHED, Severity.WARNING
            hint = "give the file another name"
        case Rank.SITE | Rank.ARTICLE | Rank.TOMBSTONE | Rank.LIST | Rank.THEME:
            code, severity = codes.ADDRESS_TAKEN, Severity.ERROR
            hint = "retract one of the two, or approve it under another slug"
        case _:
            assert_never(claim.rank)
    path = claim.page.path
    place = "there" if owner.path == path else f"at {owner.path}"
    return Problem(
        location=Location(path=_place_of(claim.page)),
        code=code,
        severity=severity,
        message=f"{_name_of(claim.page)} cannot be at {path}: {_name_of(owner)} is {place}",
        hint=hint,
    )


def _unusable(page: Page) -> Problem:
    return Problem(
        location=Location(path=_place_of(page)),
        code=codes.ADDRESS_UNUSABLE,
        message=f"'{page.key}' has the address {page.path!r}, which is not inside the site",
        hint="run `mayor verify`",
    )


def _name_of(page: Page) -> str:
    if isinstance(page.shows, Redirect) and page.shows.post:
        return f"an alias of '{page.shows.post}'"
    return "a redirect of blognet.yml" if page.key.startswith("moved/") else f"'{page.key}'"


def _place_of(page: Page) -> str:
    """Return the part of the record that a page comes from; its file on the site when it is none of the record's."""
    match page.shows:
        case Redirect(post=None):
            return "blognet.yml"
        case PostPage(post=subject) | PlainPage(page=subject) | Redirect(post=subject):
            return f"record/{subject}"
        case TombstonePage(tombstone=tombstone):
            return f"record/{tombstone.subject}"
        case _:
            return f"site/{output_name(page.path)}"
