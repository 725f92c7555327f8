"""An index that is filled by slices, by one process or several, is the one that reading everything at once leaves."""

from __future__ import annotations

import os
import shutil
import signal
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from blognet.actions import filling
from blognet.actions.crew import Crew
from blognet.actions.indexed import index_of
from blognet.actions.network import load_network, open_network, reading_rules
from blognet.actions.published import published_from
from blognet.content import parse
from blognet.disk import marks
from tests.invariants.network_folder import NOW, NetworkFolder, post, start

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blognet.disk.index import Row
    from blognet.kernel.ids import Subject
    from blognet.site import Published

real_rows = filling.record_rows
real_parsing = parse.parse_content
SECTIONS = ("sources", "record", "live")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    network = start(tmp_path_factory.mktemp("filling") / "network")
    for number in range(12):
        network.write(f"queue/post-{number}.md", post(f"Post {number}", extra="{free: [data]}"))
    network.write("queue/shot/index.md", post("Shot", body="![Shot](é.png)"))
    network.write("queue/shot/é.png", b"no picture")
    network.decided("approve", "--all", "--yes")
    network.decided("retract", "post-3", "-m", "Taken down.")
    network.write("posts/post-4.md", post("An edit that waits", nonsense="1"))
    network.write("queue/post-5.md", post("Another text of one subject"))
    network.write("queue/lone.docx", b"no post")
    network.write("record/post/post-6/stray.txt", b"of nobody")
    (network.root / "posts/post-7.md").unlink()
    return network


@pytest.fixture
def network(
    original: NetworkFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> NetworkFolder:
    """The network without an index, worth several processes, and with marks that are old enough at once."""
    shutil.copytree(original.root, tmp_path / "network", ignore=shutil.ignore_patterns(".blognet"))
    monkeypatch.setattr(filling, "WORTH_FILLING", 1)
    monkeypatch.setattr(filling, "_SLICE", 3)
    monkeypatch.setattr(marks, "FINE", -marks.COARSE)
    return NetworkFolder(root=tmp_path / "network")


def loaded(network: NetworkFolder, crew: Crew | None) -> Published:
    now = datetime.fromisoformat(NOW)
    read = load_network(network.root, now=now, crew=crew)
    return published_from(read.record, rules=read.rules, now=now)


def rows(network: NetworkFolder) -> Mapping[str, Mapping[str, Row]]:
    root, config = open_network(network.root)
    index = index_of(root, config, reading_rules(config))
    return {section: index.rows(section) for section in SECTIONS}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_rows_are_those_of_reading_everything_at_once(
    jobs: int, network: NetworkFolder
) -> None:
    published = loaded(network, None)
    at_once = rows(network)
    assert all(len(at_once[section]) > 10 for section in SECTIONS)
    shutil.rmtree(network.root / ".blognet")
    crew = Crew(jobs=jobs)
    assert loaded(network, crew) == published
    crew.end()
    assert rows(network) == at_once


def test_an_approved_text_that_lies_in_the_sources_is_taken_apart_once(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved: list[str] = []

    def noted(subject: Subject, **more: Any) -> object:  # noqa: ANN401  # as the real one takes them
        approved.append(str(subject))
        return real_parsing(subject, **more)

    monkeypatch.setattr(parse, "parse_content", noted)
    loaded(network, Crew())
    assert "post/post-1" not in approved
    assert {"post/post-4", "post/post-7"} <= set(approved)  # an edit waits; the source went away


def killed_elsewhere(given: object, asked: tuple[tuple[str, filling.OnDisk], ...]) -> object:
    if not isinstance(given, filling.ReadingKit):
        os.kill(os.getpid(), signal.SIGKILL)
    return real_rows(given, asked)


def test_a_worker_that_is_lost_costs_time_alone(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = loaded(network, None)
    at_once = rows(network)
    shutil.rmtree(network.root / ".blognet")
    monkeypatch.setattr(filling, "record_rows", killed_elsewhere)
    crew = Crew(jobs=2)
    assert loaded(network, crew) == published
    crew.end()
    assert rows(network) == at_once
    assert [problem.code for problem in crew.problems] == ["BN756"]


def test_nothing_is_read_by_slices_when_most_is_known(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(network, None)
    network.write("posts/post-1.md", post("Changed"))
    asked: list[str] = []
    monkeypatch.setattr(filling, "changed_units", lambda *_, **__: asked.append("sources"))
    loaded(network, Crew())
    assert asked == []


def test_an_index_of_another_machine_is_filled_anew(network: NetworkFolder) -> None:
    published = loaded(network, None)
    for path in sorted((network.root / "record").rglob("*")):
        if path.is_file():
            path.write_bytes(path.read_bytes())
            os.utime(path, (1, 1))
    before = rows(network)["record"]
    assert loaded(network, Crew()) == published
    after = rows(network)["record"]
    assert after.keys() == before.keys()
    assert all(after[place].marks != before[place].marks for place in after)
