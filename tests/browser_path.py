"""Where Chromium is on this machine; `python tests/browser_path.py` says it, for the Makefile.

The system's own comes first: it is what Debian packages and what needs no download. Playwright's copy is the
second choice.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> Path | None:
    """Say which Chromium the tests use, or None when there is none."""
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


if __name__ == "__main__":
    path = find_chromium()
    if path is None:
        sys.exit("no Chromium on this machine")
    sys.stdout.write(f"{path}\n")
