"""What an author's profile says. Answers with an `Author` or every fault at once, with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from blognet.content import codes, fields
from blognet.content.assets import AVATAR_ENDINGS
from blognet.content.fences import split_front_matter
from blognet.content.front_matter import load_block
from blognet.content.spelling import folded
from blognet.content.values import Author, AuthorStatus, ProfileLink
from blognet.kernel import codes as yaml_codes
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.places import source_lines
from blognet.kernel.problems import Problem
from blognet.kernel.text import slugify
from blognet.kernel.yamlmodels import STRICT, MisreadError, Read, misfit_problems, read_model
from blognet.kernel.yamltree import (
    MAX_PROBLEMS,
    YamlDocument,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    is_empty,
    kind_of,
    shortened,
)
from blognet.kernel.yamlvalues import MisfitError, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from blognet.kernel.hashing import AssetEntry
    from blognet.kernel.ids import Subject

PROFILE_KEYS: tuple[str, ...] = ("name", "title", "team", "email", "links", "status", "extra")
PROFILE_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("full_name", "display_name"),
    "title": ("role", "job_title", "position"),
    "email": ("mail",),
    "links": ("socials", "social"),
}
PROFILE_LINK_KEYS: Mapping[str, str] = {
    "url": "Website", "website": "Website", "homepage": "Website", "github": "GitHub", "gitlab": "GitLab",
    "mastodon": "Mastodon", "linkedin": "LinkedIn", "bluesky": "Bluesky", "twitter": "Twitter", "x": "X",
}  # fmt: skip
_IGNORED = frozenset(map(folded, ("layout", "permalink", "slug", "id", "first_name", "last_name")))
_AVATAR = frozenset({"avatar", "image", "photo", "picture", "imageurl", "avatarurl"})
_HOSTS: Mapping[str, str] = {
    "github": "https://github.com/", "gitlab": "https://gitlab.com/", "twitter": "https://twitter.com/",
    "x": "https://x.com/", "linkedin": "https://www.linkedin.com/in/", "bluesky": "https://bsky.app/profile/",
}  # fmt: skip
_LINK_SCHEMES = ("https://", "http://", "mailto:")


def _links_of(value: object) -> list[ProfileLink]:
    """Read links: a list of {label, url}, of `Label: url`, or of addresses; or keys with addresses."""
    match value:
        case YamlMapping():
            return [_link(entry.key.text, entry.value) for entry in value.entries]
        case YamlSequence():
            return [_listed_link(item) for item in value.items]
        case YamlScalar() if is_empty(value):
            return []
        case YamlScalar():
            return [_link("", value)]
        case _:
            message = "expected a list of links"
            raise MisfitError(message, hint="write '- GitHub: https://…' on each line")


def _listed_link(node: YamlNode) -> ProfileLink:
    if not isinstance(node, YamlMapping):
        return _link("", node)
    by_key = {entry.key.text.lower(): entry.value for entry in node.entries}
    address = by_key.get("url") or by_key.get("href") or by_key.get("link")
    if address is not None:
        label = (
            by_key.get("label") or by_key.get("name") or by_key.get("title") or by_key.get("text")
        )
        return _link(text_of(label) if label is not None else "", address)
    if len(node.entries) == 1:
        return _link(node.entries[0].key.text, node.entries[0].value)
    message = "expected a link with 'label' and 'url'"
    raise MisfitError(
        message, code=codes.BAD_LINK, hint="write {label: GitHub, url: https://…}", node=node
    )


def _link(label: str, node: YamlNode) -> ProfileLink:
    if not isinstance(node, YamlScalar):
        message = f"expected an address, found {kind_of(node)}"
        raise MisfitError(message, code=codes.BAD_LINK, hint="begin it with https://", node=node)
    url = node.text.strip()
    service = label.strip().lower()
    if service in _HOSTS and url and "/" not in url and ":" not in url:
        url = _HOSTS[service] + url.removeprefix("@")
    safe = url.lower().startswith(_LINK_SCHEMES) and not any(sign in url for sign in " \"'<>\\\n\t")
    if not safe or not url.split(":", 1)[1].strip("/"):
        message = f"expected an address, found '{shortened(url)}'"
        raise MisfitError(
            message, code=codes.BAD_LINK, hint="begin it with https:// or mailto:", node=node
        )
    shown = PROFILE_LINK_KEYS.get(service, " ".join(label.split()))
    return ProfileLink(label=shown or url.split(":", 1)[1].strip("/"), url=url)


def _status_of(value: object) -> AuthorStatus:
    text = text_of(value).lower()
    if not text:
        return AuthorStatus.ACTIVE
    if text in set(AuthorStatus):
        return AuthorStatus(text)
    message = f"unknown status '{shortened(text)}'; expected active, alumni or guest"
    hint = did_you_mean(text, tuple(AuthorStatus)) or "delete the line for an active author"
    raise MisfitError(message, code=codes.BAD_STATUS, hint=hint)


def _team_of(value: object) -> str:
    text = fields.line_of(value)
    if text and not slugify(text):
        message = f"'{shortened(text)}' can't have a page of its own"
        raise MisfitError(message, code=codes.NO_LETTERS, hint="use a name with letters or digits")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFields:
    """The keys of a profile and the sort of value each takes."""

    __pydantic_config__ = STRICT

    name: fields.Line = ""
    title: fields.Line = ""
    team: Annotated[str, Read(_team_of)] = ""
    email: fields.Email = ""
    links: Annotated[tuple[ProfileLink, ...], Read(_links_of)] = ()
    status: Annotated[AuthorStatus, Read(_status_of)] = AuthorStatus.ACTIVE
    extra: fields.Extra = field(default_factory=dict)


def read_profile(
    subject: Subject, *, text: str, path: str, assets: tuple[AssetEntry, ...], zone: tzinfo
) -> tuple[Author | None, tuple[Problem, ...]]:
    """Read a profile's source text (LF line ends)."""
    fenced = split_front_matter(text)
    document, problems = load_block(fenced, text=text, path=path)
    if document is None:
        return None, problems
    keys = _SpelledProfile(document)
    found = [*problems, *keys.problems]
    try:
        read = read_model(ProfileFields, keys.values, zone=zone)
    except MisreadError as error:
        found += misfit_problems(document, error.misreads[:MAX_PROBLEMS])
        return None, tuple(sorted(found))
    if not read.name:
        found.append(_no_name(subject, text=text, path=path))
    if any(problem.is_error for problem in found):
        return None, tuple(sorted(found))
    author = Author(
        subject=subject,
        name=read.name,
        title=read.title,
        team=read.team,
        email=read.email,
        links=(*read.links, *keys.links),
        status=read.status,
        avatar=avatar_among(assets, subject.id),
        body=fenced.body,
        body_line=fenced.body_line,
        extra=read.extra,
    )
    return author, tuple(sorted(found))


