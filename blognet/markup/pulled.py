"""pyromark as we ask it (https://github.com/monosans/pyromark): which syntax it reads, and what its events say."""

from __future__ import annotations

from functools import cache

from pyromark import Markdown, Options


@cache
def reader() -> Markdown:
    """Return the parser with all syntax that we read."""
    return Markdown(
        options=Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_GFM
    )


def target_of(about: object) -> tuple[str, str]:
    """Return the address and the title of a link or an image."""
    if not isinstance(about, dict):
        return "", ""
    address = str(about["dest_url"])
    return f"mailto:{address}" if about["link_type"] == "Email" else address, str(about["title"])
