"""From one text with the files beside it to a `Proposal`: which subject it is, its content hash, its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.content import codes
from blognet.content.assets import asset_problem, file_problem, problem_of
from blognet.content.front_matter import FrontReading, read_front_matter
from blognet.content.layout import FoundText, asset_path
from blognet.content.parse import post_of
from blognet.content.profile import read_profile
from blognet.content.profiles import avatars_of, profile_asset_path
from blognet.content.references import conflict_problem
from blognet.content.values import Author, Post, Proposal
from blognet.kernel.hashing import AssetEntry, PathFacts, content_hash
from blognet.kernel.ids import AuthorId, Kind, SourcePath, Subject, is_device_name
from blognet.kernel.nearest import did_you_mean
from blognet.kernel.problems import Location, Problem
from blognet.kernel.text import Undecodable, decode_source, slugify
from blognet.kernel.yamltree import MAX_PROBLEMS

if TYPE_CHECKING:
    from blognet.content.values import ReadingRules


def propose(
    text: FoundText, *, rules: ReadingRules, known_authors: frozenset[AuthorId]
) -> Proposal | Problem:
    """Read one text; a Problem when not even its subject can be named."""
    source = decode_source(text.file.raw or b"")
    assets, sources, asset_problems = _assets_of(text)
    if isinstance(source, Undecodable):
        return _undecodable(
            text, source, assets=assets, sources=sources, rules=rules, problems=asset_problems
        )
    reading = read_front_matter(source, path=text.file.path, rules=rules)
    subject, subject_problems = _subject_of(text, reading, rules)
    if subject is None:
        return _no_id(text)
    conflict = conflict_problem(source, path=text.file.path)
    facts = _path_facts(text, reading, known_authors)
    content: Post | Author | None
    problems: tuple[Problem, ...]
    if conflict:
        # Both versions' keys would only be reported as given twice.
        content, problems = None, (conflict,)
    elif text.kind is Kind.PROFILE:
        content, problems = read_profile(
            subject, text=source, path=text.file.path, assets=assets, zone=rules.zone
        )
    else:
        content, problems = post_of(
            reading,
            subject=subject,
            text=source,
            path=text.file.path,
            path_facts=facts,
            assets=assets,
            rules=rules,
        )
        problems += _author_problems(reading, text.file.path, known_authors)
    return Proposal(
        subject=subject,
        path=text.file.path,
        bundle=text.bundle,
        text=source,
        assets=assets,
        asset_sources=sources,
        path_facts=facts,
        hash=content_hash(subject, path_facts=facts, text=source, assets=assets),
        content=content,
        problems=tuple(sorted((*problems, *subject_problems, *asset_problems))),
    )


def _assets_of(
    text: FoundText,
) -> tuple[tuple[AssetEntry, ...], tuple[SourcePath, ...], tuple[Problem, ...]]:
    """Return entries sorted by path, where each lies, and the faults. A refused file is still in the hash."""
    named = sorted(
        ((_asset_name(found.path, text), found) for found in text.assets),
        key=lambda pair: (pair[0], pair[1].path),
    )
    problems = [
        problem for _, found in named if (problem := file_problem(found) or asset_problem(found))
    ]
    seen: dict[str, str] = {}
    for name, found in named:
        before = seen.setdefault(name.casefold(), found.path)
        if before != found.path:
            message = f"the names of this file and of {before} can't be kept apart everywhere"
            problems.append(
                problem_of(found.path, codes.ASSET_CLASH, message, "rename one of them")
            )
    if text.kind is Kind.PROFILE and len(avatars := avatars_of(text)) > 1:
        for found in avatars:
            message = f"one of {len(avatars)} pictures of {text.name}; expected one"
            problems.append(
                problem_of(found.path, codes.TWO_AVATARS, message, "delete all but one")
            )
    entries = tuple(AssetEntry(path=name, sha256=found.sha256) for name, found in named)
    return entries, tuple(found.path for _, found in named), tuple(problems)


def _asset_name(path: str, text: FoundText) -> str:
    if text.kind is Kind.PROFILE:
        return profile_asset_path(path, text)
    return asset_path(path, text.bundle)


def _subject_of(
    text: FoundText, reading: FrontReading, rules: ReadingRules
) -> tuple[Subject | None, tuple[Problem, ...]]:
    ident = text.name if text.kind is Kind.PROFILE else reading.slug or slugify(text.name)
    if not ident:
        return None, ()
    wanted = "" if text.kind is Kind.PROFILE else reading.lang
    language, problem = _language_of(text, wanted, reading, rules)
    tag = "" if language.casefold() == rules.main_language.casefold() else language
    problems = filter(None, (problem, _device_problem(ident, text, reading)))
    return Subject(kind=text.kind, id=ident, language=tag), tuple(problems)


def _device_problem(ident: str, text: FoundText, reading: FrontReading) -> Problem | None:
    if not is_device_name(ident):
        return None
    where = reading.places.get("slug", Location(path=text.file.path))
    message = (
        f"'{ident}' is a name that Windows keeps for itself, so no folder of the record can have it"
    )
    return Problem(
        location=where, code=codes.BAD_SLUG, message=message, hint=f"write slug: the-{ident}"
    )


def _language_of(
    text: FoundText, wanted: str, reading: FrontReading, rules: ReadingRules
) -> tuple[str, Problem | None]:
    where = reading.places.get("lang", Location(path=text.file.path))
    configured = {tag.casefold(): tag for tag in (rules.main_language, *rules.languages)}
    if wanted and wanted.casefold() not in configured:
        hint = (
            did_you_mean(wanted, configured.values())
            or "ask a mayor to add it to 'languages' in blognet.yml"
        )
        message = f"the language '{wanted}' is not configured"
        problem = Problem(location=where, code=codes.UNKNOWN_LANGUAGE, message=message, hint=hint)
        return text.language, problem
    if wanted and text.language and wanted.casefold() != text.language.casefold():
        message = f"'lang' says {wanted}, the file's name says {text.language}"
        hint = "delete 'lang', or correct the name"
        return text.language, Problem(
            location=where, code=codes.LANGUAGE_CLASH, message=message, hint=hint
        )
    return text.language or configured.get(wanted.casefold(), ""), None


def _path_facts(
    text: FoundText, reading: FrontReading, known_authors: frozenset[AuthorId]
) -> PathFacts:
    """Return only what the front matter left open, so that a move changes nothing when it says everything."""
    if text.kind is Kind.PROFILE:
        return PathFacts()
    folder = next((name for name in reversed(text.folders) if name in known_authors), "")
    needs_author = reading.front is None or not reading.front.authors
    needs_date = reading.front is None or reading.front.date is None
    return PathFacts(
        authors=(folder,) if folder and needs_author else (), date=text.date if needs_date else ""
    )


def _author_problems(
    reading: FrontReading, path: str, known_authors: frozenset[AuthorId]
) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    for author in reading.front.authors if reading.front else ():
        if author not in known_authors and len(problems) < MAX_PROBLEMS:
            where = reading.places.get(f"authors:{author}", Location(path=path))
            hint = did_you_mean(author, known_authors) or f"add the profile authors/{author}.md"
            message = f"there is no author '{author}'"
            problems.append(
                Problem(location=where, code=codes.UNKNOWN_AUTHOR, message=message, hint=hint)
            )
    return tuple(problems)


def _undecodable(
    text: FoundText,
    source: Undecodable,
    *,
    assets: tuple[AssetEntry, ...],
    sources: tuple[SourcePath, ...],
    rules: ReadingRules,
    problems: tuple[Problem, ...],
) -> Proposal | Problem:
    ident = text.name if text.kind is Kind.PROFILE else slugify(text.name)
    if not ident:
        return _no_id(text)
    tag = "" if text.language.casefold() == rules.main_language.casefold() else text.language
    where = Location(path=text.file.path, line=source.line, column=source.column, width=1)
    fault = Problem(
        location=where,
        code=codes.UNDECODABLE,
        message=f"{source.reason}; expected UTF-8 text",
        hint="open it in your editor and save it as UTF-8",
    )
    return Proposal(
        subject=Subject(kind=text.kind, id=ident, language=tag),
        path=text.file.path,
        bundle=text.bundle,
        text="",
        assets=assets,
        asset_sources=sources,
        path_facts=PathFacts(),
        hash=None,
        content=None,
        problems=tuple(sorted((fault, *problems))),
    )


def _no_id(text: FoundText) -> Problem:
    return problem_of(
        text.file.path,
        codes.NO_ID,
        "a name without letters or digits, of which no address can be made",
        "rename it, or write slug: a-short-name in the front matter",
    )
