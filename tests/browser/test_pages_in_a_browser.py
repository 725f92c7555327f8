"""A page of every kind in Chromium, on a phone, a tablet and a desk, by day and by night."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest

from blognet.themes.policy import headers
from tests.browser.built_site import KINDS, BuiltSite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

WIDTHS = (360, 820, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WATCH = "addEventListener('securitypolicyviolation', e => console.error('refused: ' + e.violatedDirective))"
LOAD_ALL = """async () => {
  for (const image of document.images) image.loading = 'eager';
  await Promise.all([...document.images].map(image => image.decode()));
  return [...document.images].filter(image => !image.naturalWidth || !image.clientWidth).map(image => image.src);
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1 || e.closest('.skip')) return false;
  for (let p = e.parentElement; p; p = p.parentElement)
    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(p).overflowX)) return false;
  return true;
}).map(e => e.outerHTML.slice(0, 80))"""
FOCUSED = """async () => {
  // A browser scrolls to what has the focus before it draws the next time.
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const style = getComputedStyle(document.activeElement), box = document.activeElement.getBoundingClientRect();
  const high = box.top >= 0 && box.bottom <= innerHeight + 1, wide = box.left >= 0 && box.right <= innerWidth + 1;
  return {
    tag: document.activeElement.tagName,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && high && wide
  };
}"""

BESIDE = """() => {
  const box = one => document.querySelector('.byline ' + one).getBoundingClientRect();
  const face = box('.face-m'), names = box('.byline-names');
  return face.right < names.left && names.top < face.bottom;
}"""

TABS = 25
SHEETS = ("/theme/style.css", "/theme/article.css", "/theme/rich.css")

every_kind = pytest.mark.parametrize("kind", KINDS)
at_the_root = pytest.mark.parametrize("own_site", ["/"], indirect=True)


@dataclass(frozen=True)
class Watched:
    """What a page said and asked for while it was looked at."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def _as_a_host_that_sends_our_headers(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(
        response=answer, headers={**answer.headers, **dict(headers((), scripts=True, search=True))}
    )


@pytest.fixture
def watched(browser_page: Page) -> Iterator[Watched]:
    watched = Watched()
    browser_page.add_init_script(WATCH)
    browser_page.on("console", lambda message: watched.said.append(message.text))
    browser_page.on("pageerror", lambda error: watched.said.append(str(error)))
    browser_page.on("request", lambda request: watched.asked.append(request.url))
    # Leaving a page aborts what it was still fetching: its icon, for one.
    browser_page.on(
        "requestfailed",
        lambda request: (
            None if request.failure == "net::ERR_ABORTED" else watched.failed.append(request.url)
        ),
    )
    browser_page.on(
        "response",
        lambda response: watched.failed.append(response.url) if response.status >= 400 else None,
    )
    yield watched
    hosts = {urlsplit(url).hostname for url in watched.asked}
    assert (watched.said, watched.failed, hosts) == ([], [], {"127.0.0.1"})


@at_the_root
@every_kind
def test_a_page_is_quiet_and_whole_at_every_width_by_day_and_by_night(
    kind: str, own_site: BuiltSite, browser_page: Page, watched: Watched
) -> None:
    url = own_site.url_of(own_site.page_of(kind))
    browser_page.goto(url)
    for width in WIDTHS:
        browser_page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            browser_page.emulate_media(color_scheme=scheme)
            assert browser_page.evaluate(TOO_WIDE) <= 0, (width, scheme)
            assert browser_page.evaluate(CUT_OFF) == [], (width, scheme)
            assert browser_page.locator("h1:visible").count() == 1, (width, scheme)
    assert browser_page.evaluate(LOAD_ALL) == []
    assert url in watched.asked
    assert any(address.endswith(SHEETS) for address in watched.asked)


@pytest.mark.parametrize("own_site", ["/a/b/"], indirect=True)
def test_every_page_is_quiet_and_whole_in_a_folder_of_a_host(
    own_site: BuiltSite, browser_page: Page, watched: Watched
) -> None:
    for kind in KINDS:
        browser_page.goto(own_site.url_of(own_site.page_of(kind)))
        assert browser_page.evaluate(LOAD_ALL) == [], kind
    assert own_site.address + "theme/style.css" in watched.asked
    assert [url for url in watched.asked if not url.startswith(own_site.address)] == []


