"""The settings of a network as one frozen value. Knows no file; `blognet.config.reading` makes it from a text.

Every key's description is here once: docs/configuration.md and the JSON Schema for editors are made from it.
"""

from __future__ import annotations

from datetime import UTC, date, tzinfo
from functools import partial
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from blognet.config import messages, settings
from blognet.config.checks import Checks
from blognet.config.fonts import font_of
from blognet.config.messages import Messages
from blognet.config.outward import (
    Crawlers,
    crawler_entries_of,
    host_files_of,
    hub_of,
    redirects_of,
    share_of,
)
from blognet.config.replies import folder_of, replies_of, reply_of
from blognet.config.tags import aliases_of, tag_of
from blognet.config.translations import (
    LinkTranslations,
    SiteTranslations,
    SiteWords,
    TermTranslations,
)
from blognet.kernel.working_time import WorkingDays, working_days
from blognet.kernel.yamlvalues import bool_of, entries_of, items_of, text_of

Text = Annotated[str, BeforeValidator(text_of)]
Line = Annotated[str, BeforeValidator(settings.line_of)]
Flag = Annotated[bool, BeforeValidator(bool_of)]
Id = Annotated[str, BeforeValidator(settings.network_id_of)]
MayorIds = Annotated[
    tuple[Annotated[str, BeforeValidator(settings.mayor_of)], ...], BeforeValidator(items_of)
]
Lines = Annotated[tuple[Line, ...], BeforeValidator(items_of)]
Day = Annotated[date | None, BeforeValidator(settings.day_of)]
Language = Annotated[str, BeforeValidator(settings.language_of)]
FROZEN = ConfigDict(extra="forbid", frozen=True)


class Survives(BaseModel):
    """Which edits an approval survives, when a mayor carries it over; none by default."""

    model_config = FROZEN

    whitespace: Flag = Field(
        default=False, description="Blanks and blank lines that change no meaning; never in code."
    )
    tags: Flag = Field(default=False, description="The tags of the front matter.")
    typo: Annotated[int, BeforeValidator(partial(settings.number_between, low=0, high=20))] = Field(
        default=0,
        description="How many letters may differ within ordinary words of the text, from 0 to 20.",
    )


class Policy(BaseModel):
    """What the mayors allow."""

    model_config = FROZEN

    solo: Flag = Field(
        default=False,
        description="Whether a mayor may approve work of their own. Meant for networks with one mayor; each such "
        "approval says so in the record.",
    )
    answer_within: Annotated[
        int, BeforeValidator(partial(settings.number_between, low=0, high=60))
    ] = Field(
        default=2,
        description="How many working days an author waits for an answer at most: the promise that the queue and "
        "`blognet status` reckon with. 0 promises nothing.",
    )
    working_days: Annotated[
        tuple[Annotated[str, BeforeValidator(messages.weekday_of)], ...],
        BeforeValidator(messages.weekdays_of),
    ] = Field(
        default=("mon", "tue", "wed", "thu", "fri"),
        validate_default=False,
        description="The days of the week on which mayors work.",
    )
    holidays: Annotated[
        tuple[Annotated[date, BeforeValidator(messages.holiday_of)], ...], BeforeValidator(items_of)
    ] = Field(default=(), description="Dates on which nobody works, such as 2026-12-25.")
    deputies_after: Annotated[
        int, BeforeValidator(partial(settings.number_between, low=0, high=60))
    ] = Field(
        default=2,
        description="After how many working days of waiting a deputy may decide, from 0 to 60.",
    )
    survives: Annotated[Survives, BeforeValidator(entries_of)] = Field(
        default=Survives(),
        description="Which edits an approval survives, when a mayor carries it over.",
    )


class When(BaseModel):
    """What a stage applies to: any of these is enough; without any, it applies to every post and page."""

    model_config = FROZEN

    topics: Lines = Field(default=(), description="Ids of topics.")
    tags: Lines = Field(default=(), description="Tags, in any case of letters.")
    authors: MayorIds = Field(default=(), description="Ids of authors.")
    words: Lines = Field(
        default=(),
        description="Words or phrases in title, summary or text, in any case of letters.",
    )
    paths: Lines = Field(default=(), description="Patterns of paths, such as 'queue/press/*'.")


class Stage(BaseModel):
    """Reviewers who must say yes before a mayor may."""

    model_config = FROZEN

    id: Id = Field(description="Lower-case words joined by hyphens, as typed after --stage.")
    title: Line = Field(description="As read.")
    reviewers: MayorIds = Field(description="Who may say yes: ids of authors.")
    former_reviewers: MayorIds = Field(
        default=(), description="Who could once; what they said stays valid."
    )
    need: Annotated[int, BeforeValidator(partial(settings.number_between, low=1, high=50))] = Field(
        default=1, description="How many different reviewers have to say yes, from 1 to 50."
    )
    when: Annotated[When, BeforeValidator(entries_of)] = Field(
        default=When(), description="What it applies to; empty for every post and page."
    )
    since: Day = Field(
        default=None,
        description="A date, such as 2026-12-01: work that waited before is not held up by the stage.",
    )


