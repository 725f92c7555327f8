"""The library that watches folders, held to what a preview needs: it may miss something, and never falls over.

On Linux its thread reads what the system tells of all folders. Folders that are renamed, removed and made anew faster
than it reads let it look up what it forgot already; that ended the thread, and the rest of a session heard of nothing.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from typing import TYPE_CHECKING

from watchdog.observers import Observer

if sys.platform == "linux":
    from watchdog.observers.inotify import InotifyEmitter, InotifyObserver, InotifyWatchGroup

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

    if sys.platform == "linux":
        from watchdog.observers.inotify_c import WatchDescriptor


def new_observer() -> BaseObserver:
    """Return an observer that has not begun.

    What the library says to developers is for nobody here: that it was told twice of a folder, and that a thread had
    nothing to do while it was stopped.
    """
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
    logging.getLogger("watchdog").setLevel(logging.CRITICAL)
    return _LinuxObserver() if sys.platform == "linux" else Observer()


if sys.platform == "linux":

    class _Group(InotifyWatchGroup):
        """The folders below one."""

        def _remove_watch_internally(self, wd: WatchDescriptor) -> None:
            path = self._active_callbacks_by_watch.pop(wd, None)
            if path is not None and self._active_callbacks_by_path.get(path) == wd:
                del self._active_callbacks_by_path[path]

    class _Emitter(InotifyEmitter):
        def on_thread_start(self) -> None:
            self._inotify = _Group(
                self._inotify_fd,
                os.fsencode(self.watch.path),
                is_recursive=self.watch.is_recursive,
                event_mask=self.get_event_mask_from_filter(),
                follow_symlink=self.watch.follow_symlink,
            )

    class _LinuxObserver(InotifyObserver):
        def __init__(self) -> None:
            super().__init__()
            self._emitter_class = _Emitter
