"""Build the site from what was approved, and put it in place in one step. What is not out of date is not made."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blognet.actions.built import Built
from blognet.actions.circumstances import circumstances
from blognet.actions.crew import crew_of
from blognet.actions.due import next_due
from blognet.actions.few_texts import few_texts, lights_of
from blognet.actions.kept_site import LIGHTS, SITE, KeptSite
from blognet.actions.kept_values import value_as_bytes
from blognet.actions.kept_works import opened_kept
from blognet.actions.lazy_site import Documents
from blognet.actions.making import exchange_texts, make_site
from blognet.actions.network import is_sound, load_network, open_network
from blognet.actions.page_slices import PageKit
from blognet.actions.published import published_from
from blognet.actions.search_files import with_found_files
from blognet.actions.shared_texts import shared_texts
from blognet.actions.studio import studio_of
from blognet.actions.surroundings import surroundings_of
from blognet.actions.texts import WORTH_WORKERS, Texts
from blognet.actions.unchanged import OUTPUT, TOLD, told_of
from blognet.actions.waiting import for_mayor, waiting
from blognet.disk.generator import generator_mark, texts_mark
from blognet.disk.input_marks import marks_of_inputs
from blognet.disk.lock import writing_lock
from blognet.disk.memory import Recall, recall, remember
from blognet.disk.network import find_network
from blognet.disk.record import read_asset_copy
from blognet.engine import digest_of
from blognet.kernel.errors import FaultsError
from blognet.kernel.problems import errors_in
from blognet.moderation.record import subject_folder
from blognet.render.bodies import Bodies, TextKeys
from blognet.render.context import context_of
from blognet.render.facts import Facts, looked_up
from blognet.render.links import ground_of
from blognet.render.pictures import sources_in
from blognet.render.scene import scene_of
from blognet.render.shown import in_use
from blognet.site import plan
from blognet.site.related import related_marks
from blognet.themes.environment import make_renderer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.crew import Crew
    from blognet.actions.kept_site import Counts
    from blognet.actions.kept_works import KeptWorks
    from blognet.actions.making import Made
    from blognet.actions.network import Network
    from blognet.actions.shared_texts import SharedTexts
    from blognet.actions.studio import Studio
    from blognet.actions.surroundings import Surroundings
    from blognet.actions.unchanged import Looked
    from blognet.kernel.problems import Problem
    from blognet.render.context import Context
    from blognet.site import Published

    Progress = Callable[[str, int, int], None]


def build(  # noqa: PLR0913  # what a build is asked for
    start: Path,
    *,
    now: datetime,
    output: Path | None = None,
    base_url: str = "",
    jobs: int = 1,
    executor: str = "",
    anew: bool = False,
    asked: str = "",
    looked: Looked | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build the site.

    Args:
        start: A folder in the network.
        now: The time that decides what is scheduled and expired; an input like any other.
        output: Where to; the network's ``site/`` when None.
        base_url: Where the site will live, instead of the configured address.
        jobs: How many processes render.
        executor: The scheduler of a cluster that renders instead, ``dask://HOST:PORT``; "" for none.
        anew: Whether to make everything, whatever the last build left.
        asked: A file of the output somebody asks about, as `Built.made` names it; "" for none.
        looked: The marks of what a build reads, if somebody took them just now.
        progress: Called with what is done (``texts``, ``pictures``, ``pages``), how many and of how many.

    Raises:
        FaultsError: The record is not sound, or an approved text cannot be read; the site stays as it was.
        ConflictError: The output folder holds files of somebody else.
    """
    root = find_network(start)
    target = output or root / OUTPUT
    with (
        crew_of(jobs, executor) as crew,
        writing_lock(root, doing="blognet build"),
        opened_kept(root) as kept,
    ):
        settings = open_network(root)[1]
        named = "\n".join((settings.theme.logo, *settings.social_cards.fonts))
        known = looked is not None and looked.marks and looked.named == named
        marks = looked.marks if looked and known else marks_of_inputs(root, named)
        network, around = looked_at(root, kept, now=now, base_url=base_url, anew=anew)
        like = circumstances(root, target)
        recalled = Recall(None, "everything was asked for") if anew else recall(root, like=like)
        with closing(recalled):
            few = few_texts(network, around, kept, recalled, target=target, now=now)
            if few is not None:
                made = exchange_texts(few, recalled, root=root, target=target, now=now, asked=asked)
                counts, problems, shared = few.site.counts, few.site.problems, few.shared
            else:
                prepared = prepare(
                    network, around, kept, now=now, crew=crew, anew=anew, progress=progress
                )
                made = make_site(
                    prepared.context,
                    prepared.facts,
                    prepared.texts,
                    prepared.studio,
                    root=root,
                    target=target,
                    now=now,
                    crew=crew,
                    kit=prepared.kit,
                    recalled=recalled,
                    site_values=partial(_site_values, prepared, kept),
                    asked=asked,
                    progress=progress,
                )
                counts, problems = prepared.counts, prepared.problems
                shared = prepared.shared
        built = built_of(
            network,
            made,
            counts=counts,
            problems=problems,
            target=target,
            site_url=around.config.url,
        )
        if made.saved is not None:
            told = told_of(built, marks=marks, named=named, base_url=base_url, now=now)
            saved = replace(made.saved, notes={**made.saved.notes, TOLD: told})
            remember(root, saved, like=like, anew=bool(made.lost))
        return replace(built, help_problems=(*shared.problems, *crew.problems))


