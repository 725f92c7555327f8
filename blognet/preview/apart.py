"""A preview whose network is known to another process, so that who saves never waits for who looks at everything.

This process has the sockets, hears of edits, and asks. The other one looks; while it does, a copy of it stands in,
answers, and shows what was saved. What was saved meanwhile is shown to the first one when it is done, before it answers
again; so nothing that was on a screen is ever taken back.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import chain, repeat
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Condition, Lock
from typing import TYPE_CHECKING

from blognet.kernel.errors import (
    BlognetError,
    ConfigError,
    ConflictError,
    FaultsError,
    NotAllowedError,
)
from blognet.preview.asked import Failed, FindChanges, Look, Notice, Refused, Seen, StandIn, Warm
from blognet.preview.behind import answer_questions
from blognet.preview.link import Link, LinkEndedError, OtherFailedError, seen_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blognet.preview.answers import Answer
    from blognet.preview.session import Session
    from blognet.preview.told import Told

_AGAIN = 0.02
"""Seconds until a process that makes pages is asked again whether it can be copied."""
_OFTEN = 10
"""How often it is asked; after that it begins no other page, else many readers would keep it from looking for ever."""
_PATIENCE = 1.0
"""Seconds for which it waits, then, for the pages that it makes."""


def can_stand_apart() -> bool:
    """Whether this system copies processes."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


