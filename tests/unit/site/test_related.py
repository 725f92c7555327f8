from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from blognet.site import Published, catalogue_of
from blognet.site.pages import PostPage
from blognet.site.plan import plan
from blognet.site.related import related_posts
from tests.unit.site.published_values import live_post, settings

if TYPE_CHECKING:
    from blognet.site import LivePost

CLOCKS = "The escapement of the tower clock is worn, and the pendulum swings unevenly in the cold."
BELLS = "The bronze bell was cast in the foundry; its clapper struck the rim and it cracked."
GARDEN = "Tomatoes want sun, water and patience; the greenhouse keeps the frost from the seedlings."


def answers(*posts: LivePost, count: int = 3) -> dict[str, list[str]]:
    found = related_posts(catalogue_of(Published(posts=posts), settings()), count)
    return {subject.name: [other.name for other in others] for subject, others in found.items()}


def test_posts_that_share_rare_words_are_related_and_others_are_not() -> None:
    found = answers(
        live_post("one", body=CLOCKS, authors=("ann",)),
        live_post("two", body=f"Once more: {CLOCKS}", authors=("ben",)),
        live_post("three", body=GARDEN, authors=("cy",)),
        live_post("four", body=BELLS, authors=("dan",)),
        live_post("five", body=f"{GARDEN} Mulch.", authors=("eva",)),
    )
    assert found == {"one": ["two"], "two": ["one"], "three": ["five"], "five": ["three"]}


def test_a_shared_tag_and_a_shared_topic_relate_posts_of_different_words() -> None:
    found = answers(
        live_post("one", body=CLOCKS, tags=("Repairs",), authors=("ann",)),
        live_post("two", body=BELLS, tags=("repairs",), authors=("ben",)),
        live_post("three", body=GARDEN, authors=("cy",)),
    )
    assert found == {"one": ["two"], "two": ["one"]}


def test_unlisted_posts_and_those_of_another_language_are_neither_asked_nor_answered() -> None:
    found = answers(
        live_post("one", body=CLOCKS),
        live_post("hidden", body=CLOCKS, unlisted=True),
        live_post("uhr", body=CLOCKS, language="de"),
        live_post("else", body=GARDEN),
    )
    assert not {"hidden", "uhr.de"} & set(sum(found.values(), [*found]))


def test_a_post_that_repeats_one_chosen_already_gives_way_to_another() -> None:
    asked = live_post("asked", body=f"{CLOCKS} {BELLS}", authors=("zoe",))
    found = answers(
        asked,
        live_post("clocks", body=CLOCKS, authors=("ann",), title="A"),
        live_post("again", body=CLOCKS, authors=("ann",), title="B"),
        live_post("bells", body=f"{BELLS} Rope.", authors=("ben",), title="C"),
        live_post("garden", body=GARDEN, authors=("cy",), title="D"),
        live_post("ropes", body="Rope and hemp, and a knot.", authors=("eva",), title="E"),
        count=2,
    )
    assert "bells" in found["asked"]
    assert {"clocks", "again"} & set(found["asked"])


def test_parts_of_one_series_do_not_name_each_other_twice() -> None:
    found = answers(
        live_post("one", body=CLOCKS, series="Towers"),
        live_post("two", body=CLOCKS, series="Towers"),
        live_post("three", body=f"{CLOCKS} Yes."),
        live_post("four", body=GARDEN, authors=("b",)),
        live_post("five", body=BELLS, authors=("c",)),
        live_post("six", body="Ropes.", authors=("d",)),
    )
    assert (found["one"], found["two"]) == (["three"], ["three"])
    assert set(found["three"]) == {"one", "two"}


def test_scripts_without_blanks_are_compared_by_neighbouring_characters() -> None:
    found = answers(
        live_post("one", body="時計塔の振り子を修理しました", authors=("a",), title="一"),
        live_post("two", body="古い時計塔を訪ねる", authors=("b",), title="二"),
        live_post("three", body="庭でトマトを育てる", authors=("c",), title="三"),
        live_post("four", body="新しい鐘の音", authors=("d",), title="四"),
    )
    assert found == {"one": ["two"], "two": ["one"]}


def test_addresses_of_links_are_no_words() -> None:
    link = "[{}](https://escapement.example.org/pendulum/tower)"
    found = answers(
        live_post("one", body=link.format("bronze"), authors=("a",)),
        live_post("two", body=link.format("tomato"), authors=("b",)),
        live_post("three", body="frost", authors=("c",)),
    )
    assert found == {}


def test_the_order_in_which_posts_are_given_changes_nothing() -> None:
    words = f"{CLOCKS} {BELLS} {GARDEN}".split()
    chance = Random(4)  # noqa: S311  # texts, not secrets
    posts = [
        live_post(f"p{number}", day=number // 3, body=" ".join(chance.sample(words, 12)))
        for number in range(40)
    ]
    first = answers(*posts)
    chance.shuffle(posts)
    assert answers(*posts) == first
    assert first
    assert all(name not in others for name, others in first.items())
    assert all(len(others) == len(set(others)) <= 3 for others in first.values())


def test_the_setting_says_how_many_a_page_names_and_0_is_none() -> None:
    posts = tuple(
        live_post(f"p{number}", body=CLOCKS if number < 4 else GARDEN) for number in range(8)
    )

    def named(extra: str) -> set[int]:
        pages = plan(Published(posts=posts), settings(extra)).pages
        shown = [page.shows for page in pages if isinstance(page.shows, PostPage)]
        return {len(page.related) for page in shown}

    assert named("related: 2\n") == {2}
    assert named("related: 0\n") == {0}
