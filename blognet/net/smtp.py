"""Sending mail over one connection (RFC 5321; submission and TLS as in RFC 6409, 8314). Knows no letters.

A message counts as sent when the server said so. One that is refused does not stop the others; when the connection
breaks, the rest stays unsent and is named. Nothing is tried twice: the next run does that.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.kernel.errors import BlognetError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SECONDS = 20.0
"""How long one answer of the server may take."""

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed in.

    Attributes:
        host: Name or address.
        port: Its port.
        security: ``starttls``, ``tls`` or ``none``; the last for this machine only, which the settings see to.
        user: Whom the server knows; "" to log in as nobody.
        password_env: The environment variable that holds the password.
    """

    host: str
    port: int
    security: str
    user: str = ""
    password_env: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message with the bare addresses of the two ends."""

    sender: str
    recipient: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A message that the server did not take, and why."""

    envelope: Envelope
    reason: str


class MailError(BlognetError):
    """The server could not be reached, or let nobody in: nothing was sent."""


def send(
    server: MailServer,
    envelopes: Iterable[Envelope],
    *,
    sent: Callable[[Envelope], None],
    seconds: float = SECONDS,
) -> tuple[Unsent, ...]:
    """Send messages over one connection.

    Args:
        server: Where to.
        envelopes: In the order in which they are sent.
        sent: Called after each message that the server took, before the next is sent.
        seconds: How long each answer of the server may take.

    Returns:
        What was not sent.

    Raises:
        ConfigError: The password's variable is not set.
        MailError: The server cannot be reached, does not keep the connection private, or refuses the login.
    """
    waiting = list(envelopes)
    if not waiting:
        return ()
    password = _password(server)
    connection = _connected(server, waiting[0].sender.rpartition("@")[2], seconds)
    unsent: list[Unsent] = []
    try:
        _log_in(connection, server, password)
        while waiting:
            envelope = waiting[0]
            reason = _hand_in(connection, envelope)
            if reason is None:
                break
            waiting.pop(0)
            if reason:
                unsent.append(Unsent(envelope=envelope, reason=reason))
            else:
                sent(envelope)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()
    broken = f"the connection to {server.host} broke before the server took it"
    return (*unsent, *(Unsent(envelope=one, reason=broken) for one in waiting))


def _password(server: MailServer) -> str:
    if not server.user:
        return ""
    password = os.environ.get(server.password_env, "")
    if not password:
        message = f"the password for {server.user} at {server.host} is not known"
        raise ConfigError(message, hint=f"set the environment variable {server.password_env}")
    return password


def _connected(server: MailServer, name: str, seconds: float) -> smtplib.SMTP:
    """Connect, and make the connection private. `name` is how this machine calls itself."""
    where = f"{server.host}:{server.port}"
    context = ssl.create_default_context()
    connection: smtplib.SMTP | None = None
    try:
        if server.security == "tls":
            return smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=name, timeout=seconds, context=context
            )
        connection = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=seconds)
        if server.security == "starttls":
            connection.starttls(context=context)
    except ssl.SSLCertVerificationError as error:
        _close(connection)
        message = f"the mail server {where} has no certificate to trust: {error.verify_message}"
        raise MailError(message, hint="look at messages: smtp: host in blognet.yml") from error
    except smtplib.SMTPNotSupportedError as error:
        _close(connection)
        message = f"the mail server {where} offers no STARTTLS, and nothing is sent unprotected"
        raise MailError(message, hint="perhaps it wants security: tls, on port 465") from error
    except (smtplib.SMTPException, OSError) as error:
        _close(connection)
        message = f"the mail server {where} cannot be reached: {_reason(error)}"
        hint = "nothing was sent; the next mayor tell tries again"
        raise MailError(message, hint=hint) from error
    return connection


def _log_in(connection: smtplib.SMTP, server: MailServer, password: str) -> None:
    if not server.user:
        return
    try:
        connection.login(server.user, password)
    except (smtplib.SMTPException, OSError) as error:
        message = f"the mail server {server.host} refused the login of {server.user}"
        if isinstance(error, smtplib.SMTPNotSupportedError):
            message = f"the mail server {server.host} has no login, though there is a user"
        hint = f"look at the variable {server.password_env}, and at messages: smtp: in blognet.yml"
        # Without the server's words and without the cause: some servers repeat what they were sent.
        raise MailError(message, hint=hint) from None


def _hand_in(connection: smtplib.SMTP, envelope: Envelope) -> str | None:
    """Return "" when the server took a message, why it did not, or None when the connection broke."""
    reason = ""
    try:
        connection.sendmail(envelope.sender, [envelope.recipient], envelope.raw)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()), (0, b""))
        reason = _said(code, said)
        return None if connection.sock is None else reason
    except smtplib.SMTPResponseException as error:
        reason = _said(error.smtp_code, error.smtp_error)
        return None if connection.sock is None else reason
    except (smtplib.SMTPException, OSError):
        return None
    return reason


def _said(code: int, text: bytes | str) -> str:
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"the server said {code} {' '.join(plain.split())}".strip()[:_LONGEST_REASON]


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "it does not answer"
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return str(getattr(error, "strerror", "") or error) or type(error).__name__


def _close(connection: smtplib.SMTP | None) -> None:
    if connection is not None:
        connection.close()
