"""Bring a Jekyll tree into ``queue/`` and ``authors/``. Replaces and approves nothing; loses nothing in silence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from blognet.actions.network import load_network
from blognet.content.library import read_library
from blognet.content.values import FileFault, FoundFile
from blognet.disk.home import find_network
from blognet.disk.lock import writing_lock
from blognet.disk.reading import MAX_ASSET, read_plain, walk
from blognet.disk.writing import holds, make_folders, write_new_file
from blognet.importers.jekyll import import_jekyll
from blognet.importers.values import ImportRules, LeftOut
from blognet.kernel.errors import UsageError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import AuthorId, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.network import Network
    from blognet.content.values import Proposal
    from blognet.importers.values import Imported, ImportedFile
    from blognet.kernel.ids import SourcePath

_NOT_READ = frozenset({".git", "_site", ".jekyll-cache", ".sass-cache", "node_modules"})
_MARKERS = ("_posts", "_drafts", "_config.yml", "_config.yaml")
_TEXTS = (".md", ".markdown", ".svg")
_HEAD = 32
_REASONS = {
    FileFault.SYMLINK: "it is a symbolic link, and links are not followed",
    FileFault.SPECIAL: "it is no plain file",
    FileFault.TOO_LARGE: f"it is larger than {MAX_ASSET // 1_000_000} MB",
    FileFault.UNREADABLE: "the system refused to open it, or its name cannot be kept",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What an import did.

    Attributes:
        imported: What was made of the tree, its losses included.
        written: Paths of new files, or of those that would be written.
        unchanged: Paths that held exactly these bytes already.
        kept: Paths that were not written, because something else is there, each with the reason.
        unread: Files of the tree that could not be read.
        was_written: False for a dry run.
    """

    imported: Imported
    written: tuple[SourcePath, ...]
    unchanged: tuple[SourcePath, ...]
    kept: tuple[LeftOut, ...]
    unread: tuple[LeftOut, ...]
    was_written: bool


def bring_jekyll(
    start: Path,
    tree: Path,
    *,
    now: datetime,
    old_urls: tuple[str, ...] = (),
    dry_run: bool = False,
) -> Brought:
    """Import a tree.

    Args:
        start: A folder in the network.
        tree: The root of the Jekyll site.
        now: The time.
        old_urls: Addresses of the old site, whose links are links inside the new one.
        dry_run: Write nothing.

    Raises:
        UsageError: The folder does not exist, is no Jekyll site, or holds the network.
        BlognetError: The disk refuses. What was written until then stays; repeating the command goes on.
    """
    root = find_network(start)
    _refuse_odd_tree(root, tree)
    files, unread = read_tree(tree)
    with writing_lock(root, doing="blognet import"):
        network = load_network(root, now=now)
        rules = ImportRules(
            zone=network.config.zone, permalink=network.config.permalink, old_urls=old_urls
        )
        imported = import_jekyll(files, rules)
        kept = _kept(network, imported)
        chosen = [file for file in imported.files if file.path not in kept]
        unchanged = {file.path for file in chosen if holds(root / file.path, file.raw)}
        fresh = sorted((file for file in chosen if file.path not in unchanged), key=_texts_last)
        if not dry_run:
            for file in fresh:
                *folders, name = file.path.split("/")
                write_new_file(make_folders(root, *folders) / name, file.raw)
    return Brought(
        imported=imported,
        written=tuple(sorted(file.path for file in fresh)),
        unchanged=tuple(sorted(unchanged)),
        kept=tuple(LeftOut(path=path, reason=reason) for path, reason in sorted(kept.items())),
        unread=unread,
        was_written=not dry_run,
    )


def read_tree(tree: Path) -> tuple[Mapping[PurePosixPath, bytes], tuple[LeftOut, ...]]:
    """Read every file of a tree by its path, following no links; and name those that cannot be read.

    Raises:
        BlognetError: It holds an absurd number of files.
    """
    resolved = tree.resolve()
    top = resolved.name
    files: dict[PurePosixPath, bytes] = {}
    unread: list[LeftOut] = []
    for entry in walk(resolved.parent, top, skip=_NOT_READ.__contains__):
        raw = entry.fault or read_plain(resolved.parent, entry.parts, limit=MAX_ASSET)
        path = entry.path.partition("/")[2]
        if isinstance(raw, FileFault):
            unread.append(LeftOut(path=path, reason=_REASONS[raw]))
        else:
            files[PurePosixPath(path)] = raw
    return files, tuple(sorted(unread))


def _refuse_odd_tree(root: Path, tree: Path) -> None:
    if not _is_folder(tree):
        message = f"there is no folder {tree}"
        raise UsageError(message, hint="name the folder that holds _posts/")
    inner, outer = tree.resolve(), root.resolve()
    if inner == outer or outer.is_relative_to(inner):
        message = f"the network lies in {tree}, and an import would read itself"
        raise UsageError(message, hint="copy the Jekyll site to a folder of its own")
    if not any((tree / marker).exists() for marker in _MARKERS):
        message = f"{tree} does not look like a Jekyll site: it has neither _posts/ nor _config.yml"
        raise UsageError(message, hint="name the folder that holds _posts/")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long for the system
        return False


def _texts_last(file: ImportedFile) -> tuple[bool, bool, SourcePath]:
    """Profiles first, and a bundle's text after its pictures: a killed run leaves no half post that would wait."""
    return (not file.path.startswith("authors/"), _is_text(file.path), file.path)


def _kept(network: Network, imported: Imported) -> Mapping[SourcePath, str]:
    """Return what must not be written: subjects that exist here, and paths that hold something else.

    A subject is written whole or not at all: pictures of one post beside the text of another help nobody.
    """
    found = tuple(map(_as_found, imported.files))
    authors = frozenset(
        AuthorId(entry.subject.id)
        for entry in network.entries.values()
        if entry.subject.kind is Kind.PROFILE
    )
    library = read_library(found, rules=network.rules, known_authors=authors)
    raws = {file.path: file.raw for file in imported.files}
    kept: dict[SourcePath, str] = {}
    for proposal in library.proposals:
        paths = (proposal.path, *proposal.asset_sources)
        reason = _in_the_way(network, proposal, {path: raws[path] for path in paths})
        if reason:
            kept |= dict.fromkeys(paths, reason)
    for path, raw in raws.items():
        target = network.root / path
        if path not in kept and target.exists() and not holds(target, raw):
            kept[path] = "another file is there"
    return kept


def _in_the_way(network: Network, proposal: Proposal, files: Mapping[SourcePath, bytes]) -> str:
    if all(holds(network.root / path, raw) for path, raw in files.items()):
        return ""
    known = network.entries.get(proposal.subject)
    if known is not None and known.proposal is None:
        return f"{proposal.subject} was decided on before"
    if known is not None and known.proposal is not None:
        # A killed import of the same tree left a part of the bundle: go on with it.
        mine = (known.proposal.path, *known.proposal.asset_sources)
        if not all(path in files and holds(network.root / path, files[path]) for path in mine):
            return f"{proposal.subject} is here already: {known.proposal.path}"
    taken = (
        path
        for path, raw in files.items()
        if (network.root / path).exists() and not holds(network.root / path, raw)
    )
    return next((f"{path} holds something else" for path in taken), "")


def _as_found(file: ImportedFile) -> FoundFile:
    text = _is_text(file.path)
    return FoundFile(
        path=file.path,
        raw=file.raw if text else None,
        sha256=sha256_hex(file.raw),
        size=len(file.raw),
        head=b"" if text else file.raw[:_HEAD],
    )


def _is_text(path: str) -> bool:
    return path.lower().endswith(_TEXTS)
