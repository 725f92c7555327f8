"""``blognet urls``, and the builds that `urls.lock` stops."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.invariants.network_folder import CONFIG, NetworkFolder, post, start

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def network(tmp_path: Path) -> NetworkFolder:
    """A network with one post that alone has a tag, and its lock."""
    network = start(tmp_path)
    network.write("queue/one.md", post("One", tags="[Brass]"))
    network.write("queue/two.md", post("Two"))
    network.approve("one", "two")
    assert network.blognet("urls", "--lock").code == 0
    return network


def test_a_build_that_would_lose_a_kept_list_fails_and_leaves_the_site_until_it_leads_on(
    network: NetworkFolder,
) -> None:
    network.build()
    before = network.site
    network.decided("retract", "one", "-m", "It was wrong.")
    failed = network.blognet("build")
    assert failed.code == 1
    assert "urls.lock:" in failed.err
    assert "BN841" in failed.err
    assert "blognet urls --forget /tags/\n" in failed.err
    assert network.site == before
    listed = network.blognet("urls")
    assert listed.code == 1
    assert "- /tags/brass/\n" in listed.out
    network.write("blognet.yml", CONFIG + "redirects: {/tags/: /, /tags/brass/: /}\n")
    network.build()
    assert network.site["tags/brass/feed.xml"] == network.site["feed.xml"]
    assert network.blognet("urls").code == 0


def test_what_is_forgotten_may_vanish(network: NetworkFolder) -> None:
    network.decided("retract", "one", "-m", "It was wrong.")
    planned = network.blognet("urls", "--forget", "/tags/", "--dry-run")
    assert "would be forgotten  /tags/brass/feed.xml" in planned.out
    assert network.blognet("build").code == 1
    said = network.blognet("urls", "--forget", "/tags/", "--json")
    assert said.code == 0
    assert "/tags/brass/atom.xml" in json.loads(said.out)["forgotten"]
    network.build()
    assert "tags/brass/index.html" not in network.site


def test_a_build_writes_nothing_to_the_lock_and_needs_none(network: NetworkFolder) -> None:
    lock = network.root / "urls.lock"
    before = lock.read_bytes()
    network.write("queue/three.md", post("Three", tags="[Tin]"))
    network.approve("three")
    network.build()
    assert lock.read_bytes() == before
    assert "+ /tags/tin/\n" in network.blognet("urls").out
    lock.unlink()
    network.build()
    assert not lock.exists()


def test_locking_adds_and_never_takes_away(network: NetworkFolder) -> None:
    network.decided("retract", "one", "-m", "It was wrong.")
    said = network.blognet("urls", "--lock")
    assert said.code == 1
    assert "/tags/brass/\n" in (network.root / "urls.lock").read_text("utf-8")


def test_forgetting_what_is_not_kept_names_the_nearest(network: NetworkFolder) -> None:
    said = network.blognet("urls", "--forget", "/tags/bras/")
    assert said.code == 2
    assert "/tags/brass/" in said.err


def test_a_lock_with_the_marks_of_a_merge_stops_a_build(network: NetworkFolder) -> None:
    lock = network.root / "urls.lock"
    lock.write_text(lock.read_text("utf-8") + "<<<<<<< ours\n", "utf-8")
    failed = network.blognet("build")
    assert failed.code == 1
    assert "BN843" in failed.err
