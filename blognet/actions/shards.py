"""Building a site in parts, on machines that do not talk to each other, and putting the parts together.

Every machine reads the network and decides what the site is, all the same; each makes its own part of the files. Who
puts them together decides it once more: so it knows which files there must be, and from what.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, fields
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from blognet.actions.build import built_of
from blognet.actions.caching import cache_key
from blognet.actions.crew import Crew, crew_of
from blognet.actions.kept_works import opened_kept
from blognet.actions.making import Made
from blognet.actions.outlook import outlook_of, where_people_edit
from blognet.actions.page_slices import begin_files, make_files
from blognet.actions.placing import standby_for
from blognet.actions.preparing import looked_at, prepare, readable_in
from blognet.actions.unchanged import OUTPUT
from blognet.disk.generator import program_mark
from blognet.disk.home import find_network
from blognet.disk.laid import Laid
from blognet.disk.left import NOWHERE
from blognet.disk.lock import writing_lock
from blognet.disk.memory import forget
from blognet.disk.output import publish_output
from blognet.disk.output_marker import mark_built
from blognet.disk.sealed_archive import ArchiveError
from blognet.disk.shard_archive import Inputs, open_shard, write_shard
from blognet.disk.shard_files import shard_file, shard_files
from blognet.engine import digest_of, digest_of_text
from blognet.kernel.times import iso, parse_iso
from blognet.render.problems import problems_of_settings
from blognet.render.shown import recipes_of
from blognet.render.texts import problems_of
from blognet.site.addresses import output_name
from blognet.site.shards import Shard, pages_in_shards, shards_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.built import Built
    from blognet.actions.preparing import Prepared, Progress
    from blognet.disk.shard_archive import ShardArchive
    from blognet.kernel.problems import Problem
    from blognet.site import LiveAuthor, LivePost, Page

_BUILD = "blognet build --shard"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltShard:
    """What the build of a part did.

    Attributes:
        shard: Which part.
        file: The archive.
        files: How many files of the site are in it.
        pages: How many the whole site has.
        size: The bytes of these files.
        is_sealed: Whether it bears a seal.
        help_problems: Why a shared cache, or workers, were not used to their end.
    """

    shard: Shard
    file: Path
    files: int
    pages: int
    size: int
    is_sealed: bool
    help_problems: tuple[Problem, ...]


def build_shard(
    start: Path,
    shard: Shard,
    *,
    now: datetime,
    base_url: str = "",
    folder: Path | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> BuiltShard:
    """Make one part of a site and write it into an archive; the site itself is not touched.

    Args:
        start: A folder in the network.
        shard: Which part.
        now: As in `blognet.actions.build.build`; in whole seconds.
        base_url: The same.
        folder: Where the archive goes; ``.blognet/shards`` when None.
        jobs: How many processes render.
        progress: As in `blognet.actions.build.build`.

    Raises:
        FaultsError: As in `blognet.actions.build.build`.
        BlognetError: The disk refuses, or the key of seals is too short.
    """
    root, key = find_network(start), cache_key()
    path = shard_file(root, folder, shard)
    with (
        crew_of(jobs) as crew,
        writing_lock(root, doing=_BUILD),
        opened_kept(root) as kept,
    ):
        network, around = looked_at(root, kept, now=now, base_url=base_url, crew=crew)
        prepared = prepare(
            readable_in(network), around, kept, crew=crew, is_part=True, progress=progress
        )
        pages = _pages_of(prepared, shard)
        _prepare_part(prepared, shard, tuple(pages.values()), crew, progress)
        far = begin_files(pages, tuple(pages), crew, lambda: prepared.kit)
        files = make_files(prepared.context, pages, tuple(pages), far)
        said = write_shard(
            path,
            shard,
            _inputs(prepared, now, base_url),
            _counted(files, len(pages), progress),
            _problems(prepared, shard),
            key=key,
        )
        prepared.texts.keep()
    return BuiltShard(
        shard=shard,
        file=path,
        files=len(said.files),
        pages=len(prepared.context.pages),
        size=sum(one.size for one in said.files),
        is_sealed=bool(key),
        help_problems=(*prepared.shared.problems, *crew.problems),
    )


def merge_shards(
    start: Path, sources: Sequence[Path], *, output: Path | None = None, unsealed: bool = False
) -> Built:
    """Put the parts of a site together and in place, in one step; the same site as a build in one go makes.

    Args:
        start: A folder in the network.
        sources: Archives, and folders that hold some.
        output: Where to; the network's ``site/`` when None.
        unsealed: Whether the person vouches for the archives, so that their seals are not asked for.

    Raises:
        ArchiveError: A part is missing, damaged, not to be trusted, or made from something else; the site stays.
        FaultsError: As in `blognet.actions.build.build`.
        ConflictError: The output folder holds files of somebody else.
    """
    root, key = find_network(start), cache_key()
    target = output or root / OUTPUT
    with (
        ExitStack() as opened,
        writing_lock(root, doing="blognet merge"),
        opened_kept(root) as kept,
    ):
        parts = {
            path: opened.enter_context(open_shard(path, key=key, unsealed=unsealed))
            for path in shard_files(sources)
        }
        inputs, now = _common_inputs(parts)
        network, around = looked_at(root, kept, now=now, base_url=inputs.base_url, crew=Crew())
        prepared = prepare(readable_in(network), around, kept, crew=Crew(), is_part=True)
        _check_inputs(parts, _inputs(prepared, now, inputs.base_url))
        _check_files(parts, prepared)
        many = len(prepared.context.pages)
        change = publish_output(
            target,
            chain.from_iterable(part.files() for part in parts.values()),
            network=root,
            standby=standby_for(root, target, many, NOWHERE),
        )
        mark_built(target, now)
        forget(root)  # what was made from what is not known here
        problems = {*problems_of_settings(prepared.context)}
        problems.update(*(part.said.problems for part in parts.values()))
        made = Made(change=change, files={}, lost="", problems=tuple(sorted(problems)))
        return built_of(
            outlook_of(network),
            made,
            placing=partial(where_people_edit, network=network),
            counts=prepared.counts,
            problems=prepared.problems,
            target=target,
            site_url=around.config.url,
        )


def _pages_of(prepared: Prepared, shard: Shard) -> Mapping[str, Page]:
    numbers = _numbers(prepared, shard.of)
    pages = {output_name(page.path): page for page in prepared.context.pages}
    return {name: page for name, page in pages.items() if numbers[name] == shard.number}


def _numbers(prepared: Prepared, of: int) -> Mapping[str, int]:
    """Return the number of the shard of each file, by its name in the output."""
    found = pages_in_shards(prepared.context.pages, prepared.facts.catalogue, of)
    return {output_name(path): number for path, number in found.items()}


def _prepare_part(
    prepared: Prepared,
    shard: Shard,
    pages: tuple[Page, ...],
    crew: Crew,
    progress: Progress | None,
) -> None:
    """Render the texts of a part and make its pictures, with all who help."""
    catalogue = prepared.facts.catalogue
    numbers = shards_of(catalogue, shard.of)
    own: list[LivePost | LiveAuthor] = []
    own += (live for each, live in catalogue.contents.items() if numbers[each] == shard.number)
    own += (live for each, live in catalogue.profiles.items() if numbers[each] == shard.number)
    prepared.texts.prepare(own, crew=crew, progress=progress)
    recipes = recipes_of(pages)
    made = prepared.studio.make_all(recipes, crew=crew, is_all=False)
    for number, _ in enumerate(made, start=1):
        if progress:
            progress("pictures", number, len(recipes))
    prepared.texts.keep()


def _counted(
    files: Iterator[tuple[str, bytes | Laid]], many: int, progress: Progress | None
) -> Iterator[tuple[str, bytes]]:
    for number, (name, made) in enumerate(files, start=1):
        yield name, made.read() if isinstance(made, Laid) else made
        if progress:
            progress("pages", number, many)


def _problems(prepared: Prepared, shard: Shard) -> tuple[Problem, ...]:
    numbers = shards_of(prepared.facts.catalogue, shard.of)
    own = (subject for subject, number in numbers.items() if number == shard.number)
    found = (problems_of(subject, prepared.context) for subject in own)
    return tuple(sorted(set(chain.from_iterable(found))))


def _inputs(prepared: Prepared, now: datetime, base_url: str) -> Inputs:
    """Return what decides every byte of the site: two machines with the same make the same files."""
    facts = prepared.facts
    shown = (
        *sorted(f"{name} {digest}" for name, digest in facts.units().items()),
        digest_of((facts.templates, facts.theme_files, facts.renderer, facts.reading)),
        digest_of({name: facts.others[name] for name in sorted(facts.others) if name != "pages"}),
    )
    return Inputs(
        program=program_mark(),
        now=iso(now),
        base_url=base_url,
        settings=digest_of(facts.config),
        network=digest_of_text("\n".join(shown)),
    )


_OTHER = {
    "program": "with another blognet, Python or library",
    "now": "as of another time",
    "base_url": "for another address",
    "settings": "with other settings",
    "network": "from other content, or with another theme,",
}
_SAME = (
    "check out the same commit everywhere, install the same versions, and give the same --now and --base-url to all"
    " builds of shards"
)


def _common_inputs(parts: Mapping[Path, ShardArchive]) -> tuple[Inputs, datetime]:
    first = next(iter(parts.values())).said.inputs
    _check_inputs(parts, first)
    now = parse_iso(first.now)
    if now is None:
        message = f"{next(iter(parts))} does not say as of which time it was made"
        raise ArchiveError(message, hint=f"make it anew: {_BUILD}")
    return first, now


def _check_inputs(parts: Mapping[Path, ShardArchive], wanted: Inputs) -> None:
    for path, part in parts.items():
        for each in fields(Inputs):
            if getattr(part.said.inputs, each.name) != getattr(wanted, each.name):
                message = (
                    f"{path} was made {_OTHER[each.name]} than the other shards or this folder"
                )
                raise ArchiveError(message, hint=_SAME)


def _check_files(parts: Mapping[Path, ShardArchive], prepared: Prepared) -> None:
    """Look that the parts are all there are, each once, and that each holds the files that are its own."""
    by_shard: dict[Shard, Path] = {}
    for path, part in parts.items():
        other = by_shard.setdefault(part.said.shard, path)
        if other != path:
            message = f"{path} and {other} are both shard {part.said.shard}"
            raise ArchiveError(message, hint="give each shard once")
    of = max(shard.of for shard in by_shard)
    wanted = {Shard(number=number, of=of) for number in range(1, of + 1)}
    if odd := sorted(by_shard.keys() - wanted):
        message = f"{by_shard[odd[0]]} is shard {odd[0]}, and there are shards of {of}"
        raise ArchiveError(message, hint="merge the shards of one build alone")
    if missing := sorted(wanted - by_shard.keys()):
        named = ", ".join(map(str, missing))
        message = f"the site is not complete: missing is shard {named}"
        raise ArchiveError(message, hint=f"{_BUILD} {missing[0]}")
    numbers = _numbers(prepared, of)
    for shard, path in by_shard.items():
        names = sorted(one.name for one in parts[path].said.files)
        if names != sorted(name for name, number in numbers.items() if number == shard.number):
            message = f"{path} does not hold the files of shard {shard}"
            raise ArchiveError(message, hint=f"make it anew: {_BUILD} {shard}")
