"""What a build remembers comes back as it was, or not at all."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from blognet.disk.memory import FILE, MemoryFault, Recall, Saved, recall, remember
from blognet.disk.private import PRIVATE
from blognet.engine import FactKey, Trace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LIKE = "program one\noutput /site\n"


def _key(text: str) -> FactKey:
    return FactKey(text)


def _trace(key: str, *needs: str, digest: str = "1") -> Trace:
    return Trace(key=_key(key), digest=digest, needs=tuple(sorted(map(_key, needs))))


FIRST = Saved(
    traces=(_trace("file a", "card one", "setting title"), _trace("card one", "text one")),
    facts={_key("setting title"): "t", _key("text one"): "x"},
    units={_key("text one"): "contents one"},
    notes={"told": "something"},
)


def test_what_was_remembered_is_recalled(tmp_path: Path) -> None:
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert found.lost == ""
        assert found.note("told") == "something"
        assert found.digest_of(_key("file a")) == "1"
        assert found.needs_of(_key("file a")) == ("card one", "setting title")
        assert list(found.loose_facts()) == [("setting title", "t")]
        assert list(found.facts_of(["contents one"])) == [("text one", "x")]
        assert list(found.readers([_key("text one")])) == [("text one", "card one")]


def test_what_reads_the_same_as_before_is_known_by_it_and_keeps_its_readings(
    tmp_path: Path,
) -> None:
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    again = _trace("file a", "card one", "setting title", digest="2")
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert found.readings_of([again.key, _key("file b")]) == {again.key: again.reading}
    latest = Saved(traces=(again,), facts={}, units={}, as_before=frozenset({again.key}))
    remember(tmp_path, latest, like=LIKE, anew=False)
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert found.digest_of(again.key) == "2"
        assert found.needs_of(again.key) == ("card one", "setting title")
        assert list(found.readers([_key("setting title")])) == [("setting title", "file a")]


def test_what_read_a_fact_that_went_away_is_not_taken_to_read_the_same(tmp_path: Path) -> None:
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    gone = Saved(traces=(), facts={}, units={}, gone=(_key("card one"),))
    remember(tmp_path, gone, like=LIKE, anew=False)
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert found.readings_of([_key("file a")]) == {}


def test_a_fact_that_takes_the_place_of_one_that_is_gone_is_known_to_its_readers(
    tmp_path: Path,
) -> None:
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    latest = Saved(
        traces=(_trace("file b", "card last"), _trace("card last", "text one")),
        facts={},
        units={},
    )
    remember(tmp_path, latest, like=LIKE, anew=False)
    other = Saved(
        traces=(_trace("file b", "card other"), _trace("card other", "text one")),
        facts={},
        units={},
        gone=(_key("card last"),),
    )
    remember(tmp_path, other, like=LIKE, anew=False)
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert list(found.readers([_key("card other")])) == [("card other", "file b")]


def test_a_later_build_replaces_what_it_made_again_and_keeps_the_rest(tmp_path: Path) -> None:
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    again = Saved(
        traces=(_trace("file a", "text two", digest="2"),),
        facts={_key("text two"): "y", _key("setting title"): "u"},
        units={},
        gone=(_key("card one"),),
    )
    remember(tmp_path, again, like=LIKE, anew=False)
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert found.digest_of(_key("file a")) == "2"
        assert found.needs_of(_key("file a")) == ("text two",)
        assert found.digest_of(_key("card one")) == ""
        assert list(found.readers([_key("setting title"), _key("text one")])) == []
        assert dict(found.loose_facts()) == {"setting title": "u", "text two": "y"}
        assert found.note("told") == "something"


@pytest.mark.parametrize(
    ("like", "lost"),
    [
        ("program two\noutput /site\n", "the last build was made with another program"),
        ("program one\noutput /else\n", "the last build was made with another output"),
        ("program one\n", "the last build was made under other circumstances"),
    ],
)
def test_what_was_made_otherwise_is_of_no_use_and_says_why(
    like: str, lost: str, tmp_path: Path
) -> None:
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    with closing(recall(tmp_path, like=like)) as found:
        assert (found.lost, found.note("told")) == (lost, "")


def test_nothing_is_recalled_where_nothing_is(tmp_path: Path) -> None:
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert found.lost == "nothing is remembered of an earlier build"


def _everything(found: Recall) -> list[object]:
    """Ask everything there is to ask about what `_many` leaves."""
    keys = [_key(f"{kind} {number}") for kind in ("file", "text") for number in range(MANY + 1)]
    units = [f"contents {number}" for number in range(MANY + 1)]
    return [
        found.note("told"),
        sorted(found.loose_facts()),
        sorted(found.facts_of(units)),
        [found.digest_of(key) for key in keys],
        [found.needs_of(key) for key in keys],
        sorted(found.readings_of(keys).items()),
        sorted(found.readers([*keys, _key("setting title")])),
        sorted(found.unit_digests().items()),
        [found.unit_value(name) for name in units],
        sorted(found.units_that_say("contents", "7")),
    ]


MANY = 1_500
"""More than are kept together of what read a fact."""


def _many(numbers: Iterable[int], *, digest: str = "1") -> Saved:
    some = list(numbers)
    texts = [_key(f"text {number}") for number in some]
    return Saved(
        traces=tuple(
            _trace(f"file {number}", f"text {number}", "setting title", digest=digest)
            for number in some
        ),
        facts={**dict.fromkeys(texts, "x"), _key("setting title"): "t"},
        units={key: f"contents {key.partition(' ')[2]}" for key in texts},
        notes={"told": "something"},
        digests={f"contents {number}": f"d{number}" for number in some},
        values={f"contents {number}": b"value %d" % number for number in some},
    )


@pytest.mark.parametrize("seed", range(24))
def test_a_byte_that_changed_by_itself_is_noticed_before_it_is_believed(
    seed: int, tmp_path: Path
) -> None:
    remember(tmp_path, _many(range(MANY)), like=LIKE, anew=True)
    with closing(recall(tmp_path, like=LIKE)) as found:
        before = _everything(found)
    path = tmp_path / PRIVATE / FILE
    chance = random.Random(seed)  # noqa: S311  any damage will do
    raw = bytearray(path.read_bytes())
    for _ in range(1 if seed % 2 else 40):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(raw))
    with closing(recall(tmp_path, like=LIKE)) as found:
        if found.lost:
            assert "remembered" in found.lost
            return
        try:
            now = _everything(found)
        except MemoryFault:
            return
        assert now == before


def test_rows_that_a_disk_lost_are_missed(tmp_path: Path) -> None:
    remember(tmp_path, _many(range(MANY)), like=LIKE, anew=True)
    with closing(sqlite3.connect(tmp_path / PRIVATE / FILE)) as database, database:
        database.execute("DELETE FROM leaf WHERE place % 3 = 1")
        database.execute("DELETE FROM kept WHERE name = 'contents 7'")
    with closing(recall(tmp_path, like=LIKE)) as found:
        with pytest.raises(MemoryFault):
            list(found.readers(_key(f"text {number}") for number in range(MANY)))
        with pytest.raises(MemoryFault):
            found.unit_value("contents 7")


def test_a_leaf_of_another_time_is_noticed(tmp_path: Path) -> None:
    remember(tmp_path, _many(range(MANY)), like=LIKE, anew=True)
    path = tmp_path / PRIVATE / FILE
    with closing(sqlite3.connect(path)) as database:
        old = database.execute("SELECT place, bytes FROM leaf").fetchall()
    remember(tmp_path, _many(range(MANY), digest="2"), like=LIKE, anew=False)
    with closing(sqlite3.connect(path)) as database, database:
        database.executemany("INSERT OR REPLACE INTO leaf VALUES (?, ?)", old)
    with closing(recall(tmp_path, like=LIKE)) as found, pytest.raises(MemoryFault):
        _everything(found)


@pytest.mark.parametrize("seed", range(6))
def test_what_was_kept_step_by_step_says_what_is_kept_at_once(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    there: set[int] = set(range(chance.choice([3, 1_200])))
    digest = dict.fromkeys(range(MANY), "1")
    remember(tmp_path, _many(there), like=LIKE, anew=True)
    for step in range(6):
        gone = set(chance.sample(sorted(there), min(len(there), chance.choice([0, 1, 2]))))
        new = set(chance.sample(range(MANY), chance.choice([1, 5, 400])))
        digest |= dict.fromkeys(new - gone, str(step))
        there = there - gone | (new - gone)
        saved = _many(new - gone, digest=str(step))
        again = {trace.key for trace in saved.traces if chance.random() < 0.5}
        with closing(recall(tmp_path, like=LIKE)) as found:
            known = found.readings_of(again)
        later = replace(
            saved,
            as_before=frozenset(known),
            gone=tuple(_key(f"{kind} {number}") for number in gone for kind in ("file", "text")),
            gone_units=tuple(f"contents {number}" for number in gone),
        )
        remember(tmp_path, later, like=LIKE, anew=False)
    with closing(recall(tmp_path, like=LIKE)) as found:
        stepwise = _everything(found)
    whole = _many(sorted(there))
    traces = tuple(
        replace(trace, digest=digest[int(trace.key.partition(" ")[2])]) for trace in whole.traces
    )
    remember(tmp_path, replace(whole, traces=traces), like=LIKE, anew=True)
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert _everything(found) == stepwise


def test_names_of_any_letters_are_told_apart(tmp_path: Path) -> None:
    odd = ["a\nb", "a\\nb", "a\\\nb", "a\tb", "ä", "\udcff", "=", " 0", "a"]
    digests = {f"contents {name}": f"d{number}" for number, name in enumerate(odd)}
    remember(tmp_path, replace(FIRST, digests=digests), like=LIKE, anew=True)
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert found.unit_digests() == digests
        assert {name: found.unit_digest(name) for name in digests} == digests


def test_a_memory_is_whole_again_once_it_was_kept_anew(tmp_path: Path) -> None:
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    (tmp_path / PRIVATE / FILE).write_bytes(b"no database")
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert found.lost == ""


def test_a_memory_that_cannot_be_written_is_forgotten_and_fails_nothing(tmp_path: Path) -> None:
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    path = tmp_path / PRIVATE / FILE
    path.write_bytes(b"no database")
    remember(tmp_path, FIRST, like=LIKE, anew=False)
    assert not path.exists()


KILLED = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA synchronous = OFF")
database.execute("PRAGMA cache_size = 2")
database.execute("BEGIN IMMEDIATE")
database.execute("UPDATE leaf SET bytes = zeroblob(length(bytes))")
database.execute("UPDATE trunk SET bytes = zeroblob(length(bytes))")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_had_begun_does_not_touch_a_memory_that_was_kept_anew(
    tmp_path: Path,
) -> None:
    after = _many(range(MANY), digest="2")
    remember(tmp_path, after, like=LIKE, anew=True)
    with closing(recall(tmp_path, like=LIKE)) as found:
        expected = _everything(found)
    remember(tmp_path, _many(range(MANY)), like=LIKE, anew=True)
    path = tmp_path / PRIVATE / FILE
    subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    assert path.with_name(f"{FILE}-journal").stat().st_size
    remember(tmp_path, after, like=LIKE, anew=True)
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert found.lost == ""
        assert _everything(found) == expected


def test_a_memory_that_is_kept_anew_takes_the_place_of_all_that_older_versions_left(
    tmp_path: Path,
) -> None:
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    (tmp_path / PRIVATE / "memory.seal").write_bytes(b"the sum of it")
    remember(tmp_path, FIRST, like=LIKE, anew=True)
    assert not list((tmp_path / PRIVATE).glob("memory.s[!q]*"))


def test_units_are_recalled_with_what_they_are(tmp_path: Path) -> None:
    first = replace(
        FIRST,
        digests={"page a": "1", "page b": "2"},
        values={"page a": b"A", "page b": b"B"},
    )
    remember(tmp_path, first, like=LIKE, anew=True)
    later = Saved(
        traces=(),
        facts={},
        units={},
        digests={"page b": "3"},
        values={"page b": b"C"},
        gone_units=("page a",),
    )
    remember(tmp_path, later, like=LIKE, anew=False)
    with closing(recall(tmp_path, like=LIKE)) as found:
        assert found.unit_digests() == {"page b": "3"}
        assert (found.unit_digest("page b"), found.unit_value("page b")) == ("3", b"C")
        assert (found.unit_digest("page a"), found.unit_value("page a")) == ("", None)
