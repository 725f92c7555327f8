"""Work comes back in the order of its items; what is lost is given back; only a few pieces are under way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.actions.crew import Crew, crew_of
from blognet.disk.generator import program_mark
from blognet.disk.processes import OtherProgramError, Processes, kit_in
from blognet.kernel.hands import Hands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOME = Path(__file__).parents[3]
ITEMS = tuple(range(40))


def times_kit(given: object, number: int) -> int:
    return number * int(kit_in(given))


def deadly(given: object, number: int) -> int:
    if number == 17:
        os.kill(os.getpid(), signal.SIGKILL)
    return times_kit(given, number)


def interrupted(given: object, number: int) -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return times_kit(given, number)


def begin_and_die() -> None:
    """Give others a large kit, and be killed while they have it."""
    done = Crew(jobs=2).done(size_of_kit, ITEMS, lambda: b"x" * 100_000, send=as_it_is)
    assert next(done) == 100_000
    os.kill(os.getpid(), signal.SIGKILL)


def size_of_kit(given: object, number: int) -> int:
    del number
    return len(kit_in(given))


def who_with(given: object, number: int) -> tuple[int, int]:
    del number
    return os.getpid(), int(kit_in(given))


def as_it_is(number: int) -> int:
    return number


class HereExecutor(Executor):
    """Does the work at once, in this process, and counts how much of it nobody has fetched."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.refuses = False

    def submit(self, work: Callable[..., object], /, *sent: object, **_: object) -> Future[object]:  # type: ignore[override]
        if self.refuses:
            raise RuntimeError("closed")  # noqa: EM101
        future: Future[object] = Future()
        future.set_result(work(*sent))
        self.begun.append(int(str(sent[-1])))
        return future


class Here:
    """Helpers whose hands are this process."""

    def __init__(self) -> None:
        self.executor = HereExecutor()

    @contextmanager
    def hands(self, kit: bytes) -> Iterator[Hands]:
        sent = (program_mark(), kit)
        yield Hands(executor=self.executor, many=2, kit=sent, is_there=lambda: True)


def test_results_come_in_the_order_of_the_items_from_any_number_of_processes() -> None:
    for jobs in (2, 3):
        crew = Crew(jobs=jobs)
        done = crew.done(times_kit, ITEMS, lambda: b"3", send=as_it_is)
        assert list(done) == [number * 3 for number in ITEMS]
        assert crew.problems == ()


def test_without_help_everything_is_given_back() -> None:
    crew = Crew()
    assert not crew.has_help
    assert set(crew.done(times_kit, ITEMS, lambda: b"3", send=as_it_is)) == {None}


def test_what_a_killed_process_had_is_given_back_and_told_once() -> None:
    crew = Crew(jobs=2)
    found = list(crew.done(deadly, ITEMS, lambda: b"2", send=as_it_is))
    assert len(found) == len(ITEMS)
    assert found[17] is None
    assert all(each in {None, number * 2} for number, each in enumerate(found))
    assert [problem.code for problem in crew.problems] == ["BN756"]


def test_a_key_that_interrupts_is_for_the_parent_alone() -> None:
    crew = Crew(jobs=2)
    done = crew.done(interrupted, ITEMS, lambda: b"2", send=as_it_is)
    assert list(done) == [number * 2 for number in ITEMS]
    assert crew.problems == ()


def test_a_killed_process_leaves_no_kit(tmp_path: Path) -> None:
    code = "from tests.unit.actions.test_crew import begin_and_die; begin_and_die()"
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(HOME)}
    # The workers end when they notice; until then they hold the pipe.
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


def test_a_crew_that_lost_a_process_asks_nobody_again() -> None:
    helpers = Here()
    helpers.executor.refuses = True
    crew = Crew(helpers)
    assert set(crew.done(times_kit, ITEMS, lambda: b"2", send=as_it_is)) == {None}
    helpers.executor.refuses = False
    assert set(crew.done(times_kit, ITEMS, lambda: b"2", send=as_it_is)) == {None}
    assert "closed" in crew.problems[0].message


def test_only_a_few_pieces_are_under_way() -> None:
    helpers = Here()
    done = Crew(helpers).done(times_kit, ITEMS, lambda: b"2", send=as_it_is)
    for number in ITEMS[:-10]:
        assert next(done) == number * 2
        assert len(helpers.executor.begun) - number <= 6


def test_work_that_is_begun_is_all_under_way_at_once() -> None:
    helpers = Here()
    done = Crew(helpers).begin(times_kit, ITEMS, lambda: b"2", send=as_it_is)
    assert helpers.executor.begun == list(ITEMS)
    assert list(done) == [number * 2 for number in ITEMS]


def test_work_that_is_begun_without_help_is_given_back() -> None:
    assert list(Crew().begin(times_kit, ITEMS, lambda: b"2", send=as_it_is)) == [None] * len(ITEMS)


def test_the_same_processes_do_one_work_after_the_other_each_with_its_kit() -> None:
    crew = Crew(jobs=2)
    at_work = set[int]()
    for digit in (b"7", b"5", b"6"):
        for kit in (digit, digit + b" " * 100_000):
            done = list(crew.done(who_with, ITEMS, lambda kit=kit: kit, send=as_it_is))  # type: ignore[misc]
            assert {found[1] for found in done if found} == {int(digit)}
            assert None not in done
            at_work |= {found[0] for found in done if found}
    crew.end()
    assert len(at_work) <= 2
    assert os.getpid() not in at_work


def test_work_that_nobody_waits_for_ends_with_the_crew() -> None:
    with crew_of(2) as crew:
        begun = crew.begin(times_kit, ITEMS, lambda: b"2", send=as_it_is)
        assert next(begun) == 0
    assert list(begun) == []
    assert crew.problems == ()


def test_a_worker_of_another_program_does_nothing() -> None:
    try:
        kit_in(("another program", b"kit"))
    except OtherProgramError:
        return
    raise AssertionError


def test_processes_end_with_their_parent() -> None:
    """The parent is killed, so it cannot say anything; a pipe that its workers hold open ends when they do."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with Processes(2).hands(b"1") as hands:
            hands.executor.submit(times_kit, hands.kit, 1).result()
            os.kill(os.getpid(), signal.SIGKILL)
    os.close(writing)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert os.read(reading, 1) == b""
    os.close(reading)
