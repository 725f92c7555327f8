"""What the sources say together is read from sheets; whatever is wrong with them, the answers are the same."""

from __future__ import annotations

import importlib
import json
import sqlite3
from base64 import b64encode
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from blognet.actions.crew import Crew
from blognet.actions.entries import Entries, lying_at, outlines_in, profiles_in, proposed_in
from blognet.actions.entry_parts import Parts
from blognet.actions.indexed import index_of
from blognet.actions.network import load_network, open_network, reading_rules
from blognet.actions.record_sheets import SHEETS as RECORD_SHEETS
from blognet.actions.source_sheets import LINES, SECTION, SHEETS, UNITS
from blognet.disk.index import Index
from blognet.kernel.errors import ChangedError
from blognet.kernel.ids import subject_of
from tests.opened_files import let_the_clock_tick, texts_opened
from tests.unit.actions.conftest import MANY

if TYPE_CHECKING:
    from collections.abc import Callable

    from blognet.actions.network import Network
    from blognet.actions.source_sheets import QuietSources
    from tests.unit.actions.conftest import Folder

SECTIONS = (SHEETS, UNITS, LINES, SECTION)


@pytest.fixture(autouse=True)
def asked(known: Folder) -> None:
    """Let somebody have asked before for what waits: what lay there had been young when it was read."""
    assert proposed_in(known.network().entries)


def look_again(folder: Folder) -> Network:
    let_the_clock_tick(folder.root)
    return folder.network()


def quiet_in(network: Network) -> QuietSources:
    assert isinstance(network.entries, Entries)
    parts = network.entries._parts  # noqa: SLF001  # what was read without being asked for
    assert isinstance(parts, Parts)
    quiet = parts.later.looked.quiet
    assert quiet is not None
    return quiet


def loud_units(network: Network) -> set[str]:
    """Return the units of which the cards were read."""
    quiet = quiet_in(network)
    return {unit for leaf in quiet.loud() for unit in quiet.leaves.units(leaf)}


def answers(network: Network) -> tuple[object, ...]:
    return (
        [(str(one.subject), one.standing.proposed) for one in proposed_in(network.entries)],
        [
            [str(one.subject) for one in lying_at(network.entries, each)]
            for each in ("posts", "queue")
        ],
        [
            (key, url, title, tuple(old))
            for key, (url, title, old, _) in outlines_in(network.entries)
        ],
        [entry.glance for entry in network.entries.values()],
        [(one.path, one.hash, one.problems) for one in network.library.proposals],
        network.library.problems,
    )


def index_for(folder: Folder) -> Index:
    root, config = open_network(folder.root)
    return index_of(root, config, reading_rules(config))


def test_who_looks_twice_reads_no_card(known: Folder) -> None:
    network = known.network()
    assert "post/one" in {str(one.subject) for one in proposed_in(network.entries)}
    assert loud_units(network) == set()


def test_an_edit_has_the_cards_of_one_leaf_read_and_one_text(known: Folder) -> None:
    known.write("posts/old-5.md", "Another text.")
    let_the_clock_tick(known.root)
    with texts_opened() as opened:
        network = known.network()
    leaves = quiet_in(network).leaves
    leaf = leaves.leaf_of("posts/old-5.md")
    assert loud_units(network) == set(leaves.units(leaf))
    assert [name for name in opened if name.endswith(".md")] == ["old-5.md"]
    assert "post/old-5" in {str(one.subject) for one in proposed_in(network.entries)}
    again = look_again(known)
    assert loud_units(again) == set()
    assert answers(again) == answers(network)


def test_an_edit_of_a_profile_has_no_card_of_a_post_read(known: Folder) -> None:
    path = known.root / "authors/ben.md"
    path.write_text(f"{path.read_text('utf-8')}\nI write.\n", encoding="utf-8")
    network = look_again(known)
    assert loud_units(network) == set()
    assert [str(one.subject) for one in profiles_in(network.entries)] == [
        "profile/ann",
        "profile/ben",
        "profile/cleo",
    ]
    assert answers(look_again(known)) == answers(network)


