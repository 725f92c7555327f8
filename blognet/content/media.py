"""Sound and film that a post brings along: an episode, a recorded talk. Knows what front matter may say of one.

It is a file of the bundle, or an address elsewhere whose length and type are said, since nobody asks the network. One
for each post: podcast programs take no more (https://www.rssboard.org/rss-profile#element-channel-item-enclosure).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote, urlsplit

from blognet.content import codes
from blognet.content.assets import ending_of
from blognet.content.fields import image_of
from blognet.kernel.problems import Problem, Severity
from blognet.kernel.yamlmodels import Read
from blognet.kernel.yamltree import shortened
from blognet.kernel.yamlvalues import MisfitError, int_of, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from blognet.content.spelling import Spelled
    from blognet.content.values import FrontMatter

MEDIA_TYPES: Mapping[str, str] = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".ogv": "video/ogg",
}
"""The media type of each ending, https://www.iana.org/assignments/media-types/."""
_TYPE = re.compile(r"(?:audio|video)/[a-z0-9][a-z0-9.+-]{0,60}")
_MOST_BYTES = 10**13


def media_type_of(front: FrontMatter) -> str:
    """Return the media type of what a post brings along: as said, else by its ending; "" when neither says it."""
    path = urlsplit(front.media).path if is_elsewhere(front.media) else front.media
    return front.media_type or MEDIA_TYPES.get(ending_of(path), "") if front.media else ""


def is_elsewhere(media: str) -> bool:
    """Whether what a post brings along lies on another host."""
    return media.startswith("https://")


def name_in_bundle(media: str, names: Collection[str]) -> str:
    """Return which of these files is meant, its name as it is or as addresses write it; "" for none."""
    written = (unicodedata.normalize("NFC", text) for text in (media, unquote(media)))
    return next((name for name in written if name in names), "")


def media_of(value: object) -> str:
    """Return the name of a file in the bundle, or a whole address."""
    text = image_of(
        value
    )  # the same may stand there: a name, or an address that a browser can follow
    if text.startswith("/") or (":" in text and not is_elsewhere(text)):
        message = f"expected a file of sound or film, found '{shortened(text)}'"
        hint = (
            "write the name of a file in the post's folder, or an address that begins with https://"
        )
        raise MisfitError(message, code=codes.BAD_MEDIA, hint=hint)
    return text


def length_of(value: object) -> int | None:
    """Return a number of bytes."""
    number = int_of(value)
    if number is not None and not 0 < number < _MOST_BYTES:
        message = f"expected a number of bytes, found {number}"
        raise MisfitError(message, code=codes.BAD_MEDIA, hint="write it as 24567890")
    return number


def type_of(value: object) -> str:
    """Return a media type of sound or film."""
    text = text_of(value).lower()
    if text and not _TYPE.fullmatch(text):
        message = f"expected a type of sound or film, found '{shortened(text)}'"
        raise MisfitError(message, code=codes.BAD_MEDIA, hint="write it as audio/mpeg or video/mp4")
    return text


def media_problems(keys: Spelled, front: FrontMatter) -> Iterator[Problem]:
    """Yield what programs would miss: a type that nothing says, and the length of a file elsewhere."""
    node = keys.values.get("media")
    if node is None or not front.media:
        return
    where = keys.document.locate(node, key=keys.document.key_path(node))
    if not media_type_of(front):
        yield Problem(
            location=where,
            code=codes.BAD_MEDIA,
            message=f"nothing says what kind of sound or film '{shortened(front.media)}' is",
            hint="add a line such as media_type: audio/mpeg",
        )
    if is_elsewhere(front.media) and front.media_length is None:
        yield Problem(
            location=where,
            code=codes.MEDIA_WITHOUT_LENGTH,
            severity=Severity.WARNING,
            message="podcast programs are not told how long the file is",
            hint="add a line such as media_length: 24567890, in bytes",
        )


MediaAddress = Annotated[str, Read(media_of)]
MediaLength = Annotated[int | None, Read(length_of)]
MediaType = Annotated[str, Read(type_of)]
