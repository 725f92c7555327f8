"""Asking git. Answers: who edited this file last, and does another branch hold another version? Changes nothing.

Everything works without git: then there is no `Repository`. Git is run without a shell, without asking anything,
without hooks and without taking locks; paths go in and out ended by NUL. Committing is `blognet.disk.commit`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from blognet.kernel.errors import BlognetError
from blognet.kernel.ids import SourcePath

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_SECONDS = 120
_LONGEST_LIST = 20_000
"""Bytes of paths that are given as arguments; the strictest system of all takes 32,767 in all."""
_ALWAYS = ("--literal-pathspecs", "-c", "core.quotepath=off", "-c", "color.ui=false")
# What a calling hook sets for its own repository must not send us to another one.
_NOT_INHERITED = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CEILING_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR",
        "GIT_EXTERNAL_DIFF", "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_INDEX_FILE",
        "GIT_LITERAL_PATHSPECS", "GIT_NAMESPACE", "GIT_NOGLOB_PATHSPECS", "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_TRACE", "GIT_WORK_TREE",
    }
)  # fmt: skip
_WHERE_SOURCES_MOVE = frozenset({"authors", "pages", "posts", "queue"})
_COMMIT_MARK = "\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A git work tree with a network in it.

    Attributes:
        root: The network folder.
        top: The work tree's folder: the same, or above it.
        folder: The git folder of this work tree, where ``MERGE_HEAD`` and the index are.
        prefix: The network folder from `top`: "" or ``company/blog/``.
    """

    root: Path
    top: Path
    folder: Path
    prefix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run of git gave."""

    code: int
    out: bytes
    error: str

    @property
    def text(self) -> str:
        """The output without the last line feed."""
        return os.fsdecode(self.out).rstrip("\n")


def repository_of(root: Path) -> Repository | None:
    """Return the repository that a network lies in; None without the git program or without a usable repository."""
    if not _may_be_in_one(root) or not _has_git():
        return None
    facts = ("--is-inside-work-tree", "--show-toplevel", "--absolute-git-dir", "--show-prefix")
    ran = run_git(root, "rev-parse", *facts)
    lines = os.fsdecode(ran.out).split("\n")
    if ran.code != 0 or lines[0] != "true":
        return None
    _, top, folder, prefix = lines[:4]
    return Repository(root=root, top=Path(top), folder=Path(folder), prefix=prefix)


def _has_git() -> bool:
    from shutil import which  # noqa: PLC0415  # where there is no git, nobody pays for running it

    return which("git") is not None


def _may_be_in_one(root: Path) -> bool:
    """Whether git would look any further: what its work trees have at their top is here or above."""
    here = os.path.realpath(root)
    while not os.path.lexists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return False
        here = above
    return True


def user_email(root: Path) -> str:
    """Return git's ``user.email`` as it holds in this folder, repository or not; "" when it is not set."""
    if not _has_git():
        return ""
    return run_git(root, "config", "--get", "user.email").text.strip()


def last_editors(repository: Repository, paths: Iterable[SourcePath]) -> Mapping[SourcePath, str]:
    """Tell who changed the bytes of files that others had written, by the newest such commit of each.

    A commit that only moves a file is passed over. When the newest other commit adds the file, nobody edited
    somebody's bytes. Merges are passed over: what they bring was committed before.

    Returns:
        E-mail of the commit's author, for those files that were edited.
    """
    wanted = {f"{repository.prefix}{path}": path for path in paths}
    if not wanted or not has_head(repository):
        return {}
    folders = sorted({path.partition("/")[0] for path in wanted.values()} | _WHERE_SOURCES_MOVE)
    ran = run_git(
        repository.root, "log", "-z", "--no-merges", "--no-show-signature", "--no-ext-diff",
        "--format=%x01%H%x00%ae", "--name-status", "--find-renames", "HEAD", "--", *folders,
    )  # fmt: skip
    if ran.code != 0:
        return {}
    editors: dict[SourcePath, str] = {}
    for email, status, before, after in _changes(os.fsdecode(ran.out).split("\0")):
        path = wanted.pop(after, None)
        if path is None:
            continue
        if status == "R100":
            wanted[before] = path
        elif not status.startswith(("A", "D")):
            editors[path] = email
        if not wanted:
            break
    return editors


def last_editor(repository: Repository, path: SourcePath) -> str | None:
    """Tell who changed a file that somebody else had written; None when nobody did. See `last_editors`."""
    return last_editors(repository, (path,)).get(path)


def modified_uncommitted(
    repository: Repository, paths: Iterable[SourcePath]
) -> frozenset[SourcePath]:
    """Return those of the files that are in the last commit with other bytes than they have now.

    A file that was never committed is not among them, nor is one that is gone.
    """
    wanted = tuple(paths)
    if not wanted or not has_head(repository):
        return frozenset()
    ran = run_git(
        repository.root, "diff", "-z", "--name-only", "--no-renames", "--no-ext-diff",
        "--relative", "--diff-filter=M", "HEAD", "--", *named_if_few(wanted),
    )  # fmt: skip
    changed = set(os.fsdecode(ran.out).split("\0"))
    return frozenset(path for path in wanted if path in changed)


def is_modified_uncommitted(repository: Repository, path: SourcePath) -> bool:
    """Whether a file is in the last commit with other bytes than it has now."""
    return bool(modified_uncommitted(repository, (path,)))


