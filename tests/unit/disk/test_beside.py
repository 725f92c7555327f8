"""Questions that somebody else begins to answer meanwhile."""

from __future__ import annotations

import os
import signal
from contextlib import AbstractContextManager, ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blognet.disk.beside import can_be_asked, shared_out
from blognet.disk.lock import writing_lock
from blognet.disk.writing import write_all

if TYPE_CHECKING:
    from collections.abc import Callable

Answers = AbstractContextManager["Callable[[], tuple[bytes, ...]]"]

alone = pytest.mark.skipif(not can_be_asked(), reason="questions are answered here")


def asked(*questions: Callable[[], bytes], is_long: bool = True) -> Answers:
    return shared_out(questions, written=bytes, read=bytes, is_long=is_long)


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


@pytest.mark.parametrize("is_long", [True, False])
@pytest.mark.parametrize("answer", [b"yes", b"", b"long" * 100_000])
def test_the_answers_are_those_that_would_be_given_here(answer: bytes, *, is_long: bool) -> None:
    with asked(*[lambda: answer] * 3, is_long=is_long) as said:
        assert said() == (answer,) * 3


@alone
def test_an_answer_that_is_longer_than_a_pipe_comes_whole(pipes: tuple[Path, Path]) -> None:
    def question() -> bytes:
        pipes[0].write_bytes(b"begun")
        return b"long" * 100_000

    with asked(question) as said:
        assert pipes[0].read_bytes() == b"begun"
        assert said() == (b"long" * 100_000,)


@alone
def test_whoever_cannot_answer_leaves_the_question_to_us(pipes: tuple[Path, Path]) -> None:
    here = os.getpid()

    def question() -> bytes:
        if os.getpid() != here:
            pipes[0].write_bytes(b"begun")
            raise OSError
        return b"yes"

    with asked(question) as said:
        assert pipes[0].read_bytes() == b"begun"
        assert said() == (b"yes",)


@alone
def test_an_answer_that_breaks_off_is_none(
    pipes: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getpid()

    def half(opened: int, raw: bytes) -> None:
        if os.getpid() == here:
            write_all(opened, raw)
            return
        os.write(opened, raw[: len(raw) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    def question() -> bytes:
        if os.getpid() != here:
            pipes[0].write_bytes(b"begun")
        return str(os.getpid() == here).encode() * 100

    monkeypatch.setattr("blognet.disk.beside.write_all", half)
    with asked(question) as said:
        assert pipes[0].read_bytes() == b"begun"
        assert said() == (b"True" * 100,)


@alone
def test_nobody_goes_on_who_was_not_asked_in_the_end(pipes: tuple[Path, Path]) -> None:
    begun, word = pipes
    with asked(partial(_waiting, pipes)):
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
        with asked(partial(_waiting, pipes)) as said:
            assert begun.read_bytes() == b"begun"
            locked.close()
            with writing_lock(tmp_path, doing="two", seconds=0):
                word.write_bytes(b"yes")
                assert said() == (b"yes",)


@alone
def test_a_question_is_answered_where_ends_of_processes_do_not_matter() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with asked(lambda: b"yes") as said:
            assert said()
        with asked(lambda: bytes(signal.sigwait({signal.SIGUSR1}))):
            pass
    finally:
        signal.signal(signal.SIGCHLD, before)


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

    with suppress(KeyboardInterrupt), asked(question):
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
    with asked(*questions) as every:
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

    with asked(first, lambda: b"last") as every:
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
