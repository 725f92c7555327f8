"""Whether two versions of a post get the same place on a site. What a text decides there is which posts are like it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.kernel.hashing import ContentHash

if TYPE_CHECKING:
    from blognet.site.published import LivePost

_NO_HASH = ContentHash("0" * 64)


def is_planned_alike(old: LivePost, new: LivePost) -> bool:
    """Whether nothing but the text differs."""
    return old is new or _without_text(old) == _without_text(new)


def _without_text(live: LivePost) -> LivePost:
    return replace(live, hash=_NO_HASH, post=replace(live.post, body="", body_line=0))
