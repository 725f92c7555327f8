"""One post of a Jekyll tree, read but not yet converted. Answers: what does its front matter say, in our words?

Keys are read as Jekyll and its common plugins do (https://jekyllrb.com/docs/front-matter/). A key that means nothing
here is kept under `extra`; one that cannot be kept is remarked on. Knows no other post.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blognet.content.spelling import CANONICAL, IGNORED, SPELLINGS, folded
from blognet.importers import codes
from blognet.importers.front import flag_of, plain_text, read_foreign, text_of, texts_of
from blognet.importers.jekyll_media import OldMedia, media_in
from blognet.importers.values import Remark
from blognet.kernel.problems import Problem, Severity
from blognet.kernel.text import slugify
from blognet.kernel.times import parse_time
from blognet.kernel.yamltree import (
    Plain,
    YamlEntry,
    YamlMapping,
    YamlNode,
    YamlScalar,
    is_empty,
    plain_value,
)

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from blognet.kernel.ids import Slug

_STEM = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<rest>.+)")
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_WITHOUT_TIME = re.compile(r"[^:]*")
_LONGEST_DATE = 40
_WORD = re.compile(r"[A-Za-z][\w-]{0,59}")
_IGNORED = frozenset(map(folded, IGNORED))
# Categories are free words in Jekyll; a network's topics are a fixed list, so that they become tags.
_JEKYLL = {
    "categories": "tags",
    "category": "tags",
    "tag": "tags",
    "imageaccessibility": "image_alt",
    "images": "images",
}
_CANONICAL_OF = {
    **{folded(word): key for key in CANONICAL for word in (key, *SPELLINGS.get(key, ()))},
    **_JEKYLL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OldPost:
    """A post as the tree has it.

    Attributes:
        path: In the tree.
        stem: File name without ending.
        slug: Of the front matter, else of the file name.
        old_slug: As Jekyll put it into the address: not slugified.
        date: UTC; None when neither front matter nor file name has one.
        bare_date: Whether the date was written without a time.
        days: The days, as ``YYYY/MM/DD``, under which the old site may have had it, the front matter's first.
        image: As written, an address.
        media: Sound or film, as written.
        passed: Other keys that mean the same here.
        page: The front matter as Liquid sees it.
    """

    path: str
    stem: str
    slug: Slug
    old_slug: str
    body: str
    body_line: int
    date: datetime | None = None
    bare_date: bool = True
    days: tuple[str, ...] = ()
    title: str = ""
    authors: tuple[str, ...] = ()
    author_line: int = 1
    tags: tuple[str, ...] = ()
    summary: str = ""
    description: str = ""
    image: str = ""
    image_line: int = 1
    image_alt: str = ""
    media: OldMedia | None = None
    updated: datetime | None = None
    canonical_url: str = ""
    lang: str = ""
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    toc: bool | None = None
    draft: bool = False
    passed: Mapping[str, Plain] = field(default_factory=dict)
    extra: Mapping[str, Plain] = field(default_factory=dict)
    page: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


def read_post(
    path: str, raw: bytes, *, zone: tzinfo, draft: bool = False
) -> OldPost | tuple[Problem, ...]:
    """Read a post; the problems when its front matter cannot be read, at least one.

    Args:
        path: In the tree.
        raw: The file's bytes.
        zone: Of the network, for times without one.
        draft: Whether it lies in ``_drafts``.
    """
    file = read_foreign(path, raw)
    if isinstance(file, tuple):
        return file
    stem = PurePosixPath(path).stem
    named = _STEM.fullmatch(stem)
    old_slug = named["rest"] if named else stem
    page = {entry.key.text: _seen(entry.value) for entry in file.front.entries}
    post = OldPost(
        path=path, stem=stem, slug=slugify(old_slug), old_slug=old_slug, body=file.body, body_line=file.body_line,
        draft=draft, page={key: value for key, value in page.items() if value}, remarks=file.remarks,
    )  # fmt: skip
    post = _dated(post, file.front, named["date"] if named else "", zone)
    for entry in file.front.entries:
        key = _CANONICAL_OF.get(folded(entry.key.text), entry.key.text)
        if key == "date" or is_empty(entry.value) or folded(key) in _IGNORED:
            continue
        reader = _READERS.get(key)
        post = (reader and reader(post, key, entry, zone)) or _with_extra(post, entry)
    return _completed(post)


def _with_flag(post: OldPost, key: str, entry: YamlEntry, _zone: tzinfo) -> OldPost | None:
    flag = flag_of(entry.value)
    if flag is None:
        return None
    if key == "toc":
        return replace(post, toc=flag)
    return replace(post, draft=post.draft or flag is (key == "draft"))


def _with_list(post: OldPost, key: str, entry: YamlEntry, _zone: tzinfo) -> OldPost:
    if key == "tags":
        return replace(post, tags=_joined(post.tags, texts_of(entry.value)))
    authors = _joined(post.authors, texts_of(entry.value))
    return replace(post, authors=authors, author_line=entry.key.line)


def _with_aliases(post: OldPost, _key: str, entry: YamlEntry, _zone: tzinfo) -> OldPost:
    # An address may hold a comma, so that a single one is not split.
    value = entry.value
    texts = (text_of(value),) if isinstance(value, YamlScalar) else texts_of(value)
    return replace(post, aliases=_joined(post.aliases, texts))


def _with_word(post: OldPost, key: str, entry: YamlEntry, zone: tzinfo) -> OldPost | None:
    """Return the post with what a rare key says; None when it says nothing that can be used."""
    text = text_of(entry.value)
    match key:
        case "slug":
            return replace(post, slug=slugify(text), old_slug=text)
        case "permalink" if text.startswith("/") and ":" not in text:
            return replace(post, permalink=text)
        case "canonical_url":
            return replace(post, canonical_url=text)
        case "lang":
            return replace(post, lang=text)
        case "updated" if moment := parse_time(text, zone=zone):
            return replace(post, updated=moment)
    return None


def _with_passed(post: OldPost, key: str, entry: YamlEntry, _zone: tzinfo) -> OldPost:
    return replace(post, passed={**post.passed, key: plain_value(entry.value)})


def _without(post: OldPost, key: str, entry: YamlEntry, _zone: tzinfo) -> OldPost:
    message = f"'{key}' only filled in the body and was dropped"
    return _noted(post, entry.key.line, codes.KEY_DROPPED, message, key)


def _with_text(post: OldPost, key: str, entry: YamlEntry, _zone: tzinfo) -> OldPost:
    text, cleaned = plain_text(text_of(entry.value))
    match key:
        case "title":
            changed = replace(post, title=text)
        case "summary":
            changed = replace(post, summary=post.summary or text)
        case "description":
            changed = replace(post, description=text)
        case _:
            changed = replace(post, image_alt=post.image_alt or text)
    if not cleaned:
        return changed
    message = f"HTML or Markdown was taken out of '{entry.key.text}'"
    return _noted(changed, entry.key.line, codes.TEXT_CLEANED, message, entry.key.text)


def _with_image(post: OldPost, _key: str, entry: YamlEntry, _zone: tzinfo) -> OldPost:
    """Read an image: an address, or a mapping with ``path`` and ``alt`` as jekyll-seo-tag has it."""
    changed = replace(post, image_line=entry.key.line)
    if not isinstance(entry.value, YamlMapping):
        return replace(changed, image=text_of(entry.value))
    path, alt = entry.value.entry("path"), entry.value.entry("alt")
    return replace(
        changed,
        image=text_of(path.value) if path else "",
        image_alt=post.image_alt or (text_of(alt.value) if alt else ""),
    )


def _with_media(post: OldPost, _key: str, entry: YamlEntry, _zone: tzinfo) -> OldPost | None:
    found = None if post.media else media_in(entry.value, line=entry.key.line)
    return replace(post, media=found) if found else None


def _with_extra(post: OldPost, entry: YamlEntry) -> OldPost:
    key, line = entry.key.text, entry.key.line
    if not _WORD.fullmatch(key):
        shown = " ".join(key.split())[:40]
        message = f"'{shown}…' is no key, probably a paragraph that ran into the front matter; it was dropped"
        return _noted(post, line, codes.KEY_DROPPED, message, "", severity=Severity.WARNING)
    kept = replace(post, extra={**post.extra, key: plain_value(entry.value)})
    return _noted(
        kept, line, codes.KEY_KEPT, f"'{key}' means nothing here and was kept under 'extra'", key
    )


def _dated(post: OldPost, front: YamlMapping, named: str, zone: tzinfo) -> OldPost:
    """Return the post with its date: the front matter's, else the file name's."""
    entry = front.entry("date")
    written = text_of(entry.value) if entry else ""
    if entry and written:
        found = parse_time(written, zone=zone)
        if found is None:
            shorter = _without_words(written, zone)
            message = f"'{written}' was read as the date {shorter}"
            post = (
                _noted(post, entry.key.line, codes.DATE_REPAIRED, message, "date")
                if shorter
                else post
            )
            found, written = parse_time(shorter, zone=zone), shorter
        if found is not None:
            # With an offset, the day written and the day in the network's zone may differ; either may be in links.
            local = (found.astimezone(zone).strftime("%Y/%m/%d"),)
            days = _joined(_day_written(written), _joined(local, _day_of(named, zone)))
            bare = _WITHOUT_TIME.fullmatch(written) is not None
            return replace(post, date=found, bare_date=bare, days=days)
        message = (
            f"the date '{text_of(entry.value)}' cannot be read; the one of the file name is used"
        )
        post = _noted(
            post, entry.key.line, codes.DATE_UNREADABLE, message, "date", severity=Severity.WARNING
        )
    return replace(post, date=parse_time(named, zone=zone), days=_day_of(named, zone))


def _without_words(written: str, zone: tzinfo) -> str:
    """Return the longest beginning of a date with something behind it that can be read; "" when none can."""
    for end in range(min(len(written), _LONGEST_DATE), 0, -1):
        if parse_time(written[:end], zone=zone) is not None:
            return written[:end].strip()
    return ""


def _day_of(named: str, zone: tzinfo) -> tuple[str, ...]:
    moment = parse_time(named, zone=zone)
    return (moment.astimezone(zone).strftime("%Y/%m/%d"),) if moment else ()


def _day_written(written: str) -> tuple[str, ...]:
    match = _DAY.match(written)
    return (f"{match['year']}/{match['month']:0>2}/{match['day']:0>2}",) if match else ()


def _completed(post: OldPost) -> OldPost:
    """Fill in what is missing and drop what repeats."""
    if not post.title:
        title = post.old_slug.replace("-", " ").capitalize()
        post = _noted(
            replace(post, title=title),
            1,
            codes.KEY_DROPPED,
            "there is no title; the file name's is used",
            "",
        )
    if post.description == post.summary:
        post = replace(post, description="")
    if post.draft:
        post = _noted(
            post, 1, codes.UNPUBLISHED, "the post was not published and became a draft", ""
        )
    if not post.authors:
        message = "the post names no author and will wait until it does"
        post = _noted(post, 1, codes.NO_AUTHORS, message, "", severity=Severity.WARNING)
    return post


def _noted(
    post: OldPost,
    line: int,
    code: str,
    message: str,
    key: str,
    *,
    severity: Severity = Severity.NOTE,
) -> OldPost:
    remark = Remark(line=line, code=code, severity=severity, message=message, key=key)
    return replace(post, remarks=(*post.remarks, remark))


def _joined(first: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *more)))


def _seen(node: YamlNode) -> str | tuple[str, ...]:
    """Return a value as Liquid would print it."""
    return text_of(node) if isinstance(node, YamlScalar) else texts_of(node)


_Reader = Callable[["OldPost", str, YamlEntry, "tzinfo"], "OldPost | None"]
# What reads each canonical key; a reader that can do nothing with a value leaves it to `extra`.
_READERS: Mapping[str, _Reader] = {
    **dict.fromkeys(("title", "summary", "description", "image_alt"), _with_text),
    **dict.fromkeys(("published", "draft", "toc"), _with_flag),
    **dict.fromkeys(("authors", "tags"), _with_list),
    **dict.fromkeys(("slug", "permalink", "canonical_url", "lang", "updated"), _with_word),
    **dict.fromkeys(
        (
            "unlisted",
            "translation_key",
            "series",
            "series_order",
            "publish_at",
            "expires",
            "review_by",
        ),
        _with_passed,
    ),
    "aliases": _with_aliases,
    "image": _with_image,
    "media": _with_media,
    "images": _without,
}
