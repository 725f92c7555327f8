"""With Pagefind, too, a build that makes only what is out of date gives what a clean build gives.

`BLOGNET_STEPS=500 pytest tests/property/test_incremental_pagefind.py` looks longer; `BLOGNET_SEED` repeats a run.
"""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from blognet.actions.build import build
from blognet.kernel.errors import BlognetError
from tests.conftest import IN_CI
from tests.invariants.network_folder import CONFIG, tree_of
from tests.property.edits import begin

if TYPE_CHECKING:
    from pathlib import Path

STEPS = int(os.environ.get("BLOGNET_STEPS", "24"))
SEED = int(os.environ.get("BLOGNET_SEED", "0")) or (
    11 if IN_CI else random.SystemRandom().randrange(1, 1_000_000)
)
PAGEFIND = "search: {engine: pagefind}\n"


@pytest.mark.usefixtures("cheap")
def test_an_incremental_build_with_pagefind_equals_a_clean_one_after_every_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.property.edits.CONFIG", CONFIG + PAGEFIND)
    edits = begin(tmp_path / "network", random.Random(SEED))  # noqa: S311  any order will do
    edits.network.write("blognet.yml", CONFIG + PAGEFIND)
    found = sparing = 0
    for _ in range(STEPS):
        edits.step()
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(
            edits.network.root, clean, ignore=shutil.ignore_patterns(".blognet", "site")
        )
        try:
            build(clean, now=edits.now)
        except BlognetError:
            with pytest.raises(BlognetError):
                build(edits.network.root, now=edits.now)
            continue
        built = build(edits.network.root, now=edits.now)
        sparing += len(built.made) < built.pages
        said = f"BLOGNET_SEED={SEED}: " + "\n".join(edits.done)
        assert edits.network.site == tree_of(clean / "site"), said
        found += "search/pagefind/pagefind-entry.json" in edits.network.site
    assert found > STEPS // 3, "Pagefind made too few of these sites, so nothing was proved"
    assert sparing > STEPS // 5, "most builds made everything, so nothing was proved"
