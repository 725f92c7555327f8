"""The small things that many pages show: people, terms, feeds, and posts as cards.

Each looks the same wherever it is shown, and says nothing that changes when another post appears unless a page asks
for counts, so that a new post changes few pages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from blognet.content.leads import Origin
from blognet.kernel.ids import AuthorId, SitePath
from blognet.markup.hosts import host_of, is_listed
from blognet.render.faces import avatar_path, face_view, hue_of, initials_of
from blognet.render.links import destination, is_elsewhere, origin_of
from blognet.render.media import media_kind
from blognet.render.pictures import picture_view
from blognet.render.texts import html_for_page, picture_at
from blognet.site import ListKind, addresses
from blognet.site.pages import FeedFormat
from blognet.site.terms import team_key
from blognet.themes.copies import changed
from blognet.themes.counted import counted_author, counted_term
from blognet.themes.links import link_from
from blognet.themes.safe import trusted_html
from blognet.themes.views import AuthorView, FeedsView, LinkView, PictureView, PostCard, TermView

if TYPE_CHECKING:
    from blognet.kernel.ids import Subject
    from blognet.render.context import Context
    from blognet.site import Listing, ListKey, LiveAuthor, LivePost


def post_card(subject: Subject, context: Context) -> PostCard:
    """Return a post as lists show it.

    Raises:
        KeyError: The post is not on the site.
    """
    return context.memory.cards.of(
        str(subject), lambda: _post_card(context.catalogue.contents[subject], context)
    )


def cards(subjects: tuple[Subject, ...], context: Context) -> tuple[PostCard, ...]:
    """Return posts as cards, in the given order."""
    return tuple(post_card(subject, context) for subject in subjects)


def image_of(live: LivePost, context: Context) -> str:
    """Return the address of a post's own picture; "" when there is none, or readers may not fetch it."""
    image = live.post.front.image
    if not image:
        return ""  # most posts
    if is_elsewhere(image):
        allowed = is_listed(host_of(image), frozenset(context.config.hosts))
        return image if allowed and image.startswith("https://") else ""
    found = destination(image, origin_of(live), context.ground)
    return found.address if found.exists else ""


def author_view(author: AuthorId, language: str, context: Context) -> AuthorView:
    """Return an author as bylines and boxes show them; without an approved profile, the bare id.

    An author with no listed post has no page; the address is then that of all authors, or the home page.
    """
    name = f"{author} {language}"
    return context.memory.authors.of(name, lambda: _author_view(author, language, context))


def author_in_full(listing: Listing, context: Context) -> AuthorView:
    """Return an author as the author's own page shows them: with the bio, and the number of posts when asked."""
    return counted_author(_author_with_bio(listing, context), lambda: listing.count)


def _author_with_bio(listing: Listing, context: Context) -> AuthorView:
    author = AuthorId(listing.key.id)
    view = author_view(author, listing.key.language, context)
    live = context.catalogue.author_in(author, listing.key.language)
    if live is None:
        return view
    origin = Origin(path=listing.url, language=listing.key.language)
    bio = context.bodies.bios[live.author.subject]
    html = html_for_page(bio.html, origin, listing.url, context)
    return changed(view, bio=trusted_html(html))


def term_view(listing: Listing, context: Context) -> TermView:
    """Return a tag, topic, team or series with the number of its posts, which is looked up when asked."""
    return counted_term(uncounted_term(listing.key, context), lambda: listing.count)


def uncounted_term(key: ListKey, context: Context) -> TermView:
    """Return a term without the number of its posts, so that it is the same whatever appears."""
    listing = context.catalogue.listings[key]
    return context.memory.terms.of(str(key), lambda: _term(listing, context))


def feeds_view(listing: Listing) -> FeedsView:
    """Return the feeds of a list, titled by its name."""
    return _feeds_of(listing.key, listing.name)


@lru_cache(maxsize=1024)
def _feeds_of(key: ListKey, title: str) -> FeedsView:
    return FeedsView(
        title=title,
        rss=addresses.of_feed(key, FeedFormat.RSS),
        atom=addresses.of_feed(key, FeedFormat.ATOM),
        json=addresses.of_feed(key, FeedFormat.JSON),
    )


def _post_card(live: LivePost, context: Context) -> PostCard:
    front, language = live.post.front, live.subject.language
    brief = context.bodies.brief(live.subject)
    image = image_of(live, context)
    return PostCard(
        id=live.subject.id,
        title=front.title,
        url=live.url,
        summary=front.summary or front.description or brief.excerpt,
        date=live.date,
        updated=live.updated,
        authors=tuple(author_view(author, language, context) for author in live.authors),
        topics=_terms(live.subject, ListKind.TOPIC, context),
        tags=_terms(live.subject, ListKind.TAG, context),
        minutes=brief.minutes,
        language=context.tag(language),
        image=image,
        image_alt=front.image_alt if image else "",
        picture=_picture_of(live, image, context),
        media=media_kind(live),
    )


def _picture_of(live: LivePost, image: str, context: Context) -> PictureView | None:
    """Return a post's own picture; one of another host, which the network allows, has no measures."""
    if not image:
        return None
    front = live.post.front
    picture = picture_at(front.image, origin_of(live), context)
    if picture is None:
        return PictureView(url=image, alt=front.image_alt)
    return picture_view(picture, alt=front.image_alt)


def _author_view(author: AuthorId, language: str, context: Context) -> AuthorView:
    live = context.catalogue.author_in(author, language)
    listing = context.catalogue.list_of_author(author, language)
    bare = AuthorView(
        id=author,
        name=author,
        url=listing.url if listing else _instead_of_page(language, context),
        initials=initials_of(author),
        hue=hue_of(author),
        face=face_view(author, language, context.catalogue, context.pictures),
        feeds=feeds_view(listing) if listing else None,
    )
    if live is None:
        return bare
    avatar = avatar_path(author, context.catalogue, context.pictures)
    return changed(
        bare,
        name=live.author.name,
        initials=initials_of(live.author.name),
        title=live.author.title,
        team=_team(live, language, context),
        avatar=avatar or "",
        status=live.author.status.value,
        links=tuple(
            LinkView(label=link.label, url=link.url)
            for link in live.author.links
            if link_from(addresses.home(""), link.url, site_url=context.base_url) is not None
        ),
        bio_text=context.bodies.bios[live.author.subject].excerpt,
        language=context.tag(live.author.subject.language),
    )


def _term(listing: Listing, context: Context) -> TermView:
    return TermView(
        id=listing.key.id,
        name=listing.name,
        url=listing.url,
        description=listing.description,
        language=context.tag("" if listing.foreign else listing.key.language),
    )


def _terms(subject: Subject, kind: ListKind, context: Context) -> tuple[TermView, ...]:
    """Return a post's terms of a kind, without counts: a card is the same on every page and in every build."""
    return tuple(
        uncounted_term(key, context) for key in context.catalogue.terms[subject] if key.kind is kind
    )


def _team(live: LiveAuthor, language: str, context: Context) -> TermView | None:
    """Return the team of an author: in the language, else in the first language whose posts it has."""
    for candidate in (language, *context.catalogue.languages):
        key = team_key(live, candidate, context.config)
        if key is not None and key in context.catalogue.listings:
            return uncounted_term(key, context)
    return None


def _instead_of_page(language: str, context: Context) -> SitePath:
    index = addresses.of_index(ListKind.AUTHOR, language)
    return index if index in context.ground.paths else addresses.home("")
