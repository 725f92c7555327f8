"""Mend the record: bring back from git what is missing or changed, take aside what does not belong to it.

First a plan, made without changing anything; then, when asked, the plan and nothing else. Bytes are brought back only
when the hashes of the record say that they are the right ones. A sound record has an empty plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blognet.actions.committing import commit_or_say
from blognet.actions.network import open_network
from blognet.actions.roles import trust_in
from blognet.disk.commit import refuse_if_unready
from blognet.disk.git import repository_of
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.mending import leftovers_in_record, put_right, remove_plain, set_aside
from blognet.disk.past import deleted_here, paths_once_in, versions_of
from blognet.disk.record import asset_in, read_asset_copy
from blognet.disk.record import read_record as read_record_files
from blognet.kernel.errors import FaultsError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import SourcePath
from blognet.moderation.event_json import event_from_bytes, event_id
from blognet.moderation.events import Event
from blognet.moderation.mending import event_in, events_by_folder, is_right, own_path, speaks_of
from blognet.moderation.record import ASSETS, ROOT, RecordFile
from blognet.moderation.record_reading import read_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from blognet.config import Config
    from blognet.disk.git import Repository
    from blognet.disk.record import RawRecord
    from blognet.kernel.problems import Problem
    from blognet.moderation.mending import FolderEvents

_ROUNDS = 1000
"""More than the longest chain of events that were all deleted; each round brings back at least one."""
_ORDER = (".b64", ".txt", ".md", ".json")
_STRAY, _PURGED, _MISNAMED = "BN311", "BN345", "BN303"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What mending does, or did.

    Attributes:
        brought_back: Path and bytes of each file that is written, in the order of writing.
        set_aside: Strays, which go to ``.blognet/removed/``.
        erased: Files that a purge had removed before and that came back; they are removed for good.
        leftovers: What killed runs left; removed.
        remaining: Faults that stay, sorted.
        done: Whether the plan was carried out.
        moved: Where files were put that gave way, by their old paths.
        commit: Id of the commit, "" when none was made.
        commit_failure: Why no commit could be made although one was wanted.
    """

    brought_back: tuple[tuple[SourcePath, bytes], ...]
    set_aside: tuple[SourcePath, ...]
    erased: tuple[SourcePath, ...]
    leftovers: tuple[SourcePath, ...]
    remaining: tuple[Problem, ...]
    done: bool = False
    moved: tuple[tuple[SourcePath, SourcePath], ...] = ()
    commit: str = ""
    commit_failure: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.brought_back or self.set_aside or self.erased or self.leftovers)

    @property
    def in_record(self) -> tuple[SourcePath, ...]:
        """Every path of the record that is written, or that nothing lies at afterwards."""
        written = (path for path, _ in self.brought_back)
        return (*written, *self.set_aside, *self.erased, *self.leftovers)


def mend(start: Path, *, carry_out: bool = False, commit: bool = False) -> Mended:
    """Plan how to mend the record, and do it when asked.

    Args:
        start: A folder in the network.
        carry_out: Do it.
        commit: Make one git commit of exactly the files touched, when it is done.

    Raises:
        ConfigError: There is no network, or its ``blognet.yml`` has faults.
        ConflictError: A commit was asked for, and git is in the middle of something; nothing was changed.
        BlognetError: The disk refuses.
    """
    root = find_network(start)
    with writing_lock(root, doing="mayor mend"):
        _, config = open_network(root)
        planned = _plan(root, config)
        if not carry_out:
            return planned
        repository = repository_of(root)
        if commit and repository is not None:
            refuse_if_unready(repository)
        moved: list[tuple[SourcePath, SourcePath]] = []
        for path, raw in planned.brought_back:
            if (place := put_right(root, path, raw)) is not None:
                moved.append((path, place))
        moved += [(path, set_aside(root, path)) for path in planned.set_aside]
        for path in (*planned.erased, *planned.leftovers):
            remove_plain(root, path)
        made, failure = "", ""
        if commit and not planned.is_nothing:
            made, failure = commit_or_say(repository, planned.in_record, "mend the record")
    return replace(planned, done=True, moved=tuple(moved), commit=made, commit_failure=failure)


def _plan(root: Path, config: Config) -> Mended:
    repository = repository_of(root)
    before = read_record_files(root)
    search = _Search(root=root, config=config, raw=before, repository=repository)
    found = search.run()
    problems = search.problems
    strays = tuple(_paths(problems, _STRAY)) + search.misnamed
    purged = tuple(_paths(problems, _PURGED))
    handled = {*strays, *purged}
    return Mended(
        brought_back=tuple(sorted(found.items(), key=_in_order_of_writing)),
        set_aside=tuple(sorted(strays)),
        erased=purged,
        leftovers=leftovers_in_record(root),
        remaining=tuple(one for one in problems if one.location.path not in handled),
    )


