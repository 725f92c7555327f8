"""The sockets: HTTP on loopback, GET and HEAD alone, and server-sent events. What is answered is decided elsewhere.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import json
import socket
import socketserver
import sys
from contextlib import suppress
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from threading import BoundedSemaphore, Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blognet.kernel.errors import BlognetError
from blognet.preview.addresses import EVENTS
from blognet.preview.answers import Answer, View, part_of
from blognet.preview.faults import MOST
from blognet.preview.gate import refusal

if TYPE_CHECKING:
    from blognet.preview.told import Showing, Told

HOST = "127.0.0.1"
_MOST_LISTENERS = 64
_HEARTBEAT = 10.0
_IDLE = 30.0
_ALWAYS = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


def refuse_taken(port: int) -> None:
    """Find out whether a port can be had, before anything is looked at.

    Raises:
        BlognetError: The port is taken.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError as error:
            raise _taken(port, error) from error


class PreviewServer(socketserver.ThreadingTCPServer):
    """The server of one session; a thread for each connection, all gone when it is closed."""

    allow_reuse_address = True
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, session: Showing, *, view: View, port: int) -> None:
        """Bind to loopback.

        Args:
            session: What is shown.
            view: What stands at the root.
            port: 0 for any that is free.

        Raises:
            BlognetError: The port is taken.
        """
        self.session = session
        self.view = view
        self.closing = Event()
        self.open_sockets: set[socket.socket] = set()
        self.listeners = BoundedSemaphore(_MOST_LISTENERS)
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise _taken(port, error) from error

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """The address of the home page."""
        return f"http://{HOST}:{self.port}{self.session.told.base}/"

    def start(self) -> Thread:
        """Serve in a thread of its own."""
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """Stop serving and free the port."""
        self.closing.set()
        self.session.end()
        self.shutdown()
        for each in tuple(self.open_sockets):
            with suppress(OSError):  # closed meanwhile
                each.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def process_request(self, request: object, client_address: object) -> None:
        """Remember the connection, so that it can be ended."""
        if isinstance(request, socket.socket):
            self.open_sockets.add(request)
        super().process_request(request, client_address)  # type: ignore[arg-type]  # as it came

    def shutdown_request(self, request: object) -> None:
        """Forget the connection and close it."""
        if isinstance(request, socket.socket):
            self.open_sockets.discard(request)
        super().shutdown_request(request)  # type: ignore[arg-type]  # as it came

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a browser go that hung up; anything else is a bug and shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as it came


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version = "blognet"
    sys_version = ""
    timeout = _IDLE
    disable_nagle_algorithm = True

    def do_GET(self) -> None:  # the name is part of the standard library's protocol
        self._answer()

    def do_HEAD(self) -> None:  # likewise
        self._answer()

    def _answer(self) -> None:
        if self._has_body():
            self.close_connection = True
        # A header that came twice is joined, so that no Host hides behind another.
        names = {name.lower() for name in self.headers}
        headers = {name: ", ".join(self.headers.get_all(name, [])) for name in names}
        if words := refusal(headers, port=self.server.port):
            self._give(_plain(403, words))
            return
        session = self.server.session
        if urlsplit(self.path).path == session.told.base + EVENTS:
            self._give_events()
            return
        whole = session.answer(self.path)
        wanted = headers.get("range", "") if self.command == "GET" else ""
        self._give(part_of(whole, "" if "if-range" in headers else wanted))

    def _give(self, given: Answer) -> None:
        self.send_response(given.status)
        for name, value in (*_ALWAYS, *given.headers):
            self.send_header(name, value)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(given.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(given.body)

    def _give_events(self) -> None:
        self.close_connection = True
        if self.command == "HEAD" or not self.server.listeners.acquire(blocking=False):
            self._give(_plain(503, "too many pages listen already"))
            return
        try:
            self.send_response(200)
            for name, value in (*_ALWAYS, ("Content-Type", "text/event-stream")):
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"retry: 500\n\n")
            self._tell_states()
        finally:
            self.server.listeners.release()

    def _tell_states(self) -> None:
        session = self.server.session
        told: Told | None = session.told
        version = 0
        while not self.server.closing.is_set():
            if told is None:
                self.wfile.write(b": still here\n\n")
            else:
                version = told.version
                self.wfile.write(_event(told))
            told = session.wait_for_other(version, seconds=_HEARTBEAT)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no proper request, and every method but GET and HEAD, in plain words."""
        del explain
        self.close_connection = True
        is_method = code == HTTPStatus.NOT_IMPLEMENTED
        given = _plain(
            405 if is_method else code, "GET and HEAD only" if is_method else message or ""
        )
        if is_method:
            given = Answer(
                status=405, headers=(*given.headers, ("Allow", "GET, HEAD")), body=given.body
            )
        self._give(given)

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what changed."""

    def _has_body(self) -> bool:
        return "transfer-encoding" in self.headers or self.headers.get("content-length", "0") != "0"


def _taken(port: int, error: OSError) -> BlognetError:
    message = f"port {port} on {HOST} cannot be used: {error.strerror or error}"
    return BlognetError(message, hint="name another: --port 8001, or 0 for any")


def _plain(status: int, words: str) -> Answer:
    headers = (("Content-Type", "text/plain; charset=utf-8"),)
    return Answer(status=status, headers=headers, body=f"{words}\n".encode())


def _event(told: Told) -> bytes:
    said = {
        "version": told.version,
        "styles": told.styles,
        "faults": [asdict(fault) for fault in told.faults[:MOST]],
    }
    return f"event: state\ndata: {json.dumps(said)}\n\n".encode()
