"""Which edits an approval survives, as tables of edits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from blognet.content.parse import parse_content
from blognet.content.values import Post, ReadingRules
from blognet.kernel.hashing import AssetEntry, PathFacts
from blognet.kernel.ids import Kind, Subject
from blognet.moderation.carrying import Side, Survives, rule_for

SUBJECT = Subject(kind=Kind.POST, id="hello")
RULES = ReadingRules(main_language="en", languages=("en",), zone=UTC)
NAMES = frozenset({"Zelda Marlowe", "zelda"})
ALL = Survives(whitespace=True, tags=True, typo=3)
FRONT = "---\ntitle: T\nauthors: [ben]\ntags: [a]\n---\n"


def side(text: str) -> Side:
    post, problems = parse_content(
        SUBJECT, text=text, path="x.md", path_facts=PathFacts(), assets=(), rules=RULES
    )
    assert isinstance(post, Post), problems
    return Side(text=text, post=post, assets=(), path_facts=PathFacts())


def rule(before: str, after: str, survives: Survives = ALL) -> str:
    return rule_for(side(FRONT + before), side(FRONT + after), survives, names=NAMES)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One.\n", "One.\n\n"),
        ("One.\n\nTwo.\n", "One.\n\n\nTwo.\n"),
        ("One  two.\n", "One two.\n"),
        ("One. \nTwo.\n", "One.\nTwo.\n"),
        ("One.   \nTwo.\n", "One.  \nTwo.\n"),
    ],
)
def test_layout_that_means_nothing_is_whitespace(before: str, after: str) -> None:
    assert rule(before, after) == "whitespace"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One.\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\nTwo.\n", "One.  \nTwo.\n"),
        ("One.\n", "    One.\n"),
        ("Now here.\n", "Nowhere.\n"),
        ("```\na  b\n```\n", "```\na b\n```\n"),
        ("```\na\n\n\nb\n```\n", "```\na\n\nb\n```\n"),
        ("    a\n\n\n    b\n", "    a\n\n    b\n"),
        ("Use `a  b`.\n", "Use `a b`.\n"),
        ("Use `a\nb  c`.\n", "Use `a\nb c`.\n"),
        ("- a\n  b\n", "- a\nb\n"),
        ("-  a\n", "-      a\n"),
        ("<pre>\na  b\n</pre>\n", "<pre>\na b\n</pre>\n"),
        ("> ```\n> a  b\n", "> ```\n> a b\n"),
        ("One\u00a0two.\n", "One two.\n"),
    ],
)
def test_layout_that_means_something_is_not(before: str, after: str) -> None:
    assert rule(before, after) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We recieved it.\n", "We received it.\n"),
        ("It was wonderfull.\n", "It was wonderful.\n"),
        ("„Grösse“, she said.\n", "„Größe“, she said.\n"),
        ("Teh harbour.\n\nThe wether.\n", "Teh harbour.\n\nThe weather.\n"),
    ],
)
def test_a_few_letters_within_ordinary_words_are_a_typo(before: str, after: str) -> None:
    assert rule(before, after) == "typo"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It is now ready.\n", "It is not ready.\n"),
        ("You can go.\n", "You can't go.\n"),
        ("It is likely.\n", "It is unlikely.\n"),
        ("It is legal.\n", "It is illegal.\n"),
        ("It is possible.\n", "It is impossible.\n"),
        ("Das ist ein Fehler.\n", "Das ist kein Fehler.\n"),
        ("We never left.\n", "We ever left.\n"),
        ("It costs 1000.\n", "It costs 9000.\n"),
        ("See https://a.example/.\n", "See https://b.example/.\n"),
        ("See [this](/a).\n", "See [that](/a).\n"),
        ("Run `make`.\n", "Run `fake`.\n"),
        ("Written by Marlowe.\n", "Written by Marlow.\n"),
        ("We may go.\n", "We must go.\n"),
        ("The peace treaty.\n", "The fleece treaty.\n"),
        ("Let us eat, Ben.\n", "Let us eat Ben.\n"),
        ("One two.\n", "One two three.\n"),
        ("```\nmake\n```\n", "```\nfake\n```\n"),
        ("A homeland.\n", "A motherland.\n"),
        ("Four words are here.\n", "Four wordsare here.\n"),
    ],
)
def test_a_change_of_meaning_is_no_typo(before: str, after: str) -> None:
    assert rule(before, after) == ""
    assert rule(after, before) == ""


def test_more_letters_than_the_policy_says_are_no_typo() -> None:
    before, after = "We recieved wether.\n", "We received weather.\n"
    assert rule(before, after, Survives(typo=3)) == "typo"
    assert rule(before, after, Survives(typo=2)) == ""


def test_tags_may_change_and_nothing_beside_them() -> None:
    one = side(FRONT + "Text.\n")
    other = side(FRONT.replace("[a]", "[b, c]") + "Text.\n")
    titled = side(FRONT.replace("[a]", "[b]").replace("title: T", "title: U") + "Text.\n")
    remark = side(FRONT.replace("tags: [a]", "tags: [b]  # a remark") + "Text.\n")
    assert rule_for(one, other, ALL, names=NAMES) == "tags"
    assert rule_for(one, other, Survives(whitespace=True, typo=3), names=NAMES) == ""
    assert rule_for(one, titled, ALL, names=NAMES) == ""
    assert rule_for(one, remark, ALL, names=NAMES) == ""


def test_a_title_is_never_corrected_by_itself() -> None:
    one = side(FRONT.replace("title: T", "title: Wether") + "Text.\n")
    other = side(FRONT.replace("title: T", "title: Weather") + "Text.\n")
    assert rule_for(one, other, ALL, names=NAMES) == ""


def test_another_picture_or_author_is_never_carried_over() -> None:
    one, other = side(FRONT + "Text.\n"), side(FRONT + "Text.\n\n")
    pictured = replace(other, assets=(AssetEntry(path="a.jpg", sha256="0" * 64),))
    elsewhere = replace(other, path_facts=PathFacts(date="2026-01-01"))
    assert rule_for(one, other, ALL, names=NAMES) == "whitespace"
    assert rule_for(one, pictured, ALL, names=NAMES) == ""
    assert rule_for(one, elsewhere, ALL, names=NAMES) == ""