def built_of(
    network: Network,
    made: Made,
    *,
    counts: Counts,
    problems: tuple[Problem, ...],
    target: Path,
    site_url: str,
) -> Built:
    """Return what a build did, as it is told.

    Args:
        network: As it was read.
        made: What was made.
        counts: How much there is on the site.
        problems: What could not be laid out, or is not shown.
        target: Where the site is.
        site_url: The site's own address.
    """
    posts, authors, plain_pages, pages = counts
    proposed = for_mayor(waiting(network))
    problems = where_people_edit((*problems, *made.problems), network)
    return Built(
        root=network.root,
        target=target,
        posts=posts,
        authors=authors,
        plain_pages=plain_pages,
        pages=pages,
        change=made.change,
        made=made.files,
        lost=made.lost,
        needs=made.needs,
        problems=tuple(sorted((*problems, *network.record.problems))),
        waiting=tuple(str(one.entry.subject) for one in proposed if one.turn == "mayor"),
        faulty=tuple(str(one.entry.subject) for one in proposed if one.what == "faulty"),
        next_due=next_due(network),
        timezone=network.config.timezone,
        site_url=site_url,
    )


def where_people_edit(problems: tuple[Problem, ...], network: Network) -> tuple[Problem, ...]:
    """Name the author's file in place of the approved copy, where both say the same line for line."""
    # Only the texts in question are read: those of a large network take seconds.
    folders = {PurePosixPath(problem.location.path).parent.as_posix() for problem in problems}
    if not any(folder.startswith("record/") for folder in folders):
        return problems
    files = {
        f"{folder}/{entry.proposal.hash.file_stem}.txt": entry.proposal.path
        for subject, entry in network.entries.items()
        if (folder := subject_folder(subject)) in folders and entry.proposal and entry.proposal.hash
    }
    return tuple(
        replace(
            problem,
            location=replace(
                problem.location, path=files.get(problem.location.path, problem.location.path)
            ),
        )
        for problem in problems
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything that is decided before the first page is made.

    Attributes:
        network: As it was read.
        around: What the site is made in.
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

    network: Network
    around: Surroundings
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


def looked_at(
    root: Path, kept: KeptWorks, *, now: datetime, base_url: str, anew: bool = False
) -> tuple[Network, Surroundings]:
    """Read a network and what its site is made in; the caller holds the lock.

    Args:
        root: The network folder.
        kept: Where earlier builds left what can be made again; its shelf is claimed.
        now: As in `build`.
        base_url: The same.
        anew: The same.

    Raises:
        FaultsError: The record is not sound, or a file of the theme cannot be read.
    """
    network = load_network(root, now=now)
    if not is_sound(network.record):
        message = "the record has faults, so nobody can say what was approved"
        raise FaultsError(message, problems=network.record.problems, hint="mayor verify")
    kept.shelf.claim(f"{generator_mark()}\n{digest_of(network.rules)}")
    if anew:
        kept.shelf.clear()
    return network, surroundings_of(network, base_url=base_url)


def prepare(
    network: Network,
    around: Surroundings,
    kept: KeptWorks,
    *,
    now: datetime,
    crew: Crew,
    anew: bool = False,
    is_part: bool = False,
    progress: Progress | None = None,
) -> Prepared:
    """Decide on everything that a site shows; the caller holds the lock.

    Args:
        network: As `looked_at` read it.
        around: The same.
        kept: Where earlier builds left what can be made again.
        now: As in `build`.
        crew: Who works.
        anew: As in `build`.
        is_part: Whether only a part of the files is made here, and what all texts are needed for perhaps elsewhere.
        progress: The same.

    Raises:
        FaultsError: An approved text cannot be read, or the site cannot be laid out.
    """
    published = published_from(network.record, rules=network.rules, now=now)
    config, theme, logo = around.config, around.theme, around.logo
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
    keys = TextKeys(config, theme.words, texts_mark())
    shared = shared_texts(config.cache, anew=anew)
    texts = Texts(config, theme.words, keys, kept.texts, anew=anew, shared=shared)
    asset = partial(read_asset_copy, network.root)
    studio = studio_of(network.root, asset, config)
    pictures = tuple(sorted(set(sources_in(planned.pages))))
    studio.measure_all(pictures, crew=crew)
    catalogue = planned.catalogue
    renderer = make_renderer(
        theme.load,
        words=theme.words,
        zone=config.zone,
        hosts=tuple(config.hosts),
        where=theme.where,
    )
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
    pages = with_found_files(network.root, context, pages, anew=anew)
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
        looked_up=looked_up(context, search=not is_part),
        renderer=renderer.mark,
        templates=theme.templates,
        theme_files=theme.static,
        reading=digest_of(network.rules),
        texts=keys,
    )
    problems = (*planned.problems, *context.problems)
    kit = PageKit(scene=scene, theme=theme, versions=texts_mark(), cache=texts.kept_at)
    return Prepared(
        network=network,
        around=around,
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


def _site_values(prepared: Prepared, kept: KeptWorks) -> dict[str, bytes]:
    """Return what the next build has to know of a site beside its units."""
    network, around, context = prepared.network, prepared.around, prepared.context
    site = KeptSite(
        surroundings=around.mark,
        assets=around.assets,
        pictures=prepared.pictures,
        languages=prepared.facts.catalogue.languages,
        social=context.social.site,
        problems=prepared.problems,
        missing=context.problems,
        counts=prepared.counts,
        related=related_marks(prepared.facts.catalogue, around.config.related, kept.shelf),
        search=context.search.kept(),
    )
    return {SITE: value_as_bytes(site), LIGHTS: lights_of(network, network.now)}
