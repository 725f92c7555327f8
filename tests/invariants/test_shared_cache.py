"""A shared cache can slow a build; it can never change its bytes or fail it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cache_server import CacheServerForTests, Manners, cache_server
from tests.invariants.network_folder import NetworkFolder, post, start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEY = "a key of tests, long enough"
POSTS = 30
"""With a tag each, this makes so many files that the build looks for help."""


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    network = start(tmp_path_factory.mktemp("shared") / "network")
    for number in range(POSTS):
        body = f"Words of post {number}, [a link](https://example.org/{number}) and <b>more</b>."
        network.write(
            f"queue/post-{number}.md", post(f"Post {number}", body=body, tags=f"[tag-{number}]")
        )
    network.decided("approve", "--all", "--yes")
    return network


@pytest.fixture(scope="module")
def clean(network: NetworkFolder) -> Mapping[str, bytes]:
    """The site as a build from nothing makes it, without any other machine."""
    return built_from_nothing(network)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[CacheServerForTests]:
    with cache_server() as running:
        monkeypatch.setattr("blognet.net.http_cache.SECONDS", 300.0)
        monkeypatch.setenv("BLOGNET_CACHE_URL", running.url)
        monkeypatch.setenv("BLOGNET_CACHE_KEY", KEY)
        monkeypatch.setenv("BLOGNET_CACHE_WRITE", "1")
        yield running


def forget(network: NetworkFolder) -> None:
    shutil.rmtree(network.root / "site", ignore_errors=True)
    private = network.root / ".blognet"
    for path in (*private.glob("*"), *private.glob("cache/*")):
        if path.is_file():
            path.unlink()


def built_from_nothing(network: NetworkFolder) -> Mapping[str, bytes]:
    """Build as in a new clone, but for the pictures, which take longest."""
    forget(network)
    said = network.build()
    assert said.err.count("warning BN74") <= 1, said.err
    return network.site


def test_what_one_machine_rendered_another_takes(
    network: NetworkFolder,
    clean: Mapping[str, bytes],
    server: CacheServerForTests,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert built_from_nothing(network) == clean
    texts = {key for method, kind, key in server.asked if (method, kind) == ("PUT", "ac")}
    assert len(texts) >= POSTS
    monkeypatch.setenv("BLOGNET_CACHE_WRITE", "0")
    server.asked.clear()
    assert built_from_nothing(network) == clean
    asked = {key for _, kind, key in server.asked if kind == "ac"}
    assert (len(asked), asked - texts, texts - asked) == (len(texts), set(), set())
    assert {method for method, _, _ in server.asked} == {"GET"}
    kept = json.loads(network.blognet("cache", "--json").out)
    notes = 2 * POSTS  # beside each post: its images, and what lists say of it
    assert kept["texts"]["entries"] == len(texts) + notes


@pytest.mark.parametrize("manners", [each for each in Manners if each is not Manners.SILENT])
def test_a_hostile_server_changes_no_byte_and_fails_no_build(
    network: NetworkFolder,
    clean: Mapping[str, bytes],
    server: CacheServerForTests,
    monkeypatch: pytest.MonkeyPatch,
    manners: Manners,
) -> None:
    assert built_from_nothing(network) == clean
    monkeypatch.setattr("blognet.net.http_cache.SECONDS", 1.0)
    server.manners = manners
    assert built_from_nothing(network) == clean


@pytest.mark.usefixtures("server")
def test_entries_of_an_attacker_who_has_not_the_key_change_no_byte(
    network: NetworkFolder, clean: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLOGNET_CACHE_KEY", "the key of somebody else")
    assert built_from_nothing(network) == clean
    monkeypatch.setenv("BLOGNET_CACHE_KEY", KEY)
    monkeypatch.setenv("BLOGNET_CACHE_WRITE", "0")
    forget(network)
    said = network.build()
    assert network.site == clean
    assert said.err.count("warning BN740") == 1
    assert "does not bear the seal" in said.err


def test_without_a_key_the_server_is_not_asked(
    network: NetworkFolder,
    clean: Mapping[str, bytes],
    server: CacheServerForTests,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for key in ("", "short"):
        monkeypatch.setenv("BLOGNET_CACHE_KEY", key)
        assert built_from_nothing(network) == clean
    assert server.asked == []


def test_a_build_from_the_beginning_takes_nothing_from_others(
    network: NetworkFolder, server: CacheServerForTests
) -> None:
    built_from_nothing(network)
    server.asked.clear()
    assert network.blognet("build", "--clean", "--now", "2070-01-01T12:00:00Z").code == 0
    assert not [one for one in server.asked if one[0] == "GET"]
