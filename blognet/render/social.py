"""What is shown of a page where somebody shares it: the post's own picture, else a card drawn for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blognet.kernel.ids import AuthorId, SitePath
from blognet.kernel.problems import Problem, Severity
from blognet.pictures import codes
from blognet.pictures.cards import HEIGHT, MOST_FACES, WIDTH, Card
from blognet.render.faces import avatar_path, initials_in
from blognet.render.links import destination, origin_of
from blognet.render.pictures import page_of, path_of, path_of_card
from blognet.site import ListKind
from blognet.site.articles import source_place
from blognet.themes.colours import accents_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.config import Config
    from blognet.kernel.ids import Subject
    from blognet.pictures.initials import Initials
    from blognet.pictures.lettering import Lettering
    from blognet.render.links import Ground
    from blognet.render.pictures import Pictures
    from blognet.site import Catalogue, Listing, ListKey, LivePost, Page
    from blognet.themes.colours import Accents

OWN_COLOUR = "#1f45c4"
"""The default theme's accent."""
LARGE_ENOUGH = 600
"""Pixels that a post's own picture is wide at least, so that others show it large."""
_NAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One picture for other sites. `alt` says what it shows."""

    path: SitePath
    width: int
    height: int
    type: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Social:
    """The pictures of all pages: of posts and pages, of authors' lists, and of the site for everything else."""

    articles: Mapping[Subject, Shared] = field(default_factory=dict)
    authors: Mapping[ListKey, Shared] = field(default_factory=dict)
    site: Shared | None = None
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()


def social_of(
    catalogue: Catalogue, pictures: Pictures, ground: Ground, config: Config, lettering: Lettering
) -> Social:
    """Choose or lay out what is shown of each page; nothing when the network wants none."""
    if not config.social_cards.draw:
        return Social()
    maker = _Maker(
        catalogue=catalogue,
        pictures=pictures,
        config=config,
        lettering=lettering,
        colours=accents_of(config.theme.accent or OWN_COLOUR),
    )
    pages: dict[SitePath, Page] = {}
    articles: dict[Subject, Shared] = {}
    problems: list[Problem] = []

    def drawn(card: Card, alt: str) -> Shared:
        page = page_of(card)
        pages[page.path] = page
        path = path_of_card(card)
        return Shared(path=path, width=WIDTH, height=HEIGHT, type="image/png", alt=alt)

    for subject, live in catalogue.contents.items():
        own = own_picture(live, pictures, ground)
        if own is not None:
            articles[subject] = own
            continue
        articles[subject] = drawn(maker.of_article(live), live.post.front.title)
        problems += _unwritten(live, lettering)
    authors = {
        key: drawn(maker.of_author(listing), listing.name)
        for key, listing in catalogue.listings.items()
        if key.kind is ListKind.AUTHOR
    }
    return Social(
        articles=articles,
        authors=authors,
        site=drawn(maker.of_site(), config.title),
        pages=tuple(pages[path] for path in sorted(pages)),
        problems=tuple(problems),
    )


def own_picture(live: LivePost, pictures: Pictures, ground: Ground) -> Shared | None:
    """Return a post's own picture; None when it has none that others show well."""
    front = live.post.front
    found = destination(front.image, origin_of(live), ground).address if front.image else ""
    picture = pictures.at(found)
    if picture is None or picture.share is None or picture.share.width < LARGE_ENOUGH:
        return None
    share = picture.share
    return Shared(
        path=path_of(share),
        width=share.width,
        height=share.height,
        type=f"image/{share.format.value}",
        alt=front.image_alt,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    catalogue: Catalogue
    pictures: Pictures
    config: Config
    lettering: Lettering
    colours: Accents

    def of_article(self, live: LivePost) -> Card:
        language = live.subject.language
        names = [self._name(author, language) for author in live.authors]
        return self._card(
            live.post.front.title, names=names, faces=self._faces(live.authors, language)
        )

    def of_author(self, listing: Listing) -> Card:
        author = AuthorId(listing.key.id)
        live = self.catalogue.author_in(author, listing.key.language)
        role = live.author.title if live else ""
        return self._card(
            listing.name, names=[role], faces=self._faces((author,), listing.key.language)
        )

    def of_site(self) -> Card:
        return self._card("", names=[self.config.tagline], faces=())

    def _card(self, title: str, *, names: list[str], faces: tuple[str | Initials, ...]) -> Card:
        shown = [name for name in names if name and not self.lettering.missing(name)]
        more = f" +{len(shown) - _NAMES}" if len(shown) > _NAMES else ""
        site = self.config.title
        return Card(
            title="" if self.lettering.missing(title) else _on_one_line(title),
            site="" if self.lettering.missing(site) else _on_one_line(site),
            names=_on_one_line(", ".join(shown[:_NAMES])) + more,
            faces=faces,
            ground=self.colours.plate,
            ink=self.colours.on_plate,
            fonts=self.lettering.digest,
        )

    def _name(self, author: AuthorId, language: str) -> str:
        live = self.catalogue.author_in(author, language)
        return live.author.name if live else author

    def _faces(self, authors: tuple[AuthorId, ...], language: str) -> tuple[str | Initials, ...]:
        return tuple(self._face(author, language) for author in authors[:MOST_FACES])

    def _face(self, author: AuthorId, language: str) -> str | Initials:
        path = avatar_path(author, self.catalogue, self.pictures)
        recipe = self.pictures.shown[path].recipe if path else None
        # A drawing (SVG) has no pixels to put on a card.
        return recipe.source if recipe else initials_in(author, language, self.catalogue)


def _unwritten(live: LivePost, lettering: Lettering) -> list[Problem]:
    title = live.post.front.title
    missing = lettering.missing(title)
    if not missing:
        return []
    return [
        Problem(
            location=source_place(live),
            code=codes.CARD_WITHOUT_TITLE,
            severity=Severity.WARNING,
            message=f"the social card of '{live.subject.name}' is without its title: no font here writes {missing!r}",
            hint="name a font file under 'social_cards: fonts:' in blognet.yml, or give the post an image",
        )
    ]


def _on_one_line(text: str) -> str:
    """Return a text without what letters cannot show: controls and line ends."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())
