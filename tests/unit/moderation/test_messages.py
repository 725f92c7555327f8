"""Messages: who hears what, when it goes out, what it says, and that no text breaks out of its place."""

from __future__ import annotations

import email
import email.policy
import string
from dataclasses import replace
from datetime import UTC, date, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.moderation.event_json import event_id, event_to_bytes
from blognet.moderation.events import Event, Verb
from blognet.moderation.letter_mail import Mailbox, Postmark, mail_bytes, markdown_text
from blognet.moderation.message_texts import TEXTS, language_for
from blognet.moderation.message_writing import compose, quoted
from blognet.moderation.messages import (
    TOLD,
    Letter,
    Letterhead,
    Mail,
    Matter,
    News,
    Reader,
    audience,
    due_now,
)

ANN, BEN, CLEO, DEV = (AuthorId(name) for name in ("ann", "ben", "cleo", "dev"))
MAYORS = frozenset({ANN, CLEO})
TODAY = date(2026, 11, 23)
TIME = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
HELLO = Subject(kind=Kind.POST, id="hello")
READER = Reader(id=BEN, name="Ben", address="ben@example.org", language="en")
HEAD = Letterhead(
    network="test",
    title="Our blog",
    url="https://blog.example.org",
    zone=ZoneInfo("Europe/Berlin"),
    edit_url="https://git.example.org/edit/main/:path",
)
MARK = Postmark(
    sender=Mailbox(name="Ann Ä", address="ann@example.org"),
    reply_to=(),
    time=TIME,
    site_url=HEAD.url,
    is_draft=False,
)


def event(verb: Verb, *, actor: AuthorId = ANN, kind: str = "") -> Event:
    options = {"kind": kind} if kind else {}
    return Event(network="test", subject=HELLO, verb=verb, actor=actor, time=TIME, options=options)


def news(verb: Verb, words: str = "", *, kind: str = "") -> News:
    happened = event(verb, kind=kind)
    return News(ident=event_id(event_to_bytes(happened)), event=happened, words=words, actor="Ann")


def matter(*told: News, title: str = "Hello", state: str = "returned") -> Matter:
    return Matter(
        subject=HELLO,
        title=title,
        path="queue/hällo.md",
        url="",
        state=state,
        published="-",
        when=None,
        due=None,
        news=told,
    )


def letter(*matters: Matter, reader: Reader = READER) -> Letter:
    return compose(Mail(reader=reader, matters=matters), HEAD, today=TODAY)


def parsed(raw: bytes) -> EmailMessage:
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_message_says_what_was_decided_the_words_whose_turn_it_is_and_what_to_do() -> None:
    found = letter(matter(news(Verb.RETURN, "Say where.\n\nAnd when.")))
    assert found.topic == "[Our blog] Sent back to you: Hello"
    assert found.body == (
        "Hello Ben,\n\n"
        "Ann sent “Hello” back to you (2026-11-23).\n\n"
        "> Say where.\n>\n> And when.\n\n"
        "It is your turn. Change queue/hällo.md as asked; saving the change sends\n"
        "it back to the mayors.\n\n"
        "To see where it stands, type:\n\n    blognet status hello\n\n"
        "To change it in the browser: https://git.example.org/edit/main/queue/h%C3%A4llo.md\n\n"
        "Questions? Answer this message; it reaches Ann.\n\n"
        "-- \nOur blog\nhttps://blog.example.org\n"
    )


def test_without_a_link_a_message_says_how_to_change_the_file_in_the_browser() -> None:
    mail = Mail(reader=READER, matters=(matter(news(Verb.RETURN, "Shorter.")),))
    body = compose(mail, replace(HEAD, edit_url=""), today=TODAY).body
    assert "In the browser: open queue/hällo.md" in body


def test_an_author_reads_their_own_language() -> None:
    found = letter(matter(news(Verb.RETURN, "Wo?")), reader=replace(READER, language="de"))
    assert found.topic == "[Our blog] Zurück an dich: Hello"
    assert "Du bist an der Reihe." in found.body


@pytest.mark.parametrize(
    ("wanted", "language"),
    [(("de-AT", "en"), "de"), (("fr", "de"), "de"), (("", "pt-BR"), "en"), ((), "en")],
)
def test_the_first_language_that_messages_have_is_taken(
    wanted: tuple[str, ...], language: str
) -> None:
    assert language_for(*wanted) == language


def test_every_language_has_the_same_sentences_with_the_same_fields() -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    english = {key: fields(text) for key, text in TEXTS["en"].items()}
    for language, texts in TEXTS.items():
        assert {key: fields(text) for key, text in texts.items()} == english, language


def test_every_verb_that_is_told_has_its_sentence_and_its_subject_line() -> None:
    for verb in TOLD:
        assert {f"did {verb}", f"subject {verb}"} <= TEXTS["en"].keys()


STATES = "none returned declined held queued draft faulty contested scheduled".split()


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb.value in TOLD])
def test_every_decision_can_be_told_wherever_its_subject_stands(verb: Verb) -> None:
    for language in TEXTS:
        reader = replace(READER, language=language)
        for state in STATES:
            found = letter(matter(news(verb, "Words."), state=state), reader=reader)
            # A grant is about a person, not about one post.
            assert verb in {Verb.GRANT, Verb.REVOKE} or "Hello" in found.body
            assert "> Words." in found.body
            assert all(len(line) <= 120 for line in found.body.split("\n"))