class _Search:
    """Looks for right bytes, round by round: an event that comes back says which words and texts are missing."""

    def __init__(
        self, *, root: Path, config: Config, raw: RawRecord, repository: Repository | None
    ) -> None:
        self._root = root
        self._trust = trust_in(config)
        self._raw = raw
        self._repository = repository
        self._files = {file.path: file.raw for file in raw.files}
        self._found: dict[SourcePath, bytes] = {}
        self._known_paths: dict[str, tuple[SourcePath, ...]] = {}
        self._tried: set[str] = set()
        self.misnamed: tuple[SourcePath, ...] = ()
        self.problems: tuple[Problem, ...] = ()

    def run(self) -> Mapping[SourcePath, bytes]:
        for _ in range(_ROUNDS):
            self.problems = self._read()
            folders = events_by_folder(self._all())
            new = dict(self._repairs(folders))
            if not new:
                break
            self._found |= new
        return self._found

    def _all(self) -> tuple[RecordFile, ...]:
        gone = set(self.misnamed)
        files: dict[str, bytes] = self._files | {
            str(path): raw for path, raw in self._found.items()
        }
        return tuple(RecordFile(path=p, raw=r) for p, r in files.items() if p not in gone)

    def _read(self) -> tuple[Problem, ...]:
        """Read the record as it would be, the bytes of assets included."""
        brought = {path.rpartition("/")[2].removesuffix(".b64") for path in self._found}
        files = tuple(file for file in self._all() if not file.path.endswith(".b64"))
        names = self._raw.assets | brought
        record = read_record(files, asset_names=frozenset(names), trust=self._trust)
        problems = [*record.problems, *(p for p in self._raw.problems if self._still(p))]
        for sha256 in sorted(self._raw.assets - brought):
            try:
                read_asset_copy(self._root, sha256)
            except FaultsError as error:
                problems += error.problems
        return tuple(sorted(problems))

    def _still(self, problem: Problem) -> bool:
        return problem.location.path not in self._found

    def _repairs(self, folders: Mapping[str, FolderEvents]) -> Iterator[tuple[SourcePath, bytes]]:
        yield from self._deleted_events()
        for folder, events in folders.items():
            for ident in sorted(events.missing):
                yield from self._event(folder, f"-{ident[:8]}.json", ident)
        for problem in self.problems:
            path = SourcePath(problem.location.path)
            if path in self._found:
                continue
            if problem.code == _STRAY:
                yield from self._owner_of(path)
            elif right := self._right_bytes(path, folders):
                yield path, right
            elif problem.code == _MISNAMED:
                yield from self._renamed(path)

    def _deleted_events(self) -> Iterator[tuple[SourcePath, bytes]]:
        """Events that no other names leave no gap in the record; but git may miss them."""
        if self._repository is None or ROOT in self._tried:
            return
        self._tried.add(ROOT)
        for path in deleted_here(self._repository, SourcePath(ROOT)):
            for raw in self._versions(path) if path.endswith(".json") else ():
                if event_in(path, raw) is not None:
                    yield path, raw

    def _event(self, folder: str, ending: str, ident: str) -> Iterator[tuple[SourcePath, bytes]]:
        for path in self._once_in(folder):
            if path.endswith(ending):
                for raw in self._versions(path):
                    if event_id(raw) == ident and event_in(path, raw) is not None:
                        yield path, raw

    def _owner_of(self, stray: SourcePath) -> Iterator[tuple[SourcePath, bytes]]:
        """Words or a text that no event speaks of: perhaps their event was deleted."""
        if stray in self._tried:
            return
        self._tried.add(stray)
        folder, _, name = stray.rpartition("/")
        for path in self._once_in(folder):
            is_words = name.endswith(".md") and path == f"{stray.removesuffix('.md')}.json"
            if path in self._files or not (is_words or name.endswith(".txt")):
                continue
            for raw in self._versions(path) if path.endswith(".json") else ():
                event = event_in(path, raw)
                if event is not None and (is_words or speaks_of(event, stray)):
                    yield path, raw

    def _right_bytes(self, path: SourcePath, folders: Mapping[str, FolderEvents]) -> bytes | None:
        if path in self._tried:
            return None
        folder, _, name = path.rpartition("/")
        # Words and texts are judged by their events, which may come back in a later round.
        if folder in folders or folder == ASSETS or name.endswith(".json"):
            self._tried.add(path)
        for raw in self._versions(path):
            if raw == self._files.get(path):
                continue
            if folder == ASSETS:
                asset = asset_in(raw)
                if asset is not None and name == f"{sha256_hex(asset)}.b64":
                    return raw
            elif is_right(path, raw, folders.get(folder)):
                return raw
        return None

    def _renamed(self, path: SourcePath) -> Iterator[tuple[SourcePath, bytes]]:
        """A whole event under a wrong name: it gets its own back."""
        raw = self._files.get(path, b"")
        event = event_from_bytes(raw)
        if not isinstance(event, Event) or path in self.misnamed:
            return
        own = SourcePath(own_path(event, raw))
        if own.rpartition("/")[0] != path.rpartition("/")[0]:
            return
        self.misnamed = (*self.misnamed, path)
        yield own, raw

    def _once_in(self, folder: str) -> tuple[SourcePath, ...]:
        if self._repository is None:
            return ()
        if folder not in self._known_paths:
            self._known_paths[folder] = paths_once_in(self._repository, SourcePath(folder))
        return self._known_paths[folder]

    def _versions(self, path: SourcePath) -> Iterable[bytes]:
        return versions_of(self._repository, path) if self._repository else ()


def _paths(problems: tuple[Problem, ...], code: str) -> Iterator[SourcePath]:
    return (SourcePath(one.location.path) for one in problems if one.code == code)


def _in_order_of_writing(item: tuple[SourcePath, bytes]) -> tuple[int, str]:
    path, _ = item
    ending = next((at for at, one in enumerate(_ORDER) if path.endswith(one)), 0)
    return ending, path
