"""Invariants of the shared words, over texts that nobody would think of."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from blognet.kernel.hashing import (
    AssetEntry,
    ContentHash,
    PathFacts,
    canonical_encoding,
    content_hash,
    parse_content_hash,
)
from blognet.kernel.ids import Kind, Subject, parse_slug, parse_subject
from blognet.kernel.text import Undecodable, decode_source, quote_lines, slugify, unquote_lines
from blognet.kernel.times import compact, iso, parse_iso, parse_time

CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(CHARACTERS)
SUBJECT = Subject(kind=Kind.POST, id="hello")
MOMENTS = st.datetimes(
    min_value=datetime.fromisoformat("1900-01-02"),
    max_value=datetime.fromisoformat("2199-12-30"),
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
ASSETS = st.lists(
    st.builds(
        AssetEntry, path=st.text("ab/.", min_size=1), sha256=st.sampled_from(["0" * 64, "f" * 64])
    ),
    unique_by=lambda asset: asset.path,
)


@given(TEXTS)
def test_quoted_lines_give_back_exactly_the_text(text: str) -> None:
    assert unquote_lines(quote_lines(text)) == text


@given(TEXTS)
def test_every_line_of_a_quoted_text_bears_the_mark(text: str) -> None:
    quoted = quote_lines(text)
    assert quoted.endswith("\n")
    assert all(line.startswith("| ") for line in quoted[:-1].split("\n"))


@given(TEXTS)
def test_what_unquotes_was_made_by_quoting(text: str) -> None:
    plain = unquote_lines(text)
    assert plain is None or quote_lines(plain) == text


@given(TEXTS)
def test_a_slug_made_twice_is_the_slug_made_once(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(TEXTS)
def test_a_made_slug_is_empty_or_in_slug_form(text: str) -> None:
    slug = slugify(text)
    assert not slug or parse_slug(slug) == slug


@given(TEXTS)
def test_a_slug_does_not_depend_on_how_the_letters_are_composed(text: str) -> None:
    assert slugify(unicodedata.normalize("NFD", text)) == slugify(
        unicodedata.normalize("NFC", text)
    )


@given(st.text("abc-äößÉ한글日本ж"), st.sampled_from(["", "de", "pt-BR"]), st.sampled_from(Kind))
def test_a_subject_is_read_back_from_its_name(text: str, language: str, kind: Kind) -> None:
    ident = "ann" if kind is Kind.PROFILE else slugify(text)
    subject = Subject(kind=kind, id=ident, language=language)
    assert parse_subject(str(subject)) == (subject if ident else None)


@given(st.lists(TEXTS), st.lists(TEXTS))
def test_different_lists_of_fields_encode_differently(one: list[str], other: list[str]) -> None:
    assert (canonical_encoding(one) == canonical_encoding(other)) == (one == other)


@given(ASSETS, st.randoms(use_true_random=False))
def test_the_order_of_assets_is_irrelevant_to_the_hash(
    assets: list[AssetEntry], random: object
) -> None:
    shuffled = sorted(assets, key=lambda asset: (hash((asset.path, repr(random))), asset.path))
    given_order = content_hash(SUBJECT, path_facts=PathFacts(), text="x", assets=tuple(assets))
    assert given_order == content_hash(
        SUBJECT, path_facts=PathFacts(), text="x", assets=tuple(shuffled)
    )


@given(st.text("ab\n12:,"), st.text("ab\n12:,"), ASSETS, ASSETS)
def test_the_hash_tells_texts_and_assets_apart(
    text: str, other_text: str, assets: list[AssetEntry], others: list[AssetEntry]
) -> None:
    one = content_hash(SUBJECT, path_facts=PathFacts(), text=text, assets=tuple(assets))
    two = content_hash(SUBJECT, path_facts=PathFacts(), text=other_text, assets=tuple(others))
    assert (one == two) == (text == other_text and sorted(assets) == sorted(others))


@given(
    st.lists(st.sampled_from(["ann", "bob", "2026-11-22", ""]), max_size=3),
    st.lists(st.sampled_from(["ann", "bob", "2026-11-22", ""]), max_size=3),
    st.sampled_from(["", "2026-11-22", "ann"]),
    st.sampled_from(["", "2026-11-22", "ann"]),
)
def test_the_hash_tells_facts_of_the_path_apart(
    authors: list[str], others: list[str], date: str, other_date: str
) -> None:
    one = PathFacts(authors=tuple(authors), date=date)
    two = PathFacts(authors=tuple(others), date=other_date)
    hashes = [content_hash(SUBJECT, path_facts=facts, text="", assets=()) for facts in (one, two)]
    assert (hashes[0] == hashes[1]) == (one == two)


@given(st.binary(min_size=32, max_size=32))
def test_a_content_hash_is_read_back_from_its_text(raw: bytes) -> None:
    content = ContentHash(raw.hex())
    assert parse_content_hash(str(content)) == content


@given(MOMENTS)
def test_times_are_read_back_from_every_way_we_write_them(moment: datetime) -> None:
    assert parse_iso(iso(moment)) == moment
    assert parse_time(iso(moment), zone=timezone(timedelta(hours=5))) == moment
    assert compact(moment) == iso(moment).replace("-", "").replace(":", "")


@given(TEXTS)
def test_no_text_makes_the_reader_of_times_fail(text: str) -> None:
    moment = parse_time(text, zone=UTC)
    assert moment is None or moment.tzinfo is UTC


@given(
    st.from_regex(
        r"\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2})?([+-]\d{2}:?\d{2}|Z)?)?", fullmatch=True
    )
)
def test_no_date_that_looks_right_makes_the_reader_of_times_fail(text: str) -> None:
    moment = parse_time(text, zone=timezone(timedelta(hours=-11)))
    assert moment is None or moment.tzinfo is UTC


@given(st.binary())
def test_bytes_become_a_text_without_carriage_returns_or_a_reason_with_a_place(raw: bytes) -> None:
    source = decode_source(raw)
    if isinstance(source, Undecodable):
        assert source.line >= 1
        assert source.column >= 1
    else:
        assert "\r" not in source
        assert "\0" not in source


@given(TEXTS.filter(lambda text: "\r" not in text and "\0" not in text))
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(text: str) -> None:
    plain = text.removeprefix("\ufeff")
    windows = b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode()
    assert decode_source(windows) == plain
