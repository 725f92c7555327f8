"""The pictures of this repository's own site in the README: ``make screenshots`` makes them anew.

The site is built as of a fixed moment and looked at in Chromium; the same machine with the same fonts gives the same
pictures.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import sync_playwright

from blognet.actions.build import build
from tests.browser_path import find_chromium

REPOSITORY = Path(__file__).parents[1]
IMAGES = REPOSITORY / "docs/images"
MOMENT = datetime(2026, 12, 24, 12, tzinfo=UTC)
COLOURS = 192


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture.

    Attributes:
        name: Of its file.
        page: The file of the site that it shows.
        size: Width and height of the window, in pixels of CSS.
        scheme: Day or night.
    """

    name: str
    page: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"]


DESK, PHONE = (1280, 860), (390, 760)
POST = "2026/a-winter-in-the-tower/index.html"
SHOTS = (
    Shot(name="home", page="index.html", size=DESK, scheme="light"),
    Shot(name="post-dark", page=POST, size=DESK, scheme="dark"),
    Shot(name="home-phone", page="index.html", size=PHONE, scheme="light"),
    Shot(
        name="post-phone-dark",
        page="2026/words-from-the-tower/index.html",
        size=PHONE,
        scheme="dark",
    ),
    Shot(name="author-phone", page="authors/edda/index.html", size=PHONE, scheme="light"),
)


def main() -> int:
    """Write every picture; returns the exit code."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build(REPOSITORY, now=MOMENT, output=site, base_url=site.as_uri())
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for shot in SHOTS:
            width, height = shot.size
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=shot.scheme
            )
            page.goto((site / shot.page).as_uri())
            taken = Image.open(io.BytesIO(page.screenshot()))
            small = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(IMAGES / f"{shot.name}.png", optimize=True)
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
