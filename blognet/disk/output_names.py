"""Names of files in the output. Answers: can this name stand on every disk and host, and is it free? Reads nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from blognet.kernel.errors import BlognetError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_LONGEST_PART = 255
_PLAIN = re.compile(r"[a-z0-9_-][a-z0-9._-]{0,99}(?:/[a-z0-9_-][a-z0-9._-]{0,99})*")
_FORBIDDEN = frozenset('\\:*?"<>|')


class Names:
    """The names of an output. Those that were all there before go well together, so they are not compared."""

    def __init__(self, before: Container[str], names: Iterable[str]) -> None:
        """Begin with some names that are taken, each of which was there before."""
        self._before = before
        self._names = set(names)
        self._taken: dict[str, str] | None = None

    def take(self, name: str) -> None:
        """Add a name, as `take_name` does.

        Raises:
            BlognetError: The same.
        """
        if self._taken is None and (name not in self._before or name in self._names):
            self._taken = {}
            for known in self._names:
                take_name(self._taken, known)
        if self._taken is None:
            check_name(name)
        else:
            take_name(self._taken, name)
        self._names.add(name)


def take_name(taken: dict[str, str], name: str) -> None:
    """Add a name to those taken.

    Args:
        taken: Every path and every folder so far, by a form in which large and small letters are the same.
        name: Relative, ``/``-separated: ``2026/hello/index.html``.

    Raises:
        BlognetError: When it would lie outside, cannot be a file name everywhere, or is taken by another file or by
            one that differs only in large and small letters, which are the same file on some disks.
    """
    check_name(name)
    same = same_name(name)
    if same in taken:
        raise _clash(name, taken[same])
    folder = name.rpartition("/")[0]
    while folder:
        folded = same_name(folder)
        known = taken.get(folded)
        if known == f"{folder}/":  # then all folders around it are known, too
            break
        if known is not None:
            raise _clash(name, known)
        taken[folded] = f"{folder}/"
        folder = folder.rpartition("/")[0]
    taken[same] = name


def check_name(name: str) -> None:
    """Make sure that a name, relative and ``/``-separated, can stand in the output.

    Raises:
        BlognetError: It would lie outside, or cannot be a file name everywhere.
    """
    fault = _fault_of(name)
    if fault:
        message = f"the page {name!r} cannot be written: {fault}"
        raise BlognetError(message, hint="change the slug, tag or file name it comes from")


def _fault_of(name: str) -> str:
    if _PLAIN.fullmatch(name):  # as most are
        return ""
    try:
        encoded = [part.encode("utf-8") for part in name.split("/")]
    except UnicodeEncodeError:
        return "it is no valid Unicode"
    if any(part in {b"", b".", b".."} for part in encoded):
        return "it is no plain relative path"
    if any(len(part) > _LONGEST_PART for part in encoded):
        return f"a part of it is longer than {_LONGEST_PART} bytes"
    if any(
        unicodedata.category(character) == "Cc" or character in _FORBIDDEN for character in name
    ):
        return "it holds a character that cannot be in a file name everywhere"
    return "" if unicodedata.is_normalized("NFC", name) else "its accents are not in the usual form"


def same_name(name: str) -> str:
    """Return a form of a name that is the same for names that are the same file on some disks."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", name.casefold())


def _clash(name: str, other: str) -> BlognetError:
    reason = (
        "both would be the same file"
        if other.rstrip("/") == name
        else (
            "on some disks both would be the same file, or one stands where the other needs a folder"
        )
    )
    return BlognetError(
        f"two pages want the same place: {name} and {other}: {reason}",
        hint="change the slug, tag or file name of one of them",
    )
