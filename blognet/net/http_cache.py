"""A shared cache over HTTP in the layout of Bazel's: ``/ac/KEY`` names bytes, ``/cas/SHA256`` holds them.

Nothing that a server does can fail a run or change a result. What it gives counts only when it bears the seal of our
key for exactly this entry, and is the bytes that the seal names. A server that is out of reach, answers nonsense or
takes too long is left alone after `FEW` failures or `HttpCache`'s seconds, and `trouble` says so in one sentence. No
redirect is followed, no proxy asked. Knows nothing of what it carries.
"""

from __future__ import annotations

import base64
import http.client
import queue
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blognet.kernel.hashing import sha256_hex
from blognet.kernel.sealing import is_sealed, seal
from blognet.net.action_results import NamedBlob, blob_as_result, blob_from_result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

FEW = 3
"""So many failures, and the server is not asked again."""
SECONDS = 30.0
"""How long a whole run may wait for the server, all in all."""
LARGEST = 16 * 1024 * 1024
"""The most bytes of one entry."""
_SECONDS_EACH = 5.0
_LARGEST_RESULT = 16 * 1024
_LINES = 8
_SECONDS_TO_HANG_UP = 1.0
_PURPOSE = "blognet cache entry 1"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_OK, _NOT_FOUND = 200, 404
_STORED = frozenset({200, 201, 204})


