"""What a command reads: the network as it is at this moment, and not more of the program than it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.actions.network import load_network
from blognet.disk import marks
from blognet.kernel.errors import ConflictError
from blognet.kernel.ids import Kind, Subject
from tests.loaded_modules import loaded
from tests.opened_files import let_the_clock_tick
from tests.picture_files import png

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.network_folder import NetworkFolder

NOW = datetime(2070, 1, 1, tzinfo=UTC)
HELLO = Subject(kind=Kind.POST, id="hello")
PNG = png()
HEAVY = (
    "PIL",
    "babel",
    "jinja2",
    "markdown_it",
    "mdit_py_plugins",
    "nh3",
    "pygments",
    "rich",
    "watchdog",
)


FARAWAY = ("email", "http", "multiprocessing", "socket", "ssl", "tempfile", "zipfile")
"""What the standard library brings along for work that few commands do."""
FAR = frozenset(FARAWAY) - {"email", "socket", "tempfile", "zipfile"}
"""The same but for what pydantic brings, which reads front matter."""


def test_help_needs_neither_settings_nor_renderer(network_folder: NetworkFolder) -> None:
    modules = loaded("--help", where=str(network_folder.root))
    assert not modules & {*HEAVY, *FARAWAY, "pydantic", "yaml", "sqlite3"}


def test_a_build_with_nothing_to_do_needs_neither_settings_nor_sources_nor_pages(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    network_folder.mayor("approve", "hello", "--yes")
    # Here nobody writes a file twice in one tick of its clock.
    first = "import blognet.disk.input_marks as marks; marks._TOO_FRESH = 0"
    where = str(network_folder.root)
    again = [loaded("build", where=where, first=first) for _ in range(3)][-1]
    assert not again & {*HEAVY, *FARAWAY, "ctypes", "pydantic", "subprocess", "traceback", "yaml"}
    rooms = {name.split(".")[1] for name in again if name.startswith("blognet.")}
    assert rooms <= {"actions", "cli", "disk", "engine", "kernel", "themes"}
    assert {name for name in again if name.startswith("blognet.themes.")} == {
        "blognet.themes.built_in"
    }


def test_a_build_of_another_text_needs_no_pictures_no_calendars_and_no_processes(
    network_folder: NetworkFolder,
) -> None:
    settings = network_folder.root / "blognet.yml"
    settings.write_bytes(settings.read_bytes() + b"social_cards: {draw: false}\n")
    network_folder.post("queue/hello.md")
    network_folder.mayor("approve", "hello", "--yes")
    network_folder.blognet("build")
    path = network_folder.root / "posts/hello.md"
    path.write_bytes(path.read_bytes() + b"\nMore.\n")
    network_folder.mayor("approve", "hello", "--yes")
    modules = loaded("build", where=str(network_folder.root))
    assert not modules & {*FAR, "PIL", "rich", "watchdog", "xml.sax"}


def test_a_build_of_another_body_needs_nothing_that_reads_front_matter(
    network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The clock of the file system ticks, instead of waiting until a change has to show.
    monkeypatch.setattr(marks, "FINE", 0)
    settings = network_folder.root / "blognet.yml"
    settings.write_bytes(settings.read_bytes() + b"social_cards: {draw: false}\n")
    path = network_folder.post("posts/hello.md")
    network_folder.mayor("approve", "hello", "--yes")
    network_folder.blognet("build")
    path.write_bytes(path.read_bytes() + b"\nMore.\n")
    let_the_clock_tick(network_folder.root)
    network_folder.mayor("approve", "hello", "--yes")
    first = "import blognet.disk.marks as marks; marks.FINE = 0"
    modules = loaded("build", where=str(network_folder.root), first=first)
    (page,) = network_folder.root.glob("site/*/hello/index.html")
    assert b"More." in page.read_bytes()
    readers = {"blognet.content.front_matter", "blognet.content.parse", "blognet.kernel.yamltext"}
    assert not modules & {*readers, "pydantic", "yaml"}


def test_a_build_of_few_texts_begins_without_what_few_of_them_need() -> None:
    program = (
        "import sys; import blognet.cli.build, blognet.actions.build, blognet.markup.pull;"
        " print(*sys.modules)"
    )
    done = subprocess.run(  # our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    modules = set(done.stdout.split())
    assert "blognet.actions.few_texts" in modules
    files = {f"blognet.render.{name}" for name in ("site_files", "host_files", "machine_files")}
    assert not modules & {*files, "blognet.content.svg_bare", "xml.parsers"}
    assert not modules & {"blognet.markup.highlight", "pygments", "traceback"}
    assert not modules & {"blognet.actions.search_files", "blognet.render.pagefind_files"}


def test_a_queue_needs_no_renderer_and_no_parser_for_what_was_read_before(
    network_folder: NetworkFolder,
) -> None:
    for folder in network_folder.root.glob("[apq]*"):
        shutil.rmtree(folder)  # what waits is rendered for the checks
    where = str(network_folder.root)
    modules = [loaded("mayor", "queue", where=where) for _ in range(2)][-1]
    assert not modules & {*HEAVY, *FARAWAY, "pydantic", "blognet.content.front_matter"}
    assert not modules & {"html", "shutil", "subprocess"}
    assert not modules & {
        f"blognet.{name}"
        for name in ("disk.identity", "moderation.checks.outside", "moderation.deputies")
    }


def test_a_look_at_one_file_needs_no_templates_and_no_other_packages(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    modules = loaded("check", "queue/hello.md", where=str(network_folder.root))
    assert not modules & {*FAR, "PIL", "babel", "jinja2", "rich", "subprocess", "tomllib"}
    assert not modules & {"pygments", "blognet.markup.highlight"}
    own = ("themes.environment", "moderation.checks.outside", "pictures.structure")
    assert not modules & {f"blognet.{name}" for name in own}


def test_an_approval_needs_no_templates(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md")
    modules = loaded("mayor", "approve", "hello", "--yes", where=str(network_folder.root))
    assert not modules & {*FAR, "PIL", "babel", "jinja2", "rich", "tomllib"}
    assert not modules & {"pygments", "blognet.markup.highlight"}
    own = ("moderation.checks.outside", "pictures.structure")
    assert not modules & {f"blognet.{name}" for name in own}


def test_a_queue_of_what_waits_asks_for_no_plug_ins_and_no_pictures(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md")
    where = str(network_folder.root)
    modules = [loaded("mayor", "queue", where=where) for _ in range(2)][-1]
    own = ("disk.plugins", "disk.tools", "moderation.checks.outside", "pictures.structure")
    assert not modules & {f"blognet.{name}" for name in own}
    assert not modules.intersection(HEAVY)


def age(folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be old enough to be relied on, and the index know it."""
    monkeypatch.setattr(marks, "FINE", 0)
    tick(folder.root)
    load_network(folder.root, now=NOW)
    tick(folder.root)


