"""What halving finds in a list of names is what looking at every post finds, and few posts are looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.site.catalogue import newest_first, year_in
from blognet.site.lists import years_of
from blognet.site.members import (
    Members,
    have_years_in_order,
    members_of,
    picked_in,
    spans_of,
    subjects,
)
from blognet.site.published import LivePost, Pick
from tests.unit.site.published_values import START, live_post, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS = st.integers(-800, 800)
DATES = st.dictionaries(st.sampled_from([f"p{number}" for number in range(20)]), DAYS, max_size=12)


def lives(dates: Mapping[str, int]) -> tuple[LivePost, ...]:
    return newest_first(tuple(live_post(slug, day=day) for slug, day in dates.items()))


@given(DATES, DATES, st.sets(st.integers(0, 11)))
def test_posts_that_left_and_came_stand_where_sorting_puts_them(
    before: Mapping[str, int], more: Mapping[str, int], places: set[int]
) -> None:
    olds = lives(before)
    gone = tuple(live for place, live in enumerate(olds) if place in places)
    stay = tuple(live for live in olds if live not in gone)
    come = {
        live.subject: live
        for live in lives(more)
        if live.subject not in {each.subject for each in stay}
    }
    now, behind = members_of(olds).exchanged(gone, come)
    expected = newest_first((*stay, *come.values()))
    assert tuple(now) == expected
    same = [one is other for one, other in zip(reversed(olds), reversed(expected), strict=False)]
    assert all(same[:behind])
    if gone or come:
        assert behind == len(same) or not same[behind]
    else:
        assert behind == len(olds)


@given(DATES, st.integers(-14, 14), st.integers(-14, 14), st.sampled_from([None, 1, 2, -1, -3]))
def test_posts_told_by_name_are_looked_up_as_in_a_tuple(
    dates: Mapping[str, int], start: int, end: int, step: int | None
) -> None:
    posts, told = lives(dates), members_of(lives(dates))
    assert told[start:end:step] == posts[start:end:step]
    assert (tuple(told), tuple(reversed(told))) == (posts, posts[::-1])
    if -len(posts) <= start < len(posts):
        assert told[start] == posts[start]
    else:
        with pytest.raises(IndexError):
            told[start]


@given(DATES)
def test_neighbours_are_those_in_the_order_of_dates(dates: Mapping[str, int]) -> None:
    posts = lives(dates)
    found = [members_of(posts).beside(live) for live in posts]
    names = [None, *(live.subject for live in posts), None]
    assert found == [(names[at], names[at + 2]) for at in range(len(posts))]


@given(DATES, DAYS)
def test_a_post_that_is_not_there_stands_between_two(dates: Mapping[str, int], day: int) -> None:
    new = live_post("zz", day=day)
    posts = newest_first((*lives(dates), new))
    at = posts.index(new)
    beside = tuple(live.subject for live in (*posts[max(0, at - 1) : at], *posts[at + 1 : at + 2]))
    assert members_of(lives(dates)).around(new) == beside


@given(DATES, st.sampled_from(["UTC", "Pacific/Kiritimati", "America/Los_Angeles"]))
def test_years_are_where_counting_finds_them(dates: Mapping[str, int], zone: str) -> None:
    posts, config = lives(dates), settings(f"timezone: {zone}")
    spans = spans_of(members_of(posts), ZoneInfo(zone))
    found = [(year, subjects(posts, *span)) for year, span in spans.items()]
    assert found == [(year.year, year.posts) for year in years_of(posts, "", config)]


def test_posts_of_a_time_in_which_clocks_went_back_over_a_year_may_not_be_in_order() -> None:
    early, late = (datetime(1944, 1, 1, 6, minute, tzinfo=UTC) for minute in (0, 30))
    phoenix = ZoneInfo("America/Phoenix")
    assert year_in(phoenix, early) > year_in(phoenix, late)
    assert not have_years_in_order((live_post("new"), replace(live_post("old"), date=late)))
    assert have_years_in_order((live_post("new"),))
    assert have_years_in_order(())


def test_one_more_of_a_thousand_posts_looks_at_few() -> None:
    posts = {f"post/p{number}": live_post(f"p{number}", day=-number) for number in range(1000)}
    asked: list[str] = []

    def find(name: str) -> LivePost:
        asked.append(name)
        return posts[name]

    new = replace(live_post("new"), date=START - timedelta(days=400, hours=1))
    now, behind = Members(list(posts), find, tuple).exchanged((), {new.subject: new})
    assert (now.names.index("post/new"), behind) == (401, 599)
    assert len(asked) < 12


def test_a_post_that_is_not_there_cannot_go() -> None:
    posts = members_of((live_post("here"),))
    with pytest.raises(ValueError, match="post/here"):
        posts.exchanged((), {posts[0].subject: posts[0]})
    with pytest.raises(ValueError, match="post/gone"):
        posts.exchanged((live_post("gone"),), {})


def test_recommended_posts_are_told_without_looking_at_others() -> None:
    pick = Pick(topic="", when=START)
    posts = {"post/one": live_post("one", day=2), "post/two": live_post("two", day=1)}
    posts["post/two"] = replace(posts["post/two"], picks=(pick,))
    told = Members(list(posts), posts.__getitem__, lambda: ("post/two", "post/elsewhere"))
    assert picked_in(told) == (posts["post/two"],)
