"""A network looked at again and again: the site as approved, the site as it would be, and what is wrong.

There are two ways of looking. `Onlooker.look` looks at everything, and what it finds is what somebody would find who
looks for the first time. `Onlooker.peek` reads a few files again, as soon as they were saved, and lays what waits in
them over the last whole look, or puts that into the theme as it is now; it costs the same however large the network is,
and lasts until the next whole look.
Nothing is written but what the tool remembers of files and pictures.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING

from blognet.actions.due import next_due
from blognet.actions.entries import below_in
from blognet.actions.network import Network, is_sound, load_network, open_network
from blognet.actions.outlook import where_people_edit
from blognet.actions.peeking import Base, few_of, nothing_peeked, peeked
from blognet.actions.planned_sites import Planner, Setting
from blognet.actions.prospect import prospect_of
from blognet.actions.published import published_from
from blognet.actions.reread import whereabouts
from blognet.actions.urls import kept_addresses
from blognet.actions.waiting import published_authors, waiting
from blognet.config import Search
from blognet.disk.logo import read_logo
from blognet.disk.reading import read_asset
from blognet.disk.record import read_asset_copy
from blognet.disk.rescan import NOTHING, RECORD, rescan
from blognet.disk.themes import theme_files
from blognet.kernel.errors import BlognetError, ConflictError, FaultsError
from blognet.kernel.problems import errors_in
from blognet.site.pages import PostPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.lazy_site import Site
    from blognet.actions.planned_sites import PlannedSite
    from blognet.actions.waiting import Waiting
    from blognet.kernel.ids import SourcePath, Subject
    from blognet.kernel.problems import Problem
    from blognet.site import Published

THEMES = "themes"
_TRIES = 3
"""How often a look begins again when somebody writes while it reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A network as it is at one moment.

    Attributes:
        network: What was read.
        waiting: Everything proposed, in the order of the queue.
        site: The site as approved.
        prospect: The site as it would be with the chosen subjects approved.
        placed: The subjects that differ in it.
        left_out: Why chosen subjects are missing from it.
        faults: Errors that somebody should see at once: those of what was edited while we looked, and of the site.
        remarks: The same with warnings and notes.
        changed: The source files that differ from the last look.
        is_whole: Whether everything was looked at; else a few files are newer than the rest.
        number: Counts what was seen, so that of two the newer one is known.
    """

    network: Network
    waiting: tuple[Waiting, ...]
    site: Site
    prospect: Site
    placed: frozenset[Subject]
    left_out: Mapping[Subject, str]
    faults: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    changed: frozenset[str] = frozenset()
    is_whole: bool = True
    number: int = 0


class Onlooker:
    """Looks at a network and remembers what it saw. One thread looks, another may peek meanwhile."""

    def __init__(
        self,
        root: Path,
        *,
        began: datetime,
        choose: Callable[[tuple[Waiting, ...]], Iterable[Subject]],
    ) -> None:
        """Keep where to look and which of what waits goes into the prospect; nothing is read yet.

        Args:
            root: The network folder.
            began: The date of waiting posts that say none.
            choose: Gives the subjects of the prospect.
        """
        self._root = root
        self._began = began
        self._choose = choose
        self._planner = Planner(root)
        self._swapping = RLock()
        self._base: Base | None = None
        self._setting: Setting | None = None
        self._scanned = NOTHING
        self._published: Published | None = None
        self._approved: PlannedSite | None = None
        self._possible: PlannedSite | None = None
        self._due: datetime | None = None
        self._is_behind = True
        self._touched: frozenset[str] = frozenset()
        self._noticed: frozenset[str] = frozenset()
        self._peeked: frozenset[str] = frozenset()
        self._number = 0
        self._sources: Mapping[str, SourcePath] = {}

    def look(self, *, now: datetime, only: frozenset[str] | None = None) -> Shown | None:
        """Look at everything that may have changed, and find what is there now.

        Args:
            now: The time.
            only: Names at the top of the network below which something changed, ``queue`` or ``blognet.yml``; None
                for all.

        Returns:
            What is there; None when it is what was there the last time.

        Raises:
            ConfigError: The settings have faults.
            FaultsError: Nobody can say what was approved, or the theme cannot be read.
        """
        with self._swapping:
            self._noticed = frozenset()
        changed = self._scan(only)
        setting = self._read_setting()
        is_due = self._due is not None and now >= self._due
        is_other = setting != self._setting
        if not (changed or is_due or is_other or self._is_behind):
            return None
        is_first, self._is_behind = self._base is None, True
        if is_due or _is_read_otherwise(self._setting, setting) or _touches(changed, RECORD):
            self._published = None
        changed = frozenset() if is_first else changed
        self._touched |= changed
        base = self._looked_at(setting, now, tries=_TRIES)
        self._setting, self._due = setting, next_due(base.network)
        self._is_behind = False
        return self._swap(base, changed, now)

    def peek(self, paths: frozenset[str], *, now: datetime) -> Shown | None:
        """Read some files again and lay what waits in them over the last whole look.

        Args:
            paths: Files that may have changed, relative to the network.
            now: The time.

        Returns:
            What is to be shown until the next whole look; None when only that can tell.
        """
        with self._swapping:
            self._touched |= paths
            few = few_of(paths, self._base)
            self._noticed |= few
            self._peeked |= few
            return self._peek(self._peeked, few, now) if few else None

    def changes(self, only: frozenset[str] | None = None) -> frozenset[str]:
        """Return the files that changed since the last whole look, as far as their marks tell."""
        return rescan(self._root, self._scanned, only=only, more=self._more())[1]

    def _peek(self, paths: frozenset[str], changed: frozenset[str], now: datetime) -> Shown | None:
        base = self._base
        if base is None:
            return None
        try:
            themed = self._in_theme(base) if _touches(paths, THEMES) else base
            found = peeked(themed, paths, now=now)
        except BlognetError:
            return None  # whatever it is, a whole look says it better
        if found is None:
            if themed is base:
                return None
            found = nothing_peeked(themed)
        self._base = base = themed
        site: Site = base.possible.site
        if found.posts:
            site = self._planner.laid_over(base.possible, found.posts, self._asset)
            self._sources = {**self._sources, **found.sources}
        network = replace(base.network, entries=found.entries)
        problems = [
            problem
            for entry in found.changed
            for problem in entry.problems
            if problem.location.path in self._touched
        ]
        read_again = {entry.subject for entry in found.changed}
        problems += [one for subject, one in base.faults if subject not in read_again]
        remarks = tuple(sorted(set(problems)))
        self._number += 1
        return Shown(
            network=network,
            waiting=found.waiting,
            site=base.approved.site,
            prospect=site,
            placed=found.placed,
            left_out=found.left_out,
            faults=errors_in(remarks),
            remarks=remarks,
            changed=changed,
            is_whole=False,
            number=self._number,
        )

    def _in_theme(self, base: Base) -> Base:
        """Return a whole look with its sites in the theme as it is now.

        Raises:
            BlognetError: The theme cannot be read.
        """
        before = base.approved.setting
        setting = replace(before, theme=theme_files(self._root, before.config.theme.name))
        if setting == before:
            return base
        approved = self._planner.in_theme(base.approved, setting, self._approved_asset)
        possible = (
            approved
            if base.possible is base.approved
            else self._planner.in_theme(base.possible, setting, self._asset)
        )
        if approved is None or possible is None:
            return base
        self._approved, self._possible = approved, possible
        return replace(base, approved=approved, possible=possible)

    def _swap(self, base: Base, changed: frozenset[str], now: datetime) -> Shown:
        """Put a whole look in place; what was noticed while it went on is laid over it."""
        with self._swapping:
            base = replace(base, faults=self._faults(base))
            self._base, self._peeked = base, self._noticed
            newer = self._peek(self._peeked, changed, now) if self._peeked else None
            if newer is not None:
                return newer
            self._number += 1
            remarks = tuple(sorted({problem for _, problem in base.faults}))
            return Shown(
                network=base.network,
                waiting=base.waiting,
                site=base.approved.site,
                prospect=base.possible.site,
                placed=frozenset(base.placed),
                left_out=base.left_out,
                faults=errors_in(remarks),
                remarks=remarks,
                changed=changed,
                number=self._number,
            )

    def _scan(self, only: frozenset[str] | None) -> frozenset[str]:
        is_first = self._scanned is NOTHING
        only = None if is_first or self._is_behind else only
        self._scanned, changed = rescan(self._root, self._scanned, only=only, more=self._more())
        return changed

    def _more(self) -> tuple[str, ...]:
        """Name the files outside the folders that are watched anyway: what settings name, as a build looks at them."""
        if self._setting is None:
            return ()
        config = self._setting.config
        named = (config.theme.logo, *config.social_cards.fonts)
        return tuple(name for name in named if name and not name.startswith("themes/"))

    def _read_setting(self) -> Setting:
        _, config = open_network(self._root)
        # Our own index follows each edit, and Pagefind reads all texts again.
        if config.search.is_pagefind:
            config = replace(config, search=Search())
        return Setting(
            config=config,
            theme=theme_files(self._root, config.theme.name),
            logo=read_logo(self._root, config.theme.logo) if config.theme.logo else None,
            kept=kept_addresses(self._root),
        )

    def _looked_at(self, setting: Setting, now: datetime, *, tries: int) -> Base:
        try:
            return self._look_at(setting, now)
        except ConflictError:  # a file was saved between two readings
            self._published = None
            if tries == 1:
                raise
            return self._looked_at(setting, now, tries=tries - 1)

    def _look_at(self, setting: Setting, now: datetime) -> Base:
        network = load_network(self._root, now=now)
        if not is_sound(network.record):
            message = "the record has faults, so nobody can say what was approved"
            raise FaultsError(message, problems=network.record.problems, hint="mayor verify")
        if self._published is None:
            self._published = published_from(network.record, rules=network.rules, now=now)
        published = self._published
        found = waiting(network)
        former = self._base.placed if self._base else {}
        prospect = prospect_of(
            network, published, self._choose(found), moment=self._began, former=former
        )
        before = (self._approved, self._possible)
        self._sources = _sources_in(found)
        self._approved = self._planner.planned(
            self._approved, published, setting, self._approved_asset
        )
        self._possible = (
            self._planner.planned(self._possible, prospect.published, setting, self._asset)
            if prospect.placed or published != prospect.published
            else self._approved
        )
        for old, new in zip(before, (self._approved, self._possible), strict=True):
            if old is not None and old.site.is_prepared:
                prepare(new.site)
        return Base(
            network=network,
            whereabouts=whereabouts(network),
            published_authors=published_authors(network),
            rights=network.rights,
            taken=network.taken,
            waiting=found,
            placed=prospect.placed,
            left_out=prospect.left_out,
            approved=self._approved,
            possible=self._possible,
            choose=self._choose,
            began=self._began,
        )

    def _approved_asset(self, sha256: str) -> bytes:
        return read_asset_copy(self._root, sha256)

    def _asset(self, sha256: str) -> bytes:
        path = self._sources.get(sha256)
        if path is not None:
            with suppress(ConflictError):  # moved or changed since; the same bytes may be approved
                return read_asset(self._root, path, sha256)
        return self._approved_asset(sha256)

    def _faults(self, base: Base) -> tuple[tuple[Subject | None, Problem], ...]:
        """Return what is wrong with what was edited while we looked, and with the site."""
        touched, network = self._touched, base.network
        entries = below_in(network.entries, touched.__contains__) if touched else ()
        found: list[tuple[Subject | None, Problem]] = [
            (entry.subject, problem)
            for entry in entries
            for problem in entry.problems
            if problem.location.path in touched
        ]
        lone = (one for one in network.library.problems if one.location.path in touched)
        of_site = where_people_edit(errors_in(base.approved.plan.problems), network)
        return (*found, *((None, problem) for problem in (*lone, *of_site)))


def _is_read_otherwise(before: Setting | None, after: Setting) -> bool:
    """Whether approved copies may say something else: a theme plays no part in that."""
    return before is None or before.config != after.config


def _touches(paths: frozenset[str], top: str) -> bool:
    return any(path.startswith(f"{top}/") for path in paths)


def prepare(site: Site) -> None:
    """Gather what pages look up, and make one of a post, so that none has to wait for that or for its templates.

    Whatever is wrong is told by the pages.
    """
    with suppress(BlognetError):
        site.theme_mark(styles=True)
        if page := next((page for page in site.pages if isinstance(page.shows, PostPage)), None):
            site.file_of(page)


def _sources_in(found: tuple[Waiting, ...]) -> Mapping[str, SourcePath]:
    return {
        asset.sha256: path
        for one in found
        if one.entry.proposal
        for asset, path in zip(
            one.entry.proposal.assets, one.entry.proposal.asset_sources, strict=True
        )
    }
