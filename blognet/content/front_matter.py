"""What the front matter of a post or page says. Answers with a `FrontMatter` or every fault at once, with its place.

Nothing here can turn good bytes into faulty ones when a setting changes: an approved copy that could be read once
can be read for ever. What depends on settings (topics, languages, who exists) is a warning, or the library's affair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated

from blognet.content import codes, fields
from blognet.content.fences import Fence, Fenced, split_front_matter
from blognet.content.headings import heading_of, is_heading_of
from blognet.content.media import MediaAddress, MediaLength, MediaType, media_problems
from blognet.content.spelling import Spelled, spelled
from blognet.content.toml_text import load_toml
from blognet.content.values import FrontMatter
from blognet.kernel.ids import AuthorId, parse_language, parse_slug
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.places import source_lines
from blognet.kernel.problems import Location, Problem, Severity
from blognet.kernel.text import slugify
from blognet.kernel.yamlmodels import STRICT, MisreadError, Read, misfit_problems, read_model
from blognet.kernel.yamltext import load_yaml
from blognet.kernel.yamltree import (
    MAX_PROBLEMS,
    YamlDocument,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    is_empty,
    shortened,
)
from blognet.kernel.yamlvalues import bool_of, items_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blognet.content.values import ReadingRules

_BARE_KEY = re.compile(r"\s*(title|date|authors?|layout|tags|slug)\s*:(\s|$)", re.IGNORECASE)
_LOOSE_KEY = re.compile(r"^(slug|lang|draft)[ \t]*[:=][ \t]*['\"]?([^\s'\"#]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatterFields:
    """The canonical keys and the sort of value each takes."""

    __pydantic_config__ = STRICT

    title: fields.Line = ""
    date: fields.Time = None
    updated: fields.Time = None
    authors: fields.AuthorIds = ()
    tags: fields.Names = ()
    topics: fields.Names = ()
    summary: fields.Text = ""
    description: fields.Line = ""
    slug: fields.SlugText = ""
    image: fields.ImageAddress = ""
    image_alt: fields.Line = ""
    media: MediaAddress = ""
    media_length: MediaLength = None
    media_type: MediaType = ""
    draft: fields.Flag = False
    unlisted: fields.Flag = False
    lang: fields.LanguageTag = ""
    translation_key: fields.Line = ""
    series: fields.Name = ""
    series_order: fields.Number = None
    aliases: fields.Aliases = ()
    canonical_url: fields.Address = ""
    publish_at: fields.Time = None
    expires: fields.Time = None
    review_by: fields.Time = None
    toc: Annotated[bool | None, Read(bool_of)] = None
    extra: fields.Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontReading:
    """A source taken apart.

    Attributes:
        front: None when an error keeps it from being read.
        slug: As given; found by a glance where the rest can't be read, so that the subject stays the same.
        lang: Likewise.
        body: The Markdown, without a heading that became the title.
        body_line: Line of the source on which `body` begins.
        problems: All faults, sorted.
        places: Where the value of each canonical key stands, and each author as ``authors:ID``.
    """

    front: FrontMatter | None
    slug: str
    lang: str
    body: str
    body_line: int
    problems: tuple[Problem, ...]
    places: Mapping[str, Location] = field(default_factory=dict)


def read_front_matter(text: str, *, path: str, rules: ReadingRules) -> FrontReading:
    """Take a source text (LF line ends) apart and read its front matter."""
    fenced = split_front_matter(text)
    document, problems = load_block(fenced, text=text, path=path)
    if document is None:
        return _unreadable(fenced, problems)
    keys = spelled(document)
    front, more = _front_of(keys, rules)
    found = [*problems, *keys.problems, *more]
    body, body_line, heading = heading_of(fenced)
    title = front.title if front else title_text(keys)
    if heading and (not title or is_heading_of(heading, title)):
        title = title or heading
    else:
        body, body_line = fenced.body, fenced.body_line
    if not title:
        found.append(_no_title(text, path))
    faulty = any(problem.is_error for problem in found)
    if front is not None and front.title != title:
        front = replace(front, title=title)
    return FrontReading(
        front=None if faulty else front,
        slug=front.slug if front else _glance(fenced, "slug"),
        lang=front.lang if front else _glance(fenced, "lang"),
        body=body,
        body_line=body_line,
        problems=tuple(sorted(found)),
        places=_places(keys),
    )


def load_block(
    fenced: Fenced, *, text: str, path: str
) -> tuple[YamlDocument | None, tuple[Problem, ...]]:
    """Read the block between the fences; a text without fences has an empty document."""
    if not fenced.closed:
        line = fenced.block_line - 1
        problem = Problem(
            location=source_lines(text, path=path).location(line, 1, width=3),
            code=codes.FENCE_OPEN,
            message=f"the front matter that begins here never ends; expected a line '{fenced.fence.value}'",
            hint=f"add a line '{fenced.fence.value}' below the last key",
        )
        return None, (problem,)
    if fenced.fence is Fence.NONE:
        problems = _missing_fence(text, path)
        return (None if problems else _empty_document(path)), problems
    load = load_toml if fenced.fence is Fence.TOML else load_yaml
    document = load(fenced.block, path=path, first_line=fenced.block_line)
    return (document, ()) if isinstance(document, YamlDocument) else (None, document)


def _empty_document(path: str) -> YamlDocument:
    root = YamlMapping(entries=(), line=1, column=1, width=0)
    return YamlDocument(root=root, source=source_lines("", path=path))


def _missing_fence(text: str, path: str) -> tuple[Problem, ...]:
    whole = source_lines(text, path=path)
    first = next((number for number, line in enumerate(whole.lines, 1) if line.strip()), 1)
    match = _BARE_KEY.match(whole.lines[first - 1])
    if not match:
        return ()
    return (
        Problem(
            location=whole.location(first, match.start(1) + 1, width=len(match[1])),
            code=codes.NO_FENCE,
            message="the file begins with keys, but no line '---' stands above them",
            hint="add a line '---' above the first and below the last key",
        ),
    )


def _unreadable(fenced: Fenced, problems: tuple[Problem, ...]) -> FrontReading:
    return FrontReading(
        front=None,
        slug=_glance(fenced, "slug"),
        lang=_glance(fenced, "lang"),
        body=fenced.body,
        body_line=fenced.body_line,
        problems=tuple(sorted(problems)),
    )


def _glance(fenced: Fenced, key: str) -> str:
    """Look for a key in a block that can't be read, so that a broken revision still is one of its subject."""
    found = dict(_LOOSE_KEY.findall(fenced.block)).get(key, "")
    good = parse_slug(found) if key == "slug" else parse_language(found)
    return found if good else ""


