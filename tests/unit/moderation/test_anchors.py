"""Anchors: where quoted words are found again after an edit, and when it is said that they are not."""

from __future__ import annotations

import pytest

from blognet.moderation.anchors import (
    CONTEXT,
    Anchor,
    Lost,
    Span,
    anchor_at,
    find_anchor,
    places_of,
    stands_instead,
)

TEXT = """\
---
title: Our trip
---

We left at six. By seven we knew that the map was older
than the road.

- the harbour was small
- the harbour was closed
"""


def anchor(words: str, *, text: str = TEXT, place: int = 0) -> Anchor:
    return anchor_at(text, places_of(text, words)[place])


def found(text: str, wanted: Anchor) -> str:
    span = find_anchor(text, wanted)
    assert isinstance(span, Span), span
    return text[: span.start] + "[" + text[span.start : span.end] + "]" + text[span.end :]


def test_an_anchor_keeps_the_words_and_up_to_32_characters_on_each_side() -> None:
    made = anchor("the map")
    assert made.quote == "the map"
    assert made.before.endswith("By seven we knew that ")
    assert made.after.startswith(" was older\nthan the road.")
    assert (len(made.before), len(made.after)) == (CONTEXT, CONTEXT)
    assert anchor("---\ntitle").before == ""


def test_words_are_found_where_they_stand_exactly() -> None:
    assert places_of("aXa", "a") == (Span(start=0, end=1), Span(start=2, end=3))
    assert places_of("aaa", "aa") == (Span(start=0, end=2), Span(start=1, end=3))
    assert places_of(TEXT, "The map") == ()
    assert places_of(TEXT, " \n") == ()


def test_words_typed_on_one_line_are_found_across_a_line_end_but_not_across_a_paragraph() -> None:
    (span,) = places_of(TEXT, "was older than the road.")
    assert TEXT[span.start : span.end] == "was older\nthan the road."
    assert places_of(TEXT, "the road. - the harbour") == ()


@pytest.mark.parametrize(
    "edit",
    [
        ("title: Our trip", "title: A much longer title\ntags: [sea]"),
        ("We left at six. By seven we knew that ", ""),
        (" was older\nthan the road.", "."),
        ("seven", "eight"),
        (TEXT[: TEXT.index("the map")], ""),
        ("the map was older\nthan", "the map\nwas older than"),
    ],
    ids=["far away", "all before", "all after", "near", "from the beginning", "lines wrapped anew"],
)
def test_an_anchor_survives_an_edit_elsewhere(edit: tuple[str, str]) -> None:
    changed = TEXT.replace(*edit)
    assert changed != TEXT
    assert "[the map]" in found(changed, anchor("the map"))


@pytest.mark.parametrize(
    "text",
    [
        "Perhaps. By seven knew that the map, which was wrong, had to go.\n",
        "It says the map was older\nthan anything.\n",
    ],
    ids=["what stood right before", "what stood right after"],
)
def test_short_words_survive_with_half_of_one_side_of_their_context(text: str) -> None:
    wanted = Anchor(
        quote="the map",
        before=" left at six. By seven knew that ",
        after=" was older\nthan the road, I think",
    )
    assert "[the map]" in found(text, wanted)


def test_short_words_are_lost_with_the_far_ends_of_their_context_alone() -> None:
    wanted = Anchor(
        quote="the map",
        before="We left at six. By seven we saw ",
        after=" was older\nthan the road, it seem",
    )
    text = "We left at six. By seven no one, the map and the road, it seem"
    assert isinstance(find_anchor(text, wanted), Lost)


def test_long_words_survive_also_when_everything_around_them_changes() -> None:
    wanted = anchor("By seven we knew that")
    assert found("Other words. By seven we knew that it rained.", wanted).count("[") == 1


def test_words_that_were_wrapped_anew_are_found() -> None:
    wanted = anchor("map was older\nthan the road")
    changed = TEXT.replace("map was older\nthan the", "map\nwas older than\n  the")
    assert "[map\nwas older than\n  the road]" in found(changed, wanted)


@pytest.mark.parametrize("words", ["the map", "older"])
def test_words_that_were_changed_are_lost(words: str) -> None:
    assert find_anchor(TEXT.replace(words, "the chart"), anchor(words)) == Lost()


def test_a_short_word_that_stands_alone_in_quite_another_place_is_not_taken_for_the_old_one() -> (
    None
):
    wanted = anchor("map")
    text = "We gave up.\n\nMuch later somebody drew another map of it all, which is a pity.\n"
    lost = find_anchor(text, wanted)
    assert isinstance(lost, Lost)
    assert len(lost.places) == 1


def test_of_several_places_the_one_with_its_context_is_meant() -> None:
    first = anchor("the harbour was", place=0)
    text = TEXT.replace("- the harbour was small", "* Well, the harbour was small")
    lost_or_found = find_anchor(text, first)
    assert isinstance(lost_or_found, Span)
    assert text[lost_or_found.end :].startswith(" small")


def test_a_paragraph_that_was_doubled_leaves_an_anchor_lost_with_both_places() -> None:
    wanted = anchor("the map")
    lost = find_anchor(TEXT + TEXT, wanted)
    assert isinstance(lost, Lost)
    assert len(lost.places) == 2


def test_words_without_letters_in_thousands_of_places_are_decided_by_exact_context_alone() -> None:
    text = "x " * 100_000
    middle = Span(start=100_000, end=100_001)
    lost = find_anchor(text, anchor_at(text, middle))
    assert isinstance(lost, Lost)
    assert 0 < len(lost.places) <= 200


@pytest.mark.parametrize(
    ("text", "says_so"),
    [
        (TEXT.replace("the map", "our map"), True),
        (TEXT, False),
        (TEXT.replace("the map", "our map") * 2, False),
        ("our map", False),
    ],
)
def test_a_change_that_was_made_by_hand_is_noticed(text: str, *, says_so: bool) -> None:
    assert stands_instead(text, anchor("the map"), "our map") is says_so


def test_an_anchor_without_words_is_lost() -> None:
    assert find_anchor(TEXT, Anchor(quote=" ")) == Lost()
