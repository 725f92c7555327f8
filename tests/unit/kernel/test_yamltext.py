"""The YAML door: what is read, and how each fault is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from blognet.kernel import codes
from blognet.kernel.yamltext import (
    MAX_DEPTH,
    MAX_FRONT_MATTER,
    MAX_NODES,
    load_yaml,
)
from blognet.kernel.yamltree import MAX_PROBLEMS, Plain, YamlDocument, YamlScalar, plain_value

if TYPE_CHECKING:
    from blognet.kernel.problems import Problem

# Text, then code, line, column, characters underlined, and a part of the hint.
FAULTS = [
    ("title: Our office: a tour", "BN103", 1, 18, 1, 'title: "Our office: a tour"'),
    ("a: 1\nb: x: y\n", "BN103", 2, 5, 1, 'b: "x: y"'),
    ('a: say "x": y', "BN103", 1, 11, 1, "quotes"),
    ("\ttitle: x", "BN102", 1, 1, 1, "spaces"),
    ("tags:\n\t- x", "BN102", 2, 1, 1, "spaces"),
    ("tags:\n  - a\n \t- b", "BN102", 3, 2, 1, "spaces"),
    ("a: >\n\tb", "BN102", 2, 1, 1, "spaces"),
    ("a: b\n\tc: d", "BN102", 2, 1, 1, "spaces"),
    ("author: @ann", "BN104", 1, 9, 1, 'author: "@ann"'),
    ("title: `code` first", "BN104", 1, 8, 1, 'title: "`code` first"'),
    ("title: %done", "BN104", 1, 8, 1, 'title: "%done"'),
    ("title: }", "BN104", 1, 8, 1, 'title: "}"'),
    ("title: > 5 things", "BN104", 1, 8, 1, 'title: "> 5 things"'),
    ("title: - a", "BN104", 1, 8, 1, 'title: "- a"'),
    ("title: 'never closed\ntags: a\n", "BN105", 1, 8, 1, "closing quote"),
    ('title: "never closed', "BN105", 1, 8, 1, "closing quote"),
    ("title: 'it's late'", "BN106", 1, 12, 7, 'title: "it\'s late"'),
    ('title: "So" she said', "BN106", 1, 13, 8, 'title: "\\"So\\" she said"'),
    ("title: [Draft] My post", "BN106", 1, 16, 7, 'title: "[Draft] My post"'),
    ("tags: [a, b", "BN107", 1, 7, 1, "']'"),
    ("tags: {a: b", "BN107", 1, 7, 1, "'}'"),
    ("title: x\njust words\n", "BN108", 2, 1, 10, "colon"),
    ("just words", "BN108", 1, 1, 10, "key: value"),
    ("- a\n- b", "BN108", 1, 1, 3, "key: value"),
    ("title: {{ page.title }}", "BN108", 1, 9, 14, "quotes"),
    ("'': value", "BN108", 1, 1, 2, "quotes"),
    (": value", "BN101", 1, 1, 1, "key: value"),
    ("title: x\n date: y", "BN109", 2, 2, 4, "same column"),
    ("  title: x\ndate: y", "BN109", 2, 1, 7, "same column"),
    ("tags:\n  - a\n - b", "BN109", 3, 2, 3, "same column"),
    ('title: "C:\\dir"', "BN110", 1, 11, 2, "single quotes"),
    ("a: 1\nb: 2\na: 3", "BN111", 3, 1, 1, "delete one"),
    ("a: &x b", "BN112", 1, 4, 4, "quotes"),
    ("a: *x", "BN112", 1, 4, 2, "quotes"),
    ("title: **Bold**", "BN112", 1, 8, 1, 'title: "**Bold**"'),
    ("title: &", "BN112", 1, 8, 1, "quotes"),
    ("a: !!python/object:os.system x", "BN113", 1, 4, 27, "quotes"),
    ("title: !important", "BN113", 1, 8, 10, "quotes"),
    ("title: !<a", "BN113", 1, 8, 1, "quotes"),
    ("<<: {a: b}", "BN114", 1, 1, 2, "write the keys out"),
    ("a: b\u2028c", "BN116", 1, 5, 1, "delete"),
    ("a: \x07", "BN116", 1, 4, 1, "delete"),
    ("a: \ufeffb", "BN116", 1, 4, 1, "delete"),
    ("%YAML 1.1\n---\na: b", "BN101", 1, 1, None, "delete the line"),
    ("a: b\n---\nc: d", "BN101", 2, 1, 3, "delete"),
    ("a:\n  - b\n c", "BN101", 3, 2, 1, "key: value"),
]  # fmt: skip


def faults(text: str, *, first_line: int = 1, pure_python: bool = False) -> tuple[Problem, ...]:
    document = load_yaml(text, path="p.md", first_line=first_line, pure_python=pure_python)
    assert not isinstance(document, YamlDocument), plain_value(document.root)
    return document


def read(text: str) -> Plain:
    document = load_yaml(text, path="p.md")
    assert isinstance(document, YamlDocument), document
    return plain_value(document.root)


@pytest.mark.parametrize(("text", "code", "line", "column", "width", "hint"), FAULTS)
def test_a_fault_is_shown_where_it_is_with_what_to_type_next(
    text: str, code: str, line: int, column: int, width: int | None, hint: str
) -> None:
    problem = faults(text)[0]
    place = problem.location
    assert (problem.code, place.line, place.column) == (code, line, column)
    assert place.excerpt == text.split("\n")[line - 1].rstrip()
    assert width is None or place.width == width
    assert hint in problem.hint


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="there is only one parser")
@pytest.mark.parametrize("text", [fault[0] for fault in FAULTS])
def test_both_parsers_show_the_same_faults(text: str) -> None:
    assert faults(text) == faults(text, pure_python=True)


def test_every_code_of_the_parser_is_produced_by_a_test_here() -> None:
    elsewhere = {codes.TOO_MUCH, codes.WRONG_TYPE, codes.UNKNOWN_KEY, codes.TWO_SPELLINGS}
    assert {fault[1] for fault in FAULTS} == {entry.code for entry in codes.CODES} - elsewhere


def test_lines_are_those_of_the_file_that_the_text_comes_from() -> None:
    assert faults("a: 1\nb: x: y", first_line=2)[0].location.line == 3


def test_all_faults_of_the_content_are_shown_at_once() -> None:
    found = faults("a: &x 1\nb: *x\nc: !t 2\nc: 3\n<<: 4")
    assert [(p.code, p.location.line) for p in found] == [
        ("BN112", 1), ("BN112", 2), ("BN113", 3), ("BN111", 4), ("BN114", 5),
    ]  # fmt: skip


def test_a_text_full_of_faults_shows_the_first_of_them() -> None:
    assert len(faults("a: 1\n" * 1000)) == MAX_PROBLEMS
    assert len(faults("\x07" * 1000)) == MAX_PROBLEMS


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "x" * (10 * 1024 * 1024),
        "[" * 100_000,
        "{a: " * 50_000,
        "- " * 100_000,
        "a: " + "[" * (MAX_DEPTH + 1),
        "? " * 50_000,
        "a: [" + "b, " * (MAX_NODES + 1) + "]",
        "x\n" * (MAX_FRONT_MATTER // 2 + 1),
    ],
    ids=["10-mb", "brackets", "braces", "dashes", "one-too-deep", "marks", "many", "too-long"],
)
def test_what_is_too_large_deep_or_many_is_refused(text: str) -> None:
    assert [problem.code for problem in faults(text)] == ["BN115"]


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    found = faults("\n".join(lines))
    assert {problem.code for problem in found} == {"BN112"}
    assert found[0].location.line == 1


def test_a_line_too_long_to_show_is_cut_in_the_excerpt() -> None:
    assert len(faults("title: a: " + "x" * 10_000)[0].location.excerpt) == 240
    assert faults("title: " + "x" * 10_000 + ": b")[0].location.excerpt == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y"),
        ("true", True), ("False", False), ("TRUE", True),
        ("null", None), ("~", None), ("", None),
        ("12", 12), ("-3", -3), ("+4", 4), ("007", 7), ("0x1F", "0x1F"), ("1_000", "1_000"),
        ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), ("1e999", "1e999"), (".inf", ".inf"), (".nan", ".nan"),
        ("9" * 5000, "9" * 5000),
        ("2026-11-22", "2026-11-22"), ("2026-11-22 09:30:00 +0100", "2026-11-22 09:30:00 +0100"),
        ("12:30:45", "12:30:45"), ("1:2", "1:2"),
        ("'12'", "12"), ('"true"', "true"), ("'it''s'", "it's"), ('"\\u00e9"', "é"),
        ("a # remark", "a"), ("https://example.org/#x", "https://example.org/#x"),
        ("Café", "Café"), ("[a, 1, no]", ["a", 1, "no"]), ("{x: y}", {"x": "y"}),
        ("|\n  one\n  two\n", "one\ntwo\n"), (">\n  one\n  two\n", "one two\n"),
    ],
)  # fmt: skip
def test_a_value_means_what_the_core_schema_says(text: str, value: object) -> None:
    assert read(f"key: {text}") == {"key": value}


def test_a_number_keeps_its_source_text() -> None:
    document = load_yaml("tag: 007", path="p")
    assert isinstance(document, YamlDocument)
    node = document.root.entries[0].value
    assert node == YamlScalar(text="007", quoted=False, line=1, column=6, width=3)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "---\n", "---\n# x\n"])
def test_a_text_that_says_nothing_is_a_document_without_keys(text: str) -> None:
    assert read(text) == {}


def test_an_emoji_counts_as_one_column() -> None:
    assert faults("a: {🎉: 1, b: 1, b: 2}")[0].location.column == 17
