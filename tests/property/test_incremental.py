"""After any sequence of edits, a build that makes only what is out of date gives what a clean build gives.

`BLOGNET_STEPS=5000 pytest tests/property/test_incremental.py` looks much longer; `BLOGNET_SEED` repeats a run.
"""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from blognet.actions import making, page_slices, texts
from blognet.actions.build import build
from blognet.kernel.errors import BlognetError
from tests.conftest import IN_CI
from tests.invariants.interrupting import killed_at
from tests.invariants.network_folder import tree_of
from tests.property.edits import begin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.property.edits import Edits

STEPS = int(os.environ.get("BLOGNET_STEPS", "80"))
# CI looks at the same edits in every run, people at new ones. These once found a page that stayed stale.
FOUND = 983_780
SEED = int(os.environ.get("BLOGNET_SEED", "0")) or (
    FOUND if IN_CI else random.SystemRandom().randrange(1, 1_000_000)
)

KILLS = 0.1


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_incremental_build_equals_a_clean_one_after_every_edit(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _opened: None)
    if jobs > 1:  # as in large networks: workers for texts and pages, and a second tree
        monkeypatch.setattr(texts, "WORTH_WORKERS", 3)
        monkeypatch.setattr(making, "WORTH_WORKERS", 3)
        monkeypatch.setattr(page_slices, "WORTH_WORKERS", 3)
        monkeypatch.setattr(making, "STANDBY_FROM", 3)
    seed = SEED + jobs
    edits = begin(tmp_path / "network", random.Random(seed))  # noqa: S311  any order will do
    sparing = 0
    for _ in range(STEPS // 2):
        edits.step()
        expected = _clean(edits, tmp_path / "clean")
        if expected is None:
            continue
        if edits.chance.random() < KILLS:
            step = edits.chance.randrange(1, 60)
            killed_at(step, lambda: build(edits.network.root, now=edits.now, jobs=jobs))
            edits.done.append(f"killed at {step}")
        built = build(edits.network.root, now=edits.now, jobs=jobs)
        sparing += len(built.made) < built.pages
        said = f"BLOGNET_SEED={SEED} jobs {jobs}: " + "\n".join(edits.done)
        assert _differing(edits.network.site, expected) == [], said
    assert sparing > STEPS // 5, "most builds made everything, so nothing was proved"


def _clean(edits: Edits, folder: Path) -> Mapping[str, bytes] | None:
    """Return what a build from nothing gives; None when there is nothing to build."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(edits.network.root, folder, ignore=shutil.ignore_patterns(".blognet", "site"))
    try:
        build(folder, now=edits.now)
    except BlognetError:
        with pytest.raises(BlognetError):
            build(edits.network.root, now=edits.now)
        return None
    return tree_of(folder / "site")


def _differing(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[str]:
    return sorted(
        name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)
    )
