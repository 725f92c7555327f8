"""The search page in a browser: by keyboard, under the page's own policy, at any base address."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from blognet.render.search_words import file_of, words_of
from tests.browser.searched import searched_files, searched_posts
from tests.unit.site.published_values import live_post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from tests.browser.built_site import BuiltSite

pytestmark = pytest.mark.xdist_group("browser")
WORDS = (
    "Köln", "Straße", "ΑΘΗΝΑ", "İstanbul", "時計塔の振り子", "ガラス", "don’t stop", "e-mail x86_64", "٣٤", "𝒳₂ ﬁne",
    "Zürich/Genève", "हिन्दी", "한국어", "naïve café", "a", "Ünïcödé" * 9,
)  # fmt: skip

PAINTED = "() => new Promise(done => new PerformanceObserver(() => done()).observe({type: 'paint', buffered: true}))"
WATCH = """() => new Promise(done => {
  window.moved ??= [];
  const note = list => { for (const each of list.getEntries()) window.moved.push(each.value); };
  new PerformanceObserver(note).observe({type: 'layout-shift'});
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
MOVED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(window.moved))))"


@pytest.fixture
def page(browser: Browser, own_site: BuiltSite) -> Iterator[Page]:
    found = browser.new_page()
    faults: list[str] = []
    found.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.on("requestfailed", lambda asked: faults.append(f"{asked.url}: {asked.failure}"))
    found.goto(f"{own_site.address}search/")
    yield found
    # Leaving a page ends what it was still fetching.
    assert [fault for fault in faults if not fault.endswith("net::ERR_ABORTED")] == []
    found.close()


def results(page: Page) -> list[str]:
    return page.locator("#site-search ol a").all_inner_texts()


def test_words_typed_with_the_keyboard_alone_lead_to_a_post(
    page: Page, own_site: BuiltSite
) -> None:
    for _ in range(30):
        if page.evaluate("document.activeElement.id") == "site-words":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("winter tow")
    expect(page.get_by_role("status")).to_contain_text("Posts found")
    expect(page.locator("#site-search ol a").first).to_have_text("A winter in the tower")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "line-title":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"{own_site.address}2026/a-winter-in-the-tower/")


def test_an_author_chosen_without_words_lists_that_authors_posts_alone(
    page: Page, own_site: BuiltSite
) -> None:
    data = json.loads((own_site.folder / "search/posts.json").read_text("utf-8"))
    posts = searched_posts(own_site.folder / "search")
    chosen = page.locator("select[name=author]")
    expect(chosen.locator("option")).to_have_count(len(data["authors"]) + 1)
    for ident, name in data["authors"]:
        chosen.select_option(label=name)
        wanted = [post[1] for post in posts if ident in post[5]]
        expect(page.locator("#site-search ol a")).to_have_text(wanted)
    chosen.select_option(value="")
    expect(page.locator("#site-search ol a")).to_have_count(0)


def test_of_many_posts_the_newest_are_found_and_all_others(page: Page, own_site: BuiltSite) -> None:
    posts = [live_post(f"post-{at}", day=2 * at, body=f"bell{at % 150} rope") for at in range(450)]
    files = searched_files(tuple(posts))
    newest = json.loads(files["/search/posts.json"])["newest"]
    late = json.loads(files[f"/search/words-{newest}.json"])
    assert late

    def given(route: Route) -> None:
        route.fulfill(body=files[f"/search/{urlsplit(route.request.url).path.rpartition('/')[2]}"])

    page.goto("about:blank")  # the page that is open may still ask for files of its own site
    page.route("**/search/*.json", given)
    page.goto(f"{own_site.address}search/")
    links = page.locator("#site-search ol a")
    for number in (149, 148, 75, 0):
        page.locator("#site-words").fill(f"bell{number} ro")
        wanted = [f"Post {at}" for at in (number + 300, number + 150, number)]
        expect(links).to_have_text(wanted)
    for word, (number, *_) in late.items():
        page.locator("#site-words").fill(word)
        expect(links.filter(has_text=f"Post {number}")).to_have_count(1)
    page.locator("#site-words").fill("rope")
    expect(links).to_have_text([f"Post {at}" for at in range(449, 399, -1)])


