"""Several people type commands in one network at the same moment: each does what it says, or says that it did not."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from blognet.disk.private import PRIVATE
from tests.invariants.network_folder import NOW, NetworkFolder, post, start

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 5
POSTS = 3
IDENTITY = ("-c", "user.name=Mia", "-c", "user.email=mia@probe.example")
PATIENCE = 300
"""Seconds after which a command that says nothing waits for another for ever."""


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ("git", *IDENTITY, *arguments), cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout


def _begun(network: NetworkFolder, *arguments: str, who: str = "mia") -> subprocess.Popen[str]:
    command = (sys.executable, "-m", "blognet", "-C", str(network.root), "--as", who, *arguments)
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )


@pytest.fixture
def network(tmp_path: Path) -> NetworkFolder:
    """A network in git that was built, with something on its site."""
    network = start(tmp_path / "network")
    network.write(".gitignore", f"/{PRIVATE}/\n/site/\n")
    _git(network.root, "init", "--quiet", "--initial-branch=main")
    _git(network.root, "config", "user.name", "Mia")
    _git(network.root, "config", "user.email", "mia@probe.example")
    network.write("posts/old.md", post("Old", tags="[bells]"))
    network.approve("post/old")
    _git(network.root, "add", "--all")
    _git(network.root, "commit", "--quiet", "--message=Begin")
    network.build()
    return network


@pytest.mark.parametrize("seed", range(2))
def test_commands_at_the_same_moment_lose_nothing_of_one_another(
    seed: int, network: NetworkFolder, tmp_path: Path
) -> None:
    chance = random.Random(seed)  # noqa: S311  any order will do
    names: list[str] = []
    for turn in range(ROUNDS):
        fresh = [f"new-{turn}-{number}" for number in range(POSTS)]
        for name in fresh:
            network.write(f"queue/ada/{name}.md", post(name, tags="[bells]"))
        network.write(f"queue/ada/no-{turn}.md", post(f"No {turn}"))
        typed: list[tuple[str, ...]] = [
            ("mayor", "approve", f"post/{name}", "--yes", "--commit") for name in fresh
        ]
        typed += [
            ("mayor", "decline", f"post/no-{turn}", "--message", "Not this one.", "--commit"),
            ("build", "--now", NOW, "--jobs", "1"),
            ("build", "--now", NOW, "--jobs", "1"),
        ]
        chance.shuffle(typed)
        begun = [(words, _begun(network, *words)) for words in typed]
        looking = _begun(network, "mayor", "queue")
        said = [(words, one.communicate(timeout=PATIENCE)[0]) for words, one in begun]
        failed = [what for what, (_, one) in zip(said, begun, strict=True) if one.returncode]
        assert failed == []
        listed = looking.communicate(timeout=PATIENCE)[0]
        assert looking.returncode == 0 or "changed while the command was running" in listed, listed
        names += fresh
    network.decided("verify")
    network.build()
    assert {f"2024/{name}/index.html" for name in names} <= network.site.keys()
    assert not any("no-" in path for path in network.site)
    shutil.copytree(
        network.root, tmp_path / "clean", ignore=shutil.ignore_patterns(PRIVATE, "site")
    )
    clean = NetworkFolder(root=tmp_path / "clean")
    clean.build()
    assert network.site == clean.site
    assert _git(network.root, "status", "--porcelain", "record") == ""
    committed = _git(network.root, "log", "--format=%s")
    assert [name for name in names if f"post/{name}" not in committed] == []
