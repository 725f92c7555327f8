"""What a file is by its place and name: a text of a subject, an asset of a bundle, or nothing of use. Reads no text.

The rules are those of docs/posts.md: sub-folders at will, a date prefix, language suffixes for configured languages
only, bundles, and names that are skipped. The outermost folder with an index file is the bundle.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blognet.content import codes
from blognet.content.assets import (
    IMAGE_ENDINGS,
    ending_of,
    file_problem,
    is_junk,
    is_text,
    problem_of,
)
from blognet.kernel.ids import Kind, SourcePath
from blognet.kernel.patterns import later
from blognet.kernel.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blognet.content.values import FoundFile
    from blognet.kernel.problems import Problem

TREES: Mapping[str, Kind] = {
    "queue": Kind.POST,
    "posts": Kind.POST,
    "pages": Kind.PAGE,
    "authors": Kind.PROFILE,
}
_DATE_PREFIX = later(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[-_ ]+(?P<rest>.+))?")
_DOCUMENTS = frozenset(
    {
        ".docx", ".doc", ".odt", ".rtf", ".pages", ".html", ".htm", ".txt", ".rst", ".adoc", ".org", ".mdx", ".tex",
        ".ipynb", ".mdown", ".mkd", ".mdwn", ".textile", ".wiki",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundText:
    """A text file that is a subject's source.

    Attributes:
        file: The file.
        kind: By its tree.
        tree: `queue`, `posts`, `pages` or `authors`.
        name: File or folder name without ending, language and date prefix.
        date: ``YYYY-MM-DD`` of the date prefix, or "".
        language: Tag of the suffix as configured, or "" without one.
        bundle: Its folder when that is a bundle, else "".
        folders: Names of the folders between the tree and the file or bundle, outermost first.
        assets: The bundle's other files.
    """

    file: FoundFile
    kind: Kind
    tree: str
    name: str
    date: str
    language: str
    bundle: SourcePath
    folders: tuple[str, ...]
    assets: tuple[FoundFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All texts, and the faults of files that belong to none."""

    texts: tuple[FoundText, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    stem: str
    language: str


def lay_out(files: Iterable[FoundFile], *, languages: tuple[str, ...]) -> Layout:
    """Sort the files of `queue/`, `posts/` and `pages/`; other files are not looked at."""
    texts: list[FoundText] = []
    problems: list[Problem] = []
    by_tree: dict[str, list[FoundFile]] = {}
    for found in sorted(files, key=lambda found: found.path):
        tree, _, below = found.path.partition("/")
        if tree in TREES and TREES[tree] is not Kind.PROFILE and below:
            by_tree.setdefault(tree, []).append(found)
    for tree, members in by_tree.items():
        bundles = bundles_in((found.path for found in members), languages)
        inside: dict[str, list[FoundFile]] = {bundle: [] for bundle in bundles}
        for found in members:
            bundle = bundle_around(found.path, bundles)
            if bundle:
                inside[bundle].append(found)
            elif not is_skipped(found.path):
                _take_single(found, tree, languages, texts, problems)
        for bundle, contents in inside.items():
            _take_bundle(bundle, contents, tree, languages, texts, problems)
    return Layout(texts=tuple(texts), problems=tuple(problems))


def split_language(stem: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """Split ``slug.de`` into ``slug`` and ``de`` when that is a configured language, else ("slug.de", "")."""
    name, dot, suffix = stem.rpartition(".")
    for language in languages:
        if dot and name and suffix.casefold() == language.casefold():
            return name, language
    return stem, ""


def split_date(name: str) -> tuple[str, str]:
    """Split ``2026-11-22-slug`` into ``2026-11-22`` and ``slug``; ("", name) without a date that exists."""
    match = _DATE_PREFIX.fullmatch(name)
    if not match:
        return "", name
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return "", name
    return day.isoformat(), match["rest"] or name


def is_skipped(path: str) -> bool:
    """Whether a file outside of bundles is none of ours: `README.md`, `_*`, `.*`, or what a system left."""
    parts = PurePosixPath(path).parts[1:]
    readme = PurePosixPath(path).stem.lower() == "readme"
    return readme or is_junk(path) or any(part.startswith(("_", ".")) for part in parts)


def index_name(path: str, languages: tuple[str, ...]) -> _Name | None:
    """Return the language of an index file, or None for any other file."""
    if not is_text(path):
        return None
    stem, language = split_language(PurePosixPath(path).stem, languages)
    return _Name(stem=stem, language=language) if stem.lower() == "index" else None


def bundles_in(paths: Iterable[str], languages: tuple[str, ...]) -> frozenset[str]:
    """Return the folders below the trees that hold an index file."""
    return frozenset(
        path.rpartition("/")[0]
        for path in paths
        if "/index" in path.lower()
        and index_name(path, languages)
        and len(PurePosixPath(path).parts) > 2  # noqa: PLR2004  # tree, folder, file
        and not is_skipped(path)
    )


def bundle_around(path: str, bundles: frozenset[str]) -> str:
    """Return the outermost bundle that holds a file, or ""."""
    at = path.find("/") if bundles else -1
    while at >= 0:
        if path[:at] in bundles:
            return path[:at]
        at = path.find("/", at + 1)
    return ""


def _take_single(
    found: FoundFile,
    tree: str,
    languages: tuple[str, ...],
    texts: list[FoundText],
    problems: list[Problem],
) -> None:
    if problem := file_problem(found) or _not_a_post(found, languages):
        problems.append(problem)
        return
    path = PurePosixPath(found.path)
    stem, language = split_language(path.stem, languages)
    day, name = split_date(stem)
    texts.append(
        FoundText(
            file=found,
            kind=TREES[tree],
            tree=tree,
            name=name,
            date=day,
            language=language,
            bundle=SourcePath(""),
            folders=path.parts[1:-1],
        )
    )


def _take_bundle(
    bundle: str,
    contents: list[FoundFile],
    tree: str,
    languages: tuple[str, ...],
    texts: list[FoundText],
    problems: list[Problem],
) -> None:
    indexes: list[tuple[FoundFile, str]] = []
    assets: list[FoundFile] = []
    for found in contents:
        index = index_name(found.path, languages)
        if is_junk(found.path) or any(part.startswith(".") for part in _below(found.path, bundle)):
            continue
        if index and str(PurePosixPath(found.path).parent) == bundle:
            if problem := file_problem(found):
                problems.append(problem)
            else:
                indexes.append((found, index.language))
        elif is_text(found.path):
            if PurePosixPath(found.path).stem.lower() != "readme":
                problems.append(file_problem(found) or _text_in_bundle(found, bundle))
        elif (problem := file_problem(found)) and problem.code == codes.CONFLICTED_COPY:
            # It is none of the bundle's files, so the bundle does not have to wait for it.
            problems.append(problem)
        else:
            assets.append(found)
    path = PurePosixPath(bundle)
    day, name = split_date(path.name)
    for found, language in indexes:
        texts.append(
            FoundText(
                file=found,
                kind=TREES[tree],
                tree=tree,
                name=name,
                date=day,
                language=language,
                bundle=SourcePath(bundle),
                folders=path.parts[1:-1],
                assets=tuple(assets),
            )
        )


def _below(path: str, bundle: str) -> tuple[str, ...]:
    return PurePosixPath(path).relative_to(bundle).parts


def asset_path(path: str, bundle: str) -> str:
    """Return an asset's path in its bundle, in NFC."""
    return unicodedata.normalize("NFC", str(PurePosixPath(path).relative_to(bundle)))


def _text_in_bundle(found: FoundFile, bundle: str) -> Problem:
    return problem_of(
        found.path,
        codes.TEXT_IN_BUNDLE,
        f"a Markdown file inside the bundle {bundle}/, which is one post",
        "move it out of the folder; a translation is named like index.de.md",
    )


def _not_a_post(found: FoundFile, languages: tuple[str, ...]) -> Problem | None:
    """Why a file outside of bundles can't be a post."""
    name = PurePosixPath(found.path).name
    ending = ending_of(found.path)
    if is_text(found.path):
        if index_name(found.path, languages):
            hint = f"rename it, or move it to {PurePosixPath(found.path).parent}/your-title/{name}"
            return problem_of(
                found.path,
                codes.INDEX_OUTSIDE,
                "an index file outside of a folder of its own",
                hint,
            )
        return None
    slug = slugify(PurePosixPath(found.path).stem) or "your-title"
    folder = PurePosixPath(found.path).parent
    if ending in IMAGE_ENDINGS:
        message = "an image that belongs to no post"
        hint = f"put it and its text into one folder: {folder}/{slug}/{name} and {folder}/{slug}/index.md"
    elif ending in _DOCUMENTS:
        message = f"a {ending} file, which can't be a post; expected Markdown"
        hint = f"save it as Markdown: {folder}/{slug}.md"
    else:
        message = "a file that can't be a post; expected Markdown, with an ending .md"
        hint = "move it into the folder of the post it belongs to, or delete it"
    return problem_of(found.path, codes.NOT_A_POST, message, hint)
