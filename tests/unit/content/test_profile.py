"""Profiles: what is read, and how each fault is shown."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from blognet.content import codes
from blognet.content.profile import read_profile
from blognet.content.values import Author, AuthorStatus, ProfileLink
from blognet.kernel.ids import Kind, Subject

if TYPE_CHECKING:
    from blognet.kernel.problems import Problem

ANN = Subject(kind=Kind.PROFILE, id="ann-lee")
# Lines below `name: Ann`, then code, line, column, width, hint.
FAULTS = [
    ("links: [ftp://x]", "BN151", 3, 9, 7, "https://"),
    ("links:\n  - {label: A, url: 'javascript:x'}", "BN151", 4, 21, 14, "https://"),
    ("links:\n  - {label: A, uri: x}", "BN151", 4, 5, 18, "label"),
    ("links:\n  GitHub: [a]", "BN151", 4, 11, 3, "https://"),
    ("website: example.org", "BN151", 3, 10, 11, "https://"),
    ("status: guset", "BN152", 3, 9, 5, "did you mean 'guest'?"),
    ("status: boss", "BN152", 3, 9, 4, "delete"),
    ("email: ann at example.org", "BN153", 3, 8, 18, "ann@example.org"),
    ("avatar: me.jpg", "BN154", 3, 1, 6, "ID.jpg"),
    ("teem: x", "BN118", 3, 1, 4, "did you mean 'team'?"),
    ("title: A\nrole: B", "BN119", 4, 1, 4, "keep 'title'"),
    ("team: '!!!'", "BN128", 3, 7, 5, "letters"),
    ("extra: x", "BN117", 3, 8, 1, "key: value"),
]  # fmt: skip


def read(text: str) -> tuple[Author | None, tuple[Problem, ...]]:
    return read_profile(ANN, text=text, path="authors/ann-lee.md", assets=(), zone=UTC)


def author(lines: str) -> Author:
    found, problems = read(f"---\nname: Ann\n{lines}\n---\n")
    assert found is not None, problems
    return found


@pytest.mark.parametrize(("lines", "code", "line", "column", "width", "hint"), FAULTS)
def test_a_fault_is_shown_where_it_is_with_what_to_type_next(
    lines: str, code: str, line: int, column: int, width: int, hint: str
) -> None:
    found, (problem,) = read(f"---\nname: Ann\n{lines}\n---\n")
    place = problem.location
    assert found is None
    assert (problem.code, place.line, place.column, place.width) == (code, line, column, width)
    assert place.excerpt == f"---\nname: Ann\n{lines}".split("\n")[line - 1]
    assert hint in problem.hint


@pytest.mark.parametrize("text", ["Just a bio", "---\nname:\n---\n", "---\nemail: a@b.org\n---\n"])
def test_a_profile_without_a_name_says_what_to_add(text: str) -> None:
    found, (problem,) = read(text)
    assert found is None
    assert (problem.code, problem.location.line) == (codes.NO_NAME, 1)
    assert problem.hint == "add a line such as name: Ann Lee"


def test_every_code_of_profiles_is_produced_by_a_test_here() -> None:
    assert {entry.code for entry in codes.CODES if "BN150" <= entry.code < "BN160"} == {
        codes.NO_NAME, *(fault[1] for fault in FAULTS if fault[1] >= "BN150"),
    }  # fmt: skip


def test_a_whole_profile_is_read() -> None:
    text = (
        "---\nname: Ann Lee\ntitle: Engineer\nteam: Platform & Tools\nemail: ann@example.org\n"
        "links:\n  - {label: Home, url: https://ann.example.org}\n  - GitHub: annlee\nstatus: alumni\n"
        "extra: {pronouns: she}\n---\nHer **bio**.\n"
    )
    assert read(text) == (
        Author(
            subject=ANN,
            name="Ann Lee",
            title="Engineer",
            team="Platform & Tools",
            email="ann@example.org",
            links=(
                ProfileLink(label="Home", url="https://ann.example.org"),
                ProfileLink(label="GitHub", url="https://github.com/annlee"),
            ),
            status=AuthorStatus.ALUMNI,
            body="Her **bio**.\n",
            body_line=12,
            extra={"pronouns": "she"},
        ),
        (),
    )


@pytest.mark.parametrize(
    ("lines", "links"),
    [
        ("links: https://a.org/x", [("a.org/x", "https://a.org/x")]),
        ("links:\n  Mastodon: https://m.org/@ann", [("Mastodon", "https://m.org/@ann")]),
        ("links:\n  - name: A\n    href: https://a.org", [("A", "https://a.org")]),
        ("links: [mailto:a@b.org]", [("a@b.org", "mailto:a@b.org")]),
        ("github: annlee\nurl: https://a.org", [("GitHub", "https://github.com/annlee"), ("Website", "https://a.org")]),
        ("twitter: '@ann'\nlinks:", [("Twitter", "https://twitter.com/ann")]),
        ("github:", []),
    ],
)  # fmt: skip
def test_links_are_read_in_every_spelling(lines: str, links: list[tuple[str, str]]) -> None:
    assert [(link.label, link.url) for link in author(lines).links] == links


@pytest.mark.parametrize(
    ("lines", "status"),
    [("guest: true", "guest"), ("alumni: true", "alumni"), ("guest: false", "active"), ("status: Guest", "guest")],
)  # fmt: skip
def test_a_status_is_read_in_every_spelling(lines: str, status: str) -> None:
    assert author(lines).status == status
