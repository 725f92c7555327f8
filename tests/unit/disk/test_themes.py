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


def test_the_plain_theme_stands_on_the_default_one(tmp_path: Path) -> None:
    theme = theme_files(tmp_path, "plain")
    home = (built_in_theme("plain") / "templates/home.html").read_text("utf-8")
    assert theme.load("home.html") == theme.load("plain/home.html") == home
    assert theme.load("default/home.html") == built_in("templates/home.html").decode()
    archive = built_in("templates/archive.html").decode()
    assert theme.load("archive.html") == theme.load("plain/archive.html") == archive
    assert theme.where("home.html") == "themes/plain/templates/home.html"
    assert theme.static["style.css"] != built_in("static/style.css")
    assert theme.words.phrase("de", "archive") == "Archiv"


def test_a_theme_of_the_network_may_stand_on_the_plain_one(tmp_path: Path) -> None:
    put(tmp_path, "themes/acme/theme.yml", b"extends: plain\n")
    put(tmp_path, "themes/acme/templates/home.html", b'{% extends "plain/home.html" %}')
    theme = theme_files(tmp_path, "acme")
    assert theme.load("_card.html") == theme_files(tmp_path, "plain").load("_card.html")
    assert theme.load("home.html") == '{% extends "plain/home.html" %}'


def test_a_change_beside_the_plain_theme_stands_on_it(tmp_path: Path) -> None:
    put(tmp_path, "themes/plain/templates/404.html", b"gone")
    theme = theme_files(tmp_path, "plain")
    assert theme.load("404.html") == "gone"
    assert theme.load("_card.html") == theme.load("plain/_card.html")


@pytest.mark.parametrize(
    ("settings", "code", "place", "hint"),
    [
        ("extend: plain\n", "BN870", (1, 1), "did you mean 'extends'?"),
        ("name: acme\nextends: plan\n", "BN870", (2, 10), "did you mean 'plain'?"),
        ("extends: [plain]\n", "BN870", (1, 10), "there are default and plain"),
        ("views: 7\n", "BN871", (1, 8), "docs/themes.md"),
    ],
)
def test_a_fault_in_a_themes_settings_is_refused_with_its_place(
    tmp_path: Path, settings: str, code: str, place: tuple[int, int], hint: str
) -> None:
    put(tmp_path, "themes/acme/theme.yml", settings.encode())
    with pytest.raises(FaultsError) as caught:
        theme_files(tmp_path, "acme")
    (problem,) = caught.value.problems
    location = problem.location
    assert (problem.code, location.path) == (code, "themes/acme/theme.yml")
    assert (location.line, location.column) == place
    assert hint in problem.hint


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


@pytest.mark.parametrize("name", ["style.css", "article.css", "rich.css"])
def test_a_style_sheet_that_is_no_utf8_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"themes/acme/static/{name}", b"p {}\n/* K\xf6ln */")
    with pytest.raises(FaultsError) as caught:
        theme_files(tmp_path, "acme")
    location = caught.value.problems[0].location
    assert (location.path, location.line, location.column) == (f"themes/acme/static/{name}", 2, 5)


def test_a_sheet_that_nothing_is_made_of_may_be_in_any_encoding(tmp_path: Path) -> None:
    put(tmp_path, "themes/acme/static/vendor/old.css", b"/* K\xf6ln */")
    assert theme_files(tmp_path, "acme").static["vendor/old.css"] == b"/* K\xf6ln */"


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
