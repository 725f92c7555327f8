"""Pagefind where the extra that brings it is missing, and where people preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.network_folder import CONFIG
from tests.hidden_packages import hide_packages

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

PAGEFIND = "search: {engine: pagefind}\n"


@pytest.fixture
def net(network_folder: NetworkFolder) -> NetworkFolder:
    """A network with a post on its site."""
    network_folder.post("queue/good.md", title="Good", body="Some words.")
    assert network_folder.mayor("approve", "good", "--yes").code == 0
    network_folder.write("blognet.yml", CONFIG + PAGEFIND)
    return network_folder


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    hide_packages(monkeypatch, "pagefind_bin")


@pytest.mark.usefixtures("without_extra")
def test_a_network_that_wants_pagefind_is_told_what_to_install(net: NetworkFolder) -> None:
    ran = net.blognet("build")
    assert ran.code == 3
    assert "pip install 'blognet[search]'" in ran.err
    assert "pip install 'blognet[search]'" in net.blognet("doctor").out


@pytest.mark.usefixtures("without_extra")
@pytest.mark.parametrize("search", ["", "search: true\n", "search: false\n", "search: own\n"])
def test_a_network_with_another_search_needs_no_extra(net: NetworkFolder, search: str) -> None:
    net.write("blognet.yml", CONFIG + search)
    assert net.blognet("build").code == 0
    assert net.blognet("doctor").out.count("blognet[search]") == 0


@pytest.mark.usefixtures("without_extra")
def test_a_preview_is_searched_by_our_own_index(net: NetworkFolder) -> None:
    net.post("queue/waits.md", title="Waits", body="Other words.")
    ran = net.blognet("preview", "waits", "--output", str(net.root / "shown"))
    assert ran.code == 0, ran.err
    assert "data-pagefind" not in net.read("shown/search/index.html")
    assert "some" in net.read("shown/search/words-0.json")


def test_why_a_file_of_the_search_was_made_is_told(net: NetworkFolder) -> None:
    assert net.blognet("build").code == 0
    net.post("queue/new.md", title="New", body="Other words.")
    assert net.mayor("approve", "new", "--yes").code == 0
    ran = net.blognet("build", "--explain", "search/pagefind/pagefind-entry.json")
    assert ran.code == 0, ran.err
    assert "what belongs on it changed" in ran.out
