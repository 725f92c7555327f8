"""Commands ask for little and leave the rest of what is kept as it was, for many edits; every answer is right."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blognet.actions import filling, lying_texts
from blognet.actions.crew import Crew
from blognet.actions.decided_subjects import count_events
from blognet.actions.entries import lying_at, outlines_in, profiles_in, proposed_in
from blognet.actions.kept_live import published_lights
from blognet.actions.network import Network, load_network
from blognet.disk import marks, record_leaves, source_leaves
from blognet.kernel.errors import BlognetError
from tests.opened_files import let_the_clock_tick
from tests.property.index_edits import Folder
from tests.property.source_edits import ALL_EDITS
from tests.property.test_index import LIE, shown, without_index

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = int(os.environ.get("BLOGNET_STEPS", "0"))
QUESTIONS: tuple[Callable[[Network], object], ...] = (
    lambda network: [[one.glance for one in lying_at(network.entries, path)] for path in LIE],
    lambda network: [one.subject for one in lying_at(network.entries, "posts/one.md")],
    lambda network: [(one.subject, one.glance) for one in proposed_in(network.entries)],
    lambda network: [one.subject for one in profiles_in(network.entries)],
    lambda network: [(key, title, [*old]) for key, (_, title, old, _) in outlines_in(network.entries)],
    lambda network: [(one.problems, one.has_notes) for one in network.entries.values()],
    lambda network: (network.library.problems, network.library.shadowed),
    lambda network: tuple(network.library.proposals),
    lambda network: list(published_lights(network.record, now=network.now)),
    lambda network: count_events(network.record),
    shown,
    lambda _: None,
)  # fmt: skip
edits = st.tuples(
    st.sampled_from(ALL_EDITS),
    st.integers(0, 200),
    st.integers(0, 200),
    st.sampled_from(QUESTIONS),
    st.sampled_from(("", "", "", "filled", "kept for later")),
)


@given(
    st.lists(edits, min_size=6, max_size=20),
    st.sampled_from((0, 2, 256)),
    st.sampled_from((1, 3, 256)),
)
@settings(max_examples=STEPS or settings().max_examples)
def test_who_asks_for_little_is_told_what_lies_there(
    drawn: list[
        tuple[Callable[[Folder, int, int], None], int, int, Callable[[Network], object], str]
    ],
    crowd: int,
    leaves: int,
) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "FINE", 0)  # the clock is made to tick instead of waited for
        patch.setattr(source_leaves, "CROWD", crowd)
        patch.setattr(filling, "WORTH_FILLING", 1)
        for module in (record_leaves, source_leaves, lying_texts):
            patch.setattr(module, "LEAVES", leaves)
        folder, early = Folder(Path(place)), list[Network]()
        folder.begin()
        for edit, one, two, question, how in drawn:
            edit(folder, one, two)
            let_the_clock_tick(folder.root)
            _ask_late(early)
            if how == "kept for later":
                early.append(load_network(folder.root, now=folder.now))
            crew = Crew() if how == "filled" else None
            network = load_network(folder.root, now=folder.now, crew=crew)
            assert question(network) == question(without_index(folder))


def _ask_late(networks: list[Network]) -> None:
    """Let whoever looked before an edit ask for more now: that it may spoil what is kept is what matters."""
    while networks:
        network = networks.pop()
        for question in QUESTIONS:
            try:
                question(network)
            except BlognetError:  # something changed meanwhile
                continue
