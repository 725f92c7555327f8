"""What the search of a built site can find, as its script reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from blognet.kernel.ids import SitePath
from blognet.render.bodies import render_bodies
from blognet.render.search import Searchable, SearchFiles
from blognet.site import Published, catalogue_of
from tests.unit.site.published_values import built_in_words, live_author, settings

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.site import LivePost


def searched_posts(folder: Path) -> list[list[str]]:
    """Return the rows of all posts of a search's folder, the newest first."""
    years = json.loads((folder / "posts.json").read_text("utf-8"))["years"]
    return [
        row
        for year in years
        for row in json.loads((folder / f"posts-{year}.json").read_text("utf-8"))
    ]


def searched_files(posts: tuple[LivePost, ...]) -> dict[str, bytes]:
    """Return the files of the search of posts, by their addresses."""
    published, config = Published(posts=posts, authors=(live_author("ann"),)), settings()
    catalogue = catalogue_of(published, config)
    made_from = Searchable(
        catalogue=catalogue,
        config=config,
        documents=render_bodies(catalogue, config, built_in_words()).posts,
        key_of=lambda live: live.hash.hex,
    )
    files = SearchFiles(made_from)
    return {path: files.file(SitePath(path), "") for path in files.digests()}
