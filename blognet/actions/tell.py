"""Tell: write messages into the outbox, or send them. What there is to tell is `blognet.actions.telling`.

What was told is remembered after each message, so that a run that ends in the middle tells nothing twice and forgets
nothing; what could not be told stays for the next run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.asked import deciders
from blognet.actions.readers import readers_of
from blognet.config.messages import parse_mailbox
from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.told import keep_told
from blognet.disk.writing import replace_file
from blognet.kernel.errors import ConfigError
from blognet.moderation.letter_mail import Mailbox, Postmark, mail_bytes, markdown_text
from blognet.moderation.messages import short_id
from blognet.net.smtp import Envelope, MailServer, send

if TYPE_CHECKING:
    from datetime import date

    from blognet.actions.network import Network
    from blognet.actions.telling import Telling
    from blognet.disk.told import Told
    from blognet.moderation.messages import Letter

OUTBOX = "outbox"
_NAME_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A message that was told: written to a path in the network folder, or sent to an address."""

    letter: Letter
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """What came of telling.

    Attributes:
        delivered: What was told.
        failed: What was not, each with a sentence that says why.
        told: What has been told by now.
    """

    delivered: tuple[Delivered, ...]
    failed: tuple[tuple[Letter, str], ...]
    told: Told


def write_outbox(network: Network, found: Telling, told: Told, *, as_markdown: bool) -> Deliveries:
    """Write each message as a file into ``.blognet/outbox/``.

    A message to somebody without an address becomes Markdown, to be handed over some other way. A file that lies there
    already under the same name holds the same news and is replaced.

    Raises:
        BlognetError: The disk refuses. What was written before is remembered as told.
        ConfigError: There is no sender for an e-mail.
    """
    files = [(letter, *_file(network, letter, as_markdown=as_markdown)) for letter in found.letters]
    delivered: list[Delivered] = []
    for letter, name, raw in files:
        replace_file(private_folder(network.root, OUTBOX) / name, raw)
        told = remembered(network, told, letter, found.today)
        delivered.append(Delivered(letter=letter, where=f"{PRIVATE}/{OUTBOX}/{name}"))
    return Deliveries(delivered=tuple(delivered), failed=(), told=told)


def send_letters(network: Network, found: Telling, told: Told) -> Deliveries:
    """Send each message over one connection to the mail server of the settings.

    Raises:
        BlognetError: The server cannot be reached or refuses the login; nothing was sent.
        ConfigError: There is no mail server or no sender in the settings, or the password is not known.
    """
    server = _server(network)
    if not network.config.messages.sender:
        message = "messages have no sender"
        hint = "add to blognet.yml: messages: {from: ann@example.org} with an address that a mayor reads"
        raise ConfigError(message, hint=hint)
    reachable = [letter for letter in found.letters if letter.reader.address]
    posted = {_envelope(network, letter): letter for letter in reachable}
    delivered: list[Delivered] = []

    def sent(envelope: Envelope) -> None:
        nonlocal told
        letter = posted[envelope]
        told = remembered(network, told, letter, found.today)
        delivered.append(Delivered(letter=letter, where=envelope.recipient))

    unsent = send(server, posted, sent=sent)
    failed = tuple((posted[one.envelope], one.reason) for one in unsent)
    return Deliveries(delivered=tuple(delivered), failed=failed, told=told)


def remembered(network: Network, told: Told, letter: Letter, today: date) -> Told:
    """Return what was told with a letter added, and remember it on disk.

    Raises:
        BlognetError: The disk refuses.
    """
    more = told.adding(letter.reader.id, map(short_id, letter.events))
    more = more.on(today, letter.reader.id, has_digest=letter.has_digest)
    keep_told(network.root, more)
    return more


def _file(network: Network, letter: Letter, *, as_markdown: bool) -> tuple[str, bytes]:
    stem = f"{letter.reader.id}-{letter.key[:_NAME_DIGITS]}"
    if as_markdown or not letter.reader.address:
        return f"{stem}.md", markdown_text(letter).encode("utf-8")
    return f"{stem}.eml", mail_bytes(letter, _postmark(network, letter, is_draft=True))


def _envelope(network: Network, letter: Letter) -> Envelope:
    mark = _postmark(network, letter, is_draft=False)
    return Envelope(
        sender=mark.sender.address,
        recipient=letter.reader.address,
        raw=mail_bytes(letter, mark),
    )


def _postmark(network: Network, letter: Letter, *, is_draft: bool) -> Postmark:
    settings = network.config.messages
    known = deciders(network)
    answering = [author for author in letter.answered_by if author in known]
    people = readers_of(network, answering or [letter.reader.id]).values()
    boxes = tuple(Mailbox(name=one.name, address=one.address) for one in people if one.address)
    sender = _mailbox(settings.sender) or next(iter(boxes), None)
    if sender is None:
        message = f"the message to {letter.reader.id} has no sender"
        hint = "add to blognet.yml: messages: {from: ann@example.org}, or say --format md"
        raise ConfigError(message, hint=hint)
    reply_to = _mailbox(settings.reply_to)
    answers = (reply_to,) if reply_to else boxes if answering else ()
    return Postmark(
        sender=sender,
        reply_to=answers,
        time=network.now.astimezone(network.config.zone),
        site_url=network.config.url,
        is_draft=is_draft,
    )


def _mailbox(text: str) -> Mailbox | None:
    found = parse_mailbox(text) if text else None
    return Mailbox(name=found.name, address=found.address) if found else None


def _server(network: Network) -> MailServer:
    smtp = network.config.messages.smtp
    if not smtp.host:
        message = "no mail server is set"
        hint = "add messages: smtp: host: smtp.example.org to blognet.yml, or use --to outbox"
        raise ConfigError(message, hint=hint)
    return MailServer(
        host=smtp.host,
        port=smtp.actual_port,
        security=smtp.security,
        user=smtp.user,
        password_env=smtp.password_env,
    )