def name_at_a_glance(document: YamlDocument) -> str:
    """Return the name in the front matter of a profile; "" when it is not there."""
    for entry in document.root.entries:
        is_name = _CANONICAL_OF.get(folded(entry.key.text)) == "name"
        if is_name and isinstance(entry.value, YamlScalar):
            return entry.value.text.strip()
    return ""


def avatar_among(assets: tuple[AssetEntry, ...], author: str) -> str:
    """Return the path of the asset that is the author's picture, or ""."""
    for asset in sorted(assets):
        stem, _, ending = asset.path.rpartition(".")
        if stem in {author, "avatar"} and f".{ending.lower()}" in AVATAR_ENDINGS:
            return asset.path
    return ""


class _SpelledProfile:
    """A profile's keys in our words."""

    def __init__(self, document: YamlDocument) -> None:
        self.document = document
        self.values: dict[str, YamlNode] = {}
        self.keys: dict[str, YamlScalar] = {}
        self.links: list[ProfileLink] = []
        self.problems: list[Problem] = []
        for entry in document.root.entries:
            self._take(entry.key, entry.value)

    def _take(self, key: YamlScalar, value: YamlNode) -> None:
        name = folded(key.text)
        canonical = _CANONICAL_OF.get(name)
        if canonical:
            self._give(canonical, key, value)
        elif name in PROFILE_LINK_KEYS:
            self._take_link(key, value)
        elif (
            name in {"guest", "alumni"}
            and isinstance(value, YamlScalar)
            and isinstance(value.value, bool)
        ):
            if value.value:
                self._give(
                    "status",
                    key,
                    YamlScalar(
                        text=name,
                        quoted=True,
                        line=value.line,
                        column=value.column,
                        width=value.width,
                    ),
                )
        elif name in _AVATAR:
            hint = "save the picture beside the profile as ID.jpg, and delete the line"
            self._report(
                key,
                codes.AVATAR_KEY,
                f"the picture is found by its name, not by '{key.text}'",
                hint,
            )
        elif name not in _IGNORED and len(self.problems) < MAX_PROBLEMS:
            known = (*PROFILE_KEYS, *PROFILE_LINK_KEYS, *PROFILE_SPELLINGS["title"])
            hint = did_you_mean(key.text, known) or "data of your own goes under 'extra'"
            self._report(
                key,
                yaml_codes.UNKNOWN_KEY,
                f"unknown key '{shortened(key.text)}' in a profile",
                hint,
            )

    def _give(self, canonical: str, key: YamlScalar, value: YamlNode) -> None:
        before = self.keys.get(canonical)
        if before is None or is_empty(self.values[canonical]):
            self.keys[canonical], self.values[canonical] = key, value
        elif not is_empty(value):
            message = f"'{key.text}' means the same as '{before.text}' on line {before.line}"
            self._report(key, yaml_codes.TWO_SPELLINGS, message, f"keep '{canonical}' alone")

    def _take_link(self, key: YamlScalar, value: YamlNode) -> None:
        if is_empty(value):
            return
        try:
            self.links.append(_link(key.text, value))
        except MisfitError as error:
            self._report(error.node or value, error.code, error.message, error.hint)

    def _report(self, node: YamlNode, code: str, message: str, hint: str) -> None:
        where = self.document.locate(node, key=self.document.key_path(node))
        self.problems.append(Problem(location=where, code=code, message=message, hint=hint))


_CANONICAL_OF: Mapping[str, str] = {
    folded(spelling): canonical
    for canonical in PROFILE_KEYS
    for spelling in (canonical, *PROFILE_SPELLINGS.get(canonical, ()))
}


def _no_name(subject: Subject, *, text: str, path: str) -> Problem:
    return Problem(
        location=source_lines(text, path=path).location(1),
        code=codes.NO_NAME,
        message="no name",
        hint=f"add a line such as name: {subject.id.replace('-', ' ').title()}",
    )
