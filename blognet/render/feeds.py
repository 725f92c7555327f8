"""Feeds as values: what RSS, Atom and JSON Feed have in common. Knows none of the three formats.

Every date in a feed is a fact of an approval, never the time of the build; every address is whole; an entry's id
stays the same when the site or the post moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from blognet.kernel.ids import AuthorId
from blognet.render.cards import author_view, post_card
from blognet.render.context import ENTRY
from blognet.render.feed_values import (
    NO_ENTRIES,
    FeedAuthor,
    FeedDocument,
    FeedEntry,
    FeedImage,
    FeedMedia,
    KeptEntry,
    SiteSaid,
)
from blognet.render.links import origin_of
from blognet.render.media import media_view
from blognet.render.texts import html_for_feed, picture_at
from blognet.site import ListKind, addresses
from blognet.site.plan import ICON, logo_path, theme_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.ids import Subject
    from blognet.render.context import Context
    from blognet.site import Listing, ListKey, LivePost, Page
    from blognet.site.pages import Feed
    from blognet.themes.views import PostCard

_RSS_IMAGES = (".gif", ".jpeg", ".jpg", ".png")
_TAG_URI_YEAR = 2026
"""The date in our tag: URIs (RFC 4151). A constant: with the network's id it names the same thing for ever."""


def feed_document(page: Page, feed: Feed, context: Context) -> FeedDocument:
    """Return what a feed says."""
    listing = context.catalogue.listings[feed.list]
    kept = context.memory.kept_entries(page)
    entries = tuple(_kept_or_made(subject, kept, context) for subject in feed.entries)
    site, icon = site_said(page.language, context), _icon(feed.list, context)
    return FeedDocument(
        id=tag_uri(str(feed.list), context),
        title=feed_title(listing, context),
        description=listing.description or site.description,
        home=context.whole(listing.url),
        address=context.whole(addresses.of_feed(feed.list, feed.format)),
        language=context.tag(page.language),
        updated=max((entry.updated for entry in entries), default=NO_ENTRIES),
        entries=entries,
        site_title=site.title,
        rights=site.rights,
        icon=icon,
        image=_without_drawings(icon, context),
        hub=context.config.feeds.hub,
    )


def _icon(key: ListKey, context: Context) -> str:
    """Return the picture beside a feed's name in a reader."""
    if key.kind in {ListKind.AUTHOR, ListKind.AUTHOR_TOPIC}:
        author = AuthorId(key.id.partition("/")[0])
        if avatar := author_view(author, key.language, context).avatar:
            return context.whole(avatar)
    icon = theme_path(ICON)
    return context.whole(icon) if icon in context.ground.paths else ""


def _without_drawings(icon: str, context: Context) -> str:
    """Return the picture of a feed as RSS takes it: not as a drawing."""
    logo = logo_path(context.config)
    shown = (icon, context.whole(logo) if logo else "")
    return next((each for each in shown if each.endswith(_RSS_IMAGES)), "")


def feed_title(listing: Listing, context: Context) -> str:
    """Return the title of a list's feeds, as it should stand in a reader between other sites' feeds."""
    if listing.key.kind is ListKind.HOME:
        return listing.name
    return f"{listing.name} · {site_said(listing.key.language, context).title}"


def site_said(language: str, context: Context) -> SiteSaid:
    """Return what feeds in a language say of the site."""

    def said() -> SiteSaid:
        words = context.config.site_in(language)
        return SiteSaid(
            title=words.title,
            description=words.description or words.tagline or words.title,
            rights=words.copyright,
        )

    return context.memory.said.of(language, said)


def tag_uri(name: str, context: Context) -> str:
    """Return a name for all times that survives a move of the site: built on the network's id alone."""
    return f"tag:{quote(context.config.id)},{_TAG_URI_YEAR}:{quote(name)}"


def _kept_or_made(
    subject: Subject, kept: Mapping[Subject, KeptEntry], context: Context
) -> FeedEntry | KeptEntry:
    """Return an entry: as it was written last, if it is the same, and then it is noted like one that was made."""
    if subject not in kept:
        return feed_entry(subject, context)
    context.note(ENTRY, str(subject))
    return kept[subject]


def feed_entry(subject: Subject, context: Context) -> FeedEntry:
    """Return a post as every feed shows it.

    Raises:
        KeyError: The post is not on the site.
    """
    return context.memory.entries.of(
        str(subject), lambda: _entry(context.catalogue.contents[subject], context)
    )


def _entry(live: LivePost, context: Context) -> FeedEntry:
    card = post_card(live.subject, context)
    full = context.config.feeds.content == "full"
    return FeedEntry(
        id=tag_uri(str(live.subject), context),
        title=card.title,
        url=context.whole(live.url),
        html=html_for_feed(live, context) if full else "",
        summary=card.summary,
        authors=tuple(
            FeedAuthor(
                name=author.name,
                url=context.whole(author.url),
                avatar=context.whole(author.avatar) if author.avatar else "",
            )
            for author in card.authors
        ),
        published=live.date,
        updated=live.changed,
        categories=tuple(dict.fromkeys(term.name for term in (*card.topics, *card.tags))),
        image=_image(live, card, context),
        language=card.language,
        media=_media(live, context),
    )


def _media(live: LivePost, context: Context) -> FeedMedia | None:
    """Return what podcast programs may fetch: from the site, or from a host that the network allows."""
    found = media_view(live.subject, context)
    if found is None or not found.playable:
        return None
    return FeedMedia(url=context.whole(found.url), type=found.type, length=found.length)


def _image(live: LivePost, card: PostCard, context: Context) -> FeedImage | None:
    if not card.image:
        return None
    picture = picture_at(live.post.front.image, origin_of(live), context)
    recipe = picture.recipe if picture else None
    if recipe is None:
        return FeedImage(url=context.whole(card.image))
    return FeedImage(
        url=context.whole(card.image),
        type=f"image/{recipe.format.value}",
        width=recipe.width,
        height=recipe.height,
    )
