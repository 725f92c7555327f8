"""The Markdown parser is chosen by name in ``blognet.yml``: what changes, what is compared, what is said without it."""

from __future__ import annotations

import importlib.metadata
import sys
from typing import TYPE_CHECKING

import pytest

from blognet.actions import doctor

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder

READS_OTHERWISE = "|a|b|\n|-|-|\n|"
"""A row without a cell: markdown-it fills it up, pyromark ends the table before it."""


@pytest.fixture
def chosen(network_folder: NetworkFolder) -> NetworkFolder:
    """A network that chose pyromark, with two approved posts; the parsers read the second differently."""
    settings = network_folder.read("blognet.yml")
    network_folder.write("blognet.yml", f"{settings}markdown: {{parser: pyromark}}\n")
    network_folder.post("queue/plain.md", title="Plain", body="Just *words*.")
    network_folder.post("queue/odd.md", title="Odd", body=READS_OTHERWISE)
    assert network_folder.mayor("approve", "plain", "odd", "--yes").code == 0
    return network_folder


@pytest.fixture
def without_pyromark(chosen: NetworkFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the extra is not installed, with a network that chose it elsewhere."""
    assert chosen.root.is_dir()
    found = importlib.metadata.version

    def version(name: str) -> str:
        if name == "pyromark":
            raise importlib.metadata.PackageNotFoundError(name)
        return found(name)

    monkeypatch.setitem(sys.modules, "pyromark", None)
    for name in ("pull", "pulled"):
        monkeypatch.delitem(sys.modules, f"blognet.markup.{name}", raising=False)
    monkeypatch.delattr("blognet.markup.pull", raising=False)
    monkeypatch.setattr(importlib.metadata, "version", version)


def built(network: NetworkFolder, name: str) -> str:
    assert network.blognet("build").code == 0
    (page,) = (network.root / "site").glob(f"*/{name}/index.html")
    return page.read_text(encoding="utf-8")


def test_the_site_is_built_by_the_parser_that_is_named(chosen: NetworkFolder) -> None:
    assert "<p>|</p>" in built(chosen, "odd")
    chosen.write("blognet.yml", chosen.read("blognet.yml").replace("pyromark", "markdown-it"))
    assert "<p>|</p>" not in built(chosen, "odd")


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.usefixtures("without_pyromark")
def test_a_parser_that_is_not_installed_is_never_replaced_in_silence(
    chosen: NetworkFolder, command: str
) -> None:
    before = chosen.files()
    ran = chosen.blognet(command)
    assert ran.code == 3
    assert "'pyromark', which is not installed here" in ran.err
    assert "pip install 'blognet[fast]'" in ran.err
    assert chosen.files() == before


def test_a_parser_nobody_knows_is_refused_with_those_there_are(chosen: NetworkFolder) -> None:
    chosen.write("blognet.yml", chosen.read("blognet.yml").replace("pyromark", "pyromrk"))
    ran = chosen.blognet("build")
    assert ran.code == 3
    assert "expected markdown-it or pyromark, found 'pyromrk'" in ran.err
    assert "pyromark" in ran.err.partition("found")[2]


def test_comparing_names_the_posts_that_would_change_and_builds_nothing(
    chosen: NetworkFolder,
) -> None:
    ran = chosen.blognet("build", "--compare-parser")
    assert ran.code == 1
    assert ran.out.splitlines()[0] == "posts/odd.md  7 lines"
    assert "1 of 2 texts would read otherwise with markdown-it." in ran.err
    assert not (chosen.root / "site").exists()


def test_comparing_tells_programs_the_same(chosen: NetworkFolder) -> None:
    found = chosen.blognet("build", "--compare-parser", "--json")
    (one,) = found.listed("differences")
    assert (one["subject"], one["path"]) == ("post/odd", "posts/odd.md")
    assert one["before"] != one["after"]
    assert (found.json()["chosen"], found.json()["other"]) == ("pyromark", "markdown-it")


def test_comparing_says_when_nothing_would_change(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/plain.md")
    assert network_folder.mayor("approve", "plain", "--yes").code == 0
    ran = network_folder.blognet("build", "--compare-parser")
    assert (ran.code, ran.out) == (0, "")
    assert "1 text: pyromark would change none of them." in ran.err


def looked(network: NetworkFolder) -> dict[str, object]:
    looks = network.blognet("doctor", "--json").listed("looks")
    return next(look for look in looks if look["topic"] == "markdown")


def test_the_doctor_recommends_the_fast_parser_to_a_large_network(
    network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    network_folder.post("queue/one.md")
    assert looked(network_folder)["health"] == "fine"
    monkeypatch.setattr(doctor, "MANY_POSTS", 0)
    assert looked(network_folder)["health"] == "advice"
    assert "--compare-parser" in str(looked(network_folder)["next"])


@pytest.mark.usefixtures("without_pyromark")
def test_the_doctor_says_that_the_chosen_parser_is_missing(chosen: NetworkFolder) -> None:
    look = looked(chosen)
    assert look["health"] == "broken"
    assert "pip install 'blognet[fast]'" in str(look["next"])