class Apart:
    """What another process shows."""

    def __init__(
        self, begin: Callable[[], Session], *, report: Callable[[Told], None] = lambda _told: None
    ) -> None:
        """Begin the other process, and wait for its first look. No other thread may run yet.

        Args:
            begin: Looks for the first time, in the other process.
            report: Told of each new state but the first.

        Raises:
            BlognetError: When there is nothing to show yet.
        """
        self._report = report
        self._process, connection, self._handed = _begun(begin)
        try:
            with _told_of_an_end():
                first = _first_from(connection)
        except BaseException:
            self._kill()
            raise
        if not isinstance(first, Seen):
            self._kill()
            raise _error_of(first)
        self._told = first.told
        self._main = self._active = Link(connection)
        self._changed = Condition()
        self._looking = Lock()
        self._routing = Lock()
        self._missed: frozenset[str] = frozenset()
        self._has_ended = False

    @property
    def told(self) -> Told:
        """What is told of the present state."""
        return self._told

    def answer(self, target: str) -> Answer:
        """Return what is at an address."""
        while True:
            link = self._active
            try:
                return link.page(target)
            except LinkEndedError:
                with self._routing:
                    self._go_on_without(link)

    def warm(self) -> None:
        """Gather what pages look up, before somebody asks for one."""
        with _told_of_an_end():
            self._main.seen(Warm())

    def changes(self, only: frozenset[str] | None = None) -> frozenset[str]:
        """Return the files that differ from the last whole look, as far as their marks tell."""
        with _told_of_an_end():
            return self._main.changes(FindChanges(only=only))

    def notice(self, paths: frozenset[str]) -> bool:
        """Show some files as they are now, before everything is looked at; return whether that could be done."""
        with _told_of_an_end(), self._routing:
            seen = self._noticed(paths)
            if seen.is_new:
                self._publish(seen.told)
            return seen.is_new

    def refresh(self, only: frozenset[str] | None = None) -> bool:
        """Look again, at some folders of the network or at all; return whether there is a new state."""
        with _told_of_an_end(), self._looking:
            stand_in = self._let_stand_in()
            looked = seen_in(self._main.ask(Look(only=only)))
            with self._routing:
                found = self._caught_up(looked)
                self._active, self._missed = self._main, frozenset()
                if found.is_new:
                    self._publish(found.told)
            if stand_in is not None:
                stand_in.end()
            return found.is_new

    def wait_for_other(self, version: int, *, seconds: float) -> Told | None:
        """Return what is told once the state is another than `version`; None when it stays so long."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._has_ended or self._told.version != version, timeout=seconds
            )
            return self._told if self._told.version != version else None

    def end(self) -> None:
        """Let nobody wait any longer, and end the other process."""
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()
        if self._active is not self._main:
            self._active.end()
        self._kill()

    def _noticed(self, paths: frozenset[str]) -> Seen:
        """Show some files; what a copy alone shows is told to the process that looks when it is done."""
        while True:
            link = self._active
            try:
                seen = link.seen(Notice(paths=paths))
            except LinkEndedError:
                self._go_on_without(link)
                continue
            if seen.is_new and link is not self._main:
                self._missed |= paths
            return seen

    def _go_on_without(self, ended: Link) -> None:
        """Let the process that looks answer, as soon as it has looked, when the one that stood in was killed.

        Raises:
            LinkEndedError: It was none that stood in.
        """
        if ended is self._main:
            raise LinkEndedError
        if ended is self._active:
            self._active = self._main

    def _let_stand_in(self) -> Link | None:
        """Let a copy of the other process answer from now on; None when none can be had."""
        for patience in chain(repeat(0.0, _OFTEN), repeat(_PATIENCE)):
            with self._routing:
                stood_in = self._main.stood_in(StandIn(patience=patience))
                if stood_in.has_begun:
                    connection = _connection_from(self._handed)
                    if connection is None:
                        return None
                    self._active = Link(connection)
                    return self._active
            if not stood_in.is_busy:
                break
            time.sleep(_AGAIN)
        return None

    def _caught_up(self, looked: Seen) -> Seen:
        """Return what is seen with what was saved while somebody looked."""
        if not self._missed:
            return looked
        if looked.is_new and not looked.told.is_known:
            self._report(looked.told)
        newer = self._main.seen(Notice(paths=self._missed))
        return Seen(is_new=True, told=replace(newer.told, is_known=True))

    def _publish(self, told: Told) -> None:
        with self._changed:
            self._told = replace(told, version=self._told.version + 1)
            self._changed.notify_all()
        self._report(self._told)

    def _kill(self) -> None:
        process, self._process = self._process, 0
        if process:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
            self._handed.close()


@contextmanager
def _told_of_an_end() -> Iterator[None]:
    """Say in a sentence that the other process is gone."""
    try:
        yield
    except LinkEndedError as error:
        message = "the process that reads the network ended, perhaps for want of memory"
        raise BlognetError(message, hint="begin again: blognet serve") from error


def _begun(begin: Callable[[], Session]) -> tuple[int, Connection, socket.socket]:
    """Begin the other process; return its number, the way to it, and where it hands over ways to its copies."""
    ours, theirs = Pipe()
    handed, handing = socket.socketpair()
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process == 0:
        code = 1
        try:
            ours.close()
            handed.close()
            answer_questions(theirs, handing, begin)
            code = 0
        finally:
            os._exit(code)
    theirs.close()
    handing.close()
    return process, ours, handed


def _first_from(connection: Connection) -> object:
    try:
        return connection.recv()
    except (EOFError, OSError) as error:
        raise LinkEndedError from error


def _connection_from(handed: socket.socket) -> Connection | None:
    """Return a way that was handed over; None when this process may open no more files. The other end is told."""
    _, numbers, _, _ = socket.recv_fds(handed, 1, 1)
    return Connection(numbers[0]) if numbers else None


def _error_of(first: object) -> Exception:
    match first:
        case Refused(kind=kind, message=message, hint=hint, problems=problems):
            for one in (FaultsError, ConfigError):
                if issubclass(kind, one):
                    return one(message, problems=problems, hint=hint)
            known = (ConflictError, NotAllowedError)
            return next((one for one in known if issubclass(kind, one)), BlognetError)(
                message, hint=hint
            )
        case Failed(trace=trace):
            return OtherFailedError(trace)
        case _:
            return OtherFailedError(repr(first))
