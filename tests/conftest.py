"""What every test may ask for: a browser, its own git settings, `--update-golden`, and how hard hypothesis tries.

The person's own settings never reach a test: neither their git configuration nor who they are to blognet.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from blognet.markup import Parser
from tests.browser_path import find_chromium
from tests.unit.markup.rendering import Render, renderer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as BrowserPage

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# No deadlines and no complaint about slowness: a busy machine must not fail a test.
settings.register_profile(
    "dev", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
# The same examples in every run: a change must be judged by what it changes. New ground is for people, who run
# without CI=true, with other seeds and, for the git test, as many steps as they like (BLOGNET_STEPS).
settings.register_profile(
    "ci", parent=settings.get_profile("dev"), max_examples=200, derandomize=True, print_blob=True
)
settings.load_profile("ci" if IN_CI else "dev")

PROPERTIES = Path(__file__).parent / "property"

GIT_SETTINGS = """\
[init]
    defaultBranch = main
[gc]
    auto = 0
[maintenance]
    auto = false
[advice]
    detachedHead = false
"""

FORGET = (
    "BLOGNET_USER",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "EDITOR",
    "FORCE_COLOR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_WORK_TREE",
    "LINES",
    "NO_COLOR",
    "PAGER",
    "VISUAL",
)

BROWSER_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what came out into the golden files; a person reads the diff",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all tests that use the browser on one worker, so that Chromium starts once; begin with the longest.

    Properties take up to a minute each. At the end of a run one of them would leave the other workers idle.
    """
    items.sort(key=lambda item: PROPERTIES not in item.path.parents)
    for item in items:
        if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session", params=Parser, ids=str)
def render(request: pytest.FixtureRequest) -> Render:
    """Markdown to a Document, once with each parser."""
    return renderer(Parser(request.param))


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether to rewrite the expected results instead of comparing with them."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session", autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give git an identity for commits and no configuration but ours.

    The identity is in the environment, not in ``user.email``: git is silent about who runs blognet until a test
    tells it.
    """
    git_settings = tmp_path_factory.mktemp("git") / "gitconfig"
    git_settings.write_text(GIT_SETTINGS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in FORGET:
            patch.delenv(name, raising=False)
        patch.setenv("GIT_CONFIG_GLOBAL", str(git_settings))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_TERMINAL_PROMPT", "0")
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "Test Person")
            patch.setenv(f"GIT_{role}_EMAIL", "test@example.org")
        yield


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Chromium's program. Without one the test is skipped; in CI it fails."""
    found = find_chromium()
    if found is None:
        message = "no Chromium on this machine; 'make browser' installs one"
        if IN_CI:
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """Headless Chromium, started once."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only browser tests pay for it

    arguments = list(BROWSER_ARGUMENTS)
    if sys.platform == "linux" and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to run as root otherwise
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium_path, headless=True, args=arguments
        )
        yield started
        started.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[BrowserPage]:
    """A page of its own: no cookies and no storage of another test."""
    context = browser.new_context()
    yield context.new_page()
    context.close()
