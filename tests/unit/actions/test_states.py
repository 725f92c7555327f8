"""Values are written as `pickle` writes them by itself, dataclasses sooner."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from blognet.actions.states import Ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    name: Name
    moment: datetime
    inner: tuple[object, ...] = field(default=(), repr=False)


@dataclass
class Loose:
    text: str


@dataclass(frozen=True, slots=True)
class OfItsOwn:
    text: str
    more: str

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return OfItsOwn, (self.text, self.more)


NAME = Name(text="one")
SEVERAL = Several(name=NAME, moment=datetime(2026, 11, 22, tzinfo=UTC), inner=(NAME, Empty()))


class Writer(pickle.Pickler):
    dispatch_table = Ways()


@pytest.mark.parametrize(
    "value",
    [
        Empty(),
        NAME,
        SEVERAL,
        (SEVERAL, SEVERAL, {"again": SEVERAL}),
        Loose("text"),
        OfItsOwn("text", "more"),
        PurePosixPath("a/b"),
        Several,
    ],
    ids=str,
)
def test_what_is_written_is_what_pickle_writes(value: object) -> None:
    out = io.BytesIO()
    Writer(out, pickle.HIGHEST_PROTOCOL).dump(value)
    assert out.getvalue() == pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    assert pickle.loads(out.getvalue()) == value  # noqa: S301  # written just now


def test_the_fields_of_a_class_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def noted(of: type) -> object:
        asked.append(of)
        return fields(of)

    monkeypatch.setattr("blognet.actions.states.fields", noted)
    ways = Ways()
    for value in (NAME, Name(text="two"), NAME):
        ways[type(value)](value)
    assert asked == [Name]


def test_a_class_with_a_way_of_its_own_is_taken_apart_as_pickle_does() -> None:
    for value in (OfItsOwn("text", "more"), Loose("text"), PurePosixPath("a/b")):
        expected = value.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
        assert Ways()[type(value)](value) == expected
    with pytest.raises(KeyError):
        Ways()[type]
