"""Questions and answers between two processes; here the other one is a thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe

import pytest

from blognet.preview.answers import Answer
from blognet.preview.asked import Changes, FindChanges, GivePage, Notice
from blognet.preview.link import Link, LinkEndedError

PATIENCE = 60.0
"""Seconds after which something that should happen will not."""
LARGE = 1 << 20
"""Bytes that fit into no pipe at once."""
PAGE = Answer(status=200, headers=(), body=b"x" * LARGE)


def test_answers_find_who_asked_in_any_order() -> None:
    ours, theirs = Pipe()
    link = Link(ours)
    first = link.ask(GivePage(target="/"))
    second = link.ask(FindChanges(only=None))
    asked = [theirs.recv(), theirs.recv()]
    theirs.send((asked[1][0], Changes(paths=frozenset({"queue/one.md"}))))
    theirs.send((asked[0][0], PAGE))

    assert [question for _, question in asked] == [GivePage(target="/"), FindChanges(only=None)]
    assert second.result(PATIENCE) == Changes(paths=frozenset({"queue/one.md"}))
    assert first.result(PATIENCE) == PAGE
    theirs.close()


def test_a_long_question_and_long_answers_do_not_wait_for_each_other() -> None:
    ours, theirs = Pipe()
    link = Link(ours)
    waiting = [link.ask(GivePage(target="/one/")), link.ask(GivePage(target="/two/"))]
    numbers = [theirs.recv()[0] for _ in waiting]
    long = Notice(paths=frozenset(f"queue/{number:040}.md" for number in range(LARGE // 40)))
    with ThreadPoolExecutor(1) as executor:
        asking = executor.submit(link.ask, long)
        for number in numbers:
            theirs.send((number, PAGE))
        assert theirs.recv()[1] == long
        asking.result(PATIENCE)

    assert [future.result(PATIENCE) for future in waiting] == [PAGE, PAGE]
    theirs.close()


def test_who_waits_for_a_process_that_ends_is_told_so_and_so_is_who_asks_later() -> None:
    ours, theirs = Pipe()
    link = Link(ours)
    waiting = link.ask(GivePage(target="/"))
    theirs.close()

    with pytest.raises(LinkEndedError):
        waiting.result(PATIENCE)
    with pytest.raises(LinkEndedError):
        link.page("/")
