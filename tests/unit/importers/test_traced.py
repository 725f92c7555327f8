"""Text that remembers its lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blognet.importers.traced import Edit, TracedText, traced

TEXT = st.text(alphabet="ab\n", max_size=40)


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    edits = [
        Edit(start=start, end=end, text=draw(TEXT))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return text, edits


@given(texts_with_edits())
def test_edits_give_the_text_that_replacing_from_the_back_gives(
    case: tuple[str, list[Edit]],
) -> None:
    text, edits = case
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]
    assert traced(text, first_line=1).edited(edits).text == expected


@given(texts_with_edits(), st.integers(1, 9))
def test_every_line_has_an_origin_and_origins_never_go_back(
    case: tuple[str, list[Edit]], first_line: int
) -> None:
    text, edits = case
    result = traced(text, first_line=first_line).edited(edits)
    assert len(result.origins) == result.text.count("\n") + 1
    assert list(result.origins) == sorted(result.origins)
    assert set(result.origins) <= set(range(first_line, first_line + text.count("\n") + 1))


def test_lines_behind_a_removed_passage_keep_their_numbers() -> None:
    source = traced("one\ntwo\nthree\nfour", first_line=10)
    assert source.edited([Edit(start=4, end=8, text="")]) == TracedText(
        text="one\nthree\nfour", origins=(10, 12, 13)
    )


def test_added_lines_count_as_the_line_they_were_added_on() -> None:
    source = traced("one\ntwo", first_line=1)
    result = source.edited([Edit(start=1, end=2, text="x\ny\nz")])
    assert (result.text, result.origins) == ("ox\ny\nze\ntwo", (1, 1, 1, 2))
    assert result.line_at(result.text.index("two")) == 2