class _FailedError(Exception):
    """One entry could not be had or stored; the reason is a part of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheServer:
    """Where the cache is, and how it knows us and we know its entries.

    Attributes:
        url: Whole http or https address without a slash at its end.
        key: The key of seals, shared by all who use the cache.
        login: ``user:password`` for the server; "" for none.
    """

    url: str
    key: bytes
    login: str = ""

    @property
    def may_see_login(self) -> bool:
        """Whether a password travels unseen: over TLS, or not over a network at all."""
        parts = urlsplit(self.url)
        return parts.scheme == "https" or parts.hostname in _LOOPBACK


class HttpCache:
    """Entries by key, as far as a server has them."""

    def __init__(self, server: CacheServer, *, seconds: float | None = None) -> None:
        """Keep where the server is; nothing is asked yet.

        Args:
            server: Where to.
            seconds: How long all that is asked of this object may take together; `SECONDS` when None.
        """
        self._server = server
        self._seconds_left = SECONDS if seconds is None else seconds
        self._failures = 0
        self.trouble = ""

    def get(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        """Return what the server has, and can be trusted, of these entries."""
        found: dict[str, bytes] = {}

        def ask(line: _Line, key: str) -> None:
            raw = _got(line, self._server.key, key)
            if raw is not None:
                found[key] = raw

        self._each(ask, tuple(keys))
        return dict(found)

    def put(self, entries: Mapping[str, bytes]) -> None:
        """Hand entries to the server; those it does not take are not there, and nothing else happens."""
        self._each(partial(_store, key=self._server.key, entries=entries), tuple(entries))

    def _each(self, ask: Callable[[_Line, str], None], keys: tuple[str, ...]) -> None:
        """Do something for every key over several lines at once, for as long as the server deserves it."""
        if not keys or self.trouble:
            return
        todo: queue.SimpleQueue[str] = queue.SimpleQueue()
        done: queue.SimpleQueue[str] = queue.SimpleQueue()
        for key in keys:
            todo.put(key)
        lines = [_Line(self._server) for _ in range(min(_LINES, len(keys)))]
        # Daemons: a system that looks up a name for minutes must not keep the program from ending.
        threads = [
            threading.Thread(target=_work, args=(line, ask, todo, done), daemon=True)
            for line in lines
        ]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        self._watch(done, len(keys), until=began + self._seconds_left)
        for line in lines:
            line.cut()
        for thread in threads:
            thread.join(_SECONDS_TO_HANG_UP)
        self._seconds_left -= time.monotonic() - began

    def _watch(self, done: queue.SimpleQueue[str], many: int, *, until: float) -> None:
        for _ in range(many):
            try:
                failure = done.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                self.trouble = "it took too long"
                return
            self._failures += bool(failure)
            if self._failures >= FEW:
                self.trouble = failure
                return


class _Line:
    """One connection, opened when it is needed and kept open between requests."""

    def __init__(self, server: CacheServer) -> None:
        parts = urlsplit(server.url)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._connection = kind(parts.hostname or "", parts.port, timeout=_SECONDS_EACH)
        self._base = parts.path
        self._headers = {"User-Agent": "blognet", "Accept-Encoding": "identity"}
        if server.login and server.may_see_login:
            word = base64.b64encode(server.login.encode("utf-8")).decode("ascii")
            self._headers["Authorization"] = f"Basic {word}"
        self.is_cut = False

    def ask(
        self, method: str, path: str, *, body: bytes | None = None, at_most: int = _LARGEST_RESULT
    ) -> tuple[int, bytes]:
        """Return the status and the first bytes of an answer, one more than `at_most` when it is longer.

        Raises:
            _FailedError: There is no answer.
        """
        was_open = self._connection.sock is not None
        try:
            try:
                return self._asked(method, path, body, at_most)
            except (http.client.RemoteDisconnected, ConnectionError):
                if not was_open or self.is_cut:
                    raise
                self.hang_up()  # servers end idle connections whenever they like
                return self._asked(method, path, body, at_most)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.hang_up()
            message = f"it could not be asked ({str(error)[:100] or type(error).__name__})"
            raise _FailedError(message) from error

    def _asked(self, method: str, path: str, body: bytes | None, at_most: int) -> tuple[int, bytes]:
        self._connection.request(method, self._base + path, body=body, headers=self._headers)
        response = self._connection.getresponse()
        raw = response.read(at_most + 1)
        if len(raw) > at_most or response.will_close:
            self.hang_up()  # the rest of a longer answer is not waited for
        return response.status, raw

    def cut(self) -> None:
        """End whatever another thread waits for on this line."""
        self.is_cut = True
        opened = self._connection.sock
        if isinstance(opened, socket.socket):
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """Close the connection; the next question opens a new one."""
        with suppress(OSError):
            self._connection.close()


def _work(
    line: _Line,
    ask: Callable[[_Line, str], None],
    todo: queue.SimpleQueue[str],
    done: queue.SimpleQueue[str],
) -> None:
    try:
        while not line.is_cut:
            key = todo.get_nowait()
            try:
                ask(line, key)
            except _FailedError as failure:
                done.put(str(failure))
            else:
                done.put("")
    except queue.Empty:
        pass
    finally:
        line.hang_up()


def _got(line: _Line, secret: bytes, key: str) -> bytes | None:
    status, raw = line.ask("GET", f"/ac/{_address(key)}")
    if status == _NOT_FOUND:
        return None
    _expect(status == _OK, f"it answered with status {status}")
    try:
        named = blob_from_result(raw[:_LARGEST_RESULT])
    except ValueError as error:
        message = "an entry is not what blognet writes"
        raise _FailedError(message) from error
    good = is_sealed(named.seal, secret, _PURPOSE, key, named.digest, str(named.size))
    _expect(good, "an entry does not bear the seal of BLOGNET_CACHE_KEY")
    _expect(named.size <= LARGEST, "an entry is too large")
    status, raw = line.ask("GET", f"/cas/{named.digest}", at_most=named.size)
    if status == _NOT_FOUND:  # servers drop what was not used for long, one by one
        return None
    _expect(status == _OK, f"it answered with status {status}")
    same = len(raw) == named.size and sha256_hex(raw) == named.digest
    _expect(same, "an entry holds other bytes than it should")
    return raw


def _store(line: _Line, name: str, *, key: bytes, entries: Mapping[str, bytes]) -> None:
    raw = entries[name]
    if len(raw) > LARGEST:
        return
    digest = sha256_hex(raw)
    if line.ask("HEAD", f"/cas/{digest}")[0] != _OK:
        status, _ = line.ask("PUT", f"/cas/{digest}", body=raw)
        _expect(status in _STORED, f"it did not take an entry (status {status})")
    sealed = seal(key, _PURPOSE, name, digest, str(len(raw)))
    blob = NamedBlob(digest=digest, size=len(raw), seal=sealed)
    status, _ = line.ask("PUT", f"/ac/{_address(name)}", body=blob_as_result(blob))
    _expect(status in _STORED, f"it did not take an entry (status {status})")


def _address(key: str) -> str:
    return sha256_hex(f"blognet text {key}".encode())


def _expect(right: bool, message: str) -> None:  # noqa: FBT001  # reads like assert
    if not right:
        raise _FailedError(message)
