"""Links and images of a post. Answers: where does each address of the old site lead now?

An address of the old site is one that begins with ``/``, or with the old site's own URL. It becomes the new address
of a post, person or tag, or the name of a file in the post's bundle; what leads nowhere is remarked on. Addresses of
other sites are left alone. Whatever stands in code is left alone too.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blognet.content.assets import ASSET_ENDINGS, IMAGE_ENDINGS
from blognet.importers import codes
from blognet.importers.embeds import attributes_of
from blognet.importers.spans import Span, inside
from blognet.importers.structure import code_spans, html_spans
from blognet.importers.traced import Edit, TracedText
from blognet.importers.values import Remark
from blognet.kernel.problems import Severity
from blognet.kernel.text import slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

_DESTINATION = r"(?P<dest><[^<>\n]*>|[^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)"
_IMAGE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(\s*" + _DESTINATION
    + r"(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)", re.DOTALL
)  # fmt: skip
_LINK = re.compile(r"\]\(\s*" + _DESTINATION)
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*" + _DESTINATION, re.MULTILINE)
_IMAGE_TAG = re.compile(r"<img\b(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>", re.IGNORECASE)
_SOURCE = re.compile(
    r"\bsrc\s*=\s*(?P<quote>[\"'])(?P<dest>.*?)(?P=quote)", re.DOTALL | re.IGNORECASE
)
_HREF = re.compile(
    r"<a\b(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*?\bhref\s*=\s*(?P<quote>[\"'])(?P<dest>.*?)(?P=quote)",
    re.DOTALL | re.IGNORECASE,
)
_POST = re.compile(r"/\d{4}/\d{1,2}/\d{1,2}/(?P<slug>[^/]+)/?")
_PERSON = re.compile(r"/(?:team|author|authors)/(?P<id>[^/]+)/?")
_TAG = re.compile(r"/tags?/(?P<tag>[^/]+)/?")


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSite:
    """What addresses of the old site lead to.

    Attributes:
        posts: New address by old address, in lower case.
        slugs: New address by old slug, for links with a wrong date; only slugs that one post had.
        people: Address of the author page by author id.
        tags: Ids of the tags in use.
        assets: Paths of the tree, without a leading ``/``, that posts may bring along.
        refused: Of `assets`, those that posts cannot have beside them, and why.
        urls: The old site's own URLs, without a ``/`` at the end.
    """

    posts: Mapping[str, str] = field(default_factory=dict)
    slugs: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    assets: frozenset[str] = frozenset()
    refused: Mapping[str, str] = field(default_factory=dict)
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Referenced:
    """The converted text, the tree's files it uses with their names in the bundle, and what was lost."""

    source: TracedText
    assets: Mapping[str, str]
    remarks: tuple[Remark, ...]


@dataclass(slots=True, kw_only=True)
class _Work:
    source: TracedText
    site: OldSite
    assets: dict[str, str]
    code: tuple[Span, ...] = ()
    html: tuple[Span, ...] = ()
    edits: list[Edit] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def remark(
        self, offset: int, code: str, message: str, *, severity: Severity = Severity.WARNING
    ) -> None:
        line = self.source.line_at(offset)
        self.remarks.append(Remark(line=line, code=code, severity=severity, message=message))


def convert_references(source: TracedText, site: OldSite, assets: Mapping[str, str]) -> Referenced:
    """Rewrite the addresses in a post's body.

    Args:
        source: The body, Liquid and kramdown already converted.
        site: What old addresses lead to.
        assets: Files that the post uses already, by path in the tree: their names in the bundle.
    """
    with_images = _Work(source=source, site=site, assets=dict(assets))
    _scan(with_images)
    for match in _IMAGE.finditer(source.text):
        if not inside(with_images.code, match.start()):
            _markdown_image(with_images, match)
    for match in _IMAGE_TAG.finditer(source.text):
        if not inside(with_images.code, match.start()):
            _html_image(with_images, match)
    linked = _Work(
        source=source.edited(with_images.edits),
        site=site,
        assets=with_images.assets,
        remarks=with_images.remarks,
    )
    _scan(linked)
    for pattern in (_LINK, _DEFINITION, _HREF):
        for match in pattern.finditer(linked.source.text):
            if not inside(linked.code, match.start()):
                _link(linked, match)
    return Referenced(
        source=linked.source.edited(linked.edits),
        assets=linked.assets,
        remarks=tuple(linked.remarks),
    )


def own_path(address: str, urls: tuple[str, ...]) -> str | None:
    """Return the path of an address of the old site, with query and fragment; None for any other address."""
    for url in urls:
        if address == url or address.startswith((f"{url}/", f"{url}?", f"{url}#")):
            return address.removeprefix(url) or "/"
    return address if address.startswith("/") and not address.startswith("//") else None


def asset_name(path: str, taken: Mapping[str, str]) -> str:
    """Return the name of a tree's file in the bundle that uses it; parent folders tell namesakes apart."""
    if path in taken:
        return taken[path]
    used = {name.casefold() for name in taken.values()}
    parts = PurePosixPath(path).parts
    for length in range(1, len(parts) + 1):
        name = unicodedata.normalize("NFC", "-".join(parts[-length:]))
        if name.casefold() not in used:
            return name
    return "-".join((str(len(taken)), *parts))


def image_refusal(path: str, site: OldSite) -> str:
    """Return why a file of the tree cannot be shown as an image, or ""."""
    if path in site.refused:
        return site.refused[path]
    ending = PurePosixPath(path).suffix.lower()
    return (
        "" if ending in IMAGE_ENDINGS else f"a file ending in '{ending}' is not shown as an image"
    )


