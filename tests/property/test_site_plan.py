from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.ids import parse_site_path
from blognet.site import LivePost, Published
from blognet.site.addresses import output_name
from blognet.site.pages import Asset, Feed, ListKind, ListPage, PostPage
from blognet.site.plan import plan
from tests.unit.site.published_values import (
    START,
    live_author,
    live_page,
    live_post,
    settings,
    tombstone,
)

if TYPE_CHECKING:
    from random import Random

    from blognet.site import Plan

SLUGS = [f"s{number}" for number in range(12)]
WORDS = st.sampled_from(["Bells", "bells", "Wheels", "C++", "Ünï", "!", "a b", "A-B"])
CONFIG = settings("posts_per_page: 2\nfeeds: {items: 3}\n")


@st.composite
def live_posts(draw: st.DrawFn, slug: str) -> LivePost:
    return live_post(
        slug,
        day=draw(st.integers(0, 900)),
        language=draw(st.sampled_from(["", "", "de"])),
        authors=tuple(
            draw(st.lists(st.sampled_from(["ann", "bob", "cy"]), min_size=1, max_size=3))
        ),
        tags=tuple(draw(st.lists(WORDS, max_size=3))),
        topics=tuple(draw(st.lists(WORDS, max_size=1))),
        series=draw(st.sampled_from(["", "", "S"])),
        unlisted=draw(st.sampled_from([False, False, False, True])),
        translation_key=draw(st.sampled_from(["", "k"])),
        aliases=tuple(
            draw(st.lists(st.sampled_from(["/x", "/2026/s1/", "/tags/", "nope"]), max_size=2))
        ),
        files=tuple(draw(st.sets(st.sampled_from(["a.png", "A.png", "index.html", "sub/b.pdf"])))),
    )


@st.composite
def networks(draw: st.DrawFn) -> Published:
    slugs = draw(st.lists(st.sampled_from(SLUGS), unique=True, max_size=10))
    gone = draw(st.lists(st.sampled_from(["g1", "g2"]), unique=True))
    return Published(
        posts=tuple(draw(live_posts(slug)) for slug in slugs),
        pages=tuple(
            live_page(slug)
            for slug in draw(st.lists(st.sampled_from(["about", "tags"]), unique=True))
        ),
        authors=tuple(
            live_author(name, team="T", avatar="x.png")
            for name in draw(st.sets(st.sampled_from(["ann", "bob"])))
        ),
        tombstones=tuple(
            tombstone(slug, target=draw(st.sampled_from(["", "s1", "s2"]))) for slug in gone
        ),
    )


def planned(published: Published) -> Plan:
    return plan(published, CONFIG)


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_the_content_never_shows(published: Published, chance: Random) -> None:
    posts, authors = list(published.posts), list(published.authors)
    chance.shuffle(posts)
    chance.shuffle(authors)
    shuffled = replace(published, posts=tuple(posts), authors=tuple(authors))
    assert planned(shuffled) == planned(published)


@given(networks())
def test_every_file_has_a_safe_name_of_its_own_and_every_page_a_key_of_its_own(
    published: Published,
) -> None:
    pages = planned(published).pages
    assert [page.path for page in pages if parse_site_path(page.path) is None] == []
    names = [output_name(page.path).casefold() for page in pages]
    assert len(set(names)) == len(names)
    assert len({page.key for page in pages}) == len(pages)
    folders = {name.rpartition("/")[0] for name in names}
    assert not folders & set(names)


@given(networks())
def test_every_list_shows_exactly_the_listed_posts_that_belong_to_it(published: Published) -> None:
    listed = [live for live in published.posts if live.is_listed]
    shown: dict[tuple[str, str, str], set[str]] = {}
    for page in planned(published).pages:
        if isinstance(page.shows, ListPage):
            key = page.shows.list
            names = {subject.name for subject in page.shows.entries}
            shown.setdefault((key.kind, key.id, key.language), set()).update(names)
    for author in ("ann", "bob", "cy"):
        for language in ("", "de"):
            expected = {
                live.subject.name
                for live in listed
                if author in live.authors and live.subject.language == language
            }
            assert shown.get((ListKind.AUTHOR, author, language), set()) == expected
    for language in ("", "de"):
        expected = {live.subject.name for live in listed if live.subject.language == language}
        assert shown.get((ListKind.HOME, "", language), set()) == expected


@given(networks())
def test_a_feed_holds_the_newest_posts_of_its_list_newest_first(published: Published) -> None:
    found = planned(published)
    for page in found.pages:
        if isinstance(page.shows, Feed):
            posts = found.catalogue.listings[page.shows.list].posts
            assert page.shows.entries == tuple(live.subject for live in posts[:3])
            dates = [live.date for live in posts]
            assert dates == sorted(dates, reverse=True)


@given(networks())
def test_without_its_unlisted_posts_a_site_is_the_same_but_for_their_own_pages(
    published: Published,
) -> None:
    hidden = {live.subject for live in published.posts if not live.is_listed}
    listed = tuple(live for live in published.posts if live.is_listed)
    # Their old addresses and a link from a tombstone are asked for by name, and so not part of this.
    plain = replace(published, tombstones=(), posts=tuple(map(without_aliases, published.posts)))
    with_hidden = planned(plain)
    without = planned(replace(plain, posts=tuple(map(without_aliases, listed))))
    extra = [page for page in with_hidden.pages if page not in without.pages]
    assert [page for page in without.pages if page not in with_hidden.pages] == []
    for page in extra:
        assert not page.indexed
        assert isinstance(page.shows, PostPage | Asset)
        if isinstance(page.shows, PostPage):
            assert page.shows.post in hidden


@given(networks())
def test_a_new_post_touches_two_pages_of_each_of_its_lists_and_no_page_of_another_list(
    published: Published,
) -> None:
    newest = replace(
        live_post("newest", authors=("ann",), tags=("Bells",)), date=START + timedelta(days=2000)
    )
    before = {page.key: page for page in planned(published).pages}
    after = {
        page.key: page
        for page in planned(replace(published, posts=(*published.posts, newest))).pages
    }
    touched: dict[str, list[str]] = {}
    for key, page in before.items():
        if isinstance(page.shows, ListPage) and after[key].shows != page.shows:
            touched.setdefault(str(page.shows.list), []).append(key)
    assert set(touched) <= {"home", "author/ann", "tag/bells", "team/t"}
    assert all(len(keys) <= 2 for keys in touched.values())


def without_aliases(live: LivePost) -> LivePost:
    return replace(live, post=replace(live.post, front=replace(live.post.front, aliases=())))
