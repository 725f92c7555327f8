"""What readers get of a drawing: all that is seen, and nothing of who made it where and with what."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from blognet.content.embedded import bare_address
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


def address_of(raw: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(raw).decode()}"


def embedded_in(drawing: bytes) -> bytes:
    found = re.search(rb"base64,([^\"')&]*)", drawing)
    assert found is not None
    return base64.b64decode(found[1])


def written_pictures() -> tuple[bytes, ...]:
    """One picture of each kind, still and moving, with words beside its pixels."""
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    words = PngInfo()
    words.add_text("Author", "Mallory")
    words.add_itxt("Comment", "secret")
    xmp = b"<x>secret</x>"
    moving: dict[str, object] = {
        "save_all": True,
        "append_images": [Image.new("RGB", (4, 4), "#06c")],
        "duration": 70,
        "loop": 3,
    }
    return (
        picture("JPEG", exif=exif, comment=b"secret", xmp=xmp),
        picture("JPEG", exif=exif, progressive=True),
        picture("PNG", pnginfo=words, exif=exif),
        picture("PNG", pnginfo=words, **moving),
        picture("GIF", comment=b"secret"),
        picture("GIF", comment=b"secret", **moving),
        picture("WEBP", exif=exif, xmp=xmp),
        picture("WEBP", exif=exif, xmp=xmp, lossless=True),
        picture("WEBP", exif=exif, xmp=xmp, **moving),
    )


@pytest.mark.parametrize("raw", written_pictures())
@pytest.mark.parametrize("said", ["png", "gif"])
def test_a_picture_in_a_drawing_loses_what_is_not_seen_and_moves_as_before(
    raw: bytes, said: str
) -> None:
    inside = embedded_in(bare_svg(svg(f"<image href='{address_of(raw + b'secret', said)}'/>")))
    assert b"secret" not in inside
    assert b"Mallory" not in inside
    with Image.open(BytesIO(inside)) as after, Image.open(BytesIO(raw)) as before:
        assert after.format == before.format
        frames = getattr(before, "n_frames", 1)
        assert getattr(after, "n_frames", 1) == frames
        assert after.info.get("loop") == before.info.get("loop")
        for frame in range(frames):
            after.seek(frame)
            before.seek(frame)
            assert after.tobytes() == before.tobytes()
            assert after.info.get("duration") == before.info.get("duration")


def test_a_picture_in_a_style_loses_what_is_not_seen_however_long_the_style_is() -> None:
    raw = picture("GIF", comment=b"secret")
    address = address_of(raw, "gif")
    filling = "rect { fill: red }" * 1_000  # more than comes in one piece
    shown = bare_svg(
        svg(f"<style>{filling}svg {{ background: url({address}) }}/* secret */</style>")
    )
    assert b"secret" not in embedded_in(shown)
    assert b"secret" not in shown
    shown = bare_svg(svg(f'<rect style="fill: url(&quot;{address}&quot;)"/>'))
    assert b"secret" not in embedded_in(shown)


@pytest.mark.parametrize(
    "form",
    ["data:image/gif,{percent}", "data:image/gif;a=secret;base64,{coded}#secret", "DATA:image/gif;base64,{short}"],
)  # fmt: skip
def test_a_picture_is_found_however_its_address_is_written(form: str) -> None:
    raw = picture("GIF", comment=b"secret")
    coded = base64.b64encode(raw).decode()
    address = form.format(
        percent=quote(raw),
        coded=coded.replace("A", "%41"),
        short=f"{coded[:9]} {coded[9:].rstrip('=')}",
    )
    shown = bare_svg(svg(f"<image href='{address}'/>"))
    assert b"secret" not in shown
    with Image.open(BytesIO(embedded_in(shown))) as after:
        assert after.size == (4, 4)


def test_a_small_picture_within_a_photograph_goes() -> None:
    raw = picture("JPEG")
    small = b"\xff\xe0\x00\x13JFIF\0\1\1\0\0\1\0\1\1\1sec"
    raw = raw[:2] + small + raw[2 + 2 + int.from_bytes(raw[4:6], "big") :]
    inside = embedded_in(bare_svg(svg(f"<image href='{address_of(raw)}'/>")))
    assert b"sec" not in inside
    with Image.open(BytesIO(inside)) as after:
        after.load()


@given(st.sampled_from(written_pictures()), st.data())
def test_a_spoilt_picture_gives_the_same_when_it_is_made_bare_again(
    raw: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(raw) - 1))
    spoilt = raw[:at] + data.draw(st.binary(max_size=6)) + raw[at + data.draw(st.integers(0, 9)) :]
    once = bare_address(address_of(spoilt))
    assert bare_address(once) == once


@pytest.mark.parametrize(
    "data", ["AAAA", "/9j/4AAE", "====", "", "iVBORw0KGgo=", "/9j/4f//AAAA", "R0lGODlh", "UklGRg=="]
)
def test_a_torn_picture_in_a_drawing_harms_nobody(data: str) -> None:
    for kind in ("jpeg", "png", "gif"):
        once = bare_svg(svg(f"<image href='data:image/{kind};base64,{data}'/>"))
        assert bare_svg(once) == once


def test_what_is_no_drawing_is_left_alone() -> None:
    assert bare_svg(b"<svg") == b"<svg"
