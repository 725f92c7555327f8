"""Sound and film that old posts name in their front matter, in the ways of Jekyll's podcast plugins and of WordPress.

What is not plainly a file of sound or film, a player's number for example, is none of ours and stays under `extra`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blognet.content.media import MEDIA_TYPES
from blognet.importers import codes
from blognet.importers.front import text_of
from blognet.importers.references import OldSite, asset_name, own_path
from blognet.importers.values import Remark
from blognet.kernel.problems import Severity
from blognet.kernel.yamltree import YamlMapping, YamlNode, YamlScalar, YamlSequence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ADDRESSES = frozenset(("src", "url", "file", "path", "mp3", "m4a", "ogg", "opus", "mp4", "webm"))
_LENGTHS = frozenset(("length", "bytes", "size"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OldMedia:
    """Sound or film as written.

    Attributes:
        address: On the old site, or a whole one.
        length: In bytes; None when not said.
        line: Of its key.
    """

    address: str
    length: int | None = None
    line: int = 1


def media_in(value: YamlNode, *, line: int) -> OldMedia | None:
    """Return what a value of front matter says; None when it is no file of sound or film."""
    words = tuple(_words(value))
    address = next((word for kind, word in words if kind in _ADDRESSES), "")
    length = next((word for kind, word in words if kind in _LENGTHS and word.isdigit()), "")
    ending = PurePosixPath(address.partition("?")[0]).suffix.lower()
    scheme = address.partition(":")[0].lower() if ":" in address else ""
    if ending not in MEDIA_TYPES or scheme not in {"", "https"} or address.startswith("//"):
        return None
    return OldMedia(address=address, length=int(length) if length else None, line=line)


def moved_media(
    media: OldMedia | None, site: OldSite, taken: Mapping[str, str]
) -> tuple[Mapping[str, str | int], Mapping[str, str], tuple[Remark, ...]]:
    """Return the keys of front matter, the files a post needs with their names in the bundle, and what to report.

    Args:
        media: What the post names; None for nothing.
        site: What old addresses lead to.
        taken: The files that the post needs already.
    """
    if media is None:
        return {}, taken, ()
    path = own_path(media.address, site.urls)
    if path is None and "://" not in media.address:
        path = f"/{media.address}"
    if path is None:
        length = {"media_length": media.length} if media.length else {}
        return {"media": media.address, **length}, taken, ()
    name = unquote(path.partition("?")[0].lstrip("/"))
    reason = "it is not in the tree" if name not in site.assets else site.refused.get(name, "")
    if reason:
        remark = Remark(
            line=media.line,
            code=codes.IMAGE_MISSING if name not in site.assets else codes.IMAGE_REFUSED,
            severity=Severity.WARNING,
            message=f"the post's file '/{name}' was left out: {reason}",
            key="media",
        )
        return {}, taken, (remark,)
    assets = {**taken, name: asset_name(name, taken)}
    return {"media": assets[name]}, assets, ()


def _words(value: YamlNode) -> Iterator[tuple[str, str]]:
    """Give kind and text of each part: of a mapping by its keys, of WordPress's lines by their order."""
    match value:
        case YamlMapping():
            yield from ((entry.key.text.lower(), text_of(entry.value)) for entry in value.entries)
        case YamlSequence() if value.items:
            yield from _words(value.items[0])
        case YamlScalar():
            parts = value.text.split()
            if len(parts) == len(("address", "length", "type")) and parts[1].isdigit():
                yield from (("url", parts[0]), ("length", parts[1]))
            else:
                yield "url", text_of(value)
        case _:
            return
