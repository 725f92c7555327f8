"""Front matter of posts: what is read, in which spellings, and how each fault is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from blognet.content.front_matter import FrontReading, read_front_matter
from blognet.content.values import FrontMatter, ReadingRules
from blognet.kernel.ids import AuthorId
from blognet.kernel.problems import Severity

ANN, BOB = AuthorId("ann"), AuthorId("bob")
RULES = ReadingRules(
    main_language="en", languages=("en", "de"), zone=UTC, topics=("hiring", "design")
)

# Lines of front matter below `title: T`, then code, line, column, width, hint.
FAULTS = [
    ("date: soon", "BN123", 3, 7, 4, "2026-11-22"),
    ("date: 2016-07-19 (optional)", "BN123", 3, 7, 21, "write 2016-07-19 alone"),
    ("date: 03/04/2016", "BN123", 3, 7, 10, "either"),
    ("date: 0214-03-12", "BN123", 3, 7, 10, "2026"),
    ("date: [a]", "BN117", 3, 7, 3, "one line"),
    ("slug: My Post", "BN124", 3, 7, 7, "my-post"),
    ("slug: 🎉", "BN124", 3, 7, 1, "a-short-name"),
    ("authors: [ann, Bob Lee]", "BN125", 3, 16, 7, "bob-lee"),
    ("author: ann, Bob Lee", "BN125", 3, 14, 7, "bob-lee"),
    ("authors:\n  - name: Ann", "BN117", 4, 5, 9, "one line"),
    ("lang: deutsch!", "BN126", 3, 7, 8, "de"),
    ("aliases: [/ok/, //evil.org/../x]", "BN127", 3, 17, 15, "/old/path/"),
    ("redirect_from: /a b", "BN127", 3, 16, 4, "%20"),
    ("canonical_url: /here", "BN127", 3, 16, 5, "https://"),
    ("canonical_url: javascript:alert(1)", "BN127", 3, 16, 19, "https://"),
    ("image: ../secret.png", "BN127", 3, 8, 13, "folder"),
    ("image: 'javascript:x'", "BN127", 3, 8, 14, "folder"),
    ("tags: [a, '!!!']", "BN128", 3, 11, 5, "letters"),
    ("topics: [hirring]", "BN129", 3, 10, 7, "hiring"),
    ("topics: zzz", "BN129", 3, 9, 3, "tags"),
    ("date: 2026-01-02\nexpires: 2026-01-01", "BN130", 4, 10, 10, "later"),
    ("pinned: true", "BN131", 3, 1, 6, "delete"),
    ("permalink: /:year/:title/", "BN132", 3, 12, 14, "blognet.yml"),
    ("images: [a.png, b.png]", "BN132", 3, 17, 5, "keep one"),
    ("draft: yes", "BN117", 3, 8, 3, "write true"),
    ("series_order: two", "BN117", 3, 15, 3, "digits"),
    ("tags: {a: b}", "BN117", 3, 7, 6, "- item"),
    ("extra: some", "BN117", 3, 8, 4, "key: value"),
    ("status: pending", "BN117", 3, 9, 7, "draft: true"),
    ("taxonomies: tags", "BN117", 3, 13, 4, "delete"),
    ("tag: python", "BN118", 3, 1, 3, "did you mean 'tags'?"),
    ("colour: red", "BN118", 3, 1, 6, "extra"),
    ("image: {pth: a.png}", "BN118", 3, 9, 3, "path"),
    ("author: ann\nauthors: bob", "BN119", 4, 1, 7, "keep 'authors'"),
    ("published: false\ndraft: false", "BN119", 4, 1, 5, "keep 'draft'"),
    ("title: again", "BN111", 3, 1, 5, "delete one"),
]  # fmt: skip


def read(front: str, body: str = "") -> FrontReading:
    return read_front_matter(f"---\n{front}\n---\n{body}", path="p.md", rules=RULES)


def front(lines: str) -> FrontMatter:
    reading = read(f"title: T\n{lines}")
    assert reading.front is not None, reading.problems
    return reading.front


@pytest.mark.parametrize(("lines", "code", "line", "column", "width", "hint"), FAULTS)
def test_a_fault_is_shown_where_it_is_with_what_to_type_next(
    lines: str, code: str, line: int, column: int, width: int, hint: str
) -> None:
    text = f"title: T\n{lines}"
    (problem,) = read(text).problems
    place = problem.location
    assert (problem.code, place.path, place.line, place.column, place.width) == (
        code, "p.md", line, column, width,
    )  # fmt: skip
    assert place.excerpt == ("---\n" + text).split("\n")[line - 1]
    assert hint in problem.hint


def test_every_fault_of_a_file_is_shown_at_once() -> None:
    reading = read("titel: T\ndate: soon\nslug: A B\nauthors: [a b, c d]\ndraft: maybe\nauthor: x")
    found = [(p.code, p.location.line, p.location.column) for p in reading.problems]
    assert reading.front is None
    assert found == [
        ("BN122", 1, 0), ("BN118", 2, 1), ("BN123", 3, 7), ("BN124", 4, 7), ("BN125", 5, 11),
        ("BN125", 5, 16), ("BN117", 6, 8), ("BN119", 7, 1),
    ]  # fmt: skip


def test_a_fault_names_its_key_path() -> None:
    reading = read("title: T\nauthors: [ann, b c]")
    assert reading.problems[0].location.key == "authors[1]"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("author: ann", FrontMatter(title="T", authors=(ANN,))),
        ("authors: ann, bob", FrontMatter(title="T", authors=(ANN, BOB))),
        ("authors:\n  - ann\n  - ann\n  -\n", FrontMatter(title="T", authors=(ANN,))),
        ("author: '@ann'", FrontMatter(title="T", authors=(ANN,))),
        ("tags: open source, Köln", FrontMatter(title="T", tags=("open source", "Köln"))),
        ("tags: [007, 2024, no, '#x']", FrontMatter(title="T", tags=("007", "2024", "no", "x"))),
        ("tags:", FrontMatter(title="T")),
        ("categories: [Hiring]", FrontMatter(title="T", topics=("Hiring",))),
        ("category: design", FrontMatter(title="T", topics=("design",))),
        ("taxonomies:\n  tags: [a]\n  categories: [design]", FrontMatter(title="T", tags=("a",), topics=("design",))),
        ("excerpt: Short\nlayout: post\ncomments: true\nweight: 3", FrontMatter(title="T", summary="Short")),
        ("redirect_from: /a/\npermalink: /b.html", FrontMatter(title="T", aliases=("/a/", "/b.html"))),
        ("aliases: [old, https://example.org/x/]", FrontMatter(title="T", aliases=("/old", "/x/"))),
        ("url: /b/", FrontMatter(title="T", aliases=("/b/",))),
        ("published: false", FrontMatter(title="T", draft=True)),
        ("published: true", FrontMatter(title="T")),
        ("status: draft", FrontMatter(title="T", draft=True)),
        ("status: hidden", FrontMatter(title="T", unlisted=True)),
        ("draft: 'true'", FrontMatter(title="T", draft=True)),
        ("draft:", FrontMatter(title="T")),
        ("image:\n  path: ./a.png\n  alt: An A", FrontMatter(title="T", image="a.png", image_alt="An A")),
        ("heroImage: /a.png\nheroImageAlt: A", FrontMatter(title="T", image="/a.png", image_alt="A")),
        ("images: a b.png", FrontMatter(title="T", image="a b.png")),
        ("image: ''", FrontMatter(title="T")),
        ("language: pt_br", FrontMatter(title="T", lang="pt-BR")),
        ("series: [S]\nseries_index: 2", FrontMatter(title="T", series="S", series_order=2)),
        ("translationKey: k\ncanonical: https://a.org/x", FrontMatter(title="T", translation_key="k", canonical_url="https://a.org/x")),
        ("hide_table_of_contents: true", FrontMatter(title="T", toc=False)),
        ("toc: true", FrontMatter(title="T", toc=True)),
        ("extra:\n  a: [1, no]", FrontMatter(title="T", extra={"a": [1, "no"]})),
    ],
)  # fmt: skip
def test_the_spellings_of_other_generators_are_read(lines: str, expected: FrontMatter) -> None:
    assert front(lines) == expected


@pytest.mark.parametrize(
    "line",
    ["date", "pubDate", "pub_date", "PUBDATE", "published", "created"],
)
def test_a_date_is_read_in_every_spelling_of_its_key(line: str) -> None:
    assert front(f"{line}: 2026-11-22").date == datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "key", ["updated", "lastmod", "last_modified_at", "modified", "updatedDate"]
)
def test_an_update_is_read_in_every_spelling_of_its_key(key: str) -> None:
    assert front(f"{key}: 2026-11-22").updated == datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "lines",
    [
        "date:\n  created: 2026-11-22\n  updated: 2026-11-23",
        "date: 2026-11-22\nlast_update: {date: 2026-11-23}",
    ],
)
def test_dates_with_keys_of_their_own_are_read(lines: str) -> None:
    assert front(lines).date == datetime(2026, 11, 22, tzinfo=UTC)
    assert front(lines).updated == datetime(2026, 11, 23, tzinfo=UTC)


def test_a_naive_time_is_in_the_networks_zone() -> None:
    zone = timezone(timedelta(hours=2))
    rules = ReadingRules(main_language="en", languages=("en",), zone=zone)
    reading = read_front_matter("---\ntitle: T\ndate: 2026-11-22\n---\n", path="p", rules=rules)
    assert reading.front is not None
    assert reading.front.date == datetime(2026, 11, 21, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "code", "line", "excerpt"),
    [
        ("---\ntitle: T\n", "BN120", 1, "---"),
        ("\n---\ntitle: T\n", "BN120", 2, "---"),
        ("+++\ntitle = 'T'\n", "BN120", 1, "+++"),
        ("title: T\ndate: 2026-01-01\n\nText", "BN121", 1, "title: T"),
        ("Just text", "BN122", 1, "Just text"),
        ("---\ntitle:\n---\nText", "BN122", 1, "---"),
        ("", "BN122", 1, ""),
        ("+++\ntitle = 'T\n+++\n", "BN133", 2, "title = 'T"),
        ("+++\ntitle = 'T'\ntitle = 'U'\n+++\n", "BN133", 3, "title = 'U'"),
        ("+++\na = " + "[" * 3000 + "\n+++\n", "BN115", 2, None),
    ],
)
def test_a_fault_of_the_whole_block_is_shown_at_its_line(
    text: str, code: str, line: int, excerpt: str | None
) -> None:
    (problem,) = read_front_matter(text, path="p.md", rules=RULES).problems
    assert (problem.code, problem.location.line) == (code, line)
    assert excerpt is None or problem.location.excerpt == excerpt


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: T\n---\nBody\n",
        "---  \ntitle: T\n--- \nBody\n",
        "\n\n---\ntitle: T\n---\nBody\n",
        "---\ntitle: T\n...\nBody\n",
        "# T\nBody\n",
        "\n  # T ##\nBody\n",
        "---\n---\n# T\nBody\n",
        "---\ntitle: T\n---\n\n# t\nBody\n",
        "+++\ntitle = 'T'\n+++\nBody\n",
    ],
)
def test_the_title_is_found_and_not_repeated_in_the_body(text: str) -> None:
    reading = read_front_matter(text, path="p.md", rules=RULES)
    assert reading.front is not None, reading.problems
    assert reading.front.title == "T"
    assert reading.body == "Body\n"
    assert text.split("\n")[reading.body_line - 1] == "Body"


@pytest.mark.parametrize(
    ("heading", "title"), [("# A `b` **c** [d](e)", "A b c d"), ("# C#", "C#"), ("#   A", "A")]
)
def test_a_heading_becomes_a_title_without_its_markup(heading: str, title: str) -> None:
    reading = read_front_matter(heading, path="p.md", rules=RULES)
    assert reading.front is not None
    assert reading.front.title == title


@pytest.mark.parametrize("body", ["# Other\nBody", "## T\nBody", "Text\n# T", "#T\nBody"])
def test_another_heading_stays_in_the_body(body: str) -> None:
    reading = read("title: T", body)
    assert (reading.body, reading.body_line) == (body, 4)


def test_toml_front_matter_says_the_same_as_yaml() -> None:
    text = "+++\ntitle = 'T'\ndate = 2026-11-22\ntags = ['a']\ndraft = true\n[extra]\nx = 1\n+++\n"
    reading = read_front_matter(text, path="p.md", rules=RULES)
    assert reading.front == FrontMatter(
        title="T", date=datetime(2026, 11, 22, tzinfo=UTC), tags=("a",), draft=True, extra={"x": 1}
    )


def test_a_fault_in_toml_is_shown_at_its_key() -> None:
    text = "+++\ntitle = 'T'\ntag = 'a'\nslug = 'A B'\n+++\n"
    places = [
        (p.code, p.location.line, p.location.column)
        for p in read_front_matter(text, path="p.md", rules=RULES).problems
    ]
    assert places == [("BN118", 3, 1), ("BN124", 4, 8)]


@pytest.mark.parametrize(
    "block", ["slug: my-slug\nlang: de\n\tx: y", "slug: my-slug\nlang: de\nfoo: 1"]
)
def test_a_broken_revision_still_names_its_subject(block: str) -> None:
    reading = read(block)
    assert (reading.front, reading.slug, reading.lang) == (None, "my-slug", "de")


def test_only_errors_keep_a_post_from_being_read() -> None:
    reading = read("title: T\npinned: true\npermalink: /:slug/")
    assert [problem.severity for problem in reading.problems] == [Severity.NOTE, Severity.WARNING]
    assert reading.front == FrontMatter(title="T")
