"""What is shown at this moment, and telling those who wait when it changes. Knows no sockets and no HTML."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Condition, Lock
from typing import TYPE_CHECKING

from blognet.kernel.errors import BlognetError
from blognet.preview.faults import Fault, faults_in, faults_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from blognet.actions.showing import Onlooker, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of the preview.

    Attributes:
        version: Counts the states.
        shown: The last that could be read.
        faults: What is wrong now.
        trouble: Why `shown` is not what lies on disk; None when it is.
        seconds: How long the look took.
    """

    version: int
    shown: Shown
    faults: tuple[Fault, ...]
    trouble: BlognetError | None = None
    seconds: float = 0.0


class Session:
    """The present state; one thread looks, many read."""

    def __init__(
        self,
        onlooker: Onlooker,
        *,
        clock: Callable[[], datetime],
        report: Callable[[State], None] = lambda _state: None,
    ) -> None:
        """Look for the first time.

        Args:
            onlooker: Who looks.
            clock: Gives the time.
            report: Told of each new state but the first.

        Raises:
            BlognetError: When there is nothing to show yet.
        """
        self._onlooker = onlooker
        self._clock = clock
        self._report = report
        self._looking = Lock()
        self._changed = Condition()
        self._has_ended = False
        shown = onlooker.look(now=clock())
        if shown is None:
            message = "the first look found nothing to show"
            raise BlognetError(message)
        self._state = State(version=1, shown=shown, faults=faults_of(shown.faults))

    @property
    def state(self) -> State:
        """The present state."""
        return self._state

    def refresh(self, only: frozenset[str] | None = None) -> bool:
        """Look again, at some folders of the network or at all; return whether there is a new state."""
        with self._looking:
            begin = time.monotonic()
            before = self._state
            trouble: BlognetError | None = None
            shown: Shown | None = None
            try:
                shown = self._onlooker.look(now=self._clock(), only=only)
            except BlognetError as error:
                trouble = error
                if before.trouble is not None and before.faults == faults_in(error):
                    return False
            if trouble is None and shown is None and before.trouble is None:
                return False
            current = shown or before.shown
            self._publish(
                State(
                    version=before.version + 1,
                    shown=current,
                    faults=faults_in(trouble) if trouble else faults_of(current.faults),
                    trouble=trouble,
                    seconds=time.monotonic() - begin,
                )
            )
            return True

    def wait_for_other(self, version: int, *, seconds: float) -> State | None:
        """Return the state once it is another than `version`; None when it stays so long."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._has_ended or self._state.version != version, timeout=seconds
            )
            return self._state if self._state.version != version else None

    def end(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()

    def _publish(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()
        self._report(state)
