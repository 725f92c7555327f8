"""With Pagefind: the same texts give the same bytes, edits leave nothing behind, and nothing else can be found."""

from __future__ import annotations

import gzip
import json
import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from blognet.actions import search_files
from blognet.disk.kept import forget_everything
from blognet.disk.pagefind import run_pagefind
from blognet.kernel.errors import BlognetError
from blognet.markup import Parser
from blognet.render.bodies import render_bodies
from blognet.render.pagefind_files import files_of, pages_of, records_of
from blognet.render.search import Searchable
from blognet.site import Published, catalogue_of
from tests.invariants.leak_cases import CASES, UNLISTED, withhold_everything
from tests.invariants.network_folder import CONFIG, NetworkFolder, post, start, tree_of
from tests.unit.site.published_values import built_in_words, live_author, live_post, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

PAGEFIND = "search: {engine: pagefind}\n"
FOLDER = "search/pagefind/"
RUNS = 6


@pytest.fixture
def network(tmp_path: Path) -> NetworkFolder:
    """Three posts in two languages, searched by Pagefind."""
    found = start(tmp_path / "network", config=CONFIG + PAGEFIND)
    found.write("queue/clock.md", post("A clock", body="It strikes in the tower.", tags="[brass]"))
    found.write("queue/bells.md", post("Bells", body="They ring.", author="bob"))
    found.write("queue/uhr.de.md", post("Die Uhr", body="Sie schlägt in den Häusern."))
    found.approve("clock", "bells", "uhr.de")
    return found


def of_search(tree: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: raw for name, raw in tree.items() if "search/" in name}


