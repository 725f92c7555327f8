"""Waiting until something in the network folder changes. Answers: which of its folders may have changed?

Events only wake: what really changed is found by looking, so that an event that was lost costs time and not truth.
Events that come close together are one, be it one file or five thousand.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from threading import Condition
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from blognet.disk.network import CONFIG_FILE, SOURCE_FOLDERS

if TYPE_CHECKING:
    from pathlib import Path

    from watchdog.observers.api import BaseObserver, ObservedWatch

WATCHED = (*SOURCE_FOLDERS, "record", "themes")
QUIET = 0.03
"""Seconds without an event after which a burst is over."""
LONGEST = 1.0
"""Seconds after which a burst that does not end is looked at all the same."""
_IGNORED = frozenset({"opened", "closed_no_write"})


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
        self._last = 0.0
        self._handler = _Handler(self)
        self._watches: dict[str, tuple[int, ObservedWatch]] = {}
        self._observer: BaseObserver = Observer()
        self._observer.start()
        try:
            self._observer.schedule(self._handler, str(self._root), recursive=False)
            self.arm()
        except OSError:
            self.close()
            raise

    def wait(self, seconds: float) -> frozenset[str]:
        """Return the names at the top of the network below which something may have changed; none after a while."""
        with self._waiting:
            if not self._waiting.wait_for(lambda: bool(self._tops), timeout=seconds):
                return frozenset()
            begin = time.monotonic()
            while True:
                now = time.monotonic()
                left = min(self._last + QUIET, begin + LONGEST) - now
                if left <= 0:
                    break
                self._waiting.wait(left)
            found = frozenset(self._tops)
            self._tops.clear()
        return found | self.arm()

    def arm(self) -> frozenset[str]:
        """Watch the folders that there are now; return those that are not the ones of before."""
        renewed: set[str] = set()
        for top in WATCHED:
            number = _number_of(self._root / top)
            known = self._watches.get(top)
            if known is not None and known[0] == number:
                continue
            if known is None and number is None:
                continue
            renewed.add(top)
            if known is not None:
                with suppress(KeyError, OSError):
                    self._observer.unschedule(known[1])
                del self._watches[top]
            if number is not None:
                with suppress(FileNotFoundError):  # gone meanwhile
                    watch = self._observer.schedule(
                        self._handler, str(self._root / top), recursive=True
                    )
                    self._watches[top] = (number, watch)
        return frozenset(renewed)

    def close(self) -> None:
        """Watch no more."""
        self._observer.stop()
        self._observer.join()

    def heard(self, path: str) -> None:
        """Note that something happened to a path."""
        top = os.path.relpath(path, self._root).partition(os.sep)[0]
        if top not in {*WATCHED, CONFIG_FILE, "."}:
            return
        with self._waiting:
            self._tops.add(top)
            self._last = time.monotonic()
            self._waiting.notify_all()


class _Handler(FileSystemEventHandler):
    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _IGNORED:
            return
        for path in (event.src_path, event.dest_path):
            if path:
                self._watcher.heard(os.fsdecode(path))


def _number_of(folder: Path) -> int | None:
    try:
        return folder.lstat().st_ino if folder.is_dir() else None
    except OSError:
        return None
