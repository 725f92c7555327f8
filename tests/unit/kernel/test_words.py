"""The shared words: decoding, slugs, times, ids, suggestions and places."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from blognet.kernel.hashing import AssetEntry, PathFacts, content_hash
from blognet.kernel.ids import Kind, Subject, parse_author_id, parse_slug, parse_subject
from blognet.kernel.nearest import did_you_mean, nearest
from blognet.kernel.places import source_lines
from blognet.kernel.text import (
    Undecodable,
    decode_source,
    quote_lines,
    slug_of_word,
    slugify,
    unquote_lines,
)
from blognet.kernel.times import parse_time

BERLIN = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"ab\ncd\xffe", Undecodable(reason="not UTF-8 text", line=2, column=3)),
        (b"a\rb", Undecodable(reason="a carriage return without a line feed", line=1, column=2)),
        (
            b"a\r\r\nb",
            Undecodable(reason="a carriage return without a line feed", line=1, column=2),
        ),
        (b"a\nb\0", Undecodable(reason="a NUL byte", line=2, column=2)),
        ("héé".encode("latin-1"), Undecodable(reason="not UTF-8 text", line=1, column=2)),
        ("a".encode("utf-16"), Undecodable(reason="not UTF-8 text", line=1, column=1)),
    ],
)
def test_bytes_that_are_no_source_are_refused_with_their_place(
    raw: bytes, fault: Undecodable
) -> None:
    assert decode_source(raw) == fault


def test_the_column_of_a_bad_byte_counts_characters() -> None:
    assert decode_source("héé".encode() + b"\xff") == Undecodable(
        reason="not UTF-8 text", line=1, column=4
    )


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Our trip to Köln", "our-trip-to-koeln"),
        ("Ko\u0308ln", "koeln"),
        ("  --Hello,   World!-- ", "hello-world"),
        ("It's & more", "its-and-more"),
        ("Crème brûlée", "creme-brulee"),
        ("İstanbul", "istanbul"),
        ("\U0001d400 ﬁne ②", "a-fine-2"),
        ("日本語 テスト", "日本語-テスト"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
        ("snake_case.v2", "snake-case-v2"),
        ("🎉", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_slug_keeps_the_words_and_drops_the_rest(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("C", "c"), ("C++", "c-plus-plus"), ("c ++", "c"), ("C#", "c-sharp"), ("F\u266f", "f-sharp"),
        ("Notepad+", "notepad-plus"),
        ("C++ and C#", "c-plus-plus-and-c-sharp"), ("#news", "news"), ("a+b", "a-b"), ("C#7", "c-7"), (".NET", "net"),
        ("Köln+", "koeln-plus"), ("R&D", "r-and-d"), ("#", ""), ("C\uff0b\uff0b", "c-plus-plus"),
    ],
)  # fmt: skip
def test_pluses_and_a_sharp_at_the_end_of_a_word_make_another_tag(word: str, slug: str) -> None:
    assert slug_of_word(word) == slug
    assert not slug or parse_slug(slug) == slug


@pytest.mark.parametrize("text", ["", "A", "a b", "-a", "a-", "a/b", "a.b", "..", "a\n", "x" * 121])
def test_what_is_not_in_slug_form_is_no_slug(text: str) -> None:
    assert parse_slug(text) is None


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2016-10-12", "2016-10-11T23:00:00"),
        ("2019-12-3", "2019-12-02T23:00:00"),
        ("2015-12-17 12:00", "2015-12-17T11:00:00"),
        ("2014-03-12T10:11:00-04:00", "2014-03-12T14:11:00"),
        ("2014-03-12T10:11:00.000Z", "2014-03-12T10:11:00"),
        ("2014-03-12 10:11 EDT", "2014-03-12T14:11:00"),
        ("2014-03-12 10:11:12 +0530", "2014-03-12T04:41:12"),
        ("June 15, 2021", "2021-06-14T23:00:00"),
        ("Sept. 1st, 2021", "2021-08-31T23:00:00"),
        (" 2016-10-12 ", "2016-10-11T23:00:00"),
    ],
)
def test_the_spellings_of_times_are_read(text: str, utc: str) -> None:
    assert parse_time(text, zone=BERLIN) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2016-02-30", "2016-13-01", "12/10/2016", "2016-07-19 (optional)", "Juno 15, 2021",
        "2016-10-12 25:00", "2016-10-12 10:00 +30:00", "2016-10-12 10:00-400", "0001-01-01", "\u0662016-10-12",
    ],
)  # fmt: skip
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    assert parse_time(text, zone=BERLIN) is None


@pytest.mark.parametrize("text", ["", "-a", "a-", "a.b", "a/b", "ä", "a b", "x" * 101, "..", "a\n"])
def test_what_could_be_another_file_is_no_author_id(text: str) -> None:
    assert parse_author_id(text) is None


@pytest.mark.parametrize(
    "text",
    ["post", "post/", "post/a/b", "other/a", "post/A", "post/a.", "post/a.DE", "profile/a b"],
)
def test_what_no_subject_is_called_is_no_subject(text: str) -> None:
    assert parse_subject(text) is None


def test_a_folder_stands_for_an_author_in_the_hash_and_is_not_a_date() -> None:
    subject = Subject(kind=Kind.POST, id="a")
    facts = [
        PathFacts(),
        PathFacts(authors=("ann",)),
        PathFacts(date="ann"),
        PathFacts(authors=("ann", "")),
        PathFacts(authors=("",)),
    ]
    hashes = {content_hash(subject, path_facts=fact, text="", assets=()) for fact in facts}
    assert len(hashes) == len(facts)


def test_an_asset_is_not_a_part_of_the_text() -> None:
    subject = Subject(kind=Kind.POST, id="a")
    asset = AssetEntry(path="p.png", sha256="0" * 64)
    one = content_hash(subject, path_facts=PathFacts(), text="x", assets=(asset,))
    two = content_hash(
        subject, path_facts=PathFacts(), text=f"x{asset.path}{asset.sha256}", assets=()
    )
    assert one != two


def test_the_hash_of_a_known_post_never_changes() -> None:
    subject = Subject(kind=Kind.POST, id="hello", language="de")
    facts = PathFacts(authors=("ann",), date="2026-11-22")
    assets = (AssetEntry(path="b.png", sha256="1" * 64), AssetEntry(path="a.png", sha256="0" * 64))
    assert content_hash(subject, path_facts=facts, text="Grüße\n", assets=assets).hex == KNOWN


KNOWN = "7859d5cb8636320aafffe6cd7da2675b4d87912177a20a65b4f7c52bfdcd3cd8"


@pytest.mark.parametrize("quoted", ["", "| a", "a\n", "| a\nb\n", "|a\n", "| a\n\n"])
def test_what_was_not_quoted_does_not_unquote(quoted: str) -> None:
    assert unquote_lines(quoted) is None


def test_words_have_a_mark_of_their_own() -> None:
    assert quote_lines("a\n\nb", mark="> ") == "> a\n> \n> b\n"


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("tag", "tags"),
        ("TITLE", "title"),
        ("titel", "title"),
        ("zzz", ""),
        ("", ""),
        ("x" * 61, ""),
    ],
)
def test_the_nearest_word_is_suggested_only_when_it_is_near(word: str, found: str) -> None:
    assert nearest(word, ["tags", "title", "topics"]) == found


def test_a_suggestion_does_not_depend_on_the_order_of_the_words() -> None:
    assert did_you_mean("anna", ["anne", "anni"]) == did_you_mean("anna", ["anni", "anne"])


def test_a_place_never_underlines_beyond_its_line() -> None:
    place = source_lines("ab\ncd", path="p").location(2, 2, width=50)
    assert (place.excerpt, place.width) == ("cd", 1)


def test_a_place_outside_of_the_text_has_no_excerpt() -> None:
    assert source_lines("ab", path="p", first_line=5).location(1).excerpt == ""
