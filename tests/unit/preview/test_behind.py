"""A process that makes pages is copied between two of them, however many are asked for."""

from __future__ import annotations

import os
import socket
from multiprocessing import Pipe
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from blognet.preview.answers import Answer
from blognet.preview.asked import End, GivePage, StandIn, StoodIn
from blognet.preview.behind import _Behind

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from blognet.preview.session import Session

PAGE = Answer(status=200, headers=(), body=b"")


class _Slow:
    """A session that gives its page when the next question was read, or when it is let go."""

    def __init__(self, asked: Connection) -> None:
        self.begun, self.let_go, self._asked = Event(), Event(), asked

    def answer(self, _target: str) -> Answer:
        self.begun.set()
        self.let_go.wait()
        while self._asked.poll():
            os.sched_yield() if hasattr(os, "sched_yield") else None
        return PAGE


@pytest.mark.parametrize("patience", [0.0, 60.0])
def test_a_copy_is_made_when_the_pages_that_are_being_made_are_done(
    patience: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fork", lambda: 1)
    ours, theirs = Pipe()
    handed, handing = socket.socketpair()
    slow = _Slow(theirs)
    with ours, theirs, handed, handing:
        behind = _Behind(theirs, handing, _as_session(slow))
        thread = Thread(target=behind.run)
        thread.start()
        ours.send((1, GivePage(target="/")))
        assert slow.begun.wait(60)
        ours.send((2, StandIn(patience=patience)))
        if patience:
            slow.let_go.set()
        replies = dict([ours.recv()])
        slow.let_go.set()
        replies |= dict([ours.recv()])
        ours.send((3, End()))
        thread.join()
    assert replies == {1: PAGE, 2: StoodIn(has_begun=patience > 0, is_busy=not patience)}


def _as_session(slow: object) -> Session:
    return slow  # type: ignore[return-value]  # it is asked for a page alone
