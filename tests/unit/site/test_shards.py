"""A site is dealt out to shards by its plan alone: each file to one of them, and none has much more than its part."""

from __future__ import annotations

from collections import Counter

import pytest

from blognet.site import Plan, Published
from blognet.site.pages import PostPage, SearchPosts, SearchWords
from blognet.site.plan import plan
from blognet.site.shards import Shard, pages_in_shards, shard_in, shards_of
from tests.unit.site.published_values import live_author, live_post, settings


def planned(posts: int = 60) -> Plan:
    published = Published(
        posts=tuple(
            live_post(
                f"post-{number}",
                day=number,
                authors=(f"author-{number % 4}",),
                tags=(f"tag-{number % 7}",),
            )
            for number in range(posts)
        ),
        authors=tuple(live_author(f"author-{number}") for number in range(4)),
    )
    return plan(published, settings())


@pytest.mark.parametrize("of", [1, 2, 3, 7, 500])
def test_every_file_is_in_one_shard_and_every_shard_counts_from_one(of: int) -> None:
    site = planned()
    found = pages_in_shards(site.pages, site.catalogue, of)
    assert found.keys() == {page.path for page in site.pages}
    assert set(found.values()) <= set(range(1, of + 1))
    assert set(shards_of(site.catalogue, of).values()) <= set(range(1, of + 1))


def test_the_order_of_pages_decides_nothing() -> None:
    site = planned()
    backwards = pages_in_shards(site.pages[::-1], site.catalogue, 3)
    assert backwards == pages_in_shards(site.pages, site.catalogue, 3)


def test_posts_of_neighbouring_days_are_together() -> None:
    site = planned()
    found = pages_in_shards(site.pages, site.catalogue, 3)
    dates = {
        page.path: site.catalogue.contents[page.shows.post].date
        for page in site.pages
        if isinstance(page.shows, PostPage)
    }
    numbers = [found[path] for path in sorted(dates, key=lambda path: dates[path])]
    assert numbers == sorted(numbers)
    assert Counter(numbers).most_common() == [(1, 22), (2, 21), (3, 17)]


def test_what_is_worked_out_in_one_go_is_in_one_shard() -> None:
    site = planned()
    found = pages_in_shards(site.pages, site.catalogue, 4)
    search = [p.path for p in site.pages if isinstance(p.shows, SearchPosts | SearchWords)]
    assert search
    assert {found[path] for path in search} == {1}


def test_no_shard_has_much_more_files_than_another() -> None:
    site = planned(300)
    counts = Counter(pages_in_shards(site.pages, site.catalogue, 4).values())
    assert max(counts.values()) < 2 * min(counts.values())


@pytest.mark.parametrize("text", ["1/1", "2/5", "1000/1000"])
def test_a_shard_is_read_as_it_is_written(text: str) -> None:
    assert str(shard_in(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "0/2",
        "3/2",
        "1/0",
        "1/1001",
        "-1/2",
        "1/2/3",
        "a/b",
        "1/",
        "/2",
        "\u0661/\u0662",
        " 1/2",
    ],
)
def test_what_is_no_shard_is_not_read(text: str) -> None:
    assert shard_in(text) is None


def test_shards_sort_by_their_number() -> None:
    assert Shard(number=2, of=10) < Shard(number=10, of=10)
