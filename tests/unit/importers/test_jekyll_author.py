"""One author file."""

from __future__ import annotations

from blognet.content.values import AuthorStatus, ProfileLink
from blognet.importers.jekyll_author import OldAuthor, read_author, read_author_list


def read(front: str, *, name: str = "ann") -> OldAuthor:
    author = read_author(f"_authors/{name}.md", f"---\n{front}---\n".encode())
    assert isinstance(author, OldAuthor), author
    return author


def remarks(author: OldAuthor) -> list[tuple[int, str]]:
    return [(remark.line, remark.code) for remark in author.remarks]


def test_the_name_is_the_full_one_else_both_parts_else_the_id() -> None:
    assert (
        read("name: ann\nfirst_name: Ann\nlast_name: Lee\nfull_name: Ann B. Lee\n").name
        == "Ann B. Lee"
    )
    assert read("name: ann\nfirst_name: Ann\nlast_name: Lee\n").name == "Ann Lee"
    assert read("first_name: Team\nlast_name:\n").name == "Team"
    assert read("layout: x\n").name == "ann"


def test_role_team_email_and_link_become_the_profiles() -> None:
    author = read("role: Manager\nteam: DHS\nemail: ann@example.gov\nurl: http://www.gsa.gov/a\n")
    assert (author.title, author.team, author.email) == ("Manager", "DHS", "ann@example.gov")
    assert author.links == (ProfileLink(label="gsa.gov", url="http://www.gsa.gov/a"),)


def test_guests_and_alumni_have_their_status() -> None:
    assert read("guest: true\n").status is AuthorStatus.GUEST
    assert read("alumni: true\n").status is AuthorStatus.ALUMNI
    assert read("guest: false\n").status is AuthorStatus.ACTIVE


def test_what_a_profile_has_no_key_for_is_kept_under_extra_and_reported() -> None:
    author = read(
        "city: Washington\nstate: DC\nproject:\n- Blog\nredirect_from: /team/ann/\nproject2:\n"
    )
    assert author.extra == {
        "city": "Washington", "state": "DC", "project": ["Blog"], "redirect_from": "/team/ann/",
    }  # fmt: skip
    assert [code for _, code in remarks(author)].count("BN534") == 4


def test_a_misspelt_key_is_read_as_what_was_meant_and_reported() -> None:
    author = read("proejct:\n- Guild\nemial: ann@example.gov\n")
    assert (author.extra, author.email) == ({"project": ["Guild"]}, "ann@example.gov")
    assert (2, "BN536") in remarks(author)
    assert (4, "BN536") in remarks(author)


def test_a_name_that_is_not_the_file_name_is_reported() -> None:
    assert remarks(read("name: Ann O. Lee\nfull_name: Ann O. Lee\n")) == [(2, "BN541")]


def test_an_id_may_have_capitals() -> None:
    assert read("full_name: The office\n", name="18F").ident == "18F"


def test_a_file_name_that_cannot_be_an_id_is_a_problem() -> None:
    problems = read_author("_authors/an n.md", b"---\nname: x\n---\n")
    assert isinstance(problems, tuple)
    assert [each.code for each in problems] == ["BN531"]


def test_a_list_of_authors_is_read_like_files() -> None:
    listed = read_author_list(
        "_data/authors.yml", b"ann:\n  name: Ann Lee\n  bio: Hello.\nbob:\n- x\n"
    )
    assert [(author.ident, author.name, author.body) for author in listed.authors] == [
        ("ann", "Ann Lee", "Hello.")
    ]
    assert [(each.location.line, each.code) for each in listed.problems] == [(4, "BN531")]
