"""Processes of a Dask cluster. Knows no pages: work and its results pass through as they are.

A cluster is trusted like this machine: its scheduler and workers see everything that is on the site, what they answer
is unpickled here, and their bytes go to the site. What is checked is that every worker has the same program.
"""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from blognet.kernel.errors import BlognetError, UsageError
from blognet.kernel.hands import Hands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distributed import Client

_ADDRESS = re.compile(r"dask://((?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\]):[0-9]{1,5})")
_PATIENCE = 10
"""Seconds in which a scheduler answers."""


class Cluster:
    """The workers of one scheduler, for one build."""

    def __init__(self, client: Client, mark: str) -> None:
        """Keep a client that is connected, and what names the program here."""
        self._client = client
        self._mark = mark

    @contextmanager
    def hands(self, kit: bytes) -> Iterator[Hands]:
        """Send a kit to every worker, and take it back at the end."""
        client = self._client
        held = client.scatter((self._mark, kit), broadcast=True, hash=False, timeout=_PATIENCE)
        executor = client.get_executor(pure=False)
        try:
            yield Hands(
                executor=executor,
                many=max(1, len(client.nthreads())),
                kit=held,
                is_there=self._is_there,
            )
        finally:
            with suppress(Exception):  # it is over with the cluster anyhow
                executor.shutdown(wait=False)

    def _is_there(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except Exception:  # noqa: BLE001  # whatever Dask raises: nobody answers
            return False


@contextmanager
def connected(address: str, mark: Callable[[], str]) -> Iterator[Cluster]:
    """Connect to a cluster whose workers all have this program.

    Args:
        address: ``dask://HOST:PORT`` of the scheduler.
        mark: Names the program of the process that calls it. A function of a module that the workers have, too.

    Raises:
        UsageError: This is no such address.
        BlognetError: Dask is not installed, nobody answers, or a worker has another program.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        message = (
            f"--executor is '{address}', expected the scheduler of a Dask cluster: dask://HOST:PORT"
        )
        raise UsageError(message, hint="for example: --executor dask://127.0.0.1:8786")
    client = _client(f"tcp://{found[1]}", address)
    try:
        _check_workers(client, address, mark)
        yield Cluster(client, mark())
    finally:
        with suppress(Exception):  # what was to be done is done, or another error is on its way
            client.close(timeout=_PATIENCE)


def _client(place: str, address: str) -> Client:
    try:
        from distributed import Client  # noqa: PLC0415  # the extra `dask`
        from distributed.versions import VersionMismatchWarning  # noqa: PLC0415
    except ImportError:
        message = f"to build on {address}, blognet needs its extra 'dask', which is not installed"
        raise BlognetError(message, hint="type: pip install 'blognet[dask]'") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said by us
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", VersionMismatchWarning)  # looked at below
        try:
            return Client(place, timeout=_PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            message = f"the cluster at {address} cannot be reached: {_said(error)}"
            hint = "start one with: dask scheduler, and on each machine: dask worker HOST:PORT"
            raise BlognetError(message, hint=hint) from error


def _check_workers(client: Client, address: str, mark: Callable[[], str]) -> None:
    try:
        marks = client.run(mark, on_error="return")
    except Exception as error:  # whatever Dask raises about a cluster that is not fit for work
        message = f"the cluster at {address} does not answer: {_said(error)}"
        raise BlognetError(message, hint="look at what its scheduler and workers say") from error
    if not marks:
        message = f"the cluster at {address} has no workers"
        raise BlognetError(
            message, hint=f"start one: dask worker {address.removeprefix('dask://')}"
        )
    other = sorted(worker for worker, found in marks.items() if found != mark())
    if other:
        message = f"another blognet, Python or library than here runs on {', '.join(other)}"
        hint = "install the same versions on all machines, then start the workers anew; or leave --executor out"
        raise BlognetError(message, hint=hint)


def _said(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
