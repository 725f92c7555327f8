"""How long everything that waits has waited, and how long answers took: the promise, for the queue and for `status`.

One run of git for all. What is known of work that was answered long ago comes from submissions in the record, else
from what git says lay at the subject's paths at that time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blognet.actions.decided_subjects import answered_since
from blognet.actions.entries import proposed_in
from blognet.actions.since import arrived, since_of
from blognet.content.layout import TREES, split_date, split_language
from blognet.kernel.ids import Kind, SourcePath
from blognet.kernel.text import slugify
from blognet.moderation.promise import (
    Promise,
    QueueSummary,
    Round,
    Wait,
    rounds_of,
    summary_of,
    waits_of,
)
from blognet.moderation.standing import Proposed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from blognet.actions.network import Entry, Network
    from blognet.disk.committed import Arrivals
    from blognet.kernel.ids import Subject
    from blognet.moderation.events import Event

_INDEX = "index"
_LONGEST_MONTH = timedelta(days=33)  # whatever the zone
_OTHER_TREE = {"queue": "posts", "posts": "queue"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """The promise as it stands now.

    Attributes:
        promise: What is promised.
        waits: What waits for an answer, what is due first before the rest.
        rounds: Every answer there was, by subject.
        now: When this was so.
    """

    promise: Promise
    waits: tuple[Wait, ...]
    rounds: Rounds
    now: datetime

    def wait_of(self, subject: Subject) -> Wait | None:
        """Return how long a subject has waited; None when it is not the mayor's turn."""
        return next((wait for wait in self.waits if wait.subject == subject), None)

    @property
    def summary(self) -> QueueSummary:
        """The queue in a line."""
        rounds = self.rounds.since(self.now - _LONGEST_MONTH)
        return summary_of(self.waits, rounds, self.promise, now=self.now)


class Rounds(Mapping["Subject", tuple[Round, ...]]):
    """Every answer there was, by subject, reckoned when somebody asks for it."""

    def __init__(self, network: Network, promise: Promise, came: Arrivals) -> None:
        """Keep what answers are reckoned from."""
        self._network = network
        self._promise = promise
        self._came = came

    def __getitem__(self, subject: Subject) -> tuple[Round, ...]:
        """Return the answers about a subject."""
        return rounds_of(
            self._network.entries[subject].decided.history,
            self._promise,
            arrived=partial(_came_before, self._came, self._paths.get(subject, ())),
        )

    def __iter__(self) -> Iterator[Subject]:
        """Go through the subjects."""
        return iter(self._network.entries)

    def __len__(self) -> int:
        """Count the subjects."""
        return len(self._network.entries)

    def since(self, moment: datetime) -> Iterator[Round]:
        """Yield every answer since a moment of which it may be known how long it took, and perhaps others."""
        # Without git only a submission tells since when something had waited.
        submitted = not self._came.changes
        for subject in answered_since(self._network.record, moment, submitted=submitted):
            yield from self[subject]

    @cached_property
    def _paths(self) -> Mapping[Subject, tuple[SourcePath, ...]]:
        return _paths_by_subject(self._network, self._came) if self._came.changes else {}


def promise_of(network: Network) -> Promise:
    """Return what this network promises to its authors."""
    config = network.config
    return Promise(days=config.working_days, within=config.policy.answer_within)


def promised(network: Network) -> Promised:
    """Find out how long everything has waited and how long every answer took."""
    promise = promise_of(network)
    waiting = [entry for entry in proposed_in(network.entries) if waits_for_answer(entry)]
    came = arrived(network, waiting)
    queued = [
        (entry.subject, since)
        for entry in waiting
        if (since := since_of(entry, came, network.now)) is not None
    ]
    return Promised(
        promise=promise,
        waits=waits_of(queued, promise, now=network.now),
        rounds=Rounds(network, promise, came),
        now=network.now,
    )


def waits_for_answer(entry: Entry) -> bool:
    """Whether an author waits for a mayor: faultless work in the queue, and what mayors disagree on."""
    if entry.proposal is None or entry.proposal.is_faulty:
        return False
    return entry.standing.proposed in {Proposed.QUEUED, Proposed.CONTESTED}


def _came_before(came: Arrivals, paths: tuple[SourcePath, ...], event: Event) -> datetime | None:
    return came.lay_since(paths, event.time)


def _paths_by_subject(network: Network, came: Arrivals) -> Mapping[Subject, tuple[SourcePath, ...]]:
    """Return where each subject's text lies or once lay, as far as its name tells."""
    named: dict[tuple[Kind, str, str], list[SourcePath]] = {}
    for path in came.changes:
        if key := _key_of(path, network.config.languages):
            named.setdefault(key, []).append(path)
    found: dict[Subject, tuple[SourcePath, ...]] = {}
    for subject, entry in network.entries.items():
        language = subject.language or network.config.language
        paths = [
            path
            for tag in {subject.language, language}
            for path in named.get((subject.kind, subject.id, tag), ())
        ]
        if entry.glance.path:
            here = SourcePath(entry.glance.path)
            paths += [here, _moved(here)]
        found[subject] = tuple(dict.fromkeys(paths))
    return found


def _key_of(path: SourcePath, languages: tuple[str, ...]) -> tuple[Kind, str, str] | None:
    parts = PurePosixPath(path)
    kind = TREES.get(parts.parts[0])
    if kind is None or parts.suffix.lower() not in {".md", ".markdown"}:
        return None
    name, language = split_language(parts.stem, languages)
    if name.lower() == _INDEX:
        name = parts.parent.name
    return (kind, name if kind is Kind.PROFILE else slugify(split_date(name)[1]), language)


def _moved(path: SourcePath) -> SourcePath:
    """Return the same place in the other of ``queue/`` and ``posts/``."""
    tree, _, below = path.partition("/")
    return SourcePath(f"{_OTHER_TREE.get(tree, tree)}/{below}")
