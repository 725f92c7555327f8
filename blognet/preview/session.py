"""What is shown at this moment, and telling those who wait when it changes. Knows no sockets."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from functools import partial
from threading import Condition, Lock
from typing import TYPE_CHECKING

from blognet.actions.showing import prepare
from blognet.kernel.errors import BlognetError, ConfigError, FaultsError
from blognet.preview.answers import View, answer, base_of, styles_of
from blognet.preview.faults import Fault, faults_in, faults_of
from blognet.preview.told import Told, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from blognet.actions.showing import Onlooker, Shown
    from blognet.preview.answers import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of the preview.

    Attributes:
        version: Counts the states.
        shown: The last that could be read.
        faults: What is wrong now.
        trouble: Why `shown` is not what lies on disk; None when it is.
        seconds: How long the look took.
        is_known: Whether a person was told all of it before: a whole look found what a peek had shown.
    """

    version: int
    shown: Shown
    faults: tuple[Fault, ...]
    trouble: BlognetError | None = None
    seconds: float = 0.0
    is_known: bool = False


class Session:
    """The present state; one thread looks, another peeks meanwhile, many read."""

    def __init__(
        self,
        onlooker: Onlooker,
        *,
        clock: Callable[[], datetime],
        view: View = View.SITE,
        report: Callable[[Told], None] = lambda _told: None,
    ) -> None:
        """Look for the first time.

        Args:
            onlooker: Who looks.
            clock: Gives the time.
            view: What stands at the root of the server.
            report: Told of each new state but the first.

        Raises:
            BlognetError: When there is nothing to show yet.
        """
        self._onlooker = onlooker
        self._clock = clock
        self._view = view
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

    @property
    def told(self) -> Told:
        """What is told of the present state."""
        return _told(self._state, self._view)

    def answer(self, target: str) -> Answer:
        """Return what is at an address."""
        return answer(target, self._state.shown, view=self._view)

    def warm(self) -> None:
        """Gather what pages look up, before somebody asks for one."""
        shown = self._state.shown
        prepare(shown.site)
        if self._view is not View.SITE_ALONE:
            prepare(shown.prospect)
        _set_aside()

    def changes(self, only: frozenset[str] | None = None) -> frozenset[str]:
        """Return the files that differ from the last whole look, as far as their marks tell."""
        return self._onlooker.changes(only)

    def notice(self, paths: frozenset[str]) -> bool:
        """Show some files as they are now, before everything is looked at; return whether that could be done."""
        begin = time.monotonic()
        shown = self._onlooker.peek(paths, now=self._clock())
        return shown is not None and self._show(shown, begin)

    def refresh(self, only: frozenset[str] | None = None) -> bool:
        """Look again, at some folders of the network or at all; return whether there is a new state."""
        with self._looking:
            begin = time.monotonic()
            try:
                shown = self._onlooker.look(now=self._clock(), only=only)
            except BlognetError as error:
                return self._publish(partial(_troubled, error, time.monotonic() - begin))
            if shown is None:
                return self._publish(_mended)
            is_new = self._show(shown, begin)
            _set_aside()
            return is_new

    def _show(self, shown: Shown, begin: float) -> bool:
        return self._publish(partial(_showing, shown, time.monotonic() - begin))

    def wait_for_other(self, version: int, *, seconds: float) -> Told | None:
        """Return what is told once the state is another than `version`; None when it stays so long."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._has_ended or self._state.version != version, timeout=seconds
            )
            state = self._state
        return _told(state, self._view) if state.version != version else None

    def end(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()
        gc.unfreeze()

    def _publish(self, following: Callable[[State], State | None]) -> bool:
        with self._changed:
            state = following(self._state)
            if state is None:
                return False
            self._state = state
            self._changed.notify_all()
        self._report(_told(state, self._view))
        return True


def _set_aside() -> None:
    """Let Python not look through all that is known of the network, again and again, while it makes a page.

    That takes a second in a large network, and would fall on whoever saves next.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _told(state: State, view: View) -> Told:
    shown, error = state.shown, state.trouble
    problems = error.problems if isinstance(error, ConfigError | FaultsError) else ()
    return Told(
        version=state.version,
        base=base_of(shown),
        styles=styles_of(shown, view),
        faults=state.faults,
        remarks=shown.remarks,
        changed=shown.changed,
        waiting=len(shown.waiting),
        seconds=state.seconds,
        trouble=Trouble(message=error.message, problems=problems) if error is not None else None,
        is_known=state.is_known,
    )


def _showing(shown: Shown, seconds: float, before: State) -> State | None:
    """Return the state after something was seen; None when something newer was seen meanwhile."""
    if shown.number <= before.shown.number:
        return None
    was_peeked = shown.is_whole and not before.shown.is_whole
    return State(
        version=before.version + 1,
        shown=shown,
        # What keeps the whole from being looked at goes on being told while single files are peeked at.
        faults=before.faults if before.trouble and not shown.is_whole else faults_of(shown.faults),
        trouble=None if shown.is_whole else before.trouble,
        seconds=seconds,
        is_known=was_peeked
        and before.trouble is None
        and shown.changed <= before.shown.changed
        and shown.remarks == before.shown.remarks,
    )


def _troubled(error: BlognetError, seconds: float, before: State) -> State | None:
    faults = faults_in(error)
    if before.trouble is not None and before.faults == faults:
        return None
    return State(
        version=before.version + 1,
        shown=before.shown,
        faults=faults,
        trouble=error,
        seconds=seconds,
    )


def _mended(before: State) -> State | None:
    """Return the state after nothing differs from the last whole look."""
    if before.trouble is None:
        return None
    return State(
        version=before.version + 1, shown=before.shown, faults=faults_of(before.shown.faults)
    )
