"""A network looked at again and again: the site as approved, the site as it would be, and what is wrong.

Nothing is written but what the cache keeps of pictures. What did not change since the last look is neither read nor
parsed nor rendered again: files are told apart by their marks, texts by their content hashes, plans by everything but
the bodies of their texts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from blognet.actions.build import where_people_edit
from blognet.actions.due import next_due
from blognet.actions.lazy_site import Documents, LazySite
from blognet.actions.network import (
    Network,
    entries_of,
    is_sound,
    library_beside,
    load_record,
    open_network,
    reading_rules,
)
from blognet.actions.prospect import prospect_of
from blognet.actions.published import published_from
from blognet.actions.studio import studio_of
from blognet.actions.waiting import waiting
from blognet.content.proposals import propose
from blognet.disk.logo import read_logo
from blognet.disk.reading import read_asset
from blognet.disk.record import read_asset_copy
from blognet.disk.rescan import NOTHING, marks_below, rescan
from blognet.disk.themes import theme_files
from blognet.kernel.errors import FaultsError
from blognet.kernel.hashing import ContentHash
from blognet.kernel.problems import errors_in
from blognet.moderation.record import ROOT
from blognet.render.bodies import Bodies, labels_of, render_bio, render_body
from blognet.render.context import make_context
from blognet.site import LivePost, plan
from blognet.themes.environment import make_renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.prospect import Placed
    from blognet.actions.waiting import Waiting
    from blognet.config import Config
    from blognet.content.layout import FoundText
    from blognet.content.values import Proposal, ReadingRules
    from blognet.disk.themes import ThemeFiles
    from blognet.kernel.ids import AuthorId, SourcePath, Subject
    from blognet.kernel.problems import Problem
    from blognet.markup import Document
    from blognet.moderation.record import Record
    from blognet.render.context import Context
    from blognet.site import LiveAuthor, Plan, Published
    from blognet.themes.environment import Renderer
    from blognet.themes.strings import Words

_NO_HASH = ContentHash("0" * 64)
_KEPT = 2_000
"""Documents that are kept although nothing shows them any more: an edit is often taken back."""


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
    """

    network: Network
    waiting: tuple[Waiting, ...]
    site: LazySite
    prospect: LazySite
    placed: frozenset[Subject]
    left_out: Mapping[Subject, str]
    faults: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    published: Published
    plan: Plan
    theme: ThemeFiles
    logo: bytes | None
    site: LazySite


