from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from blognet.kernel.problems import Severity
from blognet.site import LivePost, Pick, Published
from blognet.site.pages import Feed, ListPage, PostPage, Redirect, Sitemap, TombstonePage
from blognet.site.plan import plan
from tests.unit.site.published_values import (
    START,
    live_author,
    live_page,
    live_post,
    settings,
    tombstone,
)


def paths(published: Published, extra: str = "") -> set[str]:
    return {str(page.path) for page in plan(published, settings(extra)).pages}


def test_an_empty_network_has_a_home_feeds_and_a_page_for_wrong_addresses() -> None:
    assert paths(Published()) == {
        "/",
        "/404.html",
        "/atom.xml",
        "/feed.json",
        "/feed.xml",
        "/feeds.opml",
        "/feeds/",
        "/robots.txt",
        "/sitemap.xml",
        "/theme/article.css",
        "/theme/icon.svg",
        "/theme/rich.css",
        "/theme/style.css",
    }


def test_a_post_brings_its_page_its_files_and_every_list_it_belongs_to() -> None:
    post = live_post(
        "bells", tags=("Bronze",), topics=("towers",), series="Sound", files=("a.png",)
    )
    author = live_author("ann", team="Foundry", avatar="ann.JPG")
    found = paths(Published(posts=(post,), authors=(author,)))
    lists = {
        "/authors/ann/",
        "/tags/bronze/",
        "/topics/towers/",
        "/teams/foundry/",
        "/series/sound/",
    }
    feeds = {path + name for path in lists for name in ("feed.xml", "atom.xml", "feed.json")}
    others = {
        "/2026/",
        "/2026/bells/",
        "/2026/bells/a.png",
        "/archive/",
        "/authors/",
        "/authors/ann/avatar.jpg",
        "/search/",
        "/search/posts-2026.json",
        "/search/posts.json",
        "/search/words-0.json",
        "/tags/",
        "/topics/",
    }
    assert found - paths(Published()) == lists | feeds | others


def test_only_authors_with_a_listed_post_have_a_page_and_a_picture() -> None:
    published = Published(
        posts=(live_post("a", authors=("ann",)), live_post("b", authors=("bob",), unlisted=True)),
        authors=tuple(live_author(name, avatar=f"{name}.png") for name in ("ann", "bob", "cy")),
    )
    found = {path for path in paths(published) if path.startswith("/authors/") and "." not in path}
    assert found == {"/authors/", "/authors/ann/"}
    assert "/authors/bob/avatar.png" not in paths(published)


def test_an_author_without_an_approved_profile_has_a_page_under_the_bare_id() -> None:
    planned = plan(Published(posts=(live_post("a", authors=("zoe",)),)), settings())
    names = {str(key): item.name for key, item in planned.catalogue.listings.items()}
    assert names["author/zoe"] == "zoe"


def test_a_tag_is_one_list_under_its_commonest_spelling() -> None:
    posts = (
        live_post("a", tags=("machine learning",)),
        live_post("b", tags=("Machine Learning", "machine-learning")),
        live_post("c", tags=("Machine Learning",)),
    )
    planned = plan(Published(posts=posts), settings())
    tags = [item for key, item in planned.catalogue.listings.items() if key.kind == "tag"]
    assert [(item.name, len(item.posts)) for item in tags] == [("Machine Learning", 3)]


def test_of_two_spellings_used_equally_the_first_in_the_alphabet_is_shown() -> None:
    posts = (live_post("a", tags=("bells",)), live_post("b", tags=("Bells",)))
    planned = plan(Published(posts=posts), settings())
    names = {str(key): item.name for key, item in planned.catalogue.listings.items()}
    assert names["tag/bells"] == "Bells"


def test_a_tag_without_letters_is_reported_and_has_no_page() -> None:
    planned = plan(Published(posts=(live_post("a", tags=("!!!",)),)), settings())
    assert [problem.code for problem in planned.problems] == ["BN404"]
    assert not any(str(page.path).startswith("/tags/") for page in planned.pages)


