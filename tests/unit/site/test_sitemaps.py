"""The sitemap, whole and in parts."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from blognet.kernel.ids import SitePath
from blognet.site import Page, Published
from blognet.site.pages import Sitemap, SitemapIndex
from blognet.site.plan import plan
from blognet.site.sitemaps import sitemap_again, sitemap_claims, with_sitemap
from tests.unit.site.published_values import build, live_page, live_post, settings

PUBLISHED = Published(
    posts=tuple(live_post(f"post-{day}", day=day) for day in range(9)), pages=(live_page("about"),)
)
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}loc"


def parts(*, most: int = 50_000, most_bytes: int = 50_000_000) -> dict[str, Sitemap | SitemapIndex]:
    made = plan(PUBLISHED, settings())
    bare = tuple(page for page in made.pages if page.path != "/sitemap.xml")
    where = "https://clocks.example.org"
    claims = sitemap_claims(bare, made.catalogue, site_url=where, most=most, most_bytes=most_bytes)
    pages = with_sitemap(
        (*bare, *claims), made.catalogue, site_url=where, most=most, most_bytes=most_bytes
    )
    return {
        str(page.path): page.shows
        for page in pages
        if isinstance(page.shows, Sitemap | SitemapIndex)
    }


@pytest.mark.parametrize("limit", [{"most": 4}, {"most_bytes": 1500}])
def test_a_sitemap_that_is_too_large_becomes_an_index_of_parts_that_hold_everything_once(
    limit: dict[str, int],
) -> None:
    whole = parts()["/sitemap.xml"]
    assert isinstance(whole, Sitemap)
    split = parts(**limit)
    index = split.pop("/sitemap.xml")
    assert isinstance(index, SitemapIndex)
    assert [entry.path for entry in index.parts] == list(split)
    assert len(split) > 2
    found = [
        entry for part in split.values() if isinstance(part, Sitemap) for entry in part.entries
    ]
    assert tuple(sorted(found, key=lambda entry: entry.path)) == whole.entries
    assert index.total == len(found)
    for entry in index.parts:
        part = split[entry.path]
        assert isinstance(part, Sitemap)
        assert len(part.entries) <= limit.get("most", 50_000)
        assert entry.changed == max(
            (one.changed for one in part.entries if one.changed), default=None
        )


def pages_of(published: Published, most: int) -> dict[str, Page]:
    made = plan(published, settings())
    bare = tuple(page for page in made.pages if not page.path.startswith("/sitemap"))
    claims = sitemap_claims(bare, made.catalogue, site_url="", most=most)
    pages = with_sitemap((*bare, *claims), made.catalogue, site_url="", most=most)
    return {page.key: page for page in pages}


@pytest.mark.parametrize("most", [4, 8, 16, 64, 50_000])
@pytest.mark.parametrize("day", range(9, 20))
def test_the_files_of_a_sitemap_that_differ_are_those_of_a_site_planned_anew(
    most: int, day: int
) -> None:
    other = replace(
        PUBLISHED,
        posts=(
            *PUBLISHED.posts[1:4],
            live_post("post-4", day=day),
            *PUBLISHED.posts[5:],
            live_post("one-more", day=day),
        ),
    )
    before, after = pages_of(PUBLISHED, most), pages_of(other, most)
    paths = frozenset(page.path for page in after.values())
    found = sitemap_again(
        before.get,
        [page for page in after.values() if before.get(page.key) != page and is_plain(page)],
        [page for key, page in before.items() if key not in after and is_plain(page)],
        paths,
        plan(other, settings()).catalogue,
        site_url="",
        most=most,
    )
    files = {key: page for key, page in after.items() if not is_plain(page)}
    if found is None:
        old = {key: page for key, page in before.items() if not is_plain(page)}
        assert old.keys() != files.keys() or spread_of(old) != spread_of(files)
    else:
        now = {key: page for key, page in before.items() if not is_plain(page)}
        assert now | {page.key: page for page in found} == files
        assert all(before[page.key] != page for page in found)


def is_plain(page: Page) -> bool:
    return not isinstance(page.shows, Sitemap | SitemapIndex)


def spread_of(pages: dict[str, Page]) -> int:
    front = pages["sitemap"].shows
    return front.spread if isinstance(front, SitemapIndex) else 1


def test_of_many_files_a_new_address_changes_one_and_the_index() -> None:
    before = pages_of(PUBLISHED, 8)
    after = {
        **before,
        "new": replace(before["post/post-1"], key="new", path=SitePath("/2026/new/")),
    }
    catalogue = plan(PUBLISHED, settings()).catalogue
    paths = frozenset(page.path for page in after.values())
    found = sitemap_again(before.get, [after["new"]], [], paths, catalogue, site_url="", most=8)
    assert spread_of(before) >= 4
    assert found is not None
    assert len(found) == 2


def test_parts_that_turn_out_not_to_be_needed_are_not_made() -> None:
    made = plan(PUBLISHED, settings())
    bare = tuple(page for page in made.pages if page.path != "/sitemap.xml")
    claims = sitemap_claims(bare, made.catalogue, site_url="", most=4)
    pages = with_sitemap((*bare[:3], *claims), made.catalogue, site_url="", most=4)
    assert [page.path for page in pages if page.path.startswith("/sitemap")] == ["/sitemap.xml"]


def test_the_pictures_beside_a_post_stand_with_it_and_other_files_do_not() -> None:
    post = live_post("bells", files=("a #1 ö.png", "notes.pdf"))
    hidden = live_post("hidden", files=("secret.png",), unlisted=True)
    built = build(Published(posts=(post, hidden)))
    root = ET.fromstring(built.files["/sitemap.xml"])  # noqa: S314  our own
    assert [element.text for element in root.iter(IMAGE)] == [
        "https://clocks.example.org/2026/bells/a%20%231%20%C3%B6.png"
    ]


def test_a_sitemap_without_pictures_does_not_speak_of_them() -> None:
    assert "sitemap-image" not in build(Published(posts=(live_post("a"),))).text("/sitemap.xml")
