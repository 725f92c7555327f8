from __future__ import annotations

from typing import TYPE_CHECKING

from blognet.markup import (
    LinkKind,
    external_media_to_links,
    for_feed,
    rewrite_links,
    without_title,
)

if TYPE_CHECKING:
    from tests.unit.markup.rendering import Render

MEDIA = (
    '<p><a href="a?b=1&amp;c=2">x</a> <img src="d.png" alt="D" srcset="d.png 1x, e.png 2x">'
    ' <video src="f.mp4" poster="g.png"></video></p><blockquote cite="h"></blockquote>'
)


def test_every_address_is_asked_for_as_it_was_written() -> None:
    asked: list[tuple[LinkKind, str]] = []

    def note(kind: LinkKind, target: str) -> str:
        asked.append((kind, target))
        return target

    assert rewrite_links(MEDIA, note) == MEDIA
    assert asked == [
        (LinkKind.HREF, "a?b=1&c=2"),
        (LinkKind.SRC, "d.png"),
        (LinkKind.SRC, "d.png"),
        (LinkKind.SRC, "e.png"),
        (LinkKind.SRC, "f.mp4"),
        (LinkKind.SRC, "g.png"),
        (LinkKind.HREF, "h"),
    ]


def test_none_takes_an_address_away_and_leaves_an_image_s_words() -> None:
    assert rewrite_links(MEDIA, lambda _kind, _target: None) == (
        "<p><a>x</a> D <video></video></p><blockquote></blockquote>"
    )


def test_what_resolve_returns_is_escaped_and_encoded() -> None:
    html = rewrite_links('<a href="x">y</a>', lambda _kind, _target: '/ü b?c=d&e="<f>"#g%20h')
    assert html == '<a href="/%C3%BC%20b?c=d&amp;e=%22%3Cf%3E%22#g%20h">y</a>'


def test_links_inside_the_text_are_asked_for_too(render: Render) -> None:
    html = render("# A\n\nb[^1]\n\n[^1]: c").html
    absolute = rewrite_links(html, lambda _kind, target: f"https://example.org/p/{target}")
    assert 'href="#' not in absolute
    assert absolute.count('href="https://example.org/p/#') == html.count('href="#')


def test_text_that_looks_like_a_tag_is_left_alone(render: Render) -> None:
    html = render('`<a href="x">` \\<img src="y">').html
    assert rewrite_links(html, lambda _kind, _target: None) == html


def test_a_source_elsewhere_goes_and_the_element_stays() -> None:
    html = '<picture><source srcset="https://e.org/a 1x"><img src="b" alt=""></picture>'
    assert external_media_to_links(html, frozenset()) == '<picture><img src="b" alt=""></picture>'


def test_a_frame_of_a_host_no_longer_allowed_becomes_a_link() -> None:
    html = '<iframe src="https://e.org/1" title="T"></iframe>'
    assert external_media_to_links(html, frozenset({"e.org"})) == html
    assert external_media_to_links(html, frozenset()) == (
        '<a class="media-link" href="https://e.org/1" rel="external noopener">T (e.org)</a>'
    )


def test_a_host_is_known_however_it_is_written() -> None:
    allowed = frozenset({"e.org"})
    for address in ("https://E.ORG/a", "//e.org:8080/a", "https://e.org./a", "http:e.org/a"):
        html = f'<img src="{address}" alt="">'
        assert external_media_to_links(html, allowed) == html
    for address in (
        "https://e.org@evil.org/a",
        "https://e.org.evil.org/a",
        "https:\\\\evil.org\\@e.org/",
    ):
        assert "<img" not in external_media_to_links(f'<img src="{address}" alt="">', allowed)


def test_a_feed_gets_neither_anchors_nor_boxes_nor_colours(render: Render) -> None:
    html = for_feed(render("# A\n\n|b|\n|-|\n\n```python\nif c: d\n```\n\n```\ne\n```").html)
    assert html == (
        '<h2 id="a">A</h2>\n<div><table>\n<thead>\n<tr>\n<th>b</th>\n</tr>\n</thead>\n</table></div>\n'
        "<pre><code>if c: d\n</code></pre>\n<pre><code>e\n</code></pre>\n"
    )


def test_a_first_heading_that_repeats_the_title_goes_and_lines_keep_their_numbers() -> None:
    assert without_title("\n# My  Title ##\n\ntext", "my title") == "\n\n\ntext"
    assert without_title("My Title\n===\ntext", "My Title") == "\n\ntext"


def test_any_other_beginning_stays() -> None:
    for text in (
        "# Another\n\nx",
        "## My Title",
        "x\n\n# My Title",
        "",
        "My Title\n\n===",
        "    # My Title",
    ):
        assert without_title(text, "My Title") == text


def test_a_link_is_written_the_same_whatever_attributes_it_has() -> None:
    html = (
        '<a href="a&amp;b">1</a><a href="it\'s">2</a><a href="c d">3</a><a href="\u00e4">4</a>'
        '<a href="e" title="It\'s" rel="external noopener">5</a><a href="f" title="T">6</a>'
        '<a class="anchor" href="#g" aria-label="G"></a>'
    )
    assert rewrite_links(html, lambda _, target: target) == (
        '<a href="a&amp;b">1</a><a href="it&#x27;s">2</a><a href="c%20d">3</a><a href="\u00e4">4</a>'
        '<a href="e" title="It&#x27;s" rel="external noopener">5</a><a href="f" title="T">6</a>'
        '<a class="anchor" href="#g" aria-label="G"></a>'
    )
    assert rewrite_links('<a href="f" title="T">6</a>', lambda *_: None) == '<a title="T">6</a>'


def test_nobody_is_asked_about_links_that_are_known_to_stay() -> None:
    html = (
        '<a href="https://e.org/">1</a><a href="#g" title="T">2</a><a class="anchor" href="#h" aria-label="H"></a>'
        '<a href="http://e.org/?a=b&amp;c=d">3</a><a href="i/">4</a><img src="https://e.org/x.png" alt="">'
    )
    asked: list[str] = []

    def note(_kind: LinkKind, target: str) -> str:
        asked.append(target)
        return target

    assert rewrite_links(html, note, elsewhere_stays=True, inside_stays=True) == html
    assert asked == ["http://e.org/?a=b&c=d", "i/", "https://e.org/x.png"]
    asked.clear()
    assert rewrite_links(html, note, elsewhere_stays=True) == html
    assert asked == ["#g", "#h", "http://e.org/?a=b&c=d", "i/", "https://e.org/x.png"]