def test_a_configured_topic_is_found_by_its_title_and_comes_in_the_configured_order() -> None:
    extra = "topics:\n- {id: wheels, title: Wheels and Gears}\n- {id: bells, title: Bells}\n"
    posts = (live_post("a", topics=("bells", "Wheels and gears")),)
    planned = plan(Published(posts=posts), settings(extra))
    index = next(page.shows for page in planned.pages if page.path == "/topics/")
    assert [str(key) for key in getattr(index, "terms")] == ["topic/wheels", "topic/bells"]  # noqa: B009


def test_a_second_language_has_its_own_home_lists_and_feeds_once_it_has_a_post() -> None:
    english = live_post("bells", tags=("bronze",))
    german = live_post("bells", language="de", tags=("Bronze",), title="Glocken")
    alone = paths(Published(posts=(english,)))
    both = paths(Published(posts=(english, german)))
    assert not any(path.startswith("/de/") for path in alone)
    assert {
        "/de/",
        "/de/2026/",
        "/de/2026/bells/",
        "/de/archive/",
        "/de/authors/",
        "/de/authors/ann/feed.xml",
        "/de/feed.xml",
        "/de/tags/bronze/atom.xml",
    } <= both
    assert alone <= both


def test_posts_of_one_id_or_one_translation_key_are_translations_of_each_other() -> None:
    posts = (
        live_post("bells"),
        live_post("bells", language="de"),
        live_post("wheels", translation_key="w"),
        live_post("raeder", language="de", translation_key="w"),
        live_post("secret", translation_key="s"),
        live_post("geheim", language="de", translation_key="s", unlisted=True),
    )
    pages = {page.key: page for page in plan(Published(posts=posts), settings()).pages}
    assert pages["post/bells"].alternates == (("", "/2026/bells/"), ("de", "/de/2026/bells/"))
    assert pages["post/raeder.de"].alternates == (("", "/2026/wheels/"), ("de", "/de/2026/raeder/"))
    assert pages["post/secret"].alternates == ()
    assert pages["post/geheim.de"].alternates == ()


def test_an_unlisted_post_has_its_page_and_is_in_no_list_feed_or_sitemap() -> None:
    hidden = live_post(
        "hidden", day=1, unlisted=True, tags=("odd",), series="S", files=("x.png",), language="de"
    )
    planned = plan(Published(posts=(live_post("seen"), hidden)), settings())
    without = plan(Published(posts=(live_post("seen"),)), settings())
    extra = {page.key: page for page in planned.pages if page not in without.pages}
    assert set(extra) == {"post/hidden.de", "asset/post/hidden.de/x.png"}
    assert not extra["post/hidden.de"].indexed


def test_the_newer_and_the_older_post_are_those_of_the_same_language_in_time() -> None:
    posts = (
        live_post("c", day=3),
        live_post("a", day=1),
        live_post("b", day=2),
        live_post("b2", day=2, language="de"),
        live_post("u", day=2, unlisted=True),
    )
    pages = {page.key: page.shows for page in plan(Published(posts=posts), settings()).pages}
    shown = pages["post/b"]
    assert isinstance(shown, PostPage)
    assert (shown.newer, shown.older) == (posts[0].subject, posts[1].subject)
    unlisted = pages["post/u"]
    assert isinstance(unlisted, PostPage)
    assert (unlisted.newer, unlisted.older) == (None, None)


def test_a_series_is_read_by_its_order_then_by_date() -> None:
    posts = (
        live_post("late", day=1, series="S"),
        live_post("two", day=2, series="S", series_order=2),
        live_post("one", day=3, series="S", series_order=1),
        live_post("later", day=4, series="S"),
    )
    pages = {page.key: page.shows for page in plan(Published(posts=posts), settings()).pages}
    shown = pages["series/s"]
    assert isinstance(shown, ListPage)
    assert [subject.id for subject in shown.entries] == ["one", "two", "late", "later"]


def test_years_are_those_of_the_network_s_time_zone() -> None:
    post = live_post("eve", day=0)
    midnight = "timezone: Pacific/Auckland\n"
    late = live_post("late", day=-1).date.replace(hour=23)
    new_year = type(post)(
        subject=post.subject,
        hash=post.hash,
        post=post.post,
        url=post.url,
        authors=post.authors,
        date=late,
    )
    assert "/2026/" in paths(Published(posts=(new_year,)), midnight)
    assert "/2025/" in paths(Published(posts=(new_year,)))


