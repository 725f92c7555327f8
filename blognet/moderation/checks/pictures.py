"""Images: whose host readers would ask, and what people hear who cannot see them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blognet.content.values import Post
from blognet.markup.hosts import host_of, is_listed, is_remote
from blognet.moderation.checks import codes
from blognet.moderation.checks.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.config.checks import Checks
    from blognet.kernel.problems import Location
    from blognet.markup import Document
    from blognet.markup.values import Image
    from blognet.moderation.checks.facts import SiteFacts
    from blognet.moderation.checks.source import CheckedSource

_CAMERA = re.compile(
    r"(?:img|dsc|dscn|image|bild|photo|foto|screenshot|pxl)?[-_ ]?\d{2,}.*", re.IGNORECASE
)
_HINT = "say what it shows: ![the drum of the clock, oiled](drum.jpg)"


def remote_images(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report images of hosts that are not listed, and what the front matter names there."""
    del settings
    for image in document.images:
        if _is_foreign(image.src, facts):
            yield _remote(image.src, source.find(image.src, line=image.line))
    content = source.content
    if (
        isinstance(content, Post)
        and content.front.image
        and _is_foreign(content.front.image, facts)
    ):
        yield _remote(content.front.image, source.in_front(content.front.image))
    if (
        isinstance(content, Post)
        and content.front.media
        and _is_foreign(content.front.media, facts)
    ):
        media = content.front.media
        yield _remote(media, source.in_front(media), what="sound or film")


def alt_texts(
    source: CheckedSource, document: Document, settings: Checks, facts: SiteFacts
) -> Iterator[Report]:
    """Report images without words, and those whose words are the name of a file."""
    del settings, facts
    for image in document.images:
        place = source.find(image.src, line=image.line)
        message = _silence(image, is_markdown=_is_markdown(source, place))
        if message:
            yield Report(code=codes.ALT_TEXT, location=place, message=message, hint=_HINT)
    content = source.content
    if isinstance(content, Post) and content.front.image and not content.front.image_alt:
        yield Report(
            code=codes.ALT_TEXT,
            location=source.in_front(content.front.image),
            message="the post's image has no words",
            hint="add a line such as image_alt: the drum of the clock, oiled",
        )


def _remote(address: str, place: Location, *, what: str = "image") -> Report:
    host = host_of(address)
    return Report(
        code=codes.REMOTE_IMAGES,
        location=place,
        message=f"the {what} lies on {host}, so readers get a link instead",
        hint=f"put it beside the text, or a mayor adds {host} to 'hosts'",
    )


def _is_foreign(address: str, facts: SiteFacts) -> bool:
    return is_remote(address) and not is_listed(host_of(address), facts.media_hosts)


def _is_markdown(source: CheckedSource, place: Location) -> bool:
    """Whether an image is written in Markdown, where nobody leaves the words out on purpose."""
    if not place.column:
        return True
    before = source.lines.lines[place.line - 1][: place.column - 1]
    return before.rstrip(" <").endswith("](") or "<img" not in before.lower()


def _silence(image: Image, *, is_markdown: bool) -> str:
    """Return why an image says nothing; "" when it says something, or says that it is decoration."""
    if image.alt is None or (not image.alt.strip() and is_markdown):
        return "the image has no words for people who cannot see it"
    said = image.alt.strip()
    name = PurePosixPath(unquote(image.src.partition("?")[0])).name
    is_name = said.casefold() in {name.casefold(), PurePosixPath(name).stem.casefold()}
    if said and is_name and ("." in said or _CAMERA.fullmatch(said)):
        return f"the words of the image, '{said}', are the name of its file"
    return ""
