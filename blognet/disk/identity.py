"""Who runs the command. Answers: which author, and how do we know? Does not judge what they may do.

In this order: ``--as ID``, ``BLOGNET_USER``, the author whose e-mail is git's ``user.email``, and the answer kept in
``.blognet/me``. Whoever asks the person keeps the answer with `keep_identity`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from blognet.content.values import FileFault
from blognet.disk.git import user_email
from blognet.disk.private import PRIVATE, private_folder
from blognet.disk.reading import read_plain
from blognet.disk.writing import replace_file
from blognet.kernel.errors import UsageError
from blognet.kernel.ids import AuthorId, parse_author_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VARIABLE = "BLOGNET_USER"
ME = "me"
_LONGEST = 1000


class IdentitySource(StrEnum):
    """How it is known who runs the command."""

    NAMED = "--as"
    ENVIRONMENT = VARIABLE
    GIT = "git's user.email"
    KEPT = f"{PRIVATE}/{ME}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who runs the command, and how that is known. Whether there is such an author is for others to check."""

    author: AuthorId
    source: IdentitySource


def who_runs(
    root: Path, *, named: str, ids_by_email: Mapping[str, tuple[AuthorId, ...]]
) -> Identity | None:
    """Return who runs the command; None when nothing tells.

    Args:
        root: The network folder.
        named: What ``--as`` says; "" when it was not given.
        ids_by_email: Authors by e-mail address. An address of several authors tells nothing.

    Raises:
        UsageError: When ``--as`` or ``BLOGNET_USER`` says something that cannot be an author's id.
    """
    for text, source in (
        (named, IdentitySource.NAMED),
        (os.environ.get(VARIABLE, ""), IdentitySource.ENVIRONMENT),
    ):
        if text:
            return Identity(author=_parsed(text, source), source=source)
    email = user_email(root).casefold()
    known = ids_by_email.items() if email else ()
    same = {each for key, ids in known if key.casefold() == email for each in ids}
    if len(same) == 1:
        return Identity(author=same.pop(), source=IdentitySource.GIT)
    kept = read_identity(root)
    return Identity(author=kept, source=IdentitySource.KEPT) if kept else None


def read_identity(root: Path) -> AuthorId | None:
    """Return the author kept in ``.blognet/me``; None when there is none, or it cannot be read."""
    raw = read_plain(root, (PRIVATE, ME), limit=_LONGEST)
    if isinstance(raw, FileFault):
        return None
    return parse_author_id(raw.decode("utf-8", "replace").strip())


def keep_identity(root: Path, author: AuthorId) -> None:
    """Remember who works in this copy of the network.

    Raises:
        BlognetError: When the disk refuses.
    """
    replace_file(private_folder(root) / ME, f"{author}\n".encode())


def _parsed(text: str, source: IdentitySource) -> AuthorId:
    author = parse_author_id(text.strip())
    if author is None:
        message = f"{source.value} says {text!r}, which cannot be an author's id"
        raise UsageError(message, hint="an id is the name of a file in authors/ without .md")
    return author
