"""After any sequence of edits, a build that makes only what is out of date gives what a clean build gives.

`BLOGNET_STEPS=5000 pytest tests/property/test_incremental.py` looks much longer; `BLOGNET_SEED` repeats a life.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from blognet.actions import making, page_slices, placing, texts
from blognet.actions.build import build
from blognet.kernel.errors import BlognetError
from tests.invariants.interrupting import killed_at
from tests.property.edits import begin
from tests.property.lives import FromNothing, differing, lives, seed_of, steps

if TYPE_CHECKING:
    from pathlib import Path

STEPS = steps(40)
FOUND = 983_780
"""These edits once found a page that stayed stale."""
KILLS = 0.1


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("life", lives(12))
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_incremental_build_equals_a_clean_one_after_every_edit(
    jobs: int, life: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if jobs > 1:  # as in large networks: workers for texts and pages, and a second tree
        monkeypatch.setattr(texts, "WORTH_WORKERS", 3)
        monkeypatch.setattr(making, "WORTH_WORKERS", 3)
        monkeypatch.setattr(page_slices, "WORTH_WORKERS", 3)
        monkeypatch.setattr(placing, "STANDBY_FROM", 3)
    seed = seed_of(FOUND + jobs, life)
    edits = begin(tmp_path / "network", random.Random(seed))  # noqa: S311  any order will do
    clean = FromNothing(folder=tmp_path / "clean")
    sparing = 0
    for _ in range(STEPS):
        edits.step()
        expected = clean.site_of(edits.network.root, edits.now)
        if expected is None:
            with pytest.raises(BlognetError):
                build(edits.network.root, now=edits.now)
            continue
        if edits.chance.random() < KILLS:
            step = edits.chance.randrange(1, 60)
            killed_at(step, lambda: build(edits.network.root, now=edits.now, jobs=jobs))
            edits.done.append(f"killed at {step}")
        built = build(edits.network.root, now=edits.now, jobs=jobs)
        sparing += len(built.made) < built.pages
        said = f"BLOGNET_SEED={seed} jobs {jobs}: " + "\n".join(edits.done)
        assert differing(edits.network.site, expected) == [], said
    assert sparing > STEPS * 2 // 5, "most builds made everything, so nothing was proved"