def test_one_text_is_asked_for_without_the_others(
    known: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = known.network()
    monkeypatch.setattr(Index, "rows", None)  # gives all rows of a section
    (entry,) = lying_at(network.entries, "posts/old-3.md")
    assert entry.glance.path == "posts/old-3.md"
    assert loud_units(network) == set()


def test_whoever_asks_for_many_texts_gets_all_at_once(
    known: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blognet.actions.lying_texts._FEW", 3)
    network = known.network()
    assert "queue/one.md" in {entry.glance.path for entry in network.entries.values()}
    assert len(loud_units(network)) == MANY + 1


def test_a_new_text_with_the_subject_of_another_is_found_though_that_lies_elsewhere(
    known: Folder,
) -> None:
    known.write("posts/far/old-5.md", "Mine.")
    network = look_again(known)
    assert any("posts/old-5.md" in str(one) for one in _problems(network))
    assert any("posts/old-5.md" in str(one) for one in _problems(look_again(known)))
    (known.root / "posts/far/old-5.md").unlink()
    assert _problems(look_again(known)) == []
    assert loud_units(look_again(known)) == set()


def _problems(network: Network) -> list[object]:
    problems = [problem for entry in network.entries.values() for problem in entry.problems]
    return [*problems, *network.library.problems]


def test_a_file_that_is_no_post_is_told_of_each_time(known: Folder) -> None:
    (known.root / "posts/lone.docx").write_bytes(b"text")
    expected = look_again(known).library.problems
    assert [problem.location.path for problem in expected] == ["posts/lone.docx"]
    network = look_again(known)
    assert loud_units(network) == set()
    assert network.library.problems == expected


def test_when_an_author_comes_what_named_nobody_is_read_again_and_the_rest_is_not(
    known: Folder,
) -> None:
    known.write("queue/two.md", front="authors: [zoe]")
    assert look_again(known).entries[subject_of("post/two")].problems
    (known.root / "authors/zoe.md").write_text("---\nname: Zoe\n---\n", encoding="utf-8")
    let_the_clock_tick(known.root)
    with texts_opened() as opened:
        network = known.network()
    assert not network.entries[subject_of("post/two")].problems
    assert [name for name in opened if name.startswith("old-")] == []
    assert loud_units(look_again(known)) == set()


def test_what_is_no_more_is_forgotten(known: Folder) -> None:
    (known.root / "posts/old-5.md").unlink()
    (known.root / "queue/one.md").rename(known.root / "posts/one.md")
    look_again(known)
    rows = index_for(known).rows(SECTION)
    assert set(rows) == {
        "authors",
        "posts/one.md",
        *(f"posts/old-{number}.md" for number in range(MANY) if number != 5),
    }
    assert answers(look_again(known)) == answers(look_again(known))


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM rows WHERE section = ?",
        "UPDATE rows SET said = replace(said, 'old', 'new') WHERE section = ?",
        "UPDATE rows SET marks = zeroblob(16) WHERE section = ?",
        "UPDATE rows SET said = '' WHERE section = ?",
        "UPDATE rows SET place = 'x' || place WHERE section = ?",
    ],
)
def test_damage_to_what_is_kept_changes_no_answer(known: Folder, section: str, harm: str) -> None:
    expected = answers(known.network())
    with closing(sqlite3.connect(known.root / ".blognet/index.sqlite3")) as rows, rows:
        assert rows.execute(harm, (section,)).rowcount
    assert answers(known.network()) == expected
    known.write("posts/old-5.md", "Another text.")
    network = look_again(known)
    assert answers(look_again(known)) == answers(network)


NONE = ("null", "[", "[1]", "{}", "[" * 100_000, '["a", [], "b", "c"]', '["a", [1], "", ""]')


@pytest.mark.parametrize("section", [SHEETS, LINES, UNITS])
@pytest.mark.parametrize("said", NONE)
def test_what_is_none_is_passed_over(known: Folder, section: str, said: str) -> None:
    expected, index = answers(known.network()), index_for(known)
    rows = {place: row._replace(said=said) for place, row in index.rows(section).items()}
    assert rows
    index.keep(section, rows)
    if section == SHEETS:
        assert loud_units(known.network())
    if (
        section != LINES
    ):  # whoever seals what is wrong may say what lies where, and what is decided on is read
        assert answers(known.network()) == expected


def _another(values: list[object], at: int, value: object) -> list[object]:
    return [*values[:at], value, *values[at + 1 :]]


