"""The same inputs give the same bytes, whatever the clock, the machine, the person's settings and the workers are."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from blognet.actions import texts
from tests.invariants.network_folder import NOW, NetworkFolder, post, start, tree_of
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What `site` imports before the program starts: the clock is a year ahead.
AHEAD = """\
import datetime, time
_now, _time = datetime.datetime.now, time.time
class Ahead(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return _now(tz) + datetime.timedelta(days=366, seconds=4711)
datetime.datetime = Ahead
time.time = lambda: _time() + 366 * 86400
"""
MANY = 12 + texts.WORTH_WORKERS


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> NetworkFolder:
    """More posts than one process renders, by two authors, with tags, pictures, a translation and a tombstone."""
    network = start(tmp_path_factory.mktemp("reproducible") / "one")
    for number in range(MANY):
        network.write(f"queue/post-{number}.md", _numbered(number))
    for name in ("bundle", "gone"):
        network.write(f"queue/{name}/index.md", post("Größe", body="![x](é.png)", tags="[Öl]"))
        network.write(f"queue/{name}/index.de.md", post("Grösse", body="![x](é.png)"))
        network.write(f"queue/{name}/é.png", png(words="picture"))
    network.decided("approve", "--all", "--yes")
    network.decided("retract", "gone", "-m", "Taken down.")
    return network


def test_clock_zone_locale_hash_seed_umask_place_order_and_workers_change_no_byte(
    network: NetworkFolder, tmp_path: Path
) -> None:
    shutil.rmtree(network.root / ".blognet")
    _build_in_a_process(network.root, jobs=1, umask=0o022, TZ="UTC", LC_ALL="C", PYTHONHASHSEED="0")
    elsewhere = tmp_path / "another place" / "ünder"
    _copy_in_another_order(network.root, elsewhere)
    ahead = tmp_path / "ahead"
    ahead.mkdir()
    (ahead / "sitecustomize.py").write_text(AHEAD, "utf-8")
    _build_in_a_process(
        elsewhere, jobs=2, umask=0o077, TZ="Asia/Kathmandu", LC_ALL="C.UTF-8", LANG="de_DE.UTF-8",
        PYTHONHASHSEED="4711", PYTHONPATH=str(ahead), HOME=str(tmp_path),
    )  # fmt: skip
    assert _with_modes(elsewhere / "site") == _with_modes(network.root / "site")
    assert len(tree_of(elsewhere / "site")) > MANY


def test_the_clock_of_the_other_test_is_really_ahead(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(AHEAD, "utf-8")
    question = "from datetime import datetime, UTC; print(datetime.now(UTC).year)"
    years = [
        int(
            subprocess.run(
                [sys.executable, "-c", question],
                env={"PYTHONPATH": path},
                capture_output=True,
                check=True,
            ).stdout
        )
        for path in ("", str(tmp_path))
    ]
    assert years[1] > years[0]


def test_a_build_over_an_older_site_equals_a_clean_one(tmp_path: Path) -> None:
    network = start(tmp_path / "network")
    for number in range(12):
        network.write(f"queue/post-{number}.md", _numbered(number))
    network.decided("approve", "--all", "--yes")
    network.build()
    network.write("queue/newest.md", post("Newest", tags="[new]"))
    network.write("posts/post-3.md", _numbered(3).replace("Words", "Other words"))
    network.approve("newest", "post-3")
    network.decided("retract", "post-5", "-m", "Taken down.")
    network.decided("retract", "post-6", "--quiet", "-m", "Taken down.")
    network.build()
    said = network.blognet("build", "--now", NOW, "--output", str(tmp_path / "clean"))
    assert said.code == 0, said.everything
    assert tree_of(tmp_path / "clean") == network.site


def test_a_second_build_touches_no_file(tmp_path: Path) -> None:
    network = start(tmp_path)
    network.write("queue/one.md", post("One"))
    network.approve("one")
    network.build()
    before = {path: path.stat() for path in (network.root / "site").rglob("*")}
    said = network.build()
    assert " 0 written" in said.out
    after = {path: path.stat() for path in (network.root / "site").rglob("*")}
    assert _identities(after) == _identities(before)


def _numbered(number: int) -> str:
    tags = f"[tag-{number % 3}, Tag {number % 5}]"
    author = ("ada", "bob")[number % 2]
    series = {"series": "A series", "series_order": str(number)} if number % 7 == 0 else {}
    date = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
    body = f"Words {number} and [another](post-{(number * 7) % 20}.md).\n\n```python\nx = {number}\n```"
    return post(
        f"Post {number}", body=body, author=author, **{"tags": tags, "date": date, **series}
    )


def _build_in_a_process(root: Path, *, jobs: int, umask: int, **environment: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "blognet",
            "-C",
            str(root),
            "build",
            "--now",
            NOW,
            "--jobs",
            str(jobs),
        ],
        env={"PATH": os.environ["PATH"], **environment},
        umask=umask,
        capture_output=True,
        check=False,
        cwd=root.parent,
    )
    assert done.returncode == 0, done.stderr.decode()


def _copy_in_another_order(source: Path, target: Path) -> None:
    """Copy the inputs of a build alone, created in another order and with other times."""
    files = [
        path
        for path in source.rglob("*")
        if path.is_file() and path.relative_to(source).parts[0] not in {".blognet", "site"}
    ]
    shuffled = sorted(files)
    random.Random(4711).shuffle(shuffled)  # noqa: S311  any order will do
    for number, path in enumerate(shuffled):
        there = target / path.relative_to(source)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(path.read_bytes())
        os.utime(there, (number, number))


def _with_modes(folder: Path) -> Mapping[str, tuple[int, bytes]]:
    files = {name: ((folder / name).stat().st_mode, raw) for name, raw in tree_of(folder).items()}
    folders = {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, b"")
        for path in folder.rglob("*")
        if path.is_dir()
    }
    return files | folders


def _identities(stats: Mapping[Path, os.stat_result]) -> Mapping[Path, tuple[int, int]]:
    return {path: (facts.st_ino, facts.st_mtime_ns) for path, facts in stats.items()}
