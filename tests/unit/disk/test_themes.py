from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.disk.themes import built_in_theme, theme_files
from blognet.kernel.errors import ConfigError, FaultsError

if TYPE_CHECKING:
    from pathlib import Path


def put(root: Path, path: str, raw: bytes) -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(raw)
    return place


def built_in(path: str) -> bytes:
    return (built_in_theme() / path).read_bytes()


def test_a_network_without_a_theme_of_its_own_has_the_built_in_one(tmp_path: Path) -> None:
    theme = theme_files(tmp_path)
    source = built_in("templates/post.html").decode()
    assert theme.load("post.html") == theme.load("default/post.html") == source
    assert theme.where("post.html") == "themes/default/templates/post.html"
    assert theme.static["style.css"] == built_in("static/style.css")
    assert theme.settings == built_in("theme.yml").decode()
    assert theme.load("nothing.html") is None


def test_files_of_the_network_come_first_and_the_built_in_ones_stay_reachable(
    tmp_path: Path,
) -> None:
    put(tmp_path, "themes/acme/templates/post.html", b'{% extends "default/post.html" %}\r\n')
    put(tmp_path, "themes/acme/static/style.css", b"body {}")
    put(tmp_path, "themes/acme/static/fonts/a.woff2", b"font")
    theme = theme_files(tmp_path, "acme")
    assert theme.load("post.html") == '{% extends "default/post.html" %}\n'
    assert theme.load("default/post.html") == built_in("templates/post.html").decode()
    assert theme.load("list.html") == built_in("templates/list.html").decode()
    assert theme.where("post.html") == "themes/acme/templates/post.html"
    assert theme.static["style.css"] == b"body {}"
    assert theme.static["fonts/a.woff2"] == b"font"


def test_a_theme_that_is_not_there_is_a_fault_of_the_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="themes/acme/"):
        theme_files(tmp_path, "acme")


def test_a_link_in_a_theme_is_refused(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.txt", b"secret")
    (put(tmp_path, "themes/acme/static/a.css", b"").parent / "b.css").symlink_to(secret)
    with pytest.raises(FaultsError) as caught:
        theme_files(tmp_path, "acme")
    problems = caught.value.problems
    assert [(p.code, p.location.path) for p in problems] == [("BN392", "themes/acme/static/b.css")]


def test_a_template_that_is_no_utf8_is_refused_with_its_place(tmp_path: Path) -> None:
    put(tmp_path, "themes/acme/templates/post.html", b"<p>\nK\xf6ln")
    with pytest.raises(FaultsError) as caught:
        theme_files(tmp_path, "acme")
    location = caught.value.problems[0].location
    assert (location.line, location.column) == (2, 2)


def test_a_network_brings_words_of_its_own(tmp_path: Path) -> None:
    words = b'msgctxt "archive"\nmsgid "Archive"\nmsgstr "Arkiv"\n'
    put(tmp_path, "themes/acme/locales/sv.po", words)
    put(tmp_path, "themes/acme/locales/notes.txt", b"not a catalogue")
    found = theme_files(tmp_path, "acme").words
    assert (found.phrase("sv", "archive"), found.phrase("de", "archive")) == ("Arkiv", "Archiv")


def test_words_may_stand_beside_the_built_in_theme_without_a_theme_of_ones_own(
    tmp_path: Path,
) -> None:
    put(
        tmp_path,
        "themes/default/locales/en.po",
        b'msgctxt "archive"\nmsgid "Archive"\nmsgstr "Past"\n',
    )
    assert theme_files(tmp_path).words.phrase("en", "archive") == "Past"


def test_a_faulty_catalogue_is_refused_with_its_line(tmp_path: Path) -> None:
    put(
        tmp_path,
        "themes/acme/locales/sv.po",
        b'msgctxt "archiv"\nmsgid "Archive"\nmsgstr "Arkiv"\n',
    )
    with pytest.raises(FaultsError) as caught:
        theme_files(tmp_path, "acme")
    (problem,) = caught.value.problems
    assert (problem.location.path, problem.location.line) == ("themes/acme/locales/sv.po", 2)
    assert problem.hint == "did you mean 'archive'?"
