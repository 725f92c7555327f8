"""One author file of a Jekyll tree, read. Answers: what would this person's profile say? Knows no posts.

Read are the keys that sites with an author collection use: names, role, team, links, guest, alumni. What a profile
has no key for is kept under `extra`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from blognet.content.values import AuthorStatus, ProfileLink
from blognet.importers import codes
from blognet.importers.front import ForeignFile, flag_of, read_foreign, text_of
from blognet.importers.values import Remark
from blognet.kernel.ids import AuthorId, parse_author_id
from blognet.kernel.nearest import nearest
from blognet.kernel.problems import Location, Problem, Severity
from blognet.kernel.text import Undecodable, decode_source
from blognet.kernel.yamltext import load_yaml
from blognet.kernel.yamltree import (
    Plain,
    YamlDocument,
    YamlEntry,
    YamlMapping,
    is_empty,
    plain_value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_HARMLESS = frozenset(
    {"name", "first_name", "last_name", "full_name", "published", "layout", "permalink"}
)
_LINKS = {
    "url": "", "website": "", "homepage": "", "github": "https://github.com/", "twitter": "https://twitter.com/",
    "mastodon": "", "linkedin": "https://www.linkedin.com/in/",
}  # fmt: skip
_TITLES = ("title", "role", "position", "job_title")
_BIOS = ("bio", "description", "about")
_EXTRA = frozenset({
    "project", "city", "state", "joke", "april-fools", "redirect_from", "redirect_to", "tags", "pronouns", "location",
})  # fmt: skip
_PLAIN = frozenset({"team", "email", "guest", "alumni", *_TITLES, *_BIOS})
_KNOWN = _HARMLESS | _EXTRA | _PLAIN | set(_LINKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldAuthor:
    """An author as the tree has one.

    Attributes:
        path: In the tree.
        ident: The file name without ending, which is what posts name.
        published: False when the old site kept the author back.
    """

    path: str
    ident: AuthorId
    name: str
    published: bool
    title: str = ""
    team: str = ""
    email: str = ""
    links: tuple[ProfileLink, ...] = ()
    status: AuthorStatus = AuthorStatus.ACTIVE
    body: str = ""
    extra: Mapping[str, Plain] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorList:
    """The authors of a list, and what kept some from being read."""

    authors: tuple[OldAuthor, ...]
    problems: tuple[Problem, ...] = ()


def read_author(path: str, raw: bytes) -> OldAuthor | tuple[Problem, ...]:
    """Read an author file; the problems when it cannot be an author, at least one."""
    file = read_foreign(path, raw)
    if isinstance(file, tuple):
        return file
    return _author_of(path, PurePosixPath(path).stem, file)


def read_author_list(path: str, raw: bytes) -> AuthorList:
    """Read ``_data/authors.yml``: keys are ids, values what an author file's front matter would say."""
    text = decode_source(raw)
    if isinstance(text, Undecodable):
        where = Location(path=path, line=text.line, column=text.column)
        return AuthorList(authors=(), problems=(_refused(where, f"the file is {text.reason}"),))
    document = load_yaml(text, path=path)
    if not isinstance(document, YamlDocument):
        return AuthorList(authors=(), problems=document)
    authors: list[OldAuthor] = []
    problems: list[Problem] = []
    for entry in document.root.entries:
        front = entry.value if isinstance(entry.value, YamlMapping) else None
        where = Location(path=path, line=entry.key.line, key=entry.key.text)
        if front is None:
            problems.append(_refused(where, f"'{entry.key.text}' has no keys of its own"))
            continue
        file = ForeignFile(front=front, body="", body_line=entry.key.line)
        author = _author_of(path, entry.key.text, file)
        authors += [author] if isinstance(author, OldAuthor) else []
        problems += author if isinstance(author, tuple) else ()
    return AuthorList(authors=tuple(authors), problems=tuple(problems))


def _refused(where: Location, message: str) -> Problem:
    return Problem(location=where, code=codes.FRONT_MATTER_UNREADABLE, message=message)


