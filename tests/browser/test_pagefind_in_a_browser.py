"""The search page with Pagefind in a browser: the same interface, other forms of words, under the page's own policy."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from blognet.themes.policy import headers
from tests.browser.conftest import served
from tests.browser.searched import searched_posts
from tests.invariants.network_folder import NetworkFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from tests.browser.built_site import BuiltSite

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module", params=["/", "/a/b/"], ids=["at the root", "in a folder"])
def found_site(
    request: pytest.FixtureRequest,
    own_network: NetworkFolder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BuiltSite]:
    """This repository's own network, searched by Pagefind."""
    network = NetworkFolder(root=tmp_path_factory.mktemp("found") / "network")
    shutil.copytree(own_network.root, network.root)
    settings = (network.root / "blognet.yml").read_text("utf-8")
    network.write("blognet.yml", f"{settings}\nsearch: {{engine: pagefind}}\n")
    with served(network, tmp_path_factory.mktemp("host"), start=request.param) as site:
        yield site


@pytest.fixture
def page(browser: Browser, found_site: BuiltSite) -> Iterator[Page]:
    found = browser.new_page()
    faults: list[str] = []
    found.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.on("requestfailed", lambda asked: faults.append(f"{asked.url}: {asked.failure}"))
    found.on("request", lambda asked: _note_stranger(asked.url, found_site, faults))
    found.goto(f"{found_site.address}search/")
    yield found
    # Leaving a page ends what it was still fetching.
    assert [fault for fault in faults if not fault.endswith("net::ERR_ABORTED")] == []
    found.close()


def _note_stranger(url: str, site: BuiltSite, faults: list[str]) -> None:
    if not url.startswith(site.address):
        faults.append(f"asked somebody else: {url}")


def test_another_form_of_a_word_typed_with_the_keyboard_alone_leads_to_a_post(
    page: Page, found_site: BuiltSite
) -> None:
    for _ in range(30):
        if page.evaluate("document.activeElement.id") == "site-words":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("wintering towering")  # no text has either; their stems are in the title
    expect(page.locator("#site-search ol a").first).to_have_text("A winter in the tower")
    expect(page.get_by_role("status")).to_contain_text("Posts found")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "line-title":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{found_site.address}2026/a-winter-in-the-tower/")


def test_author_topic_and_year_narrow_down_what_was_found(
    page: Page, found_site: BuiltSite
) -> None:
    data = json.loads((found_site.folder / "search/posts.json").read_text("utf-8"))
    posts = searched_posts(found_site.folder / "search")
    page.locator("#site-words").fill("clock")
    links = page.locator("#site-search ol a")
    expect(links.first).to_be_visible()
    found = set(links.all_inner_texts())
    assert len(found) > 1
    author, name = next(
        pair
        for pair in data["authors"]
        if found > {post[1] for post in posts if pair[0] in post[5]} & found != set()
    )
    page.locator("select[name=author]").select_option(label=name)
    wanted = {post[1] for post in posts if author in post[5] and post[1] in found}
    expect(links).to_have_count(len(wanted))
    assert set(links.all_inner_texts()) == wanted
    page.locator("#site-words").fill("")
    theirs = [post[1] for post in posts if author in post[5]]
    expect(links).to_have_text(theirs)


def test_words_that_no_post_has_are_answered_with_a_sentence(page: Page) -> None:
    page.locator("#site-words").fill("qqqqxyz")
    expect(page.get_by_role("status")).to_have_text("No post has all of these words.")


def test_another_language_is_searched_by_its_own_page(page: Page, found_site: BuiltSite) -> None:
    page.goto(f"{found_site.address}de/search/")
    title = searched_posts(found_site.folder / "de/search")[0][1]
    page.locator("#site-words").fill(title.split()[0])
    expect(page.locator("#site-search ol a").first).to_have_text(title)


def test_a_page_with_answers_shuts_nobody_out(page: Page) -> None:
    page.locator("#site-words").fill("clocks")
    expect(page.locator("#site-search ol a").first).to_be_visible()
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "axe.run(document).then((found) => found.violations.map((one) => one.id))"
    )
    assert found == []


def test_the_policy_of_the_host_files_lets_it_work(page: Page, found_site: BuiltSite) -> None:
    def with_headers(route: Route) -> None:
        answer = route.fetch()
        sent = headers((), search=True, wasm=True)
        route.fulfill(response=answer, headers={**answer.headers, **dict(sent)})

    page.route("**/*", with_headers)
    page.goto(f"{found_site.address}search/?q=clocks")
    expect(page.locator("#site-search ol a").first).to_be_visible()


def test_only_the_search_pages_may_compile_what_pagefind_needs(found_site: BuiltSite) -> None:
    allowing = {
        name
        for name in found_site.names
        if name.endswith(".html") and "wasm" in (found_site.folder / name).read_text("utf-8")
    }
    assert allowing == {"search/index.html", "de/search/index.html"}
    assert "unsafe-eval" not in (found_site.folder / "index.html").read_text("utf-8")


def test_without_a_script_the_page_leads_to_every_topic_author_and_year(
    browser: Browser, found_site: BuiltSite
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{found_site.address}search/")
    assert not page.locator("#site-search").is_visible()
    for heading in ("Topics", "Tags", "Authors", "Years"):
        assert page.get_by_role("heading", name=heading, exact=True).is_visible()
    context.close()
