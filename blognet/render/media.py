"""Sound and film that posts bring along: what pages play, what feeds hand to podcast programs. Fetches nothing.

A file of the bundle is played from the site; one on a host that the network allows is played from there; any other is
a link, and in no feed.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blognet.content.media import is_elsewhere, media_type_of, name_in_bundle
from blognet.kernel.ids import SitePath
from blognet.markup.hosts import host_of, is_listed
from blognet.render.links import as_link
from blognet.site import addresses
from blognet.themes.languages import language_name
from blognet.themes.views import MediaView, TrackView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.kernel.ids import Subject
    from blognet.render.context import Context
    from blognet.site import LivePost

CAPTIONS = ".vtt"


def media_view(subject: Subject, context: Context) -> MediaView | None:
    """Return what a post or page brings along; None when that is nothing, or not published.

    Raises:
        KeyError: The subject is not on the site.
    """
    live = context.catalogue.contents[subject]
    if not live.post.front.media:
        return None  # most posts, which need not be remembered for it
    return context.memory.media.of(str(subject), lambda: _media_view(live, context))


def media_kind(live: LivePost) -> str:
    """Return ``audio`` or ``video`` when a post names sound or film, without a look at the file; else ""."""
    return media_type_of(live.post.front).partition("/")[0]


def _media_view(live: LivePost, context: Context) -> MediaView | None:
    front = live.post.front
    kind = media_type_of(front)
    if not kind:
        return None
    if is_elsewhere(front.media):
        host = host_of(front.media)
        return MediaView(
            kind=media_kind(live),
            url=front.media,
            type=kind,
            length=front.media_length or 0,
            playable=is_listed(host, frozenset(context.config.hosts)),
            host=host,
        )
    digests = {entry.path: entry.sha256 for entry in live.assets}
    name = name_in_bundle(front.media, digests)
    path = SitePath(addresses.beside(live.url, name))
    if not name or path not in context.ground.paths:
        return None
    return MediaView(
        kind=media_kind(live),
        url=as_link(path),
        type=kind,
        length=len(context.asset(digests[name])),
        playable=True,
        tracks=tuple(_tracks(live, name, context)) if kind.startswith("video/") else (),
    )


def _tracks(live: LivePost, name: str, context: Context) -> Iterator[TrackView]:
    """Give the captions beside a film: ``talk.vtt`` in the language of the post, ``talk.de.vtt`` in another one."""
    own = context.tag(live.subject.language)
    stem = str(PurePosixPath(name).with_suffix(""))
    wanted = {f"{stem}{CAPTIONS}": own}
    for tag in (own, *context.config.languages):
        wanted.setdefault(f"{stem}.{tag}{CAPTIONS}", tag)
    names = {entry.path for entry in live.assets}
    for file, tag in wanted.items():
        path = SitePath(addresses.beside(live.url, file))
        if file in names and path in context.ground.paths:
            yield TrackView(url=as_link(path), language=tag, label=language_name(tag))
