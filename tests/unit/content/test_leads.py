"""What an address in a text can mean, whoever asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blognet.content.leads import (
    Addressed,
    Lead,
    Origin,
    OwnFile,
    Sourced,
    has_scheme,
    leads,
    split_address,
)
from blognet.kernel.ids import Kind, SitePath, Subject

ORIGIN = Origin(
    path=SitePath("/2026/our-trip/"),
    language="de",
    files=frozenset({"map.pdf", "bell #1.png", "50%25.png", "maps/a.pdf"}),
)


def addressed(path: str) -> Addressed:
    return Addressed(spellings=(SitePath(path), SitePath(f"{path}/"), SitePath(f"{path}.html")))


def sourced(name: str, *languages: str) -> Sourced:
    return Sourced(
        subjects=tuple(
            Subject(kind=kind, id=name, language=language)
            for kind in (Kind.POST, Kind.PAGE)
            for language in languages
        )
    )


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("/2026/x/", [addressed("/2026/x")]),
        ("/2026/x/index.html", [addressed("/2026/x")]),
        ("/blog/2026/x/", [addressed("/blog/2026/x"), addressed("/2026/x")]),
        ("../x/", [addressed("/2026/x"), sourced("x", "de", "")]),
        ("./map.pdf", [OwnFile(name="map.pdf"), addressed("/2026/our-trip/map.pdf"), sourced("map", "pdf", "")]),
        ("x.md", [sourced("x", "de", "")]),
        ("x.fr.md", [sourced("x", "fr", "")]),
        ("../posts/2026-11-22-x/index.md", [sourced("x", "de", "")]),
        ("../../../../etc/passwd", [addressed("/etc/passwd"), sourced("passwd", "de", "")]),
    ],
)  # fmt: skip
def test_a_path_means_a_file_of_the_bundle_then_an_address_then_a_source(
    wanted: str, expected: list[Lead]
) -> None:
    assert list(leads(wanted, ORIGIN, folder="/blog")) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("x.md#part", ("x.md", "#part")),
        ("/a%20b/?q=1#c", ("/a b/", "?q=1#c")),
        ("bell #1.png", ("bell #1.png", "")),
        ("bell #2.png", ("bell ", "#2.png")),
        ("50%25.png", ("50%25.png", "")),
        ("50%25.png?x", ("50%25.png", "?x")),
        ("#below", ("", "#below")),
        ("u\u0308ber.md", ("über.md", "")),
    ],
)
def test_a_name_in_the_bundle_goes_before_marks_and_escapes(
    address: str, expected: tuple[str, str]
) -> None:
    assert split_address(address, ORIGIN) == expected


@given(st.text(min_size=1, max_size=30), st.sampled_from(["", "/blog"]))
def test_no_address_leads_out_of_the_site(address: str, folder: str) -> None:
    wanted, _ = split_address(address, ORIGIN)
    for lead in leads(wanted, ORIGIN, folder=folder) if wanted else ():
        if isinstance(lead, Addressed):
            assert all(".." not in path.split("/") for path in lead.spellings)
            assert all(path.startswith("/") for path in lead.spellings[1:2])
        if isinstance(lead, OwnFile):
            assert lead.name in ORIGIN.files


def test_a_scheme_is_more_than_a_colon() -> None:
    assert [has_scheme(one) for one in ("mailto:a", " tel:1", "a/b:c", "1:2", ":x")] == [
        True, True, False, False, False,
    ]  # fmt: skip
