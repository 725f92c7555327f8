"""Jekyll trees. Answers: which files of a network does an old blog become, and what is lost?

Read are ``_posts``, ``_drafts``, ``_authors`` and ``_data/authors.yml``, and the files that posts show or link to.
Layouts, settings and pages are left out by name. The format: https://jekyllrb.com/docs/structure/. Takes a tree as a
mapping and gives files as values: nothing is read or written here, and nothing is approved.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blognet.content.assets import asset_problem, file_problem
from blognet.content.parse import parse_content
from blognet.content.values import FoundFile, ReadingRules
from blognet.importers import codes
from blognet.importers.jekyll_author import OldAuthor, read_author, read_author_list
from blognet.importers.jekyll_body import convert_post
from blognet.importers.jekyll_config import with_config
from blognet.importers.jekyll_plan import PlannedPost, plan_posts
from blognet.importers.jekyll_post import OldPost, read_post
from blognet.importers.jekyll_write import written_author, written_post
from blognet.importers.liquid import Person
from blognet.importers.references import OldSite
from blognet.importers.values import (
    ImportCounts,
    Imported,
    ImportedFile,
    ImportRules,
    LeftOut,
    Remark,
)
from blognet.kernel.hashing import PathFacts, sha256_hex
from blognet.kernel.ids import Kind, SourcePath, Subject
from blognet.kernel.problems import Problem, Severity, errors_in
from blognet.kernel.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mkdn"})
_CONFIG = PurePosixPath("_config.yml")
_HEAD = 32
_AUTHOR_LISTS = frozenset({"_data/authors.yml", "_data/authors.yaml"})


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What was read of the tree so far."""

    posts: list[OldPost] = field(default_factory=list)
    authors: list[OldAuthor] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    assets: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def refuse(self, path: str, problems: tuple[Problem, ...]) -> None:
        """Leave a file out that could not be read."""
        self.problems += problems
        self.left_out.append(LeftOut(path=path, reason=problems[0].message))


def import_jekyll(tree: Mapping[PurePosixPath, bytes], rules: ImportRules) -> Imported:
    """Turn a Jekyll tree into files for ``queue/`` and ``authors/``.

    Args:
        tree: Every file's bytes by path from the root of the tree. The order does not matter.
        rules: What the importer has to know.
    """
    rules, config_problems = with_config(rules, tree.get(_CONFIG), path=str(_CONFIG))
    reading = _read(tree, rules)
    planned, taken = plan_posts(reading.posts, rules)
    authors = _kept_authors(reading)
    site, people = _old_site(planned, authors, reading, rules)
    stems = {post.old.stem: post.address for post in planned if post.address}
    files = [
        ImportedFile(
            path=SourcePath(f"authors/{author.ident}.md"),
            raw=written_author(author),
            source=author.path,
        )
        for author in authors
    ]
    problems = [*config_problems, *reading.problems, *taken]
    problems += _placed((author.path, author.remarks) for author in authors)
    for post in planned:
        converted = convert_post(post.old, site=site, people=people, posts=stems)
        files += _post_files(post, written_post(post, converted, rules), converted.assets, tree)
        problems += _placed([(post.old.path, converted.remarks)])
    problems += _missing_authors(planned, authors)
    problems += _faults(files, rules)
    used = {file.source for file in files}
    left_out = (*reading.left_out, *_unused(reading.others, used))
    counts = ImportCounts(
        posts=len(planned),
        drafts=sum(post.old.draft for post in planned),
        authors=len(authors),
        assets=len(files) - len(planned) - len(authors),
    )
    return Imported(
        files=tuple(sorted(files)),
        problems=tuple(sorted(set(problems))),
        left_out=tuple(sorted(left_out)),
        counts=counts,
    )


def _read(tree: Mapping[PurePosixPath, bytes], rules: ImportRules) -> _Reading:
    reading = _Reading()
    for path in sorted(tree):
        parts = path.parts
        if "_posts" in parts[:-1] or "_drafts" in parts[:-1]:
            _read_post(reading, path, tree[path], rules)
        elif parts[0] == "_authors":
            _read_author(reading, path, tree[path])
        elif str(path) in _AUTHOR_LISTS:
            listed = read_author_list(str(path), tree[path])
            reading.authors += listed.authors
            reading.problems += listed.problems
        else:
            reading.others.append(str(path))
            if not str(path).startswith(("_", ".")):
                reading.assets[str(path)] = tree[path]
    return reading


def _read_post(reading: _Reading, path: PurePosixPath, raw: bytes, rules: ImportRules) -> None:
    if path.suffix.lower() not in _MARKDOWN:
        reading.left_out.append(
            LeftOut(path=str(path), reason="posts are taken from Markdown files only")
        )
        return
    post = read_post(str(path), raw, zone=rules.zone, draft="_drafts" in path.parts)
    if isinstance(post, tuple):
        reading.refuse(str(path), post)
    else:
        reading.posts.append(post)


def _read_author(reading: _Reading, path: PurePosixPath, raw: bytes) -> None:
    author = read_author(str(path), raw)
    if isinstance(author, tuple):
        reading.refuse(str(path), author)
    else:
        reading.authors.append(author)


