"""A clone of a network with one person at it: the few things people do with git, and what a tree or conflict holds.

Real git, its rename detection as it comes. Each call is one process; nothing is flushed to the disk one by one.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.property.git_edits import TREES, tokens_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SETTINGS = (
    ("core.fsync", "none"),
    ("core.fsyncMethod", "batch"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("rerere.enabled", "false"),
    ("commit.gpgSign", "false"),
)


Ran = subprocess.CompletedProcess[bytes]


@dataclass(slots=True, kw_only=True)
class Clone:
    """A working copy.

    Attributes:
        person: Who sits there.
        converts: Whether ``core.autocrlf`` is on.
        surrendered: Tokens that somebody dropped on purpose, by taking one side of a conflict.
    """

    root: Path
    person: str
    converts: bool = False
    surrendered: set[str] = field(default_factory=set)
    _held: dict[str, frozenset[str]] = field(default_factory=dict)

    def begin(self) -> None:
        """Make a repository of the folder, with all that lies in it."""
        self.git("init", "-q", "-b", "main")
        self.set_up()
        self.commit("begin")

    def set_up(self) -> None:
        """Write the settings, all at once: a process for each would take longer."""
        pairs = (*_SETTINGS, ("core.autocrlf", "true" if self.converts else "false"))
        sections = "".join(
            f"[{key.partition('.')[0]}]\n\t{key.partition('.')[2]} = {value}\n"
            for key, value in pairs
        )
        with (self.root / ".git/config").open("a", encoding="utf-8") as config:
            config.write(sections)

    def copy_to(self, root: Path, *, person: str, converts: bool) -> Clone:
        """Clone it for somebody else."""
        self.git("clone", "-q", "--no-checkout", ".", str(root))
        clone = Clone(root=root, person=person, converts=converts)
        clone.set_up()
        clone.git("checkout", "-q", "main")
        clone.git("remote", "remove", "origin")
        return clone

    def git(self, *arguments: str, check: bool = True) -> str:
        """Run git and return its output."""
        return self.run(*arguments, check=check).stdout.decode("utf-8", "replace")

    def run(self, *arguments: str, check: bool = False) -> Ran:
        """Run git in the working copy."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, check=False)
        if check and done.returncode:
            message = f"git {' '.join(arguments)}: {done.stderr.decode()}{done.stdout.decode()}"
            raise AssertionError(message)
        return done

    def commit(self, message: str) -> None:
        """Commit everything that lies there."""
        self.git("add", "-A")
        self.run("commit", "-q", "--no-verify", "-m", message)

    def fetch(self, other: Clone) -> None:
        """Bring the branches of another clone as remote-tracking ones."""
        self.git(
            "fetch", "-q", "--no-tags", "--no-auto-maintenance", str(other.root),
            f"+refs/heads/*:refs/remotes/{other.person}/*",
        )  # fmt: skip

    def branches(self) -> tuple[str, ...]:
        """Return every branch but the one checked out, sorted."""
        names = self.git(
            "for-each-ref", "--format=%(HEAD)%(refname:short)", "refs/heads", "refs/remotes"
        )
        return tuple(sorted(name[1:] for name in names.split("\n") if name.startswith(" ")))

    def current(self) -> str:
        """Return the branch checked out."""
        return self.git("symbolic-ref", "--short", "HEAD").strip()

    def commits(self, *what: str) -> tuple[str, ...]:
        """Return ids of commits, the newest first."""
        return tuple(self.git("rev-list", *what).split())

    def conflicts(self) -> Mapping[str, tuple[str, ...]]:
        """Return the paths in conflict, with the blobs of their stages."""
        found: dict[str, list[str]] = {}
        for row in self.git("ls-files", "-u", "-z").split("\0"):
            facts, _, path = row.partition("\t")
            if path:
                found.setdefault(path, []).append(facts.split(" ")[1])
        return {path: tuple(blobs) for path, blobs in found.items()}

    def tokens_of(self, commit: str) -> frozenset[str]:
        """Return the tokens in the author files of a commit."""
        ident = (
            commit if len(commit) == 40 else self.git("rev-parse", f"{commit}^{{commit}}").strip()
        )
        if ident not in self._held:
            found = self.run("grep", "-a", "-h", "-o", "-E", "tok[0-9]{6}x", ident, "--", *TREES)
            self._held[ident] = tokens_in(found.stdout)
        return self._held[ident]

    def paths_with(self, token: str, commit: str) -> tuple[str, ...]:
        """Return the author files of a commit that hold a token."""
        found = self.run("grep", "-a", "-l", "-z", token, commit, "--", *TREES).stdout.decode()
        return tuple(row.partition(":")[2] for row in found.split("\0") if row)

    def has(self, commit: str, path: str) -> bool:
        """Whether a commit holds a file."""
        return self.run("cat-file", "-e", f"{commit}:{path}").returncode == 0

    def tokens_in_conflict(self) -> frozenset[str]:
        """Return the tokens in every stage of what is in conflict."""
        blobs = [blob for stages in self.conflicts().values() for blob in stages]
        if not blobs:
            return frozenset()
        asked = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
        done = subprocess.run(
            ["git", "cat-file", "--batch"],
            cwd=self.root,
            input=asked,
            capture_output=True,
            check=True,
        )
        return tokens_in(done.stdout)

    def tokens_in_history(self) -> frozenset[str]:
        """Return every token that any commit behind this one ever held."""
        return frozenset().union(*(self.tokens_of(commit) for commit in self.commits("HEAD")))
