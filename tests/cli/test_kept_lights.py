"""What decides on each subject, kept from build to build while time goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.actions.kept_lights import LIGHTS, lights_apart, lights_as_rows, lights_of
from blognet.actions.network import load_network
from blognet.disk.record_leaves import ALL_LEAVES

if TYPE_CHECKING:
    from blognet.actions.kept_lights import Lights
    from tests.cli.network_folder import NetworkFolder

BEFORE, AFTER = datetime(2026, 12, 1, tzinfo=UTC), datetime(2071, 1, 1, tzinfo=UTC)
EXPIRES = "---\ntitle: Hello\nauthors: [ben]\ndate: 2026-01-01\nexpires: 2070-03-01\n---\n\nText.\n"


@pytest.fixture
def network(network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch) -> NetworkFolder:
    """A network with a post that expires."""
    monkeypatch.setattr(
        "blognet.disk.marks.FINE", 0
    )  # here nothing writes a file twice in a moment
    network_folder.write("queue/hello.md", EXPIRES)
    network_folder.mayor("approve", "hello", "--yes")
    return network_folder


def lights_at(network: NetworkFolder, now: datetime, kept: bytes = b"") -> Lights:
    for _ in range(2):
        load_network(network.root, now=now)  # which keeps what it finds
    return lights_of(load_network(network.root, now=now).record, now, kept=kept)


def test_what_is_as_it_was_is_not_gone_through_again(network: NetworkFolder) -> None:
    first = lights_at(network, BEFORE)
    assert first.lines.keys() == ALL_LEAVES
    again = lights_at(network, BEFORE, first.marks)
    assert again.marks == first.marks
    assert [leaf for leaf in first.lines if first.lines[leaf] and leaf in again.lines] == []


def test_a_time_that_comes_takes_a_post_down_whoever_noticed_it_first(
    network: NetworkFolder,
) -> None:
    kept = lights_as_rows(lights_at(network, BEFORE))
    later = lights_at(network, AFTER, kept[LIGHTS])
    assert later.marks != bytes(len(later.marks))
    were, are = lights_apart(later, kept.get)
    assert [line.split()[0] for line in were] == [b"post/hello"]
    assert not are
    back = lights_at(network, BEFORE, {**kept, **lights_as_rows(later, kept.get)}[LIGHTS])
    _, are = lights_apart(back, {**kept, **lights_as_rows(later, kept.get)}.get)
    assert [line.split()[0] for line in are] == [b"post/hello"]
