"""Whether new files have room beside others is what giving all of them their addresses says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from blognet.kernel.ids import SitePath, parse_site_path
from blognet.site.collisions import Claim, Rank, has_room, without_collisions
from blognet.site.pages import Asset, Page

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTS = ("a", "A", "a-b", "a.b", "a0", "ab", "é", "É", "ß", "ss", "SS", "ǰ", "J\u030c")
NAMES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map("/".join)


def settled(names: Iterable[str], rank: Rank) -> tuple[Claim, ...]:
    pages = (
        Page(key=name, path=SitePath(f"/{name}"), shows=Asset(sha256="")) for name in sorted(names)
    )
    return tuple(Claim(rank=rank, page=page) for page in pages)


@example({"A/a"}, {"a/b"}, set())
@example({"a-b", "a.b/a", "a/b"}, {"a/B"}, set())
@example({"a"}, {"a/b"}, {"a"})
@given(st.sets(NAMES, max_size=12), st.sets(NAMES, min_size=1, max_size=2), st.sets(NAMES))
def test_new_files_have_room_where_each_gets_its_address(
    names: set[str], new: set[str], without: set[str]
) -> None:
    there, _ = without_collisions(settled(names, Rank.SITE))
    known = sorted(page.path.removeprefix("/") for page in there)
    claims = (*settled(set(known) - without, Rank.SITE), *settled(new, Rank.MOVED))
    _, problems = without_collisions(claims)
    assert has_room(known, new, without=without) == (not problems)


def test_the_parts_of_these_names_are_addresses() -> None:
    assert all(parse_site_path(f"/{part}") for part in PARTS)