def _kept_authors(reading: _Reading) -> tuple[OldAuthor, ...]:
    """Return the authors to bring along; the others are left out by name."""
    named = {author for post in reading.posts for author in post.authors}
    kept: dict[str, OldAuthor] = {}
    for author in reading.authors:
        if not author.published and author.ident not in named:
            reason = "it says 'published: false' and no post names the author"
            reading.left_out.append(LeftOut(path=author.path, reason=reason))
        elif author.ident.casefold() in kept:
            reason = f"{kept[author.ident.casefold()].path} has the same id"
            reading.left_out.append(LeftOut(path=author.path, reason=reason))
        else:
            kept[author.ident.casefold()] = author
    names = Counter(author.name for author in kept.values())
    for author in kept.values():
        others = sorted(
            other.ident for other in kept.values() if other.name == author.name and other != author
        )
        if names[author.name] > 1:
            message = f"'{author.name}' is also the name of {', '.join(others)}"
            remark = Remark(
                line=0, code=codes.AUTHOR_TWICE, severity=Severity.NOTE, message=message
            )
            reading.problems.append(remark.at(author.path))
    return tuple(kept[key] for key in sorted(kept))


def _old_site(
    planned: tuple[PlannedPost, ...],
    authors: tuple[OldAuthor, ...],
    reading: _Reading,
    rules: ImportRules,
) -> tuple[OldSite, Mapping[str, Person]]:
    shown = [post for post in planned if not post.old.draft and post.address]
    writing = {author for post in shown for author in post.old.authors}
    imported = {author.ident for author in authors}
    pages: Mapping[str, str] = {ident: f"/authors/{ident}/" for ident in sorted(imported & writing)}
    slugs = Counter(post.old.old_slug.lower() for post in shown)
    site = OldSite(
        # The new addresses are there too: Liquid has written some of them already.
        posts={post.address.lower(): post.address for post in shown}
        | {alias.lower(): post.address for post in reversed(shown) for alias in post.aliases},
        slugs={
            post.old.old_slug.lower(): post.address
            for post in shown
            if slugs[post.old.old_slug.lower()] == 1
        },
        people=pages,
        tags=frozenset(slugify(tag) for post in shown for tag in post.old.tags),
        assets=frozenset(reading.assets),
        refused=_refused(reading.assets),
        urls=tuple(url.rstrip("/") for url in rules.old_urls),
    )
    people: Mapping[str, Person] = {
        author.ident: Person(name=author.name, address=pages.get(author.ident, ""))
        for author in reading.authors
    }
    return site, people


def _refused(assets: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return which files of the tree cannot lie beside a post, and why."""
    refused: dict[str, str] = {}
    for path, raw in assets.items():
        drawing = raw if path.lower().endswith(".svg") else None
        found = FoundFile(
            path=SourcePath(path),
            raw=drawing,
            head=raw[:_HEAD],
            sha256=sha256_hex(raw),
            size=len(raw),
        )
        problem = file_problem(found) or asset_problem(found)
        if problem is not None:
            refused[path] = problem.message
    return refused


def _faults(files: list[ImportedFile], rules: ImportRules) -> list[Problem]:
    """Read back what was made, as the queue will read it, and report what is still wrong."""
    reading = ReadingRules(main_language="en", languages=("en",), zone=rules.zone)
    problems: list[Problem] = []
    for file in files:
        if not file.path.endswith(".md"):
            continue
        kind = Kind.PROFILE if file.path.startswith("authors/") else Kind.POST
        _, found = parse_content(
            Subject(kind=kind, id=PurePosixPath(file.path).stem),
            text=file.raw.decode(),
            path=file.path,
            path_facts=PathFacts(),
            assets=(),
            rules=reading,
        )
        problems += [
            Remark(line=0, code=codes.STILL_FAULTY, message=problem.message, hint=problem.hint).at(
                file.source
            )
            for problem in errors_in(found)
        ]
    return problems


def _post_files(
    post: PlannedPost, raw: bytes, assets: Mapping[str, str], tree: Mapping[PurePosixPath, bytes]
) -> list[ImportedFile]:
    if not assets:
        return [
            ImportedFile(path=SourcePath(f"queue/{post.name}.md"), raw=raw, source=post.old.path)
        ]
    folder = f"queue/{post.name}"
    return [
        ImportedFile(path=SourcePath(f"{folder}/index.md"), raw=raw, source=post.old.path),
        *(
            ImportedFile(
                path=SourcePath(f"{folder}/{name}"), raw=tree[PurePosixPath(path)], source=path
            )
            for path, name in assets.items()
        ),
    ]


def _missing_authors(
    planned: tuple[PlannedPost, ...], authors: tuple[OldAuthor, ...]
) -> list[Problem]:
    known = {author.ident for author in authors}
    return [
        Remark(
            line=post.old.author_line,
            code=codes.AUTHOR_MISSING,
            message=f"the author '{ident}' has no file; the post will wait until there is one",
            key="authors",
        ).at(post.old.path)
        for post in planned
        for ident in post.old.authors
        if ident not in known
    ]


def _unused(others: list[str], used: set[str]) -> list[LeftOut]:
    left_out = []
    for path in others:
        if path in used:
            continue
        old_parts = path.startswith(("_", "."))
        reason = (
            "it belongs to the old site's settings or design"
            if old_parts
            else "no imported post uses it"
        )
        left_out.append(LeftOut(path=path, reason=reason))
    return left_out


def _placed(remarks: Iterable[tuple[str, tuple[Remark, ...]]]) -> list[Problem]:
    return [remark.at(path) for path, found in remarks for remark in found]
