from __future__ import annotations

import pytest

from blognet.markup import render_markdown
from blognet.markup.pictures import ImageSource, ShownImage, set_images

DRUM = ShownImage(
    src="/2026/a/drum.jpg",
    width=1200,
    height=800,
    sources=(
        ImageSource(type="image/webp", candidates=(("/media/d-480.webp", 480), ("/media/d-1200.webp", 1200))),
    ),
    whole="/2026/a/drum.jpg",
)  # fmt: skip


def choose(address: str) -> ShownImage | None:
    return DRUM if address == "drum.jpg" else None


def html_of(text: str, *, late: bool = False) -> str:
    return set_images(render_markdown(text).html, choose, first_is_late=late)


def test_an_image_of_the_bundle_becomes_a_picture_with_its_measures() -> None:
    html = html_of("Look: ![the drum](drum.jpg)")
    assert (
        '<source type="image/webp" srcset="/media/d-480.webp 480w, /media/d-1200.webp 1200w"'
        in html
    )
    assert '<img src="/2026/a/drum.jpg" alt="the drum"' in html
    assert 'width="1200" height="800"></picture>' in html


def test_the_first_image_is_fetched_at_once_and_the_others_when_the_reader_comes_near() -> None:
    first, second = html_of("![a](drum.jpg)\n\n![b](drum.jpg)").split("</picture>")[:2]
    assert "loading" not in first
    assert 'loading="lazy"' in second


def test_every_image_waits_below_another_picture() -> None:
    assert html_of("![a](drum.jpg)", late=True).count('loading="lazy"') == 1


def test_an_image_alone_with_a_title_is_a_figure_with_a_caption() -> None:
    html = html_of('![the drum](drum.jpg "Oiled & <new>")')
    assert html.startswith("<figure><picture>")
    assert html.rstrip().endswith("<figcaption>Oiled &amp; &lt;new&gt;</figcaption></figure>")
    assert "title=" not in html


@pytest.mark.parametrize(
    "text", ["![a](drum.jpg)", 'Text ![a](drum.jpg "Title")', "> - ![a](drum.jpg) text"]
)
def test_any_other_image_stays_in_its_paragraph(text: str) -> None:
    assert "<figure" not in html_of(text)


def test_several_images_in_a_paragraph_are_a_gallery_each_linked_to_its_whole() -> None:
    html = html_of('![a](drum.jpg)\n![b](drum.jpg "B")\n![c](else.png)')
    assert html.count("<figure>") == 3
    assert html.startswith('<div class="gallery"><figure><a href="/2026/a/drum.jpg"><picture>')
    assert "<figcaption>B</figcaption>" in html
    assert '<figure><img src="else.png"' in html
    assert "data-" not in html


def test_an_image_that_is_a_link_stays_one_in_a_gallery() -> None:
    html = html_of("[![a](drum.jpg)](/there/) ![b](drum.jpg)")
    assert html.startswith('<div class="gallery"><figure><a href="/there/"><picture>')
    assert html.count("<a ") == 2


def test_an_image_that_is_not_ours_stays_as_it_is() -> None:
    assert html_of("![x](else.png)", late=True) == render_markdown("![x](else.png)").html


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ('width="300"', 'width="300" height="200"'),
        ('height="200"', 'height="200" width="300"'),
        ('width="30%"', 'width="30%"'),
        ('width="300" height="100"', 'width="300" height="100"'),
    ],
)
def test_a_width_that_its_author_chose_keeps_the_picture_in_shape(
    wanted: str, expected: str
) -> None:
    html = html_of(f'<p>x <img src="drum.jpg" alt="" {wanted}></p>')
    assert all(part in html for part in expected.split())
    assert html.count("width=") + html.count("height=") == expected.count("=")


def test_an_author_s_own_picture_element_gets_no_second_one() -> None:
    html = html_of(
        '<p>x <picture><source srcset="a.webp"><img src="drum.jpg" alt=""></picture></p>'
    )
    assert html.count("<picture>") == 1
    assert 'width="1200"' in html
