"""A pass over HTML that markup made: images get their measures and sources, and stand as figures and galleries.

Trusted code, after the sanitiser. It knows no site: what stands for an image is the caller's function. An image alone
in its paragraph with a title is a figure with a caption; several images alone in a paragraph are a gallery.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from blognet.markup.tags import TAG, read_attributes, write_attributes

if TYPE_CHECKING:
    from collections.abc import Callable

_ATTRIBUTES = r'(?: [a-z-]+(?:="[^"]*")?)*'
_IMAGE = rf"(?:<a{_ATTRIBUTES}>)?<img{_ATTRIBUTES}>(?:</a>)?"
_ONE = re.compile(_IMAGE)
_ALONE = re.compile(rf"<p>((?:\s|<br>|{_IMAGE})*)</p>")
_IMG = re.compile(rf"<img({_ATTRIBUTES})>")
COLUMN = "(min-width: 45rem) 41rem, calc(100vw - 2.5rem)"
"""How wide an image of the text is shown: the column's measure, or the screen without its margins."""
PART_OF_GALLERY = "(min-width: 45rem) 20rem, calc(50vw - 2rem)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSource:
    """One ``<source>``: addresses with the width of each in pixels.

    Attributes:
        type: Media type.
        media: When it applies; "" for always.
    """

    type: str
    candidates: tuple[tuple[str, int], ...]
    media: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownImage:
    """What stands for an image. Measures are in pixels, 0 when unknown; `whole` is where its full size is, or ""."""

    src: str
    width: int = 0
    height: int = 0
    sources: tuple[ImageSource, ...] = ()
    whole: str = ""


def set_images(
    html: str, choose: Callable[[str], ShownImage | None], *, first_is_late: bool
) -> str:
    """Return the HTML with its images set.

    Args:
        html: HTML that markup made, with addresses as the author wrote them.
        choose: Gets an image's address; returns what stands for it, None to leave it as it is.
        first_is_late: Whether the first image, too, may wait until the reader comes near; a page's very first image
            should not.
    """
    if "<img " not in html:
        return html
    setter = _Setter(choose=choose, eager=not first_is_late)
    return setter.images_in(_ALONE.sub(setter.paragraph, html))


@dataclass(slots=True)
class _Setter:
    choose: Callable[[str], ShownImage | None]
    eager: bool

    def paragraph(self, match: re.Match[str]) -> str:
        """Return a paragraph of nothing but images as a figure or a gallery."""
        items = _ONE.findall(match[1])
        if not items:
            return match[0]
        if len(items) > 1:
            return f'<div class="gallery">{"".join(map(self._of_gallery, items))}</div>'
        item, caption = _without_title(items[0])
        return _figure(item, caption) if caption else match[0]

    def _of_gallery(self, item: str) -> str:
        item, caption = _without_title(item)
        marked = item.replace("<img ", '<img data-g="" ', 1)
        found = _IMG.search(item)
        if not item.startswith("<a") and found is not None:
            shown = self.choose(read_attributes(found[1]).get("src", ""))
            if shown is not None and shown.whole:
                marked = f'<a href="{escape(shown.whole)}">{marked}</a>'
        return _figure(marked, caption)

    def images_in(self, html: str) -> str:
        """Return the HTML with each image in its ``<picture>``; one that has its own keeps it."""
        out: list[str] = []
        at, inside = 0, 0
        for match in TAG.finditer(html):
            close, name, source = match.groups()
            if name == "picture":
                inside += -1 if close else 1
            if name == "img":
                out += html[at : match.start()], self._image(read_attributes(source), inside > 0)
                at = match.end()
        return "".join((*out, html[at:]))

    def _image(self, attributes: dict[str, str], inside: bool) -> str:  # noqa: FBT001  # private
        sizes = PART_OF_GALLERY if attributes.pop("data-g", None) is not None else COLUMN
        if self.eager:
            attributes.pop("loading", None)
            self.eager = False
        shown = self.choose(attributes.get("src", ""))
        if shown is None:
            return f"<img{write_attributes(attributes)}>"
        attributes["src"] = shown.src
        wanted = attributes.get("width", "")
        if wanted.isdecimal() and 0 < int(wanted) < shown.width:
            sizes = f"{int(wanted)}px"
        _measure(attributes, shown)
        image = f"<img{write_attributes(attributes)}>"
        if inside or not shown.sources or "srcset" in attributes:
            return image
        sources = "".join(_source(source, sizes) for source in shown.sources)
        return f"<picture>{sources}{image}</picture>"


def _measure(attributes: dict[str, str], shown: ShownImage) -> None:
    """Say how large an image is, so that its place is kept; what its author says of it stays in shape."""
    if not shown.width or not shown.height:
        return
    wide, high = attributes.get("width"), attributes.get("height")
    if wide is None and high is None:
        attributes |= {"width": str(shown.width), "height": str(shown.height)}
    elif wide is not None and wide.isdecimal() and high is None:
        attributes["height"] = str(max(1, round(shown.height * int(wide) / shown.width)))
    elif high is not None and high.isdecimal() and wide is None:
        attributes["width"] = str(max(1, round(shown.width * int(high) / shown.height)))


def _source(source: ImageSource, sizes: str) -> str:
    candidates = ", ".join(f"{address} {width}w" for address, width in source.candidates)
    attributes = {"type": source.type, "srcset": candidates, "sizes": sizes}
    if source.media:
        attributes["media"] = source.media
    return f"<source{write_attributes(attributes)}>"


def _without_title(item: str) -> tuple[str, str]:
    """Return an image without its title, and the title."""
    found = _IMG.search(item)
    attributes = read_attributes(found[1]) if found else {}
    caption = attributes.pop("title", "").strip()
    if found is None or not caption:
        return item, ""
    bare = f"<img{write_attributes(attributes)}>"
    return item[: found.start()] + bare + item[found.end() :], caption


def _figure(item: str, caption: str) -> str:
    said = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
    return f"<figure>{item}{said}</figure>"
