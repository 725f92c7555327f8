"""The process that knows the network: it answers what is asked, looks, and begins another one that stands in meanwhile.

One thread takes the questions and shows what was saved; each page is made in a thread of its own. To stand in is to be
a copy of this process as it is at that moment, which the system makes in milliseconds: it has everything that this one
knows, and goes on answering while this one is busy. So a fork is made only when no other thread runs here.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from multiprocessing import Pipe
from threading import Lock, Thread
from typing import TYPE_CHECKING, assert_never

from blognet.kernel.errors import BlognetError, ConfigError, FaultsError
from blognet.preview.asked import (
    Changes,
    End,
    Failed,
    FindChanges,
    GivePage,
    Look,
    Notice,
    Refused,
    Seen,
    StandIn,
    StoodIn,
    Warm,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from blognet.preview.asked import Answered, Asked
    from blognet.preview.session import Session

_TURN = 0.001
"""Seconds after which a thread that makes a page lets another one go on."""


def answer_questions(
    connection: Connection, handing: socket.socket, begin: Callable[[], Session]
) -> None:
    """Look for the first time and say what was seen; then answer until nobody asks any more.

    Args:
        connection: Where questions come from.
        handing: Where ways to processes that stand in are handed over.
        begin: Looks for the first time.
    """
    # A key that interrupts reaches all processes of a terminal; the one with the sockets lets this one end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.setswitchinterval(_TURN)
    try:
        session = begin()
    except BlognetError as error:
        problems = error.problems if isinstance(error, ConfigError | FaultsError) else ()
        said = Refused(kind=type(error), message=error.message, hint=error.hint, problems=problems)
        connection.send(said)
        return
    except Exception:  # noqa: BLE001  # a bug: it is told where a person sees it
        connection.send(Failed(trace=traceback.format_exc()))
        return
    connection.send(Seen(is_new=True, told=session.told))
    with suppress(EOFError, OSError):  # nobody listens any more
        _Behind(connection, handing, session).run()


class _Behind:
    """One such process."""

    def __init__(self, connection: Connection, handing: socket.socket, session: Session) -> None:
        self._connection = connection
        self._handing = handing
        self._session = session
        self._sending = Lock()
        self._threads: list[Thread] = []
        self._children: list[int] = []

    def run(self) -> None:
        """Answer until the end.

        Raises:
            EOFError: Whoever asks is gone.
            OSError: The same.
        """
        while True:
            number, question = self._connection.recv()
            match question:
                case End():
                    break
                case GivePage() | FindChanges() | Warm():
                    self._begin_thread(number, question)
                case _:
                    self._reply(number, question)
        for thread in self._threads:
            thread.join()

    def _begin_thread(self, number: int, question: Asked) -> None:
        thread = Thread(target=self._reply, args=(number, question), daemon=True)
        self._threads = [*self._running(), thread]
        thread.start()

    def _running(self) -> list[Thread]:
        return [thread for thread in self._threads if thread.is_alive()]

    def _reply(self, number: int, question: Asked) -> None:
        try:
            found = self._answer(question)
        except Exception:  # noqa: BLE001  # a bug: it is told where a person sees it
            found = Failed(trace=traceback.format_exc())
        with self._sending:
            self._connection.send((number, found))

    def _answer(self, question: Asked) -> Answered:
        session = self._session
        match question:
            case GivePage(target=target):
                return session.answer(target)
            case FindChanges(only=only):
                return Changes(paths=session.changes(only))
            case Notice(paths=paths):
                is_new = session.notice(paths)
            case Look(only=only):
                is_new = session.refresh(only)
                self._reap()
            case StandIn(patience=patience):
                return self._stand_in(patience)
            case Warm():
                session.warm()
                is_new = False
            case End():
                is_new = False
            case _:
                assert_never(question)
        return Seen(is_new=is_new, told=session.told)

    def _stand_in(self, patience: float) -> StoodIn:
        until = time.monotonic() + patience
        for thread in self._running():
            thread.join(max(0.0, until - time.monotonic()))
        if self._running():
            return StoodIn(has_begun=False, is_busy=True)
        theirs, ours = Pipe()
        try:
            child = os.fork()
        except OSError:  # no memory or no processes left: it goes without
            theirs.close()
            ours.close()
            return StoodIn(has_begun=False)
        if child == 0:
            theirs.close()
            self._be_it(ours)
        ours.close()
        self._children.append(child)
        with theirs:
            socket.send_fds(self._handing, [b"."], [theirs.fileno()])
        return StoodIn(has_begun=True)

    def _be_it(self, ours: Connection) -> None:
        """Stand in, and end."""
        code = 1
        try:
            self._connection.close()
            with suppress(EOFError, OSError):
                _Behind(ours, self._handing, self._session).run()
            code = 0
        finally:
            os._exit(code)

    def _reap(self) -> None:
        """Forget those who stood in and have ended."""
        for child in tuple(self._children):
            with suppress(ChildProcessError):
                if os.waitpid(child, os.WNOHANG)[0] == 0:
                    continue
            self._children.remove(child)
