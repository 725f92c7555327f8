"""A Dask cluster on this machine: a scheduler and workers, each a process of its own, that end with the test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).parents[2]
_PATIENCE = 120.0
_QUIET = ("--no-dashboard",)


@dataclass(slots=True, kw_only=True)
class ClusterForTests:
    """A scheduler and its workers.

    Attributes:
        folder: Where they keep their files.
        workers: The processes of the workers.
    """

    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """As people type it after ``--executor``."""
        said: dict[str, str] = json.loads(self._file.read_bytes())
        return said["address"].replace("tcp://", "dask://")

    @property
    def _file(self) -> Path:
        return self.folder / "scheduler.json"

    @contextmanager
    def scheduler(self) -> Iterator[None]:
        """Run the scheduler."""
        here = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self._file))
        with self._process("distributed.cli.dask_scheduler", *here, "--no-jupyter"):
            _wait_for(self._file.exists)
            yield

    @contextmanager
    def worker(self, *, code: Path = CHECKOUT) -> Iterator[subprocess.Popen[bytes]]:
        """Run a worker that imports blognet from a folder."""
        place = self.folder / f"worker-{len(self.workers)}"
        place.mkdir()
        which = ("--scheduler-file", str(self._file), "--local-directory", str(place))
        how = ("--nthreads", "2", "--no-nanny")
        with self._process("distributed.cli.dask_worker", *which, *how, code=code) as process:
            self.workers.append(process)
            log = self.folder / f"distributed.cli.dask_worker-{process.pid}.log"
            _wait_for(lambda: b"Registered to" in log.read_bytes())
            yield process

    @contextmanager
    def _process(
        self, module: str, *arguments: str, code: Path = CHECKOUT
    ) -> Iterator[subprocess.Popen[bytes]]:
        environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONUNBUFFERED": "1"}
        with (self.folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments, *_QUIET],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=self.folder,
            )
        (self.folder / "log").rename(self.folder / f"{module}-{process.pid}.log")
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextmanager
def cluster(folder: Path, *, workers: int = 2) -> Iterator[ClusterForTests]:
    """Run a cluster."""
    running = ClusterForTests(folder=folder)
    with ExitStack() as stack:
        stack.enter_context(running.scheduler())
        for _ in range(workers):
            stack.enter_context(running.worker())
        yield running


def _wait_for(is_so: object) -> None:
    """Wait until something is so; a machine that is busy for two minutes fails the test."""
    end = time.monotonic() + _PATIENCE
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end, "the cluster does not come up"
        time.sleep(0.05)
