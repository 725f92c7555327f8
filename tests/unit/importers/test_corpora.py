"""A real employee blog, its excerpt always and the whole of it where it lies beside the repository."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from blognet.content.values import AuthorStatus, Post
from blognet.importers.jekyll import import_jekyll
from blognet.importers.values import ImportCounts, Imported
from tests.unit.importers.trees import (
    EXCERPT,
    FULL,
    RULES,
    codes_of,
    library_of,
    reports,
    texts,
    tree_at,
)

if TYPE_CHECKING:
    from pathlib import Path

needs_corpus = pytest.mark.skipif(
    not FULL.is_dir(), reason="the whole corpus does not lie beside this repository"
)
BOTH = [pytest.param(EXCERPT, id="excerpt"), pytest.param(FULL, id="whole", marks=needs_corpus)]


@cache
def of(folder: Path) -> Imported:
    return import_jekyll(tree_at(folder), RULES)


def fronts() -> dict[str, Post]:
    library = library_of(of(EXCERPT))
    return {
        each.subject.id: each.content
        for each in library.proposals
        if isinstance(each.content, Post)
    }


@pytest.mark.parametrize("folder", BOTH)
def test_the_network_finds_nothing_wrong_in_what_was_imported(folder: Path) -> None:
    library = library_of(of(folder))
    found = [
        *library.problems,
        *(problem for each in library.proposals for problem in each.problems),
    ]
    assert found == []
    assert len(library.proposals) == of(folder).counts.posts + of(folder).counts.authors


@pytest.mark.parametrize("folder", BOTH)
def test_every_file_of_the_tree_is_used_or_named_as_left_out(folder: Path) -> None:
    result = of(folder)
    used, left_out = {file.source for file in result.files}, {each.path for each in result.left_out}
    assert used | left_out == {str(path) for path in tree_at(folder)}
    assert used & left_out == set()
    assert all(each.reason for each in result.left_out)


@pytest.mark.parametrize("folder", BOTH)
def test_no_two_files_share_a_path_in_any_case(folder: Path) -> None:
    paths = Counter(file.path.casefold() for file in of(folder).files)
    assert [path for path, count in paths.items() if count > 1] == []


@pytest.mark.parametrize("folder", BOTH)
def test_no_two_posts_claim_one_old_address(folder: Path) -> None:
    library = library_of(of(folder))
    claims = Counter(
        alias
        for each in library.proposals
        if isinstance(each.content, Post)
        for alias in each.content.front.aliases
    )
    assert [alias for alias, count in claims.items() if count > 1] == []


@pytest.mark.parametrize("folder", BOTH)
def test_problems_name_files_of_the_tree_and_lines_that_they_have(folder: Path) -> None:
    lines = {str(path): raw.count(b"\n") + 1 for path, raw in tree_at(folder).items()}
    wrong = [
        each.location
        for each in of(folder).problems
        if not 0 <= each.location.line <= lines[each.location.path]
    ]
    assert wrong == []


def test_the_order_of_the_files_changes_nothing() -> None:
    items = list(tree_at(EXCERPT).items())
    random.Random(7).shuffle(items)  # noqa: S311  # an order, not a secret
    assert import_jekyll(dict(items), RULES) == of(EXCERPT)


def test_the_excerpt_gives_this_many() -> None:
    assert of(EXCERPT).counts == ImportCounts(posts=38, drafts=1, authors=66, assets=9)


@needs_corpus
def test_the_whole_blog_gives_this_many() -> None:
    result = of(FULL)
    assert result.counts == ImportCounts(posts=499, drafts=1, authors=271, assets=23)
    assert Counter(each.reason for each in result.left_out) == {
        "it says 'published: false' and no post names the author": 73,
        "no imported post uses it": 3,
    }
    assert not any(problem.is_error for problem in result.problems)


def test_odd_dates_are_read() -> None:
    posts = fronts()
    dates = {
        slug: post.date and post.date.strftime("%Y-%m-%dT%H:%M") for slug, post in posts.items()
    }
    assert dates["coming-soon"] == "2014-03-12T14:11"
    assert dates["strategies-for-starting-your-own-writing-lab"] == "2016-07-19T04:00"
    assert dates["exciting-additions-to-analytics-usa-gov"] == "2016-06-17T16:00"
    assert dates["long-term-teams"] == "2019-12-03T05:00"
    assert (
        dates["improving-the-way-the-u-s-tax-court-engages-with-the-public"] == "2021-06-15T04:00"
    )
    wanted = "transforming-how-dojs-civil-rights-division-engages-with-the-public"
    assert dates[wanted] == "2020-07-07T00:00"
    assert all(dates.values())


def test_the_tab_in_the_front_matter_is_mended_and_reported() -> None:
    path = "_posts/2016-05-19-content-debt-what-it-is-where-to-find-it-and-how-to-prevent-it-in-the-first-place.md"
    assert f"{path}:5 BN530 a tab in the front matter was read as spaces" in reports(of(EXCERPT))


def test_the_unpublished_post_is_a_draft() -> None:
    assert [slug for slug, post in fronts().items() if post.front.draft] == [
        "18f-consulting-is-hiring"
    ]


def test_the_second_award_has_its_year_and_its_old_address() -> None:
    posts = fronts()
    assert posts["andrew-hyder-award"].front.aliases == ("/2023/05/08/andrew-hyder-award/",)
    assert posts["andrew-hyder-award-2024"].front.aliases == ("/2024/01/12/andrew-hyder-award/",)


def test_permalinks_and_redirects_are_aliases() -> None:
    posts = fronts()
    assert posts["tockingtime"].front.aliases == (
        "/2015/05/21/tockingtime/",
        "/2015/05/21/TockingTime/",
    )
    slug = "three-ways-to-manage-research-projects"
    assert posts[slug].front.aliases == (
        "/2017/09/27/three-ways-to%20manage-research-projects/",
        "/2017/09/28/three-ways-to%20manage-research-projects/",
    )


def test_one_image_lies_beside_both_posts_that_show_it() -> None:
    logos = [
        file
        for file in of(EXCERPT).files
        if file.source.endswith("data-act-implementation/logo.png")
    ]
    assert len(logos) == 2


def test_liquid_is_left_only_where_a_problem_says_so() -> None:
    left = [path for path, text in texts(of(EXCERPT)).items() if "{{" in text or "{%" in text]
    assert left == [
        "queue/2014-11-17-taking-control-of-our-website-with-jekyll-and-webhooks.md",  # inside raw
        "queue/2017-06-06-fractal-and-federalist-join-the-us-web-design-standards.md",
        "queue/2017-09-05-ficam-partners-with-federalist.md",
    ]
    assert codes_of(of(EXCERPT), path="2017-06-06").count("BN502") == 2
    assert codes_of(of(EXCERPT), path="2017-09-05").count("BN501") == 5


def test_the_office_itself_and_people_with_two_ids_are_authors() -> None:
    library = library_of(of(EXCERPT))
    authors = {
        each.subject.id: each.content
        for each in library.proposals
        if each.subject.kind == "profile"
    }
    assert {"18F", "jhunter", "jeannine-hunter"} <= set(authors)
    guest = authors["cat-langel"]
    assert guest is not None
    assert not isinstance(guest, Post)
    assert guest.status is AuthorStatus.ALUMNI
    assert codes_of(of(EXCERPT), path="jhunter").count("BN542") == 1
    assert "BN536" in codes_of(of(EXCERPT), path="marco")
