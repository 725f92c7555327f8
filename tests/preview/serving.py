"""A preview that runs on loopback while a test looks at it."""

from __future__ import annotations

import http.client
import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blognet.actions.prospect import viewable
from blognet.actions.showing import Onlooker
from blognet.preview.answers import View
from blognet.preview.run import Serving, serve
from blognet.preview.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NOW = datetime(2070, 1, 1, 12, tzinfo=UTC)
PATIENCE = 60.0
"""Seconds after which something that should happen will not; no test waits so long when all is well."""


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Listening:
    """A preview that listens, in whatever process."""

    address: str
    port: int

    def get(self, path: str, *, method: str = "GET", host: str = "", **headers: str) -> Got:
        """Ask for a path, as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True)
            connection.putheader("Host", host or f"127.0.0.1:{self.port}")
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return Got(
                status=answer.status,
                headers={name.lower(): value for name, value in answer.getheaders()},
                body=answer.read(),
            )
        finally:
            connection.close()

    @contextmanager
    def events(self) -> Iterator[Iterator[dict[str, object]]]:
        """Listen to the states."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", f"{urlsplit(self.address).path}_blognet/events")
            answer = connection.getresponse()
            assert answer.getheader("Content-Type") == "text/event-stream"
            lines = iter(answer.readline, b"")
            yield (json.loads(line[6:]) for line in lines if line.startswith(b"data: "))
        finally:
            connection.close()


@dataclass(frozen=True)
class Preview(Listening):
    """A preview that runs in this process."""

    session: Session

    def settled(self, version: int) -> int:
        """Wait for a state after `version`; return its number."""
        state = self.session.wait_for_other(version, seconds=PATIENCE)
        assert state is not None, "nothing was noticed"
        return state.version


@contextmanager
def serving(
    root: Path, *, view: View = View.SITE, drafts: bool = True, poll: bool = False
) -> Iterator[Preview]:
    """Serve a network until the block ends."""
    onlooker = Onlooker(root, began=NOW, choose=lambda found: viewable(found, drafts=drafts))
    session = Session(onlooker, clock=lambda: NOW, view=view)
    began: list[Serving] = []
    ready, stop = Event(), Event()

    def note(one: Serving) -> None:
        began.append(one)
        ready.set()

    def run() -> None:
        serve(root, session, view=view, port=0, poll=poll, stop=stop, began=note)

    thread = Thread(target=run)
    thread.start()
    try:
        assert ready.wait(PATIENCE)
        server = began[0].server
        yield Preview(address=server.address, port=server.port, session=session)
    finally:
        stop.set()
        thread.join()