class Onlooker:
    """Looks at a network and remembers what it saw."""

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
        self._config: Config | None = None
        self._forget()

    def _forget(self) -> None:
        self._scanned = NOTHING
        self._known: dict[FoundText, Proposal | Problem] = {}
        self._authors: frozenset[AuthorId] = frozenset()
        self._marks: Mapping[str, object] = {}
        self._record: Record | None = None
        self._published: Published | None = None
        self._documents: dict[ContentHash, Document] = {}
        self._renderer: tuple[ThemeFiles, Renderer] | None = None
        self._sources: Mapping[str, SourcePath] = {}
        self._approved: _Planned | None = None
        self._possible: _Planned | None = None
        self._former: Mapping[Subject, Placed] = {}
        self._due: datetime | None = None
        self._touched: frozenset[str] = frozenset()
        self._has_looked = False

    def look(self, *, now: datetime, only: frozenset[str] | None = None) -> Shown | None:
        """Look at everything, or at some folders of the network only.

        Args:
            now: The time.
            only: Names at the top of the network, ``queue`` or ``blognet.yml``; None for all.

        Returns:
            What is there; None when it is what was there the last time.

        Raises:
            ConfigError: The settings have faults.
            FaultsError: Nobody can say what was approved, or the theme cannot be read.
        """
        _, config = open_network(self._root)
        if config != self._config:
            self._forget()
            self._config = config
        first, again = self._scanned is NOTHING, self._has_looked
        changed = self._scan(only if again else None)
        if first:
            changed = frozenset()
        self._touched |= changed
        before = self._record
        record = self._decisions(config, only if again else None)
        is_due = self._due is not None and now >= self._due
        if record is not before or is_due:
            self._published = None
        theme = theme_files(self._root, config.theme.name)
        logo = read_logo(self._root, config.theme.logo) if config.theme.logo else None
        old = self._approved
        same_look = old is not None and (old.theme, old.logo) == (theme, logo)
        if old is not None and old.theme.words != theme.words:
            self._documents = {}  # another one: a page that is still being made puts its texts into the old one
        if again and same_look and not changed and self._published is not None:
            return None
        self._has_looked = False
        network = self._network(config, record, now)
        shown = self._shown(network, theme, logo, changed)
        self._due = next_due(network)
        self._has_looked = True
        return self._with_faults(shown)

    def _scan(self, only: frozenset[str] | None) -> frozenset[str]:
        self._scanned, changed = rescan(self._root, self._scanned, only=only)
        return changed

    def _decisions(self, config: Config, only: frozenset[str] | None) -> Record:
        if self._record is not None and only is not None and ROOT not in only:
            return self._record
        marks = marks_below(self._root, ROOT)
        if self._record is None or marks != self._marks or () in marks.values():
            # Forgotten first: if the record is not sound, the next look has to read it again.
            self._record = None
            record = load_record(self._root, config)
            if not is_sound(record):
                message = "the record has faults, so nobody can say what was approved"
                raise FaultsError(message, problems=record.problems, hint="mayor verify")
            self._record, self._marks = record, marks
        return self._record

    def _network(self, config: Config, record: Record, now: datetime) -> Network:
        rules = reading_rules(config)
        files = tuple(self._scanned.files.values())
        library = library_beside(files, record, rules=rules, proposing=self._propose)
        if len(self._known) > _KEPT + 2 * len(files):
            self._known.clear()
        return Network(
            root=self._root,
            config=config,
            rules=rules,
            library=library,
            record=record,
            entries=entries_of(library, record, now),
            now=now,
        )

    def _propose(
        self, text: FoundText, *, rules: ReadingRules, known_authors: frozenset[AuthorId]
    ) -> Proposal | Problem:
        if known_authors is not self._authors:
            if known_authors != self._authors:
                self._known.clear()
            self._authors = known_authors
        if text not in self._known:
            self._known[text] = propose(text, rules=rules, known_authors=known_authors)
        return self._known[text]

    def _shown(
        self,
        network: Network,
        theme: ThemeFiles,
        logo: bytes | None,
        changed: frozenset[str],
    ) -> Shown:
        if self._published is None:
            self._published = published_from(network.record, rules=network.rules, now=network.now)
        published = self._published
        self._approved = self._planned(
            self._approved, published, network, theme, logo, self._approved_asset
        )
        self._sources = _sources_in(network)
        found = waiting(network)
        prospect = prospect_of(
            network,
            published,
            self._choose(found),
            moment=self._began,
            former=self._former,
        )
        self._former = prospect.placed
        self._possible = self._planned(
            self._possible, prospect.published, network, theme, logo, self._asset
        )
        self._drop_documents(len(prospect.published.posts))
        return Shown(
            network=network,
            waiting=found,
            site=self._approved.site,
            prospect=self._possible.site,
            placed=frozenset(prospect.placed),
            left_out=prospect.left_out,
            changed=changed,
        )

    def _planned(
        self,
        before: _Planned | None,
        published: Published,
        network: Network,
        theme: ThemeFiles,
        logo: bytes | None,
        asset: Callable[[str], bytes],
    ) -> _Planned:
        """Plan again what has to be: nothing when all is the same, no more than the texts when only those differ."""
        same_theme = before is not None and (before.theme, before.logo) == (theme, logo)
        if before is not None and same_theme and before.published == published:
            return before
        names = tuple(theme.static)
        planned = None
        if before is not None and tuple(before.theme.static) == names:
            planned = _plan_with_texts_of(before.plan, before.published, published)
        if planned is None:
            planned = plan(published, network.config, theme_files=names)
        site = LazySite(partial(self._prepare, planned, network.config, theme, logo, asset))
        return _Planned(published=published, plan=planned, theme=theme, logo=logo, site=site)

    def _prepare(
        self,
        planned: Plan,
        config: Config,
        theme: ThemeFiles,
        logo: bytes | None,
        asset: Callable[[str], bytes],
    ) -> Context:
        catalogue, known = planned.catalogue, self._documents
        return make_context(
            planned,
            config,
            renderer=self._renderer_of(theme, config),
            asset=asset,
            theme_file=theme.static.get,
            logo=logo,
            darkroom=studio_of(self._root, asset, config).darkroom,
            bodies=Bodies(
                posts=Documents(catalogue.contents, partial(_body, known, config, theme.words)),
                bios=Documents(catalogue.profiles, partial(_bio, known, config, theme.words)),
            ),
        )

    def _renderer_of(self, theme: ThemeFiles, config: Config) -> Renderer:
        """Return the renderer of before when templates and words are the same: they are compiled already."""
        if self._renderer is None or not _alike(self._renderer[0], theme):
            renderer = make_renderer(
                theme.load,
                words=theme.words,
                zone=config.zone,
                hosts=tuple(config.hosts),
                where=theme.where,
            )
            self._renderer = (theme, renderer)
        return self._renderer[1]

    def _drop_documents(self, shown: int) -> None:
        while len(self._documents) > _KEPT + 2 * shown:
            del self._documents[next(iter(self._documents))]

    def _approved_asset(self, sha256: str) -> bytes:
        return read_asset_copy(self._root, sha256)

    def _asset(self, sha256: str) -> bytes:
        path = self._sources.get(sha256)
        return read_asset(self._root, path, sha256) if path else self._approved_asset(sha256)

    def _with_faults(self, shown: Shown) -> Shown:
        problems = [
            problem
            for entry in shown.network.entries.values()
            for problem in entry.problems
            if problem.location.path in self._touched
        ]
        library = shown.network.library.problems
        problems += [problem for problem in library if problem.location.path in self._touched]
        if self._approved is not None:
            problems += where_people_edit(errors_in(self._approved.plan.problems), shown.network)
        remarks = tuple(sorted(set(problems)))
        return replace(shown, faults=errors_in(remarks), remarks=remarks)


