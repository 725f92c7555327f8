"""One post's front matter."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from blognet.importers.jekyll_post import OldPost, read_post
from tests.unit.importers.trees import ZONE


def read(front: str, *, name: str = "2016-07-20-a-slug.md", body: str = "Text.\n") -> OldPost:
    post = read_post(f"_posts/{name}", f"---\n{front}---\n{body}".encode(), zone=ZONE)
    assert isinstance(post, OldPost), post
    return post


def remarks(post: OldPost) -> list[tuple[int, str]]:
    return [(remark.line, remark.code) for remark in post.remarks]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2016-10-12", "2016-10-12T04:00"),
        ("'2014-03-12T10:11:00-04:00'", "2014-03-12T14:11"),
        ("2015-12-17 12:00", "2015-12-17T17:00"),
        ("'2014-03-12 10:11 EDT'", "2014-03-12T14:11"),
        ("June 15, 2021", "2021-06-15T04:00"),
        ("2019-12-3", "2019-12-03T05:00"),
        ("2020-07-07T00:00:00.000Z", "2020-07-07T00:00"),
        ("2016-06-17 12:00-0400", "2016-06-17T16:00"),
    ],
)
def test_dates_are_read_in_every_spelling(written: str, moment: str) -> None:
    post = read(f"title: A\nauthors: [ann]\ndate: {written}\n")
    assert post.date == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert post.remarks == ()


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2016-07-19 (optional)", "2016-07-19T04:00"),
        ("2016-06-17 12:00-400", "2016-06-17T16:00"),
        ("2016-06-17, probably", "2016-06-17T04:00"),
    ],
)
def test_words_behind_a_date_are_dropped_and_reported(written: str, moment: str) -> None:
    post = read(f"title: A\nauthors: [ann]\ndate: {written}\n")
    assert post.date == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert remarks(post) == [(4, "BN532")]


@pytest.mark.parametrize(
    ("line", "reported"), [("", []), ("date:\n", []), ("date: soon\n", [(4, "BN533")])]
)
def test_without_a_readable_date_the_file_name_has_it(
    line: str, reported: list[tuple[int, str]]
) -> None:
    post = read(f"title: A\nauthors: [ann]\n{line}")
    assert (post.date, remarks(post)) == (datetime(2016, 7, 20, 4, tzinfo=UTC), reported)


def test_the_front_matter_goes_before_the_file_name_and_both_days_are_remembered() -> None:
    post = read("title: A\nauthors: [ann]\ndate: 2016-07-18\n")
    assert (post.date, post.days) == (
        datetime(2016, 7, 18, 4, tzinfo=UTC),
        ("2016/07/18", "2016/07/20"),
    )


def test_a_day_that_is_another_in_the_zone_of_the_network_is_remembered_too() -> None:
    raw = b"---\ntitle: A\ndate: 2020-07-07T00:00:00.000Z\n---\n"
    post = read_post("_posts/2020-06-30-a.md", raw, zone=ZoneInfo("America/New_York"))
    assert isinstance(post, OldPost)
    assert post.days == ("2020/07/07", "2020/07/06", "2020/06/30")


def test_the_spellings_of_jekyll_are_known() -> None:
    post = read(
        "title: A\nauthor: ann\ncategories: news big\ntags: [a, '', b]\nexcerpt: S\nlast_modified_at: 2016-08-01\n"
        "redirect_from:\n- /x/\npermalink: /p/\nimage: {path: /i.png, alt: Alt}\nlayout: post\nhero: false\n"
    )
    assert (post.authors, post.tags, post.summary) == (("ann",), ("news", "big", "a", "b"), "S")
    assert (post.aliases, post.permalink, post.image, post.image_alt) == (
        ("/x/",),
        "/p/",
        "/i.png",
        "Alt",
    )
    assert (post.updated, post.extra, post.remarks) == (datetime(2016, 8, 1, 4, tzinfo=UTC), {}, ())


def test_an_address_with_a_comma_is_one_address() -> None:
    assert read("title: A\nauthors: ann\nredirect_from: /a,b/\n").aliases == ("/a,b/",)


def test_unknown_keys_are_kept_under_extra_and_reported() -> None:
    post = read("title: A\nauthors: [ann]\ntumblr_url: https://t.example/1\n")
    assert post.extra == {"tumblr_url": "https://t.example/1"}
    assert remarks(post) == [(4, "BN534")]


def test_a_paragraph_that_ran_into_the_front_matter_is_dropped_and_reported() -> None:
    post = read("title: A\nauthors: [ann]\nexcerpt: <p>One</p>\n\n<p>We are x: that is y</p>\n")
    assert (post.summary, post.extra) == ("One", {})
    assert remarks(post) == [(4, "BN537"), (6, "BN535")]


def test_titles_lose_tags_and_entities_and_nothing_else() -> None:
    post = read(
        'title: " M&Ms: <em>O*NET</em> today &ldquo;and&rdquo;  tomorrow&#39;s"\nauthors: [ann]\n'
    )
    assert (post.title, remarks(post)) == ("M&Ms: O*NET today “and” tomorrow's", [(2, "BN537")])


def test_a_description_that_repeats_the_excerpt_is_dropped() -> None:
    post = read("title: A\nauthors: [ann]\nexcerpt: Same\ndescription: Same\n")
    assert (post.summary, post.description) == ("Same", "")


def test_an_unpublished_post_becomes_a_draft() -> None:
    post = read("title: A\nauthors: [ann]\npublished: false\n")
    assert (post.draft, remarks(post)) == (True, [(1, "BN538")])
    assert read("title: A\nauthors: [ann]\npublished: true\n").draft is False


def test_a_tab_that_yaml_refuses_is_read_as_spaces_and_reported() -> None:
    post = read("title: A\nauthors:\n- ann\t\t\n-\tbob\n")
    assert (post.authors, remarks(post)[0]) == (("ann", "bob"), (4, "BN530"))


def test_a_post_without_title_takes_it_from_the_file_name() -> None:
    post = read("authors: [ann]\n")
    assert (post.title, remarks(post)) == ("A slug", [(1, "BN535")])


def test_a_post_without_authors_is_reported() -> None:
    assert remarks(read("title: A\nauthors:\n-\n")) == [(1, "BN543")]


def test_the_body_begins_where_its_first_line_is() -> None:
    post = read("title: A\nauthors: [ann]\n", body="\nOne\n")
    assert (post.body, post.body_line) == ("\nOne\n", 5)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"no front matter\n", 1),
        (b"---\ntitle: A\n", 1),
        (b"---\ntitle: a: b\n---\n", 2),
        (b"---\ntitle: A\nx: *alias\n---\n", 3),
        (b"---\ntitle: \xff\n---\n", 2),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_with_its_line(raw: bytes, line: int) -> None:
    problems = read_post("_posts/2016-01-01-x.md", raw, zone=ZONE)
    assert isinstance(problems, tuple)
    assert {(each.location.path, each.location.line, each.code) for each in problems} == {
        ("_posts/2016-01-01-x.md", line, "BN531")
    }
