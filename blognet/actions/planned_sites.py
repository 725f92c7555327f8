"""From what is published to a site whose files are made when somebody asks for them, for previews.

What is the same as the last time is not planned, compiled or rendered again: a plan whose posts differ in nothing but
their texts is the one of before but for what is like what, templates are compiled once, and texts are kept as Documents
under their content hashes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from blognet.actions.kept_works import shelf_to_read
from blognet.actions.lazy_site import Documents, LaidOverSite, LazySite
from blognet.actions.network import reading_rules
from blognet.actions.studio import studio_of
from blognet.actions.theme_renderer import renderer_for
from blognet.kernel.ids import Kind
from blognet.render.bodies import Bodies, labels_of, render_bio, render_body
from blognet.render.context import context_of
from blognet.render.laid_over import laid_over
from blognet.render.scene import scene_of
from blognet.site import Published
from blognet.site.alike import is_planned_alike
from blognet.site.pages import PostPage
from blognet.site.plan import plan
from blognet.site.related import related_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from blognet.config import Config
    from blognet.content.values import ReadingRules
    from blognet.disk.themes import ThemeFiles
    from blognet.kernel.hashing import ContentHash
    from blognet.kernel.ids import Subject
    from blognet.kernel.shelves import MemoryShelf
    from blognet.markup import Document
    from blognet.render.context import Context
    from blognet.render.scene import Scene
    from blognet.site import LiveAuthor, LivePost, Page, Plan
    from blognet.site.urls_lock import Kept
    from blognet.themes.environment import Renderer
    from blognet.themes.strings import Words

    Asset = Callable[[str], bytes]

_KEPT = 2_000
"""Documents that are kept although nothing shows them any more: an edit is often taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What sites are planned and rendered under.

    Attributes:
        config: The network's settings.
        theme: Its theme.
        logo: The bytes of its logo.
        kept: Addresses that must be there or lead on.
    """

    config: Config
    theme: ThemeFiles
    logo: bytes | None
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSite:
    """A site, what it came from, and what was worked out on the way."""

    published: Published
    setting: Setting
    plan: Plan
    site: LazySite
    shelf: MemoryShelf


class Planner:
    """Plans the sites of one network again and again, and keeps what can be used once more."""

    def __init__(self, root: Path) -> None:
        """Keep the network folder; nothing is planned yet."""
        self._root = root
        self._documents: dict[ContentHash, Document] = {}
        self._under: tuple[Config, Words] | None = None
        self._renderer: tuple[ThemeFiles, Config, Renderer] | None = None
        self._shelf: tuple[ReadingRules, MemoryShelf] | None = None

    def planned(
        self, before: PlannedSite | None, published: Published, setting: Setting, asset: Asset
    ) -> PlannedSite:
        """Plan a site.

        Args:
            before: The last one, which is given back when nothing differs.
            published: What is on it.
            setting: Under what.
            asset: Gives the bytes of a file by their SHA-256 in hex.
        """
        if before is not None and (before.setting, before.published) == (setting, published):
            return before
        self._forget_documents(setting)
        names = tuple(setting.theme.static)
        laid_out, shelf = None, self._shelf_for(before, setting)
        if before is not None and _are_laid_out_alike(before.setting, setting):
            laid_out = _with_texts(before, published, shelf)
        if laid_out is None:
            laid_out = plan(
                published, setting.config, theme_files=names, kept=setting.kept, shelf=shelf
            )
        self._drop_documents(len(published.posts))
        return PlannedSite(
            published=published,
            setting=setting,
            plan=laid_out,
            site=self._site(laid_out, setting, asset),
            shelf=shelf,
        )

    def _shelf_for(self, before: PlannedSite | None, setting: Setting) -> MemoryShelf:
        """Return what was worked out of all texts: for this site, else for another one of here, else by a build."""
        rules = reading_rules(setting.config)
        if before is not None and reading_rules(before.setting.config) == rules:
            return before.shelf
        if self._shelf is None or self._shelf[0] != rules:
            self._shelf = (rules, shelf_to_read(self._root, rules))
            return self._shelf[1]
        return self._shelf[1].copy()

    def in_theme(self, planned: PlannedSite, setting: Setting, asset: Asset) -> PlannedSite | None:
        """Return a site in another theme, as soon as its first page is made; nothing is planned or gathered again.

        Args:
            planned: The whole site.
            setting: What it was planned under, with another theme.
            asset: Gives the bytes of a file by their SHA-256 in hex.

        Returns:
            None when the site has to be planned for it: the theme has other files.
        """
        if not _are_laid_out_alike(planned.setting, setting):
            return None
        self._forget_documents(setting)
        site = planned.site.in_context(partial(self._context, setting=setting, asset=asset))
        return replace(planned, setting=setting, site=site)

    def laid_over(
        self, planned: PlannedSite, posts: Iterable[LivePost], asset: Asset
    ) -> LaidOverSite:
        """Return a site with some posts as they are now, without planning it again.

        Args:
            planned: The whole site.
            posts: What is new or other than there.
            asset: Gives the bytes of a file by their SHA-256 in hex.
        """
        setting, below = planned.setting, planned.site
        lives = tuple(posts)
        named = {author for live in lives for author in live.authors}
        people = (
            planned.published.authors
        )  # sorting all of a large network takes tens of milliseconds
        alone = Published(
            posts=tuple(live for live in lives if live.subject.kind is Kind.POST),
            pages=tuple(live for live in lives if live.subject.kind is Kind.PAGE),
            authors=tuple(live for live in people if live.author.subject.id in named),
        )

        def both() -> Scene:
            darkroom = studio_of(self._root, asset, setting.config).darkroom
            above = scene_of(
                plan(alone, setting.config), setting.config, asset=asset, darkroom=darkroom
            )
            return laid_over(below.scene, above, below.page_at)

        return LaidOverSite(
            below, LazySite(both, partial(self._context, setting=setting, asset=asset))
        )

    def _site(self, laid_out: Plan, setting: Setting, asset: Asset) -> LazySite:
        def whole() -> Scene:
            darkroom = studio_of(self._root, asset, setting.config).darkroom
            return scene_of(
                laid_out, setting.config, asset=asset, darkroom=darkroom, logo=setting.logo
            )

        return LazySite(whole, partial(self._context, setting=setting, asset=asset))

    def _context(self, scene: Scene, *, setting: Setting, asset: Asset) -> Context:
        catalogue, known = scene.catalogue, self._documents
        config, theme = setting.config, setting.theme
        return context_of(
            scene,
            renderer=self._renderer_of(theme, config),
            asset=asset,
            theme_file=theme.static.get,
            darkroom=studio_of(self._root, asset, config).darkroom,
            bodies=Bodies(
                posts=Documents(catalogue.contents, partial(_body, known, config, theme.words)),
                bios=Documents(catalogue.profiles, partial(_bio, known, config, theme.words)),
            ),
        )

    def _renderer_of(self, theme: ThemeFiles, config: Config) -> Renderer:
        """Return the renderer of before when templates and words are the same: they are compiled already."""
        kept = self._renderer
        if kept is None or not _alike(kept[0], theme) or kept[1] != config:
            renderer = renderer_for(theme, config)
            kept = self._renderer = (theme, config, renderer)
        return kept[2]

    def _forget_documents(self, setting: Setting) -> None:
        """Forget the texts that were rendered under other settings."""
        if self._under != (setting.config, setting.theme.words):
            # Another one: a page that is still being made puts its texts into the old one.
            self._documents = {}
            self._under = (setting.config, setting.theme.words)

    def _drop_documents(self, shown: int) -> None:
        while len(self._documents) > _KEPT + 2 * shown:
            del self._documents[next(iter(self._documents))]


def _body(
    known: dict[ContentHash, Document], config: Config, words: Words, live: LivePost
) -> Document:
    # The hash covers subject, path facts and text; the settings are covered by forgetting all when they change.
    if live.hash not in known:
        known[live.hash] = render_body(live, config, labels_of(live.subject, config, words))
    return known[live.hash]


def _bio(
    known: dict[ContentHash, Document], config: Config, words: Words, live: LiveAuthor
) -> Document:
    if live.hash not in known:
        known[live.hash] = render_bio(live, config, labels_of(live.author.subject, config, words))
    return known[live.hash]


def _alike(before: ThemeFiles, after: ThemeFiles) -> bool:
    return (before.templates, before.words) == (after.templates, after.words)


def _are_laid_out_alike(before: Setting, after: Setting) -> bool:
    """Whether the same posts get the same pages; what a theme says in them plays no part."""
    return (before.config, before.kept, tuple(before.theme.static)) == (
        after.config,
        after.kept,
        tuple(after.theme.static),
    )


def _with_texts(before: PlannedSite, new: Published, shelf: MemoryShelf) -> Plan | None:
    """Return the plan with other texts in it, when nothing else differs; else None.

    The lists of the plan go on holding the posts as they were: what is shown of them there is the same, and their
    texts are looked up by subject. What a text decides in a plan is which posts are like it.
    """
    old = before.published
    if replace(old, posts=(), pages=()) != replace(new, posts=(), pages=()):
        return None
    for was, now in ((old.posts, new.posts), (old.pages, new.pages)):
        if len(was) != len(now) or not all(map(is_planned_alike, was, now)):
            return None
    texts = {live.subject: live for live in (*new.posts, *new.pages)}
    catalogue = before.plan.catalogue
    homes = {
        key: replace(one, posts=tuple(texts[live.subject] for live in one.posts))
        for key, one in catalogue.listings.items()
        if not key.id
    }
    catalogue = replace(
        catalogue,
        contents={subject: texts[subject] for subject in catalogue.contents},
        listings={key: homes.get(key, one) for key, one in catalogue.listings.items()},
    )
    related = related_posts(catalogue, before.setting.config.related, shelf)
    pages = tuple(
        _with_related(page, related.get(page.shows.post, ()))
        if isinstance(page.shows, PostPage)
        else page
        for page in before.plan.pages
    )
    return replace(before.plan, catalogue=catalogue, pages=pages)


def _with_related(page: Page, related: tuple[Subject, ...]) -> Page:
    shows = page.shows
    if not isinstance(shows, PostPage) or shows.related == related:
        return page
    return replace(page, shows=replace(shows, related=related))
