"""A company that blogs: one bare repository, a clone for everybody, and a calendar that the story turns.

Everything goes through the real command line and real git. Nobody says ``--as``: as in life, people are known by their
git settings. The calendar stands in for the clock of the machine, so that a Tuesday comes when the story says so.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from blognet.cli.boundary import run
from blognet.cli.main import blognet_group, mayor_group
from tests.cli.network_folder import ran

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    import pytest

    from tests.cli.network_folder import Ran

ZONE = ZoneInfo("Europe/Berlin")
SETTINGS = """\
id: wheels
title: Wheels
url: https://wheels.example/
language: en
timezone: Europe/Berlin
mayors: [ann]
deputies: [cleo]
policy:
  answer_within: 2
  survives: {typo: 3}
stages:
  - {id: legal, title: Legal, reviewers: [dana], when: {words: [price]}}
"""
PROFILE = "---\nname: {name} Wheel\nemail: {id}@wheels.example\n---\n\n{name} works here.\n"
ATTRIBUTES = "/record/** -text\n"
IGNORED = "/site/*\n/.site.blognet-*\n/.blognet/\n"


@dataclass(slots=True)
class Calendar:
    """What day it is."""

    now: datetime = datetime(2026, 3, 2, 9, tzinfo=ZONE)

    def pass_time(self, **much: float) -> None:
        """Let some time go by."""
        self.now += timedelta(**much)

    def turn_to(self, day: str) -> None:
        """Let time go by until a moment of the zone, such as ``2026-03-03 08:00``."""
        moment = datetime.fromisoformat(day).replace(tzinfo=ZONE)
        assert moment >= self.now, f"{day} is over"
        self.now = moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody at a clone; or, without an id, the machine that builds the site."""

    person: str
    root: Path
    calendar: Calendar
    capsys: pytest.CaptureFixture[str]
    environment: pytest.MonkeyPatch

    def blognet(self, *arguments: str) -> Ran:
        """Type ``blognet`` in this clone."""
        self._sit_down()
        return ran(self.capsys, lambda: run(blognet_group(), [*arguments], program="blognet"))

    def mayor(self, *arguments: str) -> Ran:
        """Type ``mayor`` in this clone."""
        self._sit_down()
        return ran(self.capsys, lambda: run(mayor_group(), [*arguments], program="mayor"))

    def git(self, *arguments: str) -> str:
        """Run git in this clone, as this person and at this time."""
        self._sit_down()
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    def push(self, message: str = "", *, branch: str = "main") -> None:
        """Commit what is left, if a message says so, and push."""
        if message:
            self.git("add", "--all")
            self.git("commit", "-q", "-m", message)
        self.git("push", "-q", "origin", branch)

    def pull(self) -> None:
        """Bring what others pushed."""
        self.git("pull", "-q", "--no-rebase", "--no-edit")

    def read(self, path: str) -> str:
        """Return the text of a file."""
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Put other words into a file, by hand."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def site(self) -> dict[str, bytes]:
        """Return what lies in the built site."""
        files = (path for path in sorted((self.root / "site").rglob("*")) if path.is_file())
        return {
            path.relative_to(self.root / "site").as_posix(): path.read_bytes() for path in files
        }

    def _sit_down(self) -> None:
        self.environment.chdir(self.root)
        for role in ("AUTHOR", "COMMITTER"):
            self.environment.setenv(f"GIT_{role}_DATE", self.calendar.now.isoformat())
            self.environment.setenv(f"GIT_{role}_NAME", self.person.title())
            self.environment.setenv(f"GIT_{role}_EMAIL", f"{self.person}@wheels.example")


@dataclass(slots=True, kw_only=True)
class Company:
    """The bare repository that everybody shares."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    environment: pytest.MonkeyPatch
    calendar: Calendar = field(default_factory=Calendar)

    def open(self, people: tuple[str, ...]) -> Colleague:
        """Make the repository; return its first colleague, who is the mayor and has approved all profiles."""
        calendar = self.calendar

        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Clock:
                return cls.fromtimestamp(calendar.now.timestamp(), tz)

        self.environment.setattr("blognet.cli.place.datetime", Clock)
        subprocess.run(["git", "init", "-q", "--bare", str(self._bare)], check=True)
        first = self.join(people[0])
        first.write("blognet.yml", SETTINGS.replace("policy:\n", "policy:\n  solo: true\n"))
        first.write(".gitattributes", ATTRIBUTES)
        first.write(".gitignore", IGNORED)
        for person in people:
            first.write(f"authors/{person}.md", PROFILE.format(name=person.title(), id=person))
        assert first.mayor("approve", "--all", "--yes").code == 0
        first.write("blognet.yml", SETTINGS)  # from here on, nobody approves work of their own
        first.push("Begin")
        return first

    def join(self, person: str) -> Colleague:
        """Clone the repository for somebody."""
        root = self.folder / person
        subprocess.run(
            ["git", "clone", "-q", str(self._bare), str(root)], check=True, capture_output=True
        )
        colleague = Colleague(
            person=person, root=root, calendar=self.calendar, capsys=self.capsys, environment=self.environment,
        )  # fmt: skip
        colleague.git("config", "user.email", f"{person}@wheels.example")
        return colleague

    @property
    def _bare(self) -> Path:
        return self.folder / "wheels.git"
