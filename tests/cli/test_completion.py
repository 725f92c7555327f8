"""What a shell is offered when somebody presses the tab key."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder


def offered(network_folder: NetworkFolder, *words: str) -> list[str]:
    """Return what is offered for the last word."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from blognet.cli.main import main; sys.exit(main())"],
        cwd=network_folder.root.parent,
        env={
            **os.environ,
            "_BLOGNET_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(["blognet", *words]),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.fixture
def filled(network_folder: NetworkFolder) -> NetworkFolder:
    network_folder.post("queue/2026-01-02-hello-world.md")
    network_folder.post("queue/ben/Help me.md")
    network_folder.post("posts/henhouse/index.md")
    network_folder.post("posts/henhouse/index.de.md")
    network_folder.post("queue/_hidden.md")
    network_folder.write("queue/README.md", "Hi")
    return network_folder


def test_commands_are_completed(network_folder: NetworkFolder) -> None:
    assert offered(network_folder, "su") == ["submit"]
    assert "doctor" in offered(network_folder, "")


def test_posts_are_completed_by_their_ids(filled: NetworkFolder) -> None:
    here = ("-C", str(filled.root))
    assert offered(filled, *here, "submit", "he") == [
        "hello-world",
        "help-me",
        "henhouse",
        "henhouse.de",
    ]
    assert offered(filled, *here, "mayor", "show", "hell") == ["hello-world"]
    assert offered(filled, *here, "status", "profile/b") == ["profile/ben"]


def test_authors_and_codes_are_completed(filled: NetworkFolder) -> None:
    assert offered(filled, "-C", str(filled.root), "me", "") == ["ann", "ben", "cleo", "dev"]
    assert "BN101" in offered(filled, "explain", "bn1")


def test_outside_of_a_network_nothing_is_offered(filled: NetworkFolder) -> None:
    assert offered(filled, "submit", "he") == []
