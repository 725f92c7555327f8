"""What readers get of a drawing: all that is seen, and nothing of who made it where and with what."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from blognet.content.svg import svg_problem
from blognet.content.svg_bare import bare_svg

SECRETS = ("Mallory", "/Users", "/home/mallory", "Inkscape 1.3", "Figma", "2026-01-01", "secret")
DRAWING = """\
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape 1.3 by Mallory -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg" viewBox="0 0 8 8"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" sodipodi:docname="secret.svg"
  xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  inkscape:export-filename="/home/mallory/a.png" data-name="Figma" xml:space="preserve">
<metadata><rdf:RDF><cc:Work><dc:creator>Mallory</dc:creator><dc:date>2026-01-01</dc:date></cc:Work></rdf:RDF></metadata>
<sodipodi:namedview inkscape:current-layer="secret"><inkscape:grid/>secret</sodipodi:namedview>
<desc>Created with Figma.</desc><style>/* secret */ rect { fill: red }</style>
<title>A &lt;wheel&gt; &amp; 'its' hub</title><desc>It turns.</desc>
<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>
<svg:g inkscape:label="/Users/mallory"><rect width="8" height="8" fill="url(#g)"
  style="opacity:1;-inkscape-font-specification:'secret'" /><use xlink:href="#g"/></svg:g>
<text>Köln<!-- secret --> &#x1F514;</text>
</svg>
"""


def svg(inner: str) -> bytes:
    return f"<svg xmlns='http://www.w3.org/2000/svg'>{inner}</svg>".encode()


def test_nothing_about_people_programs_and_files_is_left_and_all_that_is_seen_stays() -> None:
    shown = bare_svg(DRAWING.encode()).decode()
    assert [each for each in SECRETS if each in shown] == []
    for seen in (
        "<title>A &lt;wheel&gt; &amp; 'its' hub</title><desc>It turns.</desc>",
        '<rect width="8" height="8" fill="url(#g)" style="opacity:1;"/>',
        '<use xlink:href="#g"/>',
        "<text>Köln 🔔</text>",
        'viewBox="0 0 8 8"',
        "rect { fill: red }",
    ):
        assert seen in shown


@pytest.mark.parametrize(
    "raw",
    [
        DRAWING.encode(),
        b"\xef\xbb\xbf" + svg("<path d='M0 0'/>"),
        svg("<text>a &lt; b &amp;&amp; c</text>"),
        svg("<rect fill='a\"b' id=\"c'd\" width='1&#10;2'/>"),
        svg("<g><g><g/></g></g><g id='a/'></g>"),
        svg("<style><![CDATA[a > b { fill: red }]]></style>"),
    ],
)
def test_a_bare_drawing_is_a_drawing_that_passes_and_does_not_change_again(raw: bytes) -> None:
    assert svg_problem(raw, path="a.svg") is None
    once = bare_svg(raw)
    assert svg_problem(once, path="a.svg") is None
    assert bare_svg(once) == once


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30))
def test_words_stay_what_they_are(words: str) -> None:
    said = words.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "")
    once = bare_svg(svg(f"<text>{said}</text>"))
    assert bare_svg(once) == once
    assert f"<text>{said.replace('>', '&gt;')}</text>".encode() in once or not said


def picture(form: str, **about: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4), "#c60").save(out, form, **about)
    return out.getvalue()


def test_a_photograph_in_a_drawing_loses_what_the_camera_wrote_and_keeps_its_pixels() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    words = PngInfo()
    words.add_text("Author", "Mallory")
    words.add_itxt("Comment", "secret")
    for kind, raw in (
        ("jpeg", picture("JPEG", exif=exif, comment=b"secret")),
        ("png", picture("PNG", pnginfo=words, exif=exif)),
    ):
        address = f"data:image/{kind};base64,{base64.b64encode(raw).decode()}"
        shown = bare_svg(svg(f"<image href='{address}'/>")).decode()
        found = re.search(r"base64,([^\"]*)", shown)
        assert found is not None
        inside = base64.b64decode(found[1])
        assert b"secret" not in inside
        assert b"Mallory" not in inside
        with Image.open(BytesIO(inside)) as after, Image.open(BytesIO(raw)) as before:
            assert after.tobytes() == before.tobytes()


@pytest.mark.parametrize("data", ["AAAA", "/9j/4AAE", "====", "", "iVBORw0KGgo=", "/9j/4f//AAAA"])
def test_a_torn_picture_in_a_drawing_harms_nobody(data: str) -> None:
    for kind in ("jpeg", "png", "gif"):
        once = bare_svg(svg(f"<image href='data:image/{kind};base64,{data}'/>"))
        assert bare_svg(once) == once


def test_what_is_no_drawing_is_left_alone() -> None:
    assert bare_svg(b"<svg") == b"<svg"
