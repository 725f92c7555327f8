"""A post or page read from another version of it that has the same front matter, byte for byte.

Most edits change the body alone. What front matter says is found by YAML and pydantic, which take longer to load than
everything else that follows such an edit; where the block is the one of before, it says what it said before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blognet.content.fences import Fence, split_front_matter
from blognet.content.headings import heading_of, is_heading_of

if TYPE_CHECKING:
    from blognet.content.values import Post


def with_other_body(before: Post, *, old: str, new: str) -> Post | None:
    """Return what a text says, from what another text said; None when it has to be read.

    The path must have contributed the same to both, and both be read by the same rules.

    Args:
        before: What the other text said; its body is not asked for.
        old: The other text.
        new: The text.
    """
    one, two = split_front_matter(old), split_front_matter(new)
    is_same = (one.fence, one.block, one.block_line) == (two.fence, two.block, two.block_line)
    if not is_same or two.fence is Fence.NONE or not (one.closed and two.closed):
        return None
    title, former = before.front.title, heading_of(one)[2]
    body, line, heading = heading_of(two)
    if heading != former and former and is_heading_of(former, title):
        return None  # the title may have been that heading
    if not heading or not is_heading_of(heading, title):
        body, line = two.body, two.body_line
    return replace(before, body=body, body_line=line)
