"""The settings of a network as one frozen value. Knows no file; `blognet.config.reading` makes it from a text.

Every key's description is in the models of this room, once: docs/configuration.md and the JSON Schema for editors are
made from them. The models of parts are given out from here as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from functools import partial
from typing import Annotated

from blognet.config import settings
from blognet.config.checks import Checks
from blognet.config.deciding import Away, Aways, Policy, Stage, Stages, Survives, When
from blognet.config.described import described
from blognet.config.embeds import Embeds
from blognet.config.fields import Id, Language, Line, MayorIds, Text
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
from blognet.kernel.yamlmodels import STRICT, Read
from blognet.kernel.yamlvalues import entries_of, items_of
from blognet.kernel.zones import zone_named

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a network."""

    __pydantic_config__ = STRICT

    id: Id = field(
        metadata=described(
            "The network's name for machines: lower-case words joined by hyphens. Every decision in the "
            "record names it, so it must never change."
        )
    )
    title: Line = field(metadata=described("The site's name."))
    tagline: Line = field(default="", metadata=described("A few words below the title."))
    description: Line = field(
        default="",
        metadata=described("A sentence about the site, for search engines and feed readers."),
    )
    url: Annotated[str, Read(settings.site_url_of)] = field(
        metadata=described(
            "Where the site is published, such as https://blog.example.org or https://example.org/blog."
        )
    )
    language: Language = field(
        default="en", metadata=described("The main language, as a tag such as en or pt-BR.")
    )
    languages: Annotated[tuple[Language, ...], Read(items_of)] = field(
        default=(),
        metadata=described(
            "All languages posts may have; the main one comes first and need not be listed."
        ),
    )
    timezone: Annotated[str, Read(settings.zone_name_of)] = field(
        default="UTC",
        metadata=described("Of dates without a zone, by its IANA name such as Europe/Berlin."),
    )
    mayors: MayorIds = field(metadata=described("Who decides: ids of authors."))
    former_mayors: MayorIds = field(
        default=(),
        metadata=described(
            "Who decided once; their decisions stay valid, but they make no new ones."
        ),
    )
    deputies: MayorIds = field(
        default=(),
        metadata=described(
            "Who stands in for the mayors when all are away or something waits too long: ids of authors."
        ),
    )
    former_deputies: MayorIds = field(
        default=(), metadata=described("Who stood in once; their decisions stay valid.")
    )
    away: Aways = field(
        default=(), metadata=described("When which mayor is away, so that deputies may decide.")
    )
    stages: Stages = field(
        default=(), metadata=described("Who else must say yes to what, before a mayor may.")
    )
    policy: Annotated[Policy, Read(entries_of)] = field(
        default=Policy(), metadata=described("What the mayors allow.")
    )
    replies: Annotated[
        dict[str, Annotated[str, Read(reply_of)]],
        Read(replies_of),
    ] = field(
        default_factory=dict,
        metadata=described(
            "Canned replies by name, for `--reply NAME`. {author}, {title} and {mayor} stand for what their "
            "names say."
        ),
    )
    replies_folder: Annotated[str, Read(folder_of)] = field(
        default="",
        metadata=described(
            "A folder with more of them, one in each file NAME.md, such as themes/replies."
        ),
    )
    checks: Annotated[Checks, Read(entries_of)] = field(
        default=Checks(),
        metadata=described("How bad what the checks find is, and what they look for."),
    )
    messages: Annotated[Messages, Read(entries_of)] = field(
        default=Messages(), metadata=described("How decisions are told: docs/messages.md.")
    )
    posts_per_page: Annotated[int, Read(partial(settings.number_between, low=1, high=200))] = field(
        default=10, metadata=described("How many posts a page of a list shows, from 1 to 200.")
    )
    related: Annotated[int, Read(partial(settings.number_between, low=0, high=10))] = field(
        default=3,
        metadata=described("How many posts that are like it a post's page names, from 0 to 10."),
    )
    search: Annotated[Search, Read(search_entries_of)] = field(
        default=Search(),
        metadata=described(
            "The search page with its index: docs/site.md. `true` and `false` are short for the engines `own` "
            "and `none`.",
            schema=also_true_or_false,
        ),
    )
    permalink: Annotated[str, Read(settings.permalink_of)] = field(
        default="/:year/:slug/",
        metadata=described(
            "The pattern of new posts' addresses, of :year, :month, :day and :slug. Posts that were approved "
            "keep their address."
        ),
    )
    feeds: Annotated[Feeds, Read(entries_of)] = field(
        default=Feeds(), metadata=described("What feeds hold.")
    )
    images: Annotated[Images, Read(entries_of)] = field(
        default=Images(), metadata=described("How pictures are published.")
    )
    social_cards: Annotated[SocialCards, Read(entries_of)] = field(
        default=SocialCards(),
        metadata=described("The pictures that others show where somebody shares a page."),
    )
    markdown: Annotated[Markdown, Read(entries_of)] = field(
        default=Markdown(), metadata=described("How texts are read: docs/posts.md.")
    )
    cache: Annotated[SharedCache, Read(entries_of)] = field(
        default=SharedCache(),
        metadata=described("A cache that several machines share: docs/cache.md."),
    )
    topics: Topics = field(
        default=(),
        metadata=described(
            "The few subjects the network writes about; without any, posts may name their own."
        ),
    )
    tags: Annotated[Tags, Read(entries_of)] = field(
        default=Tags(), metadata=described("How tags are gathered.")
    )
    teams: Terms = field(
        default=(), metadata=described("Titles and descriptions for teams that profiles name.")
    )
    theme: Annotated[Theme, Read(settings.theme_entries_of)] = field(
        default=Theme(), metadata=described("How the site looks.")
    )
    navigation: Links = field(default=(), metadata=described("The links at the top of every page."))
    links: Links = field(
        default=(), metadata=described("The company's other places, shown at the bottom.")
    )
    hosts: Annotated[tuple[Annotated[str, Read(settings.host_of)], ...], Read(items_of)] = field(
        default=(),
        metadata=described(
            "Host names from which posts may show images, sound and video; those of other hosts become links."
        ),
    )
    embeds: Annotated[Embeds, Read(entries_of)] = field(
        default=Embeds(),
        metadata=described(
            "Whose videos readers can play on a page, after a click; before it nothing is asked of them."
        ),
    )
    crawlers: Annotated[Crawlers, Read(crawler_entries_of)] = field(
        default=Crawlers(),
        metadata=described(
            "What `robots.txt` asks of the crawlers of AI companies. One word, `allow` or `deny`, is meant for "
            "all of them."
        ),
    )
    share: Annotated[tuple[str, ...], Read(share_of)] = field(
        default=(),
        metadata=described(
            "Links below posts with which readers pass them on, in this order: `copy`, `mail`, `linkedin`, "
            "`mastodon`, `bluesky`, `facebook`, `x`, `whatsapp`. `copy` brings a small script of the site's own."
        ),
    )
    redirects: Annotated[dict[str, str], Read(redirects_of)] = field(
        default_factory=dict,
        metadata=described(
            "Old addresses of lists and feeds, each with where it leads: a path of this site or a whole "
            "address. A path that ends with / takes what is below it along."
        ),
    )
    host_files: Annotated[tuple[str, ...], Read(host_files_of)] = field(
        default=(),
        metadata=described(
            "For which hosts files with redirects and headers are written: `netlify` or `cloudflare`, `nginx`, "
            "`apache`."
        ),
    )
    footer: Text = field(default="", metadata=described("Plain text at the bottom of every page."))
    copyright: Line = field(
        default="", metadata=described("Who holds the rights, shown at the bottom and in feeds.")
    )
    translations: SiteTranslations = field(
        default_factory=dict,
        metadata=described(
            "What the site is called and says of itself in its other languages, by language tag."
        ),
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
        return replace(there, **{name: ours[name] for name in ours.keys() - said})

    @property
    def zone(self) -> tzinfo:
        """The time zone of dates without one."""
        return zone_named(self.timezone) or UTC

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
        return replace(self, url=settings.checked_url(url))
