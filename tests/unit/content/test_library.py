"""The library: which file is what, which subject it is, and how each fault of a file is shown."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from blognet.content import codes
from blognet.content.library import read_library
from blognet.content.parse import parse_content
from blognet.content.values import (
    Author,
    FileFault,
    FoundFile,
    Library,
    Post,
    Proposal,
    ReadingRules,
)
from blognet.kernel.hashing import PathFacts, sha256_hex
from blognet.kernel.ids import AuthorId, Kind, SourcePath, Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES = ReadingRules(main_language="en", languages=("en", "de", "pt-BR"), zone=UTC)
POST = "---\ntitle: T\nauthors: [ann]\ndate: 2026-01-01\n---\nBody\n"
BARE = "# T\nBody\n"
ANN = "---\nname: Ann\n---\n"
PNG = b"\x89PNG\r\n\x1a\n0000"


def found(path: str, content: str | bytes, fault: str = "", size: int | None = None) -> FoundFile:
    raw = content.encode() if isinstance(content, str) else content
    readable = path.lower().endswith((".md", ".markdown", ".svg")) and not fault
    return FoundFile(
        path=SourcePath(path),
        raw=raw if readable else None,
        sha256="" if fault else sha256_hex(raw),
        size=len(raw) if size is None else size,
        fault=fault,
        head=raw[:32],
    )


def library(files: Mapping[str, str | bytes], *more: FoundFile) -> Library:
    listed = tuple(found(path, content) for path, content in files.items())
    return read_library((*listed, *more, found("authors/ann.md", ANN)), rules=RULES)


def posts(read: Library) -> dict[str, str]:
    return {str(p.subject): p.path for p in read.proposals if p.subject.kind is not Kind.PROFILE}


def only(read: Library) -> Proposal:
    (proposal,) = (p for p in read.proposals if p.subject.kind is not Kind.PROFILE)
    return proposal


def shown(read: Library) -> list[tuple[str, str, int, int]]:
    problems = [*read.problems, *(q for p in read.proposals for q in p.problems)]
    return sorted((q.location.path, q.code, q.location.line, q.location.column) for q in problems)


@pytest.mark.parametrize(
    ("path", "subject"),
    [
        ("queue/hello.md", "post/hello"),
        ("queue/Our trip to Köln.md", "post/our-trip-to-koeln"),
        ("queue/2026-11-22-hello.md", "post/hello"),
        ("queue/2026-1-2 hello.md", "post/hello"),
        ("queue/2026-13-45-hello.md", "post/2026-13-45-hello"),
        ("queue/2026-11-22.md", "post/2026-11-22"),
        ("queue/sub/sub sub/hello.markdown", "post/hello"),
        ("queue/HELLO.MD", "post/hello"),
        ("queue/trip/index.md", "post/trip"),
        ("queue/2026-11-22-trip/index.md", "post/trip"),
        ("queue/ann/trip/INDEX.md", "post/trip"),
        ("posts/hello.md", "post/hello"),
        ("pages/about.md", "page/about"),
        ("pages/imprint/index.md", "page/imprint"),
        ("queue/hello.de.md", "post/hello.de"),
        ("queue/hello.DE.md", "post/hello.de"),
        ("queue/hello.pt-br.md", "post/hello.pt-BR"),
        ("queue/hello.en.md", "post/hello"),
        ("queue/trip/index.de.md", "post/trip.de"),
        ("queue/notes.v2.md", "post/notes-v2"),
        ("queue/hello.fr.md", "post/hello-fr"),
    ],
)
def test_the_subject_is_found_by_place_and_name(path: str, subject: str) -> None:
    read = library({path: POST})
    assert posts(read) == {subject: path}
    assert shown(read) == []


@pytest.mark.parametrize(
    "path",
    [
        "queue/README.md", "queue/readme.md", "queue/sub/README.md", "queue/_draft.md", "queue/.hidden.md",
        "queue/_old/hello.md", "queue/.git/hello.md", "queue/.DS_Store", "queue/Thumbs.db", "queue/.gitkeep",
        "authors/README.md", "authors/_template.md", "other/hello.md", "blognet.yml",
    ],
)  # fmt: skip
def test_what_the_rules_skip_is_neither_a_post_nor_a_fault(path: str) -> None:
    read = library({path: POST})
    assert (posts(read), shown(read)) == ({}, [])


@pytest.mark.parametrize(
    ("front", "subject"),
    [("slug: other", "post/other"), ("lang: de", "post/hello.de"), ("lang: EN", "post/hello")],
)
def test_front_matter_can_name_the_subject(front: str, subject: str) -> None:
    read = library({"queue/hello.md": f"---\ntitle: T\nauthors: ann\n{front}\n---\n"})
    assert posts(read) == {subject: "queue/hello.md"}


@pytest.mark.parametrize(
    ("path", "text", "facts"),
    [
        ("queue/ann/2026-11-22-x.md", BARE, PathFacts(authors=("ann",), date="2026-11-22")),
        ("queue/ann/2026-11-22-x/index.md", BARE, PathFacts(authors=("ann",), date="2026-11-22")),
        ("queue/ann/team/x.md", BARE, PathFacts(authors=("ann",))),
        ("queue/ann/2026-11-22-x.md", POST, PathFacts()),
        ("queue/2026-1-2-x.md", "---\ntitle: T\nauthors: ann\n---\n", PathFacts(date="2026-01-02")),
        ("queue/ann/x.md", "---\ntitle: T\nauthors: [ann]\n---\n", PathFacts()),
    ],
)
def test_the_path_contributes_only_what_the_front_matter_left_open(
    path: str, text: str, facts: PathFacts
) -> None:
    assert only(library({path: text})).path_facts == facts


def test_what_the_path_contributed_is_in_the_post() -> None:
    post = only(library({"queue/ann/2026-11-22-x.md": BARE})).content
    assert isinstance(post, Post)
    assert post.authors == ("ann",)
    assert post.date == datetime(2026, 11, 22, tzinfo=UTC)


def test_a_move_changes_nothing_when_the_front_matter_says_it_all() -> None:
    hashes = {
        only(library({path: POST})).hash
        for path in ("queue/x.md", "posts/x.md", "queue/ann/2026-11-22-x.md", "queue/x/index.md")
    }
    assert len(hashes) == 1


def test_windows_line_ends_change_nothing() -> None:
    windows = library({"queue/x.md": b"\xef\xbb\xbf" + POST.replace("\n", "\r\n").encode()})
    assert only(windows).hash == only(library({"queue/x.md": POST})).hash


def test_a_bundles_files_are_assets_of_each_language() -> None:
    read = library(
        {
            "queue/trip/index.md": POST,
            "queue/trip/index.de.md": POST,
            "queue/trip/z.png": PNG,
            "queue/trip/images/_DSC1.jpg": b"\xff\xd8\xff",
            "queue/trip/.DS_Store": b"x",
        }
    )
    assert posts(read) == {
        "post/trip": "queue/trip/index.md",
        "post/trip.de": "queue/trip/index.de.md",
    }
    for proposal in read.proposals[:2]:
        assert [asset.path for asset in proposal.assets] == ["images/_DSC1.jpg", "z.png"]
        assert proposal.asset_sources == ("queue/trip/images/_DSC1.jpg", "queue/trip/z.png")
        assert proposal.bundle == "queue/trip"
        assert not proposal.problems


def test_an_asset_is_part_of_what_is_approved() -> None:
    one = library({"queue/trip/index.md": POST, "queue/trip/a.png": PNG})
    two = library({"queue/trip/index.md": POST, "queue/trip/a.png": PNG + b"1"})
    assert only(one).hash != only(two).hash


def test_the_queue_shadows_the_posts() -> None:
    read = library({"queue/x.md": POST, "posts/sub/x.md": POST, "posts/y.md": POST})
    assert posts(read) == {"post/x": "queue/x.md", "post/y": "posts/y.md"}
    assert [proposal.path for proposal in read.shadowed] == ["posts/sub/x.md"]
    assert shown(read) == []


def test_a_page_and_a_post_may_share_a_name() -> None:
    assert posts(library({"queue/x.md": POST, "pages/x.md": POST})) == {
        "page/x": "pages/x.md",
        "post/x": "queue/x.md",
    }


def test_two_files_for_one_post_are_reported_at_both_places_and_wait() -> None:
    read = library({"queue/x.md": POST, "queue/x/index.md": POST, "queue/y.md": POST})
    assert shown(read) == [
        ("queue/x.md", "BN012", 0, 0),
        ("queue/x/index.md", "BN012", 0, 0),
    ]
    assert [str(p.subject) for p in read.proposals if p.is_faulty] == ["post/x"]


def test_a_page_needs_no_author() -> None:
    read = library({"pages/about.md": BARE})
    assert only(read).content is not None
    assert shown(read) == []


# Files, then every problem: path, code, line, column.
FAULTS: list[tuple[str, dict[str, str | bytes], list[tuple[str, str, int, int]]]] = [
    ("latin-1", {"queue/x.md": b"# T\nh\xe9"}, [("queue/x.md", "BN001", 2, 2)]),
    ("lone CR", {"queue/x.md": b"# T\rx"}, [("queue/x.md", "BN001", 1, 4)]),
    ("profile in latin-1", {"authors/bob.md": b"\xe9"}, [("authors/bob.md", "BN001", 1, 1)]),
    (
        "conflict",
        {"queue/x.md": POST + "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n"},
        [("queue/x.md", "BN002", 7, 1)],
    ),
    (
        "conflict in front matter",
        {"queue/x.md": "---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> main\n---\n"},
        [("queue/x.md", "BN002", 2, 1)],
    ),
    ("lone image", {"queue/p.png": PNG}, [("queue/p.png", "BN007", 0, 0)]),
    ("Word", {"queue/x.docx": b"PK"}, [("queue/x.docx", "BN007", 0, 0)]),
    ("HTML", {"pages/x.html": b"x"}, [("pages/x.html", "BN007", 0, 0)]),
    ("no ending", {"queue/LICENSE": b"x"}, [("queue/LICENSE", "BN007", 0, 0)]),
    (
        "Dropbox",
        {"queue/x (Ann's conflicted copy 2026-11-22).md": POST},
        [("queue/x (Ann's conflicted copy 2026-11-22).md", "BN008", 0, 0)],
    ),
    (
        "Syncthing",
        {"queue/x.sync-conflict-20261122-091503-ABC.md": POST},
        [("queue/x.sync-conflict-20261122-091503-ABC.md", "BN008", 0, 0)],
    ),
    ("editor", {"queue/x.md~": POST}, [("queue/x.md~", "BN008", 0, 0)]),
    ("patch", {"authors/ann.md.orig": ANN}, [("authors/ann.md.orig", "BN008", 0, 0)]),
    (
        "page in bundle",
        {"queue/t/index.md": POST, "queue/t/a.html": b"x"},
        [("queue/t/a.html", "BN009", 0, 0)],
    ),
    (
        "script in bundle",
        {"queue/t/index.md": POST, "queue/t/a.js": b"x"},
        [("queue/t/a.js", "BN009", 0, 0)],
    ),
    (
        "disguise",
        {"queue/t/index.md": POST, "queue/t/a.png": b"<html>"},
        [("queue/t/a.png", "BN010", 0, 0)],
    ),
    (
        "svg",
        {
            "queue/t/index.md": POST,
            "queue/t/a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'>\n<script/></svg>",
        },
        [("queue/t/a.svg", "BN011", 2, 1)],
    ),
    (
        "case",
        {"authors/Ann.md": ANN},
        [("authors/Ann.md", "BN013", 0, 0), ("authors/ann.md", "BN013", 0, 0)],
    ),
    ("no letters", {"queue/🎉.md": POST}, [("queue/🎉.md", "BN014", 0, 0)]),
    ("no letters nor text", {"queue/🎉.md": b"\xff"}, [("queue/🎉.md", "BN014", 0, 0)]),
    (
        "text in bundle",
        {"queue/t/index.md": POST, "queue/t/notes.md": POST},
        [("queue/t/notes.md", "BN015", 0, 0)],
    ),
    (
        "bundle in bundle",
        {"queue/t/index.md": POST, "queue/t/u/index.md": POST},
        [("queue/t/u/index.md", "BN015", 0, 0)],
    ),
    ("image", {"queue/x.md": POST + "See ![it](it.png)\n"}, [("queue/x.md", "BN016", 7, 11)]),
    (
        "image tag",
        {"queue/x.md": POST + "See <IMG src=it.png>\n"},
        [("queue/x.md", "BN016", 7, 14)],
    ),
    (
        "front image",
        {"queue/x.md": "---\ntitle: T\nauthors: ann\nimage: it.png\n---\n"},
        [("queue/x.md", "BN016", 4, 8)],
    ),
    ("profile folder", {"authors/team/bob.md": ANN}, [("authors/team/bob.md", "BN017", 0, 0)]),
    ("profile name", {"authors/bob lee.md": ANN}, [("authors/bob lee.md", "BN017", 0, 0)]),
    (
        "picture of nobody",
        {"authors/bob.jpg": b"\xff\xd8\xff"},
        [("authors/bob.jpg", "BN017", 0, 0)],
    ),
    (
        "two pictures",
        {"authors/ann.jpg": b"\xff\xd8\xff", "authors/ann.png": PNG},
        [("authors/ann.jpg", "BN018", 0, 0), ("authors/ann.png", "BN018", 0, 0)],
    ),
    ("index", {"queue/index.md": POST}, [("queue/index.md", "BN019", 0, 0)]),
    (
        "two languages",
        {"queue/x.de.md": "---\ntitle: T\nauthors: ann\nlang: en\n---\n"},
        [("queue/x.de.md", "BN020", 4, 7)],
    ),
    (
        "language",
        {"queue/x.md": "---\ntitle: T\nauthors: ann\nlang: fr\n---\n"},
        [("queue/x.md", "BN021", 4, 7)],
    ),
    (
        "author",
        {"queue/x.md": "---\ntitle: T\nauthors: [ann, anna]\n---\n"},
        [("queue/x.md", "BN022", 3, 16)],
    ),
    ("no author", {"queue/x.md": BARE}, [("queue/x.md", "BN023", 1, 0)]),
    (
        "asset case",
        {"queue/t/index.md": POST, "queue/t/a.png": PNG, "queue/t/A.png": PNG},
        [("queue/t/a.png", "BN024", 0, 0)],
    ),
    (
        "asset forms",
        {"queue/t/index.md": POST, "queue/t/é.png": PNG, "queue/t/e\u0301.png": PNG},
        [("queue/t/é.png", "BN024", 0, 0)],
    ),
    ("path", {"queue/a\nb.md": POST}, [("queue/a\nb.md", "BN025", 0, 0)]),
    (
        "profile yaml",
        {"authors/bob.md": "---\nname: B: C\n---\n"},
        [("authors/bob.md", "BN103", 2, 8)],
    ),
    (
        "picture outside of the profile's folder",
        {"authors/bob/index.md": ANN, "authors/bob.png": PNG},
        [("authors/bob.png", "BN017", 0, 0)],
    ),
    (
        "folder beside the profile",
        {"authors/bob.md": ANN, "authors/bob/bob.png": PNG},
        [("authors/bob/bob.png", "BN017", 0, 0)],
    ),
]
UNREAD = {
    FileFault.SYMLINK: "BN003",
    FileFault.SPECIAL: "BN004",
    FileFault.TOO_LARGE: "BN005",
    FileFault.UNREADABLE: "BN006",
}


@pytest.mark.parametrize(
    ("files", "expected"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_a_faulty_file_is_named_and_the_rest_goes_on(
    files: dict[str, str | bytes], expected: list[tuple[str, str, int, int]]
) -> None:
    read = library({**files, "queue/good.md": POST})
    assert shown(read) == expected
    (good,) = (p for p in read.proposals if p.subject.id == "good")
    assert good.content is not None


def test_every_code_of_files_is_produced_by_a_test_here() -> None:
    produced = {place[1] for fault in FAULTS for place in fault[2]} | set(UNREAD.values())
    files = {entry.code for entry in codes.CODES if entry.code < "BN100"}
    assert files <= produced | {codes.DUPLICATE_ID}


@pytest.mark.parametrize(("fault", "code"), UNREAD.items())
def test_a_file_that_was_not_read_is_named_with_what_to_do(fault: str, code: str) -> None:
    read = library({"queue/good.md": POST}, found("queue/x.md", "", fault=fault))
    assert shown(read) == [("queue/x.md", code, 0, 0)]
    assert all(problem.hint for problem in read.problems)


@pytest.mark.parametrize(("fault", "code"), UNREAD.items())
def test_a_bundle_waits_for_an_asset_that_was_not_read(fault: str, code: str) -> None:
    read = library({"queue/t/index.md": POST}, found("queue/t/a.png", "", fault=fault))
    assert shown(read) == [("queue/t/a.png", code, 0, 0)]
    assert only(read).is_faulty


@pytest.mark.parametrize(
    ("path", "size"),
    [("queue/t/index.md", 1024 * 1024 + 1), ("queue/t/a.mp4", 25 * 1024 * 1024 + 1)],
)
def test_a_file_that_is_too_large_is_refused_by_its_size(path: str, size: int) -> None:
    read = library({}, found("queue/t/index.md", POST), found(path, POST, size=size))
    assert (path, "BN005", 0, 0) in shown(read)


def test_a_copy_left_in_a_bundle_is_named_but_keeps_nothing_waiting() -> None:
    read = library({"queue/t/index.md": POST, "queue/t/a (conflicted copy).png": PNG})
    assert shown(read) == [("queue/t/a (conflicted copy).png", "BN008", 0, 0)]
    assert not only(read).is_faulty
    assert only(read).assets == ()


def test_conflict_markers_in_code_are_somebodys_example() -> None:
    code = "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n```\n"
    assert shown(library({"queue/x.md": POST + code})) == []


@pytest.mark.parametrize(
    "text", ["<<<<<<< HEAD\n", "Title\n=======\n", ">>>>>>> quoted\n<<<<<<< x\n=======\n"]
)
def test_one_marker_alone_is_no_conflict(text: str) -> None:
    assert shown(library({"queue/x.md": POST + text})) == []


@pytest.mark.parametrize(
    "text",
    [
        "![a](a.png)", "![a](./a.png 'T')", "![a](<a b.png>)", "![a](a%20b.png)", "<img alt='' src='a.png'>",
        "![a](https://x.org/z.png)", "![a](/z.png)", "![a](#z)", "`![a](z.png)`", "```\n![a](z.png)\n```",
        "[z](z.png)", "![a]({{ site.z }}.png)", "![a](a.png?x#y)", "![é](e\u0301.png)",
    ],
)  # fmt: skip
def test_an_image_that_is_there_or_elsewhere_or_in_code_is_no_fault(text: str) -> None:
    assets: dict[str, str | bytes] = {f"queue/t/{name}.png": PNG for name in ("a", "a b", "é")}
    assert shown(library({"queue/t/index.md": f"{POST}{text}\n", **assets})) == []


def test_a_missing_image_is_a_warning_with_the_name_that_was_meant() -> None:
    read = library(
        {"queue/t/index.md": POST + "![a](team.jpg)\n", "queue/t/Team.jpg": b"\xff\xd8\xff"}
    )
    (problem,) = only(read).problems
    assert not problem.is_error
    assert problem.location.excerpt == "![a](team.jpg)"
    assert problem.location.width == len("team.jpg")
    assert "'Team.jpg'" in problem.hint


def test_an_unknown_author_is_suggested_from_those_who_exist() -> None:
    (problem,) = only(library({"queue/x.md": "---\ntitle: T\nauthors: [anne]\n---\n"})).problems
    assert problem.hint == "did you mean 'ann'?"
    assert problem.location.key == "authors[0]"


def test_an_author_who_only_the_record_knows_exists() -> None:
    files = (found("queue/eve/x.md", BARE),)
    read = read_library(files, rules=RULES, known_authors=frozenset({AuthorId("eve")}))
    assert shown(read) == []
    assert only(read).path_facts == PathFacts(authors=("eve",))


def test_a_revision_with_broken_front_matter_stays_its_subject() -> None:
    read = library({"posts/file.md": "---\nslug: live-post\ntitle: a: b\n---\n"})
    assert posts(read) == {"post/live-post": "posts/file.md"}
    assert only(read).content is None
    assert only(read).hash is not None


@pytest.mark.parametrize(
    ("files", "avatar"),
    [
        ({"authors/bob.md": ANN, "authors/bob.jpg": b"\xff\xd8\xff"}, "bob.jpg"),
        ({"authors/bob/index.md": ANN, "authors/bob/bob.webp": b"RIFF0000WEBP"}, "bob.webp"),
        ({"authors/bob/index.md": ANN, "authors/bob/avatar.png": PNG}, "avatar.png"),
        ({"authors/bob.md": ANN}, ""),
    ],
)
def test_the_avatar_lies_beside_the_profile(files: dict[str, str | bytes], avatar: str) -> None:
    (proposal,) = (p for p in library(files).proposals if p.subject.id == "bob")
    assert isinstance(proposal.content, Author)
    assert proposal.content.avatar == avatar
    assert [asset.path for asset in proposal.assets] == ([avatar] if avatar else [])


def test_a_profile_may_have_a_second_language() -> None:
    read = library({"authors/ann.de.md": ANN, "authors/ann.png": PNG})
    assert [str(p.subject) for p in read.proposals] == ["profile/ann", "profile/ann.de"]
    assert {p.assets for p in read.proposals} == {read.proposals[0].assets}


def test_an_approved_copy_is_read_though_its_author_and_topics_are_gone() -> None:
    rules = ReadingRules(main_language="fr", languages=("fr",), zone=UTC, topics=("other",))
    content, problems = parse_content(
        Subject(kind=Kind.POST, id="x", language="de"),
        text="---\ntitle: T\nauthors: [gone]\nlang: de\ntopics: [hiring]\n---\n",
        path="record/post/x.de/1.txt",
        path_facts=PathFacts(),
        assets=(),
        rules=rules,
    )
    assert isinstance(content, Post)
    assert [problem.code for problem in problems] == ["BN129"]


def test_a_library_can_be_handed_to_another_process() -> None:
    read = library({"queue/ann/x.md": "---\ntitle: T\nextra: {a: [1]}\n---\n", "queue/y.md": "# T"})
    assert pickle.loads(pickle.dumps(read)) == read  # noqa: S301  # our own bytes
