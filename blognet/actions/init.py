"""Make a new network folder: settings, your profile, an About page, a welcome post, and the first approvals.

Nothing that lies in the folder is ever replaced. A run that was killed can be repeated with the same answers: what it
wrote is the same, and ``blognet.yml``, which makes the folder a network, is written last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blognet.actions.decide import Request, decide_all
from blognet.actions.first_files import Beginning, first_files
from blognet.actions.network import load_network, reading_rules
from blognet.config import default_config_text, read_config
from blognet.config.settings import checked_url
from blognet.content.library import read_library
from blognet.content.values import FoundFile
from blognet.disk.git import repository_of, run_git
from blognet.disk.home import CONFIG_FILE, find_network
from blognet.disk.identity import keep_identity
from blognet.disk.writing import LEFTOVER, holds, make_folders, remove_leftovers, write_new_file
from blognet.kernel.errors import BlognetError, ConfigError, ConflictError, UsageError
from blognet.kernel.hashing import sha256_hex
from blognet.kernel.ids import AuthorId, Kind, SourcePath, Subject, parse_author_id
from blognet.kernel.problems import errors_in
from blognet.kernel.text import slugify
from blognet.kernel.yamlvalues import MisfitError
from blognet.moderation.events import Seen, Verb

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.decide import Outcome

_NOT_IN_THE_WAY = frozenset({".git", ".DS_Store"})
_OURS = frozenset({".gitattributes", ".gitignore", "authors", "pages", "posts", "queue"})
_SHOWN_AT_MOST = 3
ABOUT = Subject(kind=Kind.PAGE, id="about")
WELCOME = Subject(kind=Kind.POST, id="welcome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What was made.

    Attributes:
        root: The network folder.
        files: What was written, or would be, in the order of writing.
        outcome: The approvals; None for a dry run.
        made_repository: Whether ``git init`` ran.
        in_repository: Whether git will carry it.
    """

    root: Path
    files: tuple[str, ...]
    outcome: Outcome | None
    made_repository: bool
    in_repository: bool


def author_id_for(name: str, email: str) -> AuthorId:
    """Return an id for a person: the first name, else what stands before the ``@``, else ``mayor``."""
    words = name.split()
    candidates = (words[0] if words else "", name, email.partition("@")[0])
    for candidate in candidates:
        found = parse_author_id(slugify(candidate))
        if found is not None:
            return found
    return AuthorId("mayor")


def url_fault(url: str) -> str:
    """Return why this cannot be the address of a site, "" when it can."""
    try:
        checked_url(url)
    except MisfitError as error:
        return f"{error.message}; {error.hint}"
    return ""


def refuse_occupied(folder: Path) -> None:
    """Make sure that nothing foreign lies in a folder; ask this before asking the person anything.

    Raises:
        ConflictError: It is a network, lies in one, or holds what no ``init`` would have written.
    """
    _refuse_network(folder)
    others = [name for name in _names_in(folder) if name not in _OURS]
    if others:
        raise _occupied(folder, others)


def begin_network(
    folder: Path, beginning: Beginning, *, now: datetime, git: bool = False, dry_run: bool = False
) -> Begun:
    """Make a network and record the first approvals.

    Args:
        folder: An empty or new folder; ``.git`` may be in it.
        beginning: What it is made from.
        now: The time of the approvals.
        git: Also run ``git init`` when the folder is in no repository.
        dry_run: Only look whether it could be made.

    Raises:
        ConflictError: The folder holds other things.
        UsageError: A title, address, language or time zone makes no sense.
        BlognetError: The disk refuses.
    """
    files = checked_files(beginning)
    refuse_occupied(folder)
    _refuse_other_bytes(folder, files)
    if dry_run:
        return Begun(
            root=folder,
            files=tuple(files),
            outcome=None,
            made_repository=False,
            in_repository=False,
        )
    _make(folder)
    remove_leftovers(folder)
    for path, text in files.items():
        *folders, name = path.split("/")
        write_new_file(make_folders(folder, *folders) / name, text.encode("utf-8"))
    keep_identity(folder, beginning.author)
    outcome = _approve(folder, beginning.author, now)
    made = git and repository_of(folder) is None
    if made:
        _git_init(folder)
    return Begun(
        root=folder,
        files=tuple(files),
        outcome=outcome,
        made_repository=made,
        in_repository=repository_of(folder) is not None,
    )


