"""The faces of people: the picture that somebody gave, else their initials.

Initials lie under ``/media/`` by what they show, so that their addresses name nobody.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from blognet.kernel.ids import AuthorId
from blognet.pictures.initials import HUES, SIDE, Initials
from blognet.render.pictures import page_of, path_of_initials, picture_view
from blognet.site import ListKind
from blognet.site.articles import avatar_of
from blognet.themes.views import PictureView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.kernel.ids import SitePath
    from blognet.render.pictures import Pictures
    from blognet.site import Catalogue, Page

HUE_CIRCLE = 360


def face_view(
    author: AuthorId, language: str, catalogue: Catalogue, pictures: Pictures
) -> PictureView:
    """Return the face of an author as pages in a language show it."""
    path = avatar_path(author, catalogue, pictures)
    if path:
        return picture_view(pictures.shown[path])
    initials = initials_in(author, language, catalogue)
    return PictureView(url=path_of_initials(initials), width=SIDE, height=SIDE)


def avatar_path(author: AuthorId, catalogue: Catalogue, pictures: Pictures) -> SitePath | None:
    """Return where the picture is that an author gave; None when there is none on the site."""
    path = avatar_of(author, catalogue.authors)
    return path if path in pictures.shown else None


def initials_pages(catalogue: Catalogue, pictures: Pictures) -> tuple[Page, ...]:
    """Return the initials of everybody who is named anywhere and gave no picture."""
    wanted = {
        initials_in(author, language, catalogue)
        for author, language in set(_named(catalogue))
        if avatar_path(author, catalogue, pictures) is None
    }
    return tuple(page_of(initials) for initials in sorted(wanted))


def initials_in(author: AuthorId, language: str, catalogue: Catalogue) -> Initials:
    """Return the initials of an author by the name that the profile says in a language, else by the bare id."""
    live = catalogue.author_in(author, language)
    letters = initials_of(live.author.name if live else author)
    return Initials(letters=letters, hue=hue_of(author) * len(HUES) // HUE_CIRCLE)


def initials_of(name: str) -> str:
    """Return the first letters of the first and the last word of a name; "?" when it has no letters."""
    firsts = [next((sign for sign in word if sign.isalnum()), "") for word in name.split()]
    letters = [letter for letter in firsts if letter]
    return "".join([*letters[:1], *letters[1:][-1:]]).upper() or "?"


def hue_of(author: AuthorId) -> int:
    """Return 0 to 359: steady for an id, and the same on every machine."""
    return int(hashlib.sha256(author.encode()).hexdigest()[:8], 16) % HUE_CIRCLE


def _named(catalogue: Catalogue) -> Iterator[tuple[AuthorId, str]]:
    for subject, live in catalogue.contents.items():
        for author in live.authors:
            yield author, subject.language
    for key in catalogue.listings:
        if key.kind is ListKind.AUTHOR:
            yield AuthorId(key.id), key.language
