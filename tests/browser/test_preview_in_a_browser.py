"""The live preview in a real browser: what is saved is seen, without a reload by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.invariants.network_folder import NetworkFolder, post, start
from tests.preview.serving import Preview, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

LONG = "\n\n".join(f"Paragraph {number}." for number in range(200))
SCROLLED = 1500
STYLES = "themes/default/static/style.css"


@pytest.fixture
def network(tmp_path: Path) -> NetworkFolder:
    network = start(tmp_path / "network")
    network.write("queue/long.md", post("Long", body=LONG))
    network.approve("long")
    network.write("queue/fresh.md", post("Fresh", body=LONG))
    return network


@pytest.fixture
def preview(network: NetworkFolder) -> Iterator[Preview]:
    with serving(network.root) as running:
        yield running


def opened(page: Page, address: str) -> list[str]:
    """Open a page, wait until it listens, and return what it complains about."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    listens(page)
    return said


def becomes_true(page: Page, expression: str) -> None:
    """Wait until an expression holds; the page's policy lets no tool evaluate words inside it."""
    for _ in range(600):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def listens(page: Page) -> None:
    page.wait_for_selector("html[data-blognet-version]")


def test_a_saved_edit_is_seen_and_the_place_is_kept(
    network: NetworkFolder, preview: Preview, browser_page: Page
) -> None:
    said = opened(browser_page, f"{preview.address}_preview/2024/fresh/")
    browser_page.evaluate(f"scrollTo(0, {SCROLLED})")

    network.write("queue/fresh.md", post("Fresh", body=f"{LONG}\n\nA last word."))

    browser_page.wait_for_selector("text=A last word.", state="attached")
    listens(browser_page)
    becomes_true(browser_page, f"Math.abs(scrollY - {SCROLLED}) < 5")
    assert browser_page.locator(".blognet-banner").inner_text().lower().startswith("new")
    assert said == []


def test_a_change_of_styles_alone_is_seen_without_loading_the_page_again(
    network: NetworkFolder, preview: Preview, browser_page: Page
) -> None:
    opened(browser_page, f"{preview.address}2024/long/")
    browser_page.evaluate("window.stayed = true")

    network.write(STYLES, "body { --probe: 7px; border-left: 7px solid red }")

    becomes_true(browser_page, "getComputedStyle(document.body).borderLeftWidth === '7px'")
    assert browser_page.evaluate("window.stayed") is True


def test_an_edit_elsewhere_leaves_the_page_alone(
    network: NetworkFolder, preview: Preview, browser_page: Page
) -> None:
    opened(browser_page, f"{preview.address}2024/long/")
    browser_page.evaluate("window.stayed = true")
    version = browser_page.evaluate("document.documentElement.dataset.blognetVersion")

    network.write("queue/fresh.md", post("Fresh", body="Other."))

    becomes_true(browser_page, f"document.documentElement.dataset.blognetVersion !== '{version}'")
    assert browser_page.evaluate("window.stayed") is True


def test_broken_front_matter_lies_over_the_page_until_it_is_mended(
    network: NetworkFolder, preview: Preview, browser_page: Page
) -> None:
    opened(browser_page, f"{preview.address}2024/long/")

    network.write("queue/fresh.md", "---\ntitle: Fresh\nauthors: [ada\n---\nText.\n")
    faults = browser_page.wait_for_selector("#blognet-faults")
    assert faults is not None
    shown = faults.inner_text()
    network.write("queue/fresh.md", post("Fresh"))
    browser_page.wait_for_selector("#blognet-faults", state="detached")

    assert "queue/fresh.md:" in shown
    assert "^" in shown


def test_what_waits_is_listed_and_can_be_followed(preview: Preview, browser_page: Page) -> None:
    said = opened(browser_page, f"{preview.address}_waiting/")

    browser_page.click("text=Fresh")
    listens(browser_page)

    assert browser_page.url.endswith("/_preview/2024/fresh/")
    assert said == []


def test_a_page_of_another_site_cannot_read_the_preview(
    preview: Preview, browser_page: Page
) -> None:
    browser_page.goto("data:text/html,<p>elsewhere")
    read = browser_page.evaluate(
        "address => fetch(address).then(answer => answer.status, () => 'refused')", preview.address
    )
    listened = browser_page.evaluate(
        """address => new Promise(done => {
            const source = new EventSource(address + "_blognet/events");
            source.onerror = () => { source.close(); done("refused"); };
            source.addEventListener("state", () => done("heard"));
        })""",
        preview.address,
    )

    assert (read, listened) == ("refused", "refused")


def test_a_list_follows_behind_the_page_of_what_was_saved(
    network: NetworkFolder, preview: Preview, browser_page: Page
) -> None:
    said = opened(browser_page, f"{preview.address}_preview/")

    saving = network.write("queue/.brand-new.md.tmp", post("Brand new"))
    saving.rename(network.root / "queue/brand-new.md")

    browser_page.wait_for_selector("text=Brand new")
    assert said == []
