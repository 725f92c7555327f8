"""What has to be looked at as a whole, from those who hear of changes to the one who looks."""

from __future__ import annotations

import time
from threading import Condition

_LONGEST = 3.0
"""As many times the quiet that is wished for is waited for it at most."""


class Wanted:
    """Names at the top of a network below which something changed, until somebody takes them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._waiting = Condition()
        self._tops: set[str] = set()
        self._last = 0.0

    def add(self, tops: frozenset[str]) -> None:
        """Note that something changed."""
        with self._waiting:
            self._tops |= tops
            self._last = time.monotonic()
            self._waiting.notify_all()

    def take(self, seconds: float, *, quiet: float) -> frozenset[str]:
        """Return what changed once nothing more did for a while; nothing when nothing changes.

        Args:
            seconds: How long to wait for a change.
            quiet: For how many seconds nothing more shall have changed; not waited for without end.
        """
        with self._waiting:
            if not self._waiting.wait_for(lambda: bool(self._tops), timeout=seconds):
                return frozenset()
            longest = self._last + _LONGEST * quiet
            while (left := min(self._last + quiet, longest) - time.monotonic()) > 0:
                self._waiting.wait(left)
            found = frozenset(self._tops)
            self._tops.clear()
            return found
