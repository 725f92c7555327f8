"""Any number of shards, merged, and any number of workers give what one process gives, after any edits.

`BLOGNET_STEPS` looks longer and `BLOGNET_SEED` repeats a run, as for the property of incremental builds.
"""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from blognet.actions import making, page_slices, texts
from blognet.actions.build import build
from blognet.actions.shards import build_shard, merge_shards
from blognet.kernel.errors import BlognetError
from blognet.site.shards import Shard
from tests.conftest import IN_CI
from tests.invariants.network_folder import tree_of
from tests.property.edits import begin

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

STEPS = int(os.environ.get("BLOGNET_STEPS", "80"))
SEED = int(os.environ.get("BLOGNET_SEED", "0")) or (
    1 if IN_CI else random.SystemRandom().randrange(1, 1_000_000)
)
MOST = 7


@pytest.mark.usefixtures("cheap")
def test_any_number_of_shards_and_workers_equals_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BLOGNET_CACHE_KEY", raising=False)
    for module in (texts, making, page_slices):
        monkeypatch.setattr(module, "WORTH_WORKERS", 3)
    chance = random.Random(SEED)  # noqa: S311  any order will do
    edits = begin(tmp_path / "network", chance)
    compared = 0
    for _ in range(max(2, STEPS // 20)):
        for _ in range(4):
            edits.step()
        of, jobs = chance.randint(1, MOST), chance.randint(2, 3)
        said = f"BLOGNET_SEED={SEED} {of} shards, {jobs} workers: " + "\n".join(edits.done)
        clones = [_clone(edits.network.root, tmp_path / name) for name in ("one", "many", "parts")]
        try:
            build(clones[0], now=edits.now)
        except BlognetError:
            with pytest.raises(BlognetError):
                _in_parts(clones[2], edits.now, of, jobs)
            continue
        build(clones[1], now=edits.now, jobs=jobs)
        _in_parts(clones[2], edits.now, of, jobs)
        one, many, parts = (tree_of(clone / "site") for clone in clones)
        assert many == one, said
        assert parts == one, said
        compared += 1
    assert compared, "nothing was built, so nothing was proved"


def _clone(root: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns(".blognet", "site"))
    return folder


def _in_parts(root: Path, now: datetime, of: int, jobs: int) -> None:
    folder = root / ".blognet" / "parts"
    for number in range(1, of + 1):
        build_shard(root, Shard(number=number, of=of), now=now, folder=folder, jobs=jobs)
    merge_shards(root, [folder], unsealed=True)
