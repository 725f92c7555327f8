"""How many lives of a network a property looks at, how long each is, and what a build from nothing gives.

In CI the lives are always the same ones: a change must be judged by what it changes. People look at others.
`BLOGNET_SEED` looks at one life again, `BLOGNET_STEPS` makes each of them longer.
"""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from blognet.actions.build import build
from blognet.kernel.errors import BlognetError
from tests.conftest import IN_CI
from tests.invariants.network_folder import tree_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.built import Built

_NOTHING_OF = (".blognet", "site")
_TIMES = 10_007
"""Between the seeds of two lives, so that lives of properties with neighbouring seeds differ."""


def are_those_of_ci() -> bool:
    """Whether the lives are always the same ones; of others nobody knows how often a build can go the short way."""
    return IN_CI and "BLOGNET_SEED" not in os.environ


def lives(in_ci: int) -> range:
    """Return the numbers of the lives to look at; one life where no CI asks for many."""
    return range(in_ci if are_those_of_ci() else 1)


def steps(usual: int) -> int:
    """Return how long a life is."""
    return int(os.environ.get("BLOGNET_STEPS", usual))


def seed_of(first: int, life: int) -> int:
    """Return the seed of a life, given that of the first in CI."""
    if asked := int(os.environ.get("BLOGNET_SEED", "0")):
        return asked
    return first + life * _TIMES if IN_CI else random.SystemRandom().randrange(1, 1_000_000)


@dataclass(slots=True, kw_only=True)
class FromNothing:
    """Builds a network from nothing, in a copy without anything remembered; once for the same files and time.

    Attributes:
        folder: For the copy.
        built: What the build said of the site that was asked for last; None when there was nothing to build.
    """

    folder: Path
    built: Built | None = None
    _known: dict[tuple[str, datetime], Mapping[str, bytes] | None] = field(default_factory=dict)

    def site_of(self, root: Path, now: datetime) -> Mapping[str, bytes] | None:
        """Return the files of the site; None when there is nothing to build."""
        key = (_sum_of(root), now)
        if key not in self._known:
            self._known.clear()  # what comes again comes at once
            self._known[key] = self._built(root, now)
        return self._known[key]

    def _built(self, root: Path, now: datetime) -> Mapping[str, bytes] | None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(root, self.folder, ignore=shutil.ignore_patterns(*_NOTHING_OF))
        self.built = None
        try:
            self.built = build(self.folder, now=now)
        except BlognetError:
            return None
        return tree_of(self.folder / "site")


def _sum_of(root: Path) -> str:
    """Return a digest of everything that a build from nothing reads."""
    found = sha256()
    for place in sorted(root.iterdir()):
        if place.name in _NOTHING_OF:
            continue
        files = tree_of(place) if place.is_dir() else {"": place.read_bytes()}
        for name, raw in files.items():
            found.update(f"{place.name}/{name} {len(raw)}\n".encode() + raw)
    return found.hexdigest()


def differing(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[str]:
    """Return the paths at which two sites differ."""
    return sorted(
        name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)
    )


def said_of_site(built: Built) -> tuple[object, ...]:
    """Return what a build says of the site itself, whatever it had to do for it."""
    counts = (built.posts, built.authors, built.plain_pages, built.pages)
    return (*counts, built.problems, built.waiting, built.faulty, built.next_due)