def _author_of(path: str, name: str, file: ForeignFile) -> OldAuthor | tuple[Problem, ...]:
    ident = parse_author_id(name)
    if ident is None:
        message = f"'{name}' cannot be an author's id: letters, digits, '-' and '_' are expected"
        return (_refused(Location(path=path, line=file.front.line), message),)
    remarks = [*file.remarks]
    texts = {entry.key.text: text_of(entry.value) for entry in file.front.entries}
    extra: dict[str, Plain] = {}
    for entry in file.front.entries:
        key = _known_key(entry, remarks)
        if key not in _KNOWN or key in _EXTRA:
            _keep(entry, key, extra, remarks)
        elif key != entry.key.text:
            texts.setdefault(key, text_of(entry.value))
    _check_name(file, ident, texts, remarks)
    return OldAuthor(
        path=path,
        ident=ident,
        name=_name(texts) or ident,
        published=_flag(file, "published") is not False,
        title=next((texts[key] for key in _TITLES if texts.get(key)), ""),
        team=texts.get("team", ""),
        email=texts.get("email", ""),
        links=_links(texts),
        status=_status(file),
        body=file.body.strip() or next((texts[key] for key in _BIOS if texts.get(key)), ""),
        extra=extra,
        remarks=tuple(remarks),
    )


def _known_key(entry: YamlEntry, remarks: list[Remark]) -> str:
    """Return the key that was meant."""
    key = entry.key.text
    meant = key if key in _KNOWN else nearest(key, _KNOWN) or key
    if meant != key:
        message = f"'{key}' is not known and was read as '{meant}'"
        remarks.append(
            Remark(line=entry.key.line, code=codes.KEY_MISSPELT, message=message, key=key)
        )
    return meant


def _keep(entry: YamlEntry, key: str, extra: dict[str, Plain], remarks: list[Remark]) -> None:
    if is_empty(entry.value):
        return
    extra.setdefault(key, plain_value(entry.value))
    if key.startswith("redirect"):
        message = f"profiles have one address; '{key}' was kept under 'extra' and redirects nobody"
    else:
        message = f"'{entry.key.text}' means nothing here and was kept under 'extra'"
    remarks.append(
        Remark(
            line=entry.key.line,
            code=codes.KEY_KEPT,
            severity=Severity.NOTE,
            message=message,
            key=key,
        )
    )


def _check_name(
    file: ForeignFile, ident: AuthorId, texts: Mapping[str, str], remarks: list[Remark]
) -> None:
    entry = file.front.entry("name")
    if entry is None or "full_name" not in texts or texts["name"] in {ident, ""}:
        return
    message = f"the name '{texts['name']}' is not the file name; the author's id is '{ident}'"
    remarks.append(
        Remark(
            line=entry.key.line,
            code=codes.AUTHOR_NAME_DIFFERS,
            severity=Severity.NOTE,
            message=message,
        )
    )


def _name(texts: Mapping[str, str]) -> str:
    both = f"{texts.get('first_name', '')} {texts.get('last_name', '')}".strip()
    return texts.get("full_name", "") or both or texts.get("name", "")


def _links(texts: Mapping[str, str]) -> tuple[ProfileLink, ...]:
    links = []
    for key, base in _LINKS.items():
        if not texts.get(key):
            continue
        url = (
            texts[key] if "://" in texts[key] else f"{base or 'https://'}{texts[key].lstrip('@/')}"
        )
        label = key.capitalize() if base else urlsplit(url).netloc.removeprefix("www.")
        links.append(ProfileLink(label=label, url=url))
    return tuple(links)


def _status(file: ForeignFile) -> AuthorStatus:
    if _flag(file, "guest"):
        return AuthorStatus.GUEST
    return AuthorStatus.ALUMNI if _flag(file, "alumni") else AuthorStatus.ACTIVE


def _flag(file: ForeignFile, key: str) -> bool | None:
    entry = file.front.entry(key)
    return flag_of(entry.value) if entry else None
