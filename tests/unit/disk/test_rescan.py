"""Which files changed since the last time, told without reading those that did not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from blognet.disk import rescan as module
from blognet.disk.rescan import NOTHING, Scanned, rescan

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in ("queue/a.md", "posts/b/index.md", "record/post/b/event.json", "themes/t/x.css"):
        _write(tmp_path, path, "old")
    _write(tmp_path, "blognet.yml", "title: A")
    return tmp_path


@pytest.fixture
def seen(root: Path) -> Scanned:
    return rescan(root, NOTHING)[0]


def _write(root: Path, path: str, words: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(words)


def test_at_first_everything_is_new(root: Path) -> None:
    assert rescan(root, NOTHING)[1] == {
        "queue/a.md",
        "posts/b/index.md",
        "record/post/b/event.json",
        "themes/t/x.css",
        "blognet.yml",
    }


def test_when_nothing_was_done_nothing_changed(root: Path, seen: Scanned) -> None:
    assert rescan(root, seen)[1] == frozenset()


def test_what_came_went_or_was_written_is_named(root: Path, seen: Scanned) -> None:
    _write(root, "queue/new.md", "new")
    _write(root, "blognet.yml", "title: B")
    (root / "posts/b/index.md").rename(root / "posts/b/index.de.md")
    (root / "themes/t/x.css").unlink()

    assert rescan(root, seen)[1] == {
        "queue/new.md",
        "blognet.yml",
        "posts/b/index.md",
        "posts/b/index.de.md",
        "themes/t/x.css",
    }


def test_a_file_so_young_that_its_marks_say_nothing_is_told_by_its_bytes(root: Path) -> None:
    place = root / "queue/a.md"
    seen, _ = rescan(root, NOTHING)
    facts = place.stat()
    place.write_text("new")
    os.utime(place, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    same = Scanned(
        marks={**seen.marks, "queue/a.md": rescan(root, seen)[0].marks["queue/a.md"]},
        digests=seen.digests,
    )

    assert rescan(root, same)[1] == {"queue/a.md"}


def test_a_file_whose_marks_are_old_and_as_before_is_not_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "is_settled", lambda _mark, _began: True)
    seen, _ = rescan(root, NOTHING)
    monkeypatch.setattr(module, "read_plain", _never)

    assert rescan(root, seen)[1] == frozenset()


def test_only_what_is_asked_for_is_looked_at(root: Path, seen: Scanned) -> None:
    _write(root, "queue/a.md", "other")
    _write(root, "posts/b/index.md", "other")

    later, changed = rescan(root, seen, only=frozenset({"posts"}))

    assert changed == {"posts/b/index.md"}
    assert rescan(root, later)[1] == {"queue/a.md"}


def test_files_elsewhere_are_looked_at_when_they_are_named(root: Path, seen: Scanned) -> None:
    _write(root, "logo.svg", "<svg/>")

    assert rescan(root, seen, more=("logo.svg",))[1] == {"logo.svg"}


def _never(*_: object, **__: object) -> bytes:
    raise AssertionError
