"""Where a subject lives, and which addresses the site keeps for itself."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from blognet.kernel.ids import Kind, SitePath, Subject
from blognet.moderation.urls import address_of, is_reserved

BERLIN = ZoneInfo("Europe/Berlin")


def address(kind: Kind, ident: str, language: str = "", permalink: str = "/:year/:slug/") -> str:
    subject = Subject(kind=kind, id=ident, language=language)
    new_year_in_berlin = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    return address_of(subject, date=new_year_in_berlin, permalink=permalink, zone=BERLIN)


def test_the_year_of_an_address_is_the_year_in_the_zone_of_the_network() -> None:
    assert address(Kind.POST, "hello") == "/2026/hello/"


def test_a_second_language_is_a_prefix() -> None:
    assert address(Kind.POST, "hello", "de") == "/de/2026/hello/"
    assert address(Kind.PAGE, "about", "de") == "/de/about/"


def test_a_page_lives_at_its_name_and_a_profile_nowhere() -> None:
    assert address(Kind.PAGE, "about") == "/about/"
    assert address(Kind.PROFILE, "ann") == ""


def test_every_part_of_the_date_can_stand_in_an_address() -> None:
    assert address(Kind.POST, "hello", permalink="/blog/:year/:month/:day/:slug/") == (
        "/blog/2026/01/01/hello/"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/", "/de/", "/page/", "/page/2/", "/authors/", "/authors/ann/", "/topics/", "/tags/", "/teams/",
        "/series/", "/archive/", "/feeds/", "/search/", "/static/", "/404/", "/2026/", "/de/2026/", "/de/tags/",
    ],
)  # fmt: skip
def test_the_addresses_of_lists_are_reserved(path: str) -> None:
    assert is_reserved(SitePath(path), languages=("en", "de"))


@pytest.mark.parametrize(
    "path",
    ["/about/", "/2026/hello/", "/2026/tags/", "/de/about/", "/fr/", "/20266/", "/authors-guide/"],
)
def test_other_addresses_are_free(path: str) -> None:
    assert not is_reserved(SitePath(path), languages=("en", "de"))