class Away(BaseModel):
    """A mayor is away from one day to another, both included."""

    model_config = FROZEN

    mayor: Annotated[str, BeforeValidator(settings.mayor_of)] = Field(description="The mayor's id.")
    first: Day = Field(alias="from", description="The first day, such as 2026-12-21.")
    last: Day = Field(alias="to", description="The last day.")


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


class Term(BaseModel):
    """A topic or a team: something with an id, a name and a page."""

    model_config = FROZEN

    id: Id = Field(description="Lower-case words joined by hyphens; part of its page's address.")
    title: Line = Field(description="As shown to readers.")
    description: Text = Field(default="", description="A sentence or two, shown on its page.")
    translations: TermTranslations = Field(
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


Stages = Annotated[
    tuple[Annotated[Stage, BeforeValidator(settings.term_entries_of)], ...],
    BeforeValidator(items_of),
]
Aways = Annotated[
    tuple[Annotated[Away, BeforeValidator(entries_of)], ...], BeforeValidator(items_of)
]
Terms = Annotated[
    tuple[Annotated[Term, BeforeValidator(settings.term_entries_of)], ...],
    BeforeValidator(items_of),
]
Links = Annotated[
    tuple[Annotated[Link, BeforeValidator(settings.link_entries_of)], ...],
    BeforeValidator(settings.links_of),
]


class Config(BaseModel):
    """The settings of a network."""

    model_config = FROZEN

    id: Id = Field(
        description="The network's name for machines: lower-case words joined by hyphens. Every decision in the "
        "record names it, so it must never change."
    )
    title: Line = Field(description="The site's name.")
    tagline: Line = Field(default="", description="A few words below the title.")
    description: Line = Field(
        default="", description="A sentence about the site, for search engines and feed readers."
    )
    url: Annotated[str, BeforeValidator(settings.site_url_of)] = Field(
        description="Where the site is published, such as https://blog.example.org or https://example.org/blog."
    )
    language: Language = Field(
        default="en", description="The main language, as a tag such as en or pt-BR."
    )
    languages: Annotated[tuple[Language, ...], BeforeValidator(items_of)] = Field(
        default=(),
        validate_default=False,
        description="All languages posts may have; the main one comes first and need not be listed.",
    )
    timezone: Annotated[str, BeforeValidator(settings.zone_name_of)] = Field(
        default="UTC",
        description="Of dates without a zone, by its IANA name such as Europe/Berlin.",
    )
    mayors: MayorIds = Field(description="Who decides: ids of authors.")
    former_mayors: MayorIds = Field(
        default=(),
        description="Who decided once; their decisions stay valid, but they make no new ones.",
    )
    deputies: MayorIds = Field(
        default=(),
        description="Who stands in for the mayors when all are away or something waits too long: ids of authors.",
    )
    former_deputies: MayorIds = Field(
        default=(), description="Who stood in once; their decisions stay valid."
    )
    away: Aways = Field(
        default=(), description="When which mayor is away, so that deputies may decide."
    )
    stages: Stages = Field(
        default=(), description="Who else must say yes to what, before a mayor may."
    )
    policy: Annotated[Policy, BeforeValidator(entries_of)] = Field(
        default=Policy(), description="What the mayors allow."
    )
    replies: Annotated[
        dict[str, Annotated[str, BeforeValidator(reply_of)]],
        BeforeValidator(replies_of),
    ] = Field(
        default_factory=dict,
        description="Canned replies by name, for `--reply NAME`. {author}, {title} and {mayor} stand for what their "
        "names say.",
    )
    replies_folder: Annotated[str, BeforeValidator(folder_of)] = Field(
        default="",
        description="A folder with more of them, one in each file NAME.md, such as themes/replies.",
    )
    checks: Annotated[Checks, BeforeValidator(entries_of)] = Field(
        default=Checks(), description="How bad what the checks find is, and what they look for."
    )
    messages: Annotated[Messages, BeforeValidator(entries_of)] = Field(
        default=Messages(), description="How decisions are told: docs/messages.md."
    )
    posts_per_page: Annotated[
        int, BeforeValidator(partial(settings.number_between, low=1, high=200))
    ] = Field(default=10, description="How many posts a page of a list shows, from 1 to 200.")
    related: Annotated[int, BeforeValidator(partial(settings.number_between, low=0, high=10))] = (
        Field(
            default=3,
            description="How many posts that are like it a post's page names, from 0 to 10.",
        )
    )
    search: Flag = Field(
        default=True, description="Whether the site has a search page with an index."
    )
    permalink: Annotated[str, BeforeValidator(settings.permalink_of)] = Field(
        default="/:year/:slug/",
        description="The pattern of new posts' addresses, of :year, :month, :day and :slug. Posts that were approved "
        "keep their address.",
    )
    feeds: Annotated[Feeds, BeforeValidator(entries_of)] = Field(
        default=Feeds(), description="What feeds hold."
    )
    images: Annotated[Images, BeforeValidator(entries_of)] = Field(
        default=Images(), description="How pictures are published."
    )
    social_cards: Annotated[SocialCards, BeforeValidator(entries_of)] = Field(
        default=SocialCards(),
        description="The pictures that others show where somebody shares a page.",
    )
    markdown: Annotated[Markdown, BeforeValidator(entries_of)] = Field(
        default=Markdown(), description="How texts are read: docs/posts.md."
    )
    cache: Annotated[SharedCache, BeforeValidator(entries_of)] = Field(
        default=SharedCache(), description="A cache that several machines share: docs/cache.md."
    )
    topics: Terms = Field(
        default=(),
        description="The few subjects the network writes about; without any, posts may name their own.",
    )
    tags: Annotated[Tags, BeforeValidator(entries_of)] = Field(
        default=Tags(), description="How tags are gathered."
    )
    teams: Terms = Field(
        default=(), description="Titles and descriptions for teams that profiles name."
    )
    theme: Annotated[Theme, BeforeValidator(settings.theme_entries_of)] = Field(
        default=Theme(), description="How the site looks."
    )
    navigation: Links = Field(default=(), description="The links at the top of every page.")
    links: Links = Field(default=(), description="The company's other places, shown at the bottom.")
    hosts: Annotated[
        tuple[Annotated[str, BeforeValidator(settings.host_of)], ...], BeforeValidator(items_of)
    ] = Field(
        default=(),
        description="Host names from which posts may show images, sound and video; those of other hosts become links.",
    )
    crawlers: Annotated[Crawlers, BeforeValidator(crawler_entries_of)] = Field(
        default=Crawlers(),
        description="What `robots.txt` asks of the crawlers of AI companies. One word, `allow` or `deny`, is meant for "
        "all of them.",
    )
    share: Annotated[tuple[str, ...], BeforeValidator(share_of)] = Field(
        default=(),
        description="Links below posts with which readers pass them on, in this order: `copy`, `mail`, `linkedin`, "
        "`mastodon`, `bluesky`, `facebook`, `x`, `whatsapp`. `copy` brings a small script of the site's own.",
    )
    redirects: Annotated[dict[str, str], BeforeValidator(redirects_of)] = Field(
        default_factory=dict,
        description="Old addresses of lists and feeds, each with where it leads: a path of this site or a whole "
        "address. A path that ends with / takes what is below it along.",
    )
    host_files: Annotated[tuple[str, ...], BeforeValidator(host_files_of)] = Field(
        default=(),
        description="For which hosts files with redirects and headers are written: `netlify` or `cloudflare`, `nginx`, "
        "`apache`.",
    )
    footer: Text = Field(default="", description="Plain text at the bottom of every page.")
    copyright: Line = Field(
        default="", description="Who holds the rights, shown at the bottom and in feeds."
    )
    translations: SiteTranslations = Field(
        default_factory=dict,
        description="What the site is called and says of itself in its other languages, by language tag.",
    )

    def site_in(self, language: str) -> SiteWords:
        """Return what the site says of itself in a language; where it is not translated, as in the main one.

        Args:
            language: One of `languages`; "" is the main one.
        """
        there = self.translations.get(language, SiteWords())
        ours: dict[str, str] = {
            "title": self.title,
            "tagline": self.tagline,
            "description": self.description,
            "footer": self.footer,
            "copyright": self.copyright,
        }
        said = {name for name in ours if getattr(there, name)}
        return there.model_copy(update={name: ours[name] for name in ours.keys() - said})

    @property
    def zone(self) -> tzinfo:
        """The time zone of dates without one."""
        return settings.zone_named(self.timezone) or UTC

    @property
    def working_days(self) -> WorkingDays:
        """The days that the promise counts, in the network's zone."""
        return working_days(
            zone=self.zone, weekdays=self.policy.working_days, holidays=self.policy.holidays
        )

    def with_url(self, url: str) -> Config:
        """Return the same settings for another address, as ``blognet build --base-url`` asks for.

        Args:
            url: A whole http or https URL.

        Raises:
            MisfitError: The text can't be the address of a site.
        """
        return self.model_copy(update={"url": settings.checked_url(url)})
