"""A look that two processes share sees what one sees by itself."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from blognet.disk.look import WHOLE, Look, Part, look_as_bytes, look_at
from blognet.disk.record_leaves import leaves_in
from blognet.disk.shared_look import look_shared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from blognet.disk.look import Listed

TOPS = ("posts", "record", "blognet.yml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(150):
        folder = tmp_path / f"record/post/{number:03}"
        folder.mkdir(parents=True)
        (folder / "one.json").write_text("{}", encoding="utf-8")
    (tmp_path / "record/page/about").mkdir(parents=True)
    (tmp_path / "record/post/007/below/deep").mkdir(parents=True)
    (tmp_path / "record/post/007/below/deep/two.txt").write_text("two", encoding="utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/one.md").write_text("one", encoding="utf-8")
    (tmp_path / "blognet.yml").write_text("id: one", encoding="utf-8")
    return tmp_path


def alone(root: Path, listed: Mapping[str, Listed] | None = None) -> Look:
    return look_at(root, TOPS, began=0, listed=listed or {})


def shared(root: Path, before: Mapping[str, Listed], *, is_long: bool = True) -> Look:
    questions = (lambda: "y", lambda: "")
    look, said = look_shared(root, TOPS, questions, began=0, before=before, is_long=is_long)
    assert said == ("y", "")
    return look


def are_alike(one: Look, other: Look) -> bool:
    return (one.marks, one.listed, one.newest, one.is_whole) == (
        *(other.marks, other.listed, other.newest),
        other.is_whole,
    )


@pytest.mark.parametrize("is_long", [True, False])
def test_both_see_what_one_sees(root: Path, *, is_long: bool) -> None:
    look = shared(root, alone(root).listed, is_long=is_long)
    assert are_alike(look, alone(root))
    assert look.mark_at("record/post/007/below/deep/two.txt")


def test_the_digest_is_the_same_whoever_looked_at_what(root: Path) -> None:
    before = alone(root).listed
    one, two = (shared(root, before, is_long=is_long) for is_long in (True, False))
    assert one.digest() == two.digest()
    (root / "record/post/100/one.json").write_text("[]", encoding="utf-8")
    assert shared(root, before).digest() != one.digest()


def test_what_is_to_be_done_meanwhile_is_done_here(root: Path) -> None:
    here: list[int] = []
    look, _ = look_shared(
        root,
        TOPS,
        began=0,
        before=alone(root).listed,
        is_long=True,
        meanwhile=lambda: here.append(os.getpid()),
    )
    assert here == [os.getpid()]
    assert are_alike(look, alone(root))


def test_who_ends_without_an_answer_takes_nothing_along(root: Path) -> None:
    here = os.getpid()

    def question() -> str:
        if os.getpid() != here:
            os._exit(1)
        return "y"

    look, said = look_shared(
        root, TOPS, (question,), began=0, before=alone(root).listed, is_long=True
    )
    assert said == ("y",)
    assert are_alike(look, alone(root))


def test_parts_that_somebody_took_and_did_not_tell_of_are_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getpid()

    def lost(look: Look, listed: Mapping[str, Listed]) -> bytes:
        if os.getpid() != here and len(look.listed) > 1:
            os._exit(1)
        return look_as_bytes(look, listed)

    before = alone(root).listed
    monkeypatch.setattr("blognet.disk.shared_look.look_as_bytes", lost)
    assert are_alike(shared(root, before), alone(root))


def _came(root: Path) -> None:
    (root / "record/post/new").mkdir()
    (root / "record/post/new/one.json").write_text("{}", encoding="utf-8")


def _went(root: Path) -> None:
    shutil.rmtree(root / "record/post/003")


def _became_a_file(root: Path) -> None:
    shutil.rmtree(root / "record/post/003")
    (root / "record/post/003").write_text("text", encoding="utf-8")


def _is_empty(root: Path) -> None:
    (root / "record/post/003/one.json").unlink()


def _all_went(root: Path) -> None:
    shutil.rmtree(root / "record/post")


def _is_elsewhere(root: Path) -> None:
    (root / "record/post").rename(root / "elsewhere")
    (root / "record/post").symlink_to(root / "elsewhere")


def _all_is_elsewhere(root: Path) -> None:
    (root / "record").rename(root / "elsewhere")
    (root / "record").symlink_to(root / "elsewhere")


def _all_is_a_file(root: Path) -> None:
    shutil.rmtree(root / "record")
    (root / "record").write_text("text", encoding="utf-8")


def _no_record(root: Path) -> None:
    shutil.rmtree(root / "record")


def _no_posts(root: Path) -> None:
    shutil.rmtree(root / "record/post")
    (root / "record/post").mkdir()


@pytest.mark.parametrize(
    "change",
    [
        *(_came, _went, _became_a_file, _is_empty, _all_went, _no_posts, _no_record),
        *(_is_elsewhere, _all_is_elsewhere, _all_is_a_file),
    ],
)
def test_what_changed_since_folders_were_listed_is_seen(
    root: Path, change: Callable[[Path], None]
) -> None:
    before = alone(root).listed
    change(root)
    look = shared(root, before)
    assert are_alike(look, alone(root, before))
    assert are_alike(look, alone(root))


def test_when_there_are_no_more_pipes_everything_is_looked_at_here(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> tuple[int, int]:
        raise OSError

    before = alone(root).listed
    monkeypatch.setattr(os, "pipe", refused)
    assert are_alike(shared(root, before), alone(root))


@pytest.mark.parametrize("at", range(1, 9))
@pytest.mark.parametrize("is_new", [False, True])
def test_a_folder_that_comes_or_goes_between_two_parts_is_not_half_there(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, at: int, is_new: bool
) -> None:
    before, parts = alone(root).listed, iter(range(9))
    here, away = root / "record/post", root / "elsewhere"
    if is_new:
        here.rename(away)

    def look_at_part(
        root: Path,
        tops: Sequence[str],
        *,
        began: int,
        listed: Mapping[str, Listed],
        part: Part = WHOLE,
    ) -> Look:
        if next(parts) == at:
            (away if is_new else here).rename(here if is_new else away)
        return look_at(root, tops, began=began, listed=listed, part=part)

    monkeypatch.setattr("blognet.disk.shared_look.look_at", look_at_part)
    leaves = leaves_in(shared(root, before, is_long=False))
    if leaves is not None:
        assert sum(map(len, leaves.folders.values())) in {1, 151}
        assert leaves.digests()
