"""E-mail addresses and phone numbers: those of people are found, those made up and mere numbers are not."""

from __future__ import annotations

import pytest

from tests.unit.moderation.check_texts import HEAD, found, look


@pytest.mark.parametrize(
    "address",
    ["ben@acme.io", "Ben.Ray+blog@mail.acme.co.uk", "a_b@x-y.museum"],
)
def test_an_e_mail_address_is_found_with_its_place(address: str) -> None:
    assert found("emails", f"{HEAD}Ask {address}.\n") == ((6, 5, address),)
    assert found("emails", f"{HEAD}[x](mailto:{address})\n") == ((6, 12, address),)


@pytest.mark.parametrize(
    "text",
    [
        "you@example.org",
        "root@db.internal",
        "x@host.test",
        "git@github.com:org/repo.git",
        "git@github.com",
        "icon@2x.png",
        "left-pad@1.3.0",
        "@ben@acme",
        "a@b",
        "user@host:/path",
    ],
)
def test_what_is_made_up_or_no_address_is_let_pass(text: str) -> None:
    assert found("emails", f"{HEAD}Look: {text} there.\n") == ()


def test_allowed_addresses_and_hosts_may_appear() -> None:
    text = f"{HEAD}press@acme.io, ben@acme.io, Any@Other.io\n"
    assert [w for *_, w in found("emails", text, "emails: [press@acme.io, '@other.io']")] == [
        "ben@acme.io"
    ]


def test_the_address_in_the_front_matter_of_a_profile_is_not_published_and_lets_pass() -> None:
    profile = "---\nname: Ben\nemail: ben@acme.io\n---\n\nWrite to ben@acme.io.\n"
    found_there = [
        one.location.line for one in look(profile, path="authors/ben.md") if one.check == "emails"
    ]
    assert found_there == [6]


@pytest.mark.parametrize(
    "number",
    [
        "+49 30 1234 5678",
        "+1 (415) 655-2671",
        "+442079460000",
        "(030) 123 45 67",
        "030 / 12345678",
        "0171-2345678",
        "415-655-2671",
        "(415) 655-2671",
    ],
)
def test_a_phone_number_is_found_with_its_place(number: str) -> None:
    assert found("phones", f"{HEAD}Call {number} today.\n") == ((6, 6, number),)


def test_a_phone_link_is_found() -> None:
    assert found("phones", f"{HEAD}[call](tel:+49301234567)\n") == ((6, 12, "+49301234567"),)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "22.11.2026",
        "01/02/2026",
        "10.0.0.1 and 192.168.100.200",
        "3.141592653589",
        "1,234,567,890",
        "08.30 - 17.00",
        "0-306-40615-2",
        "978-0-306-40615-7",
        "version 10.12.2034",
        "+1 and +2",
        "`+49 30 1234 5678`",
        "https://x.example/030-12345678",
        "415-555-0123",
        "2026-11-22 09:15:03",
        "#0301234567",
        "1793445 1793446",
    ],
)
def test_dates_versions_code_and_numbers_set_aside_for_films_are_let_pass(text: str) -> None:
    assert found("phones", f"{HEAD}Look: {text} there.\n") == ()


def test_an_allowed_number_may_appear_in_any_spelling() -> None:
    assert found("phones", f"{HEAD}+49 (30) 765-4321\n", "phones: ['+49 30 7654321']") == ()
