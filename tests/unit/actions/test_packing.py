"""Texts travel with their words, or with the way to them; pages' posts travel without."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from blognet.actions.packing import NotHereError, packed, packed_texts, unpacked
from blognet.content.values import Post, post_without_body
from tests.unit.site.published_values import live_post

if TYPE_CHECKING:
    from pathlib import Path

POST = live_post("hello", body="Some words.").post


def read_from(path: Path) -> str:
    return path.read_text()


def later(path: Path) -> Post:
    return post_without_body(
        subject=POST.subject,
        front=POST.front,
        authors=POST.authors,
        date=POST.date,
        body_line=POST.body_line,
        read_body=partial(read_from, path),
    )


def test_a_body_that_nobody_read_is_read_where_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "body"
    raw = packed_texts(later(path))  # there is no such file yet
    path.write_text(POST.body)
    assert unpacked(raw) == POST


def test_a_body_that_is_there_travels_along() -> None:
    free = replace(POST, front=replace(POST.front, extra=MappingProxyType({"free": 1})))
    assert unpacked(packed_texts(free)) == free


def test_for_pages_a_post_travels_without_its_body(tmp_path: Path) -> None:
    for post in (POST, later(tmp_path / "body")):
        found = unpacked(packed(post))
        assert isinstance(found, Post)
        assert found.front == POST.front
        with pytest.raises(NotHereError):
            _ = found.body


def test_a_body_that_is_read_later_is_not_kept(tmp_path: Path) -> None:
    path, post = tmp_path / "body", later(tmp_path / "body")
    for words in ("one", "two"):
        path.write_text(words)
        assert post.body == words
