"""The link that copies a post's address, with and without its script, under the policy of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.site import Published
from tests.unit.site.published_values import Built, build, live_post, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Route

HERE = "https://clocks.example.org"
POST = f"{HERE}/2026/wheels/"
WATCH = "addEventListener('securitypolicyviolation', e => console.error('refused: ' + e.violatedDirective))"


@pytest.fixture(scope="module")
def site() -> Built:
    return build(Published(posts=(live_post("wheels"),)), settings("share: [copy, mail]\n"))


def served(context: BrowserContext, site: Built) -> None:
    """Answer every request with a file of the site; nothing leaves this machine."""
    kinds = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HERE)
        kind = kinds.get(path.rpartition(".")[2], "text/html; charset=utf-8")
        route.fulfill(body=site.files[path], content_type=kind)

    context.route("**/*", answer)


def test_the_address_is_copied_the_reader_is_told_and_the_policy_holds(
    browser: Browser, site: Built
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    served(context, site)
    page = context.new_page()
    said: list[str] = []
    page.add_init_script(WATCH)
    page.on("console", lambda message: said.append(message.text))
    page.goto(POST)
    page.get_by_role("link", name="Copy link").click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == POST
    assert (page.url, said) == (POST, [])
    context.close()


def test_without_scripts_it_is_a_link_to_the_post(browser: Browser, site: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    served(context, site)
    page = context.new_page()
    page.goto(POST)
    with page.expect_navigation():
        page.get_by_role("link", name="Copy link").click()
    assert page.url == POST
    context.close()
