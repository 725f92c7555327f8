from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.markup.allow import is_safe_address, is_safe_srcset
from blognet.markup.sanitise import sanitise
from tests.unit.markup.safety import faults_of

if TYPE_CHECKING:
    from tests.unit.markup.rendering import Render


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "/a:b",
        "./a:b",
        "#a:b",
        "?a:b",
        "//e.org",
        "HTTPS://e.org",
        "mailto:a@e.org",
        "tel:+49",
        "a b",
        "ä.png",
    ],
)
def test_relative_addresses_and_four_schemes_are_safe(address: str) -> None:
    assert is_safe_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x", "JavaScript:x", " javascript:x", "java\tscript:x", "java\nscript:x", "\x00javascript:x",
        "\u00a0javascript:x", "\u200bjavascript:x", "data:image/png;base64,A", "vbscript:x", "file:///etc/passwd",
        "ftp://e.org", "a:b", "blob:x", ":x", "javascript\u202e:x",
    ],
)  # fmt: skip
def test_every_other_scheme_is_not(address: str) -> None:
    assert not is_safe_address(address)


def test_a_srcset_is_as_safe_as_its_worst_candidate() -> None:
    assert is_safe_srcset("a.png 1x, https://e.org/b.png 2x")
    assert not is_safe_srcset("a.png 1x, javascript:x 2x")


def test_html_that_is_fine_stays_as_it_is() -> None:
    html = '<p>a <b title="c">d</b> &amp; <a href="/e?f=1&amp;g=2">h</a><br></p>'
    assert sanitise(html) == html


def test_the_gate_does_not_rely_on_what_comes_before_it() -> None:
    html = sanitise(
        '<p onclick=x style=y class="wide alert" id=z><script>1</script><svg><style><img src=x onerror=y></style></svg>'
        '<iframe src=//e.org></iframe><form><input></form><a href="java&#9;script:x" target=_blank rel=x>q</a>'
        '<img srcset="data:x 1x" src=data:x><video poster=javascript:x></video><blockquote cite=javascript:x>r'
    )
    assert faults_of(html) == []
    assert html == (
        '<p class="wide" id="z"><img src="x"></p><a>q</a><img><video></video><blockquote>r</blockquote>'
    )


@pytest.mark.parametrize("newlines", [1, 2, 20])
def test_line_ends_at_the_start_of_raw_code_do_not_count(render: Render, newlines: int) -> None:
    html = "<pre>" + "\n" * newlines + "x</pre>"
    assert sanitise(html) == "<pre>x</pre>"
    assert render(html).text == "x"


def test_misplaced_elements_come_out_settled() -> None:
    for html in (
        "<a href=1><table><a href=2><td><a href=3>",
        "<table><p><td><table><b><i>x</table>y",
        "<b><p><a href=x><b><p></a></b>x</p>",
        "<p><ruby><rt><p><rp>x</ruby>",
    ):
        once = sanitise(html)
        assert sanitise(once) == once
        assert "&lt;" not in once
