"""A handful of facts, one change, the expected set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.engine import Cause, FactKey, Settled, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# What each thing was made from. `card` is inside; everything that begins with `page` is made at the end.
NEEDS = {
    "card one": ("text one", "setting title"),
    "card two": ("text two",),
    "list": ("card one", "card two"),
    "page one": ("text one", "card two"),
    "page two": ("text two", "card one"),
    "page list": ("list",),
    "page alone": ("setting colour",),
}


def _settled(*changed: str, same: tuple[str, ...] = ()) -> Settled:
    def readers(keys: Iterable[FactKey]) -> Iterator[tuple[FactKey, FactKey]]:
        for key in keys:
            yield from ((key, FactKey(each)) for each, needs in NEEDS.items() if key in needs)

    def remake(key: FactKey) -> bool | None:
        return None if key.startswith("page ") else key not in same

    return settle(map(FactKey, changed), readers, remake)


def test_nothing_changed_and_nothing_is_made() -> None:
    assert _settled() == Settled(outdated={}, remade={}, same=())


def test_a_change_reaches_all_that_read_it_through_what_lies_between() -> None:
    found = _settled("text one")
    assert set(found.outdated) == {"page one", "page two", "page list"}
    assert set(found.remade) == {"card one", "list"}


def test_what_comes_out_the_same_ends_the_wave() -> None:
    found = _settled("text one", same=("card one",))
    assert set(found.outdated) == {"page one"}
    assert found.same == ("card one",)


def test_the_wave_ends_only_where_nothing_else_feeds_it() -> None:
    found = _settled("text one", "text two", same=("card one",))
    assert set(found.outdated) == {"page one", "page two", "page list"}


def test_what_nobody_read_changes_nothing() -> None:
    assert _settled("setting footer").outdated == {}


def test_what_lies_inside_is_made_before_what_shows_it() -> None:
    order: list[str] = []

    def readers(keys: Iterable[FactKey]) -> Iterator[tuple[FactKey, FactKey]]:
        for key in keys:
            yield from ((key, FactKey(each)) for each, needs in NEEDS.items() if key in needs)

    def remake(key: FactKey) -> bool:
        order.append(key)
        return True

    settle([FactKey("text one")], readers, remake)
    assert order.index("card one") < order.index("list") < order.index("page list")


@pytest.mark.parametrize(
    ("page", "chain"),
    [
        ("page one", ["page one", "text one"]),
        ("page list", ["page list", "list", "card one", "text one"]),
        ("page alone", ["page alone"]),
    ],
)
def test_the_chain_leads_from_a_page_to_what_changed(page: str, chain: list[str]) -> None:
    assert list(_settled("text one").chain_of(FactKey(page))) == chain


def test_of_several_causes_the_first_by_name_is_told() -> None:
    found: Mapping[FactKey, Cause] = _settled("text one", "setting title").remade
    assert found[FactKey("card one")] == Cause(changed=FactKey("setting title"))


def test_traces_that_go_round_in_a_circle_are_survived() -> None:
    circle = {"a": ("b", "fact"), "b": ("a",)}

    def readers(keys: Iterable[FactKey]) -> Iterator[tuple[FactKey, FactKey]]:
        for key in keys:
            yield from ((key, FactKey(each)) for each, needs in circle.items() if key in needs)

    found = settle([FactKey("fact")], readers, lambda _: True)
    assert "a" in found.remade
