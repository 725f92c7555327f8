"""A message as an e-mail (RFC 5322) or a Markdown file: bytes, and nothing is sent.

The body is UTF-8 in quoted-printable, so that no line is too long or begins with a dot or "From ". Message-ID is made
from the letter's key: the same letter sent twice is one message to most mail programs. The letters to a person about
a subject hang together: each names the same thread in In-Reply-To and References. A letter about several subjects has
several parents, for which RFC 5322 (section 3.6.4) leaves References out.
"""

from __future__ import annotations

import quopri
import re
from base64 import b64encode
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blognet.kernel.yamlwrite import yaml_scalar
from blognet.moderation.message_writing import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from blognet.moderation.messages import Letter

_PLAIN_HOST = "localhost"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '-]{0,59}")
_LONGEST_PLAIN = 60
_WORD_BYTES = 42
"""Bytes of text in an encoded word, which may have 75 characters."""
_FOLD = "\r\n "


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A name with an address; the address is ASCII and was checked where it came from."""

    name: str
    address: str

    @property
    def header(self) -> str:
        """As a header holds it: ``Ann <ann@example.org>``; a name with signs that mean something there is encoded."""
        name = plain(self.name)
        if not name:
            return self.address
        if not _PLAIN_NAME.fullmatch(name):
            words = (f"=?utf-8?b?{b64encode(part).decode('ascii')}?=" for part in _parts(name))
            name = _FOLD.join(words)
        return f"{name}{_FOLD}<{self.address}>" if _FOLD in name else f"{name} <{self.address}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmark:
    """What an e-mail needs beside its letter.

    Attributes:
        sender: Who it comes from.
        reply_to: Where answers go; () for the sender.
        time: When it is written, aware, in the zone to show.
        site_url: Its host makes message ids unique.
        is_draft: Whether a mail program should open it as a message still to be sent.
    """

    sender: Mailbox
    reply_to: tuple[Mailbox, ...]
    time: datetime
    site_url: str
    is_draft: bool


def mail_bytes(letter: Letter, mark: Postmark) -> bytes:
    """Return an e-mail with CRLF line ends, in ASCII.

    Raises:
        ValueError: The reader has no address.
    """
    reader = letter.reader
    if not reader.address:
        message = f"{reader.id} has no address"
        raise ValueError(message)
    threads = [message_id(thread, mark.site_url) for thread in letter.threads]
    answered_elsewhere = any(box.address != mark.sender.address for box in mark.reply_to)
    headers = {
        "From": mark.sender.header,
        "To": Mailbox(name=reader.name, address=reader.address).header,
        "Reply-To": ",\r\n ".join(box.header for box in mark.reply_to if answered_elsewhere),
        "Subject": header_text(letter.topic),
        "Date": format_datetime(mark.time),
        "Message-ID": message_id(letter.key, mark.site_url),
        "In-Reply-To": "\r\n ".join(threads),
        "References": threads[0] if len(threads) == 1 else "",
        "X-Unsent": "1" if mark.is_draft else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "quoted-printable",
        "Content-Language": reader.language,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
    return f"{head}\r\n".encode("ascii") + _quoted_printable(letter.body)


def header_text(text: str) -> str:
    """Return a text as a header holds it: as it is, or in encoded words (RFC 2047).

    Anything but short, plain ASCII is encoded, and so is what could be taken for an encoded word: the library's own
    headers decode such a text once more, line ends and all.
    """
    shown = plain(text)
    if shown.isascii() and "=?" not in shown and len(shown) <= _LONGEST_PLAIN:
        return shown
    return _FOLD.join(f"=?utf-8?b?{b64encode(part).decode('ascii')}?=" for part in _parts(shown))


def _parts(text: str) -> Iterator[bytes]:
    """Cut a text into pieces that fit into encoded words, none of them inside a character."""
    piece = b""
    for character in text:
        raw = character.encode("utf-8", "replace")
        if len(piece) + len(raw) > _WORD_BYTES:
            yield piece
            piece = b""
        piece += raw
    if piece:
        yield piece


def _quoted_printable(body: str) -> bytes:
    """Encode a text (RFC 2045, section 6.7), also the "From " that some mailboxes take for another message."""
    encoded = quopri.encodestring(body.encode("utf-8", "replace"))
    lines = (
        b"=46" + line[1:] if line.startswith(b"From ") else line for line in encoded.split(b"\n")
    )
    return b"\r\n".join(lines)


def message_id(key: str, site_url: str) -> str:
    """Return a Message-ID: the key at the site's host."""
    host = urlsplit(site_url).hostname or _PLAIN_HOST
    try:
        ascii_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_host = _PLAIN_HOST
    return f"<{key}@{ascii_host.replace(':', '.')}>"


def markdown_text(letter: Letter) -> str:
    """Return a letter as a Markdown file, to be handed over by any other way."""
    head = {"to": letter.reader.name, "email": letter.reader.address, "subject": letter.topic}
    lines = [f"{key}: {yaml_scalar(plain(value))}" for key, value in head.items() if value]
    return "\n".join(["---", *lines, "---", "", letter.body])
