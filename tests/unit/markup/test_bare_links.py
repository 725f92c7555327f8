"""Bare addresses become links, the same ones whoever reads the Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.markup.allow import MAX_ADDRESS
from blognet.markup.bare_links import BareLink, find_bare_links

if TYPE_CHECKING:
    from tests.unit.markup.rendering import Render


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("see https://e.org/a, then", ["https://e.org/a"]),
        ("(https://e.org/a_(b))", ["https://e.org/a_(b)"]),
        ("https://e.org/a?b=1&c=2;", ["https://e.org/a?b=1&c=2"]),
        ("https://e.org/a&hellip;", ["https://e.org/a"]),
        ("http://localhost:8000/x", ["http://localhost:8000/x"]),
        ("www.e.org and www.e", ["http://www.e.org"]),
        ("xhttps://e.org xwww.e.org", []),
        ("https://a_b.e.org/ https://e.a_b.org/", ["https://a_b.e.org/"]),
        ("ann@e.org, mailto:bob@e.org.", ["mailto:ann@e.org", "mailto:bob@e.org"]),
        ("ann@e /ann@e.org ann@e.org- a@b@c.d", []),
        ("*https://e.org* ~ben@e.org~", ["https://e.org", "mailto:ben@e.org"]),
        ("https:// www. @ mailto:", []),
    ],
)
def test_what_is_an_address_in_a_sentence(text: str, targets: list[str]) -> None:
    assert [found.target for found in find_bare_links(text)] == targets


def test_an_address_knows_where_it_stands() -> None:
    assert list(find_bare_links("to www.e.org!")) == [BareLink(3, 12, "http://www.e.org")]


def test_an_address_beyond_the_limit_is_none() -> None:
    assert list(find_bare_links("https://e.org/" + "a" * MAX_ADDRESS)) == []


@pytest.mark.parametrize(
    ("text", "target", "words"),
    [
        ("https://e.org/__init__.py?a=1", "https://e.org/__init__.py?a=1", None),
        ("https://e.org/a*b*c and *more*", "https://e.org/a*b*c", None),
        ("*a https://e.org/_b* c_", "https://e.org/_b", None),
        ("# In https://e.org/x, a heading", "https://e.org/x", None),
        ("> - https://e.org/x\n>   y", "https://e.org/x", None),
        ("|https://e.org/x|b|\n|-|-|", "https://e.org/x", None),
        ("|a|\n|-|\n|b|\n\nhttps://e.org/__x__/y", "https://e.org/__x__/y", None),
        ("a[^1]\n\n[^1]: https://e.org/x", "https://e.org/x", None),
        ("ü https://e.org/ä_b_ü.", "https://e.org/ä_b_ü", None),
        ("www.e.org/~ann", "http://www.e.org/~ann", "www.e.org/~ann"),
    ],
)
def test_an_address_is_found_whole_wherever_text_may_stand(
    render: Render, text: str, target: str, words: str | None
) -> None:
    links = [link for link in render(text).links if not link.target.startswith("#")]
    assert [(link.target, link.text) for link in links] == [(target, words or target)]


@pytest.mark.parametrize(
    "text",
    [
        "`https://e.org`",
        "```\nhttps://e.org\n```",
        '<p title="https://e.org">x</p>',
        "![https://e.org](x.png)",
        "https\\://e.org",
        "x`y`https://e.org",
    ],
)
def test_elsewhere_nothing_becomes_a_link(render: Render, text: str) -> None:
    assert "<a " not in render(text).html


def test_the_words_of_a_link_stay_its_words(render: Render) -> None:
    (link,) = render("[see https://e.org/x](/y)").links
    assert (link.target, link.text) == ("/y", "see https://e.org/x")