@at_the_root
def test_every_kind_of_page_keeps_the_policy_that_hosts_send_with_it(
    own_site: BuiltSite, browser_page: Page, watched: Watched
) -> None:
    browser_page.route("**/*", _as_a_host_that_sends_our_headers)
    for kind in KINDS:
        answer = browser_page.goto(own_site.url_of(own_site.page_of(kind)))
        assert answer is not None
        assert "frame-ancestors" in answer.headers["content-security-policy"]
        assert browser_page.evaluate(LOAD_ALL) == [], kind
    assert own_site.address in watched.asked


@at_the_root
@pytest.mark.parametrize(
    ("inline", "directive"),
    [
        ("<script>window.ran = true</script>", "script-src-elem"),
        ("<style>body { color: red }</style>", "style-src-elem"),
        ("<p style='color: red'>", "style-src-attr"),
        ("<img src=x onerror='window.ran = true'>", "script-src-attr"),
    ],
)
def test_what_stands_inline_in_a_page_is_refused(
    inline: str, directive: str, own_site: BuiltSite, browser_page: Page
) -> None:
    said: list[str] = []
    browser_page.add_init_script(WATCH)
    browser_page.on("console", lambda message: said.append(message.text))
    page = (
        (own_site.folder / "index.html").read_text("utf-8").replace("</main>", inline + "</main>")
    )
    browser_page.route(own_site.address, lambda route: route.fulfill(body=page))
    browser_page.goto(own_site.address)
    assert browser_page.evaluate("window.ran") is None
    assert f"refused: {directive}" in said


@at_the_root
def test_every_page_but_the_search_and_one_with_a_video_says_the_same_without_scripts(
    own_site: BuiltSite, browser: Browser
) -> None:
    texts: list[list[str]] = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        texts.append([])
        for kind in sorted(KINDS.keys() - {"search", "post with boxes, listings and a video"}):
            page.goto(own_site.url_of(own_site.page_of(kind)))
            texts[-1].append(page.locator("body").inner_text())
        context.close()
    assert texts[0] == texts[1]
    assert min(map(len, texts[0])) > 100


@at_the_root
@pytest.mark.parametrize("kind", ["home", "post with pictures", "author", "feeds", "wrong address"])
def test_a_keyboard_reaches_the_text_first_and_then_every_link_with_its_focus_in_sight(
    kind: str, own_site: BuiltSite, browser_page: Page
) -> None:
    browser_page.set_viewport_size({"width": 820, "height": 900})
    browser_page.emulate_media(reduced_motion="reduce")  # else it scrolls there slowly
    browser_page.goto(own_site.url_of(own_site.page_of(kind)))
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.className") == "skip"
    assert browser_page.evaluate(FOCUSED)["inside"]
    for _ in range(TABS):
        browser_page.keyboard.press("Tab")
        focused = browser_page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            break
        assert focused["outlined"], focused
        assert focused["inside"], browser_page.evaluate("document.activeElement.outerHTML")


@at_the_root
def test_the_first_key_leads_past_the_navigation(own_site: BuiltSite, browser_page: Page) -> None:
    browser_page.goto(own_site.address)
    browser_page.keyboard.press("Tab")
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "main"


def test_a_wrong_address_shows_a_page_with_working_links_however_deep_it_is(
    own_site: BuiltSite, browser_page: Page
) -> None:
    answer = browser_page.goto(own_site.address + "no/such/page/")
    assert answer is not None
    assert answer.status == 404
    colour = browser_page.evaluate("getComputedStyle(document.body).borderTopWidth")
    assert colour != "0px"
    browser_page.locator("main a").first.click()
    assert own_site.file_at(browser_page.url) is not None


def test_a_reader_gets_from_the_home_page_to_a_post_its_author_and_a_feed(
    own_site: BuiltSite, browser_page: Page
) -> None:
    browser_page.goto(own_site.address)
    browser_page.locator("main h2 a").first.click()
    title = browser_page.locator("h1").inner_text()
    browser_page.locator("a[rel~=author]").first.click()
    assert browser_page.locator("main").get_by_text(title).count() >= 1
    feed = browser_page.locator("main a", has_text="RSS").first.get_attribute("href")
    answer = browser_page.request.get(browser_page.evaluate("h => new URL(h, location).href", feed))
    assert answer.status == 200
    assert title in answer.text()


@at_the_root
@pytest.mark.parametrize("width", [390, 1280])
def test_the_name_of_one_author_stands_beside_the_face(
    width: int, own_site: BuiltSite, browser_page: Page
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 800})
    posts = [
        name
        for name, tree in own_site.trees.items()
        if sum(one.get("class") == "face face-m" for one in tree.iter("img")) == 1
    ]
    assert len(posts) > 5
    for name in posts:
        browser_page.goto(own_site.url_of(name))
        assert browser_page.evaluate(BESIDE), name
