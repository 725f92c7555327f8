"""The site as a folder on a disk: every link is walked, and a page of every kind is opened in Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from blognet.actions.build import build
from tests.browser.built_site import KINDS, BuiltSite
from tests.browser.conftest import MOMENT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.invariants.network_folder import NetworkFolder

LINKED = (("a", "href"), ("link", "href"), ("img", "src"), ("source", "src"))


@pytest.fixture(scope="module")
def copy(own_network: NetworkFolder, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A copy for a disk, moved to another folder after it was built."""
    made, moved = (tmp_path_factory.mktemp("disk") / name for name in ("made", "moved"))
    built = build(own_network.root, now=MOMENT, output=made, base_url=made.as_uri())
    made.rename(moved)
    return BuiltSite(folder=moved, address=f"{moved.as_uri()}/", problems=built.problems)


def test_every_link_of_a_copy_leads_to_a_file_wherever_it_lies(copy: BuiltSite) -> None:
    nowhere = []
    for name, tree in copy.trees.items():
        place = (copy.folder / name).as_uri()
        for tag, attribute in LINKED:
            for element in tree.iter(tag):
                address = urlsplit(urljoin(place, urldefrag(element.get(attribute) or "")[0]))
                whole = element.get("rel") in {"canonical", "alternate"} and tag == "link"
                if address.scheme != "file" or whole:
                    continue
                if not Path(unquote(address.path)).is_file():
                    nowhere.append((name, element.get(attribute)))
    assert len(copy.trees) > len(KINDS)
    assert nowhere == []


def test_no_page_of_a_copy_says_where_it_was_made(copy: BuiltSite) -> None:
    """Nobody else can follow such an address, and it may hold a name."""
    pages = {name: (copy.folder / name).read_bytes() for name in copy.trees}
    assert [name for name, page in pages.items() if b"file:" in page or b"file%3A" in page] == []


def test_a_page_of_every_kind_opens_from_a_disk_with_its_styles_and_pictures(
    copy: BuiltSite, browser_page: Page
) -> None:
    said: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text))
    for kind in KINDS:
        browser_page.goto(f"{copy.address}{copy.page_of(kind)}")
        assert browser_page.evaluate("getComputedStyle(document.body).marginTop") == "0px", kind
        unseen = browser_page.evaluate(
            "Promise.all([...document.images].map(each => (each.loading = 'eager', each.decode())))"
        )
        assert unseen is not None
    assert said == []


def test_a_reader_of_a_copy_gets_from_the_home_page_to_a_post_and_its_author(
    copy: BuiltSite, browser_page: Page
) -> None:
    browser_page.goto(f"{copy.address}index.html")
    browser_page.locator("main h2 a").first.click()
    browser_page.locator("a[rel~=author]").first.click()
    assert browser_page.url.startswith(copy.address)
    assert browser_page.url.endswith("/index.html")
    assert browser_page.locator("h1").count() == 1
