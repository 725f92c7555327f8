"""Which files of `authors/` make which profile. Reads no text."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blognet.content import codes
from blognet.content.assets import AVATAR_ENDINGS, file_problem, is_junk, is_text, problem_of
from blognet.content.layout import FoundText, Layout, index_name, is_skipped, split_language
from blognet.kernel.ids import Kind, SourcePath, parse_author_id
from blognet.kernel.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blognet.content.values import FoundFile
    from blognet.kernel.problems import Problem

_IN_TREE, _IN_FOLDER = 2, 3


def lay_out_profiles(files: Iterable[FoundFile], *, languages: tuple[str, ...]) -> Layout:
    """Sort the files of `authors/`: profiles with the pictures beside them, and what is neither."""
    members = [
        found
        for found in sorted(files, key=lambda found: found.path)
        if found.path.startswith("authors/") and not is_skipped(found.path)
    ]
    texts: list[FoundText] = []
    problems: list[Problem] = []
    beside: list[FoundFile] = []
    for found in members:
        text = _profile_text(found, languages)
        if problem := file_problem(found):
            problems.append(problem)
        elif text is not None:
            texts.append(text)
        elif is_text(found.path):
            problems.append(_misplaced(found))
        else:
            beside.append(found)
    complete = [
        replace(text, assets=tuple(found for found in beside if _belongs(found, text)))
        for text in texts
    ]
    taken = {found.path for text in complete for found in text.assets}
    problems += [_lone(found, texts) for found in beside if found.path not in taken]
    return Layout(texts=tuple(complete), problems=tuple(problems))


def profile_asset_path(path: str, text: FoundText) -> str:
    """Return the path of a picture or file as seen from the profile, in NFC."""
    base = text.bundle or "authors"
    return unicodedata.normalize("NFC", str(PurePosixPath(path).relative_to(base)))


def avatars_of(text: FoundText) -> tuple[FoundFile, ...]:
    """Return every file that could be the author's picture."""
    return tuple(
        found
        for found in text.assets
        if PurePosixPath(found.path).suffix.lower() in AVATAR_ENDINGS
        and PurePosixPath(found.path).stem in {text.name, "avatar"}
        and PurePosixPath(found.path).parent == PurePosixPath(text.bundle or "authors")
    )


def _profile_text(found: FoundFile, languages: tuple[str, ...]) -> FoundText | None:
    path = PurePosixPath(found.path)
    if not is_text(found.path):
        return None
    index = index_name(found.path, languages)
    if index and len(path.parts) == _IN_FOLDER:
        name, language, bundle = path.parts[1], index.language, str(path.parent)
    elif not index and len(path.parts) == _IN_TREE:
        (name, language), bundle = split_language(path.stem, languages), ""
    else:
        return None
    if parse_author_id(name) is None:
        return None
    return FoundText(
        file=found,
        kind=Kind.PROFILE,
        tree="authors",
        name=name,
        date="",
        language=language,
        bundle=SourcePath(bundle),
        folders=(),
    )


def _owner(found: FoundFile) -> str:
    path = PurePosixPath(found.path)
    return path.stem if len(path.parts) == _IN_TREE else path.parts[1]


def _belongs(found: FoundFile, text: FoundText) -> bool:
    in_folder = len(PurePosixPath(found.path).parts) > _IN_TREE
    return _owner(found) == text.name and in_folder == bool(text.bundle) and not is_junk(found.path)


def _misplaced(found: FoundFile) -> Problem:
    stem = PurePosixPath(found.path).stem
    return problem_of(
        found.path,
        codes.MISPLACED_PROFILE,
        f"'{stem}' is not the place or name of a profile",
        "a profile is authors/ID.md or authors/ID/index.md; an id has letters, digits, - and _",
    )


def _lone(found: FoundFile, texts: list[FoundText]) -> Problem:
    owner = _owner(found)
    profile = next((text for text in texts if text.name == owner), None)
    if profile is None:
        message = f"a file beside no profile: there is no author '{owner}'"
        near = did_you_mean(owner, {text.name for text in texts})
        hint = near or f"add the profile authors/{owner}.md, or delete the file"
    else:
        message = f"a file that is not beside the profile {profile.file.path}"
        hint = (
            f"move it into {profile.bundle}/"
            if profile.bundle
            else f"name a picture authors/{owner}.jpg"
        )
    return problem_of(found.path, codes.MISPLACED_PROFILE, message, hint)
