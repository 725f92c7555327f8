"""Texts made to take long. None of these tests looks at a clock: with time in the square of the text, they hang."""

from __future__ import annotations

from datetime import UTC

import pytest

from blognet.content.parse import parse_content
from blognet.content.references import conflict_problem
from blognet.content.svg import svg_problem
from blognet.content.values import ReadingRules
from blognet.kernel.hashing import PathFacts
from blognet.kernel.ids import Kind, Subject
from blognet.kernel.yamltree import MAX_PROBLEMS

RULES = ReadingRules(main_language="en", languages=("en",), zone=UTC, topics=("work",))
MEGABYTE = 1_000_000
BLOCK = 250_000
FRONTS = {
    "spaces in a value": "title: a: b" + " " * BLOCK + "c",
    "spaces before a colon": "a" + " " * BLOCK + ": b: c",
    "unknown keys": "".join(f"titl{n}: x\n" for n in range(9000)),
    "authors": "title: T\nauthors: [" + ", ".join(f"a{n}" for n in range(9000)) + "]",
    "bad authors": "title: T\nauthors: [" + ", ".join(f"a {n}" for n in range(9000)) + "]",
    "topics": "title: T\ntopics: [" + ", ".join(f"a{n}" for n in range(9000)) + "]",
    "commas": "title: T\ntags: " + "," * BLOCK,
    "long tag": "title: T\ntags: " + "x" * BLOCK,
    "long date": "title: T\ndate: 2026-01-01" + " 1" * (BLOCK // 2),
    "backslashes": 'title: "' + "\\\\" * (BLOCK // 2) + "\\d",
    "quotes": "title: " + "'" * BLOCK,
    "ampersands": "title: " + "&" * BLOCK,
    "links": "name: A\nlinks: [" + ", ".join(f"x{n}" for n in range(9000)) + "]",
}
BODIES = {
    "blank lines": "\n" * MEGABYTE,
    "spaces": " " * MEGABYTE,
    "spaces in a heading": "# a" + " " * MEGABYTE + "b",
    "brackets in a heading": "# " + "[" * MEGABYTE,
    "brackets": "![" * (MEGABYTE // 2),
    "lines of brackets": ("![" * 5000 + "\n") * 100,
    "image tags": ("<img " * 3000 + "\n") * 60,
    "backticks": ("`" * 15_000 + "\n") * 60,
    "growing backticks": "\n".join(" ".join("`" * n for n in range(150)) for _ in range(80)),
    "fences": "```\n" * (MEGABYTE // 4),
    "missing images": "![a](b.png)\n" * (MEGABYTE // 12),
    "dashes": "---\n" * (MEGABYTE // 4),
    "markers": "<<<<<<< a\n" * (MEGABYTE // 10),
}
TOMLS = {
    "brackets": "a = " + "[" * 60_000,
    "brackets on lines": "a = " + "[\n" * 30_000,
    "dots": ".".join("a" * 30_000) + " = 1",
    "lines of dots": "".join(f"a{n}" + ".a" * 290 + " = 1\n" for n in range(100)),
    "keys": "".join(f"a{n} = 1\n" for n in range(6000)),
    "inline": "a = {" + ", ".join(f"a{n} = 1" for n in range(5000)) + "}",
    "digits": "title = 'T'\nextra = {a = 0x" + "F" * 60_000 + "}",
    "decimal digits": "a = " + "9" * 60_000,
}


def codes_of(text: str, *, kind: Kind = Kind.POST) -> list[str]:
    subject = Subject(kind=kind, id="x")
    _, problems = parse_content(
        subject, text=text, path="p.md", path_facts=PathFacts(), assets=(), rules=RULES
    )
    return [problem.code for problem in problems]


@pytest.mark.parametrize("kind", [Kind.POST, Kind.PROFILE])
@pytest.mark.parametrize("block", FRONTS.values(), ids=FRONTS)
def test_hostile_front_matter_is_read_quickly_and_shows_few_faults(block: str, kind: Kind) -> None:
    assert len(codes_of(f"---\n{block}\n---\n", kind=kind)) <= 3 * MAX_PROBLEMS


@pytest.mark.parametrize("block", TOMLS.values(), ids=TOMLS)
def test_hostile_toml_is_read_quickly_and_shows_few_faults(block: str) -> None:
    assert len(codes_of(f"+++\n{block}\n+++\n")) <= 3 * MAX_PROBLEMS


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_hostile_body_is_read_quickly_and_shows_few_faults(body: str) -> None:
    assert len(codes_of(f"---\ntitle: T\nauthors: ann\n---\n{body}")) <= 3 * MAX_PROBLEMS
    assert len(codes_of(body)) <= 3 * MAX_PROBLEMS
    conflict_problem(body, path="p.md")


@pytest.mark.parametrize(
    "inner",
    ["<g ", "<!--" * 200_000, " " * MEGABYTE, "<style>" + "url(" * 200_000, "&#65;" * 200_000],
    ids=["open", "remarks", "spaces", "urls", "references"],
)
def test_a_hostile_svg_is_judged_quickly(inner: str) -> None:
    svg_problem(f"<svg xmlns='http://www.w3.org/2000/svg'>{inner}".encode(), path="p.svg")
