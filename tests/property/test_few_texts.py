"""When nothing but texts change, a build plans nothing, and gives what a clean build gives.

`BLOGNET_STEPS=500 pytest tests/property/test_few_texts.py` looks longer; `BLOGNET_SEED` repeats a run.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from blognet.actions import placing
from blognet.actions.build import build
from tests.invariants.interrupting import killed_at
from tests.property.counted_plans import count_plans
from tests.property.edits import BODIES, begin
from tests.property.lives import FromNothing, are_those_of_ci, differing, lives, seed_of, steps

if TYPE_CHECKING:
    from pathlib import Path

    from tests.property.edits import Edits

STEPS = steps(50)
KILLS, OTHERS = 0.08, 0.25
MORE = ("", "\n\nAnd bells.", "\n\nWheels, and wheels.", "\n\nSee [two](p2.md).", "\n\n## A part")


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("life", lives(10))
def test_texts_alone_change_as_in_a_clean_build_and_without_a_plan(
    life: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = count_plans(monkeypatch)
    if life % 2:  # as in large networks: a second tree stands by
        monkeypatch.setattr(placing, "STANDBY_FROM", 3)
    seed = seed_of(4, life)
    edits = begin(tmp_path / "network", random.Random(seed))  # noqa: S311  any order will do
    clean = FromNothing(folder=tmp_path / "clean")
    short = 0
    for _ in range(STEPS):
        is_text = edits.chance.random() > OTHERS and _edit_texts(edits)
        if not is_text:
            edits.step()
        expected = clean.site_of(edits.network.root, edits.now)
        if expected is None:
            continue
        if edits.chance.random() < KILLS:
            step = edits.chance.randrange(1, 60)
            killed_at(step, lambda: build(edits.network.root, now=edits.now))
            edits.done.append(f"killed at {step}")
        planned.clear()
        built = build(edits.network.root, now=edits.now)
        short += bool(is_text and not planned and built.made)
        said = f"BLOGNET_SEED={seed}: " + "\n".join(edits.done)
        assert differing(edits.network.site, expected) == [], said
    if are_those_of_ci():
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
