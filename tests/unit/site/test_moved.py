"""Lists and feeds that lead on, and `urls.lock`."""

from __future__ import annotations

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.errors import ConfigError
from blognet.kernel.ids import SitePath
from blognet.site import Published
from blognet.site.pages import Feed, Redirect
from blognet.site.plan import plan
from blognet.site.urls_lock import Kept, read_urls_lock, worth_keeping, write_urls_lock
from tests.unit.site.published_values import build, live_post, settings

PUBLISHED = Published(
    posts=tuple(live_post(f"p{day}", day=day, tags=("Metal",)) for day in range(3))
)


def kept(*paths: str) -> tuple[Kept, ...]:
    return tuple(Kept(path=SitePath(path), line=line) for line, path in enumerate(paths, start=3))


def leads(redirects: str, *paths: str) -> dict[str, str]:
    """Return where the pages that lead on lead; a feed at a second address leads to its list's key."""
    found = plan(PUBLISHED, settings(redirects), kept=kept(*paths))
    assert found.problems == ()
    old = {page.path: page.shows for page in found.pages if page.key.startswith("moved/")}
    return {
        str(path): shows.target if isinstance(shows, Redirect) else f"{shows.list} {shows.format}"
        for path, shows in old.items()
        if isinstance(shows, Redirect | Feed)
    }


def test_a_list_that_moved_takes_its_feeds_and_what_is_kept_below_it_along() -> None:
    found = leads(
        "redirects: {/tags/brass: /tags/metal/}\n",
        "/tags/brass/", "/tags/brass/feed.xml", "/tags/brass/page/7/", "/tags/brass/odd/",
    )  # fmt: skip
    assert found == {
        "/tags/brass/": "/tags/metal/",
        "/tags/brass/feed.xml": "tag/metal rss",
        "/tags/brass/atom.xml": "tag/metal atom",
        "/tags/brass/feed.json": "tag/metal json",
        "/tags/brass/page/7/": "/tags/metal/",
        "/tags/brass/odd/": "/tags/metal/",
    }


def test_a_feed_is_shown_at_its_old_address_and_says_where_it_is_now() -> None:
    site = build(PUBLISHED, settings("redirects: {/rss.xml: /feed.xml, /index.json: /feed.json}\n"))
    assert site.files["/rss.xml"] == site.files["/feed.xml"]
    assert site.files["/index.json"] == site.files["/feed.json"]
    read = feedparser.parse(site.files["/rss.xml"])
    (itself,) = [link.href for link in read.feed.links if link.rel == "self"]
    assert itself == "https://clocks.example.org/feed.xml"
    assert site.text("/sitemap.xml").count("rss.xml") == 0


def test_an_address_may_lead_elsewhere_and_its_page_says_so() -> None:
    site = build(PUBLISHED, settings("redirects: {/jobs/: 'https://jobs.example/a?b#c'}\n"))
    assert 'content="0; url=https://jobs.example/a?b#c"' in site.text("/jobs/")
    assert site.files.keys() & {"/jobs/feed.xml", "/jobs/atom.xml"} == set()


def test_moves_stand_in_the_files_for_hosts_with_the_feeds() -> None:
    lines = "redirects: {/tags/brass/: /tags/metal/}\nhost_files: cloudflare\n"
    assert build(PUBLISHED, settings(lines)).text("/_redirects").splitlines() == [
        "/tags/brass/ /tags/metal/ 301",
        "/tags/brass/atom.xml /tags/metal/atom.xml 301",
        "/tags/brass/feed.json /tags/metal/feed.json 301",
        "/tags/brass/feed.xml /tags/metal/feed.xml 301",
    ]


def test_a_numbered_page_that_is_gone_leads_to_its_list() -> None:
    assert leads("", "/tags/metal/page/9/") == {"/tags/metal/page/9/": "/tags/metal/"}


def test_what_vanished_is_told_once_for_a_folder_with_its_line_and_what_to_type() -> None:
    found = plan(
        PUBLISHED,
        settings(),
        kept=kept("/tags/brass/", "/tags/brass/feed.xml", "/tags/brass/page/1/", "/", "/x.xml"),
    )
    assert [(one.code, one.location.line) for one in found.problems] == [("BN841", 3), ("BN841", 7)]
    assert "2 addresses below it" in found.problems[0].message
    assert "blognet urls --forget /tags/brass/" in found.problems[0].hint


def test_a_redirect_to_nothing_is_a_warning_and_does_not_save_a_kept_address() -> None:
    lines = "redirects: {/tags/brass/: /tags/nothing/}\n"
    found = plan(PUBLISHED, settings(lines), kept=kept("/tags/brass/"))
    assert sorted(one.code for one in found.problems) == ["BN841", "BN842"]


def test_a_redirect_does_not_take_the_address_of_a_page() -> None:
    found = plan(PUBLISHED, settings("redirects: {/2026/p1/: /tags/metal/}\n"))
    (problem,) = found.problems
    assert (problem.code, problem.location.path) == ("BN401", "blognet.yml")
    assert "redirects in blognet.yml" in problem.hint


@pytest.mark.parametrize(
    "lines", ["{tags: /}", "{/a/: /a/}", "{/a/: 'mailto:a@b.example'}", "{/../x: /}", "{/: /a/}"]
)
def test_a_redirect_that_makes_no_sense_is_refused(lines: str) -> None:
    with pytest.raises(ConfigError):
        settings(f"redirects: {lines}\n")


def test_what_is_worth_keeping_is_lists_and_feeds_and_nothing_that_the_record_fixes() -> None:
    pages = plan(PUBLISHED, settings("posts_per_page: 1\n")).pages
    found = set(worth_keeping(pages))
    assert {"/", "/page/1/", "/tags/metal/feed.xml", "/2026/", "/feeds.opml", "/archive/"} <= found
    assert found & {"/2026/p1/", "/404.html", "/theme/style.css", "/robots.txt"} == set()
    everything = tuple(Kept(path=path) for path in found)
    assert plan(PUBLISHED, settings("posts_per_page: 1\n"), kept=everything).problems == ()


@given(st.lists(st.from_regex(r"/([a-zé0-9~#%-]{1,9}/){0,3}", fullmatch=True)))
def test_a_lock_that_is_written_is_read_back(paths: list[str]) -> None:
    found, problems = read_urls_lock(write_urls_lock(paths).replace("\n", "\r\n"))
    assert problems == ()
    assert [one.path for one in found] == sorted(set(paths))


def test_the_marks_of_a_merge_are_faults_with_their_lines() -> None:
    text = "# x\n<<<<<<< ours\n/a/\n=======\n/b/\n>>>>>>> theirs\n"
    found, problems = read_urls_lock(text)
    assert [one.path for one in found] == ["/a/", "/b/"]
    assert [(one.code, one.location.line) for one in problems] == [
        ("BN843", 2), ("BN843", 4), ("BN843", 6),
    ]  # fmt: skip
