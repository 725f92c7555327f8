"""Frames that authors wrote in raw HTML. Answers: what stands for one, a frame, a link to a video, or its title.

Whether a frame's host may be fetched from is asked later (`rewrite.external_media_to_links`). Trusted code.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from blognet.markup import hosts
from blognet.markup.values import Link, LinkKind
from blognet.markup.videos import video_of

if TYPE_CHECKING:
    from blognet.markup.values import MarkupOptions


def frame_html(
    source: str, title: str, options: MarkupOptions, *, linked: bool, line: int
) -> tuple[str, Link | None]:
    """Return the HTML for a frame, and the address in it.

    Args:
        source: The frame's address; "" when it has none that is allowed.
        title: Its title; "" when it has none.
        options: How to render.
        linked: Whether it stands inside a link, where only words can stand.
        line: Of the source.
    """
    host = hosts.host_of(source)
    words = title or options.labels.frame.replace("{host}", host or source)
    if linked or not source:
        return escape(words, quote=False), None
    is_allowed = hosts.is_listed(host, options.media_hosts)
    video = None if is_allowed else video_of(source, options.video_sites)
    if video is None:
        link = Link(kind=LinkKind.SRC, target=source, text=words, line=line)
        return hosts.write_frame(source, words), link
    said = title or video.watch
    html = (
        f'<a href="{escape(video.watch)}" rel="external noopener">{escape(said, quote=False)}</a>'
    )
    return html, Link(kind=LinkKind.HREF, target=video.watch, text=said, line=line)