def checked_files(beginning: Beginning) -> Mapping[str, str]:
    """Return every file to write, ``blognet.yml`` last, after reading them all back.

    Raises:
        UsageError: Something that was answered cannot be used; the message is about the first such answer.
    """
    settings = default_config_text(
        title=beginning.title,
        network_id=slugify(beginning.title) or "blog",
        url=beginning.url,
        language=beginning.language,
        timezone=beginning.timezone,
        mayor=beginning.author,
        solo=True,
    )
    files = first_files(beginning)
    try:
        rules = reading_rules(read_config(settings))
    except ConfigError as error:
        problems = error.problems
    else:
        library = read_library(tuple(map(_as_found, files.items())), rules=rules)
        found = (problem for one in library.proposals for problem in one.problems)
        problems = errors_in((*found, *library.problems))
    if problems:
        raise UsageError(problems[0].message, hint=problems[0].hint)
    return {**files, CONFIG_FILE: settings}


def _as_found(file: tuple[str, str]) -> FoundFile:
    path, text = file
    raw = text.encode("utf-8")
    return FoundFile(path=SourcePath(path), raw=raw, sha256=sha256_hex(raw), size=len(raw))


def _refuse_network(folder: Path) -> None:
    try:
        root = find_network(folder)
    except ConfigError:
        return
    if root == folder:
        message = f"{folder} is a network already"
        raise ConflictError(message, hint="blognet status --all shows what is in it")
    message = f"{folder} lies inside the network {root}"
    raise ConflictError(message, hint="choose a folder outside of it; networks do not nest")


def _names_in(folder: Path) -> tuple[str, ...]:
    """Return what lies in a folder and could be in the way; nothing when there is no such folder."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return ()
    except NotADirectoryError:
        message = f"{folder} is a file"
        raise ConflictError(message, hint="name a new or an empty folder") from None
    except OSError as error:
        message = f"{folder} cannot be read: {(error.strerror or '').lower()}"
        raise BlognetError(message) from error
    return tuple(
        name for name in names if name not in _NOT_IN_THE_WAY and not name.startswith(LEFTOVER)
    )


def _refuse_other_bytes(folder: Path, files: Mapping[str, str]) -> None:
    """Only a killed run of ours, with the same answers, may have left something."""
    found = [path for name in _names_in(folder) for path in _files_below(folder / name)]
    others = [
        place
        for path in found
        if (place := path.relative_to(folder).as_posix()) not in files
        or not holds(path, files[place].encode("utf-8"))
    ]
    if others:
        raise _occupied(folder, others)


def _files_below(path: Path) -> tuple[Path, ...]:
    if path.is_symlink() or not path.is_dir():
        return (path,)
    below = sorted(each for each in path.rglob("*") if not each.name.startswith(LEFTOVER))
    return tuple(each for each in below if each.is_symlink() or not each.is_dir())


def _occupied(folder: Path, names: list[str]) -> ConflictError:
    shown = ", ".join(names[:_SHOWN_AT_MOST])
    more = f" and {len(names) - _SHOWN_AT_MOST} more" if len(names) > _SHOWN_AT_MOST else ""
    message = f"{folder} is not empty: {shown}{more}; nothing was written"
    return ConflictError(message, hint="name a new or an empty folder: blognet init DIR")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder {folder} could not be made: {(error.strerror or '').lower()}"
        raise BlognetError(message) from error


def _git_init(folder: Path) -> None:
    ran = run_git(folder, "init", "--quiet")
    if ran.code != 0:
        message = f"git could not make a repository: {ran.error}"
        raise BlognetError(message, hint="the network is made all the same; try git init by hand")


def _approve(folder: Path, author: AuthorId, now: datetime) -> Outcome:
    network = load_network(folder, now=now)
    requests: list[Request] = []
    for subject in (Subject(kind=Kind.PROFILE, id=author), ABOUT, WELCOME):
        proposal = network.entries[subject].proposal
        content = proposal.hash if proposal else None
        requests.append(
            Request(subject=subject, verb=Verb.APPROVE, expected=content, seen=Seen.ASSUMED)
        )
    return decide_all(folder, tuple(requests), actor=author, now=now)
