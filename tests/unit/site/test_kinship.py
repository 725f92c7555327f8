"""The work of finding related posts follows what changed, and damage costs nothing but time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from blognet.kernel.shelves import LostError
from blognet.site import Published, catalogue_of
from blognet.site.related import related_again, related_marks, related_posts
from tests.unit.site.published_values import live_post, settings
from tests.unit.site.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blognet.kernel.ids import Subject
    from blognet.site import LivePost

TRADES = ("brass", "clock", "tower", "rope", "bell", "gear", "stone", "glass")


def trade(number: int, *, more: str = "") -> LivePost:
    word = TRADES[number % len(TRADES)]
    body = f"{word}s and {word}ing, {word}work for {word}smiths. {more}"
    return live_post(f"p{number}", day=number, body=body, title=f"{word} {number}")


def related(posts: dict[int, LivePost], rows: Rows | None) -> Mapping[Subject, tuple[Subject, ...]]:
    catalogue = catalogue_of(Published(posts=tuple(posts.values())), settings())
    return related_posts(catalogue, 3, rows)


def network() -> dict[int, LivePost]:
    return {number: trade(number) for number in range(80)}


def test_the_second_time_only_the_answers_are_read() -> None:
    rows, posts = Rows(), network()
    first = related(posts, rows)
    rows.read, rows.written = [], []
    assert related(posts, rows) == first
    assert (rows.read, rows.written) == (["kin./state", "kin./later"], [])


def test_a_post_that_changed_has_those_that_share_its_words_compared_and_no_others() -> None:
    rows, posts = Rows(), network()
    related(posts, rows)
    rows.read, rows.written = [], []
    posts[1] = trade(1, more="Bellsmiths too.")
    assert related(posts, rows) == related(posts, None)
    weighed = {key for key in rows.read if key.startswith("kin./kin/")}
    assert "kin./kin/post/p1" in weighed
    assert "kin./kin/post/p2" not in weighed
    assert [key for key in rows.written if key.startswith("kin./counts/")] == [
        "kin./counts/post/p1"
    ]


def test_a_text_whose_words_stay_the_same_changes_nothing_else() -> None:
    rows, posts = Rows(), network()
    first = related(posts, rows)
    rows.written = []
    posts[5] = trade(5, more="<!-- a remark that nobody reads -->")
    assert related(posts, rows) == first
    assert sorted(set(rows.written)) == ["kin./later", "kin./stamp", "kin./state"]


def test_what_is_damaged_is_worked_out_anew() -> None:
    posts = network()
    for part in ("state", "later", "stamp", "counts/", "kin/", "strong/", "having/"):
        rows = Rows()
        related(posts, rows)
        for key in list(rows.kept):
            if key.startswith(f"kin./{part}"):
                rows.kept[key] = b"{"
        changed = {**posts, 1: trade(1, more="Bellsmiths too."), 200: trade(200)}
        assert related(changed, rows) == related(changed, None), part


def test_a_network_twice_as_large_weighs_every_post_again() -> None:
    rows, posts = Rows(), {number: trade(number) for number in range(63)}
    related(posts, rows)
    for number in (63, 64, 65):
        posts[number] = trade(number)
        assert related(posts, rows) == related(posts, None)


def test_exchanged_texts_have_the_answers_of_all_worked_out_from_nothing() -> None:
    rows, posts = Rows(), network()
    catalogue = catalogue_of(Published(posts=tuple(posts.values())), settings())
    answers = dict(related_posts(catalogue, 3, rows))
    marks = related_marks(catalogue, 3, rows)
    for number, word in ((1, "Bellsmiths"), (9, "towerwork"), (1, "ropes")):
        old, posts[number] = posts[number], trade(number, more=f"{word} too.")
        rows.read = []
        change = related_again(((old, posts[number]),), catalogue.terms, 3, rows, marks)
        answers |= change.related
        marks = change.marks
        assert "kin./state" not in rows.read
        assert {each: some for each, some in answers.items() if some} == related(posts, None)
    assert related(posts, rows) == related(posts, None)


def test_nothing_is_exchanged_on_a_shelf_that_others_changed_meanwhile() -> None:
    rows, posts = Rows(), network()
    catalogue = catalogue_of(Published(posts=tuple(posts.values())), settings())
    related(posts, rows)
    marks = related_marks(catalogue, 3, rows)
    related({**posts, 2: trade(2, more="Gears.")}, rows)
    related(posts, rows)
    change = (posts[1], trade(1, more="Bells."))
    with pytest.raises(LostError):
        related_again((change,), catalogue.terms, 3, rows, marks)


def test_exchanged_posts_that_are_new_or_gone_have_the_answers_of_all_worked_out_from_nothing() -> (
    None
):
    rows, posts = Rows(), network()
    catalogue = catalogue_of(Published(posts=tuple(posts.values())), settings())
    answers = dict(related_posts(catalogue, 3, rows))
    marks = related_marks(catalogue, 3, rows)
    for number, is_there in ((200, True), (3, False), (201, True), (3, True), (200, False)):
        old, new = posts.pop(number, None), trade(number) if is_there else None
        posts |= {number: new} if new else {}
        catalogue = catalogue_of(Published(posts=tuple(posts.values())), settings())
        change = related_again(((old, new),), catalogue.terms, 3, rows, marks)
        answers |= change.related
        if new is None and old is not None:
            del answers[old.subject]
        marks = change.marks
        assert {each: some for each, some in answers.items() if some} == related(posts, None)
    assert related(posts, rows) == related(posts, None)
