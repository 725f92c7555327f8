"""Equal values have equal digests, different ones different digests, and what cannot be watched is refused."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.engine import digest_of

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    title: str
    count: int = 0


class Kind(StrEnum):
    POST = "post"


@given(PLAIN, PLAIN)
def test_values_that_differ_have_digests_that_differ(one: object, other: object) -> None:
    if one != other:
        assert digest_of(one) != digest_of(other)


@given(PLAIN)
def test_a_value_has_one_digest(value: object) -> None:
    assert digest_of(value) == digest_of(value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        ("1", 1),
        (None, "None"),
        ((), ""),
        ((("a",), "b"), (("a", "b"),)),
        (Card(title="a"), Card(title="a", count=1)),
        (Kind.POST, "post"),
        (b"a", "a"),
        (True, 1),
        (
            datetime(2026, 1, 1, tzinfo=UTC),
            datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1))),
        ),
    ],
)
def test_what_looks_alike_and_is_not_has_another_digest(one: object, other: object) -> None:
    assert digest_of(one) != digest_of(other)


def test_the_order_of_sets_and_mappings_does_not_matter() -> None:
    assert digest_of(frozenset("abc")) == digest_of(frozenset("cba"))
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})


def test_another_hash_seed_gives_the_same_digest() -> None:
    program = "from blognet.engine import digest_of; print(digest_of(frozenset('abcdef')))"
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_a_value_that_nothing_can_watch_is_refused_by_its_type() -> None:
    with pytest.raises(TypeError, match="function"):
        digest_of(("a", lambda: None))
