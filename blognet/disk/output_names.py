"""Names of files in the output. Answers: can this name stand on every disk and host, and is it free? Reads nothing."""

from __future__ import annotations

import unicodedata

from blognet.kernel.errors import BlognetError

_LONGEST_PART = 255
_FORBIDDEN = frozenset('\\:*?"<>|')


def take_name(taken: dict[str, str], name: str) -> None:
    """Add a name to those taken.

    Args:
        taken: Every path and every folder so far, by a form in which large and small letters are the same.
        name: Relative, ``/``-separated: ``2026/hello/index.html``.

    Raises:
        BlognetError: When it would lie outside, cannot be a file name everywhere, or is taken by another file or by
            one that differs only in large and small letters, which are the same file on some disks.
    """
    fault = _fault_of(name)
    if fault:
        message = f"the page {name!r} cannot be written: {fault}"
        raise BlognetError(message, hint="change the slug, tag or file name it comes from")
    parts = name.split("/")
    for number in range(1, len(parts)):
        folder = "/".join(parts[:number]) + "/"
        if taken.setdefault(_same(folder[:-1]), folder) != folder:
            raise _clash(name, taken[_same(folder[:-1])])
    if _same(name) in taken:
        raise _clash(name, taken[_same(name)])
    taken[_same(name)] = name


def _fault_of(name: str) -> str:
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


def _same(name: str) -> str:
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
