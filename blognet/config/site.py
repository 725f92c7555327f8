"""The settings of what readers get: feeds, pictures, topics, tags, the theme, links. Knows no file.

Every key's description is here once, as in `blognet.config.config`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Annotated

from blognet.config import settings
from blognet.config.described import described
from blognet.config.fields import AuthorIds, Flag, Id, Line, Lines, Text
from blognet.config.fonts import font_of
from blognet.config.outward import hub_of
from blognet.config.tags import aliases_of, tag_of
from blognet.config.translations import LinkTranslations, TermTranslations, TopicTranslations
from blognet.kernel.yamlmodels import Read
from blognet.kernel.yamlvalues import items_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """What feeds hold."""

    items: Annotated[int, Read(partial(settings.number_between, low=1, high=500))] = field(
        default=50, metadata=described("How many of the newest posts a feed holds, from 1 to 500.")
    )
    content: Annotated[str, Read(settings.feed_content_of)] = field(
        default="full",
        metadata=described(
            "`full` for whole posts, `summary` for their summaries with a link.",
            schema={"enum": list(settings.FEED_CONTENTS)},
        ),
    )
    author_topics: Flag = field(
        default=False,
        metadata=described(
            "Whether there are feeds of each author's posts on each topic, such as "
            "/authors/ann/topics/design/atom.xml, for places that gather from several sites."
        ),
    )
    hub: Annotated[str, Read(hub_of)] = field(
        default="",
        metadata=described(
            "The address of a WebSub hub, such as https://pubsubhubbub.appspot.com/, which feeds name and "
            "`blognet ping` tells of changes; empty for none."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Images:
    """How pictures are published."""

    avif: Flag = field(
        default=False,
        metadata=described(
            "Whether pictures are offered as AVIF, too: smaller files, and longer first builds."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialCards:
    """The pictures that others show where somebody shares a page."""

    draw: Flag = field(
        default=True,
        metadata=described(
            "Whether every page has one: the post's own picture, else a card with its title and its authors."
        ),
    )
    fonts: Annotated[tuple[Annotated[str, Read(font_of)], ...], Read(items_of)] = field(
        default=(),
        metadata=described(
            "Font files (.ttf, .otf) of the network for titles in scripts that the built-in fonts do not "
            "write, such as themes/fonts/NotoSansJP-Bold.otf."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown:
    """How texts are read."""

    parser: Annotated[str, Read(settings.parser_of)] = field(
        default="markdown-it",
        metadata=described(
            "Who reads Markdown: `markdown-it`, or `pyromark`, which is several times faster and comes with "
            "the extra `fast`. It is never guessed from what is installed.",
            schema={"enum": list(settings.PARSERS)},
        ),
    )
    math: Flag = field(
        default=False,
        metadata=described(
            "Whether dollars enclose formulas, `$x^2$` and `$$x^2$$`, and a fence of the language `math` "
            "holds one."
        ),
    )
    diagrams: Flag = field(
        default=False,
        metadata=described(
            "Whether a fence of the language `dot` is drawn, by Graphviz; it comes with the extra `diagrams`."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCache:
    """A server that keeps rendered texts for several machines."""

    url: Annotated[str, Read(settings.cache_url_of)] = field(
        default="",
        metadata=described(
            "Its address, such as https://cache.example.org/blognet; empty for none. Its key never stands "
            "here: docs/cache.md."
        ),
    )
    write: Flag = field(
        default=False, metadata=described("Whether what is rendered here is handed to it, too.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Something with an id, a name and a page."""

    id: Id = field(
        metadata=described("Lower-case words joined by hyphens; part of its page's address.")
    )
    title: Line = field(metadata=described("As shown to readers."))
    description: Text = field(
        default="", metadata=described("A sentence or two, shown on its page.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(_Named):
    """A team."""

    translations: TermTranslations = field(
        default_factory=dict, metadata=described("The same in other languages of the network.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(_Named):
    """One of the few subjects of the network, with what readers should know first."""

    introduction: Text = field(
        default="",
        metadata=described(
            "What newcomers should know, in Markdown, shown on its page below the description."
        ),
    )
    pinned: Lines = field(
        default=(), metadata=described("Ids of posts to read first, shown at the top of its page.")
    )
    experts: AuthorIds = field(
        default=(),
        metadata=described("Whom to ask: ids of authors, shown with their faces on its page."),
    )
    translations: TopicTranslations = field(
        default_factory=dict, metadata=described("The same in other languages of the network.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """How tags are gathered."""

    aliases: Annotated[dict[str, Annotated[str, Read(tag_of)]], Read(aliases_of)] = field(
        default_factory=dict,
        metadata=described(
            "Other words for tags, such as `js: JavaScript`: posts with the word are found under the tag."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How the site looks."""

    name: Annotated[str, Read(settings.network_id_of)] = field(
        default="default",
        metadata=described(
            "`default` or `plain` for a built-in theme, else a folder under themes/."
        ),
    )
    accent: Annotated[str, Read(settings.colour_of)] = field(
        default="",
        metadata=described(
            "The colour of links and accents, such as '#0a7d5a'; empty for the theme's own."
        ),
    )
    logo: Annotated[str, Read(settings.logo_of)] = field(
        default="",
        metadata=described("Path of an image in the network folder, shown beside the title."),
    )
    font: Annotated[str, Read(settings.font_of)] = field(
        default="serif",
        metadata=described(
            "serif, sans, humanist, slab or mono: letters that readers' machines have already.",
            schema={"enum": list(settings.FONTS)},
        ),
    )
    home: Annotated[str, Read(settings.home_of)] = field(
        default="magazine",
        metadata=described(
            "magazine for cards on the home page, list for one column.",
            schema={"enum": list(settings.HOME_LAYOUTS)},
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A label with an address."""

    label: Line = field(metadata=described("As shown to readers."))
    url: Annotated[str, Read(settings.link_url_of)] = field(
        metadata=described(
            "A path on this site, such as /about/, or an http, https or mailto address."
        )
    )
    translations: LinkTranslations = field(
        default_factory=dict, metadata=described("The same in other languages of the network.")
    )


Terms = Annotated[
    tuple[Annotated[Term, Read(settings.term_entries_of)], ...],
    Read(items_of),
]
Topics = Annotated[
    tuple[Annotated[Topic, Read(settings.term_entries_of)], ...],
    Read(items_of),
]
Links = Annotated[
    tuple[Annotated[Link, Read(settings.link_entries_of)], ...],
    Read(settings.links_of),
]
