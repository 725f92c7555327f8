"""The settings of what readers get: feeds, pictures, topics, tags, the theme, links. Knows no file.

Every key's description is here once, as in `blognet.config.config`.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from blognet.config import settings
from blognet.config.fields import FROZEN, AuthorIds, Flag, Id, Line, Lines, Text
from blognet.config.fonts import font_of
from blognet.config.outward import hub_of
from blognet.config.tags import aliases_of, tag_of
from blognet.config.translations import LinkTranslations, TermTranslations, TopicTranslations
from blognet.kernel.yamlvalues import items_of


class Feeds(BaseModel):
    """What feeds hold."""

    model_config = FROZEN

    items: Annotated[int, BeforeValidator(partial(settings.number_between, low=1, high=500))] = (
        Field(default=50, description="How many of the newest posts a feed holds, from 1 to 500.")
    )
    content: Annotated[str, BeforeValidator(settings.feed_content_of)] = Field(
        default="full",
        description="`full` for whole posts, `summary` for their summaries with a link.",
        json_schema_extra={"enum": list(settings.FEED_CONTENTS)},
    )
    author_topics: Flag = Field(
        default=False,
        description="Whether there are feeds of each author's posts on each topic, such as "
        "/authors/ann/topics/design/atom.xml, for places that gather from several sites.",
    )
    hub: Annotated[str, BeforeValidator(hub_of)] = Field(
        default="",
        description="The address of a WebSub hub, such as https://pubsubhubbub.appspot.com/, which feeds name and "
        "`blognet ping` tells of changes; empty for none.",
    )


class Images(BaseModel):
    """How pictures are published."""

    model_config = FROZEN

    avif: Flag = Field(
        default=False,
        description="Whether pictures are offered as AVIF, too: smaller files, and longer first builds.",
    )


class SocialCards(BaseModel):
    """The pictures that others show where somebody shares a page."""

    model_config = FROZEN

    draw: Flag = Field(
        default=True,
        description="Whether every page has one: the post's own picture, else a card with its title and its authors.",
    )
    fonts: Annotated[
        tuple[Annotated[str, BeforeValidator(font_of)], ...], BeforeValidator(items_of)
    ] = Field(
        default=(),
        description="Font files (.ttf, .otf) of the network for titles in scripts that the built-in fonts do not "
        "write, such as themes/fonts/NotoSansJP-Bold.otf.",
    )


class Markdown(BaseModel):
    """How texts are read."""

    model_config = FROZEN

    parser: Annotated[str, BeforeValidator(settings.parser_of)] = Field(
        default="markdown-it",
        description="Who reads Markdown: `markdown-it`, or `pyromark`, which is several times faster and comes with "
        "the extra `fast`. It is never guessed from what is installed.",
        json_schema_extra={"enum": list(settings.PARSERS)},
    )
    math: Flag = Field(
        default=False,
        description="Whether dollars enclose formulas, `$x^2$` and `$$x^2$$`, and a fence of the language `math` "
        "holds one.",
    )
    diagrams: Flag = Field(
        default=False,
        description="Whether a fence of the language `dot` is drawn, by Graphviz; it comes with the extra `diagrams`.",
    )


class SharedCache(BaseModel):
    """A server that keeps rendered texts for several machines."""

    model_config = FROZEN

    url: Annotated[str, BeforeValidator(settings.cache_url_of)] = Field(
        default="",
        description="Its address, such as https://cache.example.org/blognet; empty for none. Its key never stands "
        "here: docs/cache.md.",
    )
    write: Flag = Field(
        default=False, description="Whether what is rendered here is handed to it, too."
    )


class _Named(BaseModel):
    """Something with an id, a name and a page."""

    model_config = FROZEN

    id: Id = Field(description="Lower-case words joined by hyphens; part of its page's address.")
    title: Line = Field(description="As shown to readers.")
    description: Text = Field(default="", description="A sentence or two, shown on its page.")


class Term(_Named):
    """A team."""

    translations: TermTranslations = Field(
        default_factory=dict, description="The same in other languages of the network."
    )


class Topic(_Named):
    """One of the few subjects of the network, with what readers should know first."""

    introduction: Text = Field(
        default="",
        description="What newcomers should know, in Markdown, shown on its page below the description.",
    )
    pinned: Lines = Field(
        default=(), description="Ids of posts to read first, shown at the top of its page."
    )
    experts: AuthorIds = Field(
        default=(), description="Whom to ask: ids of authors, shown with their faces on its page."
    )
    translations: TopicTranslations = Field(
        default_factory=dict, description="The same in other languages of the network."
    )


class Tags(BaseModel):
    """How tags are gathered."""

    model_config = FROZEN

    aliases: Annotated[
        dict[str, Annotated[str, BeforeValidator(tag_of)]], BeforeValidator(aliases_of)
    ] = Field(
        default_factory=dict,
        description="Other words for tags, such as `js: JavaScript`: posts with the word are found under the tag.",
    )


class Theme(BaseModel):
    """How the site looks."""

    model_config = FROZEN

    name: Annotated[str, BeforeValidator(settings.network_id_of)] = Field(
        default="default",
        description="`default` or `plain` for a built-in theme, else a folder under themes/.",
    )
    accent: Annotated[str, BeforeValidator(settings.colour_of)] = Field(
        default="",
        description="The colour of links and accents, such as '#0a7d5a'; empty for the theme's own.",
    )
    logo: Annotated[str, BeforeValidator(settings.logo_of)] = Field(
        default="", description="Path of an image in the network folder, shown beside the title."
    )
    font: Annotated[str, BeforeValidator(settings.font_of)] = Field(
        default="serif",
        description="serif, sans, humanist, slab or mono: letters that readers' machines have already.",
        json_schema_extra={"enum": list(settings.FONTS)},
    )
    home: Annotated[str, BeforeValidator(settings.home_of)] = Field(
        default="magazine",
        description="magazine for cards on the home page, list for one column.",
        json_schema_extra={"enum": list(settings.HOME_LAYOUTS)},
    )


class Link(BaseModel):
    """A label with an address."""

    model_config = FROZEN

    label: Line = Field(description="As shown to readers.")
    url: Annotated[str, BeforeValidator(settings.link_url_of)] = Field(
        description="A path on this site, such as /about/, or an http, https or mailto address."
    )
    translations: LinkTranslations = Field(
        default_factory=dict, description="The same in other languages of the network."
    )


Terms = Annotated[
    tuple[Annotated[Term, BeforeValidator(settings.term_entries_of)], ...],
    BeforeValidator(items_of),
]
Topics = Annotated[
    tuple[Annotated[Topic, BeforeValidator(settings.term_entries_of)], ...],
    BeforeValidator(items_of),
]
Links = Annotated[
    tuple[Annotated[Link, BeforeValidator(settings.link_entries_of)], ...],
    BeforeValidator(settings.links_of),
]
