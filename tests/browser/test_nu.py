"""Every page of the built demo, read by the Nu checker of the W3C's validator; `make nu` installs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.built_site import BuiltSite

JAR = Path(sys.prefix) / "nu/node_modules/vnu-jar/build/dist/vnu.jar"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
POLICY = (
    "Resource violates Content Security Policy",
    "Inline script violates Content Security Policy",
)
"""A file on the disk has no origin, so that 'self' allows it nothing, and a block of data is no script: what the policy
really stops is tried in a browser, on a real host.
"""


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command that checks files. Without Java or the checker the test is skipped; in CI it fails."""
    java = shutil.which("java")
    if java is not None and JAR.is_file():
        return [java, "-Xss1m", "-jar", str(JAR), "--format", "json", "--stdout", "--skip-non-html"]
    message = "no Java, or no Nu checker, on this machine; 'make nu' installs them"
    if IN_CI:
        pytest.fail(message)
    pytest.skip(message)


def said_of(checker: list[str], *paths: Path) -> list[str]:
    """Return what the checker says of the pages at these paths: errors and warnings."""
    run = subprocess.run([*checker, *map(str, paths)], capture_output=True, text=True, check=False)
    messages = json.loads(run.stdout)["messages"]
    return [
        f"{each['url']}:{each.get('lastLine')}: {each['type']}: {each['message']}"
        for each in messages
        if not each["message"].startswith(POLICY)
    ]


@pytest.mark.parametrize("own_site", ["/"], indirect=True)
def test_the_nu_checker_has_nothing_to_say_of_any_page(
    checker: list[str], own_site: BuiltSite
) -> None:
    assert said_of(checker, own_site.folder) == []


def test_the_nu_checker_has_nothing_to_say_of_the_plain_theme(
    checker: list[str], plain_site: BuiltSite
) -> None:
    assert said_of(checker, plain_site.folder) == []


def test_the_nu_checker_is_not_silent_about_a_fault(checker: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p><div></div></p>", "utf-8")
    assert any("No “p” element in scope" in each for each in said_of(checker, page))
