"""A message as an e-mail (RFC 5322) or a Markdown file: bytes, and nothing is sent.

The body is UTF-8 in quoted-printable, so that no line is too long or begins with a dot or "From ". Message-ID is made
from the letter's key: the same letter sent twice is one message to most mail programs. The letters to a person about
a subject hang together: each names the same thread in In-Reply-To and References. A letter about several subjects has
several parents, for which RFC 5322 (section 3.6.4) leaves References out.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blognet.kernel.yamlwrite import yaml_scalar
from blognet.moderation.message_writing import plain

if TYPE_CHECKING:
    from datetime import datetime

    from blognet.moderation.messages import Letter

_PLAIN_HOST = "localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A name with an address; the address is ASCII and was checked where it came from."""

    name: str
    address: str

    @property
    def header(self) -> Address:
        """As a header holds it."""
        return Address(display_name=plain(self.name), addr_spec=self.address)


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
    mail = EmailMessage(policy=SMTP)
    mail["From"] = mark.sender.header
    mail["To"] = Mailbox(name=reader.name, address=reader.address).header
    others = tuple(box for box in mark.reply_to if box.address != mark.sender.address)
    if others:
        mail["Reply-To"] = tuple(box.header for box in mark.reply_to)
    mail["Subject"] = plain(letter.topic)
    mail["Date"] = format_datetime(mark.time)
    mail["Message-ID"] = message_id(letter.key, mark.site_url)
    threads = [message_id(thread, mark.site_url) for thread in letter.threads]
    if threads:
        mail["In-Reply-To"] = " ".join(threads)
    if len(threads) == 1:
        mail["References"] = threads[0]
    if mark.is_draft:
        mail["X-Unsent"] = "1"
    mail.set_content(letter.body, charset="utf-8", cte="quoted-printable")
    mail["Content-Language"] = reader.language
    return mail.as_bytes()


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
