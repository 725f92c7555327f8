"""Texts that once took for ever, ended the program or let something through."""

from __future__ import annotations

import pytest

from blognet.markup import MarkupOptions, Parser, frame_hosts_in, render_markdown
from blognet.markup.formulas.limits import fault_of
from blognet.markup.raw import BOX_SIGN

MANY = 20_000


@pytest.mark.parametrize(
    "tex",
    [
        "(" * 40 + "x",
        "{(}" * 40,
        "({)}" * 40,
        r"\bigl(" * 40,
        r"\langle " * 40,
        r"\{" * 40,
        r"(\\" * 40,
        r"\begin{matrix}(&(\\(&(\end{matrix}" * 10,
        r"\sqrt[\\" * 8_000,
        r"\frac\\" * 12_000,
        r"\begingroup{}{}\\" * 9_000,
        "x" * 400_000,
    ],
)
def test_a_formula_that_would_take_for_ever_or_end_the_program_is_refused(tex: str) -> None:
    assert fault_of(tex) is not None


@pytest.mark.parametrize(
    "tex",
    [
        r"\left(\frac{a}{b}\right)" * 20,
        "f(x) + g[y]" * 30,
        r"[0, 1) \cup (2, 3]" * 10,
        r"\left\{ x \middle| y \right." * 20,
        r"\begin{pmatrix}" + r"a & b \\ " * 100 + r"\end{pmatrix}",
        r"\left. \frac{d}{dx} \right|_{x=0}" * 3,
    ],
)
def test_a_formula_as_people_write_them_is_not_refused(tex: str) -> None:
    assert fault_of(tex) is None


@pytest.mark.parametrize("parser", Parser)
@pytest.mark.parametrize(
    "text",
    [
        ":::x\n" + "\n" * MANY + "a",
        "$$\nx\n$$\n" + " " * MANY + "x",
        "x " + "~" * MANY + "\n\n" + "$$\nx\n$$\n\n" * 2_000,
        "$a$\n" * MANY,
        "$a$\n" * 16_000,
        "# a" + " " * MANY + "b",
        "".join(f"!!! nota{number}\n    x\n\n" for number in range(2_000)),
    ],
    ids=["blank lines", "blanks", "tildes", "dollars", "fewer dollars", "heading", "boxes"],
)
def test_the_work_for_a_text_grows_with_its_length_alone(text: str, parser: Parser) -> None:
    html = render_markdown(text, options=MarkupOptions(parser=parser, math=True)).html
    assert len(html) < 100 * len(text)


@pytest.mark.parametrize("parser", Parser)
@pytest.mark.parametrize(
    "text",
    [
        "> -\t```\n>   !!! note\n>       x\n>   ```\n",
        "-   ::: {.foo}\n    ::: {.bar}\n    !!! note\n        x\n    :::\n    :::\n",
        "a &#2; b &#x1f; &#xfffe;",
    ],
)
def test_no_mark_of_ours_and_nothing_unreadable_reaches_readers(text: str, parser: Parser) -> None:
    document = render_markdown(text, options=MarkupOptions(parser=parser))
    for said in (document.html, document.text):
        assert BOX_SIGN not in said
        assert "\x1f" not in said
        assert "plain label" not in said


@pytest.mark.parametrize("parser", Parser)
def test_the_names_of_video_sites_are_no_hosts(parser: Parser) -> None:
    for address in ("https://youtube/w/abcdefgh", "https://vimeo/videos/watch/abcdefgh"):
        options = MarkupOptions(parser=parser, video_sites=frozenset({"youtube", "vimeo"}))
        assert frame_hosts_in(render_markdown(f"{address}\n", options=options).html) == ()


@pytest.mark.parametrize("parser", Parser)
def test_a_heading_in_the_title_of_a_box_stays_in_it(parser: Parser) -> None:
    text = '??? note "<h6>a</h6> of it"\n    t\n'
    html = render_markdown(text, options=MarkupOptions(parser=parser)).html
    assert "<h" not in html
    assert "of it</summary>" in html
