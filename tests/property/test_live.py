"""After any sequence of edits, a preview that ran all the time shows what one shows that begins now.

`BLOGNET_STEPS=2000 pytest tests/property/test_live.py` looks much longer; `BLOGNET_SEED` repeats a run.
"""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from blognet.actions.prospect import viewable
from blognet.actions.showing import Onlooker
from blognet.kernel.errors import BlognetError
from blognet.preview.answers import View, answer
from tests.property.edits import FIRST, begin
from tests.property.live_edits import step
from tests.property.lives import lives, seed_of, steps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from blognet.actions.showing import Shown
    from blognet.actions.waiting import Waiting
    from blognet.kernel.ids import Subject
    from blognet.preview.answers import Answer

STEPS = steps(40)


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("life", lives(4))
def test_a_preview_that_runs_shows_what_a_fresh_one_shows_after_every_edit(
    life: int, tmp_path: Path
) -> None:
    seed = seed_of(4711, life)
    edits = begin(tmp_path / "network", random.Random(seed))  # noqa: S311  any order will do
    root = edits.network.root
    live = Onlooker(root, began=FIRST, choose=_everything)
    before = live.look(now=edits.now)
    assert before is not None
    shown, peeks, compared = before, 0, 0
    last = before
    for _ in range(STEPS):
        step(edits)
        said = f"BLOGNET_SEED={seed}: " + "\n".join(edits.done)
        changes = live.changes()
        peeked = live.peek(changes, now=edits.now)
        if peeked is not None:
            peeks += 1
            is_themed = any(path.startswith("themes/") for path in changes)
            assert is_themed or peeked.site is last.site, said
            _shows_what_it_read(peeked, shown, said)
            last = peeked
        seen = _look(live, edits.now)
        fresh = _fresh(root, tmp_path / "fresh", edits.now)
        if isinstance(seen, str) or isinstance(fresh, str):
            assert seen == fresh, said
            continue
        assert fresh is not None
        shown = seen or shown
        last = seen or last
        assert _waiting(shown) == _waiting(fresh), said
        if shown.placed == fresh.placed:
            # What could be placed once stays when that fails; a fresh look has never seen it.
            compared += 1
            assert _differing(_served(shown), _served(fresh)) == [], said
    assert peeks > STEPS // 4, "hardly anything was peeked at, so nothing was proved"
    assert compared > STEPS // 2, "hardly anything was compared, so nothing was proved"


def _everything(found: tuple[Waiting, ...]) -> tuple[Subject, ...]:
    return viewable(found, drafts=True)


def _look(onlooker: Onlooker, now: datetime) -> Shown | str | None:
    """Return what is seen, or why nothing is."""
    try:
        return onlooker.look(now=now)
    except BlognetError as error:
        return error.message


def _fresh(root: Path, folder: Path, now: datetime) -> Shown | str | None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("index.sqlite3*", "site"))
    return _look(Onlooker(folder, began=FIRST, choose=_everything), now)


def _served(shown: Shown) -> Mapping[str, Answer]:
    """Return what is answered at every address, the wrong ones as well."""
    paths = {
        *(page.path for page in shown.site.pages),
        *(f"/_preview{page.path}" for page in shown.prospect.pages),
        *(f"/_preview/{subject}/" for subject in shown.placed),
        "/nowhere/",
        "/_waiting/",
    }
    return {path: answer(f"{_base(shown)}{path}", shown, view=View.SITE) for path in sorted(paths)}


def _base(shown: Shown) -> str:
    return "/blog" if shown.network.config.url.endswith("/blog") else ""


def _waiting(shown: Shown) -> list[tuple[str, str]]:
    return [(str(one.entry.subject), one.what) for one in shown.waiting]


def _differing(found: Mapping[str, Answer], expected: Mapping[str, Answer]) -> list[str]:
    return sorted(
        path for path in found.keys() | expected.keys() if found.get(path) != expected.get(path)
    )


def _shows_what_it_read(peeked: Shown, before: Shown, said: str) -> None:
    """A peek shows the texts that it read, and takes no page of anything else away."""
    for one in peeked.waiting:
        subject = one.entry.subject
        live = peeked.prospect.catalogue.contents.get(subject)
        content = one.entry.proposal.content if one.entry.proposal else None
        if subject in peeked.placed and live is not None and content is not None:
            assert live.post.body == content.body, said
            page = peeked.prospect.page_at(live.url)
            assert page is not None or one.problems or subject in before.left_out, said
            if page is not None:
                assert peeked.prospect.file_of(page), said