def _front_of(keys: Spelled, rules: ReadingRules) -> tuple[FrontMatter | None, tuple[Problem, ...]]:
    try:
        read = read_model(FrontMatterFields, keys.values, zone=rules.zone)
    except MisreadError as error:
        return None, misfit_problems(keys.document, error.misreads[:MAX_PROBLEMS])
    front = FrontMatter(
        title=read.title,
        date=read.date,
        updated=read.updated,
        authors=tuple(AuthorId(author) for author in fields.distinct(read.authors)),
        tags=fields.distinct(read.tags),
        topics=fields.distinct(read.topics),
        summary=read.summary,
        description=read.description,
        slug=read.slug,
        image=read.image,
        image_alt=read.image_alt,
        media=read.media,
        media_length=read.media_length,
        media_type=read.media_type,
        draft=read.draft,
        unlisted=read.unlisted,
        lang=read.lang,
        translation_key=read.translation_key,
        series=read.series,
        series_order=read.series_order,
        aliases=fields.distinct(read.aliases),
        canonical_url=read.canonical_url,
        publish_at=read.publish_at,
        expires=read.expires,
        review_by=read.review_by,
        toc=read.toc,
        extra=read.extra,
    )
    problems = (*_topic_problems(keys, front, rules), *_expiry_problems(keys, front))
    return front, (*problems, *media_problems(keys, front))


def _topic_problems(keys: Spelled, front: FrontMatter, rules: ReadingRules) -> Iterator[Problem]:
    unknown = [
        topic for topic in front.topics if rules.topics and slugify(topic) not in rules.topics
    ]
    node = keys.values.get("topics")
    for topic in unknown[:MAX_PROBLEMS]:
        place = node
        if isinstance(node, YamlSequence):
            place = next((item for item in node.items if _says(item, topic)), node)
        if place is not None:
            yield Problem(
                location=keys.document.locate(place, key=keys.document.key_path(place)),
                code=codes.UNKNOWN_TOPIC,
                severity=Severity.WARNING,
                message=f"the topic '{shortened(topic)}' is not in blognet.yml",
                hint=did_you_mean(slugify(topic), rules.topics)
                or "use 'tags' for words of your own",
            )


def _says(node: YamlNode, text: str) -> bool:
    return isinstance(node, YamlScalar) and node.text.strip().removeprefix("#").strip() == text


def _expiry_problems(keys: Spelled, front: FrontMatter) -> Iterator[Problem]:
    node = keys.values.get("expires")
    starts = [moment for moment in (front.date, front.publish_at) if moment is not None]
    if node is not None and front.expires is not None and starts and front.expires <= max(starts):
        yield Problem(
            location=keys.document.locate(node, key="expires"),
            code=codes.EXPIRES_FIRST,
            message="the post would expire before it appears",
            hint="give 'expires' a later date",
        )


def _places(keys: Spelled) -> Mapping[str, Location]:
    places: dict[str, Location] = {}
    for canonical, node in keys.values.items():
        written = keys.keys[canonical].text if canonical in keys.keys else canonical
        places[canonical] = keys.document.locate(node, key=written)
        if canonical == "authors" and isinstance(node, YamlScalar | YamlSequence):
            for index, item in enumerate(items_of(node)):
                if isinstance(item, YamlScalar):
                    place = keys.document.locate(item, key=f"{written}[{index}]")
                    places.setdefault(f"authors:{item.text.strip().removeprefix('@')}", place)
    return places


def title_text(keys: Spelled) -> str:
    """Return the title as the front matter has it, "" when it has none."""
    node = keys.values.get("title")
    # What else a faulty front matter says is not known; a title given in any form must not be reported missing.
    if node is None or is_empty(node):
        return ""
    return node.text if isinstance(node, YamlScalar) else "?"


def _no_title(text: str, path: str) -> Problem:
    return Problem(
        location=source_lines(text, path=path).location(1),
        code=codes.NO_TITLE,
        message="no title: neither 'title' in the front matter nor a first line '# Heading'",
        hint="add a line such as title: What we learned",
    )
