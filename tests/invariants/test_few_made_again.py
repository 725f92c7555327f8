"""A new post has its own entry and its own card made, and no other's; what is kept of others is what was made last."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from blognet.disk.private import PRIVATE
from blognet.render import cards, feeds
from blognet.site.plan import plan
from blognet.site.sitemaps import sitemap_again, sitemap_claims, with_sitemap
from tests.invariants.network_folder import NetworkFolder, post, start, tree_of

if TYPE_CHECKING:
    from pathlib import Path

    from blognet.kernel.ids import AuthorId
    from blognet.render.context import Context
    from blognet.site import LivePost

KEYS = {"tags": "[bells]", "topics": "[]"}


@pytest.fixture
def network(tmp_path: Path) -> NetworkFolder:
    """A network of four posts that was built."""
    network = start(tmp_path / "network")
    for name in ("one", "two", "three", "four"):
        network.write(f"posts/{name}.md", post(name.title(), **KEYS))
    network.approve("one", "two", "three", "four")
    network.build()
    return network


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The entries and cards that were made since, and plans of the site."""
    found: list[str] = []
    entry, card = feeds._entry, cards._post_card  # noqa: SLF001  # what is asked when one has to be made

    def noted_entry(live: LivePost, context: Context) -> object:
        found.append(f"entry {live.subject.id}")
        return entry(live, context)

    def noted_card(live: LivePost, context: Context) -> object:
        found.append(f"card {live.subject.id}")
        return card(live, context)

    def noted_plan(*some: object, **more: object) -> object:
        found.append("plan")
        return plan(*some, **more)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(feeds, "_entry", noted_entry)
    monkeypatch.setattr(cards, "_post_card", noted_card)
    monkeypatch.setattr("blognet.actions.preparing.plan", noted_plan)
    return found


def _approved(network: NetworkFolder, name: str, body: str = "Words.") -> None:
    network.write(f"posts/{name}.md", post(name.title(), body=body, **KEYS))
    network.approve(name)
    network.build()


def _assert_clean(network: NetworkFolder, folder: Path) -> None:
    shutil.copytree(network.root, folder, ignore=shutil.ignore_patterns(PRIVATE, "site"))
    clean = NetworkFolder(root=folder)
    clean.build()
    assert tree_of(network.root / "site") == clean.site


def test_a_new_post_after_a_whole_build_has_its_own_entry_and_card_made_and_no_others(
    network: NetworkFolder, made: list[str], tmp_path: Path
) -> None:
    _approved(network, "five")
    assert sorted(made) == ["card five", "entry five"]
    _assert_clean(network, tmp_path / "clean")


def test_a_new_post_has_nobody_made_who_is_as_before(
    network: NetworkFolder, made: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    view, people = cards._author_view, list[str]()  # noqa: SLF001  # as above

    def noted_view(author: AuthorId, language: str, context: Context) -> object:
        people.append(author)
        return view(author, language, context)

    monkeypatch.setattr(cards, "_author_view", noted_view)
    network.write("authors/bob.md", "---\nname: Bob\nteam: Ringers\n---\n\nA bio.\n")
    network.approve("profile/bob")
    network.write("posts/eight.md", post("Eight", author="bob", **KEYS))
    network.approve("eight")
    network.build()
    assert {"ada", "bob"} <= set(people)
    people.clear()
    made.clear()
    network.write("posts/nine.md", post("Nine", author="bob", **KEYS))
    network.approve("nine")
    network.build()
    assert (people, "plan" in made) == ([], False)
    _assert_clean(network, tmp_path / "clean")


def test_the_cards_that_one_new_post_had_made_are_there_for_the_next(
    network: NetworkFolder, made: list[str], tmp_path: Path
) -> None:
    _approved(network, "five")
    made.clear()
    _approved(network, "six")
    assert sorted(made) == ["card six", "entry six"]
    _assert_clean(network, tmp_path / "clean")


def test_an_edited_post_has_its_card_and_its_entry_made_again(
    network: NetworkFolder, made: list[str], tmp_path: Path
) -> None:
    _approved(network, "five")
    made.clear()
    _approved(network, "two", "Other words.")
    assert set(made) == {"card two", "entry two"}
    _assert_clean(network, tmp_path / "clean")


def test_a_card_that_a_build_of_the_whole_site_made_is_not_taken_from_before(
    network: NetworkFolder, made: list[str], tmp_path: Path
) -> None:
    _approved(network, "five")
    network.write("authors/ada.md", "---\nname: The good Ada\n---\n\nA bio.\n")
    network.approve("profile/ada")
    network.build()
    assert "plan" in made
    made.clear()
    _approved(network, "six")
    assert "plan" not in made
    _assert_clean(network, tmp_path / "clean")


def test_a_post_that_was_taken_down_leaves_no_card_behind(
    network: NetworkFolder, made: list[str]
) -> None:
    _approved(network, "five", "A secret of bells.")
    assert "five" in _cards(network)
    network.decided("retract", "five", "-m", "Gone.")
    network.build()
    assert "plan" not in made
    assert "five" not in _cards(network)


def test_a_sitemap_in_several_files_gets_new_posts_without_a_plan_of_the_site(
    network: NetworkFolder, made: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    planning = import_module("blognet.site.plan")  # its room has a function of this name
    monkeypatch.setattr(planning, "sitemap_claims", partial(sitemap_claims, most=12))
    monkeypatch.setattr(planning, "with_sitemap", partial(with_sitemap, most=12))
    monkeypatch.setattr("blognet.site.again.sitemap_again", partial(sitemap_again, most=12))
    shutil.rmtree(network.root / PRIVATE)
    network.build()
    made.clear()
    for number in range(4):
        _approved(network, f"more-{number}")
        _assert_clean(network, tmp_path / f"clean-{number}")
    assert len(list((network.root / "site").glob("sitemap-*.xml"))) > 4
    assert made.count("plan") < 4 + 4, made  # a clean build plans as well


def _cards(network: NetworkFolder) -> set[str]:
    with closing(sqlite3.connect(network.root / PRIVATE / "memory.sqlite")) as database:
        rows = database.execute("SELECT name FROM kept WHERE name LIKE 'card %'")
        return {name.rpartition("/")[2] for (name,) in rows}
