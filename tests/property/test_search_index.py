"""The files of the search are the same however posts came, went and changed, with few files of words and with many."""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random, SystemRandom
from typing import TYPE_CHECKING

import pytest

from blognet.kernel.shelves import LostError
from blognet.render.search_index import SearchIndex
from blognet.render.search_places import Findable, Place
from blognet.render.search_postings import read_file
from blognet.render.search_words import Said, file_of, worths_of
from blognet.site.search import count_of
from tests.conftest import IN_CI
from tests.unit.site.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS = int(os.environ.get("BLOGNET_STEPS", "60"))
SEED = int(os.environ.get("BLOGNET_SEED", "0")) or (
    7 if IN_CI else SystemRandom().randrange(1, 1_000_000)
)
LETTERS = "abcdefghij"
WORDS = [f"{one}{two}{three}" for one in LETTERS for two in "aeiou" for three in ("", "n", "rs")]
YEARS = ("2024", "2025", "2026")


def said(title: str, text: str) -> Said:
    return Said(row=f'["{title}"]', title=title, names=(), summary="", text=text)


def any_post(name: str, since: int, chance: Random) -> Findable:
    text = " ".join(WORDS[int(len(WORDS) * chance.random() ** 2)] for _ in range(8))
    title = chance.choice(WORDS)
    date = f"{chance.choice(YEARS)}-{chance.randrange(10, 13)}"
    return Findable(
        place=Place(name=name, since=f"{since:06}", date=date, year=date[:4]),
        key=f"{title} {text}",
        say=lambda: said(title, text),
    )


def edited(posts: dict[str, Findable], step: int, chance: Random) -> None:
    """Add a post, or change or take away some; a new one is mostly the last, and sometimes far from it."""
    what = chance.random()
    known = sorted(posts)
    if what < 0.5 or not known:
        since = step + 1000 if chance.random() < 0.8 else chance.randrange(step + 1000)
        name = f"post/{step} {chance.randrange(9)}"
        posts[name] = any_post(name, since, chance)
    elif what < 0.75:
        for name in chance.sample(known, min(len(known), chance.choice([1, 1, 2, 5]))):
            old = posts[name].place
            new = any_post(name, int(old.since), chance)
            posts[name] = new if chance.random() < 0.5 else replace(new, place=old)
    else:
        late = sorted(known, key=lambda name: posts[name].place.born)[-8:]
        for name in chance.sample(late if chance.random() < 0.8 else known, 1):
            del posts[name]


def files_in(index: SearchIndex, files: int, years: Mapping[str, str]) -> dict[str, bytes]:
    words = {str(number): index.file(number) for number in range(count_of(files))}
    return words | {f"year {year}": index.file_of_year(year) for year in years}


def clean(posts: Mapping[str, Findable], files: int) -> tuple[object, dict[str, bytes]]:
    index = SearchIndex(None, "", files)
    found = index.bring_up_to_date(tuple(posts.values()))
    return found, files_in(index, files, found.years)


@pytest.mark.parametrize("start", [0, 30, 120])
@pytest.mark.parametrize("files", [1, 16, 64, 256])
def test_an_index_that_is_exchanged_is_the_one_that_is_made_anew(files: int, start: int) -> None:
    chance = Random(SEED + start + files)  # noqa: S311  # any order will do
    names = (f"post/first{number}" for number in range(start))
    posts = {name: any_post(name, at // 3, chance) for at, name in enumerate(names)}
    rows = Rows()
    SearchIndex(rows, "", files).bring_up_to_date(tuple(posts.values()))
    for step in range(STEPS):
        before = dict(posts)
        edited(posts, step, chance)
        told = f"BLOGNET_SEED={SEED} files {files} start {start} step {step}"
        index = SearchIndex(rows, "", files)
        mark = index.mark_of_state()
        pairs = [
            (before[name].place if name in before else None, posts.get(name))
            for name in sorted(before.keys() | posts.keys())
            if before.get(name) is not posts.get(name)
        ]
        if chance.random() < 0.7 and mark:
            found = index.exchanged(pairs, mark)
        else:
            found = index.bring_up_to_date(tuple(posts.values()))
        assert (found, files_in(index, files, found.years)) == clean(posts, files), told
        assert index.mark_of_state() != mark or not pairs, told


@pytest.mark.parametrize("files", [2, 64])
def test_each_word_of_each_post_stands_in_one_file_and_in_the_newest_when_the_post_is_late(
    files: int,
) -> None:
    chance = Random(SEED)  # noqa: S311
    posts = [any_post(f"post/{number}", number, chance) for number in range(90)]
    index = SearchIndex(None, "", files)
    index.bring_up_to_date(tuple(posts))
    found: list[tuple[str, int, int]] = []
    for number in range(count_of(files)):
        for word, worths in read_file(index.file(number)).items():
            assert number in {file_of(word, files), files}
            found += ((word, at, worth) for at, worth in worths.items())
    wanted = [
        (word, at, worth)
        for at, post in enumerate(posts)
        for word, worth in worths_of(post.say()).items()
    ]
    assert sorted(found) == sorted(wanted)


def test_an_index_of_another_time_is_not_exchanged() -> None:
    chance = Random(SEED)  # noqa: S311
    one, two = (any_post(f"post/{number}", number, chance) for number in range(2))
    rows = Rows()
    index = SearchIndex(rows, "", 4)
    index.bring_up_to_date((one,))
    mark = index.mark_of_state()
    index.bring_up_to_date((one, two))
    for pairs, known in (((), mark), ([(None, two)], index.mark_of_state())):
        with pytest.raises(LostError):
            SearchIndex(rows, "", 4).exchanged(pairs, known)
