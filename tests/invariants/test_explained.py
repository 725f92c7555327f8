"""A build says of each file why it was made, or that it was not; and nothing is made when nothing changed."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.invariants.network_folder import NOW, NetworkFolder, post, start

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def network(tmp_path: Path) -> NetworkFolder:
    """A network of three posts that was built."""
    network = start(tmp_path / "network")
    for name, tag in (("one", "bells"), ("two", "bells"), ("three", "wheels")):
        network.write(f"queue/{name}.md", post(name.title(), tags=f"[{tag}]"))
    network.approve("one", "two", "three")
    network.build()
    return network


def _why(network: NetworkFolder, *more: str) -> dict[str, str]:
    said = network.blognet("build", "--now", NOW, "--json", "--explain", *more)
    assert said.code == 0, said.everything
    found: dict[str, str] = json.loads(said.out)["why"]
    return found


def _edit(network: NetworkFolder, **keys: str) -> None:
    network.write("posts/one.md", post("One", body="Some words, and then more.", **keys))
    network.approve("one")


def test_nothing_changed_and_nothing_is_made(network: NetworkFolder) -> None:
    assert _why(network) == {}


def test_an_edit_makes_only_what_shows_it_and_says_why(network: NetworkFolder) -> None:
    _edit(network, tags="[bells]", summary="Short.")
    network.build()
    network.write("posts/one.md", post("One", body="New.", tags="[bells]", summary="Short."))
    network.approve("one")
    why = _why(network)
    assert why["2024/one/index.html"] == "the approved text of post/one changed"
    assert why["feed.xml"].startswith("how feeds show post/one changed, because ")
    assert not {"index.html", "tags/bells/index.html", "2024/two/index.html"} & why.keys()
    assert "tags/wheels/feed.xml" not in why


def test_a_setting_makes_what_shows_it(network: NetworkFolder) -> None:
    config = (network.root / "blognet.yml").read_text("utf-8")
    network.write("blognet.yml", f"{config}footer: Below\n")
    why = _why(network)
    said = "what every page shows of the site changed, because the setting footer changed"
    assert why["index.html"] == said
    assert "feed.xml" not in why


def test_a_setting_that_no_page_shows_makes_nothing(network: NetworkFolder) -> None:
    config = (network.root / "blognet.yml").read_text("utf-8")
    network.write("blognet.yml", f"{config}policy: {{answer_within: 3}}\n")
    assert _why(network) == {}


def test_one_file_is_explained_with_what_it_was_made_from(network: NetworkFolder) -> None:
    said = network.blognet("build", "--now", NOW, "--explain", "/2024/one/")
    lines = said.out.splitlines()
    assert lines[0] == ("2024/one/index.html: not made, because nothing it was made from changed")
    assert "  the approved text of post/one" in lines
    assert "  the template post.html, or one that it uses" in lines


def test_an_address_without_a_file_is_said_to_have_none(network: NetworkFolder) -> None:
    said = network.blognet("build", "--now", NOW, "--explain", "/nowhere/")
    assert said.out.splitlines()[0] == "nowhere/index.html: there is no such file on the site"


def test_a_file_that_somebody_touched_is_put_right(network: NetworkFolder) -> None:
    path = network.root / "site/2024/one/index.html"
    before = path.read_bytes()
    path.write_bytes(b"touched")
    (network.root / "site/feed.xml").unlink()
    why = _why(network)
    reason = "somebody changed or removed it in the output"
    assert why == {"2024/one/index.html": reason, "feed.xml": reason}
    assert path.read_bytes() == before


def test_a_lost_memory_makes_everything_and_says_so_in_one_line(network: NetworkFolder) -> None:
    (network.root / ".blognet/memory.sqlite").unlink()
    said = network.build()
    assert "everything was made anew: nothing is remembered of an earlier build" in said.out
    assert " 0 written" in said.out


def test_clean_makes_everything(network: NetworkFolder) -> None:
    said = network.blognet("build", "--now", NOW, "--clean", "--json", "--explain")
    summary = json.loads(said.out)
    assert summary["made"] == summary["files"] == summary["unchanged"]
    assert set(summary["why"].values()) == {"everything was asked for"}


def test_a_build_that_finds_nothing_changed_tells_the_same_as_before(
    network: NetworkFolder,
) -> None:
    network.write("queue/waits.md", post("Waits", body="A [link](nowhere.md)."))
    network.approve("waits")
    network.write("queue/more.md", post("More"))
    _age(network.root)
    first = network.blognet("build", "--now", NOW, "--json")
    second = network.blognet("build", "--now", NOW, "--json")
    one, two = json.loads(first.out), json.loads(second.out)
    counted = {"made", "written", "unchanged", "removed"}
    assert {key: one[key] for key in one.keys() - counted} == {
        key: two[key] for key in two.keys() - counted
    }
    assert first.err == second.err
    assert two["waiting"] == ["post/more"]
    assert (two["made"], two["written"], two["unchanged"]) == (0, 0, one["files"])


def test_an_edit_of_any_input_is_seen_by_the_next_build(network: NetworkFolder) -> None:
    _age(network.root)
    network.build()
    network.build()
    network.write("queue/more.md", post("More"))
    said = network.blognet("build", "--now", NOW, "--json")
    assert json.loads(said.out)["waiting"] == ["post/more"]


def _age(folder: Path) -> None:
    """Let every file look a day old, as after a night: marks of the newest files are not trusted."""
    for path in folder.rglob("*"):
        if path.is_file() and ".blognet" not in path.parts and "site" not in path.parts:
            os.utime(path, (1_700_000_000, 1_700_000_000))
