from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.markup import (
    Document,
    Image,
    Labels,
    Link,
    LinkKind,
    MarkupOptions,
    TocEntry,
    render_html,
)

if TYPE_CHECKING:
    from tests.unit.markup.rendering import Render


def codes_of(document: Document) -> list[tuple[str, int]]:
    return [(problem.code, problem.location.line) for problem in document.problems]


def test_an_empty_text_is_an_empty_document(render: Render) -> None:
    assert render("") == Document(html="")
    assert render(" \n\n") == Document(html="")


def test_the_table_of_contents_lists_the_headings_outside_quotations(render: Render) -> None:
    document = render("# A *b*\n\n## C\n\n> # Quoted\n\n> [!NOTE]\n> # Noted\n\n## C")
    assert document.toc == (
        TocEntry(level=2, id="a-b", text="A b"),
        TocEntry(level=3, id="c", text="C"),
        TocEntry(level=3, id="c-2", text="C"),
    )


def test_links_come_in_order_with_kind_text_and_line(render: Render) -> None:
    document = render(
        "[a *b*](/c)\nand ![d](e.png)\n\n<p>x\n<a href='f'>g</a></p>\n\n- www.example.org",
        options=MarkupOptions(first_line=10),
    )
    assert document.links == (
        Link(kind=LinkKind.HREF, target="/c", text="a b", line=10),
        Link(kind=LinkKind.SRC, target="e.png", text="d", line=11),
        Link(kind=LinkKind.HREF, target="f", text="g", line=14),
        Link(kind=LinkKind.HREF, target="http://www.example.org", text="www.example.org", line=16),
    )


def test_images_tell_decoration_from_a_missing_text(render: Render) -> None:
    document = render('![](a.png) ![b](b.png "t") <img src="c.png">')
    assert document.images == (
        Image(src="a.png", alt="", line=1),
        Image(src="b.png", alt="b", title="t", line=1),
        Image(src="c.png", alt=None, line=1),
    )
    assert codes_of(document) == [("BN455", 1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one two-three four's 1,000.5", 4),
        ("你好世界", 4),
        ("Hello 世界 and カナ", 6),
        ("안녕 세계", 2),
        ("- a\n- b", 2),
        ("a[^1]\n\n[^1]: b", 2),
        ("<b>a</b>&nbsp;b <!-- c -->", 2),
        ("—– … !", 0),
    ],
)
def test_words_are_counted_in_every_script(render: Render, text: str, words: int) -> None:
    assert render(text).words == words


def test_the_excerpt_is_what_stands_before_the_mark(render: Render) -> None:
    text = "# Title\n\nOne *two*[^1].\n\n- list\n\nThree.\n\n<!-- more -->\n\nFour.\n\n[^1]: note"
    assert render(text).excerpt == "One two. Three."
    assert render("One <!--more--> two").excerpt == "One"


def test_the_excerpt_is_else_the_first_fifty_words_of_paragraphs(render: Render) -> None:
    assert render("# Title\n\n> quote\n\nOne.\n\nTwo.").excerpt == "One. Two."
    excerpt = render("word, " * 80).excerpt
    assert excerpt == ("word, " * 50).strip().rstrip(",") + "…"


def test_an_address_alone_in_its_paragraph_is_no_excerpt(render: Render) -> None:
    text = (
        "https://youtu.be/dQw4w9WgXcQ\n\nSee https://example.org/ first.\n\n<https://example.org/a>"
    )
    assert render(text).excerpt == "See https://example.org/ first."


def test_a_text_without_paragraphs_still_has_an_excerpt(render: Render) -> None:
    assert render("- one\n- two").excerpt == "one two"


def test_plain_text_has_a_line_for_each_block(render: Render) -> None:
    text = "# A\n\nb\nc &amp; d\n\n| e | f |\n|-|-|\n| g | h |\n\n```\ni  j\n```"
    assert render(text).text == "A\nb c & d\ne\nf\ng\nh\ni j"


def test_a_prefix_goes_before_every_id_and_every_link_to_one(render: Render) -> None:
    html = render("# A\n\n[b](#a)[^1]\n\n[^1]: c", prefix="p1-").html
    assert 'id="p1-a"' in html
    assert html.count('href="#p1-a"') == 2
    assert {'id="p1-fn-1"', 'href="#p1-fn-1"', 'id="p1-fnref-1"', 'href="#p1-fnref-1"'} <= set(
        html.replace(">", " ").split()
    )


@pytest.mark.parametrize("prefix", ['"', "a b", "1", "-", "A<"])
def test_a_prefix_that_is_no_name_is_refused(render: Render, prefix: str) -> None:
    with pytest.raises(ValueError, match="not a prefix"):
        render("x", prefix=prefix)


def test_problems_name_path_and_line_of_the_source(render: Render) -> None:
    text = "a\n\n<script>x</script>\n\n[b](javascript:x)\nc [d](#e)\n\n<blink>f</blink>"
    document = render(text, options=MarkupOptions(path="posts/a.md", first_line=5))
    assert {problem.location.path for problem in document.problems} == {"posts/a.md"}
    assert codes_of(document) == [("BN450", 7), ("BN451", 9), ("BN454", 10), ("BN450", 12)]
    assert not any(problem.is_error for problem in document.problems)


def test_the_words_that_markup_adds_can_be_translated(render: Render) -> None:
    labels = Labels(
        note="Hinweis",
        anchor="Zu {title}",
        footnotes="Anmerkungen",
        table="Tabelle",
        task_done="Fertig",
    )
    text = "# A\n\n> [!NOTE]\n> x[^1]\n\n- [x] y\n\n|a|\n|-|\n\n[^1]: z"
    html = render(text, options=MarkupOptions(labels=labels)).html
    for words in ("Hinweis</p>", '"Zu A"', '"Anmerkungen"', '"Tabelle 1"', '"Fertig"'):
        assert words in html


def test_links_inside_the_site_get_no_rel(render: Render) -> None:
    options = MarkupOptions(site_hosts=frozenset({"blog.example.org"}))
    html = render("[a](https://blog.example.org/x) [b](https://example.org/)", options=options).html
    assert html.count("rel=") == 1
    assert '<a href="https://blog.example.org/x">a</a>' in html


def test_media_of_an_allowed_host_stay(render: Render) -> None:
    options = MarkupOptions(media_hosts=frozenset({"img.example.org", "*.example.net"}))
    text = (
        "![a](https://img.example.org/a.png) ![b](https://x.y.example.net/b.png) ![c](https://example.net/c.png)\n\n"
        '<iframe src="https://v.example.net/1" title="Film"></iframe>'
    )
    html = render(text, options=options).html
    assert html.count("<img ") == 2
    assert '<a class="media-link" href="https://example.net/c.png"' in html
    assert '<iframe src="https://v.example.net/1" title="Film" loading="lazy" sandbox="' in html


def test_html_from_elsewhere_goes_the_same_way() -> None:
    document = render_html(
        "<h1>A</h1><p onclick=x>b <script>c</script><a href='javascript:x'>d</a><h2>E"
    )
    assert [entry.id for entry in document.toc] == ["a", "e"]
    assert document.text == "A\nb d\nE"
    assert codes_of(document) == [("BN450", 1), ("BN451", 1)]


def test_the_result_does_not_depend_on_earlier_texts(render: Render) -> None:
    text = "# A\n\n[^1] ```x``` |a|\n\n[^1]: b\n\n[r]: /x\n"
    first = render(text)
    render("# A\n\n<div><div>\n\n[^1]: other\n\n[r]: /y")
    assert render(text) == first