def _sources_in(network: Network) -> Mapping[str, SourcePath]:
    return {
        asset.sha256: path
        for entry in network.entries.values()
        if entry.proposal
        for asset, path in zip(entry.proposal.assets, entry.proposal.asset_sources, strict=True)
    }


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


def _plan_with_texts_of(before: Plan, old: Published, new: Published) -> Plan | None:
    """Return the plan with other texts in it, when nothing differs that a plan looks at; else None.

    The lists of the plan go on holding the posts as they were: what is shown of them there is the same, and their
    texts are looked up by subject.
    """
    if replace(old, posts=(), pages=()) != replace(new, posts=(), pages=()):
        return None
    pairs = ((old.posts, new.posts), (old.pages, new.pages))
    for was, now in pairs:
        if len(was) != len(now) or not all(map(_is_planned_alike, was, now)):
            return None
    texts = {live.subject: live for live in (*new.posts, *new.pages)}
    contents = {subject: texts[subject] for subject in before.catalogue.contents}
    return replace(before, catalogue=replace(before.catalogue, contents=contents))


def _is_planned_alike(old: LivePost, new: LivePost) -> bool:
    return old is new or _without_text(old) == _without_text(new)


def _without_text(live: LivePost) -> LivePost:
    return replace(live, hash=_NO_HASH, post=replace(live.post, body="", body_line=0))
