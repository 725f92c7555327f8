"""Build the site from what was approved, and put it in place in one step. What is not out of date is not made."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from blognet.actions.built import Built
from blognet.actions.circumstances import circumstances
from blognet.actions.crew import crew_of
from blognet.actions.few_texts import few_texts
from blognet.actions.kept_works import opened_kept
from blognet.actions.making import exchange_texts, make_site
from blognet.actions.network import open_network
from blognet.actions.outlook import outlook_of, places_of_edits, where_people_edit
from blognet.actions.page_slices import WORTH_WORKERS
from blognet.actions.preparing import looked_at, prepare, readable_in, site_values
from blognet.actions.unchanged import BUILD, OUTPUT, TOLD, told_of
from blognet.disk.home import find_network
from blognet.disk.input_marks import look_at_inputs, marks_in
from blognet.disk.laid import laying
from blognet.disk.lock import writing_lock
from blognet.disk.memory import DAMAGED, MemoryFault, Recall, forget, recall, remember
from blognet.disk.slack import give_back_memory
from blognet.kernel.errors import ChangedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.kept_site import Counts
    from blognet.actions.making import Made
    from blognet.actions.outlook import Outlook, Placing
    from blognet.actions.unchanged import Looked
    from blognet.config import Config
    from blognet.kernel.problems import Problem

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
        looked: What a look at all that a build reads came to, if somebody looked just now.
        progress: Called with what is done (``texts``, ``pictures``, ``pages``), how many and of how many.

    Raises:
        FaultsError: The record is not sound, or an approved text cannot be read; the site stays as it was.
        ConflictError: The output folder holds files of somebody else.
    """
    root = find_network(start)
    once = partial(
        _built,
        root,
        output or root / OUTPUT,
        now=now,
        base_url=base_url,
        jobs=jobs,
        executor=executor,
        anew=anew,
        asked=asked,
        progress=progress,
    )
    try:
        return once(looked=looked)
    except ChangedError:  # somebody saved a text or decided while this began
        return once(looked=None)
    except (
        MemoryFault
    ):  # before the site was put in place, and part of what it said may have been used
        return once(looked=None, lost=DAMAGED)


def _built(  # noqa: PLR0913  # see above
    root: Path,
    target: Path,
    *,
    now: datetime,
    base_url: str,
    jobs: int,
    executor: str,
    anew: bool,
    asked: str,
    looked: Looked | None,
    progress: Progress | None,
    lost: str = "",
) -> Built:
    with (
        crew_of(jobs, executor) as crew,
        writing_lock(root, doing=BUILD) as held,
        opened_kept(root) as kept,
        ExitStack() as lasting,
    ):
        if looked and (not looked.sign or looked.sign != held.last):
            looked = None  # another command came between, so that what was seen may be so no more
        named = _named_in(open_network(root)[1])
        look = looked.look if looked and looked.named == named else None
        look = look or look_at_inputs(root, named)
        network, around = looked_at(
            root, kept, now=now, base_url=base_url, crew=crew, anew=anew, look=look
        )
        marks = marks_in(look)
        if looked:
            looked = replace(looked, look=None)
        del look  # it names every file, and all that is to be kept of it is a digest
        like = circumstances(root, target)
        lost = "everything was asked for" if anew else lost
        recalled = Recall(None, lost) if lost else recall(root, like=like)
        with closing(recalled):
            few = few_texts(
                network,
                around,
                kept,
                recalled,
                target=target,
                now=now,
                looked=looked,
            )
            outlook = outlook_of(network)
            placing: Placing = partial(where_people_edit, network=network)
            settings = network.config
            if few is not None:
                made = exchange_texts(few, recalled, root=root, target=target, now=now, asked=asked)
                counts, problems, shared = few.site.counts, few.site.problems, few.shared
            else:
                placing, readable = places_of_edits(network), readable_in(network)
                del network  # it is as large as the site, and all that is told of it is known
                prepared = prepare(readable, around, kept, crew=crew, anew=anew, progress=progress)
                made = make_site(
                    prepared.context,
                    prepared.facts,
                    prepared.texts,
                    prepared.studio,
                    root=root,
                    target=target,
                    folder=lasting.enter_context(laying(root)),
                    now=now,
                    crew=crew,
                    kit=prepared.kit,
                    recalled=recalled,
                    site_values=partial(site_values, prepared, kept),
                    asked=asked,
                    progress=progress,
                )
                counts, problems = prepared.counts, prepared.problems
                shared = prepared.shared
                del prepared, readable  # what is to be remembered takes memory, too
                if len(made.files) >= WORTH_WORKERS:
                    give_back_memory(circles=True)
        built = built_of(
            outlook,
            made,
            placing=placing,
            counts=counts,
            problems=problems,
            target=target,
            site_url=around.config.url,
        )
        if made.saved is None:
            forget(root)
        else:
            # Settings that were changed a moment ago name files at which nobody looked.
            known = marks if _named_in(settings) == named else ""
            told = told_of(built, marks=known, named=named, base_url=base_url, now=now)
            saved = replace(made.saved, notes={**made.saved.notes, TOLD: told})
            remember(root, saved, like=like, anew=bool(made.lost))
        return replace(built, help_problems=(*shared.problems, *crew.problems))


def _named_in(settings: Config) -> str:
    """Return the paths of the files that settings name, one a line."""
    return "\n".join((settings.theme.logo, *settings.social_cards.fonts))


def built_of(  # what a build tells
    outlook: Outlook,
    made: Made,
    *,
    placing: Placing,
    counts: Counts,
    problems: tuple[Problem, ...],
    target: Path,
    site_url: str,
) -> Built:
    """Return what a build did, as it is told.

    Args:
        outlook: What there is to tell of the network.
        made: What was made.
        placing: Names the files that people edit in place of approved copies.
        counts: How much there is on the site.
        problems: What could not be laid out, or is not shown.
        target: Where the site is.
        site_url: The site's own address.
    """
    posts, authors, plain_pages, pages = counts
    problems = placing((*problems, *made.problems))
    return Built(
        root=outlook.root,
        target=target,
        posts=posts,
        authors=authors,
        plain_pages=plain_pages,
        pages=pages,
        change=made.change,
        made=made.files,
        lost=made.lost,
        needs=made.needs,
        problems=tuple(sorted((*problems, *outlook.problems))),
        waiting=outlook.waiting,
        faulty=outlook.faulty,
        next_due=outlook.next_due,
        timezone=outlook.timezone,
        site_url=site_url,
    )
