"""What of Pagefind's files goes on the site, and that files of another form are told of."""

from __future__ import annotations

import gzip
import json

import pytest

from blognet.kernel.ids import SitePath
from blognet.render.pagefind_files import OtherFormError, Record, files_of, key_of, pages_of
from blognet.render.search_words import Said

SAID = Said(
    row="[]", title="<b> & Co", names=("Ann",), summary='"So"', text="</p><script>x</script>"
)
MAIN = Record(language="", tag="en", url=SitePath("/2026/x/"), key="k", say=lambda: SAID)
GERMAN = Record(language="de", tag="de", url=SitePath("/de/2026/x/"), key="l", say=lambda: SAID)


def fragment(number: int) -> bytes:
    return gzip.compress(b"pagefind_dcd" + json.dumps({"url": f"/{number}/"}).encode(), mtime=0)


MADE = {
    "pagefind-entry.json": b'{"version":"1.5.2","languages":{"en":{"wasm":"en"},"de":{"wasm":null}}}',
    "pagefind.js": b"js",
    "pagefind-worker.js": b"worker",
    "pagefind-ui.js": b"interface",
    "wasm.en.pagefind": b"en",
    "wasm.fr.pagefind": b"fr",
    "wasm.unknown.pagefind": b"unknown",
    "pagefind.en_1a.pf_meta": b"meta",
    "index/en_2b.pf_index": b"index",
    "filter/en_3c.pf_filter": b"filter",
    "fragment/en_4d.pf_fragment": fragment(0),
    "fragment/de_5e.pf_fragment": fragment(1),
}


def test_the_index_two_scripts_and_what_they_need_go_on_the_site() -> None:
    folder = "/search/pagefind/"
    assert files_of((MAIN, GERMAN), MADE) == {
        "/de/search/found.json": b'{"de_5e":"/de/2026/x/"}\n',
        "/search/found.json": b'{"en_4d":"/2026/x/"}\n',
        f"{folder}index/en_2b.pf_index": b"index",
        f"{folder}pagefind-entry.json": b'{"languages":{"de":{"wasm":null},"en":{"wasm":"en"}},'
        b'"version":"1.5.2"}\n',
        f"{folder}pagefind-worker.js": b"worker",
        f"{folder}pagefind.en_1a.pf_meta": b"meta",
        f"{folder}pagefind.js": b"js",
        f"{folder}wasm.en.pagefind": b"en",
        f"{folder}wasm.unknown.pagefind": b"unknown",
    }


@pytest.mark.parametrize(
    "name",
    ["pagefind-entry.json", "pagefind.js", "wasm.unknown.pagefind", "fragment/en_4d.pf_fragment"],
)
def test_a_file_that_is_missing_is_told_of(name: str) -> None:
    with pytest.raises(OtherFormError, match="not as blognet knows them"):
        files_of((MAIN, GERMAN), {each: raw for each, raw in MADE.items() if each != name})


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("pagefind-entry.json", b"{"),
        ("pagefind-entry.json", b"[]"),
        ("pagefind-entry.json", b'{"languages": {"en": {}}}'),
        ("fragment/en_4d.pf_fragment", b"plain"),
        ("fragment/en_4d.pf_fragment", fragment(0)[:-4]),
        ("fragment/en_4d.pf_fragment", fragment(7)),
        ("fragment/en_4d.pf_fragment", gzip.compress(b"pagefind_dcd[]", mtime=0)),
        ("fragment/en_4d.pf_fragment", gzip.compress(b'pagefind_dcd{"url": "/a/"}', mtime=0)),
    ],
)
def test_a_file_of_another_form_is_told_of(name: str, raw: bytes) -> None:
    with pytest.raises(OtherFormError, match=name):
        files_of((MAIN, GERMAN), {**MADE, name: raw})


def test_words_of_a_text_are_never_markup_for_pagefind() -> None:
    ((address, html),) = pages_of([MAIN])
    assert address == "/0/"
    assert html.count("<") == html.count(">") == 13
    assert "&lt;script&gt;x" in html


def test_the_key_differs_when_a_text_an_address_the_order_or_the_version_does() -> None:
    moved = Record(language="", tag="en", url=SitePath("/y/"), key="k", say=lambda: SAID)
    keys = [
        key_of([MAIN, GERMAN], "1.5.2"),
        key_of([GERMAN, MAIN], "1.5.2"),
        key_of([moved, GERMAN], "1.5.2"),
        key_of([MAIN], "1.5.2"),
        key_of([MAIN, GERMAN], "1.5.3"),
    ]
    assert len(set(keys)) == len(keys)
    assert key_of([MAIN, GERMAN], "1.5.2") == keys[0]
