"""What is kept of words from build to build changes no answer, after any sequence of edits."""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random, SystemRandom
from typing import TYPE_CHECKING

import pytest

from blognet.render.bodies import render_bodies
from blognet.render.search import Searchable, SearchFiles
from blognet.site import Published, catalogue_of
from blognet.site.pages import SearchPosts, SearchWords
from blognet.site.related import related_posts
from blognet.site.search import search_pages
from tests.conftest import IN_CI
from tests.unit.site.published_values import built_in_words, live_author, live_post, settings
from tests.unit.site.rows import Rows

if TYPE_CHECKING:
    from blognet.site import LivePost

STEPS = int(os.environ.get("BLOGNET_STEPS", "60"))
SEED = int(os.environ.get("BLOGNET_SEED", "0")) or (
    7 if IN_CI else SystemRandom().randrange(1, 1_000_000)
)
WORDS = [f"{first}{second}" for first in "brass clock tower".split() for second in "abcdefghijklm"]


def any_post(name: str, chance: Random) -> LivePost:
    # Few words are common and many are rare, as in texts that people write.
    body = " ".join(WORDS[int(len(WORDS) * chance.random() ** 2)] for _ in range(25))
    return live_post(
        name,
        day=chance.randrange(1, 20),
        title=chance.choice(WORDS),
        body=f"{body} {'Köln 時計塔' if chance.random() < 0.2 else ''}",
        tags=tuple(chance.sample(["bells", "ropes", "gears"], chance.randrange(3))),
        authors=(chance.choice(["ann", "ben"]),),
        series=chance.choice(["", "", "Towers"]),
        language=chance.choice(["", "", "", "de"]),
        unlisted=chance.random() < 0.1,
    )


def edited(posts: dict[str, LivePost], number: int, chance: Random) -> None:
    """Add, change or take away some posts; networks grow more often than they shrink."""
    for _ in range(chance.choice([1, 1, 1, 4])):
        known = sorted(posts)
        what = chance.random()
        if known and what < 0.25:
            del posts[chance.choice(known)]
        elif known and what < 0.55:
            name = chance.choice(known)
            posts[name] = any_post(name, chance)
        else:
            name = f"p{number}-{chance.randrange(1000)}"
            posts[name] = any_post(name, chance)


@pytest.mark.parametrize("start", [0, 70])
def test_related_posts_and_the_search_are_the_same_with_and_without_what_is_kept(
    start: int,
) -> None:
    chance = Random(SEED + start)  # noqa: S311  # any order will do
    posts: dict[str, LivePost] = {}
    for number in range(start):
        posts[f"first{number}"] = any_post(f"first{number}", chance)
    config, rows = settings(), Rows()
    for number in range(STEPS):
        edited(posts, number, chance)
        authors = tuple(
            live_author(ident, f"{ident.title()} {number // 20}") for ident in ("ann", "ben")
        )
        published = Published(posts=tuple(posts.values()), authors=authors)
        catalogue = catalogue_of(published, config)
        told = f"BLOGNET_SEED={SEED} step {number}"
        assert related_posts(catalogue, 3, rows) == related_posts(catalogue, 3), told
        made_from = Searchable(
            catalogue=catalogue,
            config=config,
            documents=render_bodies(catalogue, config, built_in_words()).posts,
            key_of=lambda live: live.hash.hex,
        )
        afresh, kept = SearchFiles(made_from), SearchFiles(replace(made_from, shelf=rows))
        assert kept.digests() == afresh.digests(), told
        for page in search_pages(catalogue, config):
            if isinstance(page.shows, SearchPosts | SearchWords):
                expected = afresh.file(page.path, page.language)
                assert kept.file(page.path, page.language) == expected, told
