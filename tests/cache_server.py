"""A small cache server on loopback in the layout of Bazel's remote caches, as strict as bazel-remote is by default.

It checks bodies below ``/cas/`` by their digest and takes nothing below ``/ac/`` but an ActionResult, which it writes
anew with a field of its own; it gives none whose file it does not have. And it can misbehave.
"""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

from blognet.net.action_results import blob_from_result
from tests.loopback import LoopbackServer

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACE = re.compile(r"/pool/(ac|cas)/([0-9a-f]{64})")
_WORKER = b"\x4a\x08\x0a\x06worker"
"""Field 9, execution_metadata, whose field 1 is the name of a worker."""


class Manners(Enum):
    """How the server answers a GET of something it has."""

    GOOD = auto()
    WRONG_BYTES = auto()
    TRUNCATED = auto()
    HUGE = auto()
    ENDLESS = auto()
    SLOW = auto()
    ELSEWHERE = auto()
    BROKEN = auto()
    NONSENSE = auto()
    SILENT = auto()
    HANGS_UP = auto()
    ENDLESS_HEAD = auto()


@dataclass(kw_only=True)
class CacheServerForTests:
    """What it holds, and what it was asked.

    Attributes:
        held: Bodies by kind (``ac``, ``cas``) and key.
        asked: Method, kind and key of each request.
        logins: The Authorization headers that came.
    """

    manners: Manners = Manners.GOOD
    held: dict[tuple[str, str], bytes] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    logins: set[str] = field(default_factory=set)
    port: int = 0
    elsewhere: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/pool"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    shared: CacheServerForTests

    def do_GET(self) -> None:
        place = self._place()
        raw = self.shared.held.get(place) if place else None
        if raw is None or (place and place[0] == "ac" and not self._has_file(raw)):
            self._answer(404, b"Not found\n")
            return
        with suppress(OSError):
            self._give(raw)

    def do_HEAD(self) -> None:
        place = self._place()
        self._answer(200 if place in self.shared.held else 404, b"", body=False)

    def do_PUT(self) -> None:
        place = self._place()
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        if place is None:
            self._answer(400, b"no key\n")
            return
        if place[0] == "cas":
            if sha256(raw).hexdigest() != place[1]:
                self._answer(400, b"other digest\n")
                return
        else:
            try:
                blob_from_result(raw)
            except ValueError:
                self._answer(400, b"no ActionResult\n")
                return
            raw = _WORKER + raw
        self.shared.held[place] = raw
        self._answer(200, b"")

    def log_message(self, *_: object) -> None:
        pass

    def _place(self) -> tuple[str, str] | None:
        match = _PLACE.fullmatch(self.path)
        if match:
            self.shared.asked.append((self.command, match[1], match[2]))
        self.shared.logins.add(self.headers.get("Authorization", ""))
        return (match[1], match[2]) if match else None

    def _has_file(self, raw: bytes) -> bool:
        try:
            return ("cas", blob_from_result(raw).digest) in self.shared.held
        except ValueError:
            return True  # put there by a test

    def _answer(self, status: int, raw: bytes, *, body: bool = True) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        if body:
            self.wfile.write(raw)

    def _give(self, raw: bytes) -> None:  # noqa: C901, PLR0912  # one case for each way to misbehave
        match self.shared.manners:
            case Manners.GOOD:
                self._answer(200, raw)
            case Manners.WRONG_BYTES:
                self._answer(200, raw[:-1] + bytes([raw[-1] ^ 1]))
            case Manners.TRUNCATED:
                self.send_response(200)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw[: len(raw) // 2])
                self.close_connection = True
            case Manners.HUGE:
                self._answer(200, raw + b"x" * 3_000_000)
            case Manners.ENDLESS:
                self.send_response(200)
                self.end_headers()
                while not self.shared.over.is_set():
                    self.wfile.write(b"x" * 65536)
            case Manners.SLOW:
                self.send_response(200)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                for byte in raw:
                    self.wfile.write(bytes([byte]))
                    if self.shared.over.wait(0.2):
                        break
            case Manners.ELSEWHERE:
                self.send_response(302)
                self.send_header("Location", self.shared.elsewhere)
                self.send_header("Content-Length", "0")
                self.end_headers()
            case Manners.BROKEN:
                self._answer(500, b"no\n")
            case Manners.NONSENSE:
                self.wfile.write(b"220 mail.example.org ESMTP\r\n\r\n")
                self.close_connection = True
            case Manners.SILENT:
                self.shared.over.wait(60)
                self.close_connection = True
            case Manners.HANGS_UP:
                self.close_connection = True
            case Manners.ENDLESS_HEAD:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while not self.shared.over.is_set():
                    self.wfile.write(b"X-More: and more\r\n")


@contextmanager
def cache_server() -> Iterator[CacheServerForTests]:
    """Run a server for as long as the block lasts."""
    shared = CacheServerForTests()
    handler = type("Handler", (_Handler,), {"shared": shared})
    with LoopbackServer(handler) as server:
        shared.port = server.server_port
        shared.elsewhere = f"http://127.0.0.1:{shared.port}/elsewhere"
        with server.serving():
            try:
                yield shared
            finally:
                shared.over.set()