@pytest.mark.parametrize("wrong", [None, 7, "text", [1], [["a"]], {"post": "ben"}, {}, [[1, 2]]])
@pytest.mark.parametrize("section", [SHEETS, RECORD_SHEETS])
def test_a_sheet_that_holds_something_else_is_passed_over(
    known: Folder, section: str, wrong: object
) -> None:
    expected, index = answers(known.network()), index_for(known)
    rows = index.rows(section)
    values = {place: json.loads(row.said) for place, row in rows.items()}
    for at in range(len(next(iter(values.values())))):
        kinds = {type(each[at]) for each in values.values()}
        if type(wrong) in kinds and wrong != [1]:
            continue  # it may be right
        index.keep(
            section,
            {
                place: row._replace(said=json.dumps(_another(values[place], at, wrong)))
                for place, row in rows.items()
            },
        )
        assert answers(known.network()) == expected


def _names_short(values: list[str]) -> list[str]:
    return [*values[:2], b64encode(b"short").decode(), values[3]]


def _cells_short(values: list[str]) -> list[str]:
    return [*values[:3], b64encode(b"short").decode()]


@pytest.mark.parametrize("wrong", [_names_short, _cells_short])
def test_a_sheet_that_breaks_off_is_passed_over(
    known: Folder, wrong: Callable[[list[str]], list[str]]
) -> None:
    expected, index = answers(known.network()), index_for(known)
    rows = index.rows(SHEETS)
    index.keep(
        SHEETS,
        {
            place: row._replace(said=json.dumps(wrong(json.loads(row.said))))
            for place, row in rows.items()
        },
    )
    assert answers(known.network()) == expected


def test_a_text_that_changes_while_a_command_runs_is_not_taken_for_what_it_was(
    known: Folder,
) -> None:
    network = known.network()
    with closing(sqlite3.connect(known.root / ".blognet/index.sqlite3")) as rows, rows:
        rows.execute("DELETE FROM rows WHERE section = ?", (SECTION,))
    let_the_clock_tick(known.root)
    known.write("posts/old-3.md", "Another text.")
    with pytest.raises(ChangedError, match=r"posts/old-3\.md changed"):
        lying_at(network.entries, "posts/old-3.md")


def _once_before(
    monkeypatch: pytest.MonkeyPatch, place: str, meanwhile: Callable[[], object]
) -> None:
    """Let something happen when a function is called for the first time, before it does anything."""
    module, name = place.rsplit(".", 1)
    real = getattr(importlib.import_module(module), name)

    def told(*given: Any, **named: Any) -> object:  # noqa: ANN401  # as the real one takes them
        monkeypatch.setattr(place, real)
        meanwhile()
        return real(*given, **named)

    monkeypatch.setattr(place, told)


def _stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_profiles_that_another_command_keeps_meanwhile_are_read_once(
    known: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = known.root / "authors/ben.md"
    path.write_text(f"{path.read_text('utf-8')}\nI write.\n", encoding="utf-8")
    let_the_clock_tick(known.root)
    _once_before(monkeypatch, "blognet.actions.sources.quiet_sources", known.network)
    network = known.network()
    assert _problems(network) == []
    assert answers(network) == answers(known.network())


def test_what_was_read_before_an_author_came_and_kept_afterwards_is_read_again(
    known: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.write("queue/two.md", front="authors: [zoe]")
    let_the_clock_tick(known.root)

    def meanwhile() -> None:
        (known.root / "authors/zoe.md").write_text("---\nname: Zoe\n---\n", encoding="utf-8")
        let_the_clock_tick(known.root)
        assert _problems(known.network()) == []
        killed.setattr("blognet.actions.network.read_through", _stop)

    monkeypatch.setattr("blognet.actions.filling.WORTH_FILLING", 1)
    monkeypatch.setattr("blognet.actions.filling._is_known", lambda *_: False)
    _once_before(monkeypatch, "blognet.actions.filling._on_disk", meanwhile)
    with pytest.MonkeyPatch.context() as killed, pytest.raises(KeyboardInterrupt):
        load_network(known.root, now=known.now, crew=Crew())
    assert _problems(known.network()) == []
    with texts_opened() as opened:
        assert _problems(known.network()) == []
    assert "two.md" not in opened