def test_authors_hear_of_decisions_and_nobody_hears_of_what_they_did_themselves() -> None:
    def heard(happened: Event, *, took_part: tuple[AuthorId, ...] = ()) -> tuple[AuthorId, ...]:
        return audience(happened, authors=(BEN, DEV), mayors=MAYORS, took_part=took_part)

    assert heard(event(Verb.RETURN)) == (BEN, DEV)
    assert heard(event(Verb.COMMENT, actor=BEN)) == (ANN, CLEO, DEV)
    assert heard(event(Verb.COMMENT, actor=BEN), took_part=(CLEO, DEV)) == (CLEO, DEV)
    assert heard(event(Verb.SUBMIT, actor=BEN)) == ()
    alone = audience(event(Verb.APPROVE), authors=(ANN,), mayors=MAYORS, took_part=())
    assert alone == ()


def test_one_message_a_day_unless_something_is_urgent() -> None:
    plain = Mail(reader=READER, matters=(matter(news(Verb.APPROVE)),))
    yesterday = date(2026, 11, 22)
    assert due_now(plain, last=None, today=TODAY)
    assert due_now(plain, last=yesterday, today=TODAY)
    assert not due_now(plain, last=TODAY, today=TODAY)
    for urgent in (news(Verb.RETRACT, "Why"), news(Verb.COMMENT, "Must", kind="must")):
        mail = Mail(reader=READER, matters=(matter(news(Verb.APPROVE), urgent),))
        assert due_now(mail, last=TODAY, today=TODAY)
    assert not due_now(Mail(reader=READER), last=None, today=TODAY)


def test_a_batch_has_the_same_id_each_time_and_messages_about_a_subject_hang_together() -> None:
    first, again = (letter(matter(news(Verb.RETURN, "a"))) for _ in range(2))
    later = letter(matter(news(Verb.APPROVE), state="none"))
    assert mail_bytes(first, MARK) == mail_bytes(again, MARK)
    one, other = (parsed(mail_bytes(each, MARK)) for each in (first, later))
    assert one["Message-ID"] != other["Message-ID"]
    assert one["References"] == other["References"] == one["In-Reply-To"]
    both = replace(first, threads=(*first.threads, "0" * 32))
    assert parsed(mail_bytes(both, MARK))["References"] is None


def test_an_email_is_what_a_mail_program_expects() -> None:
    found = parsed(
        mail_bytes(
            letter(matter(news(Verb.RETURN, "Grüße"), title="Größe – 日本")),
            replace(MARK, reply_to=(Mailbox(name="Cleo", address="cleo@example.org"),)),
        )
    )
    assert found["From"] == "Ann Ä <ann@example.org>"
    assert found["To"] == "Ben <ben@example.org>"
    assert found["Reply-To"] == "Cleo <cleo@example.org>"
    assert found["Subject"] == "[Our blog] Sent back to you: Größe – 日本"
    assert found["Date"] == "Mon, 23 Nov 2026 09:15:00 +0000"
    assert found["X-Unsent"] is None
    assert found["Content-Language"] == "en"
    assert found.get_content_type() == "text/plain"
    assert "> Grüße" in found.get_content()


HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding", "Content-Language",
]  # fmt: skip
PIECES = (
    '\r\n|\n|\r|Bcc: x@example.org|\r\n\r\n|\0|\x1b[31m|\u2028|\x85|=?utf-8?q?=0A?=|=??Q?=0A?=|a|<x@y.org>|,|"|\\|:|;|'
    "(|\u202e|.|From "
).split("|")
hostile = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


@given(title=hostile, words=hostile, name=hostile, network=hostile)
def test_no_text_adds_a_header_a_recipient_or_a_line_of_the_wrong_kind(
    title: str, words: str, name: str, network: str
) -> None:
    head = replace(HEAD, title=network)
    mail = Mail(
        reader=replace(READER, name=name), matters=(matter(news(Verb.RETURN, words), title=title),)
    )
    written = compose(mail, head, today=TODAY)
    raw = mail_bytes(written, replace(MARK, sender=Mailbox(name=name, address="ann@example.org")))
    # As it is, without what the newer parts of the library decode and guess.
    found = email.message_from_bytes(raw)
    assert found.keys() == HEADERS
    assert [address for _, address in getaddresses([found["To"]])] == ["ben@example.org"]
    assert [address for _, address in getaddresses([found["From"]])] == ["ann@example.org"]
    assert decoded(found["Subject"]) == written.topic
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 120
    assert "\n" not in written.topic
    text = found.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode().replace("\r\n", "\n") == written.body
    assert "\x1b" not in written.body


def decoded(header: str) -> str:
    """Decode a header's encoded words by the rules of RFC 2047."""
    return str(make_header(decode_header(header.replace("\r\n", ""))))


@given(hostile)
def test_quoted_words_never_leave_their_quotation(words: str) -> None:
    assert all(line == ">" or line.startswith("> ") for line in quoted(words).split("\n"))


@given(hostile)
def test_the_head_of_a_markdown_file_holds_one_line_a_key(title: str) -> None:
    text = markdown_text(letter(matter(news(Verb.RETURN), title=title)))
    lines = text.split("\n")
    assert lines[0] == lines[4] == "---"
    assert [line.partition(":")[0] for line in lines[1:4]] == ["to", "email", "subject"]