def clean(network: NetworkFolder, folder: Path) -> Mapping[str, bytes]:
    """Return the site that a build from nothing gives."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(network.root, folder, ignore=shutil.ignore_patterns(".blognet", "site"))
    other = NetworkFolder(root=folder)
    other.build()
    return other.site


def plain(raw: bytes) -> bytes:
    with suppress(OSError, EOFError):
        return gzip.decompress(raw)
    return raw


def refuse(_pages: Iterable[tuple[str, str]]) -> Mapping[str, bytes]:
    pytest.fail("Pagefind was run although no text changed")


def test_the_same_texts_give_the_same_files_in_every_run() -> None:
    config = replace(settings(PAGEFIND), languages=("en", "de", "fr", "pt-BR", "ru"))
    posts = tuple(
        live_post(
            f"p{number}",
            day=1 + number % 20,
            title=f"Title {number}",
            body=" ".join(f"word{(number * step) % 97} clocks häuser" for step in range(1, 40)),
            tags=(f"tag{number % 5}",),
            authors=("ann",),
            language=("", "de", "fr", "pt-BR", "ru")[number % 5],
        )
        for number in range(60)
    )
    published = Published(posts=posts, authors=(live_author("ann", "Ann"),))
    catalogue = catalogue_of(published, config)
    documents = render_bodies(catalogue, config, built_in_words()).posts
    records = records_of(
        Searchable(
            catalogue=catalogue,
            config=config,
            documents=documents,
            key_of=lambda live: live.hash.hex,
        )
    )
    assert len(records) == len(posts)
    first, *others = (files_of(records, run_pagefind(pages_of(records))) for _ in range(RUNS))
    assert all(other == first for other in others)


def test_place_zone_language_and_folder_for_temporary_files_change_no_byte(
    network: NetworkFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.build()
    for name, value in (("TZ", "Asia/Kolkata"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "7")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/false")
    assert clean(network, tmp_path / "ünder another name") == network.site


def test_three_machines_that_make_a_part_each_give_the_same_site(
    network: NetworkFolder, tmp_path: Path
) -> None:
    network.build()
    expected = network.site
    parts = tmp_path / "parts"
    moment = "2070-01-01T12:00:00Z"
    for number in (1, 2, 3):
        shutil.rmtree(network.root / ".blognet")
        said = network.blognet(
            "build", "--now", moment, "--shard", f"{number}/3", "--output", str(parts)
        )
        assert said.code == 0, said.everything
    merged = tmp_path / "merged"
    said = network.blognet("merge", str(parts), "--unsealed", "--output", str(merged))
    assert said.code == 0, said.everything
    assert of_search(tree_of(merged)) == of_search(expected) != {}


def test_the_site_has_what_the_page_asks_for_and_no_copy_of_a_text(network: NetworkFolder) -> None:
    network.build()
    ours = {name.removeprefix(FOLDER) for name in network.site if name.startswith(FOLDER)}
    kinds = {name.partition(".")[0] if "/" not in name else name.partition("/")[0] for name in ours}
    assert kinds == {"index", "pagefind", "pagefind-entry", "pagefind-worker", "wasm"}
    posts = json.loads(network.site["search/posts-2024.json"])
    found = json.loads(network.site["search/found.json"])
    assert sorted(found.values()) == sorted(each[0] for each in posts)
    assert not any(name.startswith("search/words-") for name in network.site)


def test_after_each_edit_a_build_equals_a_clean_one(network: NetworkFolder, tmp_path: Path) -> None:
    def again(path: str, text: str, name: str) -> None:
        network.write(path, text)
        network.approve(name)

    edits: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: again("queue/clock.md", post("A clock", body="It stopped."), "clock"),
        lambda: again("queue/new.md", post("New", body="Newly written."), "new"),
        lambda: again("queue/bells.md", post("Bells", author="bob", unlisted="true"), "bells"),
        lambda: again("authors/ada.md", "---\nname: Ada Lovelace\n---\n", "profile/ada"),
        lambda: network.write("blognet.yml", CONFIG + "search: true\n"),
        lambda: network.write("blognet.yml", CONFIG + PAGEFIND),
        lambda: network.decided("retract", "uhr.de", "-m", "Wrong."),
        lambda: network.write("blognet.yml", CONFIG + "search: false\n"),
        lambda: network.write("blognet.yml", CONFIG.replace("UTC", "Asia/Tokyo") + PAGEFIND),
    )
    for number, edit in enumerate(edits):
        edit()
        network.build()
        assert network.site == clean(network, tmp_path / "clean"), number


def test_a_build_whose_texts_are_the_same_does_not_run_pagefind(
    network: NetworkFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.build()
    expected = network.site
    monkeypatch.setattr(search_files, "run_pagefind", refuse)
    network.build()
    shutil.rmtree(network.root / "site")
    network.build()
    assert network.site == expected
    network.write("blognet.yml", f"{CONFIG}{PAGEFIND}tagline: Another\n")
    network.build()
    assert of_search(network.site).keys() == of_search(expected).keys()
    network.write("authors/max.md", "---\nname: The good Max\n---\n\nA bio.\n")
    network.approve("profile/max")
    network.build()


def test_what_is_kept_may_be_damaged_or_cut_off(network: NetworkFolder) -> None:
    network.build()
    expected = network.site
    for number, path in enumerate(sorted((network.root / ".blognet/cache/found").glob("*/*"))):
        raw = path.read_bytes()
        path.write_bytes(raw[: len(raw) // 2] if number % 2 else raw[:-1] + b"?")
    shutil.rmtree(network.root / "site")
    network.build()
    assert network.site == expected


def test_what_was_kept_of_other_texts_is_forgotten(network: NetworkFolder) -> None:
    def kept() -> bytes:
        found = sorted((network.root / ".blognet/cache/found").glob("*/*"))
        return b"".join(plain(path.read_bytes()[64:]) for path in found)

    network.build()
    assert b"tower" in kept()
    network.write("queue/clock.md", post("A clock", body="It stopped."))
    network.approve("clock")
    network.build()
    assert b"tower" not in kept()
    assert kept() != b""
    network.write("blognet.yml", CONFIG)
    network.build()
    assert kept() == b""


def test_nothing_of_a_text_stays_after_everything_was_forgotten(network: NetworkFolder) -> None:
    network.build()
    forget_everything(network.root)
    assert [path for path in network.root.glob(".blognet/cache/found/**/*") if path.is_file()] == []


def test_the_plain_theme_asks_pagefind_too(network: NetworkFolder) -> None:
    network.write("blognet.yml", f"{CONFIG}{PAGEFIND}theme: plain\n")
    network.build()
    page = network.site["search/index.html"].decode("utf-8")
    assert 'data-pagefind="pagefind/pagefind.js"' in page
    assert network.site["theme/search.js"]


def test_no_word_of_a_withheld_subject_can_be_found(tmp_path: Path) -> None:
    network = withhold_everything(tmp_path / "network", Parser.MARKDOWN_IT)
    network.write("blognet.yml", CONFIG + PAGEFIND)
    network.build()
    files = {name: plain(raw) for name, raw in of_search(network.site).items()}
    assert any(name.endswith(".pf_index") for name in files)
    # The index has stems: a word may have lost its end, and letters that it shares with its neighbour.
    marks = {f"zq{case.mark}".encode() for case in (*CASES, UNLISTED)}
    assert {mark for mark in marks for raw in files.values() if mark in raw} == set()


def test_a_language_without_spaces_between_words_keeps_our_own_index(
    network: NetworkFolder,
) -> None:
    network.write("blognet.yml", CONFIG.replace("[en, de]", "[en, de, zh-Hans]") + PAGEFIND)
    network.write("queue/zhong.zh-Hans.md", post("钟表", body="冬天的钟表。"))
    network.approve("zhong.zh-Hans")
    network.build()
    names = [name for name in network.site if name.startswith("zh-Hans/search/")]
    assert names == [
        "zh-Hans/search/index.html",
        "zh-Hans/search/posts-2024.json",
        "zh-Hans/search/posts.json",
        "zh-Hans/search/words-0.json",
    ]
    page = network.site["zh-Hans/search/index.html"].decode("utf-8")
    assert "wasm" not in page
    assert "data-pagefind" not in page
    assert list(json.loads(network.site[f"{FOLDER}pagefind-entry.json"])["languages"]) == [
        "de",
        "en",
    ]


def test_a_network_without_posts_has_nothing_to_find(tmp_path: Path) -> None:
    network = start(tmp_path / "network", config=CONFIG + PAGEFIND)
    network.build()
    assert of_search(network.site) == {}


def test_an_alias_among_the_files_of_the_search_stops_the_build(network: NetworkFolder) -> None:
    network.write("queue/alias.md", post("Alias", aliases="[/search/pagefind/old/]"))
    network.approve("alias")
    said = network.blognet("build", "--now", "2070-01-01T12:00:00Z")
    assert said.code == 1
    assert "BN896" in said.err
    assert "/search/pagefind/old/" in said.err


def test_a_host_is_told_to_let_pagefind_work(network: NetworkFolder) -> None:
    network.write("blognet.yml", f"{CONFIG}{PAGEFIND}host_files: [netlify]\n")
    network.build()
    sent = network.site["_headers"].decode("utf-8")
    assert "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'" in sent
    network.write("blognet.yml", f"{CONFIG}host_files: [netlify]\n")
    network.build()
    assert "wasm" not in network.site["_headers"].decode("utf-8")


def test_a_program_that_never_answers_is_ended(tmp_path: Path) -> None:
    program = script(tmp_path, "exec sleep 1000")
    with pytest.raises(BlognetError, match="did not come to an end"):
        run_pagefind([("/0/", "<p>x</p>")], program=program, seconds=0.2)


@pytest.mark.parametrize("text", ["exit 3", "cat >/dev/null & echo ,", "printf 'e30=,e30=,e30=,'"])
def test_a_program_that_is_something_else_is_told_of(text: str, tmp_path: Path) -> None:
    program = script(tmp_path, text)
    with pytest.raises(BlognetError, match="Pagefind"):
        run_pagefind([("/0/", "<p>x</p>")], program=program)


def test_a_program_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(BlognetError, match="cannot be started"):
        run_pagefind([], program=str(tmp_path / "none"))


def script(folder: Path, text: str) -> str:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o700)
    return str(path)
