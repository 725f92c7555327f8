"""Where each post goes: its slug, its new address, its old addresses. Answers: who keeps a name that two posts want?

Old addresses are Jekyll's own, ``/YYYY/MM/DD/slug/`` or a `permalink`; a post's own address goes before a redirect.
Knows no bodies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from blognet.importers import codes
from blognet.importers.references import own_path
from blognet.importers.values import ImportRules, Remark
from blognet.kernel.ids import Slug
from blognet.kernel.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blognet.importers.jekyll_post import OldPost

# Characters that a path may hold as they are (RFC 3986), and the sign of those that are quoted already.
_IN_PATH = "/%~!$&'()*+,;=:@"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPost:
    """A post and where it goes.

    Attributes:
        old: As the tree has it.
        slug: Unique among the planned.
        name: Of its file or folder under ``queue/``, without ending.
        address: Its new one; "" while it has no date.
        aliases: Its old ones, each claimed by no other post.
    """

    old: OldPost
    slug: Slug
    name: str
    address: str
    aliases: tuple[str, ...] = ()


def plan_posts(
    posts: Iterable[OldPost], rules: ImportRules
) -> tuple[tuple[PlannedPost, ...], tuple[Problem, ...]]:
    """Give every post a slug and addresses of its own; the earlier post goes first, then the path decides."""
    ordered = sorted(posts, key=_rank)
    slugs, problems = _slugs(ordered, rules)
    owners, claims = _owners(ordered, rules)
    planned = tuple(
        PlannedPost(
            old=post,
            slug=slugs[post.path],
            name=_name(post, slugs[post.path], rules),
            address=new_address(post, slugs[post.path], rules),
            aliases=tuple(alias for alias in _claims(post, rules) if owners[alias] == post.path),
        )
        for post in ordered
    )
    return planned, (*problems, *claims)


def new_address(post: OldPost, slug: Slug, rules: ImportRules) -> str:
    """Return the address that the network's `permalink` gives a post; "" when it has no date."""
    if post.date is None:
        return ""
    local = post.date.astimezone(rules.zone)
    parts = {":year": "%Y", ":month": "%m", ":day": "%d"}
    address = rules.permalink.replace(":slug", slug)
    for name, form in parts.items():
        address = address.replace(name, local.strftime(form))
    return address


def _rank(post: OldPost) -> tuple[bool, float, str]:
    return (post.date is None, post.date.timestamp() if post.date else 0, post.path)


def _slugs(
    ordered: list[OldPost], rules: ImportRules
) -> tuple[Mapping[str, Slug], tuple[Problem, ...]]:
    first: dict[Slug, OldPost] = {}
    wanted = {post.slug for post in ordered}
    slugs: dict[str, Slug] = {}
    problems: list[Problem] = []
    for post in ordered:
        slug = post.slug or Slug("post")
        if slug not in first:
            first[slug], slugs[post.path] = post, slug
            continue
        year = post.date.astimezone(rules.zone).strftime("%Y") if post.date else "undated"
        free = next(
            name for name in _numbered(slug, year) if name not in first and name not in wanted
        )
        first[free], slugs[post.path] = post, free
        message = f"the slug '{slug}' belongs to {first[slug].path}, so this post's is '{free}'"
        problems.append(Remark(line=0, code=codes.SLUG_TAKEN, message=message).at(post.path))
    return slugs, tuple(problems)


def _numbered(slug: Slug, year: str) -> Iterator[Slug]:
    yield Slug(f"{slug}-{year}")
    number = 2
    while True:
        yield Slug(f"{slug}-{year}-{number}")
        number += 1


def _owners(
    ordered: list[OldPost], rules: ImportRules
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Settle which post keeps each old address: first everyone's own, then other days, then redirects."""
    owners: dict[str, str] = {}
    problems: list[Problem] = []
    for rank in (_own, _other_days, _redirects):
        for post in ordered:
            for alias in rank(post, rules):
                owner = owners.setdefault(alias, post.path)
                if owner != post.path:
                    message = f"the old address '{alias}' stays with {owner}"
                    remark = Remark(
                        line=0, code=codes.ADDRESS_TAKEN, severity=Severity.WARNING, message=message
                    )
                    problems.append(remark.at(post.path))
    return owners, tuple(problems)


def _claims(post: OldPost, rules: ImportRules) -> tuple[str, ...]:
    ranks = (_own(post, rules), _other_days(post, rules), _redirects(post, rules))
    return tuple(dict.fromkeys(alias for rank in ranks for alias in rank))


def _own(post: OldPost, rules: ImportRules) -> tuple[str, ...]:
    if post.permalink:
        return (_tidied(post.permalink, rules),)
    return tuple(_old_address(post, day, rules) for day in post.days[:1])


def _other_days(post: OldPost, rules: ImportRules) -> tuple[str, ...]:
    later = () if post.permalink else post.days[1:]
    return tuple(dict.fromkeys(_old_address(post, day, rules) for day in later))


def _old_address(post: OldPost, day: str, rules: ImportRules) -> str:
    """Return the address that Jekyll gave a post of that day, ``YYYY/MM/DD``; parts that are unknown are left out."""
    year, month, number = day.split("/")
    parts = {
        ":year": year, ":i_month": month.lstrip("0"), ":month": month, ":i_day": number.lstrip("0"), ":day": number,
        ":title": post.old_slug, ":slug": post.old_slug, ":output_ext": ".html",
    }  # fmt: skip
    address = rules.old_permalink
    for name, value in parts.items():
        address = address.replace(name, value)
    return _tidied(re.sub(r"/+", "/", re.sub(r":[a-z_]+", "", f"/{address}")), rules)


def _redirects(post: OldPost, rules: ImportRules) -> tuple[str, ...]:
    return tuple(_tidied(alias, rules) for alias in post.aliases)


def _tidied(address: str, rules: ImportRules) -> str:
    """Write an address of the old site from its root, with a ``/`` at the end unless it names a file."""
    path = quote(own_path(address, rules.old_urls) or f"/{address.lstrip('/')}", safe=_IN_PATH)
    last = path.rstrip("/").rpartition("/")[2]
    return path if "." in last else f"{path.rstrip('/')}/"


def _name(post: OldPost, slug: Slug, rules: ImportRules) -> str:
    if post.date is None:
        return slug
    return f"{post.date.astimezone(rules.zone).strftime('%Y-%m-%d')}-{slug}"
