"""The work of making the search follows what changed, and damage costs nothing but time."""

from __future__ import annotations

from functools import partial

from blognet.render.search_index import Findable, SearchIndex, file_bytes
from blognet.render.search_words import Said, file_of
from tests.unit.site.rows import Rows

FILES = 8


def post(name: str, text: str) -> Findable:
    def say() -> Said:
        return Said(row=f'["{name}"]', title=name, names=(), summary="", text=text)

    return Findable(name=name, key=text, say=say)


def up_to_date(rows: Rows | None, *posts: Findable) -> tuple[tuple[str, ...], tuple[bytes, ...]]:
    index = SearchIndex(rows, "", FILES)
    found = index.bring_up_to_date(posts)
    return found.rows, tuple(map(index.file, range(FILES)))


def never(name: str) -> Said:
    raise AssertionError(name)


OLD = (post("one", "brass clock"), post("two", "brass bell"))


def test_a_new_post_takes_the_next_number_and_files_without_its_words_stay() -> None:
    rows = Rows()
    up_to_date(rows, *OLD)
    rows.written = []
    new = post("three", "bell")
    assert up_to_date(rows, *OLD, new) == up_to_date(None, *OLD, new)
    files = {key for key in rows.written if key.startswith("search./file/")}
    assert files == {f"search./file/{file_of(word, FILES)}" for word in ("bell", "three")}


def test_nobody_asks_what_is_said_of_a_post_that_did_not_change() -> None:
    rows = Rows()
    first = up_to_date(rows, *OLD)
    same = (Findable(name=each.name, key=each.key, say=partial(never, each.name)) for each in OLD)
    assert up_to_date(rows, *same) == first


def test_a_post_that_is_gone_moves_the_numbers_of_all_that_are_newer() -> None:
    rows = Rows()
    up_to_date(rows, *OLD, post("three", "bell"))
    left = (OLD[1], post("three", "bell"))
    assert up_to_date(rows, *left) == up_to_date(None, *left)


def test_a_new_post_may_take_the_number_of_one_that_is_gone() -> None:
    rows = Rows()
    up_to_date(rows, *OLD, post("zinc", "bell"))
    after = (*OLD, post("amber", "bell"))
    assert up_to_date(rows, *after) == up_to_date(None, *after)


def test_what_is_damaged_is_made_anew() -> None:
    for part in ("state", "rows", "file/", "words/"):
        rows = Rows()
        up_to_date(rows, *OLD)
        for key in list(rows.kept):
            if key.startswith(f"search./{part}"):
                rows.kept[key] = b"{"
        after = (OLD[0], post("two", "other brass"), post("three", "bell"))
        assert up_to_date(rows, *after) == up_to_date(None, *after), part


def test_another_number_of_files_begins_anew() -> None:
    rows = Rows()
    up_to_date(rows, *OLD)
    index = SearchIndex(rows, "", 1)
    index.bring_up_to_date(OLD)
    assert index.file(0) == file_bytes(
        {"bell": [1, 1], "brass": [0, 1, 1, 1], "clock": [0, 1], "one": [0, 10], "two": [1, 10]}
    )
