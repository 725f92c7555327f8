"""Pictures of the site: what is published in place of each approved one, and how a page shows it.

The address of an author's picture stays (``/2026/bells/drum.jpg``), its bytes are made anew; beside it there are
narrower ones and other formats under ``/media/``, named by what they are made of. Knows no templates; bytes are made
when a page of them is rendered.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, assert_never
from urllib.parse import unquote

from blognet.content.assets import ending_of
from blognet.kernel.ids import SitePath
from blognet.kernel.problems import Location, Problem, Severity
from blognet.markup.pictures import ImageSource, ShownImage
from blognet.pictures import codes
from blognet.pictures.bundled import bundled_fonts, can_shape
from blognet.pictures.cards import FACE, Card, draw_card
from blognet.pictures.facts import UnreadableError, facts_of
from blognet.pictures.initials import Initials, draw_initials
from blognet.pictures.lettering import Lettering
from blognet.pictures.recipes import Recipe, face, face_sides, scaled, shared, still, whole
from blognet.pictures.structure import FORMATS, PictureFormat
from blognet.render.links import as_link
from blognet.site.pages import Asset, Made, Page
from blognet.themes.views import CandidateView, PictureView, SourceView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blognet.config import Config
    from blognet.pictures.facts import PictureFacts

MEDIA = "/media/"
_NAME = 20
_MOST_FACES_KEPT = 500
_STILL = "(prefers-reduced-motion: reduce)"
_ENDINGS = {PictureFormat.JPEG: "jpg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Darkroom:
    """Where pictures are measured and made.

    Attributes:
        measure: Gives the facts of an approved picture by the SHA-256 of its bytes; raises `UnreadableError`.
        make: Gives the bytes of a recipe or a card.
        lettering: Gives the fonts for cards, which few builds draw.
    """

    measure: Callable[[str], PictureFacts]
    make: Callable[[Recipe | Card], bytes]
    lettering: Callable[[], Lettering]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture of the site.

    Attributes:
        path: Its address, where the largest one is.
        width: Of that one, in pixels.
        height: The same.
        sets: For each format that is offered beside it, the best first: its recipes, narrowest first.
        still: The first frame of a moving picture.
        recipe: Of the picture at its address; None for a drawing, which is published as it is.
        share: For other sites, which know few formats.
    """

    path: SitePath
    width: int
    height: int
    sets: tuple[tuple[PictureFormat, tuple[Recipe, ...]], ...] = ()
    still: Recipe | None = None
    recipe: Recipe | None = None
    share: Recipe | None = None

    @property
    def beside(self) -> tuple[Recipe, ...]:
        """Every recipe but that of the address itself."""
        stills = () if self.still is None else (self.still,)
        return (*stills, *(recipe for _, recipes in self.sets for recipe in recipes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Every picture of the site by its address."""

    shown: Mapping[SitePath, Picture] = field(default_factory=dict)

    def at(self, address: str) -> Picture | None:
        """Return the picture at an address as it stands in a link; None when there is none."""
        return self.shown.get(SitePath(unquote(address)))


def plain_darkroom(asset: Callable[[str], bytes]) -> Darkroom:
    """Return a darkroom that keeps nothing.

    Args:
        asset: Gives the bytes of an approved file by their SHA-256 in hex.
    """
    lettering = Lettering(fonts=bundled_fonts(), shapes=can_shape())
    return Darkroom(
        measure=lambda sha256: facts_of(asset(sha256)),
        make=lambda recipe: make_one(recipe, asset, lettering),
        lettering=lambda: lettering,
    )


def make_one(recipe: Recipe | Card, asset: Callable[[str], bytes], lettering: Lettering) -> bytes:
    """Return the bytes of a recipe or a card."""
    from blognet.pictures.develop import develop  # noqa: PLC0415  # Pillow, for those who have pictures

    if isinstance(recipe, Recipe):
        return develop(asset(recipe.source), (recipe,))[0]
    known = _faces_on_cards()
    if len(known) >= _MOST_FACES_KEPT:
        known.clear()
    for source in recipe.faces:
        if isinstance(source, str) and source not in known:
            portrait = face(source, FACE, PictureFormat.PNG)
            known[source] = develop(asset(source), (portrait,))[0]
    return draw_card(recipe, faces=known, lettering=lettering)


@cache
def _faces_on_cards() -> dict[str, bytes]:
    """Return faces as they stand on cards, by the SHA-256 of what they are made of: people write more than one post."""
    return {}


def with_pictures(
    pages: tuple[Page, ...], darkroom: Darkroom, asset: Callable[[str], bytes], config: Config
) -> tuple[tuple[Page, ...], Pictures, tuple[Problem, ...]]:
    """Put what readers get in place of every approved picture.

    Returns:
        All pages, sorted by path; the pictures; and a warning for each that is left out, since it cannot be decoded.
    """
    kept: dict[SitePath, Page] = {}
    shown: dict[SitePath, Picture] = {}
    problems: list[Problem] = []
    for page in pages:
        if not isinstance(page.shows, Asset) or ending_of(page.path) not in {*FORMATS, ".svg"}:
            kept[page.path] = page
            continue
        try:
            picture = _picture(page.path, page.shows, darkroom, asset, config)
        except UnreadableError as reason:
            problems.append(_left_out(page, reason))
            continue
        shown[page.path] = picture
        kept[page.path] = (
            replace(page, shows=Made(recipe=picture.recipe)) if picture.recipe else page
        )
    for picture in shown.values():
        for recipe in (*picture.beside, *((picture.share,) if picture.share else ())):
            kept.setdefault(path_of(recipe), page_of(recipe))
    ordered = tuple(kept[path] for path in sorted(kept))
    return ordered, Pictures(shown=shown), tuple(problems)


def sources_in(pages: tuple[Page, ...]) -> tuple[str, ...]:
    """Return the SHA-256 of every approved picture that is to be made into others."""
    return tuple(
        page.shows.sha256
        for page in pages
        if isinstance(page.shows, Asset) and ending_of(page.path) in FORMATS
    )


def made(recipe: Recipe | Initials | Card, darkroom: Darkroom) -> bytes:
    """Return the bytes of a picture that is made for the site."""
    return draw_initials(recipe) if isinstance(recipe, Initials) else darkroom.make(recipe)


def path_of(recipe: Recipe) -> SitePath:
    """Return the address of what a recipe makes."""
    ending = _ENDINGS.get(recipe.format, recipe.format.value)
    return SitePath(f"{MEDIA}{recipe.name[:_NAME]}-{recipe.width}.{ending}")


def path_of_initials(initials: Initials) -> SitePath:
    """Return the address of initials."""
    return SitePath(f"{MEDIA}{initials.name[:_NAME]}.svg")


def path_of_card(card: Card) -> SitePath:
    """Return the address of a social card."""
    return SitePath(f"{MEDIA}{card.name[:_NAME]}.png")


def page_of(recipe: Recipe | Initials | Card) -> Page:
    """Return the file that holds what a recipe makes."""
    match recipe:
        case Recipe():
            path = path_of(recipe)
        case Initials():
            path = path_of_initials(recipe)
        case Card():
            path = path_of_card(recipe)
        case _:
            assert_never(recipe)
    return Page(key=path.lstrip("/"), path=path, shows=Made(recipe=recipe), indexed=False)


def shown_image(picture: Picture) -> ShownImage:
    """Return a picture as HTML shows it, with addresses from the root of the site."""
    sources = tuple(
        ImageSource(
            type=f"image/{form.value}",
            candidates=tuple((path_of(recipe), recipe.width) for recipe in recipes),
        )
        for form, recipes in picture.sets
    )
    if picture.still is not None:
        candidates = ((path_of(picture.still), picture.still.width),)
        frozen = ImageSource(
            type=f"image/{picture.still.format.value}", candidates=candidates, media=_STILL
        )
        sources = (frozen, *sources)
    return ShownImage(
        src=as_link(picture.path),
        width=picture.width,
        height=picture.height,
        sources=sources,
        whole=as_link(picture.path) if picture.recipe else "",
    )


def picture_view(picture: Picture, *, alt: str = "") -> PictureView:
    """Return a picture as templates show it."""
    shown = shown_image(picture)
    sources = tuple(
        SourceView(
            type=source.type,
            candidates=tuple(
                CandidateView(url=url, width=width) for url, width in source.candidates
            ),
            media=source.media,
        )
        for source in shown.sources
    )
    return PictureView(
        url=shown.src, width=shown.width, height=shown.height, alt=alt, sources=sources
    )


def _picture(
    path: SitePath,
    shows: Asset,
    darkroom: Darkroom,
    asset: Callable[[str], bytes],
    config: Config,
) -> Picture:
    source = shows.sha256
    if ending_of(path) == ".svg":
        from blognet.content.svg_size import svg_size  # noqa: PLC0415  # reads XML

        width, height = svg_size(asset(source)) or (0, 0)
        return Picture(path=path, width=width, height=height)
    facts = darkroom.measure(source)
    formats = (*((PictureFormat.AVIF,) if config.images.avif else ()), PictureFormat.WEBP)
    if shows.is_face:
        return _face(path, source, facts, formats)
    recipe = whole(source, facts)
    return Picture(
        path=path,
        width=recipe.width,
        height=recipe.height,
        sets=tuple((form, scaled(source, facts, form)) for form in formats),
        still=still(source, facts) if facts.frames > 1 else None,
        recipe=recipe,
        share=shared(source, facts),
    )


def _face(
    path: SitePath, source: str, facts: PictureFacts, formats: tuple[PictureFormat, ...]
) -> Picture:
    sides = face_sides(facts)
    return Picture(
        path=path,
        width=sides[-1],
        height=sides[-1],
        sets=tuple((form, tuple(face(source, side, form) for side in sides)) for form in formats),
        recipe=face(source, sides[-1], facts.format),
    )


def _left_out(page: Page, reason: UnreadableError) -> Problem:
    return Problem(
        location=Location(path=f"site{page.path}"),
        code=codes.NOT_SHOWN,
        severity=Severity.WARNING,
        message=f"the picture '{page.key}' is left out: {reason}",
        hint="export it anew, and have that version approved",
    )
