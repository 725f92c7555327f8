"""The work of making the search follows what changed, and damage costs nothing but time."""

from __future__ import annotations

from functools import partial

from blognet.render.search_index import SearchIndex
from blognet.render.search_places import Findable, Place
from blognet.render.search_words import Said, file_of
from blognet.site.search import count_of
from tests.unit.site.rows import Rows

FILES = 8
MANY = 64


def post(name: str, text: str, since: int = 0) -> Findable:
    def say() -> Said:
        return Said(row=f'["{name}"]', title=name, names=(), summary="", text=text)

    place = Place(name=name, since=f"{since:04}", date="2026-01", year="2026")
    return Findable(place=place, key=text, say=say)


def up_to_date(
    rows: Rows | None, *posts: Findable, files: int = FILES
) -> tuple[bytes, tuple[bytes, ...]]:
    index = SearchIndex(rows, "", files)
    index.bring_up_to_date(posts)
    return index.file_of_year("2026"), tuple(map(index.file, range(count_of(files))))


def never(name: str) -> Said:
    raise AssertionError(name)


OLD = (post("one", "brass clock", 1), post("two", "brass bell", 2))


def test_a_new_post_takes_the_next_number_and_files_without_its_words_stay() -> None:
    rows = Rows()
    up_to_date(rows, *OLD)
    rows.written = []
    new = post("three", "bell", 3)
    assert up_to_date(rows, *OLD, new) == up_to_date(None, *OLD, new)
    files = {key for key in rows.written if key.startswith("search./file/")}
    assert files == {f"search./file/{file_of(word, FILES)}" for word in ("bell", "three")}


def test_a_new_post_of_many_touches_the_files_of_one_group_and_the_newest() -> None:
    words = [f"{one}{two}" for one in "abcdefghijkl" for two in "abcdefghijkl"]
    posts = [post(f"old{number}", " ".join(words), number) for number in range(90)]
    rows = Rows()
    up_to_date(rows, *posts, files=MANY)
    for number in range(90, 100):
        rows.written, rows.read = [], []
        posts.append(post(f"new{number}", " ".join(words), number))
        up_to_date(rows, *posts, files=MANY)
        files = {key for key in rows.written if key.startswith("search./file/")}
        assert len(files) <= MANY // 4 + 1
        assert f"search./file/{MANY}" in files
    assert up_to_date(rows, *posts, files=MANY) == up_to_date(None, *posts, files=MANY)


def test_a_post_with_an_old_date_takes_the_next_number_all_the_same() -> None:
    later = post("three", "bell", 3)
    place = Place(name="three", since="0003", date="2025-01", year="2025")
    dated = Findable(place=place, key=later.key, say=later.say)
    assert up_to_date(None, *OLD, later)[1] == up_to_date(None, *OLD, dated)[1]


def test_nobody_asks_what_is_said_of_a_post_that_did_not_change() -> None:
    rows = Rows()
    first = up_to_date(rows, *OLD)
    same = (
        Findable(place=each.place, key=each.key, say=partial(never, each.place.name))
        for each in OLD
    )
    assert up_to_date(rows, *same) == first


def test_a_post_that_is_gone_moves_the_numbers_of_all_that_are_newer() -> None:
    rows = Rows()
    up_to_date(rows, *OLD, post("three", "bell", 3))
    left = (OLD[1], post("three", "bell", 3))
    assert up_to_date(rows, *left) == up_to_date(None, *left)


def test_a_new_post_may_take_the_number_of_one_that_is_gone() -> None:
    rows = Rows()
    up_to_date(rows, *OLD, post("zinc", "bell", 3))
    after = (*OLD, post("amber", "bell", 3))
    assert up_to_date(rows, *after) == up_to_date(None, *after)


def test_what_is_damaged_is_made_anew() -> None:
    for part in ("state", "rows", "file/", "words/", "order/"):
        for raw in (b"{", b"[[]]"):
            rows = Rows()
            up_to_date(rows, *OLD)
            for key in list(rows.kept):
                if key.startswith(f"search./{part}"):
                    rows.kept[key] = raw
            after = (OLD[0], post("two", "other brass", 2), post("three", "bell", 3))
            assert up_to_date(rows, *after) == up_to_date(None, *after), (part, raw)


def test_another_number_of_files_begins_anew() -> None:
    rows = Rows()
    up_to_date(rows, *OLD)
    index = SearchIndex(rows, "", 1)
    index.bring_up_to_date(OLD)
    assert index.file(0) == (
        b'{"bell":[1,1],"brass":[1,1,1,1],"clock":[0,1],"one":[0,10],"two":[1,10]}\n'
    )
    assert index.file_of_year("2026") == b'[\n["one",0],\n["two",1]\n]\n'
