"""Deciding on files: never on bytes that nobody saw, all of several or none, and nothing half written."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from blognet.actions.decide import Request, decide_all
from blognet.kernel.errors import ConflictError, FaultsError
from blognet.kernel.ids import AuthorId, Kind, Subject
from blognet.moderation.events import Verb

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.actions.decide import Outcome
    from blognet.kernel.hashing import ContentHash
    from tests.unit.actions.conftest import Folder

ONE = Subject(kind=Kind.POST, id="one")


def approve(folder: Folder, expected: ContentHash | None, *, who: str = "ann") -> Outcome:
    request = Request(subject=ONE, verb=Verb.APPROVE, expected=expected)
    return decide_all(folder.root, (request,), actor=AuthorId(who), now=folder.now)


def record_files(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "record").rglob("*") if path.is_file())


def test_bytes_that_changed_since_they_were_seen_are_not_approved(folder: Folder) -> None:
    folder.write("queue/one.md")
    seen = folder.entry("post/one").standing.content
    folder.write("queue/one.md", "Changed meanwhile.")
    with pytest.raises(ConflictError) as raised:
        approve(folder, seen)
    assert seen is not None
    assert f"one changed since you saw it: it was {seen.short}, now it is " in raised.value.message
    assert record_files(folder.root) == []


def test_a_picture_that_changed_is_a_change(folder: Folder) -> None:
    folder.write("queue/one/index.md")
    folder.draw("queue/one/sea.png")
    seen = folder.entry("post/one").standing.content
    folder.draw("queue/one/sea.png", colour=1)
    with pytest.raises(ConflictError, match="changed since you saw it"):
        approve(folder, seen)


def test_an_approval_that_names_no_bytes_approves_none(folder: Folder) -> None:
    """A file that could not be read when it was listed may have been mended by the time of the decision."""
    folder.write("queue/one.md")
    with pytest.raises(ConflictError, match="it was unreadable, now it is "):
        approve(folder, None)
    assert record_files(folder.root) == []


def test_a_file_that_vanished_is_no_crash(folder: Folder) -> None:
    folder.write("queue/one.md")
    seen = folder.entry("post/one").standing.content
    (folder.root / "queue/one.md").unlink()
    with pytest.raises(ConflictError, match="now it is gone or unreadable"):
        approve(folder, seen)


def test_when_one_of_several_is_refused_none_is_decided(folder: Folder) -> None:
    folder.write("queue/one.md")
    folder.write("queue/two.md", front="authors: [ben]\ndraft: true")
    with pytest.raises(ConflictError, match="still a draft"):
        folder.approve("post/one", "post/two")
    assert record_files(folder.root) == []
    assert folder.files() == ["queue/one.md", "queue/two.md"]


def test_an_unsound_record_is_not_decided_upon(folder: Folder) -> None:
    folder.write("queue/one.md")
    folder.write("queue/two.md")
    folder.approve("post/one")
    text = next(folder.root.rglob("record/post/one/*.txt"))
    text.write_text(text.read_text(encoding="utf-8").replace("Hello", "Hullo"), encoding="utf-8")
    with pytest.raises(FaultsError) as raised:
        folder.approve("post/two")
    assert [problem.code for problem in raised.value.problems] == ["BN308"]


def test_what_a_mayor_edited_in_their_own_working_copy_is_for_another_mayor(folder: Folder) -> None:
    folder.write("queue/one.md")
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "begin")):
        subprocess.run(["git", *command], cwd=folder.root, check=True)
    folder.write("queue/one.md", "Changed by whoever sits here.")
    with pytest.raises(BaseException, match="was last edited by you"):
        folder.approve("post/one")


def test_where_one_mayor_is_alone_the_event_says_that_they_edited_it(folder: Folder) -> None:
    settings = folder.root / "blognet.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "policy: {solo: true}\n", encoding="utf-8"
    )
    folder.write("queue/one.md")
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "begin")):
        subprocess.run(["git", *command], cwd=folder.root, check=True)
    folder.write("queue/one.md", "Changed by whoever sits here.")
    (decided,) = folder.approve("post/one").decided
    assert decided.event.options["solo"] == "was last edited by you"


def test_an_address_once_given_away_is_never_given_to_another(folder: Folder) -> None:
    settings = folder.root / "blognet.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "permalink: /:slug/\n", encoding="utf-8"
    )
    folder.write("queue/one.md")
    folder.approve("post/one")
    folder.decide(Verb.RETRACT, "post/one", quiet="yes")
    folder.write("pages/one.md")
    with pytest.raises(ConflictError, match="would live at /one/, which post/one already has"):
        folder.approve("page/one")


def test_a_dry_run_writes_nothing(folder: Folder) -> None:
    folder.write("queue/one.md")
    entry = folder.entry("post/one")
    request = Request(subject=ONE, verb=Verb.APPROVE, expected=entry.standing.content)
    outcome = decide_all(
        folder.root, (request,), actor=AuthorId("ann"), now=folder.now, dry_run=True
    )
    assert len(outcome.decided) == 1
    assert record_files(folder.root) == []
    assert folder.files() == ["queue/one.md"]
