"""Load a whole network: settings, what lies in its folders, what was decided, and where every subject stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from blognet.actions.decided_subjects import addresses_given, grant_histories, read_through
from blognet.actions.entries import Entry as Entry  # noqa: PLC0414  # others know it as part of a network
from blognet.actions.entries import profiles_in
from blognet.actions.indexed import index_of, load_through
from blognet.actions.kept_settings import settings_of
from blognet.actions.roles import deputies_in, stage_rules, trust_in
from blognet.content.values import ReadingRules
from blognet.disk.clock import nanoseconds
from blognet.disk.home import find_network
from blognet.disk.network import look_at_network
from blognet.disk.record import read_record as read_record_files
from blognet.kernel.ids import AuthorId, Kind
from blognet.kernel.problems import Location, Problem, Severity, errors_in
from blognet.moderation.approvals import first_approval
from blognet.moderation.granting import grants_in
from blognet.moderation.record_reading import read_record
from blognet.moderation.secrets import without_secrets
from blognet.moderation.standing import standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.crew import Crew
    from blognet.actions.kept_waiting import KeptWaiting
    from blognet.config import Config
    from blognet.content.library import Propose
    from blognet.content.values import FoundFile, Library, Proposal
    from blognet.disk.look import Look
    from blognet.disk.record import RawRecord
    from blognet.kernel.ids import EventId, SitePath, Subject
    from blognet.moderation.cases import Rights
    from blognet.moderation.granting import Grant
    from blognet.moderation.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Everything a use case may look at, read at one moment.

    Attributes:
        root: The network folder.
        config: Its settings.
        rules: How sources are read under these settings.
        library: What lies in its folders.
        record: What was decided.
        entries: Every subject on disk or in the record, sorted.
        now: The time at which all this was read.
        kept: What texts that wait came to, kept from one command to the next; None when nothing is kept.
    """

    root: Path
    config: Config
    rules: ReadingRules
    library: Library
    record: Record
    entries: Mapping[Subject, Entry]
    now: datetime
    kept: KeptWaiting | None = field(default=None, repr=False, compare=False)

    @property
    def rights(self) -> Rights:
        """Who may decide here, and under which settings."""
        from blognet.moderation.carrying import Survives
        from blognet.moderation.cases import Rights

        survives = Survives(
            whitespace=self.config.policy.survives.whitespace,
            tags=self.config.policy.survives.tags,
            typo=self.config.policy.survives.typo,
        )
        return Rights(
            network=self.config.id,
            mayors=frozenset(AuthorId(mayor) for mayor in self.config.mayors),
            solo=self.config.policy.solo,
            permalink=self.config.permalink,
            zone=self.config.zone,
            languages=self.config.languages,
            stages=stage_rules(self.config),
            deputies=deputies_in(self.config),
            survives=survives,
            # Asked for only when an approval may survive an edit, and there are as many as authors.
            names=frozenset() if survives.is_nothing else self._names,
        )

    @property
    def grants(self) -> Mapping[EventId, Grant]:
        """Every grant that was ever given, by its id."""
        return grants_in(grant_histories(self.record))

    @property
    def _names(self) -> frozenset[str]:
        profiles = profiles_in(self.entries)
        return frozenset(name for one in profiles for name in (one.subject.id, one.title))

    @property
    def taken(self) -> Mapping[SitePath, Subject]:
        """The addresses that the record ever gave away: also of what is retracted, contested or expired."""
        return addresses_given(self.record)


def open_network(start: Path) -> tuple[Path, Config]:
    """Find the network folder from `start` upwards and read its settings.

    Raises:
        ConfigError: There is none, or its ``blognet.yml`` has faults.
    """
    root = find_network(start)
    return root, settings_of(root)


def load_network(
    start: Path, *, now: datetime, crew: Crew | None = None, look: Look | None = None
) -> Network:
    """Read everything of the network that `start` lies in.

    Args:
        start: A folder in it.
        now: The time.
        crew: Who helps to read a large network of which little is known; nobody when None.
        look: At the whole network, if somebody looked just now; what changes while this runs may be seen next time.

    Raises:
        ConfigError: There is none, or its ``blognet.yml`` has faults.
    """
    root, config = open_network(start)
    rules = reading_rules(config)
    index, began = index_of(root, config, rules), nanoseconds()
    index.look = look or look_at_network(root, began=began)
    if crew is not None:
        from blognet.actions.filling import fill_index

        fill_index(
            root,
            index,
            rules=rules,
            trust=trust_in(config),
            now=now,
            began=began,
            mask=with_masked_problems,
            crew=crew,
        )
        began = nanoseconds()
    record, subjects = read_through(root, index, trust=trust_in(config), rules=rules, began=began)
    loaded = load_through(
        root,
        subjects,
        index,
        rules=rules,
        now=now,
        began=began,
        finish=partial(_finished, record=record),
        mask=with_masked_problems,
    )
    return Network(
        root=root,
        config=config,
        rules=rules,
        library=loaded.library,
        record=record,
        entries=loaded.entries,
        now=now,
        kept=loaded.kept,
    )


