"""What is asked about a few subjects reads those few, however many there are. Opened files are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.actions.tidy import tidy
from tests.opened_files import let_the_clock_tick, settled_at_once, texts_opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.actions.conftest import Folder

MANY = 12


@pytest.fixture
def known(folder: Folder) -> Iterator[Folder]:
    """Return a network of which everything was read before: live posts, and one that waits."""
    for number in range(MANY):
        folder.write(f"posts/old-{number}.md", f"Text {number}.")
    folder.approve(*(f"post/old-{number}" for number in range(MANY)))
    folder.write("queue/one.md")
    with settled_at_once():
        let_the_clock_tick(folder.root)
        folder.network()
        yield folder


def test_approving_a_post_reads_that_post_alone(known: Folder) -> None:
    with texts_opened() as opened:
        (decided,) = known.approve("post/one").decided
    assert decided.moved is not None
    assert decided.moved.target == "posts/one.md"
    assert set(opened) == {"one.md"}


def test_tidying_reads_what_lies_in_queue(known: Folder) -> None:
    with texts_opened() as opened:
        assert tidy(known.root, now=known.now).moved == ()
    assert set(opened) <= {"one.md"}
