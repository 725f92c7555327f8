"""Asking another process, from many threads at once. Each question has a number, and so has its answer."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING

from blognet.preview.answers import Answer
from blognet.preview.asked import Answered, Changes, End, Failed, GivePage, Seen, StoodIn

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from blognet.preview.asked import Asked


class LinkEndedError(ConnectionError):
    """The other process is gone."""


class OtherFailedError(RuntimeError):
    """The other process found a bug; its words are the message."""


class Link:
    """A way to another process."""

    def __init__(self, connection: Connection) -> None:
        """Begin to listen for answers."""
        self._connection = connection
        # Two, so that answers are taken while a long question waits to be read: else two could wait for each other.
        self._guard, self._sending = Lock(), Lock()
        self._asked: dict[int, Future[Answered]] = {}
        self._count = 0
        self._has_ended = False
        Thread(target=self._listen, daemon=True).start()

    def ask(self, question: Asked) -> Future[Answered]:
        """Send a question; its answer comes in time.

        Raises:
            LinkEndedError: The other process is gone.
        """
        future = Future[Answered]()
        with self._guard:
            if self._has_ended:
                raise LinkEndedError
            self._count += 1
            number = self._count
            self._asked[number] = future
        try:
            with self._sending:
                self._connection.send((number, question))
        except OSError as error:
            raise LinkEndedError from error
        return future

    def page(self, target: str) -> Answer:
        """Return what is at an address.

        Raises:
            LinkEndedError: The other process is gone.
        """
        found = self.ask(GivePage(target=target)).result()
        if not isinstance(found, Answer):
            raise _failed(found)
        return found

    def seen(self, question: Asked) -> Seen:
        """Return what there is after something was done.

        Raises:
            LinkEndedError: The other process is gone.
        """
        return seen_in(self.ask(question))

    def stood_in(self, question: Asked) -> StoodIn:
        """Return whether another process stands in.

        Raises:
            LinkEndedError: The other process is gone.
        """
        found = self.ask(question).result()
        if not isinstance(found, StoodIn):
            raise _failed(found)
        return found

    def changes(self, question: Asked) -> frozenset[str]:
        """Return the files that differ.

        Raises:
            LinkEndedError: The other process is gone.
        """
        found = self.ask(question).result()
        if not isinstance(found, Changes):
            raise _failed(found)
        return found.paths

    def end(self) -> None:
        """Let the other process answer what was asked, and end."""
        with suppress(LinkEndedError):
            self.ask(End())

    def _listen(self) -> None:
        try:
            while True:
                number, answered = self._connection.recv()
                with self._guard:
                    future = self._asked.pop(number)
                future.set_result(answered)
        except (EOFError, OSError):
            with self._guard:
                self._has_ended = True
                waiting = tuple(self._asked.values())
            with self._sending:
                self._connection.close()
            for future in waiting:
                future.set_exception(LinkEndedError())


def seen_in(future: Future[Answered]) -> Seen:
    """Return what there is, once it has come.

    Raises:
        LinkEndedError: The other process is gone.
    """
    found = future.result()
    if not isinstance(found, Seen):
        raise _failed(found)
    return found


def _failed(found: Answered) -> Exception:
    return OtherFailedError(found.trace if isinstance(found, Failed) else repr(found))
