"""Feeds as values: what RSS, Atom and JSON Feed have in common. Knows none of the three formats.

Every date in a feed is a fact of an approval, never the time of the build; every address is whole; an entry's id
stays the same when the site or the post moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from blognet.render.cards import post_card
from blognet.render.texts import html_for_feed
from blognet.site import ListKind, addresses

if TYPE_CHECKING:
    from blognet.render.context import Context
    from blognet.site import Listing, LivePost, Page
    from blognet.site.pages import Feed

NO_ENTRIES = datetime(1970, 1, 1, tzinfo=UTC)
"""The update of a feed without entries: it has none, but Atom asks for one."""
_TAG_URI_YEAR = 2026
"""The date in our tag: URIs (RFC 4151). A constant: with the network's id it names the same thing for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAuthor:
    """A byline in a feed; `avatar` is a whole address or ""."""

    name: str
    url: str
    avatar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One post in a feed.

    Attributes:
        id: A tag: URI.
        html: The whole text with whole addresses; "" when the network gives summaries only.
        categories: Names of its topics and tags.
        image: Whole address; "" for none.
    """

    id: str
    title: str
    url: str
    html: str
    summary: str
    authors: tuple[FeedAuthor, ...]
    published: datetime
    updated: datetime
    categories: tuple[str, ...]
    image: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """One feed.

    Attributes:
        id: A tag: URI, the same for the three formats.
        home: Whole address of the page it belongs to.
        address: Its own whole address.
        updated: The newest change of its entries.
        rights: Who holds the rights; "" when not said.
        hub: Address of the WebSub hub that tells of changes; "" for none.
    """

    id: str
    title: str
    description: str
    home: str
    address: str
    language: str
    updated: datetime
    entries: tuple[FeedEntry, ...]
    site_title: str
    rights: str = ""
    hub: str = ""


def feed_document(page: Page, feed: Feed, context: Context) -> FeedDocument:
    """Return what a feed says."""
    listing = context.catalogue.listings[feed.list]
    entries = tuple(
        _entry(context.catalogue.contents[subject], context) for subject in feed.entries
    )
    said = context.config.site_in(page.language)
    return FeedDocument(
        id=tag_uri(str(feed.list), context),
        title=feed_title(listing, context),
        description=listing.description or said.description or said.tagline or said.title,
        home=context.whole(listing.url),
        address=context.whole(addresses.of_feed(feed.list, feed.format)),
        language=context.tag(page.language),
        updated=max((entry.updated for entry in entries), default=NO_ENTRIES),
        entries=entries,
        site_title=said.title,
        rights=said.copyright,
        hub=context.config.feeds.hub,
    )


def feed_title(listing: Listing, context: Context) -> str:
    """Return the title of a list's feeds, as it should stand in a reader between other sites' feeds."""
    if listing.key.kind is ListKind.HOME:
        return listing.name
    return f"{listing.name} · {context.config.site_in(listing.key.language).title}"


def tag_uri(name: str, context: Context) -> str:
    """Return a name for all times that survives a move of the site: built on the network's id alone."""
    return f"tag:{quote(context.config.id)},{_TAG_URI_YEAR}:{quote(name)}"


def _entry(live: LivePost, context: Context) -> FeedEntry:
    card = post_card(live, context)
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
        image=context.whole(card.image) if card.image else "",
        language=card.language,
    )
