"""A small HTTP server on loopback for tests: silent about clients that leave, and gone with all threads at the end."""

from __future__ import annotations

import socket
import sys
import threading
from contextlib import contextmanager, suppress
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.server import BaseHTTPRequestHandler

    Handler = Callable[..., BaseHTTPRequestHandler]


class LoopbackServer(ThreadingHTTPServer):
    """A server that listens on a free port from the moment it is made.

    Browsers open connections on suspicion and drop them when a page is closed. What a thread writes of that would land
    in whatever test runs by then, and a thread that outlives its server may even fail there.
    """

    daemon_threads = False  # closing waits for them
    request_queue_size = 64

    def __init__(self, handler: Handler) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), handler)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Answer in threads of its own until the block ends."""
        thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            thread.join()
            for each in tuple(self._open):
                with suppress(OSError):  # closed meanwhile
                    each.shutdown(socket.SHUT_RDWR)
            self.server_close()

    def process_request(self, request: object, client_address: object) -> None:
        """Remember the connection, so that it can be ended."""
        assert isinstance(request, socket.socket)
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: object) -> None:
        """Forget the connection and close it."""
        assert isinstance(request, socket.socket)
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a client go that hung up; anything else is a bug and shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as it came
