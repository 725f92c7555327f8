"""What was typed after a command, as the commands want it: single lines, and ``-`` for standard input."""

from __future__ import annotations

import sys

from blognet.kernel.errors import UsageError


def typed_names(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names, each once, those of standard input in place of ``-``.

    Raises:
        UsageError: ``-`` was given, and nothing came.
    """
    names: list[str] = []
    for name in typed:
        names += _from_input() if name == "-" else [name]
    if typed and not names:
        message = "no names came on standard input"
        raise UsageError(message, hint="one name on each line, for example from: blognet status")
    return tuple(dict.fromkeys(names))


def typed_line(text: str, *, what: str) -> str:
    """Return a text on one line, its white space made single blanks.

    Args:
        text: As it was typed.
        what: What it is, for the message.

    Raises:
        UsageError: It holds bytes that are no text in this terminal's encoding.
    """
    line = " ".join(text.split())
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        message = f"{what} is no UTF-8 text"
        raise UsageError(message, hint="type it anew, on a terminal set to UTF-8") from None
    return line


def _from_input() -> list[str]:
    return [line.strip() for line in sys.stdin if line.strip()]