def test_an_alias_becomes_a_redirect() -> None:
    post = live_post("new", aliases=("/2019/o%6Cd%20one", "/old.html", "/2026/new/"))
    planned = plan(Published(posts=(post,)), settings())
    redirects = {
        str(page.path): page.shows.target
        for page in planned.pages
        if isinstance(page.shows, Redirect)
    }
    assert redirects == {"/2019/old one/": "/2026/new/", "/old.html": "/2026/new/"}
    assert planned.problems == ()


@pytest.mark.parametrize(
    "alias",
    [
        "../x",
        "/a/../b/",
        "https://x.org/",
        "//x.org/",
        "/a\\b",
        "/.git/x",
        "/%2e%2e/x/",
        "/a?b/",
        "",
    ],
)
def test_an_alias_that_is_no_address_of_the_site_is_reported(alias: str) -> None:
    planned = plan(Published(posts=(live_post("a", aliases=(alias,)),)), settings())
    assert [problem.code for problem in planned.problems] == ["BN402"]
    assert not any(isinstance(page.shows, Redirect) for page in planned.pages)


@pytest.mark.parametrize(
    "alias", ["/", "/2026/B/", "/feed.xml", "/feed.xml/x/", "/AUTHORS/", "/2026/b/a.png"]
)
def test_an_alias_never_takes_the_address_of_something_else(alias: str) -> None:
    posts = (live_post("a", aliases=(alias,)), live_post("b", files=("a.png",)))
    planned = plan(Published(posts=posts), settings())
    assert [(problem.code, problem.severity) for problem in planned.problems] == [
        ("BN401", Severity.WARNING)
    ]
    assert not any(isinstance(page.shows, Redirect) for page in planned.pages)


def test_two_posts_that_claim_one_alias_are_reported_and_the_first_gets_it() -> None:
    posts = (live_post("b", aliases=("/old/",)), live_post("a", aliases=("/old/",)))
    planned = plan(Published(posts=posts), settings())
    assert [problem.message for problem in planned.problems] == [
        "an alias of 'post/b' cannot be at /old/: an alias of 'post/a' is there"
    ]
    assert next(page for page in planned.pages if page.path == "/old/").shows == Redirect(
        post=posts[1].subject, target=posts[1].url
    )


def test_two_pages_at_one_address_are_an_error_that_names_both() -> None:
    published = Published(posts=(live_post("a"),), pages=(live_page("archive"),))
    planned = plan(published, settings())
    assert [(problem.code, problem.severity, problem.message) for problem in planned.problems] == [
        (
            "BN400",
            Severity.ERROR,
            "'archive' cannot be at /archive/: 'page/archive' is there",
        )
    ]


def test_addresses_that_differ_in_case_alone_collide() -> None:
    posts = (live_post("a", url="/2026/straße/"), live_post("b", url="/2026/STRASSE/"))
    planned = plan(Published(posts=posts), settings())
    assert [problem.code for problem in planned.problems] == ["BN400"]


def test_folders_that_differ_in_case_alone_collide() -> None:
    planned = plan(Published(posts=(live_post("a", files=("Sub/x.png", "sub/y.png")),)), settings())
    assert [problem.message for problem in planned.problems] == [
        "'asset/post/a/sub/y.png' cannot be at /2026/a/sub/y.png: 'asset/post/a/Sub/x.png' is at /2026/a/Sub/x.png"
    ]


def test_an_address_that_leaves_the_site_is_an_error() -> None:
    planned = plan(Published(posts=(live_post("a", url="/../../etc/"),)), settings())
    assert [problem.code for problem in planned.problems] == ["BN405"]
    assert all(".." not in page.path for page in planned.pages)


@pytest.mark.parametrize(
    "name",
    ["x.html", "x.js", ".htaccess", "a/.b/x.png", "index.html", "x.xml", "noending", "what?.png"],
)
def test_a_file_that_a_browser_or_server_could_run_is_not_published(name: str) -> None:
    planned = plan(Published(posts=(live_post("a", files=(name,)),)), settings())
    assert [problem.code for problem in planned.problems] == ["BN403"]
    assert not any(page.key.startswith("asset/") for page in planned.pages)


