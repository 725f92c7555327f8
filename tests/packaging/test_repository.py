"""The files that hold the project together say what they mean to say."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def bans(path: Path, *keys: str) -> dict[str, object]:
    table: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in (*keys, "lint", "flake8-tidy-imports", "banned-api"):
        inner = table[key]
        assert isinstance(inner, dict)
        table = inner
    return table


def test_actions_may_name_a_folder_and_are_otherwise_banned_from_what_the_core_is() -> None:
    core = bans(REPOSITORY / "pyproject.toml", "tool", "ruff")
    actions = bans(REPOSITORY / "blognet" / "actions" / "ruff.toml")

    assert actions == {name: ban for name, ban in core.items() if not name.startswith("pathlib.")}


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_the_lock_gives_every_package_one_version_and_hashes_and_no_address(name: str) -> None:
    text = (REPOSITORY / ".lock" / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text.split("\n", 2)[2])

    assert "://" not in text
    for block in blocks:
        assert re.match(r"[a-z0-9.-]+==[^ ]+ (;.* )?\\\n    --hash=sha256:[0-9a-f]{64}", block)


def test_a_build_and_the_tests_use_the_same_versions() -> None:
    pin = re.compile(r"^[a-z0-9.-]+==[^ ]+", re.MULTILINE)
    run, dev = (
        set(pin.findall((REPOSITORY / ".lock" / name).read_text(encoding="utf-8")))
        for name in ("run.txt", "dev.txt")
    )

    assert run <= dev


@pytest.mark.parametrize("folder", ["authors", "pages", "posts", "queue", "record"])
def test_git_never_converts_what_people_wrote_or_the_mayor_decided(
    tmp_path: Path, folder: str
) -> None:
    original = b"one\r\ntwo\n"
    named = f"{folder}/trip/notes.txt"
    git = ["git", "-C", str(tmp_path), "-c", "core.autocrlf=true"]
    (tmp_path / named).parent.mkdir(parents=True)
    (tmp_path / named).write_bytes(original)
    (tmp_path / ".gitattributes").write_bytes((REPOSITORY / ".gitattributes").read_bytes())

    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    stored = subprocess.run([*git, "show", f":{named}"], check=True, capture_output=True).stdout
    (tmp_path / named).unlink()
    subprocess.run([*git, "checkout", "--quiet", "--", "."], check=True)

    assert (stored, (tmp_path / named).read_bytes()) == (original, original)


def test_git_ignores_the_output_and_the_tools_memory_but_not_the_rooms_of_the_same_name(
    tmp_path: Path,
) -> None:
    ignored = {"site/index.html", ".blognet/me", ".site.blognet-1/index.html", ".venv/bin/python"}
    kept = {"site/.gitkeep", "blognet/site/pages.py", "record/post/a/b.json", "queue/a.md"}
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    (tmp_path / ".gitignore").write_bytes((REPOSITORY / ".gitignore").read_bytes())

    answer = subprocess.run(
        [*git, "check-ignore", *sorted(ignored | kept)], check=False, capture_output=True, text=True
    )

    assert set(answer.stdout.split()) == ignored


def test_make_help_lists_every_target_that_has_a_sentence() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*  ## ", makefile, re.MULTILINE))

    answer = subprocess.run(
        ["make", "--silent", "help"], cwd=REPOSITORY, check=True, capture_output=True, text=True
    )

    assert {"site", "test", "check", "help"} <= targets
    assert set(re.findall(r"^  make ([a-z]+)", answer.stdout, re.MULTILINE)) == targets
