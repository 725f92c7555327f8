"""A question that somebody else answers meanwhile."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.disk.beside import asked_beside, can_be_asked, shared_out
from blognet.disk.lock import writing_lock

if TYPE_CHECKING:
    from collections.abc import Callable

alone = pytest.mark.skipif(not can_be_asked(), reason="questions are answered here")


@pytest.mark.parametrize("is_long", [True, False])
@pytest.mark.parametrize("answer", [b"yes", b"", b"long" * 100_000])
def test_the_answer_is_the_one_that_would_be_given_here(answer: bytes, *, is_long: bool) -> None:
    with asked_beside(lambda: answer, is_long=is_long) as said:
        assert said() == answer


def test_whoever_cannot_answer_leaves_the_question_to_us() -> None:
    here = os.getpid()

    def question() -> bytes:
        if os.getpid() != here:
            raise OSError
        return b"yes"

    with asked_beside(question, is_long=True) as said:
        assert said()


@alone
def test_an_answer_that_breaks_off_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def half(opened: int, raw: bytes) -> None:
        os.write(opened, raw[: len(raw) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr("blognet.disk.beside.write_all", half)
    with asked_beside(lambda: str(os.getpid() == here).encode() * 100, is_long=True) as said:
        assert said() == b"True" * 100


@pytest.fixture
def pipes(tmp_path: Path) -> tuple[Path, Path]:
    """One that whoever is asked says in that it began, and one that it waits for a word in."""
    begun, word = tmp_path / "begun", tmp_path / "word"
    os.mkfifo(begun)
    os.mkfifo(word)
    return begun, word


def _waiting(pipes: tuple[Path, Path]) -> bytes:
    begun, word = pipes
    begun.write_bytes(b"begun")
    return word.read_bytes()


@alone
def test_nobody_goes_on_who_was_not_asked_in_the_end(pipes: tuple[Path, Path]) -> None:
    begun, word = pipes
    with asked_beside(partial(_waiting, pipes), is_long=True):
        assert begun.read_bytes() == b"begun"
    with pytest.raises(OSError, match="No such device"):  # nobody waits for it
        os.open(word, os.O_WRONLY | os.O_NONBLOCK)


@alone
def test_a_lock_is_free_as_soon_as_who_took_it_gives_it_up(
    pipes: tuple[Path, Path], tmp_path: Path
) -> None:
    begun, word = pipes
    with ExitStack() as locked:
        locked.enter_context(writing_lock(tmp_path, doing="one"))
        with asked_beside(partial(_waiting, pipes), is_long=True) as said:
            assert begun.read_bytes() == b"begun"
            locked.close()
            with writing_lock(tmp_path, doing="two", seconds=0):
                word.write_bytes(b"yes")
                assert said() == b"yes"


@alone
def test_a_question_is_answered_where_ends_of_processes_do_not_matter() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with asked_beside(lambda: b"yes", is_long=True) as said:
            assert said()
        with asked_beside(lambda: bytes(signal.sigwait({signal.SIGUSR1})), is_long=True):
            pass
    finally:
        signal.signal(signal.SIGCHLD, before)


@alone
@pytest.mark.parametrize("call", ["pipe", "fork"])
def test_a_question_is_answered_here_where_there_can_be_no_more_processes(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getpid()
    opened = len(list(Path("/proc/self/fd").iterdir()))

    def refuse() -> None:
        raise BlockingIOError

    monkeypatch.setattr(os, call, refuse)
    with asked_beside(lambda: str(os.getpid() == here).encode(), is_long=True) as said:
        assert said() == b"True"
    assert len(list(Path("/proc/self/fd").iterdir())) == opened


@alone
def test_an_interruption_ends_one_process_once(pipes: tuple[Path, Path], tmp_path: Path) -> None:
    begun, word = pipes
    ended = tmp_path / "ended"
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, ())

    def question() -> bytes:
        with ended.open("ab", buffering=0) as file:
            try:
                os.kill(os.getpid(), signal.SIGINT)
                _waiting(pipes)
            finally:
                file.write(b"copy")
        return b"yes"

    with suppress(KeyboardInterrupt), asked_beside(question, is_long=True):
        assert begun.read_bytes() == b"begun"
        raise KeyboardInterrupt
    assert ended.read_bytes() == b""
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == mask
    with pytest.raises(OSError, match="No such device"):  # nobody waits for it
        os.open(word, os.O_WRONLY | os.O_NONBLOCK)


def _answers(many: int, *, is_long: bool = True) -> tuple[str, ...]:
    questions = [partial(str, number) for number in range(many)]
    with shared_out(questions, written=str.encode, read=bytes.decode, is_long=is_long) as every:
        return every()


@pytest.mark.parametrize("is_long", [True, False])
@pytest.mark.parametrize("many", [0, 1, 2, 100])
def test_questions_that_are_shared_out_are_answered_once_and_in_order(
    many: int, *, is_long: bool
) -> None:
    assert _answers(many, is_long=is_long) == tuple(map(str, range(many)))


@alone
def test_whoever_is_free_takes_the_next_question(pipes: tuple[Path, Path]) -> None:
    here = os.getpid()

    def first() -> bytes:
        return b"theirs" if _waiting(pipes) else b""

    def other(number: int) -> bytes:
        if number == 1:
            pipes[1].write_bytes(b"go on")
        return b"ours" if os.getpid() == here else b"theirs"

    questions: list[Callable[[], bytes]] = [first, *(partial(other, at) for at in (1, 2, 3))]
    with shared_out(questions, written=bytes, read=bytes, is_long=True) as every:
        assert pipes[0].read_bytes() == b"begun"
        assert every() == (b"theirs", b"ours", b"ours", b"ours")


@alone
def test_what_somebody_took_and_did_not_answer_is_answered_here(pipes: tuple[Path, Path]) -> None:
    here = os.getpid()

    def first() -> bytes:
        if os.getpid() != here:
            pipes[0].write_bytes(b"begun")
            os.kill(os.getpid(), signal.SIGKILL)
        return b"ours"

    with shared_out([first, lambda: b"last"], written=bytes, read=bytes, is_long=True) as every:
        assert pipes[0].read_bytes() == b"begun"
        assert every() == (b"ours", b"last")


@alone
@pytest.mark.parametrize("call", ["pipe", "fork"])
def test_shared_questions_are_answered_here_where_there_can_be_no_more_processes(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = len(list(Path("/proc/self/fd").iterdir()))

    def refuse() -> None:
        raise BlockingIOError

    monkeypatch.setattr(os, call, refuse)
    assert _answers(3) == ("0", "1", "2")
    assert len(list(Path("/proc/self/fd").iterdir())) == opened
