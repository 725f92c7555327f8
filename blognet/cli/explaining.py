"""``blognet build --explain``: why each file was made, or why one was or was not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from blognet.cli.output import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blognet.actions.built import Built

EVERY_FILE = "*"
"""What ``--explain`` means without an address."""


def asked_file(explain: str) -> str:
    """Return the file of the output that somebody asks about; "" when nobody asks about one.

    Args:
        explain: What was typed: a path of the site, or the name of a file in the output.
    """
    if explain in {"", EVERY_FILE}:
        return ""
    name = unquote(urlsplit(explain).path).removeprefix("/")
    return f"{name}index.html" if not name or name.endswith("/") else name


def explained_lines(built: Built, explain: str) -> Iterator[str]:
    """Give what there is to say, line by line."""
    from blognet.actions.reasons import reason_of, words_for

    if explain == EVERY_FILE:
        for name, why in built.made.items():
            yield f"{name}: made, because {reason_of(why, lost=built.lost)}"
        others = built.pages - len(built.made)
        if others:
            yield f"{counted(others, 'other file')}: not made, because nothing they were made from changed"
        return
    asked = asked_file(explain)
    if not asked:
        return
    if not built.needs and asked not in built.made:
        yield f"{asked}: there is no such file on the site"
        return
    if asked not in built.made:
        yield f"{asked}: not made, because nothing it was made from changed"
    else:
        yield f"{asked}: made, because {reason_of(built.made[asked], lost=built.lost)}"
    if built.needs:
        yield "It was made from:"
        yield from (f"  {words_for(key)}" for key in built.needs)


def explained_values(built: Built, explain: str) -> dict[str, object]:
    """Return the same for JSON: file to reason; nothing when nobody asked."""
    from blognet.actions.reasons import reason_of

    if not explain:
        return {}
    asked = asked_file(explain)
    return {
        "why": {
            name: reason_of(why, lost=built.lost)
            for name, why in built.made.items()
            if not asked or name == asked
        }
    }