def _scan(work: _Work) -> None:
    work.code, work.html = code_spans(work.source.text), html_spans(work.source.text)


def _image_source(work: _Work, address: str, offset: int) -> str | None:
    """Return what an image's address becomes; None when there is no image to show."""
    path = own_path(address, work.site.urls)
    if path is None:
        return address
    name = unquote(path.partition("?")[0].partition("#")[0].lstrip("/"))
    if name not in work.site.assets:
        work.remark(offset, codes.IMAGE_MISSING, f"the image '/{name}' is not in the tree")
        return None
    if refusal := image_refusal(name, work.site):
        work.remark(offset, codes.IMAGE_REFUSED, f"the image '/{name}' was left out: {refusal}")
        return None
    work.assets[name] = asset_name(name, work.assets)
    return work.assets[name]


def _markdown_image(work: _Work, match: re.Match[str]) -> None:
    address = _resolved(match["dest"])
    found = _image_source(work, address, match.start())
    if found is None:
        alt = " ".join(match["alt"].split())
        in_html = inside(work.html, match.start())
        marks = ("<em>", "</em>") if in_html or "*" in alt else ("*", "*")
        text = f"{marks[0]}Image: {alt}{marks[1]}" if alt else ""
        work.edits.append(Edit(start=match.start(), end=match.end(), text=text))
    elif found != address:
        work.edits.append(
            Edit(start=match.start("dest"), end=match.end("dest"), text=_written(found))
        )


def _html_image(work: _Work, match: re.Match[str]) -> None:
    source = _SOURCE.search(match[0])
    if source is None:
        return
    address = _resolved(source["dest"])
    found = _image_source(work, address, match.start())
    if found is None:
        alt = html.escape(
            " ".join(attributes_of(match["attributes"]).get("alt", "").split()), quote=False
        )
        text = f"<em>Image: {alt}</em>" if alt else ""
        work.edits.append(Edit(start=match.start(), end=match.end(), text=text))
    elif found != address:
        start, end = match.start() + source.start("dest"), match.start() + source.end("dest")
        work.edits.append(Edit(start=start, end=end, text=html.escape(found)))


def _link(work: _Work, match: re.Match[str]) -> None:
    address = _resolved(match["dest"])
    path = own_path(address, work.site.urls)
    if path is None:
        return
    bare, mark, rest = _split(path)
    found = _new_address(work, bare, match.start("dest"))
    if found is None:
        # The old site may still answer there; a root-relative link would look for the page on the new one.
        base = work.site.urls[0] if work.site.urls and address == path else ""
        found = base + address.removesuffix(mark + rest)
    if found + mark + rest != address:
        new = _written(found + mark + rest)
        work.edits.append(Edit(start=match.start("dest"), end=match.end("dest"), text=new))


def _new_address(work: _Work, path: str, offset: int) -> str | None:
    """Return where a path of the old site leads now; None, with a remark, when it leads nowhere."""
    name = unquote(path.strip("/"))
    if name in work.site.refused:
        message = f"the file '/{name}' was left out: {work.site.refused[name]}"
        work.remark(offset, codes.IMAGE_REFUSED, message)
        return None
    if name in work.site.assets:
        work.assets[name] = asset_name(name, work.assets)
        return work.assets[name]
    directory = f"/{name}/".replace("//", "/").removesuffix("index.html/")
    found = _known_post(work.site, directory) or _list_address(work.site, directory)
    if found is not None:
        return found
    if post := _POST.fullmatch(directory):
        return _post_by_slug(work, post["slug"], path, offset)
    ending = PurePosixPath(name).suffix.lower()
    if name.startswith("assets/") or ending in ASSET_ENDINGS:
        work.remark(offset, codes.FILE_MISSING, f"the file '/{name}' is not in the tree")
    else:
        message = f"the page '{path}' was not imported"
        work.remark(offset, codes.LINK_OUTSIDE, message, severity=Severity.NOTE)
    return None


def _known_post(site: OldSite, directory: str) -> str | None:
    bare = directory.lower().rstrip("/")
    stem = bare.removesuffix(".html")
    spellings = (directory.lower(), bare, f"{stem}/", f"{stem}.html")
    return next((site.posts[spelling] for spelling in spellings if spelling in site.posts), None)


def _list_address(site: OldSite, directory: str) -> str | None:
    """Return the address of a list of posts: an author's, a tag's, all of them, or the feed."""
    if directory in {"/", "/blog/"}:
        return "/"
    if directory == "/feed.xml/":
        return "/feed.xml"
    if (person := _PERSON.fullmatch(directory)) and person["id"] in site.people:
        return site.people[person["id"]]
    if tag := _TAG.fullmatch(directory):
        slug = slugify(unquote(tag["tag"]))
        return f"/tags/{slug}/" if slug in site.tags else None
    return None


def _post_by_slug(work: _Work, slug: str, path: str, offset: int) -> str | None:
    found = work.site.slugs.get(slug.lower())
    if found is None:
        work.remark(offset, codes.POST_LINK_MISSING, f"no imported post had the address '{path}'")
        return None
    message = f"no post had the address '{path}'; the link leads to '{found}' now"
    work.remark(offset, codes.POST_LINK_MISSING, message, severity=Severity.NOTE)
    return found


def _split(path: str) -> tuple[str, str, str]:
    """Part a path from its query or fragment: path, ``?`` or ``#`` or "", the rest."""
    match = re.search(r"[?#]", path)
    return (path[: match.start()], match[0], path[match.end() :]) if match else (path, "", "")


def _resolved(destination: str) -> str:
    bare = destination[1:-1] if destination.startswith("<") else destination
    return html.unescape("".join(bare.split("\n"))).strip()


def _written(address: str) -> str:
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
