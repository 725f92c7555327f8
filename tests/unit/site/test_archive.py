from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.site import Published, lists
from tests.unit.site.published_values import build, live_post

if TYPE_CHECKING:
    import pytest

POSTS = tuple(live_post(f"p{number}", day=number * 100) for number in range(6))


def test_the_archive_names_every_post() -> None:
    built = build(Published(posts=POSTS))
    assert all(f">{live.post.front.title}<" in built.text("/archive/") for live in POSTS)


def test_the_archive_of_very_many_posts_leaves_them_to_the_years(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "LISTED_AT_MOST", len(POSTS) - 1)
    built = build(Published(posts=POSTS))
    archive, year = built.text("/archive/"), built.text("/2026/")
    named = [live for live in POSTS if live.date.year == 2026]  # the year looked at
    assert not any(f">{live.post.front.title}<" in archive for live in POSTS)
    assert f"{len(named)} posts" in archive
    assert all(f">{live.post.front.title}<" in year for live in named)
