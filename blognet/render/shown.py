"""Which of the pictures that could be on the site are shown by a page of it. A pure function of the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content.leads import Origin
from blognet.kernel.ids import AuthorId
from blognet.pictures.cards import Card
from blognet.pictures.recipes import Recipe
from blognet.render.faces import avatar_path
from blognet.render.links import destination, origin_of
from blognet.render.pictures import path_of
from blognet.render.texts import picture_at
from blognet.site import ListKind
from blognet.site.pages import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from blognet.kernel.ids import SitePath
    from blognet.render.context import Context
    from blognet.render.links import Ground
    from blognet.render.pictures import Picture, Pictures
    from blognet.site import Listing, LiveAuthor, LivePost, Page

    ImagesOf = Callable[[LivePost | LiveAuthor], tuple[str, ...]]


def in_use(context: Context, images: ImagesOf) -> tuple[Page, ...]:
    """Return the pages without the copies of pictures that nobody is shown; an author's own address always stays.

    Args:
        context: The look-ups.
        images: Gives the addresses of the images in a text, as its Document names them.
    """
    if not context.pictures.shown:
        return context.pages
    shown = {path_of(recipe) for picture in _shown(context, images) for recipe in picture.beside}
    shown |= {shared.path for shared in context.social.articles.values()}
    pictures = context.pictures.shown.values()
    copies = {path_of(recipe) for picture in pictures for recipe in picture.beside}
    copies |= {path_of(picture.share) for picture in pictures if picture.share}
    unused: set[SitePath] = copies - shown
    return tuple(page for page in context.pages if page.path not in unused)


def recipes_of(pages: tuple[Page, ...]) -> tuple[Recipe | Card, ...]:
    """Return what has to be made for these pages."""
    made = (page.shows.recipe for page in pages if isinstance(page.shows, Made))
    return tuple(dict.fromkeys(recipe for recipe in made if isinstance(recipe, Recipe | Card)))


def shown_by(
    live: LivePost, images: Iterable[str], ground: Ground, pictures: Pictures
) -> Iterator[Picture]:
    """Give the pictures of the site that a post or page shows, and the one that stands for it.

    Args:
        live: The post or page.
        images: The addresses of the images in its text.
        ground: What there is to lead to.
        pictures: All of the site.
    """
    named = [each for each in (*images, live.post.front.image) if each]
    if not named:
        return
    origin = origin_of(live)
    for address in dict.fromkeys(named):
        found = destination(address, origin, ground)
        picture = pictures.at(found.address) if found.exists else None
        if picture:
            yield picture


def _shown(context: Context, images: ImagesOf) -> Iterator[Picture]:
    for live in context.catalogue.contents.values():
        yield from shown_by(live, images(live), context.ground, context.pictures)
    for listing in context.catalogue.listings.values():
        if listing.key.kind is ListKind.AUTHOR:
            yield from _shown_of_author(listing, context, images)


def _shown_of_author(listing: Listing, context: Context, images: ImagesOf) -> Iterator[Picture]:
    """Return the face of an author, and the pictures of posts that the bio shows."""
    author, language = AuthorId(listing.key.id), listing.key.language
    path = avatar_path(author, context.catalogue, context.pictures)
    if path:
        yield context.pictures.shown[path]
    live = context.catalogue.author_in(author, language)
    origin = Origin(path=listing.url, language=language)
    for address in images(live) if live else ():
        picture = picture_at(address, origin, context)
        if picture:
            yield picture
