"""Names of things, each with one parser. Answers: is this text a valid name, and which thing is it?

A `Subject` is what waits and is decided on. It never holds a body. Its language is empty for the network's
main language, so that renaming the main language (``en`` to ``en-GB``) does not turn every post into another
subject; see docs/decisions/0003-language-of-a-subject.md.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

PostId = NewType("PostId", str)
"""The slug of a post or page, e.g. ``hello-world``. Unique in its kind and language."""

AuthorId = NewType("AuthorId", str)
"""The file name of a profile without its ending, e.g. ``ann``."""

Slug = NewType("Slug", str)
"""Lower-case words joined by single hyphens; safe in a URL and in a file name."""

SitePath = NewType("SitePath", str)
"""An address on the site from its root: begins with ``/``; a page's ends with ``/`` or a file ending."""

SourcePath = NewType("SourcePath", str)
"""A path inside the network folder: relative, ``/``-separated, NFC, without ``.`` and ``..`` parts."""

EventId = NewType("EventId", str)
"""The SHA-256 of an event's bytes, 64 lower-case hex digits."""

_AUTHOR_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9])?")
_HYPHENS = re.compile(r"[-_]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99})+/?|/")
MAX_SLUG = 120
_NOT_IN_FILE_NAMES = frozenset('\\:*?"<>|')
_DEVICES = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
    ]
)
MAX_NAME_BYTES = 255
"""What common file systems take for one name."""


class Kind(StrEnum):
    """What sort of thing waits for the mayor."""

    POST = "post"
    PROFILE = "profile"
    PAGE = "page"

    __hash__ = str.__hash__  # equal to its text, and asked for by every look-up of a subject


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Subject:
    """Kind, id and language of what waits. Ordered by exactly these, so that lists of subjects are stable.

    Attributes:
        kind: post, profile or page.
        id: A slug for posts and pages, an author id for profiles.
        language: A language tag, or "" for the network's main language.
    """

    kind: Kind
    id: str
    language: str = ""

    def __hash__(self) -> int:
        """Give the hash of the id, which hardly two subjects share: a build asks for it a million times."""
        return hash(self.id)

    @property
    def name(self) -> str:
        """What people type and read: ``hello-world``, ``hello-world.de``; also the record's folder name."""
        return f"{self.id}.{self.language}" if self.language else self.id

    @property
    def typed(self) -> str:
        """What people type to mean it: a post's name alone, ``page/about`` and ``profile/ann`` in full."""
        return self.name if self.kind is Kind.POST else str(self)

    def __str__(self) -> str:
        """Give kind and name: ``post/hello-world.de``, which is also the path under ``record/``."""
        name = f"{self.id}.{self.language}" if self.language else self.id
        return f"{self.kind}/{name}"


def parse_author_id(text: str) -> AuthorId | None:
    """Return the author id, or None when the text cannot be one (letters, digits, ``-`` and ``_`` inside)."""
    return AuthorId(text) if _AUTHOR_ID.fullmatch(text) else None


def parse_slug(text: str) -> Slug | None:
    """Return the slug, or None when the text is not already in slug form (see `blognet.kernel.text.slugify`)."""
    good = (
        len(text) <= MAX_SLUG and text == text.lower() and all(map(_is_word, _HYPHENS.split(text)))
    )
    return Slug(text) if good else None


def parse_site_path(text: str) -> SitePath | None:
    """Return the address, or None when it could not be one or could leave the site's folder.

    It begins with ``/``; its parts are NFC, not empty, not hidden (no leading dot), short enough to be file names and
    without control characters, line separators and what file names cannot hold everywhere. The last part is empty
    for a page.
    """
    if _PLAIN_PATH.fullmatch(text):  # as most are
        return SitePath(text)
    if not text.startswith("/"):
        return None
    *folders, last = text[1:].split("/")
    names = [*folders, last] if last else folders
    return SitePath(text) if all(map(_is_safe_name, names)) else None


def is_device_name(name: str) -> bool:
    """Whether Windows keeps a file name for a device, with any ending: a folder ``con`` cannot be checked out there.

    https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    """
    return name.partition(".")[0].rstrip(" ").casefold() in _DEVICES


def parse_language(text: str) -> str | None:
    """Return a language tag in the shape of BCP 47 (``de``, ``pt-BR``), or None."""
    return text if _LANGUAGE.fullmatch(text) else None


def parse_subject(text: str) -> Subject | None:
    """Read ``kind/name`` as `Subject.__str__` writes it; None when it is not that."""
    kind, slash, name = text.partition("/")
    if not slash or kind not in set(Kind) or "/" in name:
        return None
    ident, dot, language = name.partition(".")
    if dot and parse_language(language) is None:
        return None
    valid = parse_author_id(ident) if kind == Kind.PROFILE else parse_slug(ident)
    return Subject(kind=Kind(kind), id=ident, language=language) if valid else None


def subject_of(key: str) -> Subject:
    """Return the subject that a text made by `Subject.__str__` names; it is not checked again.

    Raises:
        ValueError: There is no such kind.
    """
    kind, _, name = key.partition("/")
    ident, _, language = name.partition(".")
    return Subject(kind=Kind(kind), id=ident, language=language)


def _is_safe_name(name: str) -> bool:
    if (
        not name
        or name.startswith(".")
        or not _NOT_IN_FILE_NAMES.isdisjoint(name)
        or not unicodedata.is_normalized("NFC", name)
    ):
        return False
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in name):
        return False
    return len(name.encode("utf-8")) <= MAX_NAME_BYTES


def _is_word(text: str) -> bool:
    """Whether a text is letters and digits, with the marks that many scripts put on them."""
    return text[:1].isalnum() and all(
        character.isalnum() or unicodedata.category(character).startswith("M") for character in text
    )
