"""What a command prints may have no room; that is said, and is no bug of ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", [("--help",), ("explain", "BN756"), ("mayor", "--help")])
def test_output_without_room_is_a_sentence_and_a_failure(command: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "blognet", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "error: what this command prints could not be written: No space left on device",
        "  free some space where its output goes, then repeat the command",
    ]
