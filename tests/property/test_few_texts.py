"""When nothing but texts change, a build plans nothing, and gives what a clean build gives.

`BLOGNET_STEPS=500 pytest tests/property/test_few_texts.py` looks longer; `BLOGNET_SEED` repeats a run.
"""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

from blognet.actions.build import build
from blognet.kernel.errors import BlognetError
from tests.conftest import IN_CI
from tests.invariants.interrupting import killed_at
from tests.invariants.network_folder import tree_of
from tests.property.counted_plans import count_plans
from tests.property.edits import BODIES, begin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

    from tests.property.edits import Edits

STEPS = int(os.environ.get("BLOGNET_STEPS", "50"))
SEED = int(os.environ.get("BLOGNET_SEED", "0")) or (
    4 if IN_CI else random.SystemRandom().randrange(1, 1_000_000)
)
KILLS, OTHERS = 0.08, 0.25
MORE = ("", "\n\nAnd bells.", "\n\nWheels, and wheels.", "\n\nSee [two](p2.md).", "\n\n## A part")


def test_texts_alone_change_as_in_a_clean_build_and_without_a_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _opened: None)
    planned = count_plans(monkeypatch)
    edits = begin(tmp_path / "network", random.Random(SEED))  # noqa: S311  any order will do
    short = 0
    for _ in range(STEPS):
        is_text = edits.chance.random() > OTHERS and _edit_texts(edits)
        if not is_text:
            edits.step()
        expected = _clean(edits, tmp_path / "clean")
        if expected is None:
            continue
        if edits.chance.random() < KILLS:
            step = edits.chance.randrange(1, 60)
            killed_at(step, lambda: build(edits.network.root, now=edits.now))
            edits.done.append(f"killed at {step}")
        planned.clear()
        built = build(edits.network.root, now=edits.now)
        short += bool(is_text and not planned and built.made)
        said = f"BLOGNET_SEED={SEED}: " + "\n".join(edits.done)
        assert _differing(edits.network.site, expected) == [], said
    assert short > STEPS // 6, "most builds went the whole way, so nothing was proved"


def _edit_texts(edits: Edits) -> bool:
    """Change the texts of one or two posts that are approved, and approve that; say whether there were some."""
    root = edits.network.root
    found = sorted(path for path in root.glob("posts/p*/index*.md") if _is_approved(edits, path))
    if not found:
        return False
    for path in edits.chance.sample(found, min(len(found), edits.chance.choice((1, 1, 2)))):
        head = path.read_text("utf-8").split("---\n")[1]
        body = edits.chance.choice(BODIES) + edits.chance.choice(MORE)
        edits.network.write(str(path.relative_to(root)), f"---\n{head}---\n\n{body}\n")
        name = f"{path.parent.name}{path.name.removeprefix('index').removesuffix('.md')}"
        said = edits.network.mayor("approve", "--yes", name)
        edits.done.append(f"text of {name}: {said.code} {body!r}")
    return True


def _is_approved(edits: Edits, path: Path) -> bool:
    name = f"{path.parent.name}{path.name.removeprefix('index').removesuffix('.md')}"
    return (edits.network.root / "record/post" / name).is_dir()


def _clean(edits: Edits, folder: Path) -> Mapping[str, bytes] | None:
    """Return what a build from nothing gives; None when there is nothing to build."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(edits.network.root, folder, ignore=shutil.ignore_patterns(".blognet", "site"))
    try:
        build(folder, now=edits.now)
    except BlognetError:
        return None
    return tree_of(folder / "site")


def _differing(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[str]:
    return sorted(
        name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)
    )
