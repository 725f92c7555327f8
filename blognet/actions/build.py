"""Build the site from what was approved, and put it in place in one step."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from blognet.actions.due import next_due
from blognet.actions.network import is_sound, load_network
from blognet.actions.published import published_from
from blognet.actions.urls import kept_addresses
from blognet.actions.waiting import for_mayor, waiting
from blognet.disk.lock import writing_lock
from blognet.disk.logo import read_logo
from blognet.disk.network import find_network
from blognet.disk.output import mark_built, publish_output
from blognet.disk.record import read_asset_copy
from blognet.disk.themes import theme_files
from blognet.kernel.errors import FaultsError
from blognet.kernel.problems import errors_in
from blognet.moderation.record import subject_folder
from blognet.render.bodies import Bodies, labels_of, render_bio, render_body
from blognet.render.context import make_context
from blognet.render.page import render_page
from blognet.render.texts import content_problems
from blognet.site import plan
from blognet.themes.environment import make_renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Network
    from blognet.config import Config
    from blognet.disk.output import OutputChange
    from blognet.kernel.ids import Subject
    from blognet.kernel.problems import Problem
    from blognet.markup import Document, Labels
    from blognet.render.context import Context
    from blognet.site import Catalogue, LivePost, Page, Published
    from blognet.themes.strings import Words

_Item = TypeVar("_Item")
OUTPUT = "site"
WORTH_WORKERS = 200
"""Fewer texts than this are rendered sooner than a second process starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did.

    Attributes:
        target: Where the site is.
        published: What is on it.
        pages: How many files it has.
        change: Which files differ from what was there.
        problems: Warnings, sorted: dead links, addresses that could not be given.
        waiting: Subjects that wait for a mayor.
        faulty: Subjects that wait for their author to mend them.
        next_due: When something scheduled appears or something expires next; None when nothing does.
        config: The network's settings.
        root: The network's folder.
    """

    target: Path
    published: Published
    pages: int
    change: OutputChange
    problems: tuple[Problem, ...]
    waiting: tuple[Subject, ...]
    faulty: tuple[Subject, ...]
    next_due: datetime | None
    config: Config
    root: Path


def build(
    start: Path,
    *,
    now: datetime,
    output: Path | None = None,
    base_url: str = "",
    jobs: int = 1,
    progress: Callable[[str, int, int], None] | None = None,
) -> Built:
    """Build the site.

    Args:
        start: A folder in the network.
        now: The time that decides what is scheduled and expired; an input like any other.
        output: Where to; the network's ``site/`` when None.
        base_url: Where the site will live, instead of the configured address.
        jobs: How many processes render texts.
        progress: Called with what is done (``texts``, ``pages``), how many and of how many.

    Raises:
        FaultsError: The record is not sound, or an approved text cannot be read; the site stays as it was.
        ConflictError: The output folder holds files of somebody else.
    """
    root = find_network(start)
    with writing_lock(root, doing="blognet build"):
        network = load_network(root, now=now)
        if not is_sound(network.record):
            message = "the record has faults, so nobody can say what was approved"
            raise FaultsError(message, problems=network.record.problems, hint="mayor verify")
        published = published_from(network.record, rules=network.rules, now=now)
        context, problems = _prepare(network, published, base_url, jobs, progress)
        target = output or root / OUTPUT
        change = publish_output(target, _files(context, progress), network=root)
        mark_built(target, now)
    proposed = for_mayor(waiting(network))
    return Built(
        target=target,
        published=published,
        pages=len(context.pages),
        change=change,
        problems=tuple(sorted((*where_people_edit(problems, network), *network.record.problems))),
        waiting=tuple(one.entry.subject for one in proposed if one.turn == "mayor"),
        faulty=tuple(one.entry.subject for one in proposed if one.what == "faulty"),
        next_due=next_due(network),
        config=network.config,
        root=root,
    )


def where_people_edit(problems: tuple[Problem, ...], network: Network) -> tuple[Problem, ...]:
    """Name the author's file in place of the approved copy, where both say the same line for line."""
    files = {
        f"{subject_folder(entry.subject)}/{entry.proposal.hash.file_stem}.txt": entry.proposal.path
        for entry in network.entries.values()
        if entry.proposal and entry.proposal.hash
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


def _prepare(
    network: Network,
    published: Published,
    base_url: str,
    jobs: int,
    progress: Callable[[str, int, int], None] | None,
) -> tuple[Context, tuple[Problem, ...]]:
    config = network.config
    if base_url:
        config = config.model_copy(update={"url": base_url.rstrip("/")})
    theme = theme_files(network.root, config.theme.name)
    kept = kept_addresses(network.root)
    planned = plan(published, config, theme_files=tuple(theme.static), kept=kept)
    if errors_in(planned.problems):
        message = "the site cannot be laid out"
        raise FaultsError(message, problems=planned.problems)
    context = make_context(
        planned,
        config,
        renderer=make_renderer(
            theme.load,
            words=theme.words,
            zone=config.zone,
            hosts=tuple(config.hosts),
            where=theme.where,
        ),
        asset=partial(read_asset_copy, network.root),
        theme_file=theme.static.get,
        logo=read_logo(network.root, config.theme.logo) if config.theme.logo else None,
        bodies=_bodies(planned.catalogue, config, theme.words, jobs, progress),
    )
    return context, (*planned.problems, *context.problems, *content_problems(context))


def _bodies(
    catalogue: Catalogue,
    config: Config,
    words: Words,
    jobs: int,
    progress: Callable[[str, int, int], None] | None,
) -> Bodies:
    """Render every text, in several processes when that is worth it; the result does not depend on how many."""
    subjects = tuple(catalogue.contents)
    texts = tuple(_portable(catalogue.contents[subject]) for subject in subjects)
    labels = {subject.language: labels_of(subject, config, words) for subject in subjects}
    spoken = tuple(labels[subject.language] for subject in subjects)
    body = partial(_body, config)
    with ExitStack() as stack:
        documents: Iterator[Document] = map(body, texts, spoken)
        if jobs > 1 and len(texts) >= WORTH_WORKERS:
            executor = stack.enter_context(ProcessPoolExecutor(jobs))
            documents = executor.map(
                body, texts, spoken, chunksize=max(1, len(texts) // (jobs * 8))
            )
        rendered = tuple(_counted(documents, "texts", len(texts), progress))
    return Bodies(
        posts=dict(zip(subjects, rendered, strict=True)),
        bios={
            subject: render_bio(live, config, labels_of(subject, config, words))
            for subject, live in catalogue.profiles.items()
        },
    )


def _body(config: Config, live: LivePost, labels: Labels) -> Document:
    return render_body(live, config, labels)


def _portable(live: LivePost) -> LivePost:
    """Return a post that can go to another process: the author's free data, a read-only mapping, cannot."""
    return replace(live, post=replace(live.post, front=replace(live.post.front, extra={})))


def _files(
    context: Context,
    progress: Callable[[str, int, int], None] | None,
) -> Iterator[tuple[str, bytes]]:
    for page in _counted(iter(context.pages), "pages", len(context.pages), progress):
        yield file_name(page), render_page(page, context)


def file_name(page: Page) -> str:
    """Return the file of a page, relative to the output: ``2026/hello/index.html``, ``feeds.opml``."""
    relative = page.path.lstrip("/")
    return f"{relative}index.html" if not relative or relative.endswith("/") else relative


def _counted(
    items: Iterator[_Item],
    what: str,
    total: int,
    progress: Callable[[str, int, int], None] | None,
) -> Iterator[_Item]:
    for number, item in enumerate(items, start=1):
        yield item
        if progress:
            progress(what, number, total)
