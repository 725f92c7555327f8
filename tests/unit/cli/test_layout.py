"""Blocks laid out for a terminal, where there is none: marks instead of weights."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.cli.layout import columns, cut, laid_out, refitted, wrapped
from blognet.cli.output import _squeezed, bare, table_lines
from blognet.kernel.blocks import Block, Span
from blognet.markup import render_markdown
from blognet.markup.flow import flow_of


def _laid_out(text: str, width: int = 30) -> list[str]:
    return [line for b in flow_of(render_markdown(text).html) for line in laid_out(b, width)]


def test_lines_are_filled_and_hang_under_their_mark() -> None:
    assert _laid_out("- one two three four five six seven eight") == [
        "• one two three four five six",
        "  seven eight",
    ]


def test_marks_stand_for_weights() -> None:
    assert _laid_out("**a** *b* `c` ~~d~~") == ["**a** *b* `c` ~~d~~"]
    assert _laid_out("# A\n\n## B") == ["# A", "## B"]


def test_a_table_stands_in_columns_and_gives_them_up_where_there_is_no_room() -> None:
    table = "| Name | Number |\n|---|---|\n| a net | 12 |"
    assert _laid_out(table) == ["Name   Number", "─────  ──────", "a net  12"]
    assert _laid_out(table.replace("a net", "a net " * 6), 30)[:1] == ["Name | Number"]


def test_wide_characters_take_two_columns() -> None:
    assert _laid_out("漢" * 20) == ["漢" * 15, "漢" * 5]
    assert cut("漢" * 20, 9) == "漢" * 4 + "…"


def test_a_listing_keeps_its_indent() -> None:
    assert _laid_out("```\ndef f():\n    pass\n```") == ["    def f():", "        pass"]


def test_nothing_that_steers_a_terminal_comes_through() -> None:
    block = Block(spans=(Span(text="a\033[31mb\u202ec\x07"),))
    assert laid_out(block, 30) == ["a\ufffd[31mb\ufffdc\ufffd"]
    assert wrapped("\033]0;x\007", 30) == ["\ufffd]0;x\ufffd"]


@given(text=st.text(), width=st.integers(20, 120))
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(bare(text).split())


@pytest.mark.parametrize("width", [20, 33, 80])
def test_every_kind_of_block_fits(width: int) -> None:
    words = "some words and **more of them** " * 8
    text = f"# {words}\n\n{words}\n\n> {words}\n\n1. {words}\n   - {words}\n\n`{'x' * 200}`"
    assert all(columns(line) <= width for line in _laid_out(text, width))


RED, PLAIN = "\033[31m", "\033[0m"


def test_a_coloured_line_is_broken_between_words_and_each_part_keeps_its_colour() -> None:
    line = f"{RED}one two{PLAIN} three four"
    assert refitted(line, 40) == [line]
    assert refitted(line, 9) == [
        f"{RED}one{PLAIN}{RED} {PLAIN}{RED}two{PLAIN}",
        "three",
        "four",
    ]


@given(
    words=st.lists(st.text("ab漢 ", min_size=1, max_size=30), min_size=1, max_size=8),
    width=st.integers(20, 60),
)
def test_no_part_of_a_coloured_line_is_too_wide_and_no_letter_is_lost(
    words: list[str], width: int
) -> None:
    line = "".join(f"{RED}{word}{PLAIN}" if at % 2 else word for at, word in enumerate(words))
    parts = [part.replace(RED, "").replace(PLAIN, "") for part in refitted(line, width)]
    assert all(columns(part.rstrip()) <= width for part in parts)
    assert "".join(parts).replace(" ", "") == "".join(words).replace(" ", "")


CELLS = st.text(st.sampled_from("abXYZ 01-_.,äö漢字é\u0301…“🎉\u200d\x1b\n\t"), max_size=9)


@given(st.integers(1, 4).flatmap(lambda wide: st.lists(st.tuples(*[CELLS] * wide), max_size=4)))
def test_a_table_that_fits_looks_as_one_that_was_made_to_fit(rows: list[tuple[str, ...]]) -> None:
    headers = ("POST", "A", "漢", "TITLE")[: len(rows[0]) if rows else 2]
    assert table_lines(headers, rows) == _squeezed(headers, rows, None)


class Terminal(io.StringIO):
    """A terminal that nobody looks at."""

    def isatty(self) -> bool:
        """Whether this is a terminal."""
        return True


@pytest.mark.parametrize("room", ["0", "12", "30", "80"])
def test_a_table_has_the_room_of_its_terminal_and_obeys_who_wants_no_colour(
    room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", room)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    lines = table_lines(("POST", "TITLE"), [("hello", "words " * 40)], widest=1)
    assert [line.split(" ", 1)[0] for line in lines] == ["POST", "hello"]
    assert all(columns(line) <= (int(room) or 80) for line in lines)
