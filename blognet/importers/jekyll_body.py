"""One planned post turned into files. Answers: what are its bytes, which images go along, what was lost on the way?

The order of conversions is Jekyll's own: Liquid first, then Markdown; addresses last, when both are plain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blognet.importers import codes
from blognet.importers.embeds import convert_embeds
from blognet.importers.jekyll_media import moved_media
from blognet.importers.kramdown import convert_kramdown
from blognet.importers.liquid import LiquidContext, Person, convert_liquid
from blognet.importers.references import (
    OldSite,
    asset_name,
    convert_references,
    image_refusal,
    own_path,
)
from blognet.importers.traced import traced
from blognet.importers.values import Remark
from blognet.kernel.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.importers.jekyll_post import OldPost


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedPost:
    """A post's converted parts.

    Attributes:
        body: Markdown as blognet reads it.
        image: The front matter's image: a name among `assets`, a remote address, or "".
        media: The keys of its sound or film.
        toc: Whether it asks for a table of contents; None when it does not say.
        assets: Names in the bundle by path in the tree.
        remarks: What was lost or repaired.
    """

    body: str
    image: str
    media: Mapping[str, str | int]
    toc: bool | None
    assets: Mapping[str, str]
    remarks: tuple[Remark, ...]


def convert_post(
    post: OldPost, *, site: OldSite, people: Mapping[str, Person], posts: Mapping[str, str]
) -> ConvertedPost:
    """Convert a post's body and image.

    Args:
        post: As the tree has it.
        site: What old addresses lead to.
        people: By author id.
        posts: New address by old file name without ending.
    """
    image, assets, image_remarks = _front_image(post, site)
    media, assets, media_remarks = moved_media(post.media, site, assets)
    context = LiquidContext(page=post.page, people=people, posts=posts)
    source = traced(post.body, first_line=post.body_line)
    without_liquid, liquid_remarks = convert_liquid(source, context)
    without_frames, frame_remarks = convert_embeds(without_liquid)
    markdown = convert_kramdown(without_frames)
    referenced = convert_references(markdown.source, site, assets)
    remarks = (
        *post.remarks, *image_remarks, *media_remarks, *liquid_remarks, *frame_remarks, *markdown.remarks,
        *referenced.remarks,
    )  # fmt: skip
    return ConvertedPost(
        body=referenced.source.text,
        image=image,
        media=media,
        toc=True if markdown.toc else post.toc,
        assets=referenced.assets,
        remarks=remarks,
    )


def _front_image(post: OldPost, site: OldSite) -> tuple[str, Mapping[str, str], tuple[Remark, ...]]:
    """Return the post's image, the files it needs, and what to report."""
    if not post.image:
        return "", {}, ()
    path = own_path(post.image, site.urls)
    if path is None and "://" not in post.image:
        path = f"/{post.image}"
    if path is None:
        return post.image, {}, ()
    name = unquote(path.lstrip("/"))
    remark = Remark(
        line=post.image_line,
        code=codes.IMAGE_MISSING,
        severity=Severity.WARNING,
        message=f"the post's image '/{name}' is not in the tree",
        key="image",
    )
    if name not in site.assets:
        return "", {}, (remark,)
    if refusal := image_refusal(name, site):
        message = f"the post's image '/{name}' was left out: {refusal}"
        return "", {}, (replace(remark, code=codes.IMAGE_REFUSED, message=message),)
    assets = {name: asset_name(name, {})}
    return assets[name], assets, ()