def test_a_letter_alone_finds_new_posts_like_old_ones(page: Page, own_site: BuiltSite) -> None:
    # Longer words that begin with it stand in other files, but those of the newest posts stand in one.
    posts = [live_post(f"post-{at}", day=2 * at, body=f"bell{at}") for at in range(450)]
    files = searched_files(tuple(posts))
    newest = json.loads(files["/search/posts.json"])["newest"]
    late = {
        word: posts[0] for word, posts in json.loads(files[f"/search/words-{newest}.json"]).items()
    }

    def given(route: Route) -> None:
        route.fulfill(body=files[f"/search/{urlsplit(route.request.url).path.rpartition('/')[2]}"])

    page.goto("about:blank")  # the page that is open may still ask for files of its own site
    page.route("**/search/*.json", given)
    page.goto(f"{own_site.address}search/")
    for word, number in late.items():
        page.locator("#site-words").fill(f"bell{number}")
        expect(page.locator("#site-search ol a")).to_have_text([f"Post {number}"])
        page.locator("#site-words").fill(f"bell{number} {word[0]}")
        expect(page.get_by_role("status")).to_have_text("No post has all of these words.")
    assert late


def test_words_that_no_post_has_are_answered_with_a_sentence(page: Page) -> None:
    page.locator("#site-words").fill("qqqq")
    expect(page.get_by_role("status")).to_have_text("No post has all of these words.")
    assert results(page) == []


def test_a_link_with_words_shows_their_posts_at_once(page: Page, own_site: BuiltSite) -> None:
    page.goto(f"{own_site.address}search/?q=winter")
    expect(page.locator("#site-search ol a").first).to_be_visible()
    assert "A winter in the tower" in results(page)


def test_the_switch_of_languages_takes_the_words_along(page: Page, own_site: BuiltSite) -> None:
    page.locator("#site-words").fill("uhr")
    expect(page.get_by_role("status")).not_to_be_empty()
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_url(f"{own_site.address}de/search/?q=uhr")
    expect(page.locator("#site-words")).to_have_value("uhr")
    expect(page.locator("#site-search ol a").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("asked", ["", "?q=winter"])
def test_nothing_moves_when_the_form_and_what_it_finds_come_late(
    page: Page, own_site: BuiltSite, width: int, asked: str
) -> None:
    scripts: list[Route] = []
    files: list[Route] = []
    page.route("**/search.js", lambda route: scripts.append(route))  # noqa: PLW0108  a built-in takes no mark of Playwright's
    page.route("**/posts.json", lambda route: files.append(route))  # noqa: PLW0108
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{own_site.address}search/{asked}", wait_until="commit")
    page.evaluate(PAINTED)
    # Only the script knows of words in the address; it makes room for what they will find.
    if not asked:
        page.evaluate(WATCH)
    scripts.pop().continue_()
    expect(page.locator("#site-words")).to_be_visible()
    if asked:
        page.evaluate(DRAWN)  # the room is made in the next picture
        page.evaluate(WATCH)
    files.pop().continue_()
    expect(page.locator("select[name=author] option").nth(1)).to_be_attached()
    if asked:
        expect(page.locator("#site-search ol a").first).to_be_visible()
    assert page.evaluate(MOVED) == []


def test_the_script_cuts_and_folds_words_as_the_index_does(page: Page) -> None:
    source = page.evaluate("fetch(document.querySelector('script').src).then((one) => one.text())")
    start, end = source.index("  function wordsOf"), source.index("  /* Posts that have")
    each = "wordsOf(text).map((word) => [word, fileOf(word, 97)])"
    code = f"(texts) => {{ const LONGEST = 40; {source[start:end]} return texts.map((text) => {each}); }}"
    said = page.evaluate(code, list(WORDS))
    wanted = [
        [[word, file_of(word, 97)] for word in dict.fromkeys(words_of(text))] for text in WORDS
    ]
    assert said == wanted


def test_without_a_script_the_page_leads_to_every_topic_author_and_year(
    browser: Browser, own_site: BuiltSite
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{own_site.address}search/")
    assert not page.locator("#site-search").is_visible()
    for heading in ("Topics", "Tags", "Authors", "Years"):
        assert page.get_by_role("heading", name=heading, exact=True).is_visible()
    context.close()
