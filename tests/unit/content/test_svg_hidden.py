"""Drawings that are harmless until something is taken out of them."""

from __future__ import annotations

import pytest

from blognet.content.svg import svg_problem
from blognet.content.svg_bare import bare_svg

FAR = "http://evil.example/x"


@pytest.mark.parametrize(
    "inside",
    [
        f"<style>@im/**/port '{FAR}';</style>",
        f"<style>rect{{fill:u/**/rl({FAR})}}</style>",
        f"<rect style='fill:u-inkscape-a:b;rl({FAR})'/>",
        f"<style>@im<g xmlns='urn:x'>y</g>port '{FAR}';</style>",
        f"<style>rect{{fill:u<metadata>q</metadata>rl({FAR})}}</style>",
        f"<style>{' ' * 8190}@im&#112;ort '{FAR}';</style>",
        f"<style>@im<!-- -->port '{FAR}';</style>",
    ],
)
def test_nothing_that_is_taken_out_of_a_drawing_makes_it_ask_another_host(inside: str) -> None:
    raw = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()
    bare = bare_svg(raw)
    refused = svg_problem(raw, path="a.svg") or svg_problem(bare, path="a.svg")
    assert refused or (b"@import" not in bare and b"url(" not in bare)
