"""Who does the work of a build besides this process: others on this machine, or a cluster. Knows no pages.

Work is values in and values out, through `concurrent.futures.Executor`. What all pieces of work share, the *kit*, goes
once to each process; each piece is small. Results come in the order of the work, whoever was quicker. With `Crew.done`
only a few are under way at a time, so that memory does not grow with the site; `Crew.begin` hands out all of them at
once, for work of which little comes out. A piece that was lost is given back to the one who asked, who does it here: a
process that dies costs time, and changes nothing.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from blognet.disk.generator import program_mark
from blognet.disk.processes import Processes
from blognet.kernel.problems import Location, Problem, Severity
from blognet.net import codes

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from concurrent.futures import Future
    from contextlib import AbstractContextManager

    from blognet.kernel.hands import Hands

ItemT = TypeVar("ItemT")
SentT = TypeVar("SentT")
DoneT = TypeVar("DoneT")

_AHEAD = 3
"""Pieces under way for each process: enough that none waits for this one."""
_LOOK_AFTER = 5.0
"""Seconds after which we look whether those who work are still there."""


class Helpers(Protocol):
    """Where processes come from."""

    def hands(self, kit: bytes) -> AbstractContextManager[Hands]:
        """Let processes begin that all have a kit, and end at the end."""


class Crew:
    """Those who work in one build.

    Attributes:
        jobs: How many processes of this machine may run.
        is_elsewhere: Whether those who help do not see the files of this machine.
    """

    def __init__(self, helpers: Helpers | None = None, *, jobs: int = 1) -> None:
        """Keep who helps; by default, processes of this machine when more than one may run.

        Args:
            helpers: Who helps instead, on other machines.
            jobs: How many processes of this machine may run.
        """
        self.jobs = jobs
        self.is_elsewhere = helpers is not None
        self._own = Processes(jobs) if jobs > 1 and helpers is None else None
        self._helpers = helpers or self._own
        self._trouble = ""
        self._here: Crew | None = None
        self._begun: list[Generator[object]] = []

    @property
    def here(self) -> Crew:
        """Those who see the files of this machine."""
        if not self.is_elsewhere:
            return self
        self._here = self._here or Crew(jobs=self.jobs)
        return self._here

    @property
    def has_help(self) -> bool:
        """Whether somebody besides this process can work."""
        return self._helpers is not None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why this process had to do more than its part; one at most."""
        local = self._here.problems if self._here else ()
        if not self._trouble:
            return local
        return (
            Problem(
                location=Location(path="blognet.yml"),
                code=codes.WORKER_LOST,
                severity=Severity.WARNING,
                message=f"a worker was lost, so this process did its work: {self._trouble}",
                hint="the site is the same; blognet explain BN756",
            ),
        )

    def done(
        self,
        work: Callable[[object, SentT], DoneT],
        items: Sequence[ItemT],
        kit: Callable[[], bytes],
        *,
        send: Callable[[ItemT], SentT],
    ) -> Iterator[DoneT | None]:
        """Have work done.

        Args:
            work: A function of a module, called in another process with what `blognet.disk.processes.kit_in` takes, and
                what is sent.
            items: What is to be done, in this order.
            kit: Gives what all of the work shares.
            send: Gives what is sent for an item, when its turn comes.

        Yields:
            For each item, in order, what came out; None when nobody did it.
        """
        pieces = self._pieces(work, items, kit, send, is_patient=True)
        next(pieces)
        yield from pieces

    def begin(
        self,
        work: Callable[[object, SentT], DoneT],
        items: Sequence[ItemT],
        kit: Callable[[], bytes],
        *,
        send: Callable[[ItemT], SentT],
    ) -> Iterator[DoneT | None]:
        """Have all of some work begun now, and return what `done` gives; for work of which little comes out.

        While it is under way, this process can do something else, but for having more work done.

        Args:
            work: As in `done`.
            items: The same.
            kit: The same.
            send: The same; called for each item before this returns.
        """
        pieces = self._pieces(work, items, kit, send, is_patient=False)
        next(pieces)
        self._begun.append(pieces)
        return pieces

    @contextmanager
    def ended_by_failure(self) -> Iterator[None]:
        """End when something fails inside, so that nobody goes on with work whose ground is then taken away."""
        try:
            yield
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """Stop the work that was begun and that nobody waits for, and let those of this machine go."""
        while self._begun:
            self._begun.pop().close()
        if self._here is not None:
            self._here.end()
        if self._own is not None:
            self._own.end()

    def _pieces(
        self,
        work: Callable[[object, SentT], DoneT],
        items: Sequence[ItemT],
        kit: Callable[[], bytes],
        send: Callable[[ItemT], SentT],
        *,
        is_patient: bool,
    ) -> Generator[DoneT | None]:
        """Yield once when work is under way, and then what came out of each item."""
        if self._helpers is None or self._trouble:
            yield None
            yield from (None for _ in items)
            return
        with self._helpers.hands(kit()) as hands:
            begun: dict[int, Future[DoneT]] = {}
            most = hands.many * _AHEAD if is_patient else len(items)
            ahead = deque(range(len(items)))
            try:
                for number in range(-1, len(items)):
                    while ahead and (len(begun) < most or ahead[0] == number):
                        turn = ahead.popleft()
                        future = self._begin(hands, work, items[turn], send)
                        if future is not None:
                            begun[turn] = future
                    yield self._result(hands, begun.pop(number, None))
            finally:
                for future in begun.values():
                    future.cancel()

    def _begin(
        self,
        hands: Hands,
        work: Callable[[object, SentT], DoneT],
        item: ItemT,
        send: Callable[[ItemT], SentT],
    ) -> Future[DoneT] | None:
        if self._trouble:
            return None
        sent = send(item)
        try:
            return hands.executor.submit(work, hands.kit, sent)
        except Exception as error:  # noqa: BLE001  # what others raise is theirs; our own is raised again here
            self._trouble = _said(error)
            return None

    def _result(self, hands: Hands, future: Future[DoneT] | None) -> DoneT | None:
        while future is not None and not self._trouble:
            try:
                return future.result(timeout=_LOOK_AFTER)
            except TimeoutError:
                if not future.done() and hands.is_there():
                    continue
                self._trouble = "nobody is left to do it"
            except Exception as error:  # noqa: BLE001  # as above
                self._trouble = _said(error)
        return None


def _said(error: BaseException) -> str:
    text = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


@contextmanager
def crew_of(jobs: int, executor: str = "") -> Iterator[Crew]:
    """Gather those who work in a build.

    Args:
        jobs: How many processes of this machine may run.
        executor: The scheduler of a cluster instead, ``dask://HOST:PORT``; "" for none.

    Raises:
        UsageError: This is no such address.
        BlognetError: The cluster is out of reach, or has other versions.
    """
    if not executor:
        crew = Crew(jobs=jobs)
        try:
            yield crew
        finally:
            crew.end()
        return
    from blognet.net.dask_cluster import connected

    with connected(executor, program_mark) as cluster:
        crew = Crew(cluster, jobs=jobs)
        try:
            yield crew
        finally:
            crew.end()
