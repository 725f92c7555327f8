"""Safe HTML as blocks of plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.blocks import Block, Look
from blognet.markup import render_markdown
from blognet.markup.flow import flow_of


def _flow(text: str, **pictures: str) -> tuple[Block, ...]:
    return flow_of(render_markdown(text).html, pictures=pictures)


def _plain(text: str) -> str:
    return "\n".join(("" if b.is_close else "\n") + b.first + b.text for b in _flow(text)).strip()


def test_words_keep_their_looks() -> None:
    (block,) = _flow("One **two** *three* `four` ~~five~~ six")
    assert [(span.text.strip(), span.look) for span in block.spans if span.text.strip()] == [
        ("One", Look.PLAIN),
        ("two", Look.STRONG),
        ("three", Look.EMPHASIS),
        ("four", Look.CODE),
        ("five", Look.DELETED),
        ("six", Look.PLAIN),
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[the port](https://example.org/p)", "the port <https://example.org/p>"),
        ("<https://example.org/p>", "https://example.org/p"),
        ("<ann@example.org>", "ann@example.org"),
        ("![A net](net.jpg)", "[image: A net (net.jpg)]"),
        ("![](net.jpg)", "[image: no words (net.jpg)]"),
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one\ntwo"),
        ("> one\n>\n> two", "> one\n\n> two"),
        ("- a\n- b\n  - c\n\nafter", "• a\n• b\n  • c\n\nafter"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("- [ ] a\n- [x] b", "• ☐ a\n• ☑ b"),
        ("> [!NOTE]\n> Mind.", "| Note\n\n| Mind."),
        ("a[^1]\n\n[^1]: Said so.", "a[1]\n\n1. Said so."),
        ("<details><summary>More</summary>Text</details>", "More\n\nText"),
        ("<script>bad()</script>good", "good"),
        ("a &amp; b &lt;i&gt;", "a & b <i>"),
    ],
)
def test_what_authors_write_reads_as_plain_words(text: str, plain: str) -> None:
    assert _plain(text) == plain


def test_a_heading_knows_its_level_and_has_no_anchor_text() -> None:
    assert [(b.heading, b.text) for b in _flow("# One\n\n### Three\n\nText")] == [
        (2, "One"),
        (4, "Three"),
        (0, "Text"),
    ]


def test_a_listing_keeps_its_blanks_and_lines() -> None:
    (block,) = _flow("```python\ndef f():\n    return 1\n```")
    assert (block.is_fixed, block.text) == (True, "def f():\n    return 1")


def test_a_table_is_rows_of_cells_without_its_marks() -> None:
    (block,) = _flow("| A | B |\n|---|--:|\n| *1* | [2](x.md) |")
    assert block.rows == (("A", "B"), ("1", "2 <x.md>"))


def test_captions_and_tables_in_tables_lose_no_words() -> None:
    (block,) = _flow("<table><caption>Cap</caption><tr><td>a<table><tr><td>b</table>c</td></table>")
    assert block.rows == (("Cap",), ("a b c",))


def test_a_picture_says_what_is_known_of_it() -> None:
    (block,) = flow_of(
        render_markdown("![A net](net.jpg)").html, pictures={"net.jpg": "12 kB, abc"}
    )
    assert block.text == "[image: A net (12 kB, abc)]"


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["# a\n", "- b\n", "> c\n", "| d |\n|---|\n", "```\n", "<table><tr><td>", "</td>", "<li>",
             "</ul>", "**", "[e](f)", "![g](h)", "<div>", "</div>", "\n\n", "    i\n", "<sup>", "1. j\n"]
        )
    ).map("".join)
)  # fmt: skip
def test_every_text_can_be_read_and_loses_no_word_of_the_document(text: str) -> None:
    document = render_markdown(text)
    said = "".join(b.text + "".join(map("".join, b.rows)) for b in flow_of(document.html))
    for word in ("a", "b", "c", "d", "i", "j"):
        assert said.count(word) >= document.text.count(word)
