"""What changed, word by word: both texts come back from it, and it reads as a person would mark it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.worddiff import (
    Change,
    changed_lines,
    text_after,
    text_before,
    word_difference,
)

_WORDS = st.lists(st.sampled_from(["the", "net", " ", "  ", "\n", ".", "ü", "漢", "don't"]))
_TEXTS = st.one_of(_WORDS.map("".join), st.text())


def _marked(before: str, after: str) -> str:
    marks = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "[+{}+]"}
    return "".join(
        marks[piece.change].format(piece.text) for piece in word_difference(before, after)
    )


@given(before=_TEXTS, after=_TEXTS)
def test_a_difference_gives_both_texts_back(before: str, after: str) -> None:
    pieces = word_difference(before, after)
    assert text_before(pieces) == before
    assert text_after(pieces) == after
    assert all(piece.text for piece in pieces)
    assert all(one.change is not two.change for one, two in pairwise(pieces))


@given(text=_TEXTS)
def test_nothing_changed_means_nothing_marked(text: str) -> None:
    assert all(piece.change is Change.SAME for piece in word_difference(text, text))


@given(
    lines=st.lists(st.sampled_from(["a b\n", "c\n", "\n", "d e f\n"]), min_size=300, max_size=400),
    other=st.lists(st.sampled_from(["a b\n", "c\n", "x\n", "d f\n"]), min_size=300, max_size=400),
)
def test_long_texts_come_back_too(lines: list[str], other: list[str]) -> None:
    before, after = "".join(lines), "".join(other)
    pieces = word_difference(before, after)
    assert (text_before(pieces), text_after(pieces)) == (before, after)


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("We left at six.", "We left at seven.", "We left at [-six-][+seven+]."),
        ("the old boat", "a new boat", "[-the old-][+a new+] boat"),
        ("one two", "one and two", "one [+and +]two"),
        ("one\ntwo\n", "one two\n", "one[-\n-][+ +]two\n"),
        ("", "New.\n", "[+New.\n+]"),
        ("漢字を書く", "漢字を読む", "漢字を[-書く-][+読む+]"),
    ],
)
def test_words_are_marked_as_a_person_would(before: str, after: str, marked: str) -> None:
    assert _marked(before, after) == marked


def test_a_word_in_a_long_text_of_equal_lines_is_found() -> None:
    lines = [f"Line {number} of the text.\n" for number in range(5_000)]
    before = "".join(lines)
    lines[4_000] = "Line 4000 of the book.\n"
    changed = [p for p in word_difference(before, "".join(lines)) if p.change is not Change.SAME]
    assert [piece.text for piece in changed] == ["text", "book"]


def test_only_the_lines_around_a_change_are_kept_with_their_numbers() -> None:
    before = "".join(f"{number}\n" for number in range(1, 21))
    after = before.replace("10\n", "ten\n")
    lines = changed_lines(word_difference(before, after), context=1)
    assert [(number, [(p.change.value, p.text) for p in pieces]) for number, pieces in lines] == [
        (9, [("same", "9")]),
        (10, [("removed", "10"), ("added", "ten")]),
        (11, [("same", "11")]),
    ]


def test_a_line_break_that_went_or_came_is_seen() -> None:
    lines = changed_lines(word_difference("one\ntwo", "one two"))
    assert "".join(piece.text for _, pieces in lines for piece in pieces) == "one¶ two"


def test_a_whole_line_that_came_needs_no_mark_for_its_end() -> None:
    lines = changed_lines(word_difference("one\n", "one\ntwo\n\n"))
    assert [[piece.text for piece in pieces] for _, pieces in lines] == [["one"], ["two"], ["¶"]]
