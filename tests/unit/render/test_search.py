from __future__ import annotations

import json

from blognet.render.search_words import file_of, words_of
from blognet.site import Published
from blognet.site.search import count_of, files_for, groups_of
from tests.unit.site.published_values import Built, build, live_author, live_post, settings


def words_in(built: Built, folder: str = "/search/") -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for path, raw in built.files.items():
        if path.startswith(f"{folder}words-"):
            found |= json.loads(raw)
    return found


def test_the_index_has_the_words_that_a_posts_page_shows_and_no_others() -> None:
    post = live_post(
        "one",
        title="Köln",
        summary="In short",
        body="Visible [link](https://hidden.example/target) <!-- secret --> `code`",
        tags=("Bronze",),
        authors=("ann",),
    )
    built = build(Published(posts=(post,), authors=(live_author("ann", "Ann Lee"),)))
    assert set(words_in(built)) == {
        "koln", "in", "short", "visible", "link", "code", "bronze", "ann", "lee",
    }  # fmt: skip


def test_a_title_counts_more_than_the_text_and_posts_are_numbered_from_the_oldest() -> None:
    built = build(
        Published(posts=(live_post("bells", day=1), live_post("b", day=2, body="Bells ring.")))
    )
    found = words_in(built)["bells"]
    assert (found[::2], found[1] < found[3]) == ([1, 1], True)
    assert json.loads(built.text("/search/posts.json"))["years"] == ["2026"]
    posts = json.loads(built.text("/search/posts-2026.json"))
    assert [(post[0], post[7]) for post in posts] == [("/2026/b/", 1), ("/2026/bells/", 0)]


def test_a_year_has_a_file_of_its_own() -> None:
    built = build(Published(posts=(live_post("one", day=1), live_post("two", day=400))))
    assert json.loads(built.text("/search/posts.json"))["years"] == ["2027", "2026"]
    for year, url in (("2026", "/2026/one/"), ("2027", "/2027/two/")):
        posts = json.loads(built.text(f"/search/posts-{year}.json"))
        assert [(post[0], post[4]) for post in posts] == [(url, int(year))]


def test_unlisted_posts_pages_and_other_languages_are_not_in_the_index() -> None:
    posts = (
        live_post("one", body="seen"),
        live_post("two", body="hidden", unlisted=True),
        live_post("drei", language="de", body="gesehen"),
    )
    built = build(Published(posts=posts))
    assert set(words_in(built)) == {"one", "seen", "ann"}
    assert set(words_in(built, "/de/search/")) == {"drei", "gesehen", "ann"}
    assert "/de/search/" in built.text("/search/")


def test_many_posts_share_several_files_and_a_word_is_in_the_one_that_its_letters_say() -> None:
    posts = tuple(live_post(f"p{number}", day=number, body=f"word{number}") for number in range(60))
    built = build(Published(posts=posts))
    files = [path for path in built.files if path.startswith("/search/words-")]
    assert len(files) == 4
    for number in range(4):
        words = json.loads(built.files[f"/search/words-{number}.json"])
        assert {file_of(word, 4) for word in words} <= {number}


def test_a_network_can_go_without_a_search() -> None:
    built = build(Published(posts=(live_post("one"),)), settings("search: false\n"))
    assert not any("/search/" in path for path in built.files)
    assert "search" not in built.text("/")


def test_words_are_folded_and_scripts_without_blanks_are_cut_in_pairs() -> None:
    assert list(words_of("Ünïcode, x_1 時計塔 a")) == ["unicode", "x", "1", "時計", "計塔", "a"]


def test_only_the_search_page_may_run_a_script_and_only_the_sites_own() -> None:
    built = build(Published(posts=(live_post("one"),)))
    assert "script-src" not in built.text("/2026/one/")
    # The plan of these tests has no static files of the theme but the sheet.
    assert "script-src" not in built.text("/search/")


def test_files_grow_in_powers_of_two_and_more_slowly_when_there_are_many() -> None:
    posts = (0, 1, 25, 26, 400, 401, 10_000, 25_600, 25_601, 100_000, 1_000_000)
    files = [files_for(number) for number in posts]
    assert files == [0, 1, 1, 2, 16, 32, 256, 256, 512, 1024, 1024]
    assert [groups_of(number) for number in files] == [1, 1, 1, 1, 1, 2, 16, 16, 32, 64, 64]
    assert [count_of(number) for number in files] == [0, 1, 1, 2, 16, 33, 257, 257, 513, 1025, 1025]
