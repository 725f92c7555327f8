"""Long results on a terminal: through ``$PAGER``, else ``less``. Elsewhere they are just printed."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import click

from blognet.cli.output import has_colour, result, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROMPT = 2
"""Lines of a screen that a result does not get: the message below it, and the prompt."""


def print_paged(lines: Sequence[str]) -> None:
    """Print the lines of a result; on a terminal that is too small for them, in a pager.

    ``PAGER=`` or ``PAGER=cat`` turns that off.
    """
    if not _wants_pager(len(lines)):
        for line in lines:
            result(line)
        return
    # less is told to show colours, as git tells it; what the person told it before stands.
    os.environ.setdefault("LESS", "FRX")
    sys.stdout.flush()
    click.echo_via_pager((f"{safe(line)}\n" for line in lines), color=has_colour())


def _wants_pager(count: int) -> bool:
    is_terminal = sys.stdout.isatty() and sys.stdin.isatty()
    if (
        not is_terminal
        or os.environ.get("TERM") == "dumb"
        or os.environ.get("PAGER") in {"", "cat"}
    ):
        return False
    return count > shutil.get_terminal_size().lines - _PROMPT
