"""``blognet theme``: a theme that builds at once, a template to change, and nothing overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.network_folder import CONFIG

if TYPE_CHECKING:
    from tests.cli.network_folder import NetworkFolder


@pytest.mark.parametrize("base", ["default", "plain"])
def test_a_new_theme_builds_at_once_and_its_sheet_is_on_every_page(
    network_folder: NetworkFolder, base: str
) -> None:
    made = network_folder.blognet("theme", "new", "ours", "--extends", base, "--json")
    assert made.json() == {
        "schema": 1,
        "theme": "ours",
        "paths": [
            "themes/ours/static/own.css",
            "themes/ours/templates/base.html",
            "themes/ours/theme.yml",
        ],
        "written": True,
    }
    network_folder.write("blognet.yml", f"{CONFIG}theme: ours\n")
    built = network_folder.blognet("build")
    assert built.code == 0, built.err
    home = (network_folder.root / "site/index.html").read_text("utf-8")
    assert '<link rel="stylesheet" href="theme/own.css">' in home
    assert (network_folder.root / "site/theme/own.css").is_file()


def test_the_sheet_of_posts_follows_the_templates_of_a_theme_there_and_back(
    network_folder: NetworkFolder,
) -> None:
    network_folder.write("blognet.yml", f"{CONFIG}theme: ours\n")
    network_folder.write("themes/ours/theme.yml", "name: ours\n")

    def sheet() -> str:
        assert network_folder.blognet("build").code == 0
        return (network_folder.root / "site/theme/article.css").read_text("utf-8")

    before = sheet()
    cards = '{% extends "default/post.html" %}{% from "_card.html" import card with context %}\n'
    own = network_folder.write("themes/ours/templates/post.html", cards)
    with_cards = sheet()
    own.unlink()
    assert (".card-title" in before, ".card-title" in with_cards) == (False, True)
    assert sheet() == before


def test_a_sheet_for_posts_of_the_themes_own_is_used_as_it_is(
    network_folder: NetworkFolder,
) -> None:
    network_folder.write("blognet.yml", f"{CONFIG}theme: {{name: ours, accent: '#123456'}}\n")
    network_folder.write(
        "themes/ours/static/article.css", ".card-title { color: var(--accent); }\n"
    )
    assert network_folder.blognet("build").code == 0
    sheet = (network_folder.root / "site/theme/article.css").read_text("utf-8")
    assert sheet.startswith(".card-title{color:var(--accent)}")
    assert "--plate:#123456" in sheet


def test_a_new_theme_says_how_to_use_it(network_folder: NetworkFolder) -> None:
    made = network_folder.blognet("theme", "new", "ours")
    assert "theme: {name: ours}" in made.err
    assert len(made.out.splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Über uns", "blognet theme new ueber-uns"), ("plain", "built-in"), ("../x", "theme new x")],
)
def test_a_name_that_no_theme_can_have_is_refused_with_another(
    network_folder: NetworkFolder, name: str, hint: str
) -> None:
    refused = network_folder.blognet("theme", "new", name)
    assert refused.code == 2
    assert hint in refused.err
    assert not (network_folder.root / "themes").exists()


def test_a_theme_that_is_there_is_left_as_it_is(network_folder: NetworkFolder) -> None:
    network_folder.write("themes/ours/theme.yml", "name: mine\n")
    refused = network_folder.blognet("theme", "new", "ours")
    assert refused.code == 5
    assert [each.name for each in (network_folder.root / "themes/ours").iterdir()] == ["theme.yml"]


def test_a_dry_run_writes_nothing(network_folder: NetworkFolder) -> None:
    network_folder.blognet("theme", "new", "ours", "--dry-run")
    network_folder.blognet("theme", "eject", "post.html", "--dry-run")
    assert not (network_folder.root / "themes").exists()


def test_an_ejected_template_gives_the_same_page_until_it_is_changed(
    network_folder: NetworkFolder,
) -> None:
    network_folder.blognet("build")
    home = network_folder.root / "site/index.html"
    before = home.read_bytes()
    ejected = network_folder.blognet("theme", "eject", "home.html")
    assert ejected.out.strip().endswith("themes/default/templates/home.html")
    network_folder.blognet("build")
    assert home.read_bytes() == before
    again = network_folder.blognet("theme", "eject", "home.html")
    assert (again.code, "delete it" in again.err) == (5, True)


def test_a_template_that_nobody_knows_is_refused_with_the_nearest(
    network_folder: NetworkFolder,
) -> None:
    refused = network_folder.blognet("theme", "eject", "pst.html")
    assert (refused.code, "post.html" in refused.err) == (2, True)


def test_a_fault_in_a_template_is_told_with_its_file_line_and_what_is_meant(
    network_folder: NetworkFolder,
) -> None:
    network_folder.blognet("build")
    before = (network_folder.root / "site/index.html").read_bytes()
    network_folder.write(
        "themes/default/templates/404.html",
        '{% extends "base.html" %}\n{% block main %}\n{{ site.tagine }}\n{% endblock %}\n',
    )
    refused = network_folder.blognet("build")
    assert refused.code == 1
    assert "themes/default/templates/404.html:3" in refused.err
    assert "SiteView has no 'tagine'" in refused.err
    assert "did you mean 'tagline'?" in refused.err
    assert (network_folder.root / "site/index.html").read_bytes() == before
