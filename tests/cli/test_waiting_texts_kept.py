"""What waiting texts came to is kept from one command to the next, and changes nothing but what a command imports."""

from __future__ import annotations

import base64
import json
import os
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.actions import kept_waiting
from blognet.actions.entries import proposed_in
from blognet.actions.findings import examine_entries
from blognet.actions.kept_waiting import SECTION, _known_from
from blognet.actions.network import load_network
from blognet.disk import marks
from blognet.render.documents import document_from_bytes
from tests.loaded_modules import loaded
from tests.opened_files import let_the_clock_tick
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.actions.network import Network
    from blognet.disk.index import Row
    from tests.cli.network_folder import NetworkFolder

NOW = datetime(2070, 1, 1, tzinfo=UTC)
READERS = (
    "pydantic",
    "yaml",
    "markdown_it",
    "nh3",
    "pygments",
    "rich",
    "blognet.content.front_matter",
)
FAULTY = "---\ntitle: T\nauthors: [ben]\ntagz: [a]\n---\nText.\n"
TOKEN = "glpat-" + "Zx8mQ2vT5bN7kR1cW4yL"


@pytest.fixture(autouse=True)
def _a_fine_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the clock of the file system tick, instead of waiting until a change has to show."""
    monkeypatch.setattr(marks, "FINE", 0)


def looked_at(root: Path) -> Network:
    """Look at what waits as a queue does."""
    let_the_clock_tick(root)
    network = load_network(root, now=NOW)
    examine_entries(network, proposed_in(network.entries))
    return network


def found(root: Path) -> object:
    """Return all that a queue shows of what waits."""
    network = looked_at(root)
    entries = proposed_in(network.entries)
    return [one.proposal for one in entries], examine_entries(network, entries)


def kept(root: Path) -> Mapping[str, Row]:
    network = load_network(root, now=NOW)
    assert network.kept is not None
    return network.kept.index.rows(SECTION)


def test_what_is_kept_says_what_reading_says(network_folder: NetworkFolder) -> None:
    root = network_folder.root
    network_folder.post("queue/hello.md", body="# Loud\n\n[Gone](/nowhere/) and **more**.\n")
    network_folder.write("queue/faulty.md", FAULTY)
    network_folder.post("queue/bundle/index.md", body="![](a.png)\n\nText.\n")
    network_folder.write("queue/bundle/a.png", png())
    first = found(root)
    assert {"queue/hello.md", "queue/faulty.md", "queue/bundle/index.md"} <= kept(root).keys()
    assert found(root) == first
    shutil.rmtree(root / ".blognet")
    assert found(root) == first


def test_another_text_is_read(network_folder: NetworkFolder) -> None:
    path = network_folder.post("queue/hello.md", title="One")
    found(network_folder.root)
    facts = path.stat()
    path.write_bytes(path.read_bytes().replace(b"One", b"Two"))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert "Two" in str(found(network_folder.root))


def test_another_picture_in_the_bundle_is_seen(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello/index.md", body="![A](a.png)")
    network_folder.write("queue/hello/a.png", png())
    found(network_folder.root)
    network_folder.write("queue/hello/a.png", b"no picture at all")
    assert "a.png" in str(
        [one.problems for one in proposed_in(looked_at(network_folder.root).entries)]
    )


def test_an_author_who_comes_ends_the_complaint(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md", author="zoe")
    assert "BN" in str(found(network_folder.root))
    found(network_folder.root)
    network_folder.write("authors/zoe.md", "---\nname: Zoe\n---\nHi.\n")
    entries = {one.subject.id: one for one in proposed_in(looked_at(network_folder.root).entries)}
    assert entries["hello"].problems == ()


def test_another_setting_of_markdown_is_heard(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md", body="A formula: $\\badcommand{$.")
    before = found(network_folder.root)
    settings = network_folder.root / "blognet.yml"
    settings.write_bytes(settings.read_bytes() + b"markdown: {math: true}\n")
    assert found(network_folder.root) != before


def test_a_text_with_a_token_in_it_is_not_kept(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md", body=f"The token is {TOKEN}.")
    network_folder.post("queue/other.md")
    found(network_folder.root)
    assert "queue/hello.md" not in kept(network_folder.root)
    assert "queue/other.md" in kept(network_folder.root)


def test_what_is_kept_of_a_proposal_is_neither_text_nor_body(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md", body="Words that nobody else writes.")
    found(network_folder.root)
    said = kept(network_folder.root)["queue/hello.md"].said
    known = _known_from(said, said.split("\n")[1])
    assert known is not None
    assert known.proposal.content is not None
    assert (known.proposal.text, known.proposal.content.body) == ("", "")
    rendered = document_from_bytes(known.document)
    assert b"Words" not in base64.b64decode(said.split("\n")[3]).replace(known.document, b"")
    assert "Words that nobody else writes" in rendered.html


def test_a_look_at_everything_keeps_what_waits_alone(
    network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_waiting, "_FEW", 1)
    for name in ("one", "two"):
        network_folder.post(f"posts/{name}.md", title=name)
    assert network_folder.mayor("approve", "one", "two", "--yes").code == 0
    network_folder.post("queue/three.md", title="three")
    let_the_clock_tick(network_folder.root)
    for _ in range(2):
        assert network_folder.blognet("check", "posts", "queue").code == 0
    assert kept(network_folder.root).keys() == {"queue/three.md"}
    assert network_folder.blognet("check", "posts/one.md").code == 0
    assert kept(network_folder.root).keys() == {"posts/one.md", "queue/three.md"}


def test_what_is_read_for_its_own_sake_is_not_kept_with_two_that_are_one_subject(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md", body="One.")
    network_folder.post("queue/sub/hello.md", body="Two.")
    found(network_folder.root)
    network_folder.post("queue/new.md", title="New")
    let_the_clock_tick(network_folder.root)
    network = load_network(network_folder.root, now=NOW)
    examine_entries(network, [one for one in network.entries.values() if one.subject.id == "hello"])
    assert "queue/sub/hello.md" in kept(network_folder.root)
    assert "queue/new.md" not in kept(network_folder.root)


def test_what_waits_no_more_is_forgotten(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    found(network_folder.root)
    assert network_folder.mayor("approve", "hello", "--yes").code == 0
    network_folder.post("queue/other.md")
    found(network_folder.root)
    assert not {"queue/hello.md", "posts/hello.md"} & kept(network_folder.root).keys()


def test_a_row_that_says_something_else_is_read_past(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    first = found(network_folder.root)
    network = load_network(network_folder.root, now=NOW)
    assert network.kept is not None
    index = network.kept.index
    for damage in ("", "post/hello", "a\nb\nc\nd", f"post/hello\n{network.kept.authors}\nc\n"):
        rows = index.rows(SECTION)
        index.keep(SECTION, {path: row._replace(said=damage) for path, row in rows.items()})
        assert found(network_folder.root) == first


def test_two_texts_that_are_one_subject_are_kept_both(network_folder: NetworkFolder) -> None:
    network_folder.post("posts/hello.md", body="One.")
    assert network_folder.mayor("approve", "hello", "--yes").code == 0
    network_folder.post("posts/hello.md", body="Two.")
    network_folder.post("queue/hello.md", body="Three.")
    network_folder.post("queue/sub/hello.md", body="Four.")
    first = found(network_folder.root)
    assert found(network_folder.root) == first  # now it is known that they have to be read together
    paths = {"posts/hello.md", "queue/hello.md", "queue/sub/hello.md"}
    assert paths <= kept(network_folder.root).keys()
    assert found(network_folder.root) == first
    shutil.rmtree(network_folder.root / ".blognet")
    assert found(network_folder.root) == first


@pytest.mark.parametrize("command", [("mayor", "queue"), ("check", "queue/hello.md")])
def test_a_second_look_at_what_waits_loads_nothing_that_reads_or_renders(
    network_folder: NetworkFolder, command: tuple[str, ...]
) -> None:
    network_folder.post("queue/hello.md", body="*Text* with `code`.\n\n```python\nx = 1\n```\n")
    network_folder.write("queue/faulty.md", FAULTY)
    network_folder.post("queue/sub/twin.md")
    network_folder.post("posts/twin.md", body="Another.")
    let_the_clock_tick(network_folder.root)
    where = str(network_folder.root)
    first = "import blognet.disk.marks as marks; marks.FINE = 0"
    modules = [loaded(*command, where=where, first=first) for _ in range(3)][-1]
    heavy = {*READERS, "email", "xml", "zipfile"}
    assert modules & heavy == set()
    rooms = {name for name in modules if name.startswith("blognet.markup.")}
    assert rooms <= {"blognet.markup.codes", "blognet.markup.hosts", "blognet.markup.values"}


def test_a_queue_says_the_same_each_time(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md", body="# Loud\n\nText.\n")
    network_folder.write("queue/faulty.md", FAULTY)
    let_the_clock_tick(network_folder.root)
    said = [network_folder.mayor("queue", "--json").out for _ in range(3)]
    drop = ("age_seconds", "waiting_since", "left", "queued_since", "due", "place")
    told = [
        [{k: v for k, v in one.items() if k not in drop} for one in json.loads(each)["waiting"]]
        for each in said
    ]
    assert told[0] == told[1] == told[2]
