"""What an address that an author writes can mean inside the site, the likeliest first. Knows not what is published.

Authors write what works for them: the name of a file in the bundle, the address of a page, the name of another post's
source. The build asks which of these readers can open, the checks ask what becomes of the rest; both ask here what was
meant, so that a check never says otherwise than the build does.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blognet.kernel.ids import Kind, SitePath, Subject
from blognet.kernel.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MARK = re.compile(r"[?#]")
_SOURCE = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The text that an address stands in.

    Attributes:
        path: The page that the text has to itself; relative addresses start there.
        language: As in `Subject`.
        files: Paths of the files in its bundle.
    """

    path: SitePath
    language: str
    files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """A file in the bundle of the text, by its path there."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """An address of the site in every way it can be spelled: as it is, as a folder, as a file."""

    spellings: tuple[SitePath, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """The source of a post or page: every subject that it can be, the likeliest first."""

    subjects: tuple[Subject, ...]


Lead = OwnFile | Addressed | Sourced


def has_scheme(address: str) -> bool:
    """Whether an address begins with a scheme, such as ``mailto:``."""
    return _SCHEME.match(address.strip()) is not None


def split_address(address: str, origin: Origin) -> tuple[str, str]:
    """Split an address into the path that is meant, in plain letters, and the rest: ``?query``, ``#fragment``.

    A file of the bundle may have a name that looks like more than a path (``bell #1.png``) or like an escaped one.
    """
    if address in origin.files:
        return address, ""
    match = _MARK.search(address)
    path, rest = (address[: match.start()], address[match.start() :]) if match else (address, "")
    return (path if path in origin.files else unicodedata.normalize("NFC", unquote(path))), rest


def may_be_source(wanted: str) -> bool:
    """Whether a path has the ending of a source, so that what it means depends on the text it stands in."""
    return _SOURCE.search(wanted) is not None


def leads(wanted: str, origin: Origin, *, folder: str) -> Iterator[Lead]:
    """Yield what a path in a text can mean.

    Args:
        wanted: As `split_address` gives it; not "".
        origin: The text that it stands in.
        folder: The folder the site lives in at its host, such as ``/blog``; "" at the host's root.
    """
    is_rooted = wanted.startswith("/")
    if not is_rooted and (name := posixpath.normpath(wanted)) in origin.files:
        yield OwnFile(name=name)
    if may_be_source(wanted):
        yield _sourced(wanted, origin)
        return
    full = full_path(wanted, origin)
    yield _addressed(full)
    if folder and full.startswith(f"{folder}/"):
        yield _addressed(full.removeprefix(folder))
    if not is_rooted:
        yield _sourced(wanted, origin)


def full_path(wanted: str, origin: Origin) -> str:
    """Return a path as it stands from the root of the host."""
    start = posixpath.dirname(origin.path) + "/"
    return posixpath.normpath(posixpath.join(start, wanted)).replace("//", "/")


def _addressed(path: str) -> Addressed:
    bare = path.removesuffix("/index.html").rstrip("/")
    return Addressed(spellings=(SitePath(bare), SitePath(f"{bare}/"), SitePath(f"{bare}.html")))


def _sourced(wanted: str, origin: Origin) -> Sourced:
    path = PurePosixPath(_SOURCE.sub("", wanted))
    stem, _, suffix = path.name.partition(".")
    name = path.parent.name if stem == "index" else stem
    ident = slugify(_DATED.sub("", name))
    languages = tuple(dict.fromkeys((suffix or origin.language, suffix, "")))
    return Sourced(
        subjects=tuple(
            Subject(kind=kind, id=ident, language=language)
            for kind in (Kind.POST, Kind.PAGE)
            for language in languages
        )
    )
