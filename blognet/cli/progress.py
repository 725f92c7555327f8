"""A bar for long work."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_QUIET_SECONDS = 1.0


class ProgressBar:
    """A bar on the terminal, from one second on; nothing where there is no terminal."""

    def __init__(self, start: float) -> None:
        """Begin with nothing shown; `start` is when the work began, by the monotonic clock."""
        self._start = start
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def show(self, what: str, done: int, total: int) -> None:
        """Show how much of something is done."""
        if self._bar is None:
            if not sys.stderr.isatty() or time.monotonic() - self._start < _QUIET_SECONDS:
                return
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(file=sys.stderr), transient=True)
            self._bar.start()
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total)
        self._bar.update(self._tasks[what], completed=done)

    def clear(self) -> None:
        """Leave nothing behind on the terminal."""
        if self._bar is not None:
            self._bar.stop()
