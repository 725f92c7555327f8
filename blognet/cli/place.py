"""Where a command runs and as whom: folder, person, time, as the terminal gave them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the options before a command said.

    Attributes:
        directory: ``-C``; None for the current folder.
        as_id: ``--as``; None when not given.
    """

    directory: str | None = None
    as_id: str | None = None

    def narrowed(self, *, directory: str | None, as_id: str | None) -> Place:
        """Return this place with the options of an inner group on top."""
        return Place(directory=directory or self.directory, as_id=as_id or self.as_id)

    @property
    def folder(self) -> Path:
        """The folder to look for a network from."""
        return Path(self.directory or Path.cwd()).absolute()

    @property
    def environment_user(self) -> str:
        """What ``BLOGNET_USER`` says, "" when it is not set."""
        return os.environ.get("BLOGNET_USER", "")


def now() -> datetime:
    """Return the time in whole seconds of UTC, the only clock the program reads."""
    return datetime.now(UTC).replace(microsecond=0)


def is_interactive() -> bool:
    """Whether a person sits at both ends: never ask when not."""
    return os.isatty(0) and os.isatty(1)


pass_place = click.make_pass_decorator(Place)
