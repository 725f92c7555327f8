"""Who makes the index of the search: as one word, as yes or no, or as a key."""

from __future__ import annotations

import pytest

from blognet.config import read_config
from blognet.config.schema import config_schema
from blognet.kernel.errors import ConfigError

BASE = "id: a\ntitle: A\nurl: https://a.example\nmayors: [ann]\n"


@pytest.mark.parametrize(
    ("line", "engine"),
    [
        ("", "own"),
        ("search: true", "own"),
        ("search: false", "none"),
        ('search: "true"', "own"),
        ("search:", "none"),
        ("search: own", "own"),
        ("search: Pagefind", "pagefind"),
        ("search: {engine: pagefind}", "pagefind"),
        ("search: {engine: own}", "own"),
        ("search: {engine: none}", "none"),
        ("search: {}", "own"),
    ],
)
def test_the_engine_of_the_search_is_read(line: str, engine: str) -> None:
    search = read_config(f"{BASE}{line}\n").search
    assert (search.engine, search.is_on, search.is_pagefind) == (
        engine,
        engine != "none",
        engine == "pagefind",
    )


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("search: lunr", "BN210", "write own"),
        ("search: pagefnd", "BN210", "did you mean 'pagefind'?"),
        ("search: yes", "BN117", "write true"),
        ("search: {engin: own}", "BN118", "did you mean 'engine'?"),
        ("search: [own]", "BN117", "write 'key: value' below it, indented"),
    ],
)
def test_what_is_no_engine_is_told_with_what_to_write(line: str, code: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_config(f"{BASE}{line}\n")
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.line) == (code, 5)
    assert problem.hint.startswith(hint)


def test_an_editor_is_told_that_yes_or_no_will_do() -> None:
    properties = config_schema()["properties"]
    assert isinstance(properties, dict)
    assert {"type": "boolean"} in properties["search"]["anyOf"]
