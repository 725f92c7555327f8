"""What holds for every text and every edit: an anchor is found at its place or said to be lost, never elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, example, given
from hypothesis import strategies as st

from blognet.content.replace import with_replacement
from blognet.kernel.text import decode_source
from blognet.moderation.anchors import Lost, Span, anchor_at, find_anchor, places_of

if TYPE_CHECKING:
    from blognet.moderation.anchors import Anchor

# Few letters make many repetitions, which is where anchors could go wrong.
TEXTS = st.text(alphabet="ab \n", max_size=120) | st.text(max_size=60)
PROSE = st.lists(
    st.sampled_from(["the", "map", "road", "was", "old.", "\n\n", "- we", "six", "ö"]), max_size=60
).map(" ".join)


@st.composite
def anchored(draw: st.DrawFn) -> tuple[str, Span]:
    """A text and a part of it whose anchor finds it, as the commands make sure of."""
    text = draw(TEXTS | PROSE)
    assume(text.strip())
    start = draw(st.integers(0, len(text) - 1))
    span = Span(start=start, end=draw(st.integers(start + 1, min(len(text), start + 30))))
    assume(text[span.start : span.end].strip())
    assume(find_anchor(text, anchor_at(text, span)) == span)
    return text, span


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, Span, str, Span]:
    """The same, the text after one edit that leaves these words alone, and where the words are then."""
    text, span = draw(anchored())
    added = draw(TEXTS)
    if draw(st.booleans()):
        low, high = sorted(draw(st.tuples(*[st.integers(0, span.start)] * 2)))
        shift = len(added) - (high - low)
    else:
        low, high = sorted(draw(st.tuples(*[st.integers(span.end, len(text))] * 2)))
        shift = 0
    after = text[:low] + added + text[high:]
    return text, span, after, Span(start=span.start + shift, end=span.end + shift)


def flat(text: str) -> str:
    return " ".join(text.split())


def copies(text: str, anchor: Anchor) -> int:
    """How often the words stand in a text, white space aside."""
    return len(places_of(flat(text), flat(anchor.quote)))


@given(edited())
def test_words_that_stand_once_are_found_again_after_any_edit_elsewhere(
    case: tuple[str, Span, str, Span],
) -> None:
    text, span, after, expected = case
    anchor = anchor_at(text, span)
    assume(copies(text, anchor) == 1 == copies(after, anchor))
    assert find_anchor(after, anchor) == expected


@given(edited())
def test_words_that_stand_often_are_found_at_their_place_or_said_to_be_lost(
    case: tuple[str, Span, str, Span],
) -> None:
    text, span, after, expected = case
    anchor = anchor_at(text, span)
    # An edit that writes the same words anew makes places that cannot be told from the old one.
    assume(copies(text, anchor) == copies(after, anchor))
    found = find_anchor(after, anchor)
    assert isinstance(found, Lost) or found == expected


@given(anchored(), TEXTS | PROSE)
@example(("the map", Span(start=4, end=7)), "a map of it, the\nmap")
def test_what_is_found_reads_as_quoted_whatever_became_of_the_text(
    case: tuple[str, Span], other: str
) -> None:
    text, span = case
    anchor = anchor_at(text, span)
    for after in (other, other + text, text + other, text.replace(" ", "\n"), text.upper()):
        found = find_anchor(after, anchor)
        if isinstance(found, Span):
            assert flat(after[found.start : found.end]) == flat(anchor.quote)
        else:
            for place in found.places:
                assert flat(after[place.start : place.end]) == flat(anchor.quote)


@given(PROSE, st.data())
def test_wrapping_lines_anew_loses_nothing_that_stands_once(text: str, data: st.DataObject) -> None:
    assume(text.strip())
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start=start, end=data.draw(st.integers(start + 1, len(text))))
    words = text[span.start : span.end]
    assume(words == words.strip() and "\n" not in words)
    anchor = anchor_at(text, span)
    assume(find_anchor(text, anchor) == span)
    assume(copies(text, anchor) == 1)
    wrapped = "\n\n".join(part.replace(" ", "\n") for part in text.split("\n\n"))
    found = find_anchor(wrapped, anchor)
    assert isinstance(found, Span)
    assert flat(wrapped[found.start : found.end]) == flat(words)


@given(
    st.text(alphabet="ab\n", max_size=60), st.booleans(), st.text(alphabet="c\n", max_size=5),
    st.data(),
)  # fmt: skip
def test_a_replacement_in_a_file_changes_these_characters_and_no_others(
    text: str,
    windows: bool,  # noqa: FBT001  drawn
    words: str,
    data: st.DataObject,
) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    source = text.replace("\n", "\r\n") if windows else text
    after = with_replacement(source, start, end, words)
    assert decode_source(after.encode()) == text[:start] + words + text[end:]
    if windows and "\n" in text:
        assert after.count("\n") == after.count("\r\n")


@given(st.lists(st.sampled_from(["a", "\n", "\r\n"]), max_size=30), st.data())
def test_line_ends_outside_of_a_replacement_stay_as_they_were(
    pieces: list[str], data: st.DataObject
) -> None:
    # A CR before an LF of its own would make one line end of two.
    source = "".join(pieces)
    at = data.draw(st.integers(0, len(pieces)))
    start = sum(1 for _ in pieces[:at])
    after = with_replacement(source, start, start, "X")
    assert after == "".join(pieces[:at]) + "X" + "".join(pieces[at:])
