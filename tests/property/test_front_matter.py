"""Whatever bytes an author drops: front matter, profiles and files are read or named in a problem, never a crash."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from blognet.config import read_config
from blognet.content.fences import split_front_matter
from blognet.content.front_matter import read_front_matter
from blognet.content.library import read_library
from blognet.content.parse import parse_content
from blognet.content.svg import svg_problem
from blognet.content.toml_text import load_toml
from blognet.content.values import FoundFile, ReadingRules
from blognet.content.write import compose_source, with_front_value, without_draft
from blognet.kernel.errors import ConfigError
from blognet.kernel.hashing import PathFacts, sha256_hex
from blognet.kernel.ids import AuthorId, Kind, SourcePath, Subject
from blognet.kernel.yamltext import load_yaml
from blognet.kernel.yamltree import Plain, YamlDocument, plain_value
from blognet.kernel.yamlwrite import yaml_lines

if TYPE_CHECKING:
    from blognet.kernel.problems import Problem
    from blognet.kernel.yamlwrite import Writable

RULES = ReadingRules(main_language="en", languages=("en", "de"), zone=UTC, topics=("work",))
CHARACTERS = st.characters(exclude_categories=["Cs"])
# Mostly what has a meaning in YAML, so that the parser gets deep into its rules.
YAMLISH = st.text(
    st.one_of(st.sampled_from("abc:-?[]{},#&*!|>'\"%@`~<= \t\n\n1.0\\"), CHARACTERS), max_size=60
)
KEYS = st.sampled_from(
    ["title", "date", "authors", "author", "tags", "image", "draft", "published", "status", "series",
     "aliases", "permalink", "taxonomies", "extra", "toc", "lang", "slug", "links", "name", "x", "expires"]
)  # fmt: skip
VALUES = st.one_of(
    YAMLISH.filter(lambda text: "\n" not in text),
    st.sampled_from(
        ["[a, b]", "{a: b}", "2026-11-22", "true", "no", "", "'x'", "[[a], {b: c}]", "9" * 5000]
    ),
)
BLOCKS = st.one_of(
    YAMLISH,
    st.lists(st.tuples(KEYS, VALUES), max_size=6).map(
        lambda pairs: "".join(f"{key}: {value}\n" for key, value in pairs)
    ),
)
PLAIN = st.recursive(
    st.one_of(
        st.text(CHARACTERS),
        st.booleans(),
        st.integers(-(10**17), 10**17),
        st.none(),
        st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12).map(
            lambda number: round(number, 3)
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(CHARACTERS, min_size=1).filter(str.strip), inner, max_size=4),
    ),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(st.text(CHARACTERS, min_size=1).filter(str.strip), PLAIN, max_size=6)


def assert_shown_well(problems: tuple[Problem, ...], path: str) -> None:
    assert problems
    for problem in problems:
        assert problem.location.path == path
        assert problem.location.line >= 1
        assert problem.message
        assert not problem.message.endswith(".")


@given(YAMLISH)
@example("? a\n: b")
@example("a: &b [*b]")
@example("<<: a")
def test_both_parsers_read_the_same_values_from_the_same_text(text: str) -> None:
    fast = load_yaml(text, path="p")
    pure = load_yaml(text, path="p", pure_python=True)
    if isinstance(fast, YamlDocument) and isinstance(pure, YamlDocument):
        assert plain_value(fast.root) == plain_value(pure.root)


@given(BLOCKS)
def test_no_yaml_makes_the_loader_fail(text: str) -> None:
    document = load_yaml(text, path="p")
    if not isinstance(document, YamlDocument):
        assert_shown_well(document, "p")


@given(st.text(st.one_of(st.sampled_from("ab=.[]{}\"'#\n 1,-:T"), CHARACTERS)))
def test_no_toml_makes_the_loader_fail(text: str) -> None:
    document = load_toml(text, path="p")
    if not isinstance(document, YamlDocument):
        assert_shown_well(document, "p")


@given(MAPPINGS)
def test_what_is_written_as_yaml_is_read_back_the_same(mapping: dict[str, Writable]) -> None:
    document = load_yaml(yaml_lines(mapping), path="p")
    assert isinstance(document, YamlDocument), document
    assert OrderedDict(_as_dict(plain_value(document.root))) == OrderedDict(mapping)


def _as_dict(value: Plain) -> dict[str, Plain]:
    assert isinstance(value, dict)
    return value


@given(MAPPINGS, st.text(CHARACTERS).filter(lambda text: "\r" not in text))
def test_a_composed_source_splits_into_its_front_matter_and_body(
    mapping: dict[str, Writable], body: str
) -> None:
    fenced = split_front_matter(compose_source(mapping, body))
    assert fenced.block == yaml_lines(mapping)
    assert fenced.body.strip("\n") == body.strip("\n")


@given(BLOCKS, YAMLISH)
def test_no_front_matter_makes_the_reader_fail(block: str, body: str) -> None:
    reading = read_front_matter(f"---\n{block}\n---\n{body}", path="p", rules=RULES)
    if reading.front is None:
        assert_shown_well(reading.problems, "p")


@given(BLOCKS)
def test_no_profile_makes_the_reader_fail(block: str) -> None:
    subject = Subject(kind=Kind.PROFILE, id="ann")
    content, problems = parse_content(
        subject,
        text=f"---\n{block}\n---\n",
        path="p",
        path_facts=PathFacts(),
        assets=(),
        rules=RULES,
    )
    if content is None:
        assert_shown_well(problems, "p")


@given(BLOCKS)
def test_no_settings_make_the_reader_fail_in_another_way(block: str) -> None:
    try:
        read_config(block)
    except ConfigError as error:
        assert_shown_well(error.problems, "blognet.yml")


@given(st.one_of(st.binary(), YAMLISH.map(lambda text: f"<svg {text}><a {text}/></svg>".encode())))
def test_no_svg_makes_the_check_fail(raw: bytes) -> None:
    problem = svg_problem(raw, path="p")
    assert problem is None or problem.location.path == "p"


@given(BLOCKS, YAMLISH)
def test_removing_the_draft_line_removes_nothing_else(block: str, body: str) -> None:
    text = f"---\ntitle: T\n{block}\n---\n{body}"
    changed = without_draft(text)
    if changed is not None:
        before, after = text.split("\n"), changed.split("\n")
        gone = next(
            (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(after)
        )
        assert [*before[:gone], *before[gone + 1 :]] == after


@given(BLOCKS, YAMLISH, st.text(CHARACTERS))
def test_setting_a_key_keeps_the_body(block: str, body: str, value: str) -> None:
    text = f"---\n{block}\n---\n{body}"
    changed = with_front_value(text, "title", value)
    if changed is not None:
        assert split_front_matter(changed).body == split_front_matter(text).body


NAMES = st.sampled_from(
    ["a.md", "index.md", "index.de.md", "a.de.md", "b.v2.md", "2026-11-22-a.md", "README.md", "_x.md", ".y",
     "p.png", "p.PNG", "v.svg", "x.docx", "ann.md", "ann.jpg", "Ann.md", "a (conflicted copy).md", "n.md~", "🎉.md",
     "e\u0301.png", "é.png", "noending"]
)  # fmt: skip
PATHS = st.builds(
    lambda tree, folders, name: "/".join([tree, *folders, name]),
    st.sampled_from(["queue", "posts", "pages", "authors"]),
    st.lists(st.sampled_from(["ann", "trip", "2026-11-22-day", "_x", "ä"]), max_size=3),
    NAMES,
)
CONTENTS = st.one_of(
    st.binary(max_size=30),
    BLOCKS.map(lambda block: f"---\n{block}\n---\n![x](p.png)\n".encode()),
    st.sampled_from(
        [b"# Hello\n", b"---\ntitle: A\nauthors: ann\n---\n", b"---\nname: Ann\n---\n", b"\xff"]
    ),
)
TREES_OF_FILES = st.dictionaries(PATHS, CONTENTS, max_size=12)


def found_files(contents: dict[str, bytes]) -> tuple[FoundFile, ...]:
    return tuple(
        FoundFile(
            path=SourcePath(path),
            raw=raw if path.lower().endswith((".md", ".svg")) else None,
            sha256=sha256_hex(raw),
            size=len(raw),
            head=raw[:32],
        )
        for path, raw in contents.items()
    )


@given(TREES_OF_FILES, st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_change_the_library(
    contents: dict[str, bytes], random: object
) -> None:
    files = found_files(contents)
    shuffled = tuple(sorted(files, key=lambda found: hash((found.path, repr(random)))))
    assert read_library(files, rules=RULES) == read_library(shuffled, rules=RULES)


@given(TREES_OF_FILES)
def test_each_subject_has_one_proposal_and_no_file_is_dropped_in_silence(
    contents: dict[str, bytes],
) -> None:
    library = read_library(
        found_files(contents), rules=RULES, known_authors=frozenset({AuthorId("bob")})
    )
    subjects = [proposal.subject for proposal in library.proposals]
    assert subjects == sorted(set(subjects))
    named = {problem.location.path for problem in library.problems}
    for proposal in (*library.proposals, *library.shadowed):
        named |= {proposal.path, *proposal.asset_sources}
        named |= {problem.location.path for problem in proposal.problems}
        assert (proposal.content is not None) or proposal.is_faulty
    for path in contents:
        skipped = any(part.startswith(("_", ".")) for part in path.split("/")) or "README" in path
        assert skipped or path in named