def library_beside(
    files: tuple[FoundFile, ...],
    record: Record,
    *,
    rules: ReadingRules,
    proposing: Propose | None = None,
) -> Library:
    """Read every source, knowing what was approved: its authors, and the copies that an edit may hide behind."""
    from blognet.content.library import read_library

    known = _approved_authors(record)
    library = read_library(files, rules=rules, known_authors=known, proposing=proposing)
    return _finished(library, record=record)


def load_record(root: Path, config: Config) -> Record:
    """Read the record alone; its faults are in `Record.problems`."""
    return record_from(read_record_files(root), config)


def record_from(raw: RawRecord, config: Config) -> Record:
    """Make a record of its files; their faults are in `Record.problems`."""
    record = read_record(raw.files, asset_names=raw.assets, trust=trust_in(config))
    return record.with_problems(raw.problems)


def reading_rules(config: Config) -> ReadingRules:
    """Return the settings that change how a source is read."""
    return ReadingRules(
        main_language=config.language,
        languages=config.languages,
        zone=config.zone,
        topics=tuple(topic.id for topic in config.topics),
    )


def is_sound(record: Record) -> bool:
    """Whether nothing in the record stops a build or a decision."""
    return not errors_in(record.problems)


def _finished(library: Library, *, record: Record) -> Library:
    """Return the library with what only the record can tell, and without secrets in what is shown."""
    told = tuple(_with_hidden_edit(one, library, record) for one in library.proposals)
    return _without_secrets(replace(library, proposals=told))


def _without_secrets(library: Library) -> Library:
    """Return the library with excerpts and words of problems that repeat no key or token, wherever they are shown."""
    return replace(
        library,
        proposals=tuple(map(with_masked_problems, library.proposals)),
        shadowed=tuple(map(with_masked_problems, library.shadowed)),
    )


def with_masked_problems(proposal: Proposal) -> Proposal:
    """Return a proposal whose problems repeat no key or token."""
    if not proposal.problems:
        return proposal
    problems = without_secrets(proposal.problems, {proposal.path: proposal.text})
    return replace(proposal, problems=problems)


def _approved_authors(record: Record) -> frozenset[AuthorId]:
    """Return the authors whose profile was approved, whether or not its file is still there."""
    return frozenset(
        AuthorId(subject.id)
        for subject, decided in record.subjects.items()
        if subject.kind is Kind.PROFILE and first_approval(decided.history) is not None
    )


def entries_of(library: Library, record: Record, now: datetime) -> Mapping[Subject, Entry]:
    """Return every subject on disk or in the record with where it stands, sorted."""
    proposals = {proposal.subject: proposal for proposal in library.proposals}
    entries: dict[Subject, Entry] = {}
    for subject in sorted({*proposals, *record.subjects}):
        proposal = proposals.get(subject)
        decided = record.of(subject)
        standing = standing_of(
            decided.history,
            content=proposal.hash if proposal else None,
            is_draft=proposal.is_draft if proposal else False,
            on_disk=proposal is not None,
            now=now,
        )
        entries[subject] = Entry(
            subject=subject, proposal=proposal, decided=decided, standing=standing
        )
    return entries


def _with_hidden_edit(proposal: Proposal, library: Library, record: Record) -> Proposal:
    """Add a warning when the same subject under ``posts/`` holds an edit that this file hides."""
    kept = record.of(proposal.subject).texts
    hidden = [
        Problem(
            location=Location(path=other.path),
            code="BN318",
            severity=Severity.WARNING,
            message=f"this holds an edit of its own, which {proposal.path} hides",
            hint=f"bring the edit over into {proposal.path}, then remove this file",
        )
        for other in library.shadowed
        if other.subject == proposal.subject and other.hash not in {*kept, proposal.hash}
    ]
    return replace(proposal, problems=tuple(sorted((*proposal.problems, *hidden))))
