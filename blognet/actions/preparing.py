"""Everything that is decided before the first page of a whole site is made: what there is, where, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from blognet.actions.kept_lights import lights_as_rows, lights_of
from blognet.actions.kept_site import LISTED, SITE, KeptSite, columns_of
from blognet.actions.kept_values import value_as_bytes
from blognet.actions.kept_works import maker_of_rows
from blognet.actions.lazy_site import Documents
from blognet.actions.network import is_sound, load_network
from blognet.actions.page_slices import PageKit
from blognet.actions.published import published_from
from blognet.actions.shared_texts import shared_texts
from blognet.actions.studio import studio_of
from blognet.actions.surroundings import surroundings_of
from blognet.actions.texts import WORTH_WORKERS, Texts
from blognet.actions.theme_renderer import renderer_for
from blognet.disk.generator import texts_mark
from blognet.disk.record import read_asset_copy
from blognet.disk.slack import give_back_memory
from blognet.engine import digest_of
from blognet.kernel.errors import FaultsError
from blognet.kernel.problems import errors_in
from blognet.render.bodies import Bodies, TextKeys
from blognet.render.context import context_of
from blognet.render.facts import Facts, looked_up
from blognet.render.links import ground_of
from blognet.render.pictures import sources_in
from blognet.render.scene import scene_of
from blognet.render.shown import in_use
from blognet.site.addresses import are_plain
from blognet.site.plan import plan
from blognet.site.related import related_marks
from blognet.site.word_counts import let_go_of_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.crew import Crew
    from blognet.actions.kept_lights import Lights
    from blognet.actions.kept_site import Counts
    from blognet.actions.kept_works import KeptWorks
    from blognet.actions.network import Network
    from blognet.actions.shared_texts import SharedTexts
    from blognet.actions.studio import Studio
    from blognet.actions.surroundings import Surroundings
    from blognet.content.values import ReadingRules
    from blognet.disk.look import Look
    from blognet.kernel.problems import Problem
    from blognet.render.context import Context
    from blognet.site import Published

    Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything that is decided before the first page is made.

    Attributes:
        around: What the site is made in.
        lights: What decided on each subject that readers see something of.
        published: What may be on the site.
        context: The look-ups.
        facts: What is true now.
        texts: Where the context's Documents come from.
        shared: What others keep of them.
        studio: Where pictures are made.
        pictures: The approved ones that it needs, by SHA-256 in hex.
        kit: What other processes need to render pages.
        problems: What could not be laid out, or is not shown.
    """

    around: Surroundings
    lights: Lights
    published: Published
    context: Context
    facts: Facts
    texts: Texts
    shared: SharedTexts
    studio: Studio
    pictures: tuple[str, ...]
    kit: PageKit
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> Counts:
        """How much there is on the site."""
        published = self.published
        return (
            len(published.posts),
            len({author for post in published.posts for author in post.authors}),
            len(published.pages),
            len(self.context.pages),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """What of a network its site is made from.

    Attributes:
        root: The network folder.
        rules: How its texts are read.
        published: What may be on the site.
        lights: What decided on each subject that readers see something of.
    """

    root: Path
    rules: ReadingRules
    published: Published
    lights: Lights


def readable_in(network: Network) -> Readable:
    """Return what of a network its site is made from, so that the rest can be let go: it is as large.

    Raises:
        FaultsError: An approved text cannot be read.
    """
    return Readable(
        root=network.root,
        rules=network.rules,
        published=published_from(network.record, rules=network.rules, now=network.now),
        lights=lights_of(network.record, network.now),
    )


def looked_at(
    root: Path,
    kept: KeptWorks,
    *,
    now: datetime,
    base_url: str,
    crew: Crew,
    anew: bool = False,
    look: Look | None = None,
) -> tuple[Network, Surroundings]:
    """Read a network and what its site is made in; the caller holds the lock.

    Args:
        root: The network folder.
        kept: Where earlier builds left what can be made again; its shelf is claimed.
        now: As in `build`.
        base_url: The same.
        crew: Who helps to read.
        anew: As in `blognet.actions.build.build`.
        look: At everything that a build reads, if somebody looked just now.

    Raises:
        FaultsError: The record is not sound, or a file of the theme cannot be read.
    """
    network = load_network(root, now=now, crew=crew, look=look)
    if not is_sound(network.record):
        message = "the record has faults, so nobody can say what was approved"
        raise FaultsError(message, problems=network.record.problems, hint="mayor verify")
    kept.shelf.claim(maker_of_rows(network.rules))
    if anew:
        kept.shelf.clear()
    return network, surroundings_of(network, base_url=base_url)


def prepare(
    readable: Readable,
    around: Surroundings,
    kept: KeptWorks,
    *,
    crew: Crew,
    anew: bool = False,
    is_part: bool = False,
    progress: Progress | None = None,
) -> Prepared:
    """Decide on everything that a site shows; the caller holds the lock.

    Args:
        readable: What of the network is on it.
        around: As `looked_at` gives it.
        kept: Where earlier builds left what can be made again.
        crew: Who works.
        anew: As in `build`.
        is_part: Whether only a part of the files is made here, and what all texts are needed for perhaps elsewhere.
        progress: The same.

    Raises:
        FaultsError: The site cannot be laid out.
    """
    root, published = readable.root, readable.published
    is_large = len(published.posts) >= WORTH_WORKERS
    if is_large:
        give_back_memory(circles=True)  # the network was let go, and is as large as the site
    config, theme, logo = around.config, around.theme, around.logo
    keys = TextKeys(config, theme.words, texts_mark())
    shared = shared_texts(config.cache, anew=anew)
    texts = Texts(config, theme.words, keys, kept.texts, anew=anew, shared=shared)
    if not is_part:
        texts.begin(chain(published.posts, published.pages, published.authors), crew=crew)
    planned = plan(
        published,
        config,
        theme_files=tuple(theme.static),
        kept=around.addresses,
        shelf=kept.shelf,
    )
    if errors_in(planned.problems):
        message = "the site cannot be laid out"
        raise FaultsError(message, problems=planned.problems)
    catalogue = planned.catalogue
    if is_large:
        let_go_of_words()
        give_back_memory()  # related posts took much
    texts.wait(progress)
    if is_large:
        give_back_memory()  # texts waited until now
    asset = partial(read_asset_copy, root)
    studio = studio_of(root, asset, config)
    pictures = tuple(sorted(set(sources_in(planned.pages))))
    studio.measure_all(pictures, crew=crew)
    renderer = renderer_for(theme, config)
    scene = scene_of(planned, config, asset=asset, darkroom=studio.darkroom, logo=logo)
    context = context_of(
        scene,
        renderer=renderer,
        asset=asset,
        darkroom=studio.darkroom,
        theme_file=theme.static.get,
        key_of=keys.of,
        shelf=kept.shelf,
        bodies=Bodies(
            posts=Documents(catalogue.contents, texts.document),
            bios=Documents(catalogue.profiles, texts.document),
            briefs=Documents(catalogue.contents, texts.brief),
            leads=Documents(catalogue.contents, texts.leads),
        ),
    )
    # All texts are asked for their images or for the words of the search.
    if context.pictures.shown or (not is_part and len(scene.pages) >= WORTH_WORKERS):
        texts.prepare(
            chain(catalogue.contents.values(), catalogue.profiles.values()),
            crew=crew,
            progress=progress,
        )
    pages = in_use(context, texts.images)
    paths = frozenset(page.path for page in pages)
    from blognet.actions.search_files import with_found_files

    pages = with_found_files(root, context, pages, anew=anew)
    context, scene = replace(context, pages=pages), replace(scene, pages=pages)
    facts = Facts(
        catalogue=catalogue,
        config=config,
        ground=ground_of(catalogue.contents, paths, config.url),
        pages=context.pages,
        others={
            "pages": context.pages,
            "problems": context.problems,
            "logo": logo,
            "social.site": context.social.site,
        },
        look_up=partial(looked_up, context, search=not is_part),
        renderer=renderer.mark,
        templates=theme.templates,
        theme_files=theme.static,
        reading=digest_of(readable.rules),
        texts=keys,
    )
    problems = (*planned.problems, *context.problems)
    kit = PageKit(scene=scene, theme=theme, versions=texts_mark(), cache=texts.kept_at)
    return Prepared(
        around=around,
        lights=readable.lights,
        published=published,
        context=context,
        facts=facts,
        texts=texts,
        shared=shared,
        studio=studio,
        pictures=pictures,
        kit=kit,
        problems=problems,
    )


def site_values(prepared: Prepared, kept: KeptWorks) -> dict[str, bytes]:
    """Return what the next build has to know of a site beside its units."""
    around, context = prepared.around, prepared.context
    site = KeptSite(
        surroundings=around.mark,
        theme=around.theme_mark,
        assets=around.assets,
        pictures=prepared.pictures,
        languages=prepared.facts.catalogue.languages,
        social=context.social.site,
        problems=prepared.problems,
        missing=context.problems,
        is_plain=are_plain(page.path for page in context.pages),
        counts=prepared.counts,
        related=related_marks(prepared.facts.catalogue, around.config.related, kept.shelf),
        search=context.search.kept(),
    )
    catalogue = prepared.facts.catalogue
    columns = columns_of(catalogue.contents.values())
    return {
        SITE: value_as_bytes(site),
        **lights_as_rows(prepared.lights),
        LISTED: value_as_bytes(
            {str(key): (one.count, one.name) for key, one in catalogue.listings.items()}
        ),
        **{name: value_as_bytes(column) for name, column in columns.items()},
    }
