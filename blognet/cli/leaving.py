"""The end of a process. A large heap is left to the system, which takes it back at once."""

from __future__ import annotations

import atexit
import os
import sys
import threading

_LARGE = 300_000
"""Blocks of memory; a command that looks at few files has fewer, and ends as Python ends."""


def leave(code: int) -> int:
    """End the process when it is large; else return the code for whoever ends it.

    What other modules have to do at the end is done first, and what was printed is handed on.

    Args:
        code: The exit code of the process.
    """
    if sys.getallocatedblocks() < _LARGE or threading.active_count() > 1:
        return code
    atexit._run_exitfuncs()  # noqa: SLF001  # as Python does at its end, and nothing else does
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return code  # Python knows what to say of that
    os._exit(code)
