"""What a command costs: time on the clock, processor time and memory of all its processes. Knows no generators."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_EVERY = 0.05
_SHARE = 0.02
"""Of one processor, at most, for looking at memory: to count the pages of a large process takes milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run of a command cost.

    Attributes:
        wall: Seconds on the clock.
        processor: Seconds of processor time, user and system, of all processes.
        memory: Bytes that all processes together held at most, shared pages counted once; looked at 20 times a second,
            or less often where looking takes long.
    """

    wall: float
    processor: float
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much a folder holds."""

    files: int
    total: int


def cost_of(command: tuple[str, ...], *, folder: Path, settings: Mapping[str, str]) -> Cost:
    """Run a command and return its cost.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        settings: Environment variables to add.

    Raises:
        RuntimeError: The command failed; the message holds the end of what it said.
    """
    log = folder / ".bench-log"
    with log.open("wb") as said:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,  # so that all its processes can be told from others
        )
        watch = _MemoryWatch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    held = watch.stop()
    if process.returncode != 0:
        message = f"{' '.join(command)} failed: {log.read_text(errors='replace')[-2000:]}"
        raise RuntimeError(message)
    log.unlink()
    return Cost(
        wall=wall,
        processor=used.ru_utime + used.ru_stime,
        memory=held or used.ru_maxrss * 1024,  # without /proc: of the largest process
    )


def size_of(folder: Path) -> Size:
    """Count the files of a folder and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Size(files=len(sizes), total=sum(sizes))


class _MemoryWatch:
    """Looks at the memory of a session's processes until it is stopped."""

    def __init__(self, session: int) -> None:
        self._session = session
        self._most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> int:
        """Return the most that was seen, in bytes; 0 where there is no ``/proc``."""
        self._ended.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        spent = 0.0
        while not self._ended.wait(max(_EVERY, spent / _SHARE)):
            begin = time.thread_time()
            self._most = max(self._most, sum(map(_held_by, _processes_of(self._session))))
            spent = time.thread_time() - begin


def _processes_of(session: int) -> Iterator[Path]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[3]) == session:
            yield folder


def _held_by(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
