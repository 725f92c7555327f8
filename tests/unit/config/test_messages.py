"""Settings of messages and of the promise: who may send, over which connection, and which days count."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.config import read_config
from blognet.config.messages import NamedAddress, is_no_reply, parse_mailbox
from blognet.kernel.errors import ConfigError

LEAST = "id: net\ntitle: T\nurl: https://example.org\nmayors: [ann]\n"


def codes_of(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read_config(LEAST + text)
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    "local",
    [
        "no-reply", "noreply", "NoReply", "no.reply", "no_reply", "do-not-reply", "donotreply+blog", "blog-noreply",
        "nicht-antworten", "bitte.nicht.antworten", "keine-antwort", "ne-pas-repondre", "no-responder",
        "non-rispondere", "nao-responder", "niet-beantwoorden", "svar-ikke", "nie-odpowiadaj", "nobody",
    ],
)  # fmt: skip
def test_a_sender_that_takes_no_answer_is_refused_in_many_languages(local: str) -> None:
    assert codes_of(f"messages: {{from: '{local}@example.org'}}") == ["BN231"]
    assert codes_of(f"messages: {{reply_to: 'Blog <{local}@example.org>'}}") == ["BN231"]


@pytest.mark.parametrize("local", ["ann", "blog", "redaktion", "replies", "nora.eply", "reply"])
def test_a_sender_that_somebody_reads_is_accepted(local: str) -> None:
    assert not is_no_reply(f"{local}@example.org")


@given(st.text(max_size=60))
def test_no_text_makes_a_mailbox_that_breaks_out_of_its_header(text: str) -> None:
    for given_text in (
        text,
        f"{text}@example.org",
        f"Ann <ann@{text}>",
        f"{text} <ann@example.org>",
    ):
        found = parse_mailbox(given_text)
        if found is not None:
            assert f"{found.name}{found.address}".isprintable()
            assert found.address.isascii()
            assert found.address.count("@") == 1


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("ann@example.org", "", "ann@example.org"),
        ("Our Blog <ann+blog@example.org>", "Our Blog", "ann+blog@example.org"),
        ('"Ben, of the blog" <ben@localhost>', "Ben, of the blog", "ben@localhost"),
        ("Größe <a.b@xn--grsse-5ua.example>", "Größe", "a.b@xn--grsse-5ua.example"),
    ],
)
def test_a_mailbox_is_a_name_and_an_address(text: str, name: str, address: str) -> None:
    assert parse_mailbox(text) == NamedAddress(name=name, address=address)


@pytest.mark.parametrize(
    "text",
    ["ann", "ann@", "@example.org", "a@b@c", "a@b, c@d", "<a@b> x", "a b@c", "a@b\n", "ü@example.org",
     "x <a@b>, y <c@d>"],
)  # fmt: skip
def test_what_is_no_single_mailbox_is_refused(text: str) -> None:
    assert parse_mailbox(text) is None


@pytest.mark.parametrize(
    ("smtp", "port", "security"),
    [
        ("{host: smtp.example.org}", 587, "starttls"),
        ("{host: smtp.example.org, security: tls}", 465, "tls"),
        ("{host: 127.0.0.1, security: none}", 25, "none"),
        ("{host: '::1', security: none, port: 2525}", 2525, "none"),
        ("{host: localhost, security: none, port: 2525}", 2525, "none"),
    ],
)
def test_the_port_follows_from_the_security(smtp: str, port: int, security: str) -> None:
    read = read_config(LEAST + f"messages: {{smtp: {smtp}}}").messages.smtp
    assert (read.actual_port, read.security) == (port, security)


@pytest.mark.parametrize(
    ("smtp", "code"),
    [
        ("{host: 10.0.0.1, security: none}", "BN232"),
        ("{host: localhost.example.org, security: none}", "BN232"),
        ("{host: a.example.org, user: ann}", "BN232"),
        ("{host: a.example.org, user: ann, password_env: 'hunter 2'}", "BN232"),
        ("{host: 'https://a.example.org'}", "BN211"),
        ("{host: a.example.org, security: ssl}", "BN210"),
        ("{port: 25}", "BN201"),
    ],
)
def test_mail_and_passwords_travel_protected_or_not_at_all(smtp: str, code: str) -> None:
    assert codes_of(f"messages: {{smtp: {smtp}}}") == [code]


def test_the_promise_has_working_days_and_holidays() -> None:
    text = "timezone: Europe/Berlin\npolicy: {working_days: [Monday, tue], holidays: [2026-12-25, 2026-01-01]}"
    days = read_config(LEAST + text).working_days
    assert days.weekdays == {0, 1}
    assert days.holidays == (date(2026, 1, 1), date(2026, 12, 25))
    assert str(days.zone) == "Europe/Berlin"
    assert read_config(LEAST).policy.answer_within == 2


def test_a_link_to_edit_needs_the_place_of_the_path() -> None:
    assert codes_of("messages: {edit_url: 'https://git.example.org/edit/'}") == ["BN212"]
    good = read_config(LEAST + "messages: {edit_url: 'https://git.example.org/edit/main/:path'}")
    assert good.messages.edit_url.endswith("/:path")
