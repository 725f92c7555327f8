"""The golden file of hostile input, shown in Chromium: nothing runs, is fetched or changes when it is read again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.markup import render_markdown

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page, Route

GOLDEN = Path(__file__).parents[1] / "golden" / "markup-xss.md"
INPUT = re.compile(r"^``````markdown\n(.*?)^``````$", re.MULTILINE | re.DOTALL)
HIDDEN = re.compile(r"\\u\{([0-9a-f]+)\}")
HOME = "http://blog.test/"
READ_AGAIN = """() => {
  const again = document.createElement('div'), html = document.body.innerHTML;
  again.innerHTML = html;
  return again.innerHTML === html;
}"""


def test_hostile_input_runs_nothing_and_fetches_nothing_from_elsewhere(browser_page: Page) -> None:
    said: list[str] = []
    asked: list[str] = []
    body = ""

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(
            body=f"<!doctype html><meta charset=utf-8><body>{body}",
            content_type="text/html; charset=utf-8",
        )

    def hear(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    browser_page.on("dialog", hear)
    browser_page.route("**/*", answer)
    for text in _texts():
        body = render_markdown(text).html
        browser_page.goto(HOME)
        assert browser_page.evaluate(READ_AGAIN), text
    assert said == []
    assert [url for url in asked if not url.startswith(HOME)] == []


def test_this_page_would_notice_a_script_and_a_request(browser_page: Page) -> None:
    said: list[str] = []
    asked: list[str] = []

    def hear(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(
            body="<img src=http://elsewhere.test/ onerror=alert(1)>", content_type="text/html"
        )

    browser_page.on("dialog", hear)
    browser_page.route("**/*", answer)
    with browser_page.expect_event("dialog"):
        browser_page.goto(HOME)
    assert said == ["1"]
    assert "http://elsewhere.test/" in asked


def _texts() -> list[str]:
    found: list[str] = INPUT.findall(GOLDEN.read_text("utf-8"))
    assert found
    return [HIDDEN.sub(lambda hidden: chr(int(hidden[1], 16)), text) for text in found]