def tick(root: Path) -> None:
    """Wait for the clock of the file system, which counts in ticks."""
    scratch = root / ".tick"
    scratch.write_bytes(b"")
    before = scratch.stat().st_ctime_ns
    while scratch.stat().st_ctime_ns == before:
        scratch.write_bytes(b"")


def test_a_text_that_changes_after_the_network_was_looked_at_is_a_conflict(
    network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = network_folder.post("queue/hello.md")
    age(network_folder, monkeypatch)
    network = load_network(network_folder.root, now=NOW)
    path.write_bytes(path.read_bytes() + b"unseen")
    with pytest.raises(ConflictError, match="changed while the command was running"):
        _ = network.entries[HELLO].proposal


def test_a_decision_that_comes_after_the_network_was_looked_at_is_a_conflict(
    network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    network_folder.post("queue/hello.md")
    assert network_folder.mayor("comment", "hello", "-m", "One.").code == 0
    age(network_folder, monkeypatch)
    network = load_network(network_folder.root, now=NOW)
    assert network_folder.mayor("comment", "hello", "-m", "Two.").code == 0
    with pytest.raises(ConflictError, match="changed while the command was running"):
        _ = network.entries[HELLO].decided


def test_a_lost_picture_is_noticed_although_its_post_is_as_it_was(
    network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    network_folder.post("queue/hello/index.md", body="![A picture](a.png)")
    network_folder.write("queue/hello/a.png", PNG)
    approved = network_folder.mayor("approve", "hello", "--yes")
    assert approved.code == 0, approved.err
    age(network_folder, monkeypatch)
    assert not load_network(network_folder.root, now=NOW).record.problems
    for copy in (network_folder.root / "record" / "assets").iterdir():
        copy.unlink()
    problems = load_network(network_folder.root, now=NOW).record.problems
    assert [problem.code for problem in problems] == ["BN309"]


def test_a_file_written_twice_in_a_tick_is_read_twice(network_folder: NetworkFolder) -> None:
    network_folder.post("queue/hello.md", title="One")
    path = network_folder.root / "queue" / "hello.md"
    facts = path.stat()
    load_network(network_folder.root, now=NOW)
    path.write_bytes(path.read_bytes().replace(b"One", b"Two"))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert load_network(network_folder.root, now=NOW).entries[HELLO].title == "Two"


def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(
    network_folder: NetworkFolder,
) -> None:
    network_folder.post("queue/hello.md", title="One")
    network_folder.write(".blognet", "in the way")
    assert load_network(network_folder.root, now=NOW).entries[HELLO].title == "One"
