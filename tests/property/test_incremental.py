"""After any sequence of edits, a build that makes only what is out of date gives what a clean build gives."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from blognet.actions.build import build
from blognet.kernel.errors import BlognetError
from tests.invariants.network_folder import tree_of
from tests.property.edits import begin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.property.edits import Edits

STEPS = int(os.environ.get("BLOGNET_STEPS", "60"))
SEED = int(os.environ.get("BLOGNET_SEED", "0")) or random.SystemRandom().randrange(1, 1_000_000)


@pytest.mark.parametrize("part", range(2))
def test_an_incremental_build_equals_a_clean_one_after_every_edit(
    part: int, tmp_path: Path
) -> None:
    seed = SEED + part
    edits = begin(tmp_path / "network", random.Random(seed))  # noqa: S311  # any order will do
    sparing = 0
    for _ in range(STEPS // 2):
        edits.step()
        expected = _clean(edits, tmp_path / "clean")
        if expected is None:
            continue
        built = build(edits.network.root, now=edits.now)
        sparing += len(built.made) < built.pages
        found = edits.network.site
        said = f"seed {seed}: " + "\n".join(edits.done)
        assert _differing(found, expected) == [], said
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
