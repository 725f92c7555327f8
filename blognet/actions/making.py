"""Make the files of a site that are out of date, put the site in place, and remember how it came about."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from blognet.actions.far_traces import FarTraces, Traces
from blognet.actions.kept_bytes import kept_units, kept_values
from blognet.actions.kept_cards import cards_of_pages, gone_cards
from blognet.actions.outdated import outdated
from blognet.actions.page_slices import FILE, begin_files, make_files
from blognet.actions.placing import exchange_in_place, put_in_place
from blognet.actions.saved import as_far_as_told, saved_of
from blognet.actions.texts import WORTH_WORKERS
from blognet.disk.left import left_as_rows
from blognet.disk.processes import mark_of_this_run
from blognet.disk.slack import give_back_memory
from blognet.engine import FactKey, fact_key, kind_of, name_of
from blognet.kernel.ids import subject_of
from blognet.kernel.problem_lists import problem_as_list, problem_from_list
from blognet.render.problems import problems_of_settings
from blognet.render.shown import recipes_of
from blognet.render.texts import problems_of
from blognet.render.watched import CONTENTS
from blognet.site.addresses import output_name
from blognet.site.pages import Made as Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.crew import Crew
    from blognet.actions.few_texts import FewTexts
    from blognet.actions.outdated import Outdated, Why
    from blognet.actions.page_slices import PageKit
    from blognet.actions.studio import Studio
    from blognet.actions.texts import Texts
    from blognet.disk.laid import Laid
    from blognet.disk.memory import Recall, Saved
    from blognet.disk.output import OutputChange
    from blognet.kernel.problems import Problem
    from blognet.render.context import Context
    from blognet.render.facts import Facts
    from blognet.site import LiveAuthor, LivePost, Page

    Progress = Callable[[str, int, int], None]

PROBLEMS = "problems"
_TRACES = 500
"""Texts that are looked at before what was read of them is put away; each leaves two kilobytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made.

    Attributes:
        change: Which files of the output differ now.
        files: The files that were made, and why.
        lost: Why all of them had to be; "" when only some had to.
        problems: What is wrong with the texts of the site.
        needs: What the file that was asked about was made from, now or earlier.
        saved: What the next build is to remember; None when that cannot be told.
    """

    change: OutputChange
    files: Mapping[str, Why]
    lost: str
    problems: tuple[Problem, ...]
    needs: tuple[FactKey, ...] = ()
    saved: Saved | None = None


def make_site(  # noqa: PLR0913  # what a build is asked for
    context: Context,
    facts: Facts,
    texts: Texts,
    studio: Studio,
    *,
    root: Path,
    target: Path,
    folder: Path,
    now: datetime,
    crew: Crew,
    kit: PageKit,
    recalled: Recall,
    site_values: Callable[[], Mapping[str, bytes]],
    asked: str = "",
    progress: Progress | None = None,
) -> Made:
    """Bring a site up to date.

    Args:
        context: The look-ups.
        facts: What is true now.
        texts: Where the context's Documents come from.
        studio: Where its pictures are made.
        root: The network folder.
        target: The output folder.
        folder: From `blognet.disk.laid.laying`; what is to be remembered is read from there until it is kept.
        now: As of which time the site is built.
        crew: Who works.
        kit: What others need to render pages.
        recalled: What the last build remembers.
        site_values: Gives what is to be kept of the site beside its units.
        asked: A file of the output somebody asks about; "" for none.
        progress: As in `blognet.actions.build.build`.
    """
    needed = outdated(context, facts, recalled, target)
    needs = recalled.needs_of(fact_key(FILE, asked)) if asked and not needed.lost else ()
    known = {} if needed.lost else _problems_from(recalled.note(PROBLEMS))
    catalogue = facts.catalogue
    every: tuple[LivePost | LiveAuthor, ...] = (
        *catalogue.contents.values(),
        *catalogue.profiles.values(),
    )
    if len(needed.files) >= WORTH_WORKERS:
        texts.prepare(every, crew=crew, progress=progress)
    _make_pictures(context, studio, needed, crew=crew, progress=progress)
    texts.keep()  # where workers find them
    pages = {output_name(page.path): page for page in context.pages}
    names = tuple(needed.files)
    far_traces = FarTraces()
    with crew.ended_by_failure():
        far = begin_files(pages, names, crew, lambda: kit_for(crew, kit, texts), folder, far_traces)
        if len(names) >= WORTH_WORKERS:
            give_back_memory()  # what workers need was written down
        put_away = partial(far_traces.put_away, context.recorder, folder)
        # Else the recorder is asked which of them were looked at again.
        problems = _problems(context, known, put_away if needed.lost else None)
        texts.let_go()
        if needed.lost and not needed.units:
            needed = replace(needed, units=kept_units(facts))
        if len(names) >= WORTH_WORKERS:
            give_back_memory()  # the search took much
        files = _counted(make_files(context, pages, names, far), len(names), progress)
        files = _ended(files, crew)
        change, left = put_in_place(
            files, needed, frozenset(pages), root=root, target=target, now=now
        )
    texts.keep()
    traces = Traces(context.recorder, far_traces)

    def saved() -> Saved:
        values = kept_values(facts, needed.units)
        notes = {PROBLEMS: _problems_as_text(problems)}
        made = [pages[name] for name in names]
        cards = cards_of_pages(made, context, far_traces.cards())
        gone = gone_cards(needed.gone_units, (*traces.keys(), *needed.gone), made, cards)
        return replace(
            saved_of(traces, facts, needed, notes, recalled),
            digests=needed.units,
            gone_units=(*needed.gone_units, *sorted(gone)),
            values={**values, **cards, **site_values(), **left_as_rows(left, needed.left)},
        )

    trace = as_far_as_told(partial(traces.of, fact_key(FILE, asked))) if asked else None
    return Made(
        change=change,
        files=needed.files,
        lost=needed.lost,
        problems=tuple(sorted({*problems_of_settings(context), *chain(*problems.values())})),
        needs=trace.needs if trace else needs,
        saved=as_far_as_told(saved),
    )


def exchange_texts(
    few: FewTexts,
    recalled: Recall,
    *,
    root: Path,
    target: Path,
    now: datetime,
    asked: str = "",
) -> Made:
    """Put in place what a few other posts come to; nothing else of the site is looked at.

    Args:
        few: What they come to.
        recalled: What the last build remembers.
        root: The network folder.
        target: The output folder.
        now: As of which time the site is built.
        asked: A file of the output somebody asks about; "" for none.
    """
    context, needed = few.context, few.needed
    needs = recalled.needs_of(fact_key(FILE, asked)) if asked else ()
    problems = _problems_now(few, _problems_from(recalled.note(PROBLEMS)))
    few.texts.keep()
    gone = {name_of(key) for key in needed.gone if kind_of(key) == FILE}
    change, left = exchange_in_place(
        few.files,
        gone,
        needed,
        root=root,
        target=target,
        now=now,
        is_standing=few.is_standing,
    )
    traces = Traces(context.recorder, FarTraces())

    def saved() -> Saved:
        notes = {PROBLEMS: _problems_as_text(problems)}
        return replace(
            saved_of(traces, few.facts, needed, notes, recalled, known=recalled.digest_of),
            digests=few.units,
            values={**few.values, **left_as_rows(left, needed.left)},
            gone_units=tuple(sorted(few.gone_units)),
        )

    trace = context.recorder.trace_of(fact_key(FILE, asked))
    return Made(
        change=change,
        files=needed.files,
        lost="",
        problems=tuple(sorted({*problems_of_settings(context), *chain(*problems.values())})),
        needs=trace.needs if trace else needs,
        saved=as_far_as_told(saved),
    )


def kit_for(crew: Crew, kit: PageKit, texts: Texts) -> PageKit:
    """Return what others need to render pages: with every text, when they cannot read the cache."""
    if not crew.is_elsewhere:
        return kit
    catalogue = kit.scene.catalogue
    lives: Iterable[LivePost | LiveAuthor] = chain(
        catalogue.contents.values(), catalogue.profiles.values()
    )
    return replace(kit, cache="", documents=texts.as_bytes(lives), build=mark_of_this_run())


def _make_pictures(
    context: Context,
    studio: Studio,
    needed: Outdated,
    *,
    crew: Crew,
    progress: Progress | None,
) -> None:
    """Make the pictures of all pages, by several processes, when some are among the files to be made or went away."""
    pictures = (page for page in context.pages if _is_picture(page))
    if not needed.gone and not any(output_name(page.path) in needed.files for page in pictures):
        return
    recipes = recipes_of(context.pages)
    for number, _ in enumerate(studio.make_all(recipes, crew=crew), start=1):
        if progress:
            progress("pictures", number, len(recipes))


def _is_picture(page: Page) -> bool:
    return isinstance(page.shows, Picture)


def _ended(
    files: Iterator[tuple[str, bytes | Laid]], crew: Crew
) -> Iterator[tuple[str, bytes | Laid]]:
    """Let those who work here go once all files are made: what is to be remembered takes the memory they have."""
    yield from files
    crew.end()


def _counted(
    files: Iterator[tuple[str, bytes | Laid]], many: int, progress: Progress | None
) -> Iterator[tuple[str, bytes | Laid]]:
    for number, made in enumerate(files, start=1):
        yield made
        if progress:
            progress("pages", number, many)


def _problems(
    context: Context, known: Mapping[str, tuple[Problem, ...]], put_away: Callable[[], None] | None
) -> Mapping[str, tuple[Problem, ...]]:
    """Return what is wrong with each text, by its name: as remembered, where nothing it depends on changed."""
    found: dict[str, tuple[Problem, ...]] = {}
    looked_at = 0
    for subject in (*context.catalogue.contents, *context.catalogue.profiles):
        name = str(subject)
        if name in known and context.recorder.trace_of(fact_key(PROBLEMS, name)) is None:
            found[name] = known[name]
        else:
            found[name] = problems_of(subject, context)
            looked_at += 1
            if put_away is not None and looked_at % _TRACES == 0:
                put_away()
                context.memory.problems.let_go(beyond=0)  # nobody asks for them again
    return found


def _problems_now(
    few: FewTexts, known: Mapping[str, tuple[Problem, ...]]
) -> Mapping[str, tuple[Problem, ...]]:
    """Return what is wrong with each text, by its name, when a few texts are others."""
    made = (trace.key for trace in few.context.recorder.traces())
    names = {name_of(key) for key in made if kind_of(key) == PROBLEMS}
    names |= {str(live.subject) for live in few.posts}
    gone = {name_of(FactKey(unit)) for unit in few.gone_units if kind_of(FactKey(unit)) == CONTENTS}
    stay = {name: said for name, said in known.items() if name not in gone}
    return {**stay, **{name: problems_of(subject_of(name), few.context) for name in names}}


def _problems_as_text(problems: Mapping[str, tuple[Problem, ...]]) -> str:
    """Write problems; nearly all texts have none, and are named alone."""
    none = "\n".join(name for name, found in problems.items() if not found)
    said = {
        name: [problem_as_list(one) for one in found] for name, found in problems.items() if found
    }
    return json.dumps([none, said])


def _problems_from(text: str) -> Mapping[str, tuple[Problem, ...]]:
    try:
        read: object = json.loads(text)
        match read:
            case [str() as none, dict() as said]:
                found = {name: tuple(map(problem_from_list, some)) for name, some in said.items()}
            case _:
                return {}
    except ValueError:
        return {}
    return {**dict.fromkeys(none.split("\n") if none else (), ()), **found}
