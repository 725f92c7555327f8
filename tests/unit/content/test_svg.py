"""SVGs: shapes and text pass; whatever could act or reach outside does not."""

from __future__ import annotations

import pytest

from blognet.content import codes
from blognet.content.svg import svg_problem

NS = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"


def svg(inner: str) -> bytes:
    return f"<svg {NS}>{inner}</svg>".encode()


@pytest.mark.parametrize(
    "inner",
    [
        "<rect width='1' height='1' fill='url(#g)'/><linearGradient id='g'/>",
        "<use xlink:href='#a'/><use href='#a'/>",
        "<style>rect { fill: red }</style><text>Köln</text>",
        "<image href='data:image/png;base64,AAAA'/>",
        "<a href='https://example.org/'><path d='M0 0'/></a>",
        "<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>",
        "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter>",
        "<!-- remark --><title>T</title>",
        "&lt;script&gt;",
    ],
)
def test_a_drawing_passes(inner: str) -> None:
    assert svg_problem(svg(inner), path="p.svg") is None


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        "<SCRIPT/>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'/>",
        "<script xmlns='urn:x'/>",
        "<rect onclick='x'/>",
        "<rect ONLOAD='x'/>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        "<iframe xmlns='http://www.w3.org/1999/xhtml'/>",
        "<image href='https://evil.org/x.png'/>",
        "<image xlink:href='x.png'/>",
        "<image href='data:image/svg+xml;base64,AAAA'/>",
        "<use href='other.svg#a'/>",
        "<a href='javascript:alert(1)'/>",
        "<a href='&#106;avascript:alert(1)'/>",
        "<a href='java&#10;script:alert(1)'/>",
        "<rect fill='url(https://evil.org/#x)'/>",
        "<rect style='background: URL( \"//evil.org\" )'/>",
        "<style>@import 'x.css';</style>",
        "<style>rect { fill: url(x.svg#a) }</style>",
        "<style>svg { background: image-set('https://evil.org/x.png' 1x) }</style>",
        "<rect style='mask: -webkit-image-set (\"//evil.org/x.png\" 1x)'/>",
        "<rect style='mask: src(\"//evil.org/x.png\")'/>",
        "<style>@\\69mport 'x'</style>",
        "<animate attributeName='href' to='javascript:x'/>",
        "<set attributeName='onclick' to='x'/>",
        "<g xml:base='https://evil.org/'/>",
        "<handler/>",
        "<g>" * 200 + "</g>" * 200,
        "<g/>" * 100_001,
        "<g>",
    ],
)
def test_what_acts_or_reaches_outside_is_refused(inner: str) -> None:
    problem = svg_problem(svg(inner), path="p.svg")
    assert problem is not None
    assert (problem.code, problem.location.path) == (codes.UNSAFE_SVG, "p.svg")
    assert problem.hint


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html/>",
        b"<g xmlns='http://www.w3.org/2000/svg'/>",
        b"<svg/>",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("&a;"),
        b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/x.dtd'>" + svg(""),
        b"<?xml-stylesheet href='x.css'?>" + svg(""),
        svg("").decode().encode("utf-16"),
        b"\x1f\x8b\x08",
    ],
)
def test_what_is_not_a_plain_svg_document_is_refused(raw: bytes) -> None:
    assert svg_problem(raw, path="p.svg") is not None


def test_a_declared_encoding_cannot_make_the_text_mean_something_else() -> None:
    raw = b"<?xml version='1.0' encoding='utf-7'?>" + svg("+ADw-script+AD4-")
    assert svg_problem(raw, path="p.svg") is None


def test_a_bomb_of_entities_is_refused_at_its_doctype() -> None:
    entities = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    bomb = f"<!DOCTYPE svg [<!ENTITY a0 'x'>{entities}]>".encode() + svg("&a11;")
    problem = svg_problem(bomb, path="p.svg")
    assert problem is not None
    assert problem.location.line == 1


def test_the_place_is_that_of_the_element_in_characters() -> None:
    problem = svg_problem(svg("\n<text>äöü</text><script/>\n<g/>"), path="p.svg")
    assert problem is not None
    assert (problem.location.line, problem.location.column) == (2, 17)
    assert problem.location.excerpt == "<text>äöü</text><script/>"
    assert problem.message == "the element <script>; expected shapes and text alone"
