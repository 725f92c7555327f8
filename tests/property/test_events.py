"""An event is its bytes and its bytes are the event; and what an event can do to a standing has limits."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blognet.kernel.hashing import AssetEntry, ContentHash, PathFacts
from blognet.kernel.ids import AuthorId, EventId, Kind, SitePath, Subject
from blognet.moderation.event_json import (
    FORMAT,
    Malformed,
    event_from_bytes,
    event_id,
    event_stem,
    event_to_bytes,
)
from blognet.moderation.events import Event, Facts, Seen, Verb
from blognet.moderation.history import history_of
from blognet.moderation.standing import Proposed, standing_of
from tests.property.record_strategies import (
    HASHES,
    START,
    SUBJECT,
    Branches,
    branches,
    heads_of,
    make_event,
    whole_history,
)

KNOWN = frozenset(
    (
        "actor assets content facts findings format id kind language network options path_facts prev seen stage"
        " time verb waivers words"
    ).split()
)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
authors = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?", fullmatch=True).map(AuthorId)
times = st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31)).map(  # noqa: DTZ001  UTC is added
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
free = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
subjects = st.builds(
    Subject,
    kind=st.just(Kind.PROFILE),
    id=authors,
    language=st.just(""),
) | st.builds(
    Subject,
    kind=st.sampled_from([Kind.POST, Kind.PAGE]),
    id=st.sampled_from(["hello", "hello-world", "2026", "grüße", "日本"]),
    language=st.sampled_from(["", "de", "pt-BR"]),
)
facts = st.builds(
    Facts,
    url=st.sampled_from(["", "/2026/hello/", "/de/über-uns/"]).map(SitePath),
    authors=st.lists(authors, max_size=3).map(tuple),
    date=times,
    publish=times,
    expires=st.none() | times,
    title=st.just("") | texts,
)
assets = st.dictionaries(texts, digests, max_size=3).map(
    lambda found: tuple(AssetEntry(path=path, sha256=found[path]) for path in sorted(found))
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Draw any event that the format can hold, with keys that a later version may add."""
    return Event(
        network=draw(texts),
        subject=draw(subjects),
        verb=draw(st.sampled_from(Verb)),
        actor=draw(authors),
        time=draw(times),
        prev=tuple(sorted(draw(st.sets(digests.map(EventId), max_size=3)))),
        content=draw(st.none() | digests.map(ContentHash)),
        path_facts=PathFacts(
            authors=tuple(draw(st.lists(texts, max_size=2))), date=draw(st.just("") | texts)
        ),
        assets=draw(assets),
        facts=draw(st.none() | facts),
        words=draw(st.just("") | digests),
        seen=draw(st.none() | st.sampled_from(Seen)),
        stage=draw(st.just("") | texts),
        findings=tuple(draw(st.lists(texts, max_size=2))),
        waivers=tuple(draw(st.lists(texts, max_size=2))),
        options=draw(st.dictionaries(texts, texts, max_size=2)),
        unknown=draw(st.dictionaries(texts.filter(lambda key: key not in KNOWN), free, max_size=3)),
    )


@given(events())
def test_an_event_survives_being_written_and_read(event: Event) -> None:
    raw = event_to_bytes(event)
    assert event_from_bytes(raw) == event
    assert raw.endswith(b"\n}\n")


@given(events())
def test_the_name_of_an_event_ends_in_the_hash_of_its_bytes(event: Event) -> None:
    raw = event_to_bytes(event)
    *_, digits = event_stem(event, raw).split("-")
    assert event_id(raw).startswith(digits)
    assert len(digits) == 8


@given(events())
def test_the_same_event_written_in_another_way_is_refused(event: Event) -> None:
    mapping = json.loads(event_to_bytes(event))
    compact = json.dumps(mapping, sort_keys=True, ensure_ascii=False).encode()
    found = event_from_bytes(compact)
    assert isinstance(found, Malformed)
    assert not found.newer


@given(events(), st.integers(FORMAT + 1, 10**6))
def test_a_newer_format_is_refused_as_such_whatever_else_it_holds(
    event: Event, version: int
) -> None:
    mapping = {**json.loads(event_to_bytes(event)), "format": version, "verb": "vote"}
    found = event_from_bytes(json.dumps(mapping).encode())
    assert isinstance(found, Malformed)
    assert found.newer
    assert str(version) in found.reason


@given(st.binary(max_size=200) | events().map(event_to_bytes), st.data())
def test_damaged_bytes_are_refused_in_a_sentence_and_never_raise(
    raw: bytes, data: st.DataObject
) -> None:
    assume(raw)
    at = data.draw(st.integers(0, len(raw) - 1))
    damaged = raw[:at] + data.draw(st.binary(max_size=3)) + raw[at + 1 :]
    found = event_from_bytes(damaged)
    if isinstance(found, Malformed):
        assert found.reason
    else:
        assert event_to_bytes(found) == damaged


@given(branches(), st.sampled_from(HASHES), st.sampled_from([10, 30, 50]))
@pytest.mark.parametrize("verb", [Verb.RETURN, Verb.DECLINE, Verb.HOLD, Verb.RELEASE, Verb.COMMENT])
def test_no_answer_but_an_approval_changes_what_is_published(
    verb: Verb, grown: Branches, content: ContentHash, days: int
) -> None:
    """Not even in a contest: whoever saw all its sides and does not approve publishes none of them."""
    ident, event = make_event(
        verb, prev=heads_of(grown.events, frozenset(grown.events)), content=content, number=1
    )
    before, after = (
        standing_of(
            history, content=content, is_draft=False, on_disk=True, now=START + timedelta(days=days)
        )
        for history in (
            whole_history(grown),
            history_of(SUBJECT, {**grown.events, ident: event}),
        )
    )
    assert after.published == before.published
    assert verb is Verb.COMMENT or after.proposed is not Proposed.CONTESTED
