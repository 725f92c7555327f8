"""No byte that nobody approved reaches the site. Every word searched for is also seen there once it is approved."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from blognet.markup import Parser
from tests.invariants.leak_cases import (
    CASES,
    CONTESTED,
    DISPUTED,
    EARLY,
    HIDDEN_PLACES,
    LATE,
    MAYORS_WORDS,
    POST_PLACES,
    RETRACTED,
    UNLISTED,
    Case,
    approve_everything,
    put,
    withhold_everything,
    word,
)
from tests.invariants.network_folder import CONFIG, NOW, NetworkFolder, post, start
from tests.picture_files import png

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    Tree = Mapping[str, bytes]

TOMBSTONE = "2024/gone/index.html"


@pytest.fixture(scope="module", params=Parser, ids=str)
def withheld(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> NetworkFolder:
    folder = tmp_path_factory.mktemp("withheld") / "network"
    network = withhold_everything(folder, Parser(request.param))
    network.build()
    return network


@pytest.fixture(scope="module")
def approved(
    withheld: NetworkFolder, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Tree]:
    """The same network after a mayor said yes to everything: its site at three times."""
    network = NetworkFolder(root=tmp_path_factory.mktemp("approved") / "network")
    shutil.copytree(withheld.root, network.root)
    approve_everything(network)
    sites: dict[str, Tree] = {}
    for moment in (EARLY, NOW, LATE):
        network.build(moment)
        sites[moment] = network.site
    return sites


every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.mark)


@every_case
def test_no_word_of_a_withheld_subject_is_in_a_byte_or_a_name_of_the_site(
    case: Case, withheld: NetworkFolder
) -> None:
    assert seen(case.words, withheld.site) == {}


def test_no_word_of_any_withheld_subject_is_on_the_site_of_the_plain_theme(
    withheld: NetworkFolder, tmp_path: Path
) -> None:
    network = NetworkFolder(root=tmp_path / "network")
    shutil.copytree(withheld.root, network.root)
    network.write("blognet.yml", f"{CONFIG}theme: plain\n")
    network.build()
    assert network.site["index.html"] != withheld.site["index.html"]
    assert seen([each for case in CASES for each in case.words], network.site) == {}


@every_case
def test_each_of_these_words_is_on_the_site_once_it_is_approved(
    case: Case, approved: Mapping[str, Tree]
) -> None:
    assert set(seen(case.words, approved[case.shown])) == set(case.words)


@pytest.mark.parametrize("case", [CONTESTED, DISPUTED], ids=lambda case: case.mark)
def test_neither_side_of_a_contest_is_on_the_site(case: Case, withheld: NetworkFolder) -> None:
    other = [word(f"{case.mark}elsewhere", place) for place in POST_PLACES]
    assert seen(other, withheld.site) == {}


def test_what_was_published_before_an_edit_or_a_contest_stays(withheld: NetworkFolder) -> None:
    texts = ["First edited", "First disputed", "Who we are."]
    assert set(seen(texts, withheld.site)) == set(texts)


def test_a_byline_without_an_approved_profile_is_the_bare_id(withheld: NetworkFolder) -> None:
    page = withheld.site["2024/plain/index.html"].decode("utf-8")
    assert "newcomer" in page
    assert "Someone" not in page


def test_words_between_a_mayor_and_an_author_stay_between_them(withheld: NetworkFolder) -> None:
    assert seen([word(verb, "words") for verb in MAYORS_WORDS], withheld.site) == {}


def test_an_email_address_of_a_profile_is_never_shown(approved: Mapping[str, Tree]) -> None:
    assert seen(["zqmail"], approved[NOW]) == {}


def test_an_unlisted_post_is_on_its_own_page_and_beside_it_and_nowhere_else(
    withheld: NetworkFolder,
) -> None:
    places = {place for found in seen(UNLISTED.words, withheld.site).values() for place in found}
    # The alias is an address that leads there; the marker lists every file, and is no page.
    mine = ("2024/zqunlistedslug/", "zqunlistedalias/", ".blognet-output")
    assert [place for place in sorted(places) if not place.startswith(mine)] == []
    page = withheld.site["2024/zqunlistedslug/index.html"].decode("utf-8")
    assert word("unlisted", "title") in page
    assert 'content="noindex' in page


def test_an_unlisted_post_that_is_listed_later_is_in_lists_and_feeds(
    approved: Mapping[str, Tree],
) -> None:
    found = seen([word("unlisted", "title")], approved[NOW])[word("unlisted", "title")]
    assert {"archive/index.html", "feed.xml", "atom.xml", "feed.json"} <= set(found)


def test_a_tombstone_has_the_mayors_words_and_nothing_of_the_post(withheld: NetworkFolder) -> None:
    assert seen(["zqreasonshown"], withheld.site) == {"zqreasonshown": [TOMBSTONE]}
    assert [name for name in withheld.site if name.startswith("2024/gone/")] == [TOMBSTONE]
    others = {name: raw for name, raw in withheld.site.items() if name != TOMBSTONE}
    assert seen(["2024/gone/"], others).get("2024/gone/", []) == [".blognet-output"]


def test_after_a_retraction_every_file_of_the_post_is_gone(tmp_path: Path) -> None:
    network = start(tmp_path)
    network.write("queue/stays.md", post("Stays", author="bob"))
    network.write("queue/zqgoneslug.md", post("x"))
    put(network, RETRACTED)
    network.approve("stays", "gone")
    network.build()
    assert set(seen(RETRACTED.words, network.site)) == set(RETRACTED.words)
    network.decided("retract", "gone", "-m", "Sorry.")
    network.build()
    assert seen(RETRACTED.words, network.site) == {}
    assert [name for name in network.site if name.startswith(("authors/ada", "2024/gone/"))] == [
        TOMBSTONE
    ]


def test_a_picture_that_changes_on_disk_stays_as_it_was_approved(tmp_path: Path) -> None:
    network = start(tmp_path)
    network.write("queue/shot/index.md", post("Shot", body="![Shot](shot.png)"))
    network.write("queue/shot/shot.png", png(words="approved"))
    network.approve("shot")
    network.build()
    before = network.site
    network.write("posts/shot/shot.png", png(words="exchanged"))
    network.write("posts/shot/more.png", png(words="more"))
    network.build()
    assert network.site == before


def test_what_stands_beside_the_pixels_of_a_picture_is_nowhere_even_when_it_is_approved(
    approved: Mapping[str, Tree],
) -> None:
    words = [word(case.mark, place) for case in CASES for place in HIDDEN_PLACES]
    for site in approved.values():
        assert seen(words, site) == {}


def test_no_file_of_the_site_holds_the_bytes_of_an_approved_picture(
    approved: Mapping[str, Tree],
) -> None:
    originals = {
        *(png(words=word(case.mark, "face")) for case in CASES),
        *(png(640, 360, words=word(case.mark, "picturebytes")) for case in CASES),
    }
    for site in approved.values():
        assert [name for name, raw in site.items() if raw in originals] == []
        assert [name for name in site if name.endswith(".png")] != []


def test_a_file_that_vanishes_unpublishes_nothing(tmp_path: Path) -> None:
    network = start(tmp_path)
    network.write("queue/stays.md", post("Stays", body="zqwords"))
    network.approve("stays")
    network.build()
    before = network.site
    shutil.rmtree(network.root / "posts")
    shutil.rmtree(network.root / "authors")
    network.write("authors/ada.md", "---\nname: Ada\n---\n")
    network.build()
    assert network.site == before


def seen(words: Iterable[str], site: Tree) -> Mapping[str, list[str]]:
    """Return the files that each word stands in, or in whose name it does; words that stand nowhere are left out."""
    low = {name: name.encode().lower() + b"\n" + raw.lower() for name, raw in site.items()}
    found = {
        each: [name for name, raw in low.items() if each.lower().encode() in raw] for each in words
    }
    return {each: names for each, names in found.items() if names}
