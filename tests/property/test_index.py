"""Whatever happens to the files, a network read through the index is the network that is read without one."""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blognet.actions.decided_subjects import answered_since, count_events
from blognet.actions.due import next_due
from blognet.actions.entries import (
    below_in,
    bound_authors_in,
    by_author_in,
    lying_at,
    named_in,
    outlines_in,
    profiles_in,
    proposed_in,
)
from blognet.actions.findings import examine_entries, facts_of
from blognet.actions.kept_lights import (
    LIGHTS,
    all_lines,
    lights_apart,
    lights_as_rows,
    lights_of,
    retracted_in,
)
from blognet.actions.kept_live import published_lights
from blognet.actions.network import (
    Network,
    entries_of,
    is_sound,
    library_beside,
    load_network,
    load_record,
    open_network,
    reading_rules,
)
from blognet.actions.published import published_from
from blognet.disk import marks, source_leaves
from blognet.disk.network import scan
from blognet.disk.record_leaves import ALL_LEAVES
from blognet.kernel.errors import FaultsError
from blognet.kernel.ids import Kind
from blognet.moderation.events import Verb
from blognet.moderation.promise import is_answer
from tests.opened_files import let_the_clock_tick
from tests.property.index_edits import BEGAN, EDITS, PLACES, Folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from blognet.kernel.ids import Subject
    from blognet.site import Published

STEPS = int(os.environ.get("BLOGNET_STEPS", "0"))
LIE = (*PLACES, "posts", "posts/trip", "queue", "queue/ann", "authors", "nowhere")
edits = st.tuples(st.sampled_from(EDITS), st.integers(0, 200), st.integers(0, 200))


def without_index(folder: Folder) -> Network:
    """Read a network as it was read before there was an index."""
    root, config = open_network(folder.root)
    rules = reading_rules(config)
    record = load_record(root, config)
    library = library_beside(scan(root), record, rules=rules)
    return Network(
        root=root,
        config=config,
        rules=rules,
        library=library,
        record=record,
        entries=entries_of(library, record, folder.now),
        now=folder.now,
    )


def everything(network: Network) -> Iterator[object]:
    """Yield all that can be asked of a network, each as a value that can be compared."""
    yield network.record.problems
    yield [(entry.problems, entry.has_notes) for entry in network.entries.values()]
    yield count_events(network.record)
    yield bound_authors_in(network.entries, Kind.POST)
    for author in ("ann", "ben", "zoe", "Ann"):
        yield [one.subject for one in by_author_in(network.entries, author)]
    yield [one.subject for one in named_in(network.entries, lambda key: ".de" in key)]
    yield [one.subject for one in below_in(network.entries, lambda path: "trip" in path)]
    yield dict(network.record.subjects)
    yield tuple(network.library.proposals), network.library.shadowed, network.library.problems
    yield dict(network.entries)
    yield tuple(network.entries)
    yield [entry.glance for entry in network.entries.values()]
    yield [entry.subject for entry in proposed_in(network.entries)]
    yield examine_entries(network, proposed_in(network.entries))
    yield [
        (key, url, title, tuple(old), tuple(by))
        for key, (url, title, old, by) in outlines_in(network.entries)
    ]
    yield dict(network.taken), dict(network.grants), network.rights
    facts = facts_of(network)
    yield dict(facts.neighbours), dict(facts.by_url), dict(facts.by_title)


def asked_of_all(network: Network, folder: Folder) -> Iterator[object]:
    """Yield what a command asks of all subjects, in a network of which nobody asked anything yet."""
    yield count_events(network.record)
    yield [bound_authors_in(network.entries, kind) for kind in Kind]
    yield [one.subject for one in profiles_in(network.entries)]
    yield [[one.subject for one in lying_at(network.entries, path)] for path in LIE]
    yield [(one.subject, one.glance) for one in proposed_in(network.entries)]
    yield next_due(network)
    yield dict(network.grants)
    yield dict(network.taken)
    facts = facts_of(network)
    yield dict(facts.by_url), dict(facts.by_title)
    yield list(published_lights(network.record, now=folder.now))


def answered_after(network: Network, moment: datetime, *, submitted: bool) -> set[Subject]:
    """Return the subjects that were answered since a moment, as their events say."""
    histories = {one: decided.history.events for one, decided in network.record.subjects.items()}
    return {
        subject
        for subject, events in histories.items()
        if any(is_answer(event) and event.time >= moment for event in events)
        and (not submitted or any(event.verb is Verb.SUBMIT for event in events))
    }


def keep_lights(network: Network, plain: Network, folder: Folder, kept: dict[str, bytes]) -> None:
    """Exchange what is kept of the lights for what is true now, and compare it with what all subjects say."""
    before = lines_in(kept)
    lights = lights_of(network.record, folder.now, kept=kept.get(LIGHTS, b""))
    apart, retracted = lights_apart(lights, kept.get), retracted_in(lights, kept.get)
    kept |= lights_as_rows(lights, kept.get)
    now = {" ".join(each).encode() for each in published_lights(plain.record, now=folder.now)}
    assert lines_in(kept) == now
    assert apart == (frozenset(before - now), frozenset(now - before))
    assert set(retracted) == {line.split()[0].decode() for line in now if b" retracted" in line}
    assert set(all_lines(lights, kept.get).split(b"\n")) - {b""} == now


def lines_in(kept: Mapping[str, bytes]) -> set[bytes]:
    """Return the lines that are kept of the lights."""
    names = (f"{LIGHTS} {leaf}" for leaf in ALL_LEAVES)
    return {line for name in names for line in kept.get(name, b"").split(b"\n")} - {b""}


def shown(network: Network) -> Published | tuple[object, ...]:
    """Return what readers would see, or why nothing can be shown."""
    if not is_sound(network.record):
        return ()
    try:
        return published_from(network.record, rules=network.rules, now=network.now)
    except FaultsError as error:
        return error.problems


@given(st.lists(edits, min_size=1, max_size=14), st.sampled_from((0, 2, 256)))
@settings(max_examples=STEPS or settings().max_examples)
def test_a_network_read_through_the_index_is_the_one_that_lies_there(
    drawn: list[tuple[Callable[[Folder, int, int], None], int, int]], crowd: int
) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "FINE", 0)  # the clock is made to tick instead of waited for
        patch.setattr(source_leaves, "CROWD", crowd)
        folder = Folder(Path(place))
        seen: dict[str, object] = {}
        kept: dict[str, bytes] = {}
        folder.begin()
        for edit, one, two in drawn:
            edit(folder, one, two)
            let_the_clock_tick(folder.root)
            network, plain = load_network(folder.root, now=folder.now), without_index(folder)
            for asked, expected in zip(
                asked_of_all(network, folder), asked_of_all(plain, folder), strict=True
            ):
                assert asked == expected
            moment = BEGAN + timedelta(minutes=two % 10)
            for submitted in (False, True):
                fresh = load_network(folder.root, now=folder.now)
                told = answered_since(fresh.record, moment, submitted=submitted)
                assert set(told) >= answered_after(plain, moment, submitted=submitted)
            network = load_network(folder.root, now=folder.now)
            site = shown(network)
            assert site == shown(plain)
            if is_sound(network.record):
                lights = tuple(published_lights(network.record, now=folder.now))
                mark = f"{network.rules} {lights}"
                assert seen.setdefault(mark, site) == site
            for asked, expected in zip(everything(network), everything(plain), strict=True):
                assert asked == expected
            keep_lights(load_network(folder.root, now=folder.now), plain, folder, kept)
            let_the_clock_tick(folder.root)
