"""A shared cache gives what was put there under our key, or nothing; whatever the server does."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.net.action_results import NamedBlob, blob_as_result, blob_from_result
from blognet.net.http_cache import FEW, CacheServer, HttpCache
from tests.cache_server import CacheServerForTests, Manners, cache_server

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = b"a key of tests, long enough"
ENTRIES = {f"{number:032x}": f"text {number} ".encode() * 50 for number in range(30)}
DIGEST = "ab" * 32


@pytest.fixture
def server() -> Iterator[CacheServerForTests]:
    with cache_server() as running:
        yield running


def client(server: CacheServerForTests, *, key: bytes = KEY, seconds: float = 60) -> HttpCache:
    return HttpCache(CacheServer(url=server.url, key=key), seconds=seconds)


def filled(server: CacheServerForTests) -> HttpCache:
    writer = client(server)
    writer.put(ENTRIES)
    assert writer.trouble == ""
    return client(server)


def test_what_one_machine_puts_there_another_gets(server: CacheServerForTests) -> None:
    reader = filled(server)
    assert reader.get([*ENTRIES, "f" * 32]) == ENTRIES
    assert reader.trouble == ""


def test_bytes_that_the_server_has_are_not_sent_again(server: CacheServerForTests) -> None:
    filled(server).put(ENTRIES)
    puts = [key for method, kind, key in server.asked if (method, kind) == ("PUT", "cas")]
    assert len(puts) == len(ENTRIES)


@pytest.mark.parametrize(
    "manners",
    [each for each in Manners if each not in {Manners.GOOD, Manners.SLOW, Manners.SILENT}],
)
def test_a_server_that_misbehaves_gives_nothing_and_is_soon_left_alone(
    server: CacheServerForTests, manners: Manners
) -> None:
    reader = filled(server)
    server.manners = manners
    assert reader.get(ENTRIES) == {}
    assert reader.trouble
    before = len(server.asked)
    reader.put({"0" * 32: b"more"})
    assert reader.get(ENTRIES) == {}
    assert len(server.asked) == before


@pytest.mark.parametrize("manners", [Manners.SLOW, Manners.SILENT])
def test_a_slow_server_is_left_alone_when_the_time_is_up(
    server: CacheServerForTests, manners: Manners
) -> None:
    filled(server)
    server.manners = manners
    reader = client(server, seconds=0.5)
    assert reader.get(ENTRIES) == {}
    assert reader.trouble == "it took too long"


def test_a_server_that_is_not_there_gives_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    reader = HttpCache(CacheServer(url=f"http://127.0.0.1:{port}", key=KEY))
    assert reader.get(ENTRIES) == {}
    assert "could not be asked" in reader.trouble


def test_entries_under_another_key_are_not_used(server: CacheServerForTests) -> None:
    filled(server)
    reader = client(server, key=b"another key, just as long")
    assert reader.get(ENTRIES) == {}
    assert "seal" in reader.trouble


def test_an_entry_in_the_place_of_another_is_not_used(server: CacheServerForTests) -> None:
    reader = filled(server)
    places = [place for place in server.held if place[0] == "ac"]
    first = server.held[places[0]]
    for place in places:
        server.held[place] = first
    found = reader.get(ENTRIES)
    assert len(found) <= 1
    assert found.items() <= ENTRIES.items()


def test_an_entry_without_a_seal_is_not_used(server: CacheServerForTests) -> None:
    reader = filled(server)
    for place, raw in server.held.items():
        if place[0] == "ac":
            named = blob_from_result(raw)
            server.held[place] = blob_as_result(
                NamedBlob(digest=named.digest, size=named.size, seal="")
            )
    assert reader.get(ENTRIES) == {}


def test_other_bytes_of_the_same_length_are_not_used(server: CacheServerForTests) -> None:
    reader = filled(server)
    for place, raw in server.held.items():
        if place[0] == "cas":
            server.held[place] = raw[::-1]
    assert reader.get(ENTRIES) == {}
    assert reader.trouble == "an entry holds other bytes than it should"


def test_bytes_that_the_server_dropped_are_a_miss_and_no_failure(
    server: CacheServerForTests,
) -> None:
    reader = filled(server)
    for place in [place for place in server.held if place[0] == "cas"][: FEW + 2]:
        del server.held[place]
    assert len(reader.get(ENTRIES)) == len(ENTRIES) - FEW - 2
    assert reader.trouble == ""


def test_a_login_goes_to_this_machine_or_over_tls_alone(server: CacheServerForTests) -> None:
    there = CacheServer(url=server.url, key=KEY, login="ada:secret")
    HttpCache(there).put({"0" * 32: b"text"})
    assert server.logins == {"Basic YWRhOnNlY3JldA=="}
    assert CacheServer(url="https://cache.example", key=KEY).may_see_login
    assert not CacheServer(url="http://cache.example", key=KEY).may_see_login


@given(st.binary(max_size=200))
def test_any_bytes_are_an_entry_or_refused(raw: bytes) -> None:
    try:
        named = blob_from_result(raw)
    except ValueError:
        return
    assert len(named.digest) == 64


@given(st.integers(0, 2**40), st.binary(max_size=40))
def test_an_entry_survives_a_server_that_adds_fields(size: int, more: bytes) -> None:
    named = NamedBlob(digest=DIGEST, size=size, seal="cd" * 32)
    added = b"\x4a" + bytes([len(more)]) + more
    assert blob_from_result(added + blob_as_result(named) + added) == named


def test_an_entry_has_the_bytes_of_an_action_result() -> None:
    named = NamedBlob(digest=DIGEST, size=300, seal="s")
    digest = b"\x0a\x40" + DIGEST.encode() + b"\x10\xac\x02"
    file = b"\x0a\x04text" + b"\x12" + bytes([len(digest)]) + digest
    assert blob_as_result(named) == b"\x12" + bytes([len(file)]) + file + b"\x2a\x01s"
