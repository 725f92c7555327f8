"""The settings of a network as one frozen value. Knows no file; `blognet.config.reading` makes it from a text.

Every key's description is in the models of this room, once: docs/configuration.md and the JSON Schema for editors are
made from them. The models of parts are given out from here as well.
"""

from __future__ import annotations

from datetime import UTC, tzinfo
from functools import partial
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from blognet.config import settings
from blognet.config.checks import Checks
from blognet.config.deciding import Away, Aways, Policy, Stage, Stages, Survives, When
from blognet.config.embeds import Embeds
from blognet.config.fields import FROZEN, Id, Language, Line, MayorIds, Text
from blognet.config.messages import Messages
from blognet.config.outward import (
    Crawlers,
    crawler_entries_of,
    host_files_of,
    redirects_of,
    share_of,
)
from blognet.config.replies import folder_of, replies_of, reply_of
from blognet.config.search import Search, also_true_or_false, search_entries_of
from blognet.config.site import (
    Feeds,
    Images,
    Link,
    Links,
    Markdown,
    SharedCache,
    SocialCards,
    Tags,
    Term,
    Terms,
    Theme,
    Topic,
    Topics,
)
from blognet.config.translations import SiteTranslations, SiteWords
from blognet.kernel.working_time import WorkingDays, working_days
from blognet.kernel.yamlvalues import entries_of, items_of

__all__ = [
    "Away",
    "Config",
    "Feeds",
    "Images",
    "Link",
    "Markdown",
    "Policy",
    "Search",
    "SharedCache",
    "SocialCards",
    "Stage",
    "Survives",
    "Tags",
    "Term",
    "Theme",
    "Topic",
    "When",
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
    search: Annotated[Search, BeforeValidator(search_entries_of)] = Field(
        default=Search(),
        description="The search page with its index: docs/site.md. `true` and `false` are short for the engines `own` "
        "and `none`.",
        json_schema_extra=also_true_or_false,
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
    topics: Topics = Field(
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
    embeds: Annotated[Embeds, BeforeValidator(entries_of)] = Field(
        default=Embeds(),
        description="Whose videos readers can play on a page, after a click; before it nothing is asked of them.",
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
