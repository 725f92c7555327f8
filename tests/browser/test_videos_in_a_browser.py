"""Videos of other sites: no request before the click, one host after it, a link without scripts, the keys' way."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from blognet.site import Published
from tests.unit.site.published_values import Built, build, live_post, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

HERE = "https://clocks.example.org"
WATCH = "addEventListener('securitypolicyviolation', e => console.error('refused: ' + e.violatedDirective))"
LEFT_TO_THE_BROWSER = """document.addEventListener('click', (event) => {
  isLeftToTheBrowser = !event.defaultPrevented;
  event.preventDefault();
})"""
VIDEOS = {
    "youtube": ("https://youtu.be/dQw4w9WgXcQ?t=90", "www.youtube-nocookie.com"),
    "vimeo": ("https://vimeo.com/123456789", "player.vimeo.com"),
    "peertube": ("https://tube.example.org/w/9c9de5e8-0a1e-484a-b099", "tube.example.org"),
}
each_video = pytest.mark.parametrize(("address", "host"), VIDEOS.values(), ids=VIDEOS)


@dataclass(slots=True)
class Visit:
    """A page that is looked at, the hosts that it asked, and what its console said."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def site() -> Built:
    posts = [
        live_post(f"on-{name}", body=f'Before.\n\n[Winding up]({address} "By night")\n\nAfter.\n')
        for name, (address, _) in VIDEOS.items()
    ]
    posts.append(live_post("without", body=f"Text with {VIDEOS['vimeo'][0]} in it.\n"))
    return build(
        Published(posts=tuple(posts)),
        settings("embeds: {peertube: [tube.example.org]}\n"),
        theme_files=("embed.js",),
    )


@contextmanager
def visit(browser: Browser, site: Built, path: str, *, scripts: bool = True) -> Iterator[Visit]:
    """Show a page; the other hosts are played by this test, nothing leaves the machine."""
    context = browser.new_context(java_script_enabled=scripts)
    seen = Visit(page=context.new_page())
    kinds = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}

    def answer(route: Route) -> None:
        asked = urlsplit(route.request.url)
        if f"{asked.scheme}://{asked.netloc}" != HERE:
            seen.asked.append(asked.netloc)
            route.fulfill(body="<title>A video</title>It plays.", content_type="text/html")
            return
        kind = kinds.get(asked.path.rpartition(".")[2], "text/html; charset=utf-8")
        route.fulfill(body=site.files[asked.path], content_type=kind)

    context.route("**/*", answer)
    if scripts:
        seen.page.add_init_script(WATCH)
    seen.page.on("console", lambda message: seen.said.append(message.text))
    seen.page.goto(f"{HERE}{path}")
    seen.page.wait_for_load_state("networkidle")
    yield seen
    context.close()


def path_of(address: str) -> str:
    name = next(name for name, (known, _) in VIDEOS.items() if known == address)
    return f"/2026/on-{name}/"


@each_video
def test_nobody_else_is_asked_before_the_click_and_one_host_after_it(
    browser: Browser, site: Built, address: str, host: str
) -> None:
    with visit(browser, site, path_of(address)) as seen:
        seen.page.mouse.wheel(0, 2000)
        seen.page.get_by_role("button", name="Winding up").hover()
        assert seen.asked == []
        seen.page.get_by_role("button", name="Winding up").click()
        seen.page.frame_locator("iframe").get_by_text("It plays.").wait_for()
        assert set(seen.asked) == {host}
        assert seen.said == []
        frame = seen.page.locator("figure.embed iframe")
        assert (frame.get_attribute("title") or "").startswith("Winding up")
        assert seen.page.locator("figure.embed figcaption").inner_text() == "By night"


@each_video
def test_before_the_click_the_card_says_from_where_the_video_comes(
    browser: Browser, site: Built, address: str, host: str
) -> None:
    with visit(browser, site, path_of(address)) as seen:
        assert host in seen.page.get_by_role("button", name="Winding up").inner_text()


@each_video
def test_without_scripts_the_card_is_a_link_to_the_video(
    browser: Browser, site: Built, address: str, host: str
) -> None:
    del host
    with visit(browser, site, path_of(address), scripts=False) as seen:
        link = seen.page.get_by_role("link", name="Winding up")
        assert "loaded from" not in link.inner_text()
        with seen.page.expect_navigation():
            link.click()
        assert seen.page.url == address


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_key_plays_the_video_and_the_focus_goes_into_it(
    browser: Browser, site: Built, key: str
) -> None:
    with visit(browser, site, "/2026/on-vimeo/") as seen:
        seen.page.get_by_role("button", name="Winding up").focus()
        seen.page.keyboard.press(key)
        seen.page.frame_locator("iframe").get_by_text("It plays.").wait_for()
        assert seen.page.evaluate("document.activeElement.localName") == "iframe"


def test_a_click_that_asks_for_another_tab_gets_the_video_there(
    browser: Browser, site: Built
) -> None:
    with visit(browser, site, "/2026/on-vimeo/") as seen:
        seen.page.evaluate(LEFT_TO_THE_BROWSER)
        seen.page.get_by_role("button", name="Winding up").click(modifiers=["ControlOrMeta"])
        assert seen.page.evaluate("isLeftToTheBrowser") is True
        assert seen.page.locator("iframe").count() == 0


def test_the_policy_of_a_page_names_the_host_of_its_own_videos_and_no_other(site: Built) -> None:
    for name, (_, host) in VIDEOS.items():
        text = site.text(f"/2026/on-{name}/")
        assert f"frame-src https://{host};" in text
        assert "embed.js" in text
    for path in ("/", "/2026/without/", "/archive/", "/search/"):
        assert "frame-src" not in site.text(path)
        assert "embed.js" not in site.text(path)
