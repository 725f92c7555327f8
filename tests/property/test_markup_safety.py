"""Whatever anyone writes: the result is safe, stable, and its passes keep it so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from blognet.markup import (
    MarkupOptions,
    external_media_to_links,
    for_feed,
    render_html,
    rewrite_links,
)
from blognet.markup.sanitise import sanitise
from blognet.markup.tags import TAG
from tests.unit.markup.safety import faults_of, fetched_hosts

if TYPE_CHECKING:
    from tests.unit.markup.rendering import Render

NAMES = (
    "a b i p div span table tr td th tbody caption ul li dl dd ol pre code img video source picture iframe h1 h3 svg "
    "math style script select option template textarea title noscript form input button details summary nobr font "
    "mglyph mtext annotation-xml foreignObject frameset body html plaintext xmp center wbr br hr section blockquote x-y"
).split()
ATTRIBUTES = (
    ' href="javascript:x"', " href=/x", ' href="#a"', " src=//e.org/x", ' src="d.png"', " onclick=x",
    ' style="x:y"', " id=a", " id='a\"b'", " name=main", ' class="wide hl-k alert"', ' data-m="note 1"',
    " srcset='//e.org/a 1x, b 2x'", " title='\"><b>'", " align=right", ' xlink:href="x"', " start=1e9",
    " ", "/", " =", ' "', " poster=//e.org/p",
)  # fmt: skip
PIECES = (
    "x", "word word", "\n", "\n\n", "    ", "- ", "> ", "# ", "1. ", "|a|b|\n|-|-|\n|", "```", "```python\n",
    "`", "*", "**", "_", "~~", "[", "](", ")", "](javascript:x)", "![", "](//e.org/i.png)", "](#a)", "[^1]",
    "\n[^1]: ", "[^1", "]", "<!--", "-->", "<!-- more -->", "<![CDATA[", "]]>", "<?", "?>", "&lt;",
    "&#x3c;script&#x3e;", "&quot;", "&", "<", ">", '"', "'", "> [!NOTE]\n> ", "- [x] ", "www.e.org",
    "https://e.org/", "a@e.org", "\\", "é", "世", "\u202e", "\x1e", "\t", "{: .x}", "---", "===",
    "![x](//e.org/i.png)", "[![x](https://e.net/i.png)](/y)", "<img src=//e.net/i>", "<video src=//e.org/v>",
    "<video><source src='https:e.net/v'></video>", "<iframe src=//e.org/f>", "<iframe src=https://e.net/f></iframe>",
    "<img src=a srcset='//e.net/b 2x'>", "<audio poster=//e.net/p>", "[x](javascript:y)", "<a href=javascript:y>",
    "<img src=x onerror=y>", "<script>x</script>", "[x](#a)", "## a\n", "\n\n[^1]: x\n\n",
)  # fmt: skip

opening = st.builds(
    lambda name, attributes: f"<{name}{''.join(attributes)}>",
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(ATTRIBUTES), max_size=3),
)
closing = st.sampled_from(NAMES).map(lambda name: f"</{name}>")
hostile = st.lists(
    st.sampled_from(PIECES) | opening | closing | st.text(max_size=4), max_size=30
).map("".join)
stacked = st.lists(
    st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(1, 120)),
    max_size=6,
).map("".join)
"""Shapes that nest: quotations in lists in quotations, brackets, backticks, emphasis, elements."""
MARKS = frozenset({"data-m", "data-l", "h1", "caption"})


@given(html=hostile)
def test_sanitising_twice_is_sanitising_once(html: str) -> None:
    once = sanitise(html)
    assert sanitise(once) == once


@given(html=hostile)
def test_the_sanitiser_leaves_only_what_is_allowed(html: str) -> None:
    found = faults_of(sanitise(html), also=MARKS)
    assert [fault for fault in found if not fault.startswith("id ")] == []


@given(text=hostile)
def test_a_rendered_text_is_safe_and_fetches_nothing_from_elsewhere(
    render: Render, text: str
) -> None:
    html = render(text).html
    assert (faults_of(html), fetched_hosts(html)) == ([], set())


@given(text=stacked)
def test_what_nests_stays_safe_and_in_proportion(render: Render, text: str) -> None:
    html = render(text).html
    assert (faults_of(html), fetched_hosts(html)) == ([], set())
    assert len(html) < 150 * len(text) + 2_000


@given(text=hostile)
def test_html_from_elsewhere_is_as_safe(text: str) -> None:
    html = render_html(text).html
    assert (faults_of(html), fetched_hosts(html)) == ([], set())


@given(text=hostile)
def test_only_listed_hosts_are_fetched_from(render: Render, text: str) -> None:
    frame = frozenset({"iframe", "sandbox", "referrerpolicy", "allowfullscreen"})
    html = render(text, options=MarkupOptions(media_hosts=frozenset({"e.org"}))).html
    assert faults_of(html, also=frame) == []
    assert fetched_hosts(html) <= {"e.org"}


@given(text=hostile)
def test_rendering_twice_gives_the_same(render: Render, text: str) -> None:
    assert render(text) == render(text)


@given(text=hostile)
def test_every_element_is_closed_in_order(render: Render, text: str) -> None:
    void = {"br", "col", "hr", "img", "source", "track", "wbr"}
    html = render(text).html
    still_open: list[str] = []
    for close, name, _ in TAG.findall(html):
        if close:
            assert still_open.pop() == name
        elif name not in void:
            still_open.append(name)
    assert still_open == []
    assert "<" not in TAG.sub("", html)


@given(text=hostile)
def test_a_prefix_stands_before_every_id_and_every_link_finds_its_id(
    render: Render, text: str
) -> None:
    document = render(text, prefix="p-")
    ids = set(re.findall(r' id="([^"]*)"', document.html))
    assert all(each.startswith("p-") for each in ids)
    assert {entry.id for entry in document.toc} <= ids


@given(text=hostile)
def test_addresses_can_all_be_taken_away(render: Render, text: str) -> None:
    html = rewrite_links(render(text).html, lambda _kind, _target: None)
    inside_tags = " ".join(attributes for _, _, attributes in TAG.findall(html))
    assert re.search(r' (?:href|src|srcset|poster|cite)="', inside_tags) is None
    assert faults_of(html) == []


@given(text=hostile)
def test_an_address_is_rewritten_into_an_address_and_nothing_else(
    render: Render, text: str
) -> None:
    html = rewrite_links(render(text).html, lambda _kind, target: f'/x"><script>{target}')
    assert [fault for fault in faults_of(html) if "address" not in fault] == []


@given(text=hostile, elsewhere=st.booleans(), inside=st.booleans())
def test_links_that_are_known_to_stay_need_not_be_asked_for(
    render: Render, text: str, *, elsewhere: bool, inside: bool
) -> None:
    def resolved(_kind: object, target: str) -> str | None:
        if elsewhere and target.startswith(("http://", "https://")):
            return target
        return target if inside and target.startswith("#") else f"../{target} 'x'"

    html = render(text).html
    known = rewrite_links(html, resolved, elsewhere_stays=elsewhere, inside_stays=inside)
    assert known == rewrite_links(html, resolved)


@given(text=hostile)
def test_media_passes_and_the_feed_pass_keep_it_safe(render: Render, text: str) -> None:
    html = render(text).html
    assert external_media_to_links(html, frozenset()) == html
    assert faults_of(for_feed(html)) == []
    assert for_feed(for_feed(html)) == for_feed(html)


@given(text=hostile)
def test_plain_text_and_excerpt_hold_no_marks_of_ours(render: Render, text: str) -> None:
    document = render(text)
    assert "\x1e" not in document.text + document.excerpt
    assert document.text == document.text.strip()
    assert "\n" not in document.excerpt
