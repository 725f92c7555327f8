"""The shortest way through a build: what it believes, and what makes a build look closer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.actions.unchanged import build_unchanged, unchanged_since
from blognet.disk.input_marks import look_at_inputs, look_at_inputs_beside, marks_in

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.actions.unchanged import Looked
    from tests.cli.network_folder import NetworkFolder


@pytest.fixture(autouse=True)
def trusted_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe the marks of files that were written a moment ago; here nothing writes them twice in one."""
    monkeypatch.setattr("blognet.disk.input_marks._TOO_FRESH", 0)


def told(network: NetworkFolder, change: tuple[str, str] | None = None) -> str:
    """Return everything that is remembered, as it lies on the disk, after a change of it by a bad one."""
    memory = network.root / ".blognet/memory.sqlite"
    said = memory.read_bytes().decode("latin-1")
    if change:
        said = said.replace(*change)
        memory.write_bytes(said.encode("latin-1"))
    return said


def test_a_damaged_time_keeps_no_post_on_the_site_that_has_expired(
    network_folder: NetworkFolder,
) -> None:
    network_folder.write(
        "queue/hello.md",
        "---\ntitle: Hello\nauthors: [ben]\ndate: 2026-01-01\nexpires: 2070-03-01\n---\n\nText.\n",
    )
    network_folder.mayor("approve", "hello", "--yes")
    network_folder.blognet("build")
    page = network_folder.root / "site/2026/hello/index.html"
    assert "Text." in page.read_text(encoding="utf-8")
    if "2070" not in told(network_folder):
        pytest.fail("the note does not say when something is due")
    told(network_folder, ("2070", "2090"))
    assert network_folder.blognet("build", "--now", "2071-01-01T00:00Z").code == 0
    assert not page.exists() or "Text." not in page.read_text(encoding="utf-8")


def test_a_note_that_is_as_it_was_left_is_believed(network_folder: NetworkFolder) -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    site = network_folder.root / "site"
    for _ in range(2):
        network_folder.blognet("build", "--now", "2026-12-01T00:00Z")
    looked = unchanged_since(network_folder.root, site, now=now, base_url="")
    assert looked.built is not None


def test_every_file_that_settings_name_is_looked_at(tmp_path: Path) -> None:
    for name in ("logo.svg", "fonts/one.ttf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("old", encoding="utf-8")
    before = marks_in(look_at_inputs(tmp_path, "logo.svg\nfonts/one.ttf"))
    assert before
    (tmp_path / "fonts/one.ttf").write_text("other", encoding="utf-8")
    assert marks_in(look_at_inputs(tmp_path, "logo.svg\nfonts/one.ttf")) != before


@pytest.mark.parametrize("is_long", [True, False])
@pytest.mark.parametrize("is_so", [True, False])
def test_a_look_that_is_shared_out_sees_what_one_look_sees(
    network_folder: NetworkFolder, *, is_long: bool, is_so: bool
) -> None:
    root = network_folder.root
    network_folder.blognet("build")
    (root / "logo.svg").write_text("logo", encoding="utf-8")
    alone = look_at_inputs(root, "logo.svg")
    look, said = look_at_inputs_beside(
        root, "logo.svg", (lambda: "so" * is_so, lambda: "and so"), is_long=is_long
    )
    assert said == ("so" * is_so, "and so")
    assert (look.marks, look.listed) == (alone.marks, alone.listed)
    assert (look.newest, look.is_whole) == (alone.newest, alone.is_whole)
    assert marks_in(look) == marks_in(alone) != ""


@pytest.mark.parametrize("is_long", [True, False])
def test_somebody_else_looks_while_there_is_something_to_do_here(
    network_folder: NetworkFolder, *, is_long: bool
) -> None:
    root = network_folder.root
    network_folder.blognet("build")
    alone, done = look_at_inputs(root, ""), list[str]()
    look, said = look_at_inputs_beside(
        root, "", (lambda: "so",), is_long=is_long, meanwhile=lambda: done.append("done")
    )
    assert done == ["done"] * is_long
    assert said == ("so",)
    assert (look.marks, look.listed) == (alone.marks, alone.listed)
    assert marks_in(look) == marks_in(alone) != ""


def test_a_build_is_prepared_for_when_somebody_else_wrote_since_the_last_one(
    network_folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blognet.actions.unchanged._MANY", 0)
    prepared: list[str] = []

    def looked(after: str) -> Looked:
        return build_unchanged(
            network_folder.root,
            now=datetime(2026, 12, 1, tzinfo=UTC),
            output=None,
            base_url="",
            prepare=lambda: prepared.append(after),
        )

    for _ in range(2):
        network_folder.blognet("build", "--now", "2026-12-01T00:00Z")
    assert looked("a build").built is not None
    assert not prepared
    network_folder.write("queue/hello.md", "---\ntitle: Hello\nauthors: [ben]\n---\n\nText.\n")
    assert network_folder.mayor("approve", "hello", "--yes").code == 0
    assert looked("a decision").built is None
    assert prepared == ["a decision"]
