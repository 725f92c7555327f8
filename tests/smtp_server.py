"""A small real mail server on loopback: the states of RFC 5321, STARTTLS, TLS, AUTH PLAIN, and ways to misbehave.

It keeps what it was given. Everything is bounded: lines, messages, commands, and how long it waits for a client.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LONGEST_LINE = 2_000
_LONGEST_MESSAGE = 1_000_000
_MOST_COMMANDS = 1_000
_PATIENCE = 30


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How the server behaves.

    Attributes:
        security: ``none``, ``starttls`` or ``tls``.
        certificate: File with key and certificate, for the last two.
        users: Passwords by user; with any, nobody gets in without a login.
        refuses: Recipients that it does not know.
        refuses_text: Answers every message that holds this with an error.
        breaks_at: The number of the message, from 1, in which it hangs up before it answers.
        is_silent: Whether it accepts connections and says nothing.
        greeting: How it greets.
    """

    security: str = "none"
    certificate: Path | None = None
    users: Mapping[str, str] = field(default_factory=dict)
    refuses: frozenset[str] = frozenset()
    refuses_text: bytes = b""
    breaks_at: int = 0
    is_silent: bool = False
    greeting: str = "220 mail.test ready"


@dataclass(frozen=True, kw_only=True)
class Received:
    """A message as it came, with the envelope, and over what."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    user: str
    was_private: bool


@dataclass
class MailServerForTests:
    """A running server: where it listens, and what came."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    data_commands: int = 0


@contextmanager
def mail_server(manners: Manners) -> Iterator[MailServerForTests]:
    """Run a server in a thread of its own until the block ends."""
    server = MailServerForTests()
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(
        target=lambda: loop.run_until_complete(_serve(server, manners, ready, stop)), daemon=True
    )
    thread.start()
    try:
        assert ready.wait(_PATIENCE), "the mail server did not start"
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(_PATIENCE)
        assert not thread.is_alive()
        loop.close()


async def _serve(
    server: MailServerForTests, manners: Manners, ready: threading.Event, stop: asyncio.Event
) -> None:
    tasks: set[asyncio.Task[None]] = set()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        server.connections += 1
        try:
            await _Session(server, manners, reader, writer).run()
        except (OSError, EOFError, TimeoutError, ValueError, asyncio.CancelledError):
            pass  # the client has gone, talks nonsense, or the test is over
        finally:
            writer.transport.abort()
            tasks.discard(task)

    context = _context(manners) if manners.security == "tls" else None
    listening = await asyncio.start_server(meet, "127.0.0.1", 0, limit=_LONGEST_LINE, ssl=context)
    server.port = listening.sockets[0].getsockname()[1]
    ready.set()
    await stop.wait()
    listening.close()
    for task in tuple(tasks):
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=_PATIENCE)
    await asyncio.sleep(0)


def _context(manners: Manners) -> ssl.SSLContext:
    assert manners.certificate is not None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(manners.certificate)
    return context


class _Session:
    """One client, from the greeting to QUIT."""

    def __init__(
        self,
        server: MailServerForTests,
        manners: Manners,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._server = server
        self._manners = manners
        self._reader = reader
        self._writer = writer
        self._private = manners.security == "tls"
        self._user = ""
        self._sender: str | None = None
        self._recipients: list[str] = []

    async def run(self) -> None:
        if self._manners.is_silent:
            await asyncio.sleep(_PATIENCE)
            return
        await self._say(self._manners.greeting)
        for _ in range(_MOST_COMMANDS):
            line = await self._line()
            word, _, rest = line.partition(" ")
            if not await self._answer(word.upper(), rest):
                return

    async def _answer(self, word: str, rest: str) -> bool:
        """Answer one command; say whether to go on."""
        match word:
            case "EHLO" | "HELO":
                await self._greet()
            case "STARTTLS" if self._manners.security == "starttls" and not self._private:
                await self._say("220 go ahead")
                await self._writer.start_tls(_context(self._manners))
                self._private = True
            case "AUTH":
                await self._log_in(rest)
            case "QUIT":
                await self._say("221 bye")
                return False
            case _:
                return await self._mail(word, rest)
        return True

    async def _mail(self, word: str, rest: str) -> bool:
        """Answer one command of a message's transaction; say whether to go on."""
        match word:
            case "MAIL" if self._manners.users and not self._user:
                await self._say("530 5.7.0 log in first")
            case "MAIL":
                self._sender, self._recipients = _address(rest), []
                await self._say("250 ok")
            case "RCPT" if self._sender is None:
                await self._say("503 MAIL first")
            case "RCPT" if _address(rest) in self._manners.refuses:
                await self._say("550 5.1.1 no such mailbox")
            case "RCPT":
                self._recipients.append(_address(rest))
                await self._say("250 ok")
            case "DATA" if not self._recipients:
                await self._say("503 RCPT first")
            case "DATA":
                return await self._take()
            case "RSET":
                self._sender, self._recipients = None, []
                await self._say("250 ok")
            case _:
                await self._say("502 unknown")
        return True

    async def _greet(self) -> None:
        offers = ["mail.test", "8BITMIME"]
        if self._manners.security == "starttls" and not self._private:
            offers.append("STARTTLS")
        if self._manners.users and (self._private or self._manners.security == "none"):
            offers.append("AUTH PLAIN")
        for offer in offers[:-1]:
            await self._say(f"250-{offer}")
        await self._say(f"250 {offers[-1]}")

    async def _log_in(self, rest: str) -> None:
        mechanism, _, given = rest.partition(" ")
        if mechanism.upper() != "PLAIN":
            await self._say("504 unknown mechanism")
            return
        _, user, password = base64.b64decode(given).decode().split("\0")
        if self._manners.users.get(user) == password:
            self._user = user
            await self._say("235 welcome")
        else:
            await self._say(f"535 5.7.8 wrong password {password}")

    async def _take(self) -> bool:
        self._server.data_commands += 1
        await self._say("354 go on")
        raw = b""
        while (line := await self._raw_line()) != b".\r\n":
            raw += line.removeprefix(b".")
            if len(raw) > _LONGEST_MESSAGE:
                await self._say("552 too much")
                return False
        if self._server.data_commands == self._manners.breaks_at:
            return False
        if self._manners.refuses_text and self._manners.refuses_text in raw:
            await self._say("554 5.7.1 not this one")
        else:
            self._server.received.append(
                Received(
                    sender=self._sender or "",
                    recipients=tuple(self._recipients),
                    raw=raw,
                    user=self._user,
                    was_private=self._private,
                )
            )
            await self._say("250 taken")
        self._sender, self._recipients = None, []
        return True

    async def _line(self) -> str:
        return (await self._raw_line()).decode("ascii").rstrip("\r\n")

    async def _raw_line(self) -> bytes:
        line = await asyncio.wait_for(self._reader.readline(), _PATIENCE)
        if not line.endswith(b"\r\n"):
            raise EOFError
        return line

    async def _say(self, text: str) -> None:
        self._writer.write(f"{text}\r\n".encode())
        await self._writer.drain()


def _address(rest: str) -> str:
    """Return the address of ``FROM:<ann@example.org> size=…``."""
    return rest.partition("<")[2].partition(">")[0]
