"""The files beside a few new posts, laid over what is kept: pictures as readers get them, anything else as it is.

Pictures are shown by whoever names their addresses. When somebody asked for one of these addresses before there was
anything, or a drawing is among them, more is touched than is worked out here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.actions.kept_bytes import ORDER, as_order
from blognet.content.assets import ending_of
from blognet.engine import fact_key
from blognet.pictures.recipes import Recipe
from blognet.render.links import destination, ground_of, origin_of
from blognet.render.pictures import Pictures, page_of, with_pictures
from blognet.render.shown import shown_by
from blognet.render.social import own_picture
from blognet.render.watched import PATH, PICTURE, here
from blognet.site.again import FurtherError
from blognet.site.pages import Asset, Made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from blognet.actions.kept_scene import KeptUnits
    from blognet.actions.studio import Studio
    from blognet.config import Config
    from blognet.disk.memory import Recall
    from blognet.kernel.ids import SitePath
    from blognet.render.links import Ground
    from blognet.site import LivePost, Page
    from blognet.site.related import Change

    ImagesOf = Callable[[LivePost], tuple[str, ...]]


def lay_files(  # what is known, and where
    changes: tuple[Change, ...],
    pages: Iterable[Page],
    units: KeptUnits,
    paths: AbstractSet[SitePath],
    recalled: Recall,
    config: Config,
    studio: Studio,
    images: ImagesOf,
) -> None:
    """Lay the files beside new posts over what is kept, and the copies of pictures that these posts show.

    Args:
        changes: The posts, as they were and as they are.
        pages: Those that are new or others, the files as they were approved among them.
        units: What is kept, with these pages.
        paths: All addresses of the site, with those of the files.
        recalled: What the last build remembers.
        config: The network's settings.
        studio: Where pictures are measured.
        images: Gives the addresses of the images in a text.

    Raises:
        FurtherError: More is touched.
        KeptFaultError: What is kept makes no sense.
    """
    files = sorted((page for page in pages if isinstance(page.shows, Asset)), key=_path)
    if files:
        _refuse(changes, files, recalled)
        _lay_pictures(files, units, config, studio)
    pictures = Pictures(shown=units.looked_up(PICTURE))
    ground = ground_of(units.catalogue(()).contents, paths, config.url)
    for live in (new for old, new in changes if new and old is None):
        shown = shown_by(live, images(live), ground, pictures)
        recipes = [recipe for picture in shown for recipe in picture.beside]
        for recipe in (*recipes, *_for_others(live, pictures, ground, config)):
            page = page_of(recipe)
            if units.known_page(page.key) is None:
                units.pages[page.key] = page


def sources_with(known: tuple[str, ...], pages: Iterable[Page]) -> tuple[str, ...]:
    """Return the approved pictures that a site needs, by SHA-256 in hex, with those of pages that are new or others."""
    made = (page.shows.recipe for page in pages if isinstance(page.shows, Made))
    more = {recipe.source for recipe in made if isinstance(recipe, Recipe)}
    return tuple(sorted({*known, *more})) if more - {*known} else known


def _refuse(changes: tuple[Change, ...], files: Iterable[Page], recalled: Recall) -> None:
    asked = [fact_key(here(PATH), page.path) for page in files]
    is_further = (
        any(new is None for _, new in changes)  # what led to a post may lead to a file now
        or any(ending_of(page.path) == ".svg" for page in files)
        or any(True for _ in recalled.readers(asked))
    )
    if is_further:
        raise FurtherError


def _lay_pictures(files: Iterable[Page], units: KeptUnits, config: Config, studio: Studio) -> None:
    by_path = {page.path: page for page in files}
    found, pictures, problems = with_pictures(
        tuple(by_path.values()), studio.darkroom, studio.asset, config
    )
    if problems:
        raise FurtherError
    units.pages |= {page.key: page for page in found if page.path in by_path}
    units.above |= {f"{PICTURE} {path}": one for path, one in pictures.shown.items()}
    if pictures.shown:
        known = map(str, as_order(units.value(f"{ORDER} {PICTURE}")))
        units.above[f"{ORDER} {PICTURE}"] = tuple(sorted({*known, *pictures.shown}))


def _for_others(
    live: LivePost, pictures: Pictures, ground: Ground, config: Config
) -> tuple[Recipe, ...]:
    """Return the copy of a post's own picture that other sites show."""
    if not config.social_cards.draw or own_picture(live, pictures, ground) is None:
        return ()
    own = pictures.at(destination(live.post.front.image, origin_of(live), ground).address)
    return (own.share,) if own and own.share else ()


def _path(page: Page) -> SitePath:
    return page.path
