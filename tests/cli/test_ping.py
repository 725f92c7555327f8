"""``blognet ping`` against a hub on loopback."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import feedparser
import pytest

from tests.invariants.network_folder import CONFIG, NetworkFolder, post, start
from tests.loopback import LoopbackServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "https://probe.example"


class Hub(LoopbackServer):
    """Keeps what it is told of; refuses feeds whose address holds one of `refused`."""

    def __init__(self) -> None:
        super().__init__(_Handler)
        self.told: list[str] = []
        self.refused = "nothing"
        self.status = 400

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hub"

    def taken(self) -> list[str]:
        """Return what it was told of since the last time."""
        told, self.told = sorted(self.told), []
        return told


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        (feed,) = form["hub.url"]
        good = form["hub.mode"] == ["publish"] and self.server.refused not in feed
        if good:
            self.server.told.append(feed)
        self.send_response(204 if good else self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0" if good else "4")
        self.end_headers()
        if not good:
            self.wfile.write(b"no\n!")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()
    with hub.serving():
        yield hub


@pytest.fixture
def network(tmp_path: Path, hub: Hub) -> NetworkFolder:
    network = start(tmp_path, config=f"{CONFIG}feeds: {{hub: '{hub.address}'}}\n")
    network.write("queue/one.md", post("One", tags="[Brass]"))
    network.write("queue/two.md", post("Two", author="bob"))
    network.approve("one", "two")
    network.build()
    return network


def test_the_hub_is_told_of_what_changed_and_of_nothing_twice(
    network: NetworkFolder, hub: Hub
) -> None:
    assert network.blognet("ping").code == 0
    first = hub.taken()
    assert f"{BASE}/feed.xml" in first
    assert f"{BASE}/tags/brass/atom.xml" in first
    assert network.blognet("ping").code == 0
    assert hub.taken() == []
    network.write("queue/three.md", post("Three", author="bob"))
    network.approve("three")
    network.build()
    assert f"would tell of {BASE}/feed.xml" in network.blognet("ping", "--dry-run").out
    assert hub.taken() == []
    said = network.blognet("ping", "--json")
    names = ("atom.xml", "feed.json", "feed.xml")
    expected = [f"{BASE}{place}{name}" for place in ("/", "/authors/bob/") for name in names]
    assert json.loads(said.out)["told"] == hub.taken() == sorted(expected)


@pytest.mark.parametrize("status", [400, 500, 302, 307])
def test_what_the_hub_refuses_is_named_and_tried_again(
    status: int, network: NetworkFolder, hub: Hub
) -> None:
    hub.refused, hub.status = "/tags/", status
    said = network.blognet("ping")
    assert said.code == 1
    assert f"the hub refused {BASE}/tags/brass/atom.xml: {status}" in said.err
    assert f"{BASE}/feed.xml" in hub.taken()
    hub.refused = "nothing"
    assert network.blognet("ping").code == 0
    assert hub.taken() == [
        f"{BASE}/tags/brass/{name}" for name in ("atom.xml", "feed.json", "feed.xml")
    ]


def test_a_hub_that_is_not_there_is_a_sentence_and_no_traceback(
    network: NetworkFolder, hub: Hub
) -> None:
    hub.shutdown()
    hub.server_close()
    said = network.blognet("ping")
    assert said.code == 1
    assert f"the hub could not be told of {BASE}/feed.xml: " in said.err
    assert "Traceback" not in said.everything


def test_a_lost_or_damaged_memory_tells_of_everything_again(
    network: NetworkFolder, hub: Hub
) -> None:
    network.blognet("ping")
    everything = hub.taken()
    for damage in ("{", "[]", '{"format": 1, "hub": 3}', '{"format": 9}'):
        (network.root / ".blognet/pinged.json").write_text(damage, "utf-8")
        assert network.blognet("ping").code == 0
        assert hub.taken() == everything


def test_each_format_names_the_hub(network: NetworkFolder, hub: Hub) -> None:
    for name in ("feed.xml", "atom.xml"):
        read = feedparser.parse(network.site[name])
        assert [link.href for link in read.feed.links if link.rel == "hub"] == [hub.address]
    assert json.loads(network.site["feed.json"])["hubs"] == [{"type": "WebSub", "url": hub.address}]


@pytest.mark.parametrize("hub_line", ["", "feeds: {hub: 'http://hub.example/'}\n"])
def test_without_a_hub_that_can_be_trusted_nobody_is_told(tmp_path: Path, hub_line: str) -> None:
    network = NetworkFolder(root=tmp_path)
    network.write("blognet.yml", CONFIG + hub_line)
    said = network.blognet("ping")
    assert said.code == 3
    assert "hub" in said.err
