"""A person at a terminal: a real pseudo-terminal at both ends of a real process."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PATIENCE = 60


def type_at_terminal(
    folder: Path,
    arguments: list[str],
    answers: list[tuple[str, str]],
    *,
    settings: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run blognet on a terminal, answer its questions, and return the exit code and all that was shown.

    Args:
        folder: Where.
        arguments: After ``blognet``.
        answers: What to wait for, and what to type then.
        settings: Environment variables to add.
    """
    mine, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "blognet", *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "dumb", **(settings or {})},
        start_new_session=True,
    )
    os.close(theirs)
    shown = ""
    try:
        for question, answer in answers:
            while question not in shown.rpartition("\0")[2]:
                shown += _more(mine, shown)
            shown += "\0"
            os.write(mine, f"{answer}\n".encode())
        while chunk := _more(mine, shown, at_end=True):
            shown += chunk
        code = process.wait(_PATIENCE)
    finally:
        process.kill()
        process.wait()
        os.close(mine)
    return code, shown.replace("\0", "").replace("\r\n", "\n")


def _more(terminal: int, shown: str, *, at_end: bool = False) -> str:
    ready, _, _ = select.select([terminal], [], [], _PATIENCE)
    if not ready:
        message = f"nothing more came after: {shown}"
        raise AssertionError(message)
    try:
        chunk = os.read(terminal, 4096).decode("utf-8", "replace")
    except OSError:  # the process has gone, and the terminal with it
        chunk = ""
    if not chunk and not at_end:
        message = f"it ended after: {shown}"
        raise AssertionError(message)
    return chunk
