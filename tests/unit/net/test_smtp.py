"""Sending mail to a real server on loopback: what arrives, and what happens when the server does not play along."""

from __future__ import annotations

import shutil
import socket
import subprocess
from typing import TYPE_CHECKING

import pytest

from blognet.kernel.errors import ConfigError
from blognet.net.smtp import Envelope, MailError, MailServer, Unsent, send
from tests.smtp_server import MailServerForTests, Manners, mail_server

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "BLOGNET_TEST_PASSWORD"
HOST = "127.0.0.1"


def envelope(name: str, text: str = "Hello.") -> Envelope:
    recipient = f"{name}@example.org"
    raw = f"Subject: to {name}\r\nTo: {recipient}\r\n\r\n{text}\r\n".encode()
    return Envelope(sender="mayor@example.org", recipient=recipient, raw=raw)


def deliver(
    server: MailServerForTests,
    *envelopes: Envelope,
    security: str = "none",
    user: str = "",
    seconds: float = 20,
) -> tuple[list[str], tuple[Unsent, ...]]:
    """Send, and return who got something and what did not go."""
    where = MailServer(
        host=HOST, port=server.port, security=security, user=user, password_env=VARIABLE
    )
    sent: list[str] = []
    unsent = send(where, envelopes, sent=lambda one: sent.append(one.recipient), seconds=seconds)
    return sent, unsent


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key with a certificate for this machine, which nobody trusts who is not told to."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl on this machine")
    folder = tmp_path_factory.mktemp("certificate")
    both, key, made = folder / "both.pem", folder / "key.pem", folder / "certificate.pem"
    command = (
        f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN={HOST}"
        f" -addext subjectAltName=IP:{HOST}"
    )
    subprocess.run(
        [openssl, *command.split(), "-keyout", key, "-out", made], check=True, capture_output=True
    )
    both.write_bytes(key.read_bytes() + made.read_bytes())
    return both


@pytest.fixture
def _trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def test_all_messages_go_over_one_connection_byte_for_byte() -> None:
    dots = envelope("ben", "one\r\n.\r\n..two\r\nFrom here")
    with mail_server(Manners()) as server:
        sent, unsent = deliver(server, dots, envelope("dev"))
    assert (sent, unsent) == (["ben@example.org", "dev@example.org"], ())
    assert server.connections == 1
    assert [one.recipients for one in server.received] == [
        ("ben@example.org",),
        ("dev@example.org",),
    ]
    assert server.received[0].raw == dots.raw
    assert server.received[0].sender == "mayor@example.org"


def test_without_messages_nobody_is_called() -> None:
    with mail_server(Manners()) as server:
        assert deliver(server) == ([], ())
    assert server.connections == 0


def test_a_refused_recipient_or_message_does_not_stop_the_others() -> None:
    manners = Manners(refuses=frozenset({"ben@example.org"}), refuses_text=b"spam")
    with mail_server(manners) as server:
        sent, unsent = deliver(
            server, envelope("ben"), envelope("cleo"), envelope("dev", "spam"), envelope("eva")
        )
    assert sent == ["cleo@example.org", "eva@example.org"]
    assert [(one.envelope.recipient, one.reason) for one in unsent] == [
        ("ben@example.org", "the server said 550 5.1.1 no such mailbox"),
        ("dev@example.org", "the server said 554 5.7.1 not this one"),
    ]


def test_what_the_server_did_not_confirm_before_it_hung_up_is_unsent() -> None:
    with mail_server(Manners(breaks_at=2)) as server:
        sent, unsent = deliver(server, envelope("ben"), envelope("cleo"), envelope("dev"))
    assert sent == ["ben@example.org"]
    assert [one.envelope.recipient for one in unsent] == ["cleo@example.org", "dev@example.org"]
    assert all("broke" in one.reason for one in unsent)
    assert server.connections == 1


def test_a_server_that_says_nothing_is_given_up() -> None:
    with mail_server(Manners(is_silent=True)) as server, pytest.raises(MailError) as caught:
        deliver(server, envelope("ben"), seconds=0.2)
    assert "does not answer" in caught.value.message


def test_a_server_that_is_busy_or_not_there_is_told() -> None:
    with (
        mail_server(Manners(greeting="421 too busy")) as server,
        pytest.raises(MailError) as busy,
    ):
        deliver(server, envelope("ben"))
    assert "421 too busy" in busy.value.message
    with socket.socket() as free:
        free.bind((HOST, 0))
        with pytest.raises(MailError) as absent:
            deliver(MailServerForTests(port=free.getsockname()[1]), envelope("ben"))
    assert "cannot be reached" in absent.value.message


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_login_and_the_mail_travel_protected(
    security: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "secret")
    manners = Manners(security=security, certificate=certificate, users={"ann": "secret"})
    with mail_server(manners) as server:
        sent, unsent = deliver(server, envelope("ben"), security=security, user="ann")
    assert (sent, unsent) == (["ben@example.org"], ())
    assert (server.received[0].user, server.received[0].was_private) == ("ann", True)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_trusts_ends_it_before_anything_is_said(
    security: str, certificate: Path
) -> None:
    manners = Manners(security=security, certificate=certificate)
    with mail_server(manners) as server, pytest.raises(MailError) as caught:
        deliver(server, envelope("ben"), security=security)
    assert "no certificate to trust" in caught.value.message
    assert server.received == []


def test_a_server_without_starttls_gets_nothing() -> None:
    with mail_server(Manners()) as server, pytest.raises(MailError) as caught:
        deliver(server, envelope("ben"), security="starttls")
    assert "nothing is sent unprotected" in caught.value.message
    assert server.received == []


def test_a_refused_login_is_told_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "hunter2")
    with (
        mail_server(Manners(users={"ann": "other"})) as server,
        pytest.raises(MailError) as caught,
    ):
        deliver(server, envelope("ben"), user="ann")
    said = f"{caught.value.message} {caught.value.hint} {caught.value.__cause__}"
    assert "refused the login of ann" in said
    assert "hunter2" not in said


def test_a_password_that_is_not_set_is_asked_for_before_anybody_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with mail_server(Manners()) as server, pytest.raises(ConfigError) as caught:
        deliver(server, envelope("ben"), user="ann")
    assert VARIABLE in caught.value.hint
    assert server.connections == 0
