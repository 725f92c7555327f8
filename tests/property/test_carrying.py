"""A carried approval never lets another word through, whatever the edit."""

from __future__ import annotations

import re
from datetime import UTC

from hypothesis import assume, given
from hypothesis import strategies as st

from blognet.content.fences import split_front_matter
from blognet.content.parse import parse_content
from blognet.content.values import Post, ReadingRules
from blognet.kernel.hashing import PathFacts
from blognet.kernel.ids import Kind, Subject
from blognet.moderation.carrying import (
    Side,
    Survives,
    differ_in_a_typo_only,
    differ_in_tags_only,
    differ_in_whitespace_only,
    rule_for,
)
from blognet.moderation.zones import lines_of

SUBJECT = Subject(kind=Kind.POST, id="hello")
RULES = ReadingRules(main_language="en", languages=("en",), zone=UTC)
NAMES = frozenset({"Zelda Marlowe", "zelda"})
ALL = Survives(whitespace=True, tags=True, typo=3)
WORDS = (
    "harbour Harbour weather never not kein unlikely likely 1999 v2.1 https://example.org/a [text](/b) `code` Zelda"
    " Marlowe ``` ~~~ - 1. # > | <pre> </pre> $x$ price, prices. possible careless"
)
BLANKS = (" ", "  ", "   ", "\n", "\n\n", "\n\n\n", "    ", "\t", "  \n", "\u00a0")
PIECES = st.sampled_from([*WORDS.split(), *BLANKS])
bodies = st.lists(PIECES, max_size=24).map("".join)
edits = st.lists(
    st.tuples(
        st.integers(0, 200),
        st.integers(0, 3),
        st.sampled_from(["", " ", "\n", "x", "n", "un", "5", "`", "not", "\u00a0", "    "]),
    ),
    min_size=1,
    max_size=3,
)


def side(body: str, *, front: str = "title: T\nauthors: [ben]\n") -> Side | None:
    text = f"---\n{front}---\n{body}"
    post, _ = parse_content(
        SUBJECT, text=text, path="x.md", path_facts=PathFacts(), assets=(), rules=RULES
    )
    if not isinstance(post, Post):
        return None
    return Side(text=text, post=post, assets=(), path_facts=PathFacts())


def edited(body: str, changes: list[tuple[int, int, str]]) -> str:
    for at, removed, put in changes:
        place = at % (len(body) + 1)
        body = body[:place] + put + body[place + removed :]
    return body


def both(body: str, other: str) -> tuple[Side, Side]:
    before, after = side(body), side(other)
    assume(before is not None)
    assume(after is not None)
    assert before is not None
    assert after is not None
    return before, after


def code_of(body: str) -> list[str]:
    """Return what lies between fences at the beginning of lines, and indented lines."""
    inside, found = "", []
    for line in body.split("\n"):
        fence = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if inside:
            found.append(line)
            inside = "" if fence and fence[1].startswith(inside) else inside
        elif fence:
            inside = fence[1]
            found.append(line)
        elif line.startswith(("    ", "\t")) and line.strip():
            found.append(line)
    return found


@given(bodies, edits)
def test_the_whitespace_rule_lets_no_other_word_and_no_code_through(
    body: str, changes: list[tuple[int, int, str]]
) -> None:
    other = edited(body, changes)
    if differ_in_whitespace_only(*both(body, other)):
        assert re.split(r"[ \n]+", body.strip(" \n")) == re.split(r"[ \n]+", other.strip(" \n"))
        assert code_of(body) == code_of(other)


@given(bodies, edits)
def test_the_whitespace_rule_keeps_paragraphs_and_beginnings_of_lines(
    body: str, changes: list[tuple[int, int, str]]
) -> None:
    other = edited(body, changes)
    if differ_in_whitespace_only(*both(body, other)):
        starts = [
            [re.match(r"[ \t]*", line)[0] for line in text.split("\n") if line.strip(" ")]  # type: ignore[index]  # it always matches
            for text in (body, other)
        ]
        assert starts[0] == starts[1]
        paragraphs = [len(re.split(r"\n(?: *\n)+", text.strip(" \n"))) for text in (body, other)]
        assert paragraphs[0] == paragraphs[1]


@given(bodies, edits)
def test_the_typo_rule_lets_no_word_appear_or_vanish(
    body: str, changes: list[tuple[int, int, str]]
) -> None:
    other = edited(body, changes)
    if not differ_in_a_typo_only(*both(body, other), most=3, names=NAMES):
        return
    words, others = re.split(r"(\s+)", body), re.split(r"(\s+)", other)
    assert len(words) == len(others)
    for word, changed in zip(words, others, strict=True):
        if word != changed:
            bare = {one.strip(".,;:!?\"'()").casefold() for one in (word, changed)}
            assert not any(re.search(r"[\d/:@`<>\[\]$|]", one) for one in bare)
            assert not bare & {"never", "not", "kein", "zelda", "marlowe"}
            assert not any(f"un{one}" in bare for one in bare)
            assert all(len(one) >= 4 for one in bare)
    assert code_of(body) == code_of(other)
    assert split_front_matter(body).block == split_front_matter(other).block


@given(bodies, edits)
def test_the_tags_rule_lets_nothing_of_the_text_through(
    body: str, changes: list[tuple[int, int, str]]
) -> None:
    before, after = both(body, edited(body, changes))
    assume(before.text != after.text)
    assert not differ_in_tags_only(before, after)


FRONTS = st.lists(
    st.sampled_from(
        [
            "tags: [a]",
            "tags: [a, b]",
            "tags:\n  - a\n  - c",
            "summary: One",
            "summary: Two",
            "unlisted: true",
            "# x",
        ]
    ),
    max_size=3,
    unique_by=lambda line: line.partition(":")[0],
)


@given(FRONTS, FRONTS)
def test_the_front_matter_changes_in_nothing_but_tags(one: list[str], other: list[str]) -> None:
    fronts = ["\n".join(["title: T", "authors: [ben]", *lines, ""]) for lines in (one, other)]
    before, after = side("Text.\n", front=fronts[0]), side("Text.\n", front=fronts[1])
    assume(before is not None)
    assume(after is not None)
    assert before is not None
    assert after is not None
    rule = rule_for(before, after, ALL, names=NAMES)
    rest = [[line for line in lines if not line.startswith("tags")] for lines in (one, other)]
    if rule == "tags":
        assert rest[0] == rest[1]
    elif rule:
        assert sorted(one) == sorted(other)


@given(bodies)
def test_lines_are_all_of_the_text(body: str) -> None:
    assert "\n".join(line.text for line in lines_of(body)) == body


@given(bodies, edits)
def test_without_a_policy_nothing_survives(body: str, changes: list[tuple[int, int, str]]) -> None:
    assert rule_for(*both(body, edited(body, changes)), Survives(), names=NAMES) == ""
