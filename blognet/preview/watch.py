"""Waiting until something in the network folder changes. Answers: which of its files may have changed?

Events only wake: what really changed is found by looking, so that an event that was lost costs time and not truth.
Events that come close together are one, be it one file or five thousand.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirModifiedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)

from blognet.disk.network import SOURCE_FOLDERS
from blognet.disk.rescan import FILES, RECORD
from blognet.preview.observer import new_observer

if TYPE_CHECKING:
    from pathlib import Path

    from watchdog.observers.api import BaseObserver, ObservedWatch

_FOLDERS = (*SOURCE_FOLDERS, "themes", RECORD)
"""The record last: it has a folder for each post, and a system watches only so many."""
QUIET = 0.03
"""Seconds without an event after which a burst is over."""
LONGEST = 1.0
"""Seconds after which a burst that does not end is looked at all the same."""
_CHANGES: tuple[type[FileSystemEvent], ...] = (
    DirCreatedEvent,
    DirDeletedEvent,
    DirModifiedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
)
"""What the system is asked for. Not openings: a look opens everything, and for minutes nobody would hear of a save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What may have changed.

    Attributes:
        tops: Names at the top of the network, such that everything that changed is below one.
        paths: Files that events named, relative to the network, as they are on this disk.
    """

    tops: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()


NOTHING = Heard()


class Watcher:
    """Watches a network folder until it is closed."""

    def __init__(self, root: Path) -> None:
        """Begin to watch.

        Raises:
            OSError: The system watches nothing (more), for example because its limit is reached.
        """
        self._root = root.resolve()
        self._waiting = Condition()
        self._tops: set[str] = set()
        self._paths: set[str] = set()
        self._last = 0.0
        self._handler = _Handler(self)
        self._watches: dict[str, tuple[int, ObservedWatch]] = {}
        self._unwatched: set[str] = set()
        self._observer: BaseObserver = new_observer()
        self._observer.start()
        try:
            self._schedule(self._root, recursive=False)
            self.arm()
        except OSError:
            self.close()
            raise

    @property
    def unwatched(self) -> frozenset[str]:
        """Names at the top of the network that the system does not watch, so that somebody has to look."""
        return frozenset(self._unwatched)

    def wait(self, seconds: float) -> Heard:
        """Return what may have changed, as soon as it is quiet again; `NOTHING` when nothing did for a while."""
        with self._waiting:
            if not self._waiting.wait_for(lambda: bool(self._tops), timeout=seconds):
                return NOTHING
            begin = time.monotonic()
            while True:
                now = time.monotonic()
                left = min(self._last + QUIET, begin + LONGEST) - now
                if left <= 0:
                    break
                self._waiting.wait(left)
            tops, paths = frozenset(self._tops), frozenset(self._paths)
            self._tops.clear()
            self._paths.clear()
        return Heard(tops=tops | self.arm(), paths=paths)

    def arm(self) -> frozenset[str]:
        """Watch the folders that there are now; return those that are not the ones of before."""
        renewed: set[str] = set()
        for top in _FOLDERS:
            number = _number_of(self._root / top)
            known = self._watches.get(top)
            if known is not None and known[0] == number:
                continue
            if known is None and number is None:
                continue
            if top in self._unwatched:
                continue
            renewed.add(top)
            if known is not None:
                with suppress(KeyError, OSError):
                    self._observer.unschedule(known[1])
                del self._watches[top]
            if number is not None:
                self._watch(top, number)
        return frozenset(renewed)

    def _watch(self, top: str, number: int) -> None:
        try:
            watch = self._schedule(self._root / top, recursive=True)
        except FileNotFoundError:  # gone meanwhile
            return
        except OSError:
            if top != RECORD:
                raise
            self._unwatched.add(top)
        else:
            self._watches[top] = (number, watch)

    def _schedule(self, place: Path, *, recursive: bool) -> ObservedWatch:
        return self._observer.schedule(
            self._handler, str(place), recursive=recursive, event_filter=list(_CHANGES)
        )

    def close(self) -> None:
        """Watch no more."""
        self._observer.stop()
        self._observer.join()

    def heard(self, path: str, *, is_folder: bool) -> None:
        """Note that something happened to a path."""
        relative = os.path.relpath(path, self._root).replace(os.sep, "/")
        top = relative.partition("/")[0]
        if top not in {*_FOLDERS, *FILES, "."}:
            return
        with self._waiting:
            self._tops.add(top)
            if not is_folder:
                self._paths.add(relative)
            self._last = time.monotonic()
            self._waiting.notify_all()


class _Handler(FileSystemEventHandler):
    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                self._watcher.heard(os.fsdecode(path), is_folder=event.is_directory)


def _number_of(folder: Path) -> int | None:
    try:
        return folder.lstat().st_ino if folder.is_dir() else None
    except OSError:
        return None