def other_versions(
    repository: Repository, paths: Iterable[SourcePath]
) -> Mapping[SourcePath, tuple[str, ...]]:
    """Find branches, local and remote-tracking, that are not merged and hold other bytes at a path.

    Returns:
        Short names of the branches, sorted, for those paths that have any.
    """
    plain = tuple(path for path in paths if "\n" not in path)
    branches = _unmerged_branches(repository)
    if not plain or not branches:
        return {}
    here = blobs_here(repository, plain)
    asked = [(path, name, commit) for path in plain for name, commit in branches]
    names = "".join(f"{commit}:{repository.prefix}{path}\n" for path, _, commit in asked)
    ran = run_git(
        repository.root,
        "cat-file",
        "--batch-check=%(objectname) %(objecttype)",
        given=os.fsencode(names),
    )
    found: dict[SourcePath, list[str]] = {}
    for (path, name, _), line in zip(asked, ran.text.split("\n"), strict=False):
        blob, _, kind = line.rpartition(" ")
        if kind == "blob" and blob != here.get(path):
            found.setdefault(path, []).append(name)
    return {path: tuple(sorted(names)) for path, names in sorted(found.items())}


def has_head(repository: Repository) -> bool:
    """Whether anything was ever committed on this branch."""
    return run_git(repository.root, "rev-parse", "--verify", "--quiet", "HEAD").code == 0


def blobs_here(repository: Repository, paths: Sequence[SourcePath]) -> Mapping[SourcePath, str]:
    """Return the object ids that the files would have if they were committed as they are."""
    present = [p for p in paths if "\n" not in p and os.path.isfile(repository.root / p)]
    # From the top: this command takes the names it is given from there, wherever it runs.
    names = "".join(f"{repository.prefix}{path}\n" for path in present)
    ran = run_git(repository.top, "hash-object", "--stdin-paths", given=os.fsencode(names))
    return dict(zip(present, ran.text.split("\n"), strict=False))


def committed_blobs(
    repository: Repository, paths: Iterable[SourcePath] = ()
) -> Mapping[SourcePath, str]:
    """Return path and object id of files of the network in the last commit.

    Args:
        repository: Where.
        paths: Those that are asked for, if not all; others may be in the answer.
    """
    ran = run_git(repository.root, "ls-tree", "-r", "-z", "HEAD", "--", *named_if_few(paths))
    rows = (row.partition("\t") for row in os.fsdecode(ran.out).split("\0") if row)
    return {SourcePath(path): facts.split(" ")[2] for facts, _, path in rows}


def named_if_few(paths: Iterable[SourcePath]) -> tuple[SourcePath, ...]:
    """Return files as arguments; none, which means all, when there are more than a command line surely holds.

    Without them git looks at every file that there is, which takes seconds in a large network.
    """
    named = tuple(paths)
    return named if sum(len(os.fsencode(path)) + 1 for path in named) <= _LONGEST_LIST else ()


def run_git(
    folder: Path,
    *arguments: str,
    given: bytes = b"",
    settings: Mapping[str, str] | None = None,
    seconds: int = _SECONDS,
) -> Ran:
    """Run git in a folder and return what came out, whatever its exit code.

    Args:
        folder: Where.
        arguments: The command and its arguments.
        given: Standard input.
        settings: Environment variables to add.
        seconds: How long it may take.

    Raises:
        BlognetError: When it takes longer, or git cannot be started.
    """
    import subprocess  # noqa: PLC0415  # as above

    command = ["git", *_ALWAYS, *arguments]
    environment = {k: v for k, v in os.environ.items() if k not in _NOT_INHERITED}
    environment |= {
        "LC_ALL": "C",
        "LANGUAGE": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_PAGER": "cat",
        "GIT_EDITOR": "true",
        **(settings or {}),
    }
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        message = f"git could not be started: {error.strerror}"
        raise BlognetError(message) from error
    with process:
        try:
            out, said = process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired:
            process.terminate()  # not killed: git removes its lock files then
            process.communicate()
            message = f"git {arguments[0]} took longer than {seconds} seconds and was stopped"
            raise BlognetError(message, hint="try the same in the folder by hand") from None
        except BaseException:
            process.terminate()
            raise
    return Ran(code=process.returncode, out=out, error=said.decode("utf-8", "replace").strip())


def _changes(tokens: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Read ``git log -z --name-status``: e-mail, status, path before and path after of each change."""
    email = ""
    rest = iter(tokens)
    for token in rest:
        status = token.removeprefix("\n")
        if status.startswith(_COMMIT_MARK):
            email = next(rest, "")
        elif status.startswith(("R", "C")):
            yield email, status, next(rest, ""), next(rest, "")
        elif status:
            path = next(rest, "")
            yield email, status, path, path


def _unmerged_branches(repository: Repository) -> tuple[tuple[str, str], ...]:
    if not has_head(repository):
        return ()
    ran = run_git(
        repository.root, "for-each-ref", "--no-merged", "HEAD",
        "--format=%(objectname) %(symref) %(refname:short)", "refs/heads", "refs/remotes",
    )  # fmt: skip
    rows = (line.split(" ", 2) for line in ran.text.split("\n") if line)
    return tuple((name, commit) for commit, symbolic, name in rows if not symbolic)