def test_a_retracted_post_leaves_a_tombstone_alone() -> None:
    published = Published(posts=(live_post("b"),), tombstones=(tombstone("a", target="b"),))
    planned = plan(published, settings())
    without = plan(Published(posts=(live_post("b"),)), settings())
    extra = [page for page in planned.pages if page not in without.pages]
    assert [(page.path, page.indexed) for page in extra] == [("/2026/a/", False)]
    shown = extra[0].shows
    assert isinstance(shown, TombstonePage)
    assert shown.target == "/2026/b/"


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("b", "/2026/b/"),
        ("post/b", "/2026/b/"),
        ("/2026/b/", "/2026/b/"),
        ("https://else.example/", "https://else.example/"),
        ("gone", ""),
        ("/../x", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_tombstone_leads_to_what_is_live(target: str, address: str) -> None:
    published = Published(posts=(live_post("b"),), tombstones=(tombstone("a", target=target),))
    shown = next(
        page.shows for page in plan(published, settings()).pages if page.path == "/2026/a/"
    )
    assert isinstance(shown, TombstonePage)
    assert shown.target == address


def test_feeds_hold_the_configured_number_of_the_newest_posts() -> None:
    posts = tuple(live_post(f"p{day}", day=day) for day in range(5))
    planned = plan(Published(posts=posts), settings("feeds: {items: 2}\n"))
    feeds = [page.shows for page in planned.pages if isinstance(page.shows, Feed)]
    assert len(feeds) == 6
    assert {feed.entries for feed in feeds} == {(posts[4].subject, posts[3].subject)}


def test_the_sitemap_lists_what_search_engines_may_list_and_nothing_else() -> None:
    posts = (live_post("a", aliases=("/old/",), files=("x.png",)), live_post("u", unlisted=True))
    published = Published(posts=posts, pages=(live_page("about"),), tombstones=(tombstone("gone"),))
    shown = next(
        page.shows for page in plan(published, settings()).pages if page.path == "/sitemap.xml"
    )
    assert isinstance(shown, Sitemap)
    assert [str(entry.path) for entry in shown.entries] == [
        "/",
        "/2026/",
        "/2026/a/",
        "/about/",
        "/archive/",
        "/authors/",
        "/authors/ann/",
        "/feeds/",
    ]


def test_what_the_mayors_recommend_stands_on_its_page_the_newest_first() -> None:
    def picked(slug: str, *places: tuple[str, int], unlisted: bool = False) -> LivePost:
        picks = tuple(Pick(topic=topic, when=START + timedelta(days=day)) for topic, day in places)
        post = live_post(slug, topics=("bells",), unlisted=unlisted)
        return replace(post, picks=picks)

    posts = (
        picked("a", ("", 1)),
        picked("b", ("", 2), ("bells", 1), ("wheels", 9)),
        picked("c", ("bells", 3)),
        picked("d", ("", 5), unlisted=True),
        picked("e"),
    )
    pages = plan(Published(posts=posts), settings("posts_per_page: 2\n")).pages
    found = {
        str(page.path): [subject.id for subject in page.shows.picks]
        for page in pages
        if isinstance(page.shows, ListPage) and page.shows.picks
    }
    assert found == {"/": ["b", "a"], "/topics/bells/": ["c", "b"]}


def test_another_word_for_a_tag_leads_to_the_tag_in_any_case_of_letters() -> None:
    posts = (
        live_post("a", tags=("JS", "javascript")),
        live_post("b", tags=("js",)),
        live_post("c", tags=("Java",), topics=("js",)),
    )
    planned = plan(Published(posts=posts), settings("tags: {aliases: {Js: JavaScript}}\n"))
    found = {
        str(key): (item.name, len(item.posts))
        for key, item in planned.catalogue.listings.items()
        if key.kind in {"tag", "topic"}
    }
    assert found == {
        "tag/java": ("Java", 1),
        "tag/javascript": ("JavaScript", 2),
        "topic/js": ("js", 1),
    }
